"""`bridgehead play`: the real bot and a local Slack workspace, in one process, on two loopback ports."""

import asyncio
import contextlib
import shutil
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvicorn

from bot.app import Parts, compose
from bot.clock import MovableClock
from bot.manifests import slack_commands
from bot.platforms.slack.manifest import manifest
from bot.playground.server import LocalSlack
from bot.seed import load_cast, seed
from bot.settings import Settings
from bot.web import web_app
from bot.worker import ticking
from storage.migrate import migrate
from storage.outbox import Outbox

LOOPBACK = "127.0.0.1"
PORT = 8300


def play(settings: Settings, port: int, *, fresh: bool) -> None:
    """Run until interrupted. The portfolio and the conversations stay in the data folder; `fresh` starts over."""
    folder = settings.data / "play"
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / "bridgehead.sqlite"
    if not database.exists():
        plant(settings, database)
    migrate(f"sqlite:///{database}")
    listening = socket.create_server((LOOPBACK, 0))
    bot_url = f"http://{LOOPBACK}:{listening.getsockname()[1]}"
    slack = LocalSlack(
        manifest=manifest(slack_commands(), bot_url),
        bot_url=f"{bot_url}/slack/events",
        port=port,
        state_path=folder / "slack.sqlite",
    )
    with slack:
        # The page may have moved the clock before the last stop; the product goes on at that time.
        clock = MovableClock(timedelta(seconds=slack.workspace.clock.now() - datetime.now(UTC).timestamp()))
        parts = compose(local_settings(settings, database, slack), clock)
        parts.recover()
        server = uvicorn.Server(uvicorn.Config(web_app(parts, ticking, _welcome(slack.url)), log_config=None))
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(server.serve(sockets=[listening]))


def local_settings(settings: Settings, database: Path, slack: LocalSlack) -> Settings:
    """The settings of a bot whose Slack is the local one; the cast's workspace admins are its admins."""
    admins = frozenset(person["id"] for person in load_cast()["people"] if person["is_admin"])
    return replace(
        settings,
        database_url=f"sqlite:///{database}",
        admins=admins,
        slack_api_url=slack.api_url,
        slack_bot_token=slack.bot_token,
        slack_signing_secret=slack.signing_secret,
        slack_app_token="",
    )


def plant(settings: Settings, database: Path) -> None:
    """Seed a new database; it gets its name when it is whole, so that an interrupted seed leaves nothing behind."""
    growing = database.with_suffix(".growing")
    for leftover in growing.parent.glob(f"{growing.name}*"):
        leftover.unlink()
    url = f"sqlite:///{growing}"
    migrate(url)
    clock = MovableClock()
    admins = frozenset(person["id"] for person in load_cast()["people"] if person["is_admin"])
    parts = compose(replace(settings, database_url=url, admins=admins, slack_bot_token=""), clock)
    seed(parts.conversation, Outbox(parts.engines), clock, datetime.now(UTC))
    asyncio.run(parts.close())
    growing.rename(database)


def _welcome(url: str) -> Callable[[Parts], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def welcome(_: Parts) -> AsyncIterator[None]:
        print(f"\n  The playground is open: {url}\n  Stop it with Ctrl+C; the data stays.\n", flush=True)
        yield

    return welcome
