"""A worker process as the product runs it, with a pace and a lease that a test can wait for."""

import asyncio
import os
from collections.abc import Sequence
from datetime import timedelta

from bot.app import compose
from bot.settings import read_settings
from bot.worker import work


def worker(_arguments: Sequence[str] = ()) -> None:
    """The whole process."""
    asyncio.run(main())


async def main() -> None:
    """Tick and deliver until killed. A process alone on SQLite takes up what the one before it left."""
    pace, lease = (timedelta(seconds=float(os.environ[name])) for name in ("SOAK_PACE", "SOAK_LEASE"))
    parts = compose(read_settings(os.environ, chat=True), pace=pace, lease=lease, rates={})
    parts.recover()
    await work(parts, asyncio.Event())
