"""Files from cards: words, pictures and values joined into bytes. Slow, so it runs in a thread of its own."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot import charts
from bot.charts import Form
from bot.chat.document import CSV, HTML, MARKDOWN, PNG, TEXT, Document
from bot.readiness import sheets
from bot.readiness.file_cards import PictureCard, ReportCard
from bot.readiness.simulation import SimulationCard
from bot.wording import foreseen, report
from bot.wording.dates import short_date
from bot.wording.engine import Words


def report_documents(card: ReportCard, words: Words) -> tuple[Document, ...]:
    """The report as a page and as Markdown."""
    made, page, name = report.report_of(card, words), words.page("files"), card.project.name
    pictures = {"profile": charts.profile(made.profile, Form.SVG).decode()}
    if made.trend is not None:
        pictures["trend"] = charts.trend(made.trend, Form.SVG).decode()
    stem = _stem(card.project.key, page.text("report_file"), card.made_at)
    return (
        Document(f"{stem}.html", page.text("report_title", project=name), HTML, report.html(made, pictures).encode()),
        Document(
            f"{stem}.md", page.text("report_title_markdown", project=name), MARKDOWN, report.markdown(made).encode()
        ),
    )


def picture_documents(card: PictureCard, words: Words) -> tuple[Document, ...]:
    """The history as a picture."""
    page = words.page("files")
    trend = report.trend_of(card.milestones, words, card.zone)
    stem = _stem(card.project.key, page.text("picture_file"), card.milestones[-1].taken_at)
    title = page.text("picture_title", project=card.project.name)
    return (Document(f"{stem}.png", title, PNG, charts.trend(trend, Form.PNG), trend.alternative),)


def simulation_documents(card: SimulationCard, words: Words) -> tuple[Document, ...]:
    """A look ahead as text to read and as a table."""
    page, at = words.page("simulation"), card.simulation.begins
    stem = _stem("bridgehead", page.text("file"), at)
    return (
        Document(f"{stem}.txt", page.text("file_title"), TEXT, simulation_text(card, words).encode()),
        Document(f"{stem}.csv", page.text("file_title_table"), CSV, simulation_table(card, words)),
    )


def simulation_text(card: SimulationCard, words: Words) -> str:
    """One line for each message and for days on which nothing comes."""
    page, simulation = words.page("simulation"), card.simulation
    begins, ends = (
        short_date(moment, words.language, card.reader.timezone) for moment in (simulation.begins, simulation.ends)
    )
    rows = [line.cells() for line in foreseen.lines(card, words)]
    table = (columns := foreseen.columns(words)), *rows
    widths = [max(len(row[place]) for row in table) for place in range(len(columns) - 1)]
    told = [page.text("heading", begins=begins, ends=ends), page.text("assumption")]
    if not simulation.is_whole:
        told.append(page.text("stopped", ends=ends))
    if simulation.failed:
        told.append(page.text("failed", count=simulation.failed))
    lines = ("  ".join([*map(str.ljust, row, widths), row[-1]]).rstrip() for row in table)
    return "\n".join([*told, "", *lines, ""])


def simulation_table(card: SimulationCard, words: Words) -> bytes:
    """The same lines as a table, with a byte order mark because spreadsheets guess wrong without one."""
    rows = (foreseen.columns(words), *(line.cells() for line in foreseen.lines(card, words)))
    return "".join(map(sheets.line, rows)).encode("utf-8-sig")


def _stem(subject: str, what: str, at: datetime) -> str:
    return f"{subject}-{what}-{at.date().isoformat()}"


DOCUMENTS: Mapping[type, Callable[[Any, Words], Sequence[Document]]] = {
    ReportCard: report_documents,
    PictureCard: picture_documents,
    SimulationCard: simulation_documents,
}


def has_documents(card: object) -> bool:
    """Whether this card is delivered as files."""
    return type(card) in DOCUMENTS


def documents(card: object, words: Words) -> Sequence[Document]:
    """The files of a card. Raises KeyError when it has none."""
    return DOCUMENTS[type(card)](card, words)
