"""The log of what went over the wire, both ways."""

from collections import deque
from typing import Any

CAP = 2000


class Journal:
    """The newest entries of the wire; older ones are forgotten beyond the cap."""

    def __init__(self, cap: int = CAP) -> None:
        self._entries: deque[dict[str, Any]] = deque(maxlen=cap)
        self._n = 0

    def note(
        self, at: str, direction: str, what: str, *, status: int | str, ms: float, request: object, answer: object
    ) -> dict[str, Any]:
        """Add one exchange. `status` is an HTTP status or a word (`timeout`, `dropped`); `ms` is its duration."""
        self._n += 1
        entry = {
            "n": self._n,
            "at": at,
            "direction": direction,
            "what": what,
            "status": status,
            "ms": round(ms, 1),
            "request": request,
            "answer": answer,
        }
        self._entries.append(entry)
        return entry

    def after(self, n: int = 0) -> list[dict[str, Any]]:
        """Return the entries newer than number `n`, oldest first."""
        return [entry for entry in list(self._entries) if entry["n"] > n]
