"""A running pair on SQLite, and people who do something with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import Running, running


@pytest.fixture
def bot(request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path) -> Iterator[Running]:
    """The real bot and a local Slack; `@pytest.mark.parametrize("bot", [{...}], indirect=True)` passes options."""
    file = tmp_path / "bridgehead.db"
    file.write_bytes(sqlite_template.read_bytes())
    with running(f"sqlite:///{file}", tmp_path, **getattr(request, "param", {})) as pair:
        yield pair
