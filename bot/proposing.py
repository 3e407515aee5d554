"""An OpenAI-compatible endpoint that proposes what free words mean, a level or a reading, where one is configured.

It only ever proposes: its answer is checked, and a person confirms it. Whatever goes wrong, the local matcher stands.
"""

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import resources
from typing import Any, TypeVar

import httpx

from bot.readiness.asking import Unclear
from bot.readiness.framework import LEVELS, Dimension, in_language
from bot.readiness.matching import LONGEST_QUOTE, MOST_QUOTES, Proposal, still_meant
from bot.usecases.ports import Clock

T = TypeVar("T")
logger = logging.getLogger(__name__)

PATIENCE = 4.0
"""Seconds for the whole exchange; the question waits for it."""
REST = timedelta(minutes=1)
"""After a fault the endpoint is left alone for so long, so that no queue of questions waits for it."""
LONGEST_RESPONSE = 64 * 1024
"""Bytes that are read at most."""
SOONER = 3.0
"""The same for a question to the portfolio: somebody looks at the screen."""
LONGEST_ANSWER = 200
"""Tokens that are asked for at most."""
LONGEST_LINE = 500


class _Nonsense(Exception):
    """The endpoint said something that is no proposal."""


@dataclass(slots=True)
class EndpointProposer:
    """Asks `{url}/chat/completions`.

    For a level are sent the question, its five statements and the reply; for a reading the words of the question and
    the framework's names. No project, no name, no id. `patience` in seconds.
    """

    url: str
    model: str
    key: str
    clock: Clock
    patience: float = PATIENCE
    _resting_until: datetime | None = field(default=None, init=False)
    _client: httpx.AsyncClient | None = field(default=None, init=False)

    async def propose(self, dimension: Dimension, words: str, language: str) -> Proposal | None:
        """What the endpoint proposes; None when it proposes nothing, cannot be reached in time, or makes no sense."""
        meant = still_meant(words)
        if not meant.strip():
            return None
        return await self._asked(
            _prompt(dimension, language), meant, lambda body: checked(body, meant), self.patience, dimension.id
        )

    async def read(self, unclear: Unclear) -> str | None:
        """The reading that the endpoint proposes for a question, as `bot.readiness.asking` writes one; None likewise.

        It is not checked: whoever shows it reads it first.
        """
        instruction = _text("ask.txt").format(
            barriers=", ".join(unclear.barriers), dimensions=", ".join(unclear.dimensions)
        )
        return await self._asked(instruction, unclear.words, _line, min(SOONER, self.patience), "")

    async def _asked(
        self, instruction: str, words: str, read: Callable[[bytes], T | None], patience: float, subject: str
    ) -> T | None:
        now = self.clock.now()
        if self._resting_until is not None and now < self._resting_until:
            return None
        try:
            async with asyncio.timeout(patience):
                body = await self._ask(instruction, words)
            return read(body)
        except (TimeoutError, httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, _Nonsense) as fault:
            # Only the kind of fault: its text may quote the reply or the address.
            logger.warning("proposing.fault dimension=%s kind=%s", subject, type(fault).__name__)
            if not isinstance(fault, _Nonsense):
                self._resting_until = now + REST
            return None

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()

    async def _ask(self, instruction: str, words: str) -> bytes:
        if self._client is None:
            self._client = httpx.AsyncClient(timeout=self.patience, follow_redirects=False)
        asked = {
            "model": self.model,
            "temperature": 0,
            "max_tokens": LONGEST_ANSWER,
            "messages": [{"role": "system", "content": instruction}, {"role": "user", "content": words}],
        }
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        body = b""
        async with self._client.stream("POST", f"{self.url}chat/completions", json=asked, headers=headers) as response:
            response.raise_for_status()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > LONGEST_RESPONSE:
                    raise _Nonsense
        return body


def checked(body: bytes, words: str) -> Proposal | None:
    """The proposal in a response: a level 0 to 4, resting on words that the reply really holds; None when it declines.

    Raises _Nonsense for anything else.
    """
    said = _said(body)
    try:
        level, quotes = said["level"], said["words"]
    except KeyError:
        raise _Nonsense from None
    if level is None:
        return None
    if type(level) is not int or level not in LEVELS or not isinstance(quotes, list):
        raise _Nonsense
    because = tuple(dict.fromkeys(_found(quote, words) for quote in quotes[:MOST_QUOTES]))
    if not because:
        raise _Nonsense
    return Proposal(level, because)


def _line(body: bytes) -> str | None:
    line = _said(body).get("line")
    if line is not None and (not isinstance(line, str) or len(line) > LONGEST_LINE):
        raise _Nonsense
    return line or None


def _said(body: bytes) -> dict[str, Any]:
    """The JSON object in a response."""
    try:
        content = json.loads(body)["choices"][0]["message"]["content"]
        # Some models put their JSON into a code block, whatever they are told.
        said = json.loads(content[content.index("{") : content.rindex("}") + 1])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise _Nonsense from None
    if not isinstance(said, dict):
        raise _Nonsense
    return said


def _found(quote: object, words: str) -> str:
    """The quote as the person wrote it; nothing is quoted that they did not write."""
    wanted = quote.strip() if isinstance(quote, str) else ""
    place = words.lower().find(wanted.lower())
    if len(wanted) < 2 or place < 0 or len(words.lower()) != len(words):
        raise _Nonsense
    return words[place : place + len(wanted)][:LONGEST_QUOTE]


def _prompt(dimension: Dimension, language: str) -> str:
    template = _text("propose.txt")
    statements = "\n".join(f"{level.number}: {in_language(level.statement, language)}" for level in dimension.levels)
    return template.format(question=in_language(dimension.question, language), statements=statements)


def _text(name: str) -> str:
    return resources.files("bot.content").joinpath(name).read_text(encoding="utf-8")
