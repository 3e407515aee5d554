"""Where a project stands, with its proof. Only reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.incoming import Command
from bot.readiness.assessment import Answer, Assessment, Project
from bot.readiness.contested import seen_by
from bot.readiness.framework import Framework
from bot.readiness.project_cards import (
    BarrierLine,
    Progress,
    ReceiptCard,
    StatusCard,
)
from bot.readiness.receipts import receipt
from bot.readiness.refusals import Refusal, Refused
from bot.readiness.scoring import Scorecard
from bot.readiness.steps import next_step
from bot.usecases import traps
from bot.usecases.framework_versions import outdated
from bot.usecases.gaps import blockers, holdings
from bot.usecases.handovers import under_way
from bot.usecases.overview import overview
from bot.usecases.people import may_read_answers, may_steer, require_reading
from bot.usecases.ports import Context
from bot.usecases.projects import named
from bot.usecases.ratings import lowerings_of, ratings_of, scored
from bot.usecases.reach import hindered
from bot.usecases.waived import waived

__all__ = ["barrier_lines", "blockers", "overview", "proof_of", "status", "status_of", "why"]


@dataclass(frozen=True, slots=True)
class Result:
    """What a project's card shows: the latest milestone, else what an open assessment gives so far."""

    assessment_id: str
    scorecard: Scorecard
    answers: Sequence[Answer]
    taken_at: datetime
    so_far: bool
    framework: Framework


def status(context: Context, command: Command) -> StatusCard:
    """Stage, blockers, next step; everybody sees stages, what is only so far is for those who may read answers."""
    return status_of(context, named(context, command))


def status_of(context: Context, project: Project) -> StatusCard:
    """The same for a project in hand."""
    open_one = context.tx.assessments.open_of(project.id)
    may_read = may_read_answers(context.actor, project)
    result = result_of(context, project, open_one, may_read=may_read)
    framework = result.framework if result else context.framework
    ratings = ratings_of(context, project, result.answers, result.taken_at) if result else {}
    held = context.tx.notices.held(project.place_id) if project.place_id else ()
    return StatusCard(
        project=project,
        framework=framework,
        owner=context.tx.people.get(project.owner_id),
        zone=context.actor.timezone,
        may_steer=may_steer(context.actor, project) and project.archived_at is None,
        may_read=may_read,
        scorecard=result.scorecard if result else None,
        taken_at=result.taken_at if result else None,
        so_far=bool(result and result.so_far),
        next_step=next_step(framework, result.scorecard, ratings) if result else None,
        barriers=barrier_lines(framework, result.scorecard) if result else (),
        progress=_progress(context, open_one, project) if open_one else None,
        waiting=len(held),
        token_fault=context.tx.notices.token_fault() or "",
        place_id=project.place_id or "",
        traps=traps.standing(context, project, may_read=may_read),
        waived=waived(context, project.id),
        holdings=holdings(context, project),
        outdated=outdated(context, framework, open_one),
    )


def why(context: Context, command: Command) -> ReceiptCard:
    """The receipt of a stage: answers, authors, dates, evidence, the rule that caps it."""
    project = named(context, command)
    require_reading(context, project)
    return proof_of(context, project)


def proof_of(context: Context, project: Project) -> ReceiptCard:
    """The same for a project that the actor may read. Raises Refused NOT_ASSESSED."""
    open_one = context.tx.assessments.open_of(project.id)
    result = result_of(context, project, open_one, may_read=True)
    if result is None:
        raise Refused(Refusal.NOT_ASSESSED, project=project.name, key=project.key)
    ratings = ratings_of(context, project, result.answers, result.taken_at)
    return ReceiptCard(
        project=project,
        framework=result.framework,
        receipt=receipt(result.framework, result.scorecard, ratings, result.answers, result.taken_at),
        answers={answer.id: answer for answer in result.answers},
        people=context.tx.people.many(_named_in(result.answers)),
        zone=context.actor.timezone,
        reader_id=context.actor.id,
        so_far=result.so_far,
        lowered=lowerings_of(context, result.answers, result.taken_at),
        traps=traps.standing(context, project, may_read=True),
        outdated=outdated(context, result.framework, open_one),
    )


def _named_in(answers: Sequence[Answer]) -> set[str]:
    """Respondents, and who has checked their evidence."""
    return {each for a in answers for each in (a.respondent_id, a.evidence.verified_by) if each}


def barrier_lines(framework: Framework, scorecard: Scorecard) -> tuple[BarrierLine, ...]:
    """The barriers with blockers, ranked by exposure X, then by how many."""
    lines = []
    for barrier in framework.barriers:
        own = [f for f in scorecard.blockers if framework.dimension(f.dimension_id).primary == barrier.id]
        if own:
            exposure = scorecard.barriers[barrier.id]
            lines.append(BarrierLine(barrier, exposure, tuple(sorted(own, key=lambda f: -f.severity))))
    return tuple(sorted(lines, key=lambda line: (-line.exposure, -len(line.blockers))))


def result_of(context: Context, project: Project, open_one: Assessment | None, *, may_read: bool) -> Result | None:
    """The result that counts now; before the first, what is said so far, for those who may read it."""
    latest = context.tx.milestones.latest(project.id)
    if latest is not None:
        # An answer being changed right now is not in the milestone yet: what it counted is what is shown.
        current = {answer.id: answer for answer in context.tx.answers.current(latest.assessment_id)}
        answers = [current.get(answer_id) or context.tx.answers.get(answer_id) for answer_id in latest.answers]
        framework = context.framework_of(latest)
        return Result(
            latest.assessment_id, latest.scorecard, answers, latest.taken_at, so_far=False, framework=framework
        )
    so_far = _said_so_far(context, open_one) if open_one and may_read else ()
    if open_one is None or not so_far:
        return None
    card = scored(context, project, open_one.id, so_far)
    return Result(open_one.id, card, so_far, context.now, so_far=True, framework=context.framework_of(open_one))


def _said_so_far(context: Context, assessment: Assessment) -> Sequence[Answer]:
    """What the actor may know while people still answer: nobody reads before their own answer what others said."""
    interviews = context.tx.interviews.of_assessment(assessment.id)
    return seen_by(context.actor.id, context.tx.answers.current(assessment.id), interviews)


def _progress(context: Context, assessment: Assessment, project: Project) -> Progress:
    interviews = context.tx.interviews.of_assessment(assessment.id)
    waiting = [interview.respondent_id for interview in interviews if not interview.is_over]
    people = context.tx.people.many(waiting)
    oversees = may_steer(context.actor, project) or context.actor.is_manager
    return Progress(
        assessment_id=assessment.id,
        answered=sum(len(interview.answered) for interview in interviews),
        total=sum(len(interview.questions) - len(interview.handed) for interview in interviews),
        waiting_for=tuple(people[person_id] for person_id in dict.fromkeys(waiting) if person_id in people),
        deadline=assessment.deadline,
        handed=under_way(context, assessment.id, interviews),
        hindered=hindered(context, people.values()) if oversees else (),
    )
