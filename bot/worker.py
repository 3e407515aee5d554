"""The worker: APScheduler wakes the tick; the courier delivers. Both find their work in the database.

A lost or a doubled run changes nothing, so the scheduler keeps no jobs of its own (`docs/decisions`).
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.app import Parts
from bot.traces import traced

logger = logging.getLogger(__name__)

TICK_SECONDS = 20


async def tick(parts: Parts) -> None:
    """Do what is due; faults are logged, each with what it was about, and the next tick tries again."""
    try:
        await parts.ticker.tick()
    except Exception as error:
        logger.error("tick.failed error=%s", traced(error))  # noqa: TRY400 - an exception's text may quote people


@asynccontextmanager
async def ticking(parts: Parts) -> AsyncIterator[None]:
    """The clock runs while this is open."""
    scheduler = AsyncIOScheduler(
        timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    scheduler.add_job(tick, "interval", seconds=TICK_SECONDS, args=[parts], id="tick")
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


async def work(parts: Parts, stop: asyncio.Event) -> None:
    """A worker process: tick and deliver until `stop` is set."""
    async with ticking(parts):
        await tick(parts)
        await parts.courier.deliver_until(stop)
    await parts.close()
