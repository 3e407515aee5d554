"""How much one conversation takes, so that we do not run into its limits.

Source: learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit, "per bot per thread limit", 2026-11.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

LIMITS = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))
"""So many messages within so many seconds, all at once."""
MOST_CONVERSATIONS = 10_000


@dataclass(slots=True)
class Pacing:
    """Lets a message into its conversation when that takes one. Times are `now`'s, in seconds."""

    limits: tuple[tuple[int, float], ...] = LIMITS
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _sent: dict[str, deque[float]] = field(default_factory=dict)

    def wait(self, conversation: str) -> float:
        """Seconds until the conversation takes a message more; 0 when it takes one now."""
        sent, now = self._sent.get(conversation), self.now()
        if not sent:
            return 0.0
        waits = [sent[-most] + seconds - now for most, seconds in self.limits if len(sent) >= most]
        return max(0.0, *waits) if waits else 0.0

    def count(self, conversation: str) -> None:
        """A message goes there now."""
        if conversation not in self._sent and len(self._sent) >= MOST_CONVERSATIONS:
            self._forget()
        most = max((most for most, _ in self.limits), default=1)
        self._sent.setdefault(conversation, deque(maxlen=most)).append(self.now())

    async def enter(self, conversation: str) -> None:
        """Wait until the conversation takes a message, and count it."""
        while wait := self.wait(conversation):
            await self.sleep(wait)
        self.count(conversation)

    def _forget(self) -> None:
        """Drop the conversations in which nothing went for the longest of the times, and the oldest of the rest."""
        horizon = self.now() - max((seconds for _, seconds in self.limits), default=0.0)
        kept = sorted((sent[-1], name) for name, sent in self._sent.items() if sent[-1] > horizon)
        self._sent = {name: self._sent[name] for _, name in kept[-MOST_CONVERSATIONS // 2 :]}
