"""Pages of a project's milestones: all of them, and two side by side."""

from bot.chat.view import Bullets, Button, Buttons, Heading, Line, Note, Paragraph, Part, Table, View
from bot.readiness.cards import Change
from bot.readiness.file_cards import ComparisonCard
from bot.readiness.framework import Dimension, in_language
from bot.readiness.milestone import Milestone
from bot.readiness.project_cards import HistoryCard
from bot.wording.dates import full_date
from bot.wording.engine import Page, Words
from bot.wording.evidence import evidence
from bot.wording.pages.debts import staged
from bot.wording.pages.frameworks import outdated_parts, unlike_parts
from bot.wording.pages.leverage import forecast_parts
from bot.wording.pages.presenting import present
from bot.wording.pages.results import change_list, said


@present.register
def _(card: HistoryCard, words: Words) -> View:
    """Milestones in a table, what changed last, and the ways to compare them."""
    page = words.page("history")
    project, newest, count = card.project, card.milestones[0], card.milestones[0].sequence
    slots = ("number", "date", "stage", "exposure", "index", "blockers", "cause")
    rows = tuple(
        (
            f"{milestone.sequence}",
            full_date(milestone.taken_at, words.language, card.zone),
            staged(milestone.scorecard.stage, card.debts.get(milestone.id, 0), words),
            f"{milestone.scorecard.exposure}",
            f"{milestone.scorecard.index}",
            f"{len(milestone.scorecard.blockers)}",
            page.text(f"cause_{milestone.cause}"),
        )
        for milestone in card.milestones
    )
    title = Heading(page.text("title", project=project.name))
    parts: list[Part] = [title, Table(tuple(page.text(slot) for slot in slots), rows)]
    if card.changes:
        parts += [Paragraph(page.line("changes_title")), change_list(card.changes, words)]
    if count == 1:
        parts.append(Note(page.line("first")))
    if count > 2:
        parts.append(Note(page.line("any_two", key=project.key, newest=count)))
    parts += forecast_parts(card.forecasts, words, card.zone)
    parts += (*unlike_parts(card.unlike, words), *outdated_parts(card.outdated, words))
    summary = page.text("summary", project=project.name, count=count, stage=newest.scorecard.stage)
    return View(text=summary, parts=(*parts, Buttons(_ways(card, page, count))))


def _ways(card: HistoryCard, page: Page, newest: int) -> tuple[Button, ...]:
    project = card.project
    pairs = [(newest - 1, newest), (1, newest)][: max(0, min(2, newest - 1))]
    buttons = [
        Button(page.text("compare_button", older=older, newer=newer), "compare", f"{project.id}|{older}|{newer}")
        for older, newer in pairs
    ]
    if newest > 1:
        buttons.append(Button(page.text("picture_button"), "picture", project.id))
    if card.may_read:
        buttons.append(Button(page.text("report_button"), "report", project.id))
    return (*buttons, Button(page.text("status_button"), "status", project.id))


@present.register
def _(card: ComparisonCard, words: Words) -> View:
    """Two milestones in two columns, the blockers that came and went, and the answers behind."""
    page = words.page("comparison")
    older, newer = card.older, card.newer
    facts = {"project": card.project.name, "older": older.sequence, "newer": newer.sequence}
    columns = (page.text("what"), _column(card, older, words, page), _column(card, newer, words, page))
    parts: list[Part] = [Heading(page.text("title", **facts)), Table(columns, _rows(card, words, page))]
    for slot, dimensions in (("found", card.found), ("cleared", card.cleared)):
        if dimensions:
            parts.append(Paragraph(page.line(slot, names=_names(dimensions, words))))
    parts += _causes(card, words, page)
    parts += unlike_parts(card.unlike, words)
    parts.append(Buttons(_neighbours(card, page)))
    before, after = older.scorecard.stage, newer.scorecard.stage
    return View(text=page.text("summary", **facts, before=before, after=after), parts=tuple(parts))


def _column(card: ComparisonCard, milestone: Milestone, words: Words, page: Page) -> str:
    date = full_date(milestone.taken_at, words.language, card.zone)
    return page.text("column", number=milestone.sequence, date=date)


def _rows(card: ComparisonCard, words: Words, page: Page) -> tuple[tuple[str, ...], ...]:
    standing, causes = words.page("portfolio"), words.page("history")
    both = (card.older, card.newer)
    cards = [milestone.scorecard for milestone in both]
    shown = {
        "stage": [f"{each.stage}" for each in cards],
        "exposure": [f"{each.exposure}" for each in cards],
        "readiness": [f"{each.readiness}" for each in cards],
        "standing": [standing.text(f"standing_{each.standing.value}") for each in cards],
        "index": [f"{each.index}" for each in cards],
        "blockers": [f"{len(each.blockers)}" for each in cards],
        "cause": [causes.text(f"cause_{each.cause}") for each in both],
    }
    return tuple((page.text(slot), *values) for slot, values in shown.items())


def _causes(card: ComparisonCard, words: Words, page: Page) -> tuple[Part, ...]:
    if card.changes is None:
        return (Note(page.line("not_shown")),)
    if not card.changes:
        return (Paragraph(page.line("no_changes")),)
    lines = tuple(change_line(change, words, card.zone) for change in card.changes)
    return Paragraph(page.line("changes_title")), Bullets(lines)


def change_line(change: Change, words: Words, zone: str) -> Line:
    """One answer that counts differently: what it was, what it is, whose, when, on which evidence."""
    page, result, before, after = words.page("comparison"), words.page("result"), change.before, change.after
    told = {
        "dimension": in_language(change.dimension.name, words.language),
        "after": said(after, result),
        "name": change.respondent.name if change.respondent else "",
        "date": full_date(after.answered_at, words.language, zone) if after else "",
        "evidence": evidence(after, words) if after else "",
    }
    if before and after and (before.kind, before.level) == (after.kind, after.level):
        return page.line("change_of_evidence", **told)
    return page.line("change", before=said(before, result), **told)


def _names(dimensions: tuple[Dimension, ...], words: Words) -> str:
    return ", ".join(in_language(dimension.name, words.language) for dimension in dimensions)


def _neighbours(card: ComparisonCard, page: Page) -> tuple[Button, ...]:
    """One step further or nearer at either end: by presses alone one gets to any two."""
    older, newer = card.older.sequence, card.newer.sequence
    pairs = ((older - 1, newer), (older + 1, newer), (older, newer - 1), (older, newer + 1))
    buttons = [
        Button(page.text("pair_button", older=one, newer=other), "compare", f"{card.project.id}|{one}|{other}")
        for one, other in pairs
        if 1 <= one < other <= card.newest
    ]
    return (*buttons, Button(page.text("history_button"), "history", card.project.id))
