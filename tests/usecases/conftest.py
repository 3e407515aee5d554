"""A world on SQLite; with DATABASES=all on each database, and always where a test names its own.

What differs between the databases is storage, whose tests run on both; the transcripts play use cases on PostgreSQL.
"""

import os
from collections.abc import Iterator

import pytest

from storage.engine import Engines
from storage.outbox import Outbox
from storage.store import Store
from tests.databases import BOTH, database_of
from tests.world import World


@pytest.fixture(params=BOTH if os.environ.get("DATABASES") == "all" else ["sqlite"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    yield from database_of(request)


@pytest.fixture
def world(engines: Engines, store: Store) -> World:
    return World(store, Outbox(engines), engines)
