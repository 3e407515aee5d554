"""A world on each database."""

import pytest

from storage.engine import Engines
from storage.outbox import Outbox
from storage.store import Store
from tests.world import World


@pytest.fixture
def world(engines: Engines, store: Store) -> World:
    return World(store, Outbox(engines), engines)
