"""Slack without a public address: the same application over a websocket that we open."""

import asyncio

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp


async def run(app: AsyncApp, app_token: str, stop: asyncio.Event) -> None:
    """Serve until `stop` is set. `app_token` is the app-level token (xapp-...) with connections:write."""
    socket = AsyncSocketModeHandler(app, app_token)
    await socket.connect_async()  # type: ignore[no-untyped-call]
    try:
        await stop.wait()
    finally:
        await socket.close_async()  # type: ignore[no-untyped-call]
