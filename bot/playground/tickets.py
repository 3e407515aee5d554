"""Short-lived permissions Slack hands out: trigger ids (3 s, once) and response URLs (30 min, 5 times)."""

import secrets
from dataclasses import dataclass

from bot.playground.clock import RealTime

TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS = 1800.0
RESPONSE_USES = 5


class NotPossible(Exception):
    """Something a person cannot do here; the sentence says why."""


class SlackError(Exception):
    """A refusal as Slack words it: `error` plus further fields of the answer."""

    def __init__(self, error: str, **fields: object) -> None:
        super().__init__(error)
        self.error = error
        self.fields = fields


@dataclass
class Trigger:
    """Who may open a view, until when (machine time)."""

    user: str
    until: float
    used: bool = False


@dataclass
class ResponseUrl:
    """Where an answer may be written. `message_ts` is the message that was pressed, if any."""

    user: str
    channel: str
    message_ts: str | None
    until: float
    thread_ts: str | None = None
    uses: int = 0


class Tickets:
    """All trigger ids and response URLs handed out."""

    def __init__(self, real: RealTime) -> None:
        self._real = real
        self._triggers: dict[str, Trigger] = {}
        self._responses: dict[str, ResponseUrl] = {}

    def trigger(self, user: str) -> str:
        """Hand out a trigger id for one person."""
        name = f"{int(self._real() * 1000)}.{secrets.randbelow(10**12):012d}.{secrets.token_hex(16)}"
        self._triggers[name] = Trigger(user, self._real() + TRIGGER_SECONDS)
        return name

    def use_trigger(self, name: str) -> str:
        """Spend a trigger id and return its person. Source: docs.slack.dev views.open errors."""
        trigger = self._triggers.get(name)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._real() > trigger.until:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger.user

    def response(self, user: str, channel: str, message_ts: str | None = None, thread_ts: str | None = None) -> str:
        """Hand out a response URL; returns its last path part."""
        name = secrets.token_urlsafe(18)
        self._responses[name] = ResponseUrl(user, channel, message_ts, self._real() + RESPONSE_SECONDS, thread_ts)
        return name

    def use_response(self, name: str) -> ResponseUrl:
        """Spend one use. Source: docs.slack.dev interactivity, 5 uses within 30 minutes."""
        response = self._responses.get(name)
        if response is None or self._real() > response.until:
            raise SlackError("expired_url")
        if response.uses >= RESPONSE_USES:
            raise SlackError("used_url")
        response.uses += 1
        return response
