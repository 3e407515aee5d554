"""Real processes, real kills: every message arrives, none twice but where nobody may look, and the ledger names those.

`make test` runs a small storm, `make soak` the full one (5,000 messages); figures in `docs/performance.md`.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, make_url

from storage.engine import read_url
from tests.soak.storm import TROUBLES, Outcome, Size, owe, rage, troubled_slack

FULL = os.environ.get("SOAK") == "full"
SEED = int(os.environ.get("SOAK_SEED", "20261128"))
pytestmark = pytest.mark.timeout(1_800 if FULL else 180)
WITHOUT_HANGS = {kind: share for kind, share in TROUBLES.items() if kind != "hang"}


def size_of(workers: int) -> Size:
    """The full storm, or one that a test run can wait for."""
    if FULL:
        return Size(5_000, 250, workers, kills=40, patience=1_500.0)
    # Without hangs a lease may be short, as nothing takes longer than it.
    return Size(120, 12, workers, kills=3, lease=5.0, patience=60.0)


def storm(database_url: str, folder: Path, size: Size, *, history: bool = True, during: Callable[[], None]) -> Outcome:
    with troubled_slack(SEED, size, TROUBLES if FULL else WITHOUT_HANGS) as slack:
        if not history:
            slack.fault("conversations.history", "error", count=None, error="missing_scope")
        owe(database_url, slack, size)
        outcome = rage(database_url, folder, slack, size, SEED, during=during)
    print(outcome.told())
    return outcome


def nothing() -> None:
    """Happens in the middle."""


@pytest.mark.parametrize(
    ("database_url", "workers"),
    [("sqlite", 1), ("postgresql", 2), *([("postgresql", 4)] if FULL else [])],
    indirect=["database_url"],
)
def test_whatever_is_killed_every_message_arrives_once(database_url: str, workers: int, tmp_path: Path) -> None:
    outcome = storm(database_url, tmp_path, size_of(workers), during=nothing)
    assert outcome.missing == []
    assert outcome.doubled == []
    assert {row["state"] for row in outcome.ledger.values()} == {"sent"}
    assert not any(row["doubtful"] for row in outcome.ledger.values())


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_where_nobody_may_look_each_possible_double_is_named(database_url: str, tmp_path: Path) -> None:
    outcome = storm(database_url, tmp_path, size_of(2), history=False, during=nothing)
    doubtful = {key for key, row in outcome.ledger.items() if row["doubtful"]}
    assert outcome.missing == []
    assert set(outcome.doubled) <= doubtful
    # One more for each lost answer at most: by a trouble, or by a kill with a message in hand (ten at a time).
    assert len(doubtful) <= sum(outcome.troubles.values()) + 10 * outcome.kills


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_the_database_goes_away_under_them_and_they_recover(database_url: str, tmp_path: Path) -> None:
    """Every connection is cut at once and none is let in for a while, as a restart does it."""
    outcome = storm(database_url, tmp_path, size_of(2), during=lambda: restart(database_url))
    assert outcome.missing == []
    assert outcome.doubled == []


def restart(database_url: str) -> None:
    url = make_url(read_url(database_url))
    engine = create_engine(url.set(database="postgres"), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
    with engine.connect() as connection:
        connection.exec_driver_sql(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS false')
        for _ in range(10):
            connection.exec_driver_sql(cut, (url.database,))
            connection.exec_driver_sql("SELECT pg_sleep(0.2)")
        connection.exec_driver_sql(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS true')
    engine.dispose()
