"""What stands in chat above files, and what is said when none may be sent."""

from bot.chat.view import Button, Buttons, Heading, Line, Paragraph, Part, Style, View
from bot.readiness.file_cards import ExportCard, FilesHeldCard, PictureCard, ReportCard
from bot.readiness.portfolio_report import PortfolioReportCard
from bot.wording.engine import Words
from bot.wording.pages.portfolio_lists import unread_note
from bot.wording.pages.presenting import present


@present.register
def _(card: ReportCard, words: Words) -> View:
    """Above a report."""
    page = words.page("files")
    name = card.project.name
    return _above(page.text("report_summary", project=name), page.line("report_comment", project=name))


@present.register
def _(card: PictureCard, words: Words) -> View:
    """Above a picture."""
    page = words.page("files")
    name = card.project.name
    return _above(page.text("picture_summary", project=name), page.line("picture_comment", project=name))


@present.register
def _(card: ExportCard, words: Words) -> View:
    """Above an export."""
    page = words.page("files")
    name = card.named.name if card.named else ""
    comment = page.line("export_comment", project=name, format=card.format.value, filters=card.filters)
    return _above(page.text("export_summary"), comment, *unread_note(card.unread, words))


@present.register
def _(card: PortfolioReportCard, words: Words) -> View:
    """Above the portfolio's report."""
    page = words.page("files")
    comment = page.line("portfolio_comment", count=card.counts.total, filters=card.filters)
    return _above(page.text("portfolio_summary"), comment, *unread_note(card.unread, words))


@present.register
def _(card: FilesHeldCard, words: Words) -> View:
    """A file waits: what holds, and the repair."""
    page = words.page("files")
    slot = f"held_{card.reason}"
    repair = page.line(slot) if page.has(slot) else page.line("held_other", reason=card.reason)
    button = Button(page.text("held_button"), "send_files", "", Style.PRIMARY)
    parts = (Heading(page.text("held_title")), Paragraph(page.line("held")), Paragraph(repair), Buttons((button,)))
    return View(text=page.text("held_summary"), parts=parts)


def _above(summary: str, comment: Line, *notes: Part) -> View:
    return View(text=summary, parts=(Paragraph(comment), *notes))
