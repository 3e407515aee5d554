"""The bot at work: everything in one process, or those who answer and those who keep the clock apart."""

import asyncio
import signal
from collections.abc import Callable
from typing import Any

import uvicorn

from bot.app import Parts, compose
from bot.settings import Settings
from bot.web import web_app
from bot.worker import ticking, work
from storage.migrate import migrate


def serve(settings: Settings) -> None:
    """Migrate, answer, keep the clock and deliver, until the process is ended; alone on its database."""
    migrate(settings.database_url)
    parts = compose(settings)
    parts.recover()
    _answer(parts, ticking)


def web(settings: Settings) -> None:
    """Answer, and deliver what that leads to."""
    _answer(compose(settings))


def worker(settings: Settings) -> None:
    """Keep the clock and deliver."""
    asyncio.run(_work(compose(settings)))


def _answer(parts: Parts, *beside: Callable[[Parts], Any]) -> None:
    app, port = web_app(parts, *beside), parts.settings.port
    uvicorn.run(app, host="0.0.0.0", port=port, log_config=None, access_log=False)  # noqa: S104


async def _work(parts: Parts) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await work(parts, stop)
