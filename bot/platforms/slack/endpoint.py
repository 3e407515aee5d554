"""Slack's HTTP requests into Bolt: a raw ASGI application, cheaper than Bolt's Starlette adapter.

Unlike Bolt's own adapters it bounds the body and answers a garbled one: 401 unsigned, 200 signed, where they raise.
"""

import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier

from bot.platforms.slack.limits import REQUEST_BYTES

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_log = logging.getLogger(__name__)
_GARBLED = (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError)
"""What Bolt's request object raises for a body that is not JSON, or JSON of another shape."""


class SlackEndpoint:
    """Mount as `Route("/slack/events", SlackEndpoint(app, signing_secret), methods=["POST"])`."""

    def __init__(self, app: AsyncApp, signing_secret: str) -> None:
        if not signing_secret:
            raise ValueError("Slack over HTTP needs a signing secret; without one use Socket Mode.")
        self._app, self._verifier = app, SignatureVerifier(signing_secret)
        quiet_verification_log()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        raw = await _body(receive)
        answer = BoltResponse(status=413, body="") if raw is None else await self._answer(scope["headers"], raw)
        body = answer.body.encode() if isinstance(answer.body, str) else bytes(answer.body)
        headers = [(name.encode(), value.encode()) for name, values in answer.headers.items() for value in values]
        headers.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, pairs: list[tuple[bytes, bytes]], raw: bytes) -> BoltResponse:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in pairs}
        if not headers.get("x-slack-request-timestamp", "").isdecimal():
            return BoltResponse(status=401, body={"error": "invalid request"})
        try:
            text = raw.decode()
        except UnicodeDecodeError:  # Slack's bodies are UTF-8, and its verifier raises for others
            return BoltResponse(status=401, body={"error": "invalid request"})
        try:
            request = AsyncBoltRequest(body=text, headers=headers)  # type: ignore[arg-type]
        except _GARBLED:
            return self._garbled(headers, text)
        return await self._app.async_dispatch(request)

    def _garbled(self, headers: dict[str, str], text: str) -> BoltResponse:
        stamp, signature = headers["x-slack-request-timestamp"], headers.get("x-slack-signature", "")
        if not self._verifier.is_valid(text, stamp, signature):
            return BoltResponse(status=401, body={"error": "invalid request"})
        _log.warning("slack_garbled characters=%d", len(text))
        return BoltResponse(status=200, body="")


async def _body(receive: Receive) -> bytes | None:
    """The whole body, or None if it is too long or its sender went away."""
    chunks = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        chunks += message.get("body", b"")
        if len(chunks) > REQUEST_BYTES:
            return None
        if not message.get("more_body", False):
            return bytes(chunks)


class _WithoutBody(logging.Filter):
    """Bolt logs the signature and the whole body of a request with a bad signature; people's words are in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = "slack_signature_refused", ()
        return True


_QUIET = _WithoutBody()


def quiet_verification_log() -> None:
    """Keep bodies out of Bolt's log of refused signatures; calling it again changes nothing."""
    logging.getLogger("slack_bolt.RequestVerification").addFilter(_QUIET)
    logging.getLogger("slack_bolt.AsyncRequestVerification").addFilter(_QUIET)
