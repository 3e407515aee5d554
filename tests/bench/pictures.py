"""What pictures cost: the numbers of a heat map of 100 projects among 10,000, its drawing, the loop meanwhile."""

import asyncio
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import insert

from bot.charts import Form, draw
from bot.chat.picture import HeatMap
from bot.content.reader import shipped_framework
from bot.readiness.assessment import Project
from bot.readiness.picture_cards import ROWS, HeatMapCard
from bot.readiness.portfolio import ProjectLevel
from bot.readiness.query import Query
from bot.usecases.portfolio_ports import AsOf
from bot.wording.engine import Words
from bot.wording.pages.drawn import heat_map_of
from storage.engine import Engines, make_engines
from storage.milestones import CHANGE, MILESTONE
from storage.store import Store, Transaction
from tests.bench.databases import postgresql_server, postgresql_url, sqlite_url
from tests.bench.figures import Figure
from tests.portfolio.stocked import NOW, RESULT, TARGETS, TODAY, put, random_stock
from tests.storage.values import ADA

PROJECTS = 10_000
MAPPED = 2 * ROWS
HISTORY = 10
"""Milestones of each project, one in a hundred days."""
TURNS = 40
DRAWINGS = 12
AS_OF = AsOf(NOW, TODAY, TARGETS)


def measure(seconds: float) -> list[Figure]:
    """The numbers on both databases, then the drawing, which needs none."""
    with ExitStack() as stack:
        urls = {"SQLite": stack.enter_context(sqlite_url())}
        if server := stack.enter_context(postgresql_server()):
            urls["PostgreSQL"] = stack.enter_context(postgresql_url(server, "pictures"))
        figures: list[Figure] = []
        for database, url in urls.items():
            engines = make_engines(url)
            store = Store(engines)
            _stock(engines, store)
            figures += _numbers(store, database)
            maps = _maps(store)
            engines.dispose()
    return figures + _drawn(maps)


def _stock(engines: Engines, store: Store) -> None:
    """Projects with levels, and for each a past of milestones that begins long before what is shown."""
    stock = random_stock(Random(7), PROJECTS)
    tenant, chance = put(engines, store, stock), Random(8)
    rows = [
        {
            **RESULT,
            "tenant_id": tenant,
            "id": f"x-{project.id}-{number}",
            "project_id": project.id,
            "sequence": 100 + number,
            "taken_at": NOW - timedelta(days=100 * (HISTORY - number) - chance.randrange(100)),
            "scorecard": {**RESULT["scorecard"], "stage": chance.randint(1, 5)},
        }
        for project in stock.projects
        for number in range(HISTORY)
    ]
    with engines.writing.begin() as connection:
        for table, several in ((MILESTONE, rows), (CHANGE, _changes(rows))):
            for start in range(0, len(several), 10_000):
                connection.execute(insert(table), several[start : start + 10_000])


def _changes(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What milestones, each project's in their order, leave of a stage that is another than before."""
    last: dict[str, int] = {}
    found = []
    for row in rows:
        before, after = last.get(row["project_id"]), row["scorecard"]["stage"]
        last[row["project_id"]] = after
        if before != after:
            kept = {name: row[name] for name in ("tenant_id", "project_id", "sequence")}
            found.append({**kept, "at": row["taken_at"], "before": before, "after": after})
    return found


def _numbers(store: Store, database: str) -> list[Figure]:
    def page(tx: Transaction) -> None:
        tx.portfolio.levels([each.id for each in tx.portfolio.matching(Query(), AS_OF, MAPPED).shown])

    def year(tx: Transaction) -> None:
        tx.milestones.moves([NOW - timedelta(days=30 * back) for back in reversed(range(1, 13))])

    def quarter(tx: Transaction) -> None:
        tx.milestones.moves([NOW - timedelta(weeks=back) for back in reversed(range(1, 13))])

    looks: dict[str, Callable[[Transaction], None]] = {
        f"numbers of a heat map of {MAPPED} among {PROJECTS:,}": page,
        f"stage changes of 12 weeks among {PROJECTS * HISTORY:,} milestones": quarter,
        "the same of a year": year,
    }
    return [figure for name, look in looks.items() for figure in _timed(store, f"{name}, {database}", look)]


def _timed(store: Store, name: str, look: Callable[[Transaction], None]) -> list[Figure]:
    times = []
    for _ in range(TURNS if "heat map" in name else TURNS // 8):
        with store.reading(ADA) as tx:
            begun = time.perf_counter()
            look(tx)
            times.append((time.perf_counter() - begun) * 1000)
    return _both(name, times, goal=25 if "heat map" in name else None)


def _maps(store: Store) -> list[HeatMap]:
    """The pictures of the first hundred, and of others after them, none like another."""
    with store.reading(ADA) as tx:
        projects = tx.portfolio.matching(Query(), AS_OF, DRAWINGS * ROWS).shown
        levels = tx.portfolio.levels([each.id for each in projects])
    by_dimension = {key: {level.dimension_id: level for level in several} for key, several in levels.items()}
    starts = range(0, min(len(projects), DRAWINGS * ROWS), ROWS)
    return [_map(projects[start : start + ROWS], by_dimension) for start in starts]


def _map(projects: tuple[Project, ...], levels: dict[str, dict[str, ProjectLevel]]) -> HeatMap:
    shipped = shipped_framework()
    named = tuple(replace(each, id=f"dim-{number}") for number, each in enumerate(shipped.dimensions))
    read = frozenset(each.id for each in projects)
    framework = replace(shipped, dimensions=named)
    card = HeatMapCard(framework, projects, 0, PROJECTS, levels, read, frozenset(), "", NOW)
    return heat_map_of(card, Words("en"))


def _drawn(maps: list[HeatMap]) -> list[Figure]:
    draw(replace(maps[0], rows=maps[0].rows[:1]), Form.PNG)  # matplotlib is loaded
    late, times, sizes = asyncio.run(_beside_the_loop(maps))
    begun = time.perf_counter()
    for each in maps:
        draw(each, Form.PNG)
    again = (time.perf_counter() - begun) / len(maps) * 1e6
    return [
        *_both(f"drawing {ROWS} projects, in a thread", times),
        Figure("pictures", "the same once more, kept", again, "us"),
        Figure("pictures", f"bytes of a picture of {ROWS} projects", max(sizes) / 1000, "kB"),
        *_both("the loop's lateness meanwhile", late, goal=20),
    ]


async def _beside_the_loop(maps: list[HeatMap]) -> tuple[list[float], list[float], list[int]]:
    """How late a loop wakes while a thread draws, in milliseconds; how long each took, and its bytes."""
    late: list[float] = []
    drawing = True

    async def ticks() -> None:
        while drawing:
            begun = time.perf_counter()
            await asyncio.sleep(0.001)
            late.append((time.perf_counter() - begun) * 1000 - 1)

    ticking = asyncio.create_task(ticks())
    times, sizes = [], []
    for each in maps:
        begun = time.perf_counter()
        sizes.append(len(await asyncio.to_thread(draw, each, Form.PNG)))
        times.append((time.perf_counter() - begun) * 1000)
    drawing = False
    await ticking
    return late, times, sizes


def _both(name: str, times: list[float], goal: float | None = None) -> list[Figure]:
    ordered = sorted(times)
    middle, most = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return [
        Figure("pictures", f"{name}, p50", middle, "ms"),
        Figure("pictures", f"{name}, p99", most, "ms", goal, at_least=False),
    ]
