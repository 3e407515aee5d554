"""Sends signed requests to the bot, as Slack does: over HTTP, or through a Socket Mode link."""

import asyncio
import json
import time
import urllib.parse
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx
from slack_sdk.signature import SignatureVerifier

from bot.playground.payloads import as_json, event_callback
from bot.playground.workspace import Workspace

Json = dict[str, Any]
RETRY_AFTER = (0.0, 60.0, 300.0)
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
Link = Callable[[str, Json], Awaitable[tuple[int, bytes]]]


@dataclass(frozen=True)
class Ack:
    """How the bot answered one request. `error` is what a person would see, empty when all went well."""

    status: int
    ms: float
    body: bytes = b""
    error: str = ""

    @property
    def ok(self) -> bool:
        """Tell whether the bot answered with 2xx in time."""
        return not self.error

    def json(self) -> Any:
        """Return the body as JSON, or `None` when it is empty or none."""
        try:
            return json.loads(self.body) if self.body else None
        except ValueError:
            return None


class Sender:
    """The way to the bot. `retry_scale` shortens the waits between event retries (1.0 is Slack's)."""

    def __init__(
        self, space: Workspace, bot_url: str | None, secret: str, *, ack_seconds: float = 3.0, retry_scale: float = 1.0
    ) -> None:
        self.space, self.bot_url = space, bot_url
        self.ack_seconds, self.retry_scale = ack_seconds, retry_scale
        self._signer = SignatureVerifier(secret)
        self._tasks: set[asyncio.Task[None]] = set()
        self._held: list[tuple[str, Json]] = []
        self._last: tuple[str, bytes, str, str, Json] | None = None
        self.link: Link | None = None
        self.loop: asyncio.AbstractEventLoop | None = None
        self.client: httpx.AsyncClient | None = None

    @property
    def connected(self) -> bool:
        """Tell whether there is a bot to send to."""
        return bool(self.bot_url) or self.link is not None

    async def start(self) -> None:
        """Bind to the running loop."""
        self.loop = asyncio.get_running_loop()
        self.client = httpx.AsyncClient(trust_env=False, timeout=self.ack_seconds, follow_redirects=False)
        self.space.on_event = self.emit

    async def stop(self) -> None:
        """Forget what was still to be sent."""
        self.space.on_event = lambda _subscription, _event: None
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self.client:
            await self.client.aclose()

    def signed(self, body: bytes, at: float | None = None) -> dict[str, str]:
        """Return the signature headers for a body; `at` is a Unix stamp, the machine's now by default."""
        stamp = str(int(self.space.clock.real() if at is None else at))
        signature = self._signer.generate_signature(timestamp=stamp, body=body) or ""
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature}

    # -- one request -------------------------------------------------------------------------------------------
    async def post(self, body: bytes, kind: str, what: str, more: dict[str, str] | None = None, url: str = "") -> Ack:
        """Sign and send one body; notes it in the log."""
        begun = time.perf_counter()
        status, answer, error = 0, b"", ""
        target = url or self.bot_url
        if not target or self.client is None:
            error = "dispatch_failed"
        else:
            headers = {"content-type": kind, "user-agent": "Slackbot 1.0 (local)", **self.signed(body), **(more or {})}
            try:
                async with asyncio.timeout(self.ack_seconds):
                    response = await self.client.post(target, content=body, headers=headers)
                status, answer = response.status_code, response.content
                error = "" if response.is_success else "dispatch_failed"
            except (TimeoutError, httpx.TimeoutException):
                error = "operation_timeout"
            except httpx.HTTPError:
                error = "dispatch_failed"
        return self._note(what, body, Ack(status, (time.perf_counter() - begun) * 1000, answer, error))

    def _note(self, what: str, body: bytes, ack: Ack) -> Ack:
        shown = ack.json() if ack.json() is not None else ack.body.decode(errors="replace")[:2000]
        request = _readable(body)
        status = ack.status or ack.error
        self.space.journal.note(
            self.space.clock.iso(), "to bot", what, status=status, ms=ack.ms, request=request, answer=shown
        )
        self.space.changed("log")
        return ack

    async def _linked(self, link: Link, kind: str, payload: Json, what: str) -> Ack:
        begun = time.perf_counter()
        status, answer, error = 0, b"", ""
        try:
            async with asyncio.timeout(self.ack_seconds):
                status, answer = await link(kind, payload)
        except TimeoutError:
            error = "operation_timeout"
        except ConnectionError:
            error = "dispatch_failed"
        return self._note(what, as_json(payload), Ack(status, (time.perf_counter() - begun) * 1000, answer, error))

    async def command(self, fields: Json) -> Ack:
        """Send a slash command."""
        what = f"{fields['command']} {fields['text']}".strip()
        return await self._send(urllib.parse.urlencode(fields).encode(), FORM, what, "slash_commands", fields)

    async def interactive(self, payload: Json) -> Ack:
        """Send an interaction: press, submission, closing, options, shortcut."""
        names = [str(action.get("action_id")) for action in payload.get("actions", ())]
        what = " ".join([payload["type"], *names])
        body = urllib.parse.urlencode({"payload": as_json(payload).decode()}).encode()
        return await self._send(body, FORM, what, "interactive", payload)

    async def _send(self, body: bytes, kind: str, what: str, link_kind: str, payload: Json) -> Ack:
        self._last = (link_kind, body, kind, what, payload)
        if self.link is not None:
            return await self._linked(self.link, link_kind, payload, what)
        return await self.post(body, kind, what)

    async def move_clock(self) -> Ack:
        """Tell the bot the workspace's time, at `/play/clock` of its origin."""
        parts = urllib.parse.urlsplit(self.bot_url or "")
        url = f"{parts.scheme}://{parts.netloc}/play/clock" if self.bot_url else ""
        return await self.post(as_json({"now": self.space.clock.iso()}), JSON, "clock", url=url)

    # -- events ------------------------------------------------------------------------------------------------
    def emit(self, subscription: str, event: Json) -> None:
        """Send an event in the background, when the manifest subscribes to its kind. Safe from any thread."""
        if not self.space.manifest.subscribes(subscription) or self.loop is None or not self.connected:
            return
        if self.space.faults.hold_events:
            self._held.append((subscription, event))
            return
        self.loop.call_soon_threadsafe(self._spawn, event)

    def _spawn(self, event: Json) -> None:
        self._keep(self._late(event))

    async def _late(self, event: Json) -> None:
        if self.space.faults.event_delay:
            await asyncio.sleep(self.space.faults.event_delay)
        await self.event(event)

    def _keep(self, work: Any) -> None:
        task: asyncio.Task[None] = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def send_event(self, subscription: str, event: Json) -> Ack | None:
        """Send an event now and wait for its first answer; `None` when nothing was sent."""
        if not self.space.manifest.subscribes(subscription) or not self.connected:
            return None
        if self.space.faults.hold_events or self.space.faults.event_delay:
            self.emit(subscription, event)
            return None
        return await self.event(event)

    def release_events(self) -> None:
        """Send the events held back, newest first: late and out of order, as Slack may."""
        self.space.faults.hold_events = False
        held, self._held = self._held[::-1], []
        for subscription, event in held:
            self.emit(subscription, event)

    async def event(self, event: Json) -> Ack:
        """Deliver one event; a failed delivery is retried in the background (at once, after 1 and 5 minutes)."""
        event = {"event_ts": event.get("ts") or self.space.stamp(), **event}
        envelope = event_callback(self.space, event)
        body, what = as_json(envelope), f"event {event['type']}"
        self._last = ("events_api", body, JSON, what, envelope)
        if self.link is not None:
            return await self._linked(self.link, "events_api", envelope, what)
        ack = await self.post(body, JSON, what)
        if not ack.ok and self.bot_url:
            self._keep(self._retry(body, what, ack))
        return ack

    async def _retry(self, body: bytes, what: str, ack: Ack) -> None:
        for number, seconds in enumerate(RETRY_AFTER, start=1):
            await asyncio.sleep(seconds * self.retry_scale)
            ack = await self.post(body, JSON, f"{what} (retry {number})", _retry_headers(number, ack))
            if ack.ok:
                return

    async def repeat_last(self) -> Ack:
        """Send the last event or interaction again, byte for byte, freshly signed; an event says it is a retry."""
        if self._last is None:
            raise LookupError("nothing was sent yet")
        link_kind, body, kind, what, payload = self._last
        if self.link is not None:
            return await self._linked(self.link, link_kind, payload, f"{what} (again)")
        headers = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"} if kind == JSON else None
        return await self.post(body, kind, f"{what} (again)", headers)


def _retry_headers(number: int, before: Ack) -> dict[str, str]:
    reasons = {"operation_timeout": "http_timeout", "dispatch_failed": "http_error" if before.status else ""}
    reason = reasons[before.error] or "connection_failed"
    return {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}


def _readable(body: bytes) -> object:
    text = body.decode(errors="replace")
    try:
        return json.loads(text)
    except ValueError:
        fields: Json = dict(urllib.parse.parse_qsl(text, keep_blank_values=True))
        return json.loads(fields["payload"]) if "payload" in fields else fields or text[:2000]
