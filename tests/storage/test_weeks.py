"""A week of the portfolio, as storage finds it: the lists, their first few of many, and what it costs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, event, insert

from bot.readiness.blockers import BlockerEvent, Happening
from bot.readiness.digests import First
from bot.readiness.scoring import Severity
from bot.usecases.digest_ports import Due, Gap, StageChange
from storage import mapping
from storage.engine import Engines
from storage.gaps import EVENT
from storage.milestones import BLOCKER, CHANGE, MILESTONE
from storage.projects import PROJECT as PROJECT_TABLE
from storage.store import Store, Transaction
from tests.storage.explained import gather_figures
from tests.storage.values import (
    ADA,
    COMMITMENT,
    NOW,
    PROJECT,
    WAIVER,
    fill,
)
from tests.storage.values import (
    BLOCKER as GAP,
)
from tests.storage.values import (
    MILESTONE as RESULT,
)

DAY, WEEK = timedelta(days=1), timedelta(days=7)
SINCE, UNTIL = NOW - DAY, NOW + DAY
MANY = 10_000
CLAIMED = BlockerEvent("b1", NOW + 2 * DAY, Happening.CLAIMED, Severity.CRITICAL, person_id="bob")


def result(number: int, at: timedelta, stage: int, project: str = "p1") -> object:
    card = replace(RESULT.scorecard, stage=stage)
    made = f"{project}.{number}"
    return replace(RESULT, id=made, project_id=project, sequence=number, taken_at=NOW + at, scorecard=card)


def another(tx: Transaction, project: str, **changes: object) -> None:
    tx.projects.add(replace(PROJECT, **{"id": project, "key": project, "summary": None, **changes}))


MOVES: dict[str, tuple[list[object], tuple[int | None, int] | None]] = {
    "its first result": ([], (None, 2)),
    "a first one that rose": ([result(2, DAY, 4)], (None, 4)),
    "after the window": ([result(2, 2 * DAY, 4)], (None, 2)),
}


@pytest.mark.parametrize("name", MOVES)
def test_a_stage_is_held_against_the_one_before_the_window(store: Store, name: str) -> None:
    results, expected = MOVES[name]
    with store.writing(ADA) as tx:
        fill(tx)
        for each in results:
            tx.milestones.add(each)  # type: ignore[arg-type]
        wanted = First((StageChange("p1", *expected),), 1) if expected else First()
        assert tx.weeks.moved(SINCE, UNTIL, 5) == wanted


def test_a_stage_that_came_back_has_not_moved_and_those_that_fell_come_first(store: Store) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
        for key, stages in {"up": (2, 3), "back": (2, 4, 2), "down": (2, 1), "deep": (4, 1), "same": (3, 3)}.items():
            another(tx, key)
            for number, stage in enumerate(stages, start=1):
                tx.milestones.add(result(number, DAY * (8 + number if number > 1 else 0), stage, key))  # type: ignore[arg-type]
        another(tx, "gone", archived_at=NOW)
        tx.milestones.add(result(1, 9 * DAY, 3, "gone"))  # type: ignore[arg-type]
        another(tx, "new")
        tx.milestones.add(result(1, 9 * DAY, 3, "new"))  # type: ignore[arg-type]
        found = tx.weeks.moved(NOW + WEEK, NOW + 3 * WEEK, 3)
        assert [each.project_id for each in found.shown] == ["deep", "down", "up"]
        assert found.total == 4
        assert tx.weeks.moved(NOW + WEEK, NOW + 3 * WEEK, 9).shown[-1] == StageChange("new", None, 3)


@pytest.mark.parametrize(
    ("since", "now", "events", "is_told"),
    [
        (SINCE, NOW + 31 * DAY, [], True),
        (SINCE, NOW + DAY, [], False),
        (NOW + DAY, NOW + 31 * DAY, [CLAIMED], False),
        (NOW + DAY, NOW + 31 * DAY, [replace(CLAIMED, happening=Happening.SEVERITY)], True),
        (NOW + DAY, NOW + 31 * DAY, [replace(CLAIMED, happening=Happening.UNCOVERED)], True),
    ],
    ids=["found", "waived", "known, and claimed", "it rose", "its waiver ended"],
)
def test_what_became_critical(
    store: Store, since: object, now: object, events: list[BlockerEvent], is_told: bool
) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
        for each in events:
            tx.blocker_events.add(each)
        found = tx.weeks.critical(since, NOW + 3 * DAY, now, 5)  # type: ignore[arg-type]
        assert found == (First((Gap("p1", "data"),), 1) if is_told else First())


def test_what_is_open(store: Store) -> None:
    later = NOW + 31 * DAY
    with store.writing(ADA) as tx:
        fill(tx)
        another(tx, "young")
        another(tx, "old", created_at=NOW - DAY)
        tx.blockers.add(replace(GAP, id="b2", dimension_id="value", severity=Severity.HIGH))
        weeks = tx.weeks
        assert weeks.projects() == 3
        assert weeks.ahead(5) == First(("p1",), 1)
        assert weeks.unassessed(1) == First(("old",), 2)
        assert weeks.waivers(NOW + DAY, 5) == First((Due("p1", WAIVER.until, "data"),), 1)
        assert weeks.waivers(later, 5) == First()
        assert (weeks.blockers(NOW + DAY), weeks.blockers(later)) == (1, 2)
        assert weeks.untaken(later, 5) == First((Gap("p1", "value"),), 1)
        assert weeks.overdue(date(2026, 4, 1), 5) == First()
        assert weeks.overdue(date(2026, 4, 2), 5) == First((Due("p1", COMMITMENT.due, "data", "bob"),), 1)  # type: ignore[arg-type]
        assert [each.project_id for each in weeks.waiting(5).shown] == ["p1"]
        tx.projects.save(replace(PROJECT, archived_at=NOW))
        assert (weeks.projects(), weeks.ahead(5), weeks.untaken(later, 5), weeks.waiting(5)) == (2, *[First()] * 3)


def _stock(engines: Engines, store: Store) -> None:
    """Ten thousand projects with a result, a blocker and its event of last year each."""
    with store.writing(ADA) as tx:
        fill(tx)
        tenant, project = tx.tenant_id, {**mapping.project_columns(replace(PROJECT, summary=None)), "counted": False}
    past = NOW - 365 * DAY
    ids = [f"x{number}" for number in range(MANY)]
    old = {**mapping.milestone_columns(replace(RESULT, taken_at=past)), "sha256": "0" * 64, "prev_sha256": "0" * 64}
    gap = mapping.blocker_columns(replace(GAP, found_at=past, reopened_at=None, reopened_by=None, reopenings=0))
    seen = {"at": past, "happening": "found", "severity": 4, "milestone_id": None, "person_id": None}
    mine = {"tenant_id": tenant}
    with engines.writing.begin() as connection:
        connection.execute(insert(PROJECT_TABLE), [{**mine, **project, "id": each, "key": each} for each in ids])
        connection.execute(insert(MILESTONE), [{**mine, **old, "id": each, "project_id": each} for each in ids])
        came = {**mine, "sequence": old["sequence"], "at": past, "before": None, "after": 3}
        connection.execute(insert(CHANGE), [{**came, "project_id": each} for each in ids])
        named = [{**mine, **gap, "id": each, "project_id": each, "found_by": each} for each in ids]
        connection.execute(insert(BLOCKER), named)
        connection.execute(insert(EVENT), [{**mine, **seen, "blocker_id": each} for each in ids])
    gather_figures(engines)


def _asked(engines: Engines, store: Store, act: Callable[[Transaction], object]) -> str:
    asked: list[tuple[str, object]] = []

    def note(connection: Connection, cursor: object, statement: str, parameters: object, *_: object) -> None:
        if statement.startswith("SELECT") and "FROM installation" not in statement:
            asked.append((statement, parameters))

    with store.reading(ADA) as tx:
        event.listen(engines.reading, "before_cursor_execute", note)
        act(tx)
        event.remove(engines.reading, "before_cursor_execute", note)
    (one,) = asked
    explain = "EXPLAIN QUERY PLAN " if engines.reading.dialect.name == "sqlite" else "EXPLAIN "
    with engines.reading.connect() as connection:
        return "\n".join(str(row[-1]) for row in connection.exec_driver_sql(explain + one[0], one[1]))


def test_at_ten_thousand_projects_a_list_is_one_statement_and_a_week_is_found_by_its_time(
    engines: Engines, store: Store
) -> None:
    _stock(engines, store)
    with store.reading(ADA) as tx:
        assert tx.weeks.projects() == MANY + 1
        assert (len(tx.weeks.unassessed(5).shown), tx.weeks.unassessed(5).total) == (5, MANY)
        assert (len(tx.weeks.untaken(NOW + DAY, 5).shown), tx.weeks.untaken(NOW + DAY, 5).total) == (5, MANY)
        assert tx.weeks.moved(SINCE, UNTIL, 5).total == 1
    moved = _asked(engines, store, lambda tx: tx.weeks.moved(SINCE, UNTIL, 5))
    critical = _asked(engines, store, lambda tx: tx.weeks.critical(SINCE, UNTIL, NOW, 5))
    assert "ix_stage_change_at" in moved, moved
    assert "ix_blocker_event_at" in critical, critical
    for plan in (moved, critical):
        for table in ("milestone", "blocker_event", "blocker", "project"):
            assert f"Seq Scan on {table} " not in plan, plan
            assert f"SCAN {table}\n" not in plan + "\n", plan
