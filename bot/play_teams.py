"""`bridgehead play --teams`: the real bot for Microsoft 365 Agents Playground, which needs no tenant and no account."""

import asyncio
import contextlib
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import uvicorn

from bot.app import Parts, compose
from bot.clock import MovableClock
from bot.play import LOOPBACK, plant
from bot.settings import Settings
from bot.web import web_app
from bot.worker import ticking
from storage.migrate import migrate

PORT = 3978
"""Where Microsoft's tools look for a bot."""
APP_ID = "00000000-0000-0000-0000-000000000000"
WELCOME = """
  The bot waits for Microsoft 365 Agents Playground at {url}/api/messages.
  In another terminal, with Node 20 or newer:

    npx @microsoft/m365agentsplayground@0.2.28 start -e {url}/api/messages -c msteams --disable-telemetry

  It opens a page that looks like Teams. Write "help" there, or "portfolio" to see the projects that are there.
  Stop the bot with Ctrl+C; the data stays.
"""


def play_teams(settings: Settings, port: int, *, fresh: bool) -> None:
    """Run until interrupted. Requests are not checked, so it listens on this machine alone."""
    folder = settings.data / "play-teams"
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / "bridgehead.sqlite"
    if not database.exists():
        plant(settings, database)
    migrate(f"sqlite:///{database}")
    listening = socket.create_server((LOOPBACK, port))
    url = f"http://{LOOPBACK}:{port}"
    parts = compose(local_settings(settings, f"sqlite:///{database}", url), MovableClock(), one_organization=True)
    parts.recover()
    server = uvicorn.Server(uvicorn.Config(web_app(parts, ticking, _welcome), log_config=None))
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(server.serve(sockets=[listening]))


def local_settings(settings: Settings, database_url: str, url: str) -> Settings:
    """The settings of a bot that only the playground of this machine can reach: it has no secret."""
    return replace(
        settings,
        database_url=database_url,
        url=url,
        slack_bot_token="",
        slack_signing_secret="",
        slack_app_token="",
        teams_app_id=APP_ID,
        teams_app_secret="",
        teams_tenant_id="",
    )


@asynccontextmanager
async def _welcome(parts: Parts) -> AsyncIterator[None]:
    print(WELCOME.format(url=parts.settings.url), flush=True)
    yield
