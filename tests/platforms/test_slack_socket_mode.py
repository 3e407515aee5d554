"""The same application over a websocket that we open."""

import asyncio
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.platforms.slack import socket_mode
from bot.platforms.slack.client import WebSession, web_client
from bot.platforms.slack.identity import Identity
from bot.platforms.slack.listeners import slack_app
from bot.platforms.tasks import Tasks
from tests.platforms.fake_slack import FakeCore


async def test_a_command_over_the_socket_is_answered_in_its_envelope() -> None:
    answers: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    body = {"command": "/readiness", "text": "help", "team_id": "T1", "user_id": "U1", "trigger_id": "1.2.a"}
    envelope = {"type": "slash_commands", "envelope_id": "E1", "accepts_response_payload": True, "payload": body}

    async def connections(request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == "Bearer xapp-1"
        return web.json_response({"ok": True, "url": str(server.make_url("/link")).replace("http", "ws", 1)})

    async def link(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        await socket.send_json(envelope)
        async for message in socket:
            await answers.put(message.json())
        return socket

    routes = web.Application()
    routes.router.add_post("/api/apps.connections.open", connections)
    routes.router.add_get("/link", link)
    server = TestServer(routes)
    await server.start_server()
    session, tasks, stop = WebSession(), Tasks(), asyncio.Event()
    client = web_client("xoxb-1", str(server.make_url("/api/")), session)
    app = slack_app(FakeCore(), client, Identity(), None, tasks)
    running = asyncio.create_task(socket_mode.run(app, "xapp-1", stop))
    try:
        answer = await asyncio.wait_for(answers.get(), 5)
        assert (answer["envelope_id"], answer["payload"]["text"]) == ("E1", "done")
    finally:
        stop.set()
        await asyncio.wait_for(running, 5)
        await tasks.drain(1)
        await session.close()
        await server.close()
