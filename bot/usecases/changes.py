"""What changed between two milestones: the answers that count differently, and whose they are."""

from collections.abc import Mapping

from bot.readiness.assessment import Answer
from bot.readiness.cards import Change
from bot.readiness.milestone import Milestone
from bot.readiness.rating import counted_answers
from bot.usecases.ports import Context
from bot.usecases.ratings import aged_answers


def changes_between(context: Context, before: Milestone | None, after: Milestone) -> tuple[Change, ...]:
    """The dimensions whose counted answers differ between two milestones, in the order of the later's framework."""
    if before is None:
        return ()
    old, new = _by_dimension(context, before), _by_dimension(context, after)
    changed = [
        (dimension, old.get(dimension.id), new.get(dimension.id))
        for dimension in context.framework_of(after).dimensions
        if _claim(old.get(dimension.id)) != _claim(new.get(dimension.id))
    ]
    people = context.tx.people.many({answer.respondent_id for _, _, answer in changed if answer})
    return tuple(
        Change(dimension, was, now, people[now.respondent_id] if now else None) for dimension, was, now in changed
    )


def milestone_before(context: Context, milestone: Milestone) -> Milestone | None:
    """The one that a milestone followed; None for a project's first."""
    history = context.tx.milestones.of_project(milestone.project_id)
    return next((older for older in history if older.sequence < milestone.sequence), None)


def _by_dimension(context: Context, milestone: Milestone) -> Mapping[str, Answer]:
    """The answer per dimension that made its rating."""
    said: dict[str, list[Answer]] = {}
    project = context.tx.projects.get(milestone.project_id)
    framework, counted = context.framework_of(milestone), context.tx.answers.many(milestone.answers)
    for answer in aged_answers(framework, project, counted, milestone.taken_at):
        said.setdefault(answer.dimension_id, []).append(answer)
    return {
        dimension.id: counted_answers(dimension, said[dimension.id], project.roles)[0]
        for dimension in framework.dimensions
        if dimension.id in said
    }


def _claim(answer: Answer | None) -> tuple[object, ...]:
    return (answer.kind, answer.level, answer.evidence.strength) if answer else ()
