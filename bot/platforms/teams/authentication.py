"""Whether a request really comes from the Bot Connector: its token, and what the token says about the activity.

Source: learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
import jwt

from bot.platforms.payload import inner_text
from bot.platforms.teams.connector import Web

OPENID_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
ISSUER = "https://api.botframework.com"
CHANNEL = "msteams"
LEEWAY = 300
"""Seconds by which the clocks may differ."""
KEYS_LIVE = 24 * 3600.0
"""Seconds for which keys are taken as they were read."""
KEYS_REST = 300.0
"""Seconds before keys are read again because of one that nobody knows: a forger makes up as many as they like."""
FAULT_REST = 10.0
"""Seconds before they are read again after that failed."""
PATIENCE = 5.0
"""Seconds for reading them; only who waits for an unknown key waits for it."""

_log = logging.getLogger(__name__)


class NotAuthentic(Exception):
    """The request is not the Bot Connector's; `reason` is for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class KeysUnknown(Exception):
    """Nobody can say: the keys could not be read. The sender may try again."""


@dataclass(frozen=True, slots=True)
class Key:
    """A public key, and the channels whose activities it may sign (none named: all)."""

    key: Any
    endorsements: Sequence[str] = ()


@dataclass(slots=True)
class Keys:
    """The Bot Connector's public keys, read over HTTP without keeping the loop waiting, and kept."""

    web: Web
    url: str = OPENID_URL
    now: Callable[[], float] = time.monotonic
    _known: Mapping[str, Key] = field(default_factory=dict)
    _read_at: float | None = None
    _rests_until: float = 0.0
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)
    _refreshing: "asyncio.Task[None] | None" = None

    async def get(self, kid: str) -> Key | None:
        """The key of this id, None when there is none. Raises KeysUnknown when that cannot be found out."""
        if kid in self._known:
            if self._read_at is not None and self.now() - self._read_at > KEYS_LIVE:
                self._refresh()
            return self._known[kid]
        async with self._one_at_a_time:
            if kid not in self._known and self.now() >= self._rests_until:
                await self._read()
        if self._read_at is None:
            raise KeysUnknown
        return self._known.get(kid)

    def _refresh(self) -> None:
        """Read again beside what goes on: a key that was good a moment ago keeps nobody waiting."""
        if (self._refreshing is None or self._refreshing.done()) and self.now() >= self._rests_until:
            self._refreshing = asyncio.get_running_loop().create_task(self._read())

    async def _read(self) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                about = (await self.web.get(self.url)).raise_for_status().json()
                listed = (await self.web.get(inner_text(about, "jwks_uri"))).raise_for_status().json()
            known = dict(_keys(listed["keys"]))
        except (TimeoutError, httpx.HTTPError, httpx.InvalidURL, ValueError, LookupError, TypeError) as fault:
            _log.warning("teams_keys_not_read kind=%s", type(fault).__name__)
            self._rests_until = self.now() + FAULT_REST
            return
        self._known, self._read_at = known, self.now()
        self._rests_until = self._read_at + KEYS_REST


def _keys(listed: Sequence[Mapping[str, Any]]) -> list[tuple[str, Key]]:
    """Those of the listed keys that we can use, by id."""
    found = []
    for each in listed:
        kid = inner_text(each, "kid")
        if not kid or each.get("kty") != "RSA":
            continue
        endorsements = each.get("endorsements")
        named = tuple(map(str, endorsements)) if isinstance(endorsements, list) else ()
        with contextlib.suppress(jwt.PyJWTError):
            found.append((kid, Key(jwt.PyJWK(dict(each), algorithm="RS256").key, named)))
    return found


@dataclass(frozen=True, slots=True)
class Authentication:
    """Checks requests to one bot."""

    keys: Keys
    app_id: str

    async def claims(self, authorization: str) -> "Claims":
        """What the bearer token of a request says, when it is good. Raises NotAuthentic and KeysUnknown."""
        scheme, _, token = authorization.strip().partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise NotAuthentic("no_token")
        try:
            kid = jwt.get_unverified_header(token).get("kid")
            key = await self.keys.get(str(kid or ""))
            if key is None:
                raise NotAuthentic("unknown_key")
            claims = jwt.decode(
                token,
                key.key,
                algorithms=["RS256"],
                audience=self.app_id,
                issuer=ISSUER,
                leeway=LEEWAY,
                options={"require": ["exp", "iss", "aud"]},
            )
        except jwt.PyJWTError as fault:
            raise NotAuthentic(type(fault).__name__) from None
        return Claims(inner_text(claims, "serviceurl"), key.endorsements)


@dataclass(frozen=True, slots=True)
class Claims:
    """What a good token is good for."""

    service_url: str
    endorsements: Sequence[str] = ()

    def require(self, activity: Mapping[str, Any]) -> None:
        """Raise NotAuthentic unless the token was made for this activity: only then may its serviceUrl be trusted.

        Other channels than Teams are refused, whatever they were signed with: in a web chat anybody is whom they say.
        """
        channel, service_url = inner_text(activity, "channelId"), inner_text(activity, "serviceUrl")
        if channel != CHANNEL or (self.endorsements and channel not in self.endorsements):
            raise NotAuthentic("channel")
        if not service_url or self.service_url.rstrip("/") != service_url.rstrip("/"):
            raise NotAuthentic("service_url")
