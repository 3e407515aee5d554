"""Two times: the workspace's, which can be moved, and the machine's, which signs and expires things."""

from collections.abc import Callable
from datetime import UTC, datetime

RealTime = Callable[[], float]


class Clock:
    """`now` is the machine's time plus an offset in seconds; `real` is never moved."""

    def __init__(self, real: RealTime) -> None:
        self.real = real
        self.offset = 0.0

    def now(self) -> float:
        """Return the workspace's time as a Unix stamp in seconds."""
        return self.real() + self.offset

    def iso(self) -> str:
        """Return the workspace's time as ISO 8601 in UTC."""
        return datetime.fromtimestamp(self.now(), UTC).isoformat()

    @property
    def moved(self) -> bool:
        """Tell whether the workspace's time differs from the machine's."""
        return self.offset != 0.0

    def advance(self, seconds: float) -> None:
        """Move the workspace's time by so many seconds."""
        self.offset += seconds

    def move_to(self, iso: str) -> None:
        """Move the workspace's time to an ISO 8601 stamp; one without a zone is taken as UTC."""
        moment = datetime.fromisoformat(iso)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        self.offset = moment.timestamp() - self.real()
