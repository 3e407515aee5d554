"""The sections that are tables: blockers by barrier, and the milestones with their picture."""

from bot.chat.view import Line, Note, Paragraph
from bot.readiness.file_cards import ReportCard
from bot.readiness.framework import in_language
from bot.readiness.project_cards import OpenBlocker
from bot.wording.dates import full_date
from bot.wording.engine import Words
from bot.wording.pages.blockers import needed_for
from bot.wording.report.blocks import Figure, Grid, Section
from bot.wording.report.charted import trend_of


def blockers(card: ReportCard, words: Words) -> Section:
    """The open blockers, those of one barrier together: what would clear each, since when, whose it is."""
    page = words.page("report")
    title = page.text("blockers_title")
    if not card.blockers.blockers:
        slot = "none" if card.blockers.is_assessed else "not_assessed"
        return Section("blockers", title, (Paragraph(words.page("blockers").line(slot)),))
    order = {line.barrier.id: number for number, line in enumerate(card.status.barriers)}
    standing = sorted(card.blockers.blockers, key=lambda each: order.get(each.barrier.id, len(order)))
    columns = ("dimension", "severity_column", "needed_column", "age_column", "owner_column")
    grid = Grid(
        caption=page.text("blockers_caption"),
        columns=tuple(page.text(slot) for slot in columns),
        rows=tuple(_row(each, words) for each in standing),
    )
    return Section("blockers", title, (grid, Note(words.page("blockers").line("then"))))


def _row(each: OpenBlocker, words: Words) -> tuple[Line, ...]:
    page, language = words.page("report"), words.language
    plain = words.page("result")
    severity = plain.text(f"severity_{each.blocker.severity.value}")
    names = {
        "dimension": in_language(each.dimension.name, language),
        "barrier": in_language(each.barrier.name, language),
    }
    needed = needed_for(each, words)
    return (
        page.line("found", **names),
        plain.line("plain", text=severity),
        plain.line("plain", text=needed[:1].upper() + needed[1:]),
        plain.line("plain", text=words.page("blockers").text("age", days=each.age)),
        plain.line("plain", text=each.owner.name) if each.owner else page.line("nobody"),
    )


def history(card: ReportCard, words: Words) -> Section | None:
    """The trend, and every milestone; None before the first."""
    if not card.milestones:
        return None
    page, causes = words.page("report"), words.page("history")
    figure = Figure(
        picture="trend",
        alternative=trend_of(card.milestones, words, card.proof.zone).alternative,
        caption=page.text("trend_caption"),
    )
    slots = ("date_column", "number_column", "stage", "exposed_column", "index", "blockers_title", "cause_column")
    grid = Grid(
        caption=page.text("history_caption"),
        columns=tuple(page.text(slot) for slot in slots),
        rows=tuple(
            (
                page.line("number", number=full_date(each.taken_at, words.language, card.proof.zone)),
                page.line("number", number=each.sequence),
                page.line("number", number=each.scorecard.stage),
                page.line("number", number=each.scorecard.exposure),
                page.line("number", number=each.scorecard.index),
                page.line("number", number=len(each.scorecard.blockers)),
                page.line("number", number=causes.text(f"cause_{each.cause}")),
            )
            for each in reversed(card.milestones)
        ),
        narrow=frozenset({1, 2, 3, 4, 5}),
    )
    return Section("history", page.text("history_title"), (figure, grid))
