"""What stands in chat above the pictures of the portfolio: the same in words, and the ways on."""

from bot.chat.view import Bullets, Button, Buttons, Heading, Line, Note, Paragraph, Part, Table, View
from bot.readiness.flow import UNASSESSED
from bot.readiness.framework import STAGES, in_language
from bot.readiness.picture_cards import ROWS, BarriersCard, DuelCard, FlowCard, HeatMapCard, ProfileCard, Side
from bot.readiness.query import Name, Named, Query, written
from bot.wording.dates import short_date
from bot.wording.engine import Page, Words
from bot.wording.pages.drawn import barrier_said, often, period_name, side_cell, stages_of
from bot.wording.pages.portfolio_lists import unread_note
from bot.wording.pages.presenting import present
from bot.wording.report.charted import aim


@present.register
def _(card: HeatMapCard, words: Words) -> View:
    """How many there are, which of them these are, and the next ones."""
    page = words.page("pictures")
    shown, left = len(card.projects), card.total - card.ends
    comment = page.line(
        "map_comment",
        query=card.query,
        total=card.total,
        shown=shown,
        first=card.start + 1,
        last=card.ends,
        left=left,
        often=often(card, words),
    )
    parts: list[Part] = [Paragraph(comment)]
    if card.unread:
        parts.append(Note(page.line("map_unread", count=card.unread)))
    parts += unread_note(card.left_out, words)
    if left:
        following = page.text("map_more_button", count=min(left, ROWS))
        parts.append(Buttons((Button(following, "more_of_map", f"{card.ends}|{card.query}"),)))
    return View(text=page.text("map_summary", shown=shown, total=card.total), parts=tuple(parts))


@present.register
def _(card: FlowCard, words: Words) -> View:
    """How often a stage rose and fell, and the numbers of each period."""
    page, unit, total = words.page("pictures"), card.span.unit.value, card.periods[-1].total
    comment = page.line("flow_comment", unit=unit, count=card.span.count, rose=card.rose, fell=card.fell, total=total)
    columns = (
        page.text(f"flow_period_{unit}"),
        *(page.text("flow_column", number=number) for number in STAGES),
        page.text("not_assessed"),
    )
    rows = tuple(
        (
            period_name(card, period, words),
            *(f"{count}" for count in stages_of(period)),
            f"{period.counts.get(UNASSESSED, 0)}",
        )
        for period in card.periods
    )
    parts = (Heading(page.text("flow_title")), Paragraph(comment), Table(columns, rows))
    return View(text=page.text("flow_summary", total=total), parts=parts)


@present.register
def _(card: BarriersCard, words: Words) -> View:
    """The barriers in their order, each with the filter that shows its projects."""
    page = words.page("pictures")
    lines = tuple(
        page.line(
            "barriers_line",
            barrier=in_language(card.framework.barrier(each.barrier_id).name, words.language),
            said=barrier_said(each, page),
            filter=written(Query().with_clause(Named(Name.BARRIER, (each.barrier_id,)))) if each.projects else "",
        )
        for each in card.barriers
    )
    counts = {"blocked": card.blocked, "total": card.total}
    parts: list[Part] = [
        Heading(page.text("barriers_title")),
        Paragraph(page.line("barriers_comment", **counts)),
        Bullets(lines, ordered=True),
    ]
    if card.other:
        parts.append(Note(page.line("barriers_other", count=card.other)))
    return View(text=page.text("barriers_summary", **counts), parts=tuple(parts))


@present.register
def _(card: DuelCard, words: Words) -> View:
    """The two results in a table, and where each is further."""
    page, sides = words.page("pictures"), (card.one, card.other)
    one, other = (side.project.name for side in sides)
    table = words.page("portfolio")
    columns = (*(table.text(slot) for slot in ("key", "stage", "exposure", "standing")), page.text("index"))
    columns += (table.text("blockers"), page.text("owner"), table.text("assessed"))
    rows = tuple(_result(card, side, words) for side in sides)
    parts: list[Part] = [Heading(page.text("compare_title", one=one, other=other)), Table(columns, rows)]
    parts += [Paragraph(line) for line in _differences(card, words, page)]
    buttons = tuple(
        Button(page.text("status_of", project=side.project.key), "status", side.project.id) for side in sides
    )
    stages = {"stage": card.one.scorecard.stage, "other_stage": card.other.scorecard.stage}
    summary = page.text("compare_summary", one=one, other=other, **stages)
    return View(text=summary, parts=(*parts, Buttons(buttons)))


def _result(card: DuelCard, side: Side, words: Words) -> tuple[str, ...]:
    scorecard = side.scorecard
    return (
        side.project.key,
        f"{scorecard.stage}",
        f"{scorecard.exposure}",
        words.page("portfolio").text(f"standing_{scorecard.standing}"),
        f"{scorecard.index}",
        f"{len(scorecard.blockers)}",
        side.owner.name,
        short_date(side.taken_at, words.language, card.zone),
    )


def _differences(card: DuelCard, words: Words, page: Page) -> list[Line]:
    """Where the one is further, where the other, where they are alike, and what cannot be held against each other."""
    further: tuple[list[str], list[str]] = ([], [])
    alike, unlike = list[str](), list[str]()
    for dimension in card.framework.dimensions:
        name = in_language(dimension.name, words.language)
        one, other = side_cell(card.one, dimension).level, side_cell(card.other, dimension).level
        if one is None or other is None:
            unlike.append(name)
        elif one == other:
            alike.append(name)
        else:
            apart = page.text("compare_apart", dimension=name, more=max(one, other), less=min(one, other))
            further[one < other].append(apart)
    lines = [
        page.line("compare_further", project=side.project.name, dimensions=", ".join(names))
        for side, names in zip((card.one, card.other), further, strict=True)
        if names
    ]
    lines += [page.line("compare_alike", dimensions=", ".join(alike))] if alike else []
    return lines + ([page.line("compare_unlike", dimensions=", ".join(unlike))] if unlike else [])


@present.register
def _(card: ProfileCard, words: Words) -> View:
    """Which stage it is held against, and what is short of it."""
    page, proof, stage = words.page("pictures"), card.proof, aim(card.proof)
    named = [
        (in_language(proof.framework.dimension(each.dimension_id).name, words.language), each.dimension_id)
        for each in proof.receipt.short
    ]
    short = ", ".join(
        page.text("blocking_waived", dimension=name) if dimension_id in card.waived else name
        for name, dimension_id in named
    )
    said = {"project": proof.project.name, "stage": stage}
    return View(
        text=page.text("profile_summary", **said), parts=(Paragraph(page.line("profile_comment", short=short, **said)),)
    )
