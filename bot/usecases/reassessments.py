"""A project is assessed again because its date has come: only what needs it is asked, the rest is carried over."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.readiness.appointments import Appointment
from bot.readiness.assessment import Answer, Assessment, AssessmentState, Project
from bot.readiness.cadence import is_experiment
from bot.readiness.cadence_cards import AskedAgain, ReassessmentCard, VisitCard
from bot.readiness.cards import Act, Done
from bot.readiness.events import Receive
from bot.readiness.framework import Framework
from bot.readiness.interview import Interview, Phase, begin, invited, step
from bot.readiness.local_time import local_day
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.ordering import arranged, leeways, order
from bot.readiness.reassessment import Why, asked_again
from bot.readiness.refusals import Refusal, Refused
from bot.usecases import cadence, link_checks, reminders
from bot.usecases.answers import reads_the_same
from bot.usecases.assessments import opened, questions_by_person
from bot.usecases.locking import locked
from bot.usecases.people import new_id, refresh_homes, require_steering
from bot.usecases.ports import Context
from bot.usecases.questions import store
from bot.usecases.ratings import scorecard_of


def keep_reassessment(context: Context, appointment: Appointment) -> None:
    """Open a re-assessment, or ask an experiment's owner how it goes. What has moved in the meantime is set anew."""
    project = context.tx.projects.get(appointment.subject)
    due, last = cadence.due_at(context, project), cadence.last_whole(context, project)
    if due is None or last is None:
        return
    if is_experiment(project):
        _owe_owner(context, project, f"visit:{project.id}:{appointment.at.date()}", last.id)
        cadence.plan(context, project)
    elif due > context.now or _is_off(context, project):
        cadence.plan(context, project)
    else:
        _open(context, project, last)


def _is_off(context: Context, project: Project) -> bool:
    """Whether its owner does not work today: they have gone away since it was planned, though it is due by now."""
    owner = cadence.owner_of(context, project)
    return owner.why_off(local_day(context.now, owner.zone)) is not None


def shown(context: Context, notice: Notice) -> ReassessmentCard | VisitCard | None:
    """What the owner reads: who is asked what again, and why. Nothing once the assessment is over."""
    assessment = context.tx.assessments.get(notice.subject)
    project = context.tx.projects.get(assessment.project_id)
    if notice.key.startswith("visit:"):
        if project.archived_at is not None or context.tx.assessments.open_of(project.id) is not None:
            return None
        assert assessment.completed_at is not None, assessment.id
        return VisitCard(project, assessment.completed_at, context.actor.timezone)
    if assessment.state is not AssessmentState.OPEN:
        return None
    framework = context.framework_of(assessment)
    interviews = context.tx.interviews.of_assessment(assessment.id)
    people = context.tx.people.many({each.respondent_id for each in interviews})
    answers = context.tx.answers.current(assessment.id)
    return ReassessmentCard(
        project=project,
        assessment_id=assessment.id,
        asked=tuple(
            AskedAgain(
                people[each.respondent_id],
                tuple(
                    (framework.dimension(dimension_id), Why(notice.parameters.get(dimension_id, Why.OLDEST)))
                    for dimension_id in each.questions
                ),
            )
            for each in interviews
            if each.questions
        ),
        carried=len({a.dimension_id for a in answers if a.answered_at < assessment.opened_at}),
        deadline=assessment.deadline,
        zone=context.actor.timezone,
    )


def ask_all(context: Context, assessment_id: str) -> Done:
    """Ask what was carried over as well: the owner wants the whole assessment."""
    assessment, project = locked(context, context.tx.assessments.get, assessment_id)
    require_steering(context, project)
    if assessment.state is not AssessmentState.OPEN:
        raise Refused(Refusal.INTERVIEW_CLOSED, project=project.name)
    owner = context.tx.people.get(project.owner_id)
    interviews = {each.respondent_id: each for each in context.tx.interviews.of_assessment(assessment_id)}
    asked = {dimension_id for each in interviews.values() for dimension_id in each.questions}
    more = 0
    for person_id, dimension_ids in questions_by_person(context.framework_of(assessment), project, owner).items():
        added = [dimension_id for dimension_id in dimension_ids if dimension_id not in asked]
        more += len(added)
        if added:
            _ask_more(context, assessment, interviews.get(person_id), person_id, added)
    if not more:
        return Done(Act.ALREADY_DONE, {"project": project.name})
    context.tx.record("assessment.widened", assessment.id, context.actor.id, {"project": project.id})
    return Done(Act.ALL_ASKED, {"project": project.name, "count": str(more)})


@dataclass(frozen=True, slots=True)
class _Before:
    """The assessment before, as it counts now."""

    answers: Sequence[Answer]
    why: Mapping[str, Why]


def _open(context: Context, project: Project, last: Assessment) -> None:
    before = _look_back(context, project, last)
    owner = context.tx.people.get(project.owner_id)
    assessment = opened(context, project, by=owner)
    framework = context.framework
    asked = _by_person(framework, project, before)
    carried = [a for a in before.answers if a.dimension_id not in before.why and a.dimension_id in framework.by_id]
    most_first = order(framework, leeways(framework, project, carried, {}))
    interviews: dict[str, Interview] = {}
    for person_id in sorted({*asked, *(answer.respondent_id for answer in carried)}):
        # Who is asked nothing has an interview as well: it holds what is carried, and lets them change it.
        fresh = Interview(
            id=new_id(),
            project_id=project.id,
            assessment_id=assessment.id,
            respondent_id=person_id,
            questions=asked.get(person_id, ()),
            opened_at=context.now,
        )
        if fresh.questions:
            interviews[person_id] = invited(arranged(fresh, most_first))
        else:
            interviews[person_id] = replace(fresh, phase=Phase.FINISHED, finished_at=context.now)
        store(context, None, interviews[person_id], ())
    for answer in carried:
        held = interviews[answer.respondent_id]
        context.tx.answers.add(
            replace(answer, id=new_id(), assessment_id=assessment.id, interview_id=held.id, supersedes_id=answer.id)
        )
    why = {dimension_id: reason.value for dimension_id, reason in before.why.items()}
    facts = {"project": project.id, "questions": len(why)}
    context.tx.record("assessment.due", assessment.id, context.actor.id, facts)
    _owe_owner(context, project, f"reassessment:{assessment.id}", assessment.id, why)
    reminders.plan(context, asked, soon=True)
    refresh_homes(context, asked)


def _look_back(context: Context, project: Project, last: Assessment) -> _Before:
    answers = context.tx.answers.current(last.id)
    contests = context.tx.contests.of_assessment(last.id)
    framework = context.framework
    changed = {d.id for d in framework.dimensions if not reads_the_same(context.framework_of(last), framework, d.id)}
    interval = timedelta(days=framework.intervals[project.exposure])
    why = asked_again(
        framework,
        project.exposure,
        answers,
        scorecard_of(context, project, answers, context.now),
        until=context.now + interval,
        contested={contest.dimension_id for contest in contests if contest.settled_at is None},
        dead=link_checks.dead_links(context, project),
        changed=changed,
    )
    return _Before(answers, why)


def _by_person(framework: Framework, project: Project, before: _Before) -> Mapping[str, tuple[str, ...]]:
    """Each question to whom it goes by role; what is contested, to everybody who answered it."""
    by_role = {
        dimension_id: person_id
        for person_id, dimension_ids in questions_by_person(framework, project).items()
        for dimension_id in dimension_ids
    }
    asked: defaultdict[str, list[str]] = defaultdict(list)
    for dimension_id, why in before.why.items():
        people = {by_role[dimension_id]}
        if why is Why.CONTESTED:
            people |= {answer.respondent_id for answer in before.answers if answer.dimension_id == dimension_id}
        for person_id in sorted(people):
            asked[person_id].append(dimension_id)
    return {person_id: tuple(dimension_ids) for person_id, dimension_ids in asked.items()}


def _ask_more(
    context: Context, assessment: Assessment, interview: Interview | None, person_id: str, added: Sequence[str]
) -> None:
    if interview is None:
        fresh = Interview(new_id(), assessment.project_id, assessment.id, person_id, tuple(added), context.now)
        store(context, None, *begin(fresh))
        return
    for dimension_id in added:
        after, outcome = step(interview, Receive(dimension_id))
        store(context, interview, after, outcome)
        interview = after


def _owe_owner(
    context: Context, project: Project, key: str, subject: str, parameters: Mapping[str, str] | None = None
) -> None:
    context.tx.notices.put(
        Notice(
            key=key,
            kind=NoticeKind.REASSESSMENT,
            subject=subject,
            person_id=project.owner_id,
            parameters=parameters or {},
        )
    )
