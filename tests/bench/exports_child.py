"""One export of everything, measured: `python -m tests.bench.exports_child URL json|csv|html`; prints JSON."""

import json
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.exporting import JsonWriter, table_of_projects, write
from bot.offline import process_library
from bot.readiness.assessment import Person
from bot.readiness.export_format import ExportFormat
from bot.usecases.exports import export_of
from bot.usecases.portfolio_reports import report_of
from bot.usecases.ports import Context
from bot.wording.engine import Words
from bot.wording.report import portfolio_page
from storage.engine import make_engines
from storage.store import Store
from tests.bench.crowd import T

PEAK = Path("/proc/self/clear_refs")
"""Writing 5 makes the peak begin anew (proc(5))."""


def main() -> None:
    """Once for a few projects, so that everything is loaded and prepared; then for all."""
    url, form = sys.argv[1], ExportFormat(sys.argv[2])
    store, library = Store(make_engines(url)), process_library()
    admin = Person(id="", name="", is_admin=True)
    with store.reading_tenant(T) as tx:
        _export(Context(tx, admin, library, datetime.now(UTC)), form, "limit:120")
    PEAK.write_text("5", encoding="ascii")
    before, begun = _status("VmRSS"), time.perf_counter()
    with store.reading_tenant(T) as tx:
        written = _export(Context(tx, admin, library, datetime.now(UTC)), form, "")
    took = time.perf_counter() - begun
    print(json.dumps({"seconds": took, "bytes": written, "added": _status("VmHWM") - before}))


def _export(context: Context, form: ExportFormat, filters: str) -> int:
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        out = _Counting(nowhere.fileno())
        if form is ExportFormat.HTML:
            out.writelines(portfolio_page(report_of(context, filters), Words("en")))
        else:
            card = export_of(context, form, filters)
            write(card, (JsonWriter if form is ExportFormat.JSON else table_of_projects)(card, out))  # type: ignore[arg-type]  # it writes
    return out.written


class _Counting:
    """Forgets what is written, and knows how much it was."""

    def __init__(self, nowhere: int) -> None:
        self._nowhere, self.written = nowhere, 0

    def write(self, text: str) -> None:
        self.written += os.write(self._nowhere, text.encode())

    def writelines(self, texts: object) -> None:
        for text in texts:  # type: ignore[attr-defined]
            self.write(text)


def _status(name: str) -> int:
    """Kilobytes, of this process."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith(f"{name}:")))


if __name__ == "__main__":
    main()
