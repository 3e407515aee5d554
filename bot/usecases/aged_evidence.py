"""From a notice's ids to what it says now, for evidence that grows old. None means it is not worth sending."""

from collections.abc import Sequence
from datetime import date

from bot.readiness.ageing import reach
from bot.readiness.assessment import Answer
from bot.readiness.evidence import Fall
from bot.readiness.evidence_cards import AgedLine, AgesCard, FellCard
from bot.readiness.framework import Framework
from bot.readiness.notices import Notice
from bot.usecases.ageing import Result, asked_now, fell_between, result_of
from bot.usecases.changes import milestone_before
from bot.usecases.ports import Context


def ages(context: Context, notice: Notice) -> AgesCard | None:
    """What will be too old soon; nothing once it is, or once all of it was renewed or is counted no more."""
    project = context.tx.projects.get(notice.subject)
    result = None if project.archived_at is not None else result_of(context, project)
    if result is None:
        return None
    day, is_edit = date.fromisoformat(notice.parameters["day"]), notice.edits is not None
    # An edit shows what was asked for and what was renewed: the last version of an answer that falls on the day.
    versions = context.tx.answers.of_assessment(result.milestone.assessment_id) if is_edit else result.answers
    own = [answer for answer in versions if answer.respondent_id == context.actor.id]
    falls = {fall.answer.dimension_id: fall for answer in own for fall in result.falls_on(day, answer)}
    if not is_edit:
        asked = asked_now(context, project).get(context.actor.id, ())
        falls = {dimension: f for dimension, f in falls.items() if f.at > context.now and dimension not in asked}
    lines = lines_of(context, [*falls.values()], result.framework)
    carrying = [line for line in lines if not line.renewed and result.carries(line.fall)]
    if not carrying and not is_edit:
        return None
    return AgesCard(
        project=project,
        scorecard=result.milestone.scorecard,
        then=min((_reach(result, line) for line in carrying), default=None),
        lines=lines,
        zone=context.actor.timezone,
    )


def fell(context: Context, notice: Notice) -> FellCard | None:
    """What fell with a result: to whoever gave it their own, to the owner all; nothing once they renewed all of it."""
    milestone = context.tx.milestones.get(notice.subject)
    before = milestone_before(context, milestone)
    project = context.tx.projects.get(milestone.project_id)
    is_owner = context.actor.id == project.owner_id
    falls = fell_between(context, before, milestone)
    own = [fall for fall in falls if is_owner or fall.answer.respondent_id == context.actor.id]
    framework = context.framework_of(milestone)
    lines = lines_of(context, own, framework)
    settled = not is_owner and all(line.renewed for line in lines)
    if before is None or not lines or (settled and notice.edits is None):
        return None
    return FellCard(
        project=project,
        framework=framework,
        scorecard=milestone.scorecard,
        before=before.scorecard,
        lines=lines,
        reader_id=context.actor.id,
        zone=context.actor.timezone,
    )


def lines_of(context: Context, falls: Sequence[Fall], framework: Framework) -> tuple[AgedLine, ...]:
    """Falls with their people, in the framework's order."""
    if not falls:
        return ()
    people = context.tx.people.many(
        {id_ for fall in falls for id_ in (fall.answer.respondent_id, _checker(fall.answer)) if id_}
    )
    current = _current_ids(context, falls)
    place = {dimension.id: number for number, dimension in enumerate(framework.dimensions)}
    return tuple(
        AgedLine(
            dimension=framework.dimension(fall.answer.dimension_id),
            fall=fall,
            claimant=people[fall.answer.respondent_id],
            checker=people.get(_checker(fall.answer)),
            renewed=fall.answer.id not in current,
        )
        for fall in sorted(falls, key=lambda fall: (place.get(fall.answer.dimension_id, 0), fall.at))
    )


def _reach(result: Result, line: AgedLine) -> int:
    then = result.rated(line.dimension.id, line.fall.at)
    return reach(result.framework, result.milestone.scorecard, line.dimension, then)


def _current_ids(context: Context, falls: Sequence[Fall]) -> set[str]:
    """The answers that are what is said now, of the assessments that these belong to."""
    assessments = {fall.answer.assessment_id for fall in falls}
    return {answer.id for assessment in assessments for answer in context.tx.answers.current(assessment)}


def _checker(answer: Answer) -> str:
    """Who has checked the evidence, or agreed that the question does not apply; "" where nobody has."""
    return answer.evidence.verified_by or answer.approved_by or ""
