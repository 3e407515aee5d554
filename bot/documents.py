"""Files from cards: words, pictures and values joined into bytes. Slow, so it runs in a thread of its own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.charts import Form, draw
from bot.chat.document import CSV, HTML, MARKDOWN, PNG, TEXT, Document
from bot.chat.picture import Picture
from bot.readiness import sheets
from bot.readiness.file_cards import PictureCard, ReportCard
from bot.readiness.framework import in_language
from bot.readiness.picture_cards import BarriersCard, DuelCard, FlowCard, HeatMapCard, ProfileCard
from bot.readiness.simulation import SimulationCard
from bot.wording import foreseen, report
from bot.wording.dates import short_date
from bot.wording.engine import Words
from bot.wording.pages import drawn as pictured


def report_documents(card: ReportCard, words: Words) -> tuple[Document, ...]:
    """The report as a page and as Markdown."""
    made, page, name = report.report_of(card, words), words.page("files"), card.project.name
    pictures = {"profile": draw(made.profile, Form.SVG).decode()}
    if made.trend is not None:
        pictures["trend"] = draw(made.trend, Form.SVG).decode()
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
    drawn = report.trend_of(card.milestones, words, card.zone)
    stem = _stem(card.project.key, page.text("picture_file"), card.milestones[-1].taken_at)
    title = page.text("picture_title", project=card.project.name)
    return _picture(stem, title, drawn)


def heat_map_documents(card: HeatMapCard, words: Words) -> tuple[Document, ...]:
    """Projects by dimensions as a picture, and all of its numbers as a table: more than can be said of a picture."""
    page, drawn = words.page("pictures"), pictured.heat_map_of(card, words)
    shown = {"first": card.start + 1, "last": card.ends, "total": card.total}
    stem = f"{_stem('portfolio', page.text('map_file'), card.made_at)}-{card.start + 1}"
    picture = _picture(stem, page.text("map_title", **shown), drawn)
    return *picture, Document(f"{stem}.csv", page.text("map_table_title", **shown), CSV, heat_map_table(card, words))


def heat_map_table(card: HeatMapCard, words: Words) -> bytes:
    """A row per project: what it is, what blocks it, and its levels."""
    page, dimensions = words.page("pictures"), card.framework.dimensions
    columns = [page.text(slot) for slot in ("key", "name", "stage", "exposure", "blocking")]
    rows = (
        (
            project.key,
            project.name,
            project.summary.stage if project.summary else None,
            project.exposure,
            ", ".join(pictured.blocking(card, project, words)),
            *(
                cell.sign if cell.level is None else cell.level
                for cell in (pictured.cell_of(card, project, dimension) for dimension in dimensions)
                if project.summary
            ),
        )
        for project in card.projects
    )
    return _table([*columns, *(in_language(each.name, words.language) for each in dimensions)], rows)


def flow_documents(card: FlowCard, words: Words) -> tuple[Document, ...]:
    """Stages over time."""
    page = words.page("pictures")
    stem = _stem("portfolio", page.text("flow_file"), card.made_at)
    return _picture(stem, page.text("flow_title"), pictured.flow_of(card, words))


def barriers_documents(card: BarriersCard, words: Words) -> tuple[Document, ...]:
    """The ranking of the barriers."""
    page = words.page("pictures")
    stem = _stem("portfolio", page.text("barriers_file"), card.made_at)
    return _picture(stem, page.text("barriers_title"), pictured.barriers_of(card, words))


def comparison_documents(card: DuelCard, words: Words) -> tuple[Document, ...]:
    """Two projects side by side."""
    page, one, other = words.page("pictures"), card.one.project, card.other.project
    stem = _stem(f"{one.key}-{other.key}", page.text("compare_file"), card.made_at)
    return _picture(stem, page.text("compare_title", one=one.name, other=other.name), pictured.duel_of(card, words))


def profile_documents(card: ProfileCard, words: Words) -> tuple[Document, ...]:
    """One project against its next bars."""
    page, project = words.page("pictures"), card.proof.project
    stem = _stem(project.key, page.text("profile_file"), card.made_at)
    return _picture(stem, page.text("profile_title", project=project.name), pictured.named_profile(card, words))


def _picture(stem: str, title: str, drawn: Picture) -> tuple[Document, ...]:
    return (Document(f"{stem}.png", title, PNG, draw(drawn, Form.PNG), drawn.alternative),)


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
    """The same lines as a table."""
    return _table(foreseen.columns(words), (line.cells() for line in foreseen.lines(card, words)))


def _table(columns: Sequence[str], rows: Iterable[Sequence[sheets.Cell]]) -> bytes:
    """CSV, with a byte order mark because spreadsheets guess wrong without one."""
    return "".join(map(sheets.line, (columns, *rows))).encode("utf-8-sig")


def _stem(subject: str, what: str, at: datetime) -> str:
    return f"{subject}-{what}-{at.date().isoformat()}"


DOCUMENTS: Mapping[type, Callable[[Any, Words], Sequence[Document]]] = {
    ReportCard: report_documents,
    PictureCard: picture_documents,
    SimulationCard: simulation_documents,
    HeatMapCard: heat_map_documents,
    FlowCard: flow_documents,
    BarriersCard: barriers_documents,
    DuelCard: comparison_documents,
    ProfileCard: profile_documents,
}


def has_documents(card: object) -> bool:
    """Whether this card is delivered as files."""
    return type(card) in DOCUMENTS


def documents(card: object, words: Words) -> Sequence[Document]:
    """The files of a card. Raises KeyError when it has none."""
    return DOCUMENTS[type(card)](card, words)
