"""Socket Mode: the websocket a bot connects to instead of being called over HTTP."""

import asyncio
import json
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.playground.sender import Sender
from bot.playground.workspace import Workspace

Json = dict[str, Any]


class SocketMode:
    """The open links of the app; each request goes to one of them."""

    def __init__(self, space: Workspace, sender: Sender) -> None:
        self.space, self.sender = space, sender
        self.links: list[WebSocket] = []
        self._waiting: dict[str, asyncio.Future[bytes]] = {}
        self._turn = 0

    async def serve(self, socket: WebSocket) -> None:
        """Speak with one link until it closes."""
        await socket.accept()
        hello = {
            "type": "hello",
            "num_connections": len(self.links) + 1,
            "connection_info": {"app_id": self.space.app["id"]},
        }
        hello["debug_info"] = {"host": "local", "build_number": 1, "approximate_connection_time": 3600}
        await socket.send_json(hello)
        self.links.append(socket)
        self.sender.link = self.deliver
        self.space.changed("log")
        try:
            while True:
                said = json.loads(await socket.receive_text())
                future = self._waiting.pop(said.get("envelope_id", ""), None)
                if future is not None and not future.done():
                    payload = said.get("payload")
                    future.set_result(json.dumps(payload).encode() if payload else b"")
        except (WebSocketDisconnect, ValueError):
            pass
        finally:
            self.links.remove(socket)
            if not self.links:
                self.sender.link = None

    async def deliver(self, kind: str, payload: Json) -> tuple[int, bytes]:
        """Send one envelope and wait for its ack."""
        if not self.links:
            raise ConnectionError("no link is open")
        self._turn += 1
        socket = self.links[self._turn % len(self.links)]
        envelope_id = self.space.serial("E")
        envelope: Json = {"envelope_id": envelope_id, "type": kind, "payload": payload}
        envelope["accepts_response_payload"] = kind != "events_api"
        if kind == "events_api":
            envelope |= {"retry_attempt": 0, "retry_reason": ""}
        future: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = future
        try:
            await socket.send_json(envelope)
            return 200, await future
        finally:
            self._waiting.pop(envelope_id, None)

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Ask every link to connect anew, as Slack does every hour or so."""
        for socket in list(self.links):
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}})

    async def stop(self) -> None:
        """Close every link."""
        for socket in list(self.links):
            await socket.close()
