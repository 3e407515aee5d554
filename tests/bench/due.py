"""What a look at the calendar and at the outbox costs, however many projects there are."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

from bot.app import Parts, compose
from bot.clock import MovableClock
from bot.settings import Settings
from storage.engine import make_engines
from storage.outbox import Outbox
from tests.bench.crowd import DEADLINE, DUE, crowd
from tests.bench.databases import postgresql_server, postgresql_url, sqlite_url
from tests.bench.figures import Figure

SIZES = (1_000, 10_000)
TURNS = 60
QUIET = DUE - timedelta(hours=1)
LEASE = timedelta(seconds=60)


@dataclass
class _Measured:
    """One database; every look is timed in milliseconds."""

    parts: Parts
    outbox: Outbox

    def idle_tick(self) -> float:
        assert isinstance(self.parts.clock, MovableClock)
        self.parts.clock.move_to(QUIET)
        return _milliseconds(lambda: self.parts.store.due(QUIET))

    def find_50(self) -> float:
        return _milliseconds(lambda: self.parts.store.due(DEADLINE))

    def idle_claim(self) -> float:
        return _milliseconds(lambda: self.outbox.claim(QUIET, 10, LEASE))

    def claim_10_of_50(self) -> float:
        """What was claimed is given back, untimed."""
        begun = time.perf_counter()
        claims = self.outbox.claim(DUE, 10, LEASE)
        took = (time.perf_counter() - begun) * 1000
        assert len(claims) == 10, len(claims)
        for claim in claims:
            self.outbox.retry(claim, DUE, "", QUIET)
        return took


LOOKS: dict[str, Callable[[_Measured], float]] = {
    "idle tick": _Measured.idle_tick,
    "find 50 past their deadline": _Measured.find_50,
    "idle claim": _Measured.idle_claim,
    "claim 10 of 50 due": _Measured.claim_10_of_50,
}
IDLE = ("idle tick", "idle claim")


def measure(seconds: float) -> list[Figure]:
    """On both databases, the sizes in turn."""
    figures = []
    with ExitStack() as stack:
        urls = [stack.enter_context(sqlite_url(str(size))) for size in SIZES]
        figures += _database("SQLite", urls)
    with ExitStack() as stack:
        server = stack.enter_context(postgresql_server())
        if server:
            urls = [stack.enter_context(postgresql_url(server, str(size))) for size in SIZES]
            figures += _database("PostgreSQL", urls)
    return figures


def _database(name: str, urls: list[str]) -> list[Figure]:
    measured = []
    for url, size in zip(urls, SIZES, strict=True):
        crowd(url, size)
        settings = Settings(data=Path(), database_url=url)
        measured.append(_Measured(compose(settings, MovableClock()), Outbox(make_engines(url))))
    figures = []
    for what, look in LOOKS.items():
        took: list[list[float]] = [[] for _ in measured]
        for one in measured:
            look(one)
        for _ in range(TURNS):
            for found, one in zip(took, measured, strict=True):
                found.append(look(one))
        small, large = (median(found) for found in took)
        limit = 1.0 if what in IDLE else None
        label = f"{name}: {what}"
        figures.append(Figure("due", f"{label}, {SIZES[1]:,} projects", large, "ms", limit, at_least=False))
        figures.append(
            Figure("due", f"{label}, t({SIZES[1]:,}) : t({SIZES[0]:,})", large / small, "x", 1.1, at_least=False)
        )
    for one in measured:
        one.parts.core.close()
        one.parts.engines.dispose()
    return figures


def _milliseconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000
