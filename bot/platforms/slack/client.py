"""The one place where a Web API client is built, and the one HTTP session that all outgoing requests share."""

import asyncio
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

SECONDS = 10
CONNECT_SECONDS = 5


class WebSession:
    """A shared aiohttp session, made on first use inside the running loop. Time-outs: 5 s to connect, 10 s in all."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def get(self) -> aiohttp.ClientSession:
        """The session of the running loop."""
        loop = asyncio.get_running_loop()
        if self._session is None or self._session.closed or self._loop is not loop:
            # slack_sdk applies its own time-out only to a session that it made itself.
            timeout = aiohttp.ClientTimeout(total=SECONDS, connect=CONNECT_SECONDS)
            self._session, self._loop = aiohttp.ClientSession(timeout=timeout), loop
        return self._session

    async def close(self) -> None:
        """Close the connections; the next use opens new ones."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()


class WebClient(AsyncWebClient):
    """slack_sdk's client over a shared session, with its own retries off: the outbox decides about those."""

    def __init__(self, token: str | None, base_url: str, web: WebSession) -> None:
        super().__init__(token=token, base_url=base_url, timeout=SECONDS, retry_handlers=[])
        self.web = web

    async def api_call(self, api_method: str, **kwargs: Any) -> AsyncSlackResponse:
        """Call a method; the session is looked up here because no loop runs when the client is built."""
        self.session = self.web.get()
        return await super().api_call(api_method, **kwargs)


def web_client(token: str | None, base_url: str, session: WebSession) -> WebClient:
    """A client for one token; `base_url` is https://slack.com/api/ or that of a local workspace."""
    return WebClient(token, base_url, session)
