"""Troubles that can be switched on: per Web API method, and for events."""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.playground.tickets import SlackError

KINDS = frozenset({"ratelimited", "server_error", "hang", "drop", "error"})
PACE_BURST = 3
PACE_PER_SECOND = 1.0


@dataclass
class Fault:
    """One trouble. `count` is how many calls it meets, `None` means until cleared.

    `drop` does what was asked, then cuts the connection without an answer. `hang` answers nothing for `seconds`.
    """

    method: str
    kind: str
    count: int | None = 1
    error: str = "internal_error"
    retry_after: int = 30
    seconds: float = 60.0
    status: int = 503


class Faults:
    """The troubles now switched on."""

    def __init__(self) -> None:
        self.met: Counter[str] = Counter()
        self._faults: list[Fault] = []
        self._chances: dict[str, float] = {}
        self._chance = random.Random(0)  # noqa: S311 - troubles are meant to be repeatable
        self.hold_events = False
        self.event_delay = 0.0

    def add(self, fault: Fault) -> None:
        """Switch one on; the oldest that fits a call is used first."""
        if fault.kind not in KINDS:
            raise ValueError(f"fault kind {fault.kind!r}: expected one of {sorted(KINDS)}")
        self._faults.append(fault)

    def by_chance(self, method: str, seed: int, shares: Mapping[str, float], *, seconds: float = 60.0) -> None:
        """Let calls of this method meet troubles in these shares (kind -> 0 to 1), the same ones for the same seed."""
        for kind in shares:
            if kind not in KINDS:
                raise ValueError(f"fault kind {kind!r}: expected one of {sorted(KINDS)}")
        self._chance = random.Random(seed)  # noqa: S311 - troubles are meant to be repeatable
        self._chances = dict(shares)
        self._by_chance = Fault(method, "", retry_after=1, seconds=seconds)

    def clear(self) -> None:
        """Switch all off."""
        self._faults.clear()
        self._chances = {}
        self.hold_events = False
        self.event_delay = 0.0

    def take(self, method: str) -> Fault | None:
        """Return the trouble this call meets, and count it; `met` counts those drawn by chance, by kind."""
        for fault in self._faults:
            if fault.method in (method, "*"):
                if fault.count is not None:
                    fault.count -= 1
                    if fault.count <= 0:
                        self._faults.remove(fault)
                return fault
        return self._drawn(method) if self._chances else None

    def _drawn(self, method: str) -> Fault | None:
        if method != self._by_chance.method:
            return None
        drawn = self._chance.random()
        for kind, share in self._chances.items():
            if drawn < share:
                self.met[kind] += 1
                return replace(self._by_chance, kind=kind)
            drawn -= share
        return None


class Pace:
    """One message a second a channel, a burst of three: Slack tolerates short bursts but names no number."""

    def __init__(self) -> None:
        self._buckets: dict[str, tuple[float, float]] = {}

    def spend(self, channel: str, real: float) -> None:
        """Take one message from the channel's bucket, or refuse with `ratelimited`."""
        level, at = self._buckets.get(channel, (float(PACE_BURST), real))
        level = min(float(PACE_BURST), level + (real - at) * PACE_PER_SECOND)
        if level < 1.0:
            self._buckets[channel] = (level, real)
            raise SlackError("ratelimited", retry_after=1)
        self._buckets[channel] = (level - 1.0, real)
