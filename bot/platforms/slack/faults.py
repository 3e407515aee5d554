"""What a failed Web API call means for the message: the four outcomes of `bot.usecases.sending`."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.usecases.sending import MaybeTaken, NotTaken, RateLimited, SendFault, TokenDead, Unreachable

RATE_WORDS = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
TOKEN_WORDS = frozenset(
    {"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "team_access_not_granted"}
)
BROKEN_WORDS = frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable"})
"""Slack broke while working: the message may be there."""
PASSING_WORDS = frozenset({"team_added_to_org", "org_login_required", "accesslimited", "hash_conflict"})
"""Refused for sure, and for a reason that passes (a workspace on its way into an organization, a lost race)."""
DEFAULT_WAIT = timedelta(seconds=30)
"""Slack always names a wait; this is for a proxy that swallowed the header."""
LONGEST_WAIT = timedelta(hours=1)

NetworkError = (aiohttp.ClientError, asyncio.TimeoutError, OSError)


def fault_of(error: Exception) -> SendFault:
    """The outcome of a failed call. A clear refusal that we do not know needs a person: Unreachable."""
    if isinstance(error, SlackApiError):
        return _refusal(error)
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError | aiohttp.InvalidURL):
        return NotTaken("no_connection")
    if isinstance(error, TimeoutError):
        return MaybeTaken("timeout")
    return MaybeTaken("connection_lost")


@contextmanager
def translated(*, repeatable: bool = False) -> Iterator[None]:
    """Raise a failed call as its outcome. `repeatable`: doing it twice does no harm, so MaybeTaken is NotTaken."""
    try:
        yield
    except (SlackApiError, *NetworkError) as error:
        fault = fault_of(error)
        if repeatable and isinstance(fault, MaybeTaken):
            fault = NotTaken(fault.reason)
        raise fault from None


def _refusal(error: SlackApiError) -> SendFault:
    response = error.response
    status = getattr(response, "status_code", None)
    content = getattr(response, "data", None)
    word = str(content.get("error") or "") if isinstance(content, dict) else ""
    if status == 429 or word in RATE_WORDS:
        return RateLimited(_wait(response))
    if status is None or status >= 500 or word in BROKEN_WORDS or (status == 200 and not word):
        return MaybeTaken(word or f"http_{status or 'garbled'}")
    if not word:
        return NotTaken(f"http_{status}")
    if word in TOKEN_WORDS:
        return TokenDead(word)
    if word in PASSING_WORDS:
        return NotTaken(word)
    return Unreachable(word)


def _wait(response: object) -> timedelta:
    headers = getattr(response, "headers", None) or {}
    for name, value in headers.items():
        if name.lower() == "retry-after" and str(value).isdigit():
            return min(timedelta(seconds=int(value)), LONGEST_WAIT)
    return DEFAULT_WAIT
