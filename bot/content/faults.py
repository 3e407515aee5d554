"""What is wrong with a file, each fault with its place, all at once."""

from collections.abc import Sequence

from bot.readiness.framework_versions import Fault, FrameworkFaults

__all__ = ["CaseFaults", "Fault", "FrameworkFaults"]


class CaseFaults(ValueError):
    """A case to score is refused; `faults` are lines such as `exposure_E: expected 1 to 5, got 7`."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))
