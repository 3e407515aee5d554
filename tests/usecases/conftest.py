"""A world on SQLite; with DATABASES=all on each database, and always where a test names its own.

What differs between the databases is storage, whose tests run on both; so do the transcripts, which are whole stories.
"""

import os

import pytest

from storage.engine import Engines
from storage.outbox import Outbox
from storage.store import Store
from tests.world import World


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    names_its_own = any("database_url" in marker.args[0] for marker in metafunc.definition.iter_markers("parametrize"))
    if "database_url" in metafunc.fixturenames and not names_its_own and os.environ.get("DATABASES") != "all":
        metafunc.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def world(engines: Engines, store: Store) -> World:
    return World(store, Outbox(engines), engines)
