"""What questions to the portfolio cost: 10,000 projects with 1,000,000 answers beside 1,000 with 100,000."""

import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median, quantiles
from types import SimpleNamespace

from sqlalchemy import insert, text

from bot.app import Parts, compose
from bot.chat.incoming import Actor, Command, Spot
from bot.clock import MovableClock
from bot.content.reader import shipped_framework
from bot.platforms.slack.render import message
from bot.readiness.holds import hold_of
from bot.readiness.query import Query
from bot.settings import Settings
from bot.usecases.portfolio_ports import AsOf
from storage import tally
from storage.engine import Engines
from storage.leverage import HOLD, hold_columns
from tests.bench.databases import postgresql_server, postgresql_url, sqlite_url
from tests.bench.figures import Figure
from tests.portfolio.stocked import NOW, TODAY, Kind, Stock, put, random_stock
from tests.storage.values import ADA

SIZES = (1_000, 10_000)
ANSWERS = 100
"""Of each project."""
TURNS = 60
FILTERS = (
    "stage:>=3 exposure:4",
    "barrier:data",
    "dimension:D4<2",
    "blocked severity:critical",
    "owner:@mei",
    "team:risk,growth -waived",
    "overdue",
    "stale",
    "ahead changed:7d sort:-age limit:20",
    "barrier:technical,data -severity:critical index:>=40 sort:-index",
)
WORDS = ("which projects are stuck on data?", "p00007 or p00008?", "which projects would the board like?")
"""By filters, by a key, and what is asked back after all names were looked at."""
YEAR = timedelta(days=365)
HEAT_MAP = 100
"""Projects of one picture."""


@dataclass
class _Measured:
    """One database of one size."""

    parts: Parts
    tenant: str

    def typed(self, words: str) -> Callable[[], object]:
        """A command through the whole core, and its answer as Slack takes it."""
        command = Command(
            key="k",
            actor=Actor("slack", ADA.installation, "U1"),
            spot=Spot("D1", direct=True),
            name="portfolio",
            text=words,
        )

        def ask() -> None:
            view = self.parts.conversation.converse(command).view
            assert view is not None
            assert "broke" not in view.text
            message(view)

        return ask

    def heat_map(self) -> None:
        """The levels of one picture's projects."""
        with self.parts.store.reading(ADA) as tx:
            shown = tx.portfolio.matching(Query(), _as_of(), HEAT_MAP).shown
            assert len(tx.portfolio.levels([each.id for each in shown])) > HEAT_MAP // 2

    def heat_map_raw(self) -> None:
        """The same rows, in one statement by hand."""
        wanted = text(
            """
            SELECT p.id, p.key, l.dimension_id, l.effective, l.need, l.severity FROM
                (SELECT id, key, rank FROM project WHERE tenant_id = :tenant AND archived_at IS NULL
                 ORDER BY rank, key LIMIT :most) AS p
            JOIN project_level AS l ON l.tenant_id = :tenant AND l.project_id = p.id ORDER BY p.rank, p.key
            """
        )
        with self.parts.engines.reading.connect() as connection:
            assert connection.execute(wanted, {"tenant": self.tenant, "most": HEAT_MAP}).all()

    def page_raw(self) -> None:
        """A page of the list, by hand."""
        wanted = text(
            "SELECT * FROM project WHERE tenant_id = :tenant AND archived_at IS NULL ORDER BY rank, key LIMIT 10"
        )
        with self.parts.engines.reading.connect() as connection:
            connection.execute(wanted, {"tenant": self.tenant}).all()

    def page(self) -> None:
        """The same through the port."""
        with self.parts.store.reading(ADA) as tx:
            tx.portfolio.matching(Query(), _as_of(), 10)

    def census(self) -> None:
        """All counts of the overview."""
        with self.parts.store.reading(ADA) as tx:
            tx.portfolio.census(_as_of())

    def milestone(self) -> None:
        """What a milestone writes of levels."""
        with self.parts.store.writing(ADA) as tx:
            one = tx.portfolio.matching(Query(), _as_of(), 1).shown[0]
            tx.portfolio.save_levels(one.id, tx.portfolio.levels([one.id])[one.id])
            tx.projects.save(one)


def _as_of() -> AsOf:
    return AsOf(NOW, TODAY, shipped_framework().default_targets)


LOOKS: dict[str, Callable[[_Measured], Callable[[], object]]] = {
    "overview": lambda one: one.typed(""),
    "levers": lambda one: one.typed("levers"),
    **{f"filter {words}": lambda one, words=words: one.typed(words) for words in FILTERS},
    **{f"words {words}": lambda one, words=words: one.typed(words) for words in WORDS},
    "all counts": lambda one: one.census,
    "heat map of 100": lambda one: one.heat_map,
    "heat map of 100, raw SQL": lambda one: one.heat_map_raw,
    "a page": lambda one: one.page,
    "a page, raw SQL": lambda one: one.page_raw,
    "levels written": lambda one: one.milestone,
}
END_TO_END = 25.0
"""Milliseconds: the goal of p99 where somebody waits."""


def measure(seconds: float) -> list[Figure]:
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
    measured = [_stocked(url, size) for url, size in zip(urls, SIZES, strict=True)]
    figures = []
    for what, look in LOOKS.items():
        took: list[list[float]] = [[] for _ in measured]
        worked: list[list[float]] = [[] for _ in measured]
        looks = [look(one) for one in measured]
        for each in looks:
            each()
        for _ in range(TURNS):
            for found, cpu, each in zip(took, worked, looks, strict=True):
                begun, rested = time.perf_counter(), time.process_time()
                each()
                cpu.append((time.process_time() - rested) * 1000)
                found.append((time.perf_counter() - begun) * 1000)
        (small, large), (little, much) = (map(median, each) for each in (took, worked))
        typed = what in ("overview", "levers") or what.startswith(("filter", "words"))
        last = quantiles(took[-1], n=100)[98]
        label = f"{name}: {what}"
        beside = f"p50 {large:.1f} ms, at {SIZES[0]:,} {small:.1f} ms; CPU {much:.1f} and {little:.1f} ms"
        goal = END_TO_END if typed else None
        figures.append(Figure("portfolio", f"{label}, p99", last, "ms", goal, at_least=False, beside=beside))
    for one in measured:
        one.parts.core.close()
        one.parts.engines.dispose()
    return figures


def _stocked(url: str, size: int) -> _Measured:
    framework = shipped_framework()
    kind = Kind({each.id: each.primary for each in framework.dimensions}, framework.id, (framework.version,))
    # Whoever asks is an admin; that they were asked themselves in every project is no case.
    parts = compose(Settings(data=Path(), database_url=url, admins=frozenset({"U1"})), MovableClock())
    assert isinstance(parts.clock, MovableClock)
    parts.clock.move_to(NOW)
    stock = _calmed(random_stock(Random(11), size, kind))
    tenant = put(parts.engines, parts.store, stock)
    _held(parts.engines, tenant, stock)
    _answered(parts.engines, tenant)
    return _Measured(parts, tenant)


def _held(engines: Engines, tenant: str, stock: Stock) -> None:
    """What holds each project."""
    framework, holds = shipped_framework(), []
    sums: Counter[tally.Sort] = Counter()
    for project in (each for each in stock.projects if each.summary and not each.archived_at):
        carries = {level.dimension_id: level.carries for level in stock.levels[project.id]}
        following = project.exposure + 1 if project.exposure < 5 else None
        of = {"tenant_id": tenant, "project_id": project.id}
        hold = hold_of(framework, SimpleNamespace(exposure=project.exposure, next_stage=following), carries)  # type: ignore[arg-type]
        if hold:
            holds.append({**of, **hold_columns(hold)})
            sums += tally.of_hold(hold)
    with engines.writing.begin() as connection:
        counted = (
            {"tenant_id": tenant, "what": what, "which": which, "amount": n} for (what, which), n in sums.items()
        )
        connection.execute(insert(tally.TALLY), list(counted))
        connection.execute(insert(HOLD), holds)


def _calmed(stock: Stock) -> Stock:
    """All but every fiftieth changed a year earlier; more than half of the random ones did so in the last week."""
    calm = {each.id for number, each in enumerate(stock.projects) if number % 50}
    stock.milestones[:] = (
        replace(each, taken_at=each.taken_at - YEAR) if each.project_id in calm else each for each in stock.milestones
    )
    stock.projects[:] = (
        replace(each, summary=replace(each.summary, changed_at=each.summary.changed_at - YEAR))
        if each.id in calm and each.summary and each.summary.changed_at
        else each
        for each in stock.projects
    )
    return stock


PAST = (
    """
    INSERT INTO assessment (tenant_id, id, project_id, framework_id, framework_version, opened_at, opened_by, deadline,
        state, completed_at)
    SELECT tenant_id, 'past-' || id, id, 'f', '1', :at, 'ada', :at, 'complete', :at FROM project
    WHERE tenant_id = :tenant
    """,
    """
    INSERT INTO interview (tenant_id, id, project_id, assessment_id, respondent_id, questions, opened_at, phase,
        answered, skipped, handed, again, doubted, wanted, passed, notes, asked)
    SELECT tenant_id, 'past-' || id, id, 'past-' || id, 'ada', '[]', :at, 'finished',
        '[]', '[]', '[]', '[]', '[]', '[]', '[]', '{}', '{}' FROM project WHERE tenant_id = :tenant
    """,
    """
    WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :many)
    INSERT INTO answer (tenant_id, id, project_id, assessment_id, interview_id, dimension_id, respondent_id, kind,
        answered_at, level, strength, unchanged)
    SELECT tenant_id, id || '-' || n, id, 'past-' || id, 'past-' || id, 'd' || (n % 10), 'ada', 'level', :at, n % 5,
        'asserted', n < 0 FROM project, numbers WHERE tenant_id = :tenant
    """,
)


def _answered(engines: Engines, tenant: str) -> None:
    """A past for every project: one closed assessment with a hundred answers, made in the database."""
    at = NOW.replace(tzinfo=None) if engines.writing.dialect.name == "sqlite" else NOW
    with engines.writing.begin() as connection:
        for statement in PAST:
            needed = {"tenant": tenant, "at": at, "many": ANSWERS}
            connection.execute(text(statement), {name: needed[name] for name in needed if f":{name}" in statement})
    with engines.writing.begin() as connection:
        connection.execute(text("ANALYZE"))
