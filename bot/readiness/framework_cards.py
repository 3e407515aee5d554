"""Cards about frameworks, ready to be worded: which there are, one of them, and what became of a file."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.readiness.assessment import Person
from bot.readiness.framework import Framework, Text
from bot.readiness.framework_versions import Fault, FrameworkKey


@dataclass(frozen=True, slots=True)
class FrameworkLine:
    """One version in the list.

    `assessed` are the keys of the active projects whose latest result it made, `asked` of those whose open assessment
    asks by it. `imported_at` is None for one that Bridgehead ships, `imported_by` for one from the command line.
    """

    key: FrameworkKey
    name: Text
    is_current: bool
    assessed: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    imported_at: datetime | None = None
    imported_by: Person | None = None


@dataclass(frozen=True, slots=True)
class FrameworkList:
    """All versions an organization can choose from, the current one first."""

    lines: tuple[FrameworkLine, ...]
    zone: str


@dataclass(frozen=True, slots=True)
class FrameworkCard:
    """One framework to read."""

    framework: Framework
    is_current: bool


@dataclass(frozen=True, slots=True)
class FrameworkForm:
    """The form that takes a file."""

    current: Framework


@dataclass(frozen=True, slots=True)
class ImportAwaited:
    """A file was handed in; what became of it is told when it was read."""


@dataclass(frozen=True, slots=True)
class FrameworkChosen:
    """A framework is current from now on.

    `imported`: it came with a file just now; `was_current`: nothing changed. `asked_by_others` are the keys of the
    projects whose open assessment stays with another version, `assessed_by_others` how many results stand by another.
    """

    framework: Framework
    imported: bool
    was_current: bool
    asked_by_others: tuple[str, ...]
    assessed_by_others: int


class NotImported(StrEnum):
    """Why a file was not taken in; each has a block `not_NAME` in the template `frameworks`."""

    FAULTS = "faults"
    TAKEN = "taken"
    TOO_LARGE = "too_large"
    NOT_TEXT = "not_text"
    NOT_THERE = "not_there"
    NOT_ALLOWED = "not_allowed"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class ImportRefused:
    """A file was not taken in, and nothing has changed.

    `faults` are the first of `total`; `key` is the version that is there already with another text.
    """

    reason: NotImported
    faults: tuple[Fault, ...] = ()
    total: int = 0
    key: FrameworkKey | None = None
