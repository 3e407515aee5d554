"""A running pair on SQLite, and people who do something with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import Running, running


@pytest.fixture
def bot(request: pytest.FixtureRequest, tmp_path: Path, sqlite_url: str) -> Iterator[Running]:
    """The real bot and a local Slack; `@pytest.mark.parametrize("bot", [{...}], indirect=True)` passes options."""
    with running(sqlite_url, tmp_path, **getattr(request, "param", {})) as pair:
        yield pair
