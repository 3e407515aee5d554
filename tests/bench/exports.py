"""10,000 projects with 200,000 answers written as JSON, CSV and a page: how long, and how much memory that adds.

And 2,000 projects taken in from a table, which keeps other writers waiting.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Table, insert, update

from bot.offline import process_library
from bot.readiness.assessment import Person
from bot.usecases import imports
from bot.usecases.ports import Context
from storage.assessments import ANSWER, INTERVIEW
from storage.engine import make_engines
from storage.milestones import BLOCKER, MILESTONE
from storage.portfolio import LEVEL
from storage.projects import PROJECT
from storage.store import Store
from tests.bench.crowd import DEADLINE, FOUNDED, T, crowd
from tests.bench.databases import postgresql_server, postgresql_url, sqlite_url
from tests.bench.figures import Figure
from tests.bench.kept import BLOCKED, _blocker, _interview, _milestone

PROJECTS = 10_000
ANSWERS = 20
MILESTONES = 3
MOST_ADDED = 30.0
"""Megabytes."""
BATCH = 5_000


def measure(_seconds: float) -> list[Figure]:
    """On both databases."""
    figures = []
    with sqlite_url() as url:
        figures += _database("SQLite", url)
    with ExitStack() as stack:
        server = stack.enter_context(postgresql_server())
        if server:
            figures += _database("PostgreSQL", stack.enter_context(postgresql_url(server, "exports")))
    return figures


def _database(name: str, url: str) -> list[Figure]:
    _fill(url)
    figures = []
    for form in ("json", "csv", "html"):
        child = [sys.executable, "-m", "tests.bench.exports_child", url, form]
        found = json.loads(subprocess.run(child, check=True, capture_output=True, text=True).stdout)
        what = f"{name}: {PROJECTS:,} projects as {form}"
        size = f"{found['bytes'] / 1e6:.0f} MB"
        figures.append(Figure("exports", what, found["seconds"], "s", beside=size))
        added = found["added"] / 1024
        figures.append(Figure("exports", f"{what}, memory added", added, "MB", MOST_ADDED, at_least=False))
    return [*figures, *_imported(name, url)]


def _imported(name: str, url: str) -> Iterator[Figure]:
    """A table of new projects, then the same with another name each."""
    engines = make_engines(url)
    for what in ("new", "changed"):
        rows = "".join(f"n{number:05},{what} {number},2,Person {number}\n" for number in range(imports.MOST_ROWS))
        table = f"key,name,exposure,owner\n{rows}".encode()
        found = imports.read(process_library(), table, imports.MOST_ROWS)
        begun = time.perf_counter()
        with Store(engines).of_tenant(T) as tx:
            admin = Person(id="", name="", is_admin=True)
            imports.take_in(Context(tx, admin, process_library(), DEADLINE), found, dry=False)  # type: ignore[arg-type]  # it has no fault
        yield Figure("exports", f"{name}: {imports.MOST_ROWS:,} {what} projects", time.perf_counter() - begun, "s")
    engines.dispose()


def _fill(url: str) -> None:
    crowd(url, PROJECTS)
    engines = make_engines(url)
    with engines.writing.begin() as connection:

        def put(table: Table, rows: Iterator[dict[str, Any]]) -> None:
            while batch := list(islice(rows, BATCH)):
                connection.execute(insert(table), batch)

        everyone = range(PROJECTS)
        put(INTERVIEW, ({**_interview(each, 0), "assessment_id": f"a{each}"} for each in everyone))
        put(ANSWER, (_answer(each, number) for each in everyone for number in range(ANSWERS)))
        put(MILESTONE, (_taken(each, number) for each in everyone for number in range(MILESTONES)))
        put(BLOCKER, ({**_blocker(each, one), "found_by": f"m{each}-0"} for each in everyone for one in BLOCKED))
        put(LEVEL, (_level(each, one) for each in everyone for one in BLOCKED))
        had = {"summary_milestone_id": MILESTONE.c.id, "summary_stage": 1, "summary_assessed_at": FOUNDED}
        named = {"summary_readiness": 1, "summary_optimistic": 2, "summary_standing": "in_step", "summary_index": 20}
        counted = {"summary_blockers": 2, "summary_critical": 0, "summary_exclusions": 0}
        first = (MILESTONE.c.tenant_id == PROJECT.c.tenant_id, MILESTONE.c.project_id == PROJECT.c.id)
        connection.execute(update(PROJECT).where(*first, MILESTONE.c.sequence == 1).values(**had, **named, **counted))
    engines.dispose()


def _answer(project: int, number: int) -> dict[str, Any]:
    return {
        "tenant_id": T,
        "id": f"x{project}-{number}",
        "project_id": f"p{project}",
        "assessment_id": f"a{project}",
        "interview_id": f"i{project}-0",
        "dimension_id": BLOCKED[number % 2],
        "respondent_id": f"u{project}",
        "kind": "level",
        "answered_at": FOUNDED + timedelta(days=number),
        "level": number % 5,
        "strength": "linked",
        "link": f"https://wiki.example/{project}/{number}",
        "given_at": FOUNDED + timedelta(days=number),
        "unchanged": False,
    }


def _taken(project: int, number: int) -> dict[str, Any]:
    own = {"id": f"m{project}-{number}", "sequence": number + 1, "taken_at": FOUNDED + timedelta(days=number)}
    return {**_milestone(project), **own}


def _level(project: int, dimension: str) -> dict[str, Any]:
    of = {"tenant_id": T, "project_id": f"p{project}", "dimension_id": dimension, "barrier_id": "data"}
    return {**of, "claimed": None, "effective": 0, "need": 2, "carries": 1, "severity": 3}
