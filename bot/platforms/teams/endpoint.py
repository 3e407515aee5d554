"""The Bot Connector's HTTP requests: a raw ASGI application that checks them and never answers 500.

| answer | when |
|---|---|
| 200, 202 | taken, or nothing we know |
| 400 | no JSON, or JSON of another shape |
| 401 | not the connector's |
| 403 | of another Entra tenant |
| 413 | too long |
| 501 | an invoke we do not know |
| 503 | the connector's keys could not be read, so that nobody can say whose it is |
"""

import json
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.platforms.payload import inner_text
from bot.platforms.tasks import described
from bot.platforms.teams import parse
from bot.platforms.teams.authentication import Authentication, KeysUnknown, NotAuthentic
from bot.platforms.teams.flows import Activity, Answer, Flows

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

REQUEST_BYTES = 1_048_576
"""Ours: Teams' own requests stay far below."""
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

_log = logging.getLogger(__name__)


class _Refused(Exception):
    """Answered with this status."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


@dataclass(frozen=True, slots=True)
class TeamsEndpoint:
    """Mount as `Route("/teams/messages", TeamsEndpoint(...), methods=["POST"])`.

    Without `authentication`, for the local playground, only what says to come from this very machine is taken, and
    `tenant` "" takes any.
    """

    flows: Flows
    authentication: Authentication | None
    tenant: str = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        try:
            answer = await self._answer(scope, receive)
        except _Refused as refused:
            _log.info("teams_refused status=%d reason=%s", refused.status, refused.reason)
            answer = Answer(refused.status, {"error": refused.reason})
        body = b"" if answer.body is None else json.dumps(answer.body).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        claims = None
        if self.authentication is not None:
            sent = [value.decode("latin-1") for name, value in scope["headers"] if name == b"authorization"]
            try:
                claims = await self.authentication.claims(sent[0] if len(sent) == 1 else "")
            except NotAuthentic as fault:
                raise _Refused(401, fault.reason) from None
            except KeysUnknown:
                raise _Refused(503, "keys_unknown") from None
        activity = _activity(await _body(receive))
        try:
            if claims is not None:
                claims.require(activity)
        except NotAuthentic as fault:
            raise _Refused(401, fault.reason) from None
        if claims is None and urlsplit(inner_text(activity, "serviceUrl")).hostname not in LOOPBACK:
            raise _Refused(401, "not_local")
        if self.tenant and parse.tenant_of(activity) not in ("", self.tenant):
            raise _Refused(403, "other_tenant")
        try:
            return await self.flows.activity(activity)
        except Exception as error:
            _log.error("teams_fault %s error=%s", parse.named(activity), described(error))
            return Answer(200)


def _activity(body: bytes) -> Activity:
    """The activity in a body. Raises _Refused for anything else."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise _Refused(400, "no_json") from None
    if not isinstance(found, dict) or not inner_text(found, "type"):
        raise _Refused(400, "no_activity")
    return found


async def _body(receive: Receive) -> bytes:
    chunks = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise _Refused(400, "sender_left")
        chunks += message.get("body", b"")
        if len(chunks) > REQUEST_BYTES:
            raise _Refused(413, "too_long")
        if not message.get("more_body", False):
            return bytes(chunks)
