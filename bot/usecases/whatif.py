"""What if one project's levels were others: scored by the same rules, shown beside what is, and never stored."""

from collections.abc import Mapping
from dataclasses import replace

from bot.chat.incoming import Command, Press, Submit
from bot.readiness.assessment import Project
from bot.readiness.framework import LEVELS, STAGES
from bot.readiness.refusals import FieldsRefused, Refusal, Refused
from bot.readiness.scoring import UNKNOWN, Rating
from bot.readiness.steps import NextStep, next_step
from bot.readiness.whatif import EXPOSURE, NotSupposed, Supposition, read_supposition, supposed, written
from bot.readiness.whatif_cards import AS_IT_IS, NOT_KNOWN, Outlook, Supposed, WhatIfCard, WhatIfForm
from bot.usecases.fields import word_of
from bot.usecases.people import require_reading
from bot.usecases.portfolio import Result, result_of
from bot.usecases.ports import Context
from bot.usecases.projects import by_id, named
from bot.usecases.ratings import ratings_of, scored_by

MOST_ROWS = 40
"""Levels in one form; a modal holds 100 blocks, and its options weigh."""


def whatif(context: Context, command: Command) -> WhatIfCard:
    """What a project would be with other levels, as typed behind it."""
    project, words = _project_and_words(context, command)
    require_reading(context, project)
    result = _result(context, project)
    try:
        supposition = read_supposition(result.framework, words)
    except NotSupposed as wrong:
        facts = {"reason": wrong.reason.value, "word": wrong.word, "near": ", ".join(wrong.near)}
        example = result.framework.dimensions[0].code
        raise Refused(Refusal.NOT_SUPPOSED, **facts, key=project.key, code=example) from None
    return _card(context, project, result, supposition)


def pressed(context: Context, press: Press) -> WhatIfCard:
    """The same for a button, which carries the project and the words."""
    project, result, supposition = _carried(context, press.value)
    return _card(context, project, result, supposition)


def form(context: Context, press: Press) -> WhatIfForm:
    """The levels as selects, with what is supposed already."""
    project, result, supposition = _carried(context, press.value)
    ratings, framework = _ratings(context, project, result), result.framework
    asked = framework.dimensions[:MOST_ROWS]
    return WhatIfForm(
        project=project,
        framework=framework,
        rows=tuple((dimension, ratings.get(dimension.id, UNKNOWN)) for dimension in asked),
        supposition=supposition,
        words=written(framework, supposition),
        more=len(framework.dimensions) - len(asked),
    )


def submitted(context: Context, submit: Submit) -> WhatIfCard:
    """What the form supposes; of what it did not ask, what was supposed before."""
    project, result, before = _carried(context, submit.value)
    levels, faults = dict(before.levels), {}
    for dimension in result.framework.dimensions[:MOST_ROWS]:
        name = level_field(dimension.id)
        chosen = word_of(submit.fields, name)
        levels.pop(dimension.id, None)
        if chosen == NOT_KNOWN:
            levels[dimension.id] = None
        elif chosen in {str(level) for level in LEVELS}:
            levels[dimension.id] = int(chosen)
        elif chosen not in ("", AS_IT_IS):
            faults[name] = "unknown_choice"
    exposed = word_of(submit.fields, EXPOSURE)
    if exposed not in {"", AS_IT_IS, *(str(stage) for stage in STAGES)}:
        faults[EXPOSURE] = "unknown_choice"
    if faults:
        raise FieldsRefused(faults)
    exposure = int(exposed) if exposed.isdecimal() else None
    return _card(context, project, result, Supposition(levels, exposure))


def level_field(dimension_id: str) -> str:
    """The id of the field that takes a dimension's level."""
    return f"level:{dimension_id}"


def _project_and_words(context: Context, command: Command) -> tuple[Project, str]:
    """The project at the beginning of the words, by key or whole name, and what stands behind it.

    Where the words begin with a supposition, the project is the channel's, or one's own.
    """
    text = " ".join(command.text.split())
    first, _, rest = text.partition(" ")
    if first and context.tx.projects.by_key(first.lower()) is not None:
        return named(context, replace(command, text=first)), rest
    words = text.lstrip('"“').split(" ")
    beginnings = {" ".join(words[:count]).rstrip('"”').casefold(): count for count in range(1, len(words) + 1)}
    called = context.tx.portfolio.named(beginnings)
    if called:
        longest = max(called, key=lambda key: len(called[key]))
        rest = " ".join(words[beginnings[called[longest].casefold()] :])
        return named(context, replace(command, text=longest)), rest
    before, equals, _ = text.partition("=")
    if equals and " " not in before.strip():
        return named(context, replace(command, text="")), text
    return named(context, command), ""


def _carried(context: Context, value: str) -> tuple[Project, Result, Supposition]:
    """What a button or form carries: `project|words`. Raises Refused UNKNOWN_PRESS for words of another framework."""
    project_id, _, words = value.partition("|")
    project = by_id(context, project_id)
    require_reading(context, project)
    result = _result(context, project)
    try:
        return project, result, read_supposition(result.framework, words)
    except NotSupposed:
        raise Refused(Refusal.UNKNOWN_PRESS) from None


def _result(context: Context, project: Project) -> Result:
    result = result_of(context, project, context.tx.assessments.open_of(project.id), may_read=True)
    if result is None:
        raise Refused(Refusal.NOT_ASSESSED, project=project.name, key=project.key)
    return result


def _ratings(context: Context, project: Project, result: Result) -> Mapping[str, Rating]:
    return ratings_of(context, project, result.answers, result.taken_at)


def _card(context: Context, project: Project, result: Result, supposition: Supposition) -> WhatIfCard:
    framework, ratings = result.framework, _ratings(context, project, result)
    after = supposed(framework, ratings, supposition)
    then = _outlook(context, _exposed(project, supposition.exposure), result, after)
    rows = tuple(
        Supposed(each, ratings.get(each.id, UNKNOWN), after.get(each.id, UNKNOWN)) for each in framework.dimensions
    )
    return WhatIfCard(
        project=project,
        framework=framework,
        words=written(framework, supposition),
        supposed=tuple(row for row in rows if row.dimension.id in supposition.levels),
        rows=rows,
        now=_outlook(context, project, result, ratings),
        then=then,
        next_words="" if then.next_step.is_empty else written(framework, _with(supposition, then.next_step)),
        so_far=result.so_far,
    )


def _outlook(context: Context, project: Project, result: Result, ratings: Mapping[str, Rating]) -> Outlook:
    card = scored_by(context, project, result.assessment_id, ratings)
    return Outlook(card, next_step(result.framework, card, ratings))


def _exposed(project: Project, exposure: int | None) -> Project:
    """The project as if the move were declared: a target that people have passed is reached."""
    if exposure is None:
        return project
    target = None if project.target is not None and project.target < exposure else project.target
    return replace(project, exposure=exposure, target=target)


def _with(supposition: Supposition, step: NextStep) -> Supposition:
    """What is supposed, and this step done as well: the move declared where that is its end."""
    raised = {each.dimension_id: each.to_level for each in step.raises}
    return Supposition({**supposition.levels, **raised}, step.aim if step.declare_move else supposition.exposure)
