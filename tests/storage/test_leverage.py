"""What holds projects, counted and listed by index, agrees with what the rules make of every single hold."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy.exc import IntegrityError

from bot.readiness.forecasts import Forecast, Outcome, TrackRecord, Verdict
from bot.readiness.holds import Hold, Lifts
from bot.readiness.leverage import Lever, LeverKind, held, leverage
from storage.engine import Engines
from storage.store import Store
from tests.portfolio.stocked import put, random_stock
from tests.storage.explained import gather_figures, plans
from tests.storage.values import ADA

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DIMENSIONS = {"rollback": "operational", "monitoring": "operational", "pipeline": "data", "case": "business"}


def random_hold(random: Random) -> Hold:
    """Any hold that can be."""
    short = tuple(sorted(random.sample(sorted(DIMENSIONS), random.randint(1, 4))))
    before = random.randint(1, 4)
    aim = random.randint(before + 1, 5)
    after = random.randint(before + 1, aim)
    barriers = {DIMENSIONS[each] for each in short}
    barrier = barriers.pop() if len(barriers) == 1 else ""
    whole = random.randint(after, aim) if barrier else before
    return Hold(random.choice(list(Lifts)), before, aim, short, after, barrier, whole)


def more(lever: Lever, hold: Hold) -> tuple[int, ...]:
    """By what those that one dimension lifts alike stand before their keys do."""
    return (-hold.barrier_after,) if lever.kind is LeverKind.DIMENSION else ()


def test_levers_counted_by_the_database_are_those_of_every_hold(engines: Engines, store: Store) -> None:
    random, stock = Random(2), random_stock(Random(2), 60)
    put(engines, store, stock)
    active = {each.id: each for each in stock.projects if each.archived_at is None}
    holds = {each: random_hold(random) for each in active if random.random() < 0.8}
    with store.writing(ADA) as tx:
        for project_id in active:
            tx.holds.save(project_id, random_hold(random))
            tx.holds.save(project_id, holds.get(project_id))
    with store.reading(ADA) as tx:
        found = leverage(tx.holds.counted())
        assert found == leverage(held(each) for each in holds.values())
        assert found.pair is not None
        assert found.unlevered
        for lever in (*found.dimensions, *found.barriers):
            by = {
                LeverKind.DIMENSION: lambda hold, lever=lever: hold.dimensions == (lever.id,) and hold.after,
                LeverKind.BARRIER: lambda hold, lever=lever: hold.barrier == lever.id and hold.barrier_after,
            }[lever.kind]
            theirs = sorted(
                (hold.lifts is not Lifts.STAGE, -by(hold), -hold.before, *more(lever, hold), active[each].key, each)
                for each, hold in holds.items()
                if by(hold)
            )
            listed = tx.holds.lifted(lever.kind, lever.id, 0, 99)
            assert [(project.id, hold) for project, hold in listed] == [(each, holds[each]) for *_, each in theirs]
            assert len(listed) == lever.projects
            assert tx.holds.lifted(lever.kind, lever.id, 2, 3) == listed[2:5]


def test_a_forecast_is_judged_once_and_one_at_a_time_is_open(engines: Engines, store: Store) -> None:
    stock = random_stock(Random(5), 40)
    put(engines, store, stock)
    first, second, *rest = [each.id for each in stock.projects if each.summary and each.archived_at is None]
    gone = next(each.id for each in stock.projects if each.summary and each.archived_at)
    hold = random_hold(Random(1))
    made = Forecast(f"m-{first}", first, NOW, hold)
    verdict = Verdict(Outcome.MISSED, f"m-{second}", NOW + timedelta(days=9), 2, 3, hold.dimensions, ("case",))
    with store.writing(ADA) as tx:
        tx.forecasts.add(made)
        tx.forecasts.add(Forecast(f"m-{gone}", gone, NOW, hold))
        tx.forecasts.withdraw(gone)
        tx.forecasts.add(Forecast(f"m-{rest[0]}", rest[0], NOW, hold))
        assert tx.forecasts.open_of(first) == made
        assert tx.forecasts.record() == TrackRecord({}, open=2)
        tx.forecasts.judge(made, verdict)
        with pytest.raises(KeyError):
            tx.forecasts.judge(made, verdict)
        assert tx.forecasts.open_of(first) is None
        assert tx.forecasts.of_project(first, 5) == [replace(made, verdict=verdict)]
        assert tx.forecasts.record() == TrackRecord({Outcome.MISSED: 1}, open=1)
        tx.forecasts.add(Forecast(f"m-{second}", first, NOW + timedelta(days=9), hold))
        assert [each.milestone_id for each in tx.forecasts.of_project(first, 5)] == [f"m-{second}", f"m-{first}"]
        assert len(tx.forecasts.of_project(first, 1)) == 1
    with pytest.raises(IntegrityError), store.writing(ADA) as tx:
        tx.forecasts.add(Forecast(f"m-{rest[1]}", first, NOW, hold))


def test_levers_and_their_projects_are_answered_by_an_index(engines: Engines, store: Store) -> None:
    random, stock = Random(7), random_stock(Random(7), 2_000)
    put(engines, store, stock)
    with store.writing(ADA) as tx:
        for project in stock.projects:
            if project.archived_at is None:
                tx.holds.save(project.id, random_hold(random))
    gather_figures(engines)

    def look() -> None:
        with store.reading(ADA) as tx:
            tx.holds.lifted(LeverKind.DIMENSION, "rollback", 0, 10)
            tx.holds.lifted(LeverKind.BARRIER, "data", 0, 10)
            tx.forecasts.open_of("p00001")
            tx.forecasts.of_project("p00001", 5)

    plan = plans(engines, look)
    assert "ix_project_hold_counted" in plan
    for table in ("project_hold", "project", "forecast"):
        assert f"SCAN {table}\n" not in plan + "\n", plan
