"""The ASGI app: Slack's side for the bot and the page for people, on one port."""

import asyncio
import contextlib
import json
import secrets
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from bot.playground.call import Call
from bot.playground.client import ClientApi
from bot.playground.faults import Fault
from bot.playground.files import may_fetch
from bot.playground.gestures import Gestures
from bot.playground.methods_chat import deliver_due
from bot.playground.persistence import StateFile
from bot.playground.responses import respond
from bot.playground.sender import Sender
from bot.playground.socket_mode import SocketMode
from bot.playground.webapi import WebApi, cut
from bot.playground.workspace import Workspace

Json = dict[str, Any]
STATIC = Path(__file__).parent / "static"
_TICK_SECONDS = 0.5
_SANDBOX = (
    "sandbox allow-popups allow-scripts; default-src 'none'; img-src data:; "
    "style-src 'unsafe-inline'; script-src 'unsafe-inline'"
)
"""A shared page may sort what stands in it, and reaches nothing: neither this town nor any other place."""
_SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "text/html"})
"""What a browser shows; the rest is saved."""
UPLOAD = "upload"
"""How the wire's log and the faults call the posting of a file's bytes."""
_HOSTS = ["127.0.0.1", "localhost", "testserver"]


class Town:
    """The parts of one running workspace, for whoever embeds the app."""

    def __init__(self, space: Workspace, sender: Sender, base_url: str, state_path: Path | str | None) -> None:
        self.space, self.sender = space, sender
        self.gestures = Gestures(space, sender, base_url)
        self.client = ClientApi(self.gestures)
        self.client.deliver_due = self.deliver_due
        self.api = WebApi(space)
        self.links = SocketMode(space, sender)
        self.state = StateFile(state_path) if state_path else None
        if self.state:
            self.state.load(space)

    def deliver_due(self) -> int:
        """Post the scheduled messages whose time has come."""
        return deliver_due(Call(self.space, {}))

    async def tick(self) -> None:
        """Post scheduled messages as time goes by."""
        while True:
            await asyncio.sleep(_TICK_SECONDS)
            if self.space.scheduled:
                self.deliver_due()

    async def close(self) -> None:
        """End what waits: hanging calls, streams, links."""
        self.api.stopping.set()
        self.client.stopping.set()
        await self.links.stop()

    async def response(self, request: Request) -> Response:
        """Take what is written to a response URL."""
        begun = time.perf_counter()
        try:
            said = json.loads(await request.body())
        except ValueError:
            said = None
        if not isinstance(said, dict):
            return PlainTextResponse("invalid_payload", 400)
        status, body = respond(self.gestures, request.path_params["name"], said)
        ms = (time.perf_counter() - begun) * 1000
        self.space.journal.note(
            self.space.clock.iso(), "from bot", "response_url", status=status, ms=ms, request=said, answer=body
        )
        self.space.changed("log")
        return PlainTextResponse(body, status)

    async def upload(self, request: Request) -> Response:
        """Take a file's bytes, raw or as a form."""
        file_id = request.path_params["file"]
        row = self.space.files.get(file_id)
        if row is None or row.get("_done"):
            return PlainTextResponse("not found", 404)
        if fault := self.space.faults.take(UPLOAD):
            return await self._troubled(fault, request)
        if "multipart" in request.headers.get("content-type", ""):
            async with request.form() as form:
                uploads = [value for value in form.values() if not isinstance(value, str)]
                data = await uploads[0].read() if uploads else b""
        else:
            data = await request.body()
        self.space.file_bytes[file_id] = data
        self.space.journal.note(
            self.space.clock.iso(), "from bot", UPLOAD, status=200, ms=0.0, request={"bytes": len(data)}, answer={}
        )
        self.space.changed("log")
        return PlainTextResponse(f"OK - {len(data)}")

    async def _troubled(self, fault: Fault, request: Request) -> Response:
        """Lose a file's bytes the way the fault says."""
        if fault.kind in ("server_error", "ratelimited"):
            return PlainTextResponse("upstream trouble", fault.status if fault.kind == "server_error" else 429)
        await cut(request)
        return Response(status_code=504)

    async def file(self, request: Request) -> Response:
        """Show a shared file."""
        file_id = request.path_params["file"]
        data, row = self.space.file_bytes.get(file_id), self.space.files.get(file_id)
        if data is None or row is None:
            return PlainTextResponse("not found", 404)
        if not may_fetch(self.space, row, request.headers):
            # As Slack does: no refusal, but the way to the page for signing in.
            return Response(status_code=302, headers={"location": "/"})
        kind = row.get("mimetype", "application/octet-stream")
        # A page of the bot's making is shown without scripts and outside our origin, so that it cannot act as ours.
        headers = {"x-content-type-options": "nosniff", "content-security-policy": _SANDBOX}
        if kind not in _SHOWN:
            headers["content-disposition"] = "attachment"
        return Response(data, media_type=kind, headers=headers)


async def _page(_request: Request) -> Response:
    index = STATIC / "index.html"
    return FileResponse(index) if index.exists() else PlainTextResponse("The page is not built in.", 404)


def create_app(
    space: Workspace, *, sender: Sender | None = None, base_url: str = "", state_path: Path | str | None = None
) -> Starlette:
    """Return the ASGI app of a workspace; `app.state.town` holds its parts.

    `base_url` is where the bot reaches this server (response URLs point there). Without a sender nothing is sent.
    """
    sender = sender or Sender(space, None, secrets.token_hex(16))
    town = Town(space, sender, base_url, state_path)

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await sender.start()
        following = [asyncio.ensure_future(town.tick())]
        if town.state:
            following.append(asyncio.ensure_future(town.state.follow(space)))
        try:
            yield
        finally:
            for task in following:
                task.cancel()
            await asyncio.gather(*following, return_exceptions=True)
            await town.close()
            await sender.stop()
            if town.state:
                town.state.save(space)

    app = Starlette(
        routes=[
            Route("/", _page),
            Mount("/static", StaticFiles(directory=STATIC, check_dir=False)),
            Route("/api/{method}", town.api.__call__, methods=["GET", "POST", "PUT"]),
            Route("/response/{name}", town.response, methods=["POST"]),
            Route("/upload/{file}", town.upload, methods=["POST", "PUT"]),
            Route("/files/{file}/{name}", town.file),
            WebSocketRoute("/link", town.links.serve),
            *town.client.routes(),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=_HOSTS)],
        lifespan=lifespan,
    )
    app.state.town = town
    return app
