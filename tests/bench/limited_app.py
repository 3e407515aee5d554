"""A Web API that keeps Slack's limits on posts to the letter, in a time of its own: 1/s a channel, 300 in any minute.

`GET /seen` says what it took and refused; its times are seconds of that time.
"""

import json
import math
import time
from collections import Counter, deque
from itertools import count
from typing import Any
from urllib.parse import parse_qs

MINUTE = 60.0
IN_A_MINUTE = 300
BETWEEN = 1.0
"""Seconds between two posts into one channel."""


class Limits:
    """Who may post now; `scale` seconds pass in each."""

    def __init__(self, scale: float, limited: bool) -> None:
        self._scale, self._limited = scale, limited
        self._minute: deque[float] = deque()
        self._channels: dict[str, float] = {}

    def now(self) -> float:
        """The moment in scaled seconds."""
        return time.perf_counter() * self._scale

    def wait(self, channel: str, now: float) -> float:
        """How long to wait before this may be posted; 0 takes it."""
        while self._minute and self._minute[0] <= now - MINUTE:
            self._minute.popleft()
        full = self._minute[0] + MINUTE - now if len(self._minute) >= IN_A_MINUTE else 0.0
        wait = max(full, self._channels.get(channel, -math.inf) + BETWEEN - now)
        if self._limited and wait > 0:
            return wait
        self._minute.append(now)
        self._channels[channel] = now
        return 0.0


class Slack:
    """What it was asked, and its answers: status, body, and how long to wait in scaled seconds."""

    def __init__(self, limits: Limits) -> None:
        self._limits, self._numbers, self._keys = limits, count(1), set[str]()
        self._calls = Counter[str]()
        self._seen: dict[str, Any] = {"posted": 0, "refused": 0, "doubled": 0, "first": 0.0, "last": 0.0, "body": {}}

    def answer(self, method: str, asked: dict[str, Any]) -> tuple[int, dict[str, Any], float]:
        """Of one method."""
        self._calls[method] += 1
        match method:
            case "seen":
                return 200, {**self._seen, "calls": self._calls}, 0.0
            case "conversations.open":
                return 200, {"ok": True, "channel": {"id": f"D{asked['users']}"}}, 0.0
            case "conversations.history":
                return 200, {"ok": True, "messages": []}, 0.0
            case "chat.postMessage":
                return self._post(asked)
        return 200, {"ok": True}, 0.0

    def _post(self, asked: dict[str, Any]) -> tuple[int, dict[str, Any], float]:
        now, seen = self._limits.now(), self._seen
        if wait := self._limits.wait(asked["channel"], now):
            seen["refused"] += 1
            return 429, {"ok": False, "error": "ratelimited"}, wait
        key = f"{asked['channel']}:{asked.get('client_msg_id')}"
        seen["posted"] += 1
        seen["doubled"] += key in self._keys
        self._keys.add(key)
        seen.update(first=seen["first"] or now, last=now, body=seen["body"] or asked)
        return 200, {"ok": True, "channel": asked["channel"], "ts": f"{next(self._numbers)}.000001"}, 0.0


def make(scale: float = 1.0, limited: bool = True) -> Any:
    """The application."""
    slack = Slack(Limits(scale, limited))

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        body, more = b"", True
        while more:
            part = await receive()
            body, more = body + part.get("body", b""), part.get("more_body", False)
        status, said, wait = slack.answer(scope["path"].rpartition("/")[2], _asked(body or scope["query_string"]))
        given = json.dumps(said).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(given)).encode())]
        if wait:
            headers.append((b"retry-after", str(math.ceil(wait)).encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": given})

    return app


def _asked(body: bytes) -> dict[str, Any]:
    if body.startswith(b"{"):
        asked: dict[str, Any] = json.loads(body)
        return asked
    return {name: values[0] for name, values in parse_qs(body.decode()).items()}
