"""The product as `serve` runs it."""

import gc
import logging
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Route

from bot import conversation
from bot.app import Parts, compose
from bot.settings import Settings
from bot.web import web_app
from bot.worker import ticking
from tests.bench.signed import PATH, SECRET

FIRST, LAST = "bench_first", "bench_last"


def settings(database_url: str, api_url: str) -> Settings:
    """What the environment would say."""
    return Settings(
        data=Path(),
        database_url=database_url,
        slack_api_url=api_url,
        slack_bot_token="xoxb-bench",
        slack_signing_secret=SECRET,
    )


def make(database_url: str, api_url: str, delivery: bool = True) -> Any:
    """The application. Without `delivery` the outbox only fills, as if a worker elsewhere took care of it."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for chatty in ("httpx", "apscheduler", "alembic", "uvicorn.access"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    _frame_presses()
    parts: Parts = compose(settings(database_url, api_url))
    # As the command does before it serves: what was imported is not gone through for garbage.
    gc.collect()
    gc.freeze()
    if delivery:
        return web_app(parts, ticking)
    assert parts.slack
    return Starlette(routes=[Route(PATH, parts.slack.endpoint, methods=["POST"])])


def _frame_presses() -> None:
    """Two presses that do the same, nothing: one in front of all others, one behind them."""
    nothing: conversation.Row[Any] = conversation.Row(lambda _context, _press: None, reads=True)
    conversation.PRESSES = {FIRST: nothing, **conversation.PRESSES, LAST: nothing}
