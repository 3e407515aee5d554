"""What it costs to keep 50 dates that have come, however many projects there are."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import insert, update

from bot.content.reader import shipped_framework
from bot.offline import process_library
from bot.readiness.scorecard import as_plain
from bot.readiness.scoring import score
from bot.tick import Ticker
from storage.assessments import ASSESSMENT, INTERVIEW
from storage.calendar import APPOINTMENT
from storage.engine import make_engines
from storage.milestones import BLOCKER, MILESTONE
from storage.people import PERSON
from storage.projects import PROJECT
from storage.store import Store
from tests.bench.crowd import DEADLINE, FOUNDED, HURRIED, T, crowd
from tests.bench.databases import postgresql_server, postgresql_url, sqlite_url
from tests.bench.figures import Figure
from tests.world import FrozenClock, InPlace

SIZES = (100, 1_000, 10_000)
TURNS = 6
"""The first, in which blockers are found, is not counted."""
MANAGERS = 3
BLOCKED = ("data-pipeline-stability", "rollback-capability")
BATCH = 2_000
PASSED = timedelta(minutes=1)
"""From one turn to the next: nothing that follows from one is due in another."""


class _Measured:
    """One database of a size."""

    def __init__(self, url: str, projects: int) -> None:
        crowd(url, projects)
        self.engines, self.clock, self.took = make_engines(url), FrozenClock(DEADLINE), list[float]()
        with self.engines.writing.begin() as connection:
            some = [f"u{number}" for number in range(MANAGERS)]
            connection.execute(update(PERSON).where(PERSON.c.id.in_(some)).values(is_manager=True))
            # The crowd's own deadlines are of assessments without anybody who is asked.
            connection.execute(update(ASSESSMENT).values(state="cancelled"))
            connection.execute(APPOINTMENT.delete())
            # Every project has a past result, and two blockers that everybody has.
            for begin in range(0, projects, BATCH):
                several = range(begin, min(begin + BATCH, projects))
                connection.execute(insert(MILESTONE), [_milestone(each) for each in several])
                connection.execute(insert(BLOCKER), [_blocker(each, one) for each in several for one in BLOCKED])
            had = {"summary_milestone_id": "before", "summary_stage": 1, "summary_assessed_at": FOUNDED}
            connection.execute(update(PROJECT).values(**had))
        if self.engines.writing.dialect.name == "postgresql":
            with self.engines.writing.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")
        self.ticker = Ticker(Store(self.engines), process_library(), self.clock, InPlace())

    def turn(self, number: int) -> None:
        """Fifty assessments that nobody answered come to their deadline."""
        self.clock.at = DEADLINE + number * PASSED
        with self.engines.writing.begin() as connection:
            connection.execute(insert(ASSESSMENT), [_assessment(each, number) for each in range(HURRIED)])
            connection.execute(insert(INTERVIEW), [_interview(each, number) for each in range(HURRIED)])
            connection.execute(insert(APPOINTMENT), [_appointment(each, number) for each in range(HURRIED)])
        begun = time.perf_counter()
        kept = asyncio.run(self.ticker.tick())
        # One more: what half of the projects share is counted once for all of them.
        assert kept == HURRIED + 1, kept
        if number:
            self.took.append((time.perf_counter() - begun) * 1000 / HURRIED)


def measure(_seconds: float) -> list[Figure]:
    """On both databases, the sizes in turn."""
    figures = []
    with ExitStack() as stack:
        figures += _database("SQLite", [stack.enter_context(sqlite_url(str(size))) for size in SIZES])
    with ExitStack() as stack:
        server = stack.enter_context(postgresql_server())
        if server:
            figures += _database("PostgreSQL", [stack.enter_context(postgresql_url(server, str(s))) for s in SIZES])
    return figures


def _database(name: str, urls: list[str]) -> list[Figure]:
    with _measured(urls) as several:
        for number in range(TURNS):
            for one in several:
                one.turn(number)
        small, middle, large = (median(one.took) for one in several)
    of_each = f"{name}: a deadline kept"
    return [
        Figure("kept", f"{of_each}, {SIZES[2]:,} projects", large, "ms"),
        Figure("kept", f"{of_each}, t({SIZES[2]:,}) : t({SIZES[1]:,})", large / middle, "x", 1.1, at_least=False),
        Figure("kept", f"{of_each}, t({SIZES[2]:,}) : t({SIZES[0]:,})", large / small, "x", 1.1, at_least=False),
    ]


@contextmanager
def _measured(urls: list[str]) -> Iterator[list[_Measured]]:
    several = [_Measured(url, size) for url, size in zip(urls, SIZES, strict=True)]
    try:
        yield several
    finally:
        for one in several:
            one.engines.dispose()


def _at(turn: int) -> datetime:
    return DEADLINE + turn * PASSED


def _assessment(project: int, turn: int) -> dict[str, Any]:
    return {
        "tenant_id": T,
        "id": f"a{project}-{turn}",
        "project_id": f"p{project}",
        "framework_id": "poc-to-production",
        "framework_version": "1.0",
        "opened_at": FOUNDED,
        "opened_by": f"u{project}",
        "deadline": _at(turn),
        "state": "open",
    }


def _interview(project: int, turn: int) -> dict[str, Any]:
    nothing: dict[str, Any] = {"notes": {}, "asked": {}, "wanted": []}
    nothing |= {name: [] for name in ("answered", "skipped", "handed", "again", "doubted", "passed")}
    return {
        **nothing,
        "tenant_id": T,
        "id": f"i{project}-{turn}",
        "project_id": f"p{project}",
        "assessment_id": f"a{project}-{turn}",
        "respondent_id": f"u{project}",
        "questions": ["data-pipeline-stability", "rollback-capability"],
        "opened_at": FOUNDED,
        "phase": "asking",
        "current": "data-pipeline-stability",
    }


def _milestone(project: int) -> dict[str, Any]:
    return {
        "tenant_id": T,
        "id": f"m{project}",
        "project_id": f"p{project}",
        "assessment_id": f"a{project}",
        "sequence": 1,
        "taken_at": FOUNDED,
        "framework_id": "poc-to-production",
        "framework_version": "1.0",
        "scorecard": as_plain(score(shipped_framework(), 1 + project % 5, None, {})),
        "answers": [],
        "cause": "closed",
        "sha256": "0" * 64,
        "prev_sha256": "",
    }


def _blocker(project: int, dimension: str) -> dict[str, Any]:
    return {
        "tenant_id": T,
        "id": f"b{project}-{dimension}",
        "project_id": f"p{project}",
        "dimension_id": dimension,
        "kind": "unknown",
        "severity": 3,
        "found_at": FOUNDED,
        "since": FOUNDED,
        "found_by": f"m{project}",
        "stage": 2,
        "need": 2,
        "reopenings": 0,
    }


def _appointment(project: int, turn: int) -> dict[str, Any]:
    of = {"tenant_id": T, "kind": "deadline", "subject": f"a{project}-{turn}", "project_id": f"p{project}"}
    return {**of, "at": _at(turn), "due_at": _at(turn), "step": 0, "attempts": 0}
