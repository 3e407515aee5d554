"""Versions of frameworks: which one something was made by, and what is wrong with a file that should become one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.readiness.framework import Framework, Text


@dataclass(frozen=True, slots=True, order=True)
class FrameworkKey:
    """A framework's id and version. What is meant by a key never changes."""

    id: str
    version: str

    def __str__(self) -> str:
        return f"{self.id} {self.version}"


def key_of(framework: Framework) -> FrameworkKey:
    """The key of a framework."""
    return FrameworkKey(framework.id, framework.version)


class Pinned(Protocol):
    """What carries the framework it was made by: an assessment, a milestone, a scorecard."""

    @property
    def framework_id(self) -> str:
        """The framework's id."""
        ...

    @property
    def framework_version(self) -> str:
        """Its version."""
        ...


def pin_of(pinned: Pinned) -> FrameworkKey:
    """The key something is pinned to."""
    return FrameworkKey(pinned.framework_id, pinned.framework_version)


@dataclass(frozen=True, slots=True)
class FrameworkVersion:
    """A version that an organization brought. `imported_by` is a person's id, None for the command line."""

    key: FrameworkKey
    name: Text
    imported_at: datetime
    imported_by: str | None = None


@dataclass(frozen=True, slots=True)
class Outdated:
    """A result was made by another framework or version than the current one.

    `open_by_current`: an assessment by the current one is open already; `open_by_older`: one is open that still asks
    by another.
    """

    assessed_by: Framework
    current: Framework
    open_by_current: bool = False
    open_by_older: bool = False


@dataclass(frozen=True, slots=True)
class Unlike:
    """Two results that were made by different frameworks or versions: their numbers do not compare like for like."""

    before: Framework
    after: Framework


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


class FrameworkMissing(LookupError):
    """Something is pinned to a framework that is neither stored nor shipped: a fault of ours, never a person's."""

    def __init__(self, key: FrameworkKey, known: Mapping[FrameworkKey, object]) -> None:
        shipped = ", ".join(str(each) for each in sorted(known))
        super().__init__(
            f"framework {key}: expected it in the table `framework` of this tenant or among those shipped ({shipped}); "
            "put its file into bot/content/frameworks/ or import it again"
        )
        self.key = key
