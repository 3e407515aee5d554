"""Exports as files: written project by project while they are read, so that a large portfolio needs no more memory.

Slow, so it runs in a thread of its own, within the reading transaction that gives the projects: one moment, whatever
happens meanwhile.
"""

import json
import zipfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Protocol, TextIO, TypeGuard

from bot.chat.document import CSV, HTML, JSON, ZIP, Document
from bot.readiness import exported, sheets, standings
from bot.readiness.export_format import ExportFormat
from bot.readiness.file_cards import ExportCard, ExportedProject
from bot.readiness.portfolio_report import PortfolioReportCard
from bot.wording import report
from bot.wording.engine import Words

BYTE_ORDER_MARK = "\ufeff"
"""Spreadsheets guess the encoding wrong without one."""
PACKED_ABOVE = 20_000_000
"""Bytes of a file beyond which it is sent packed."""

_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class Writer(Protocol):
    """Takes one project after another."""

    def add(self, project: ExportedProject) -> None:
        """Write what there is to say of it."""
        ...

    def end(self) -> None:
        """Write what stands behind the projects."""
        ...


class JsonWriter:
    """Everything, one project a line."""

    def __init__(self, card: ExportCard, out: TextIO) -> None:
        self._card, self._out, self._between = card, out, "\n"
        head = json.dumps(exported.header(card), ensure_ascii=False, indent=1)
        out.write(head.removesuffix("\n}") + ',\n "projects": [')

    def add(self, project: ExportedProject) -> None:
        """One line."""
        self._out.write(self._between)
        self._out.write(_COMPACT.encode(exported.project(project)))
        self._between = ",\n"

    def end(self) -> None:
        """Who was named."""
        self._out.write('\n ],\n "people": [')
        between = "\n"
        for person in self._card.people():
            self._out.write(between + _COMPACT.encode(exported.person(person)))
            between = ",\n"
        self._out.write("\n ]\n}\n")


class TableWriter:
    """A table of which every project gives some rows."""

    def __init__(
        self, out: TextIO, columns: Sequence[str], rows: Callable[[ExportedProject], Iterable[Sequence[sheets.Cell]]]
    ) -> None:
        self._out, self._rows = out, rows
        out.write(BYTE_ORDER_MARK + sheets.line(columns))

    def add(self, project: ExportedProject) -> None:
        """Its rows."""
        self._out.writelines(map(sheets.line, self._rows(project)))

    def end(self) -> None:
        """A table has no end."""


def table_of_projects(card: ExportCard, out: TextIO) -> TableWriter:
    """Where every project stands, one row each; it can be imported again."""
    columns = standings.columns(card.framework)
    return TableWriter(out, columns, lambda project: (standings.standing(project, card.framework),))


def table_of_history(_card: ExportCard, out: TextIO) -> TableWriter:
    """All milestones of all projects."""
    return TableWriter(out, standings.HISTORY, standings.history)


def write(card: ExportCard, *writers: Writer) -> None:
    """Go through the projects once, for all of these."""
    for project in card.projects:
        for writer in writers:
            writer.add(project)
    for writer in writers:
        writer.end()


def is_written(card: object) -> TypeGuard[ExportCard | PortfolioReportCard]:
    """Whether this card becomes files that are read while they are written."""
    return isinstance(card, ExportCard | PortfolioReportCard)


def export_documents(card: ExportCard | PortfolioReportCard, words: Words, folder: Path) -> tuple[Document, ...]:
    """The files of a card, in this folder."""
    if isinstance(card, PortfolioReportCard):
        return (_page(card, words, folder),)
    page, name = words.page("files"), card.named.name if card.named else ""
    subject = card.named.key if card.named else "bridgehead"
    kinds: list[tuple[str, str, str, Callable[[ExportCard, TextIO], Writer]]] = []
    if card.format is not ExportFormat.CSV:
        kinds.append(("export", "json", JSON, JsonWriter))
    if card.format is not ExportFormat.JSON:
        kinds.append(("standings", "csv", CSV, table_of_projects))
    if card.format is ExportFormat.CSV:
        kinds.append(("history", "csv", CSV, table_of_history))
    paths = [folder / f"{_stem(subject, page.text(f'{what}_file'), card.made_at)}.{end}" for what, end, *_ in kinds]
    with ExitStack() as opened:
        outs = [opened.enter_context(path.open("w", encoding="utf-8", newline="")) for path in paths]
        write(card, *(make(card, out) for (*_, make), out in zip(kinds, outs, strict=True)))
    return tuple(
        _document(path, page.text(f"{what}_title", project=name), media)
        for path, (what, _, media, _) in zip(paths, kinds, strict=True)
    )


def _page(card: PortfolioReportCard, words: Words, folder: Path) -> Document:
    page = words.page("files")
    path = folder / f"{_stem('bridgehead', page.text('portfolio_file'), card.made_at)}.html"
    with path.open("w", encoding="utf-8", newline="") as out:
        out.writelines(report.portfolio_page(card, words))
    return _document(path, page.text("portfolio_title"), HTML)


def _document(path: Path, title: str, media_type: str) -> Document:
    if path.stat().st_size <= PACKED_ABOVE:
        return Document(path.name, title, media_type, path=str(path))
    packed = path.with_suffix(".zip")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, path.name)
    path.unlink()
    return Document(packed.name, title, ZIP, path=str(packed))


def _stem(subject: str, what: str, at: datetime) -> str:
    return f"{subject}-{what}-{at.date().isoformat()}"
