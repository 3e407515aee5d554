"""The ASGI application: Slack's and Teams' requests, and whether we are well."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import datetime
from urllib.parse import quote

from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.app import Parts, SlackSide
from bot.chat.document import HTML
from bot.clock import MovableClock
from bot.platforms.slack import socket_mode
from bot.platforms.teams.documents import FILES_PATH
from bot.platforms.teams.side import TeamsSide
from storage.migrate import revision_fault

logger = logging.getLogger(__name__)

LEARN_SECONDS = 30


def web_app(parts: Parts, *beside: Callable[[Parts], AbstractAsyncContextManager[None]]) -> Starlette:
    """One application for every platform. `beside` runs as long as it does: the clock, when one process does all."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        stop = asyncio.Event()
        async with AsyncExitStack() as stack:
            for running in beside:
                await stack.enter_async_context(running(parts))
            tasks = [asyncio.create_task(parts.courier.deliver_until(stop))]
            if parts.slack:
                tasks.append(asyncio.create_task(_learn_identity(parts.slack, stop)))
                if parts.settings.socket_mode:
                    token = parts.settings.slack_app_token
                    tasks.append(asyncio.create_task(socket_mode.run(parts.slack.app, token, stop)))
            yield
            stop.set()
            parts.courier.wake()
            await asyncio.gather(*tasks, return_exceptions=True)
        await parts.close()

    routes = [Route("/healthz", _healthy), Route("/readyz", _ready(parts))]
    if parts.slack and parts.slack.endpoint:
        routes.append(Route("/slack/events", parts.slack.endpoint, methods=["POST"]))
    if parts.teams:
        # Microsoft's tools expect the second address.
        routes += [Route(path, parts.teams.endpoint, methods=["POST"]) for path in ("/teams/messages", "/api/messages")]
        routes.append(Route(f"{FILES_PATH}/{{token}}/{{name}}", _shelved(parts, parts.teams)))
    if isinstance(parts.clock, MovableClock) and parts.settings.slack_signing_secret:
        routes.append(Route("/play/clock", _move_clock(parts, parts.clock), methods=["POST"]))
    return Starlette(routes=routes, lifespan=lifespan)


async def _learn_identity(slack: SlackSide, stop: asyncio.Event) -> None:
    """Ask once who we are; again while Slack does not answer. Nothing waits for it."""
    while not stop.is_set() and not await slack.identity.learn(slack.client):
        try:
            await asyncio.wait_for(stop.wait(), LEARN_SECONDS)
        except TimeoutError:
            continue


async def _healthy(_: Request) -> Response:
    return JSONResponse({"ok": True})


def _ready(parts: Parts) -> Callable[[Request], object]:
    async def ready(_: Request) -> Response:
        fault = await parts.core(revision_fault, parts.settings.database_url)
        if fault:
            return JSONResponse({"ok": False, "database": fault}, status_code=503)
        known = parts.slack is not None and bool(parts.slack.identity.bot_user_id)
        return JSONResponse({"ok": True, "slack": "known" if known else "not yet known"})

    return ready


def _shelved(parts: Parts, teams: TeamsSide) -> Callable[[Request], object]:
    """A file, to whoever holds its link. What people wrote stands in it, so that nothing in it may run or reach out."""

    async def shelved(request: Request) -> Response:
        document = await parts.core.reading(teams.shelf.get, request.path_params["token"])
        if document is None:
            return JSONResponse({"error": "gone"}, status_code=404)
        kind = "inline" if document.media_type == HTML else "attachment"
        headers = {
            "content-disposition": f"{kind}; filename*=UTF-8''{quote(document.name, safe='')}",
            "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
            "x-content-type-options": "nosniff",
            "referrer-policy": "no-referrer",
            "cache-control": "private, no-store",
        }
        return Response(document.content, media_type=document.media_type, headers=headers)

    return shelved


def _move_clock(parts: Parts, clock: MovableClock) -> Callable[[Request], object]:
    verifier = SignatureVerifier(parts.settings.slack_signing_secret)

    async def move(request: Request) -> Response:
        body = await request.body()
        if not verifier.is_valid_request(body, dict(request.headers)):
            return JSONResponse({"error": "invalid request"}, status_code=401)
        try:
            moment = datetime.fromisoformat(json.loads(body)["now"])
            clock.move_to(moment)
        except (ValueError, KeyError, TypeError):
            return JSONResponse({"error": 'expected {"now": "2026-11-30T09:00:00+00:00"}'}, status_code=400)
        await parts.ticker.tick()
        parts.courier.wake()
        return JSONResponse({"now": clock.now().isoformat()})

    return move
