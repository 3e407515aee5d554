"""Pages of what would be: the form that supposes levels, and the project then beside the project now."""

from collections.abc import Iterable

from bot.chat.view import (
    Bullets,
    Button,
    Buttons,
    Divider,
    Field,
    FieldKind,
    Form,
    Heading,
    Note,
    Option,
    Paragraph,
    Part,
    Style,
    Table,
    View,
)
from bot.readiness.framework import STAGES, Dimension, in_language
from bot.readiness.scorecard import Finding, Rating, Scorecard
from bot.readiness.steps import Raise
from bot.readiness.whatif import EXPOSURE
from bot.readiness.whatif_cards import AS_IT_IS, NOT_KNOWN, WhatIfCard, WhatIfForm
from bot.wording.engine import Page, Words
from bot.wording.pages.presenting import present
from bot.wording.pages.results import finding_line, stage_name
from bot.wording.pages.steps import next_step_parts

LISTED = 40
"""Dimensions in one list."""


@present.register
def _(card: WhatIfCard, words: Words) -> View:
    """What is supposed, and what would change by it; without anything supposed, how to."""
    page, project = words.page("whatif"), card.project
    title = Heading(page.text("title", project=project.name))
    so_far = (Note(page.line("so_far")),) if card.so_far else ()
    stored = Note(page.line("stored"))
    if not card.words:
        how = Paragraph(page.line("bare", key=project.key, code=card.framework.dimensions[0].code))
        parts = (title, how, *_counts(card, words, page), stored, *so_far, _ways(card, page))
        return View(text=page.text("summary_bare", project=project.name), parts=parts)
    before, after = card.now.scorecard.stage, card.then.scorecard.stage
    changes = _changes(card, words, page)
    return View(
        text=page.text("summary", project=project.name, before=before, after=after),
        parts=(title, *_supposed(card, words, page), *changes, stored, *so_far, _ways(card, page)),
    )


def _counts(card: WhatIfCard, words: Words, page: Page) -> tuple[Part, ...]:
    lines = tuple(
        page.line(
            "counts",
            code=row.dimension.code,
            dimension=in_language(row.dimension.name, words.language),
            level=_rated(row.before, words),
        )
        for row in card.rows[:LISTED]
    )
    return Paragraph(page.line("counts_title")), Bullets(lines)


def _supposed(card: WhatIfCard, words: Words, page: Page) -> tuple[Part, ...]:
    lines = [
        page.line(
            "supposed",
            dimension=in_language(row.dimension.name, words.language),
            before=_rated(row.before, words),
            after=_rated(row.after, words),
        )
        for row in card.supposed
    ]
    if card.now.scorecard.exposure != card.then.scorecard.exposure:
        before, after = (_exposure(each.scorecard, card, words) for each in (card.now, card.then))
        lines.append(page.line("exposed", before=before, after=after))
    return Paragraph(page.line("supposed_title")), Bullets(tuple(lines[:LISTED]))


def _changes(card: WhatIfCard, words: Words, page: Page) -> tuple[Part, ...]:
    """Stage and what goes with it in a table, then the blockers, then the steps."""
    columns = tuple(page.text(slot) for slot in ("what", "now", "then"))
    parts: list[Part] = [Table(columns, _rows(card, words))]
    if card.now == card.then:
        return (*parts, Paragraph(page.line("nothing")))
    if card.gone:
        parts.append(Paragraph(page.line("gone", names=_names(card, card.gone, words))))
    for slot, findings in (("new_title", card.new), ("left_title", card.left)):
        if findings:
            heaviest = sorted(findings, key=lambda finding: -finding.severity)
            lines = tuple(finding_line(card.framework, finding, words) for finding in heaviest)
            parts += [Paragraph(page.line(slot)), Bullets(lines)]
    if not card.then.scorecard.blockers:
        parts.append(Paragraph(words.page("result").line("no_blockers")))
    return (*parts, Divider(), *_steps(card, words, page))


def _steps(card: WhatIfCard, words: Words, page: Page) -> tuple[Part, ...]:
    """The way up from there, and what of the way now would be behind."""
    names = _names(card, card.done, words)
    then = next_step_parts(card.project, card.framework, card.then.next_step, words, {}, offers=False)
    return (*((Paragraph(page.line("done", names=names)),) if names else ()), *then)


def _rows(card: WhatIfCard, words: Words) -> tuple[tuple[str, ...], ...]:
    page, standing = words.page("comparison"), words.page("portfolio")
    cards = (card.now.scorecard, card.then.scorecard)
    shown = {
        "stage": [f"{each.stage} · {stage_name(card.framework, each.stage, words)}" for each in cards],
        "readiness": [f"{each.readiness}" for each in cards],
        "standing": [standing.text(f"standing_{each.standing.value}") for each in cards],
        "index": [f"{each.index}" for each in cards],
        "blockers": [f"{len(each.blockers)}" for each in cards],
    }
    return tuple((page.text(slot), *values) for slot, values in shown.items())


def _ways(card: WhatIfCard, page: Page) -> Buttons:
    """On from here; each carries what is supposed so far."""
    project_id, words = card.project.id, card.words
    style = Style.PLAIN if words else Style.PRIMARY
    label = page.text("change_button" if words else "form_button")
    buttons = [Button(label, "whatif_form", f"{project_id}|{words}", style)]
    if card.next_words:
        further = page.text("next_button" if words else "first_button")
        buttons.append(Button(further, "whatif", f"{project_id}|{card.next_words}"))
    return Buttons((*buttons, Button(page.text("status_button"), "status", project_id)))


def _rated(rating: Rating, words: Words) -> str:
    """What counts for a dimension, and what it rests on."""
    page = words.page("result")
    if rating.level is None:
        return page.text(rating.kind.value)
    return page.text(f"level_{rating.strength.value}", number=rating.level)


def _exposure(scorecard: Scorecard, card: WhatIfCard, words: Words) -> str:
    return in_language(card.framework.stage(scorecard.exposure).exposure, words.language)


def _names(card: WhatIfCard, of: Iterable[Finding | Raise], words: Words) -> str:
    dimensions = (card.framework.dimension(each.dimension_id) for each in of)
    return ", ".join(in_language(dimension.name, words.language) for dimension in dimensions)


@present.register
def _(card: WhatIfForm, words: Words) -> Form:
    """A select for every dimension, and one for who is exposed."""
    page = words.page("whatif")
    levels = tuple(_field(card, dimension, rating, words, page) for dimension, rating in card.rows)
    more = (Note(page.line("form_more", count=card.more)),) if card.more else ()
    return Form(
        form="whatif",
        title=page.text("form_title"),
        submit=page.text("form_submit"),
        cancel=page.text("form_cancel"),
        value=f"{card.project.id}|{card.words}",
        fields=(*levels, _exposures(card, words, page)),
        intro=(Paragraph(page.line("intro", project=card.project.name)), *more),
    )


def _field(card: WhatIfForm, dimension: Dimension, rating: Rating, words: Words, page: Page) -> Field:
    levels = card.supposition.levels
    chosen = levels.get(dimension.id)
    initial = AS_IT_IS if dimension.id not in levels else NOT_KNOWN if chosen is None else f"{chosen}"
    options = tuple(
        Option(
            page.text("level", number=level.number, label=in_language(level.label, words.language)), f"{level.number}"
        )
        for level in dimension.levels
    )
    return Field(
        f"level:{dimension.id}",
        FieldKind.SELECT,
        in_language(dimension.name, words.language),
        required=False,
        initial=initial,
        options=(
            Option(page.text("as_it_is", level=_rated(rating, words)), AS_IT_IS),
            *options,
            Option(page.text("unknown"), NOT_KNOWN),
        ),
    )


def _exposures(card: WhatIfForm, words: Words, page: Page) -> Field:
    names = {stage: in_language(card.framework.stage(stage).exposure, words.language) for stage in STAGES}
    as_it_is = page.text("exposure_as_it_is", exposure=names[card.project.exposure])
    supposed = card.supposition.exposure
    return Field(
        EXPOSURE,
        FieldKind.SELECT,
        page.text("exposure"),
        required=False,
        initial=AS_IT_IS if supposed is None else f"{supposed}",
        options=(Option(as_it_is, AS_IT_IS), *(Option(name, f"{stage}") for stage, name in names.items())),
    )
