"""A post on each database."""

import pytest

from storage.engine import Engines
from storage.store import Store
from tests.storage.post import Post


@pytest.fixture
def post(engines: Engines, store: Store) -> Post:
    return Post(engines, store)
