"""The Bot Connector's REST interface: the few requests we need, over one shared HTTP client.

Source: learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import httpx

from bot.platforms.payload import inner_text
from bot.platforms.teams.faults import fault_of, network_fault_of
from bot.platforms.teams.pacing import Pacing
from bot.usecases.sending import MaybeTaken, NotTaken, RateLimited, SendFault, TokenDead

Json = dict[str, Any]

LOGIN_URL = "https://login.microsoftonline.com/"
SCOPE = "https://api.botframework.com/.default"
SECONDS = 10.0
CONNECT_SECONDS = 5.0
EARLY = 300.0
"""Seconds before its end at which a token counts as used up."""
MOST_PAGES = 20
PAGE = 500
TRIES = 5
LONGEST_PAUSE = 8.0
"""Seconds between two tries of an answer for which somebody waits; what waits longer belongs into the outbox."""


class Web:
    """A shared httpx client, made on first use inside the running loop."""

    def __init__(self) -> None:
        self._client: httpx.AsyncClient | None = None

    @property
    def client(self) -> httpx.AsyncClient:
        """The client: 5 s to connect, 10 s for the rest; it follows no redirect with our token."""
        if self._client is None:
            self._client = httpx.AsyncClient(
                timeout=httpx.Timeout(SECONDS, connect=CONNECT_SECONDS), follow_redirects=False, trust_env=True
            )
        return self._client

    async def get(self, url: str) -> httpx.Response:
        """One GET without our token."""
        return await self.client.get(url)

    async def close(self) -> None:
        """Close the connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()


@dataclass(slots=True)
class AppToken:
    """The token with which we speak to the connector, kept until shortly before its end."""

    web: Web
    app_id: str
    secret: str
    tenant: str
    login_url: str = LOGIN_URL
    now: Callable[[], float] = time.monotonic
    _token: str = ""
    _ends_at: float = 0.0
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def header(self) -> Mapping[str, str]:
        """The header of a request. Raises TokenDead when the secret is wrong, NotTaken when nobody answers."""
        async with self._one_at_a_time:
            if not self._token or self.now() >= self._ends_at - EARLY:
                await self._ask()
        return {"Authorization": f"Bearer {self._token}"}

    def forget(self) -> None:
        """The connector does not take it any more."""
        self._token = ""

    async def _ask(self) -> None:
        asked = {
            "grant_type": "client_credentials",
            "client_id": self.app_id,
            "client_secret": self.secret,
            "scope": SCOPE,
        }
        url = f"{self.login_url}{quote(self.tenant, safe='')}/oauth2/v2.0/token"
        try:
            answer = await self.web.client.post(url, data=asked)
            said = answer.json() if answer.status_code < 500 else {}
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            raise NotTaken("no_login") from None
        token = inner_text(said, "access_token")
        if not token:
            if answer.status_code in (400, 401, 403):
                raise TokenDead(inner_text(said, "error") or "login_refused")
            raise NotTaken(f"login_http_{answer.status_code}")
        lives = said.get("expires_in")
        self._token = token
        self._ends_at = self.now() + (float(lives) if isinstance(lives, int | str) and str(lives).isdigit() else 0.0)


@dataclass(slots=True)
class Connector:
    """Sends into conversations. Failures are the exceptions of `bot.usecases.sending`.

    Without a `token` nothing is signed: that is for Microsoft's local playground alone.
    """

    web: Web
    token: AppToken | None = None
    pacing: Pacing = field(default_factory=Pacing)
    sleep: Callable[[float], Any] = asyncio.sleep

    async def send(self, service_url: str, conversation: str, activity: Json) -> str:
        """Put an activity into a conversation; gives its id ("" for those that have none, such as typing)."""
        said = await self._paced("POST", service_url, conversation, f"{_path(conversation)}/activities", activity)
        return inner_text(said, "id")

    async def update(self, service_url: str, conversation: str, activity_id: str, activity: Json) -> None:
        """Replace one of our own messages; doing it twice does no harm."""
        path = f"{_path(conversation)}/activities/{quote(activity_id, safe='')}"
        with_id = {**activity, "id": activity_id}
        try:
            await self._paced("PUT", service_url, conversation, path, with_id)
        except MaybeTaken as fault:
            raise NotTaken(fault.reason) from None

    async def create(self, service_url: str, bot: str, member: str, tenant: str) -> str:
        """The conversation with one person; the same one each time. Gives its id."""
        asked = {
            "bot": {"id": bot},
            "members": [{"id": member}],
            "isGroup": False,
            "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}},
        }
        try:
            said = await self._paced("POST", service_url, member, "v3/conversations", asked)
        except MaybeTaken as fault:
            raise NotTaken(fault.reason) from None
        return inner_text(said, "id")

    async def member(self, service_url: str, conversation: str, member: str) -> Json:
        """One person of a conversation: name, email, aadObjectId."""
        return await self._read(service_url, f"{_path(conversation)}/members/{quote(member, safe='')}")

    async def members(self, service_url: str, conversation: str) -> AsyncIterator[Json]:
        """Everybody in a conversation, page by page."""
        path, token = f"{_path(conversation)}/pagedmembers?pageSize={PAGE}", ""
        for _ in range(MOST_PAGES):
            more = f"&continuationToken={quote(token, safe='')}" if token else ""
            said = await self._read(service_url, path + more)
            for each in said.get("members") or []:
                if isinstance(each, dict):
                    yield each
            token = inner_text(said, "continuationToken")
            if not token:
                return

    async def channels(self, service_url: str, team: str) -> list[Json]:
        """The channels of a team; the general one has no name."""
        said = await self._read(service_url, f"v3/teams/{quote(team, safe='')}/conversations")
        listed = said.get("conversations")
        return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []

    async def patiently(self, work: "Callable[[], Any]") -> Any:
        """Do what somebody waits for, again after a passing fault; a lost answer counts as one, once."""
        doubted = False
        for attempt in range(1, TRIES + 1):
            try:
                return await work()
            except (RateLimited, NotTaken, MaybeTaken) as fault:
                pause = fault.retry_after.total_seconds() if isinstance(fault, RateLimited) else 0.5 * 2**attempt
                if attempt == TRIES or pause > LONGEST_PAUSE or (doubted and isinstance(fault, MaybeTaken)):
                    raise
                doubted = doubted or isinstance(fault, MaybeTaken)
                await self.sleep(pause)
        raise AssertionError("unreachable")

    async def _read(self, service_url: str, path: str) -> Json:
        try:
            return await self._request("GET", service_url, path)
        except MaybeTaken as fault:
            raise NotTaken(fault.reason) from None

    async def _paced(self, method: str, service_url: str, conversation: str, path: str, body: Json) -> Json:
        thread = conversation.partition(";")[0]
        if (wait := self.pacing.wait(thread)) > LONGEST_PAUSE:
            raise RateLimited(timedelta(seconds=wait))
        await self.pacing.enter(thread)
        return await self._request(method, service_url, path, body)

    async def _request(self, method: str, service_url: str, path: str, body: Json | None = None) -> Json:
        async with _translated():
            for is_last in (False, True):
                headers = await self.token.header() if self.token else {}
                url = f"{service_url.rstrip('/')}/{path}"
                answer = await self.web.client.request(method, url, json=body, headers=headers)
                if answer.status_code != 401 or self.token is None or is_last:
                    break
                # It may have been withdrawn before its end.
                self.token.forget()
        if fault := fault_of(answer):
            raise fault
        try:
            said = answer.json() if answer.content else {}
        except ValueError:
            return {}
        return said if isinstance(said, dict) else {}


@asynccontextmanager
async def _translated() -> AsyncIterator[None]:
    try:
        yield
    except SendFault:
        raise
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise network_fault_of(error) from None


def _path(conversation: str) -> str:
    return f"v3/conversations/{quote(conversation, safe='')}"
