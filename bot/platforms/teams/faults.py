"""What a failed request to the Bot Connector means for the message: the outcomes of `bot.usecases.sending`.

Source: learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit (what to try again: 412, 429, 502, 504).
"""

from datetime import timedelta

import httpx

from bot.platforms.payload import inner_text
from bot.usecases.sending import MaybeTaken, NotTaken, RateLimited, SendFault, TokenDead, Unreachable

DEFAULT_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
PASSING = frozenset({408, 412, 503})
"""Refused for sure, and not for good."""
BLOCKED = "blocked"
NOT_INSTALLED = "not_installed"
GONE = "conversation_gone"
TOO_BIG = "message_too_big"
_BY_STATUS = {403: NOT_INSTALLED, 404: GONE, 413: TOO_BIG}
_BY_CODE = {
    "MessageWritesBlocked": BLOCKED,
    "ConversationBlockedByUser": BLOCKED,
    "BotNotInConversationRoster": NOT_INSTALLED,
    "ForbiddenOperationException": NOT_INSTALLED,
    "ConversationNotFound": GONE,
    "MessageSizeTooBig": TOO_BIG,
}
"""The connector's words for what only a person can repair, in ours: `unreachable.j2` says what to do about each."""


def fault_of(response: httpx.Response) -> SendFault | None:
    """What an answer means for the message; None when it was taken."""
    status = response.status_code
    if status < 300:
        return None
    if status == 429:
        return RateLimited(_wait(response))
    if status == 401:
        return TokenDead("unauthorized")
    if status in PASSING:
        return NotTaken(f"http_{status}")
    if status >= 500:
        return MaybeTaken(f"http_{status}")
    code = _code(response)
    return Unreachable(_BY_CODE.get(code) or _BY_STATUS.get(status) or code or f"http_{status}")


def network_fault_of(error: Exception) -> SendFault:
    """The same for a request without an answer."""
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout | httpx.UnsupportedProtocol):
        return NotTaken("no_connection")
    if isinstance(error, httpx.TimeoutException):
        return MaybeTaken("timeout")
    return MaybeTaken("connection_lost")


def _code(response: httpx.Response) -> str:
    try:
        said = response.json()
    except ValueError:
        return ""
    return inner_text(said, "error", "code") or inner_text(said, "code")


def _wait(response: httpx.Response) -> timedelta:
    named = response.headers.get("retry-after", "").strip()
    if not named.replace(".", "", 1).isdigit():
        return DEFAULT_WAIT
    return min(timedelta(seconds=float(named)), LONGEST_WAIT)
