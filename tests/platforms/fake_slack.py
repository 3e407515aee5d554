"""A local Web API and a signing sender: real HTTP on both sides of the bot."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

import httpx
from aiohttp import web
from aiohttp.test_utils import TestServer
from starlette.applications import Starlette
from starlette.routing import Route

from bot.chat.incoming import Incoming
from bot.chat.view import Form, Reply, View
from bot.platforms.slack.client import WebClient, WebSession, web_client
from bot.platforms.slack.endpoint import SlackEndpoint
from bot.platforms.slack.identity import Identity
from bot.platforms.slack.listeners import slack_app
from bot.platforms.tasks import Tasks

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
DEADLINE = 5.0
NESTED = ("blocks", "view", "metadata")


class FakeSlack:
    """Keeps every call; `answers[method]` replaces the usual answer, `hang` keeps all of them waiting.

    `listening` is called with every request as it came.
    """

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.answers: dict[str, Callable[[], web.StreamResponse]] = {}
        self.hang = False
        self.listening: Callable[[web.Request], None] = lambda _request: None
        self.let_go = asyncio.Event()
        self._news = asyncio.Event()
        routes = web.Application()
        routes.router.add_route("*", "/{path:.*}", self._answer)
        self.server = TestServer(routes)

    def url(self, path: str) -> str:
        return str(self.server.make_url(path))

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.listening(request)
        method = request.path.removeprefix("/api/").removeprefix("/")
        self.calls.append((method, await _arguments(request)))
        self._news.set()
        if self.hang:
            await self.let_go.wait()
        if method in self.answers:
            return self.answers[method]()
        if method == "auth.test":
            known = {"ok": True, "user_id": "UBOT", "bot_id": "BBOT", "team_id": "T1"}
            return web.json_response(known, headers={"x-oauth-scopes": "commands,chat:write"})
        if method == "conversations.history":
            return web.json_response({"ok": True, "messages": []})
        return web.json_response(
            {
                "ok": True,
                "channel": {"id": "D1"} if method == "conversations.open" else "C1",
                "ts": "1.5",
                "view": {"id": "V9"},
            }
        )

    async def called(self, method: str, number: int = 1) -> dict[str, Any]:
        """The arguments of the n-th call of a method, once it has come."""
        async with asyncio.timeout(DEADLINE):
            while len(found := [arguments for name, arguments in self.calls if name == method]) < number:
                self._news.clear()
                await self._news.wait()
        return found[number - 1]

    @property
    def methods(self) -> list[str]:
        return [method for method, _ in self.calls]


async def _arguments(request: web.Request) -> dict[str, Any]:
    found: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        found |= await request.json()
    else:
        found |= dict(await request.post())
    return {name: _decoded(value) if name in NESTED else value for name, value in found.items()}


def _decoded(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def refusal(word: str) -> Callable[[], web.StreamResponse]:
    return lambda: web.json_response({"ok": False, "error": word})


class FakeCore:
    """Answers from a table; a slow answer waits until `finish` is set."""

    def __init__(self) -> None:
        self.heard: list[Incoming] = []
        self.reply = Reply(View("done"))
        self.forms = False
        self.slow = False
        self.broken = False
        self.finish = asyncio.Event()

    async def converse(self, incoming: Incoming) -> Reply:
        self.heard.append(incoming)
        if self.slow:
            await self.finish.wait()
        if self.broken:
            raise RuntimeError("a secret word")
        return self.reply

    def opens_form(self, incoming: Incoming) -> bool:
        return self.forms

    def loading_form(self, incoming: Incoming) -> Form:
        return Form("start", "Start", "", (), intro=())

    def say(self, key: str, language: str) -> str:
        return "… and {count} more" if key == "more" else f"[{key}]"


class Desk:
    """The bot behind its endpoint, with a core and a Slack that a test controls."""

    def __init__(
        self, slack: FakeSlack, core: FakeCore, http: httpx.AsyncClient, tasks: Tasks, client: WebClient
    ) -> None:
        self.slack, self.core, self.http, self.tasks, self.client = slack, core, http, tasks, client

    async def form(self, body: dict[str, Any], **how: Any) -> httpx.Response:
        return await self.post(urlencode(body), "application/x-www-form-urlencoded", **how)

    async def payload(self, body: dict[str, Any], **how: Any) -> httpx.Response:
        return await self.form({"payload": json.dumps(body)}, **how)

    async def event(self, body: dict[str, Any], **how: Any) -> httpx.Response:
        return await self.post(json.dumps(body), "application/json", **how)

    async def post(
        self, body: str, content_type: str, secret: str = SECRET, age: int = 0, extra: dict[str, str] | None = None
    ) -> httpx.Response:
        stamp = str(int(time.time()) - age)
        digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        headers = {
            "content-type": content_type,
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": f"v0={digest}",
        } | (extra or {})
        return await self.http.post("/slack/events", content=body, headers=headers)


@asynccontextmanager
async def desk(patience: float = 2.0) -> AsyncIterator[Desk]:
    slack, core, tasks, session = FakeSlack(), FakeCore(), Tasks(), WebSession()
    await slack.server.start_server()
    client = web_client("xoxb-1", slack.url("/api/"), session)
    identity = Identity()
    app = slack_app(core, client, identity, SECRET, tasks, patience=patience)
    routes = Starlette(routes=[Route("/slack/events", SlackEndpoint(app, SECRET), methods=["POST"])])
    transport = httpx.ASGITransport(routes)
    try:
        async with httpx.AsyncClient(transport=transport, base_url="http://bot") as http:
            yield Desk(slack, core, http, tasks, client)
    finally:
        slack.let_go.set()
        core.finish.set()
        await tasks.drain(DEADLINE)
        await session.close()
        await slack.server.close()
