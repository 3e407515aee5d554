"""The tick on real databases: an assessment that cannot be closed is logged, and stops nothing behind it."""

import asyncio
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.app import Parts, compose
from bot.readiness.assessment import AssessmentState
from bot.settings import Settings
from bot.worker import tick
from tests.world import FrozenClock, World

OWNERS = {"alpha": "olivia", "beta": "dan", "gamma": "mei"}
KEYS = tuple(OWNERS)
PAST_THE_DEADLINE = timedelta(days=30)


@pytest.fixture
def parts(database_url: str, tmp_path: Path) -> Iterator[Parts]:
    """The product without a platform, at a time that only the test moves."""
    made = compose(Settings(data=tmp_path, database_url=database_url), FrozenClock())
    yield made
    asyncio.run(made.close())


@pytest.fixture
def world(parts: Parts) -> World:
    """Three projects, each with an open assessment; of all that the calendar asks for, only its end is looked at."""
    assert isinstance(parts.clock, FrozenClock)
    made = World(parts.store, parts.courier.dispatcher.outbox, parts.engines, parts.clock)  # type: ignore[arg-type]
    for key, owner in OWNERS.items():
        made.found(owner, key=key, name=key.title())
        made.command(owner, f"start {key}")
    with parts.engines.writing.begin() as connection:
        connection.execute(text("DELETE FROM appointment WHERE kind <> 'deadline'"))
    return made


def states(world: World) -> list[AssessmentState]:
    projects = [world.project(key).id for key in KEYS]
    return world.read(lambda tx: [tx.assessments.latest_of(project).state for project in projects])


def test_every_overdue_assessment_is_closed_and_the_courier_told(parts: Parts, world: World) -> None:
    assert asyncio.run(parts.ticker.tick()) == 0
    world.clock.later(days=PAST_THE_DEADLINE.days)
    # Three, and what half of them share.
    assert asyncio.run(parts.ticker.tick()) == 4
    assert states(world) == [AssessmentState.COMPLETE] * 3
    assert asyncio.run(parts.ticker.tick()) == 0


def test_one_that_fails_is_logged_by_its_id_and_stops_none_behind_it(
    parts: Parts, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    broken = world.read(lambda tx: tx.assessments.open_of(world.project("alpha").id)).id
    with parts.engines.writing.begin() as connection:
        connection.execute(text("UPDATE interview SET phase = 'dreaming' WHERE assessment_id = :id"), {"id": broken})
    world.clock.later(days=PAST_THE_DEADLINE.days)
    with caplog.at_level(logging.ERROR):
        asyncio.run(tick(parts))
    assert states(world) == [AssessmentState.OPEN, AssessmentState.COMPLETE, AssessmentState.COMPLETE]
    assert "tick.failed error=builtins.ExceptionGroup" in caplog.text
    assert f"deadline={broken}" in caplog.text
    assert "builtins.ValueError" in caplog.text


def test_the_failed_one_is_tried_again_a_minute_later(parts: Parts, world: World) -> None:
    with parts.engines.writing.begin() as connection:
        kept = connection.execute(text("SELECT id, phase FROM interview")).all()
        connection.execute(text("UPDATE interview SET phase = 'dreaming'"))
    world.clock.later(days=PAST_THE_DEADLINE.days)
    with pytest.raises(ExceptionGroup, match="3 of 3"):
        asyncio.run(parts.ticker.tick())
    with parts.engines.writing.begin() as connection:
        for interview_id, phase in kept:
            connection.execute(
                text("UPDATE interview SET phase = :phase WHERE id = :id"), {"id": interview_id, "phase": phase}
            )
    assert asyncio.run(parts.ticker.tick()) == 0
    world.clock.later(minutes=1)
    # Three, and what half of them share.
    assert asyncio.run(parts.ticker.tick()) == 4
    assert states(world) == [AssessmentState.COMPLETE] * 3
