"""An assessment's life: opened by its owner, filled by interviews, completed into a milestone."""

from collections.abc import Iterable
from dataclasses import replace

from bot.readiness.appointments import Appointment, AppointmentKind
from bot.readiness.assessment import Assessment, AssessmentState, Person, Project
from bot.readiness.cards import Act, Done, StartedCard
from bot.readiness.compounding import compounding_barriers
from bot.readiness.events import Close
from bot.readiness.framework import Framework
from bot.readiness.interview import Interview, begin, step
from bot.readiness.milestone import Milestone
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.ordering import arranged, leeways, order
from bot.readiness.refusals import Refusal, Refused
from bot.readiness.scoring import Scorecard
from bot.usecases import ageing, cadence, contests, ladder, summaries, traps
from bot.usecases.availability import availability_of, office_of
from bot.usecases.blockers import settle
from bot.usecases.locking import locked
from bot.usecases.people import new_id, refresh_homes, require_steering
from bot.usecases.ports import Context
from bot.usecases.questions import store
from bot.usecases.ratings import rated, scored
from bot.usecases.reach import hindered
from bot.usecases.shared import settle_shared
from bot.usecases.waived import waived


def start(context: Context, project: Project, invited: tuple[Person, ...] = ()) -> StartedCard:
    """Open an assessment and an interview for everybody who is asked."""
    project = context.tx.projects.lock(project.id)
    require_steering(context, project)
    if project.archived_at is not None:
        raise Refused(Refusal.PROJECT_ARCHIVED, project=project.name)
    if context.tx.assessments.open_of(project.id) is not None:
        raise Refused(Refusal.ALREADY_OPEN, project=project.name, key=project.key)
    assessment = opened(context, project, by=context.actor)
    asked = questions_by_person(context.framework, project, context.actor, invited)
    most_first = order(context.framework, leeways(context.framework, project, (), {}))
    for person_id, dimension_ids in asked.items():
        fresh = Interview(
            id=new_id(),
            project_id=project.id,
            assessment_id=assessment.id,
            respondent_id=person_id,
            questions=dimension_ids,
            opened_at=context.now,
        )
        interview, outcome = begin(arranged(fresh, most_first))
        store(context, None, interview, outcome)
    context.tx.record("assessment.started", assessment.id, context.actor.id, {"project": project.id})
    refresh_homes(context, asked)
    people = context.tx.people.many(asked)
    return StartedCard(
        project=project,
        asked=tuple(
            (people[person_id], tuple(context.framework.dimension(dimension_id) for dimension_id in dimension_ids))
            for person_id, dimension_ids in asked.items()
        ),
        deadline=assessment.deadline,
        zone=context.actor.timezone,
        hindered=hindered(context, people.values()),
    )


def opened(context: Context, project: Project, by: Person) -> Assessment:
    """A new open assessment by the current framework, with its deadline in working days of whoever opens it."""
    available = availability_of(context, by)
    assessment = Assessment(
        id=new_id(),
        project_id=project.id,
        framework_id=context.framework.id,
        framework_version=context.framework.version,
        opened_at=context.now,
        opened_by=by.id,
        deadline=available.working_days_after(context.now, context.tx.settings.get().working_days),
    )
    context.tx.assessments.add(assessment)
    context.tx.appointments.set(Appointment(AppointmentKind.DEADLINE, assessment.id, assessment.deadline, project.id))
    if project.hastened_at is not None:
        context.tx.projects.save(replace(project, hastened_at=None))
    cadence.plan(context, project)
    return assessment


def questions_by_person(
    framework: Framework, project: Project, starter: Person | None = None, invited: Iterable[Person] = ()
) -> dict[str, tuple[str, ...]]:
    """Who is asked which dimensions: the person of the authoritative role, else the owner.

    A project without named roles is answered whole by whoever starts it; by its owner if nobody does. An invited person
    is asked, beside the others and blind, for the dimensions of their roles; for all of them if they hold none.
    """
    asked: dict[str, list[str]] = {}
    for dimension in framework.dimensions:
        whole = starter.id if starter and not project.roles else project.owner_id
        respondent = project.roles.get(dimension.role, whole)
        asked.setdefault(respondent, []).append(dimension.id)
    for person in invited:
        roles = {role for role, holder in project.roles.items() if holder == person.id}
        theirs = [d.id for d in framework.dimensions if not roles or d.role in roles]
        already = asked.get(person.id, [])
        asked[person.id] = [d.id for d in framework.dimensions if d.id in theirs or d.id in already]
    return {person_id: tuple(dimension_ids) for person_id, dimension_ids in asked.items()}


def close(context: Context, assessment_id: str) -> Done:
    """The owner ends an open assessment; what was not answered is unknown."""
    assessment, project = locked(context, context.tx.assessments.get, assessment_id)
    require_steering(context, project)
    if assessment.state is not AssessmentState.OPEN:
        return Done(Act.ALREADY_DONE, {"project": project.name})
    end(context, assessment, project)
    return Done(Act.CLOSED, {"project": project.name})


def keep_deadline(context: Context, appointment: Appointment) -> None:
    """The deadline is over; the same as a closing by the owner."""
    assessment = context.tx.assessments.get(appointment.subject)
    if assessment.state is AssessmentState.OPEN:
        ladder.end_unanswered(context, assessment)
        end(context, assessment, context.tx.projects.get(assessment.project_id))


def end(context: Context, assessment: Assessment, project: Project) -> None:
    """Close what interviews are open, and complete."""
    close_interviews(context, assessment)
    complete(context, assessment, project, cause="closed")


def cancel(context: Context, assessment: Assessment) -> None:
    """Close the interviews without any result: the project was archived."""
    close_interviews(context, assessment)
    context.tx.assessments.save(replace(assessment, state=AssessmentState.CANCELLED, completed_at=context.now))
    context.tx.appointments.clear(AppointmentKind.DEADLINE, assessment.id)
    context.tx.appointments.clear(AppointmentKind.REASSESSMENT, assessment.project_id)


def close_interviews(context: Context, assessment: Assessment) -> None:
    """Close every interview of the assessment that is not over; its open question says so."""
    for interview in context.tx.interviews.of_assessment(assessment.id):
        if not interview.is_over:
            closed, outcome = step(interview, Close())
            store(context, interview, closed, outcome)


def settle_interview(context: Context, interview: Interview, project: Project) -> None:
    """Complete the assessment when this was the last interview; score again when it was an edit after the end."""
    assessment = context.tx.assessments.get(interview.assessment_id)
    if assessment.state is AssessmentState.COMPLETE:
        rescore(context, assessment, project)
        return
    others = context.tx.interviews.of_assessment(assessment.id) if interview.is_over else ()
    if assessment.state is AssessmentState.OPEN and others and all(other.is_over for other in others):
        complete(context, assessment, project, cause="completed")


def keep_ageing(context: Context, appointment: Appointment) -> None:
    """Evidence has fallen, or will soon, or a declared move came near: score again if that changes what counts."""
    project = context.tx.projects.get(appointment.subject)
    latest = context.tx.milestones.latest(project.id)
    if latest is None or project.archived_at is not None:
        return
    if scored_now(context, project, latest) != latest.scorecard:
        contests.review(context, project, latest.assessment_id)
        cause = "aged" if ageing.has_fallen(context, project) else "dated"
        if cause == "aged" and context.tx.assessments.open_of(project.id) is None:
            project = cadence.hasten(context, project)
        take_milestone(context, project, context.tx.assessments.get(latest.assessment_id), cause)
    ageing.warn(context, project)
    ageing.plan(context, project, kept=True)


def scored_now(context: Context, project: Project, latest: Milestone) -> Scorecard:
    """What the latest result would be if it were made now."""
    return scored(context, project, latest.assessment_id, context.tx.answers.current(latest.assessment_id))


def renew(context: Context, project: Project, latest: Milestone) -> bool:
    """Evidence of the latest result was confirmed: score again where that counts; says whether it did."""
    counts = scored_now(context, project, latest) != latest.scorecard
    if counts:
        rescore(context, context.tx.assessments.get(latest.assessment_id), project)
    else:
        ageing.plan(context, project)
    return counts


def rescore(context: Context, assessment: Assessment, project: Project) -> None:
    """Answers changed after the end: a new milestone, if they are those of the latest result and really differ."""
    contests.review(context, project, assessment.id)
    latest = context.tx.milestones.latest(project.id)
    current = tuple(answer.id for answer in context.tx.answers.current(assessment.id))
    if latest is not None and latest.assessment_id == assessment.id and set(latest.answers) != set(current):
        take_milestone(context, project, assessment, cause="edited")


def complete(context: Context, assessment: Assessment, project: Project, cause: str) -> None:
    """Score, write the milestone, settle blockers, owe the result and the alert; all in this transaction."""
    done = replace(assessment, state=AssessmentState.COMPLETE, completed_at=context.now)
    context.tx.assessments.save(done)
    context.tx.appointments.clear(AppointmentKind.DEADLINE, assessment.id)
    contests.review(context, project, done.id)
    take_milestone(context, project, done, cause)


def take_milestone(context: Context, project: Project, assessment: Assessment, cause: str) -> Milestone:
    """Write the snapshot of what counts now, and everything that follows from it."""
    answers = context.tx.answers.current(assessment.id)
    scorecard, ratings = rated(context, project, assessment.id, answers)
    before = context.tx.milestones.latest(project.id)
    milestone = Milestone(
        id=new_id(),
        project_id=project.id,
        assessment_id=assessment.id,
        sequence=before.sequence + 1 if before else 1,
        taken_at=context.now,
        framework_id=scorecard.framework_id,
        framework_version=scorecard.framework_version,
        scorecard=scorecard,
        answers=tuple(answer.id for answer in answers),
        cause=cause,
    )
    context.tx.milestones.add(milestone)
    settled = settle(context, project, milestone, answers)
    trapped = traps.settle(context, project, milestone, answers)
    summarized = summaries.keep(context, project, milestone, before, ratings)
    cadence.plan(context, summarized)
    ageing.tell_fallen(context, project, before, milestone, answers)
    ageing.plan_after(context, summarized, milestone, answers)
    shared = settle_shared(context)
    _owe_result(context, project, assessment, milestone)
    changed = before is None or before.scorecard.stage != scorecard.stage
    now_waived = waived(context, project.id)
    compounds = bool(compounding_barriers(context.framework_of(milestone), scorecard, now_waived))
    begins = compounds and before is not None and not before.scorecard.compounding
    # What half of the projects share, or what is waived, is no alert of this project.
    theirs = shared if scorecard.next_stage is not None else frozenset()
    news = settled.blocking - theirs - now_waived.keys()
    if changed or news or settled.cleared or settled.refuted or trapped or begins:
        _owe_alerts(context, project, milestone, stage_changed=changed)
    return milestone


def _owe_alerts(context: Context, project: Project, milestone: Milestone, *, stage_changed: bool) -> None:
    """The project's channel hears of stage and blockers, the portfolio's of every stage change."""
    portfolio = context.tx.settings.get().portfolio_place_id if stage_changed else None
    hours = office_of(context, context.tx.people.get(project.owner_id)) if milestone.by_time else None
    named = {portfolio: ":portfolio", project.also_place_id: ":also", project.place_id: ""}
    for place_id, suffix in named.items():
        if place_id is None:
            continue
        key = f"alert:{milestone.id}{suffix}"
        due_at = hours.opens(context.now) if hours else None
        notice = Notice(key=key, kind=NoticeKind.ALERT, subject=milestone.id, place_id=place_id, due_at=due_at)
        context.tx.notices.put(notice)


def _owe_result(context: Context, project: Project, assessment: Assessment, milestone: Milestone) -> None:
    interviews = context.tx.interviews.of_assessment(assessment.id)
    respondents = {interview.respondent_id for interview in interviews if interview.questions}
    readers = {project.owner_id} | (respondents if milestone.cause in ("completed", "closed", "moved") else set())
    # What fell is told with its stage, in a message of its own.
    for person_id in sorted(readers) if milestone.cause != "aged" else ():
        context.tx.notices.put(
            Notice(
                key=f"result:{milestone.id}:{person_id}",
                kind=NoticeKind.RESULT,
                subject=milestone.id,
                person_id=person_id,
            )
        )
    managers = {person.id for person in context.tx.people.managers()}
    refresh_homes(context, readers | managers)
