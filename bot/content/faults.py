"""What is wrong with a file somebody wrote: every fault with its place, all at once."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """`path` like `dimensions[3].levels[2].label.en`, line and column from 1, and what was expected and found."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        place = f"line {self.line}, column {self.column}: "
        return place + (f"{self.path}: {self.message}" if self.path else self.message)


class FrameworkFaults(ValueError):
    """A framework file is refused; `faults` holds all of them in the order of the file."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.line, fault.column, fault.path)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class CaseFaults(ValueError):
    """A case to score is refused; `faults` are lines such as `exposure_E: expected 1 to 5, got 7`."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))
