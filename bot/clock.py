"""Clocks: the system's, and one that the playground may move."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The time as it is."""

    def now(self) -> datetime:
        """Now, aware, in UTC."""
        return datetime.now(UTC)


@dataclass(slots=True)
class MovableClock:
    """The time as it is, plus an offset. Only the product's time moves: signatures and tokens keep the real one."""

    offset: timedelta = timedelta(0)

    def now(self) -> datetime:
        """The moved now, aware, in UTC."""
        return datetime.now(UTC) + self.offset

    def move_to(self, moment: datetime) -> None:
        """Let it be `moment` now; it goes on from there."""
        self.offset = moment - datetime.now(UTC)
