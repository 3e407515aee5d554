"""Troubles that can be switched on: per Web API method, and for events."""

from dataclasses import dataclass

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
        self._faults: list[Fault] = []
        self.hold_events = False
        self.event_delay = 0.0

    def add(self, fault: Fault) -> None:
        """Switch one on; the oldest that fits a call is used first."""
        if fault.kind not in KINDS:
            raise ValueError(f"fault kind {fault.kind!r}: expected one of {sorted(KINDS)}")
        self._faults.append(fault)

    def clear(self) -> None:
        """Switch all off."""
        self._faults.clear()
        self.hold_events = False
        self.event_delay = 0.0

    def take(self, method: str) -> Fault | None:
        """Return the trouble this call meets, and count it."""
        for fault in self._faults:
            if fault.method in (method, "*"):
                if fault.count is not None:
                    fault.count -= 1
                    if fault.count <= 0:
                        self._faults.remove(fault)
                return fault
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
