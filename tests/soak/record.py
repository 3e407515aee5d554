"""What is written down of a simulated year, as plain values: what people did, and what the ledger says. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tests.soak.script import Script


@dataclass(frozen=True)
class Entry:
    """A row of the outbox; `person` a handle, `place` the key of the project whose channel it is.

    `rung` is a step of the ladder; `about` the interviews that nobody answers, or the blockers that nobody knows of.
    """

    kind: str
    key: str
    subject: str
    person: str | None
    place: str | None
    state: str
    unasked: bool
    edits: bool
    done_at: datetime | None
    error: str | None
    rung: int | None = None
    about: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Result:
    """One milestone; `links`: who gave a link that it counts, and when."""

    id: str
    at: datetime
    cause: str
    links: tuple[tuple[str, datetime], ...]


@dataclass
class Assessed:
    """One assessment: `by` is who started it, "" for the calendar.

    `asked` are those with questions, and their interviews' ids; `answered` when each was done, `partly` when somebody
    answered all but one.
    """

    id: str
    project: str
    round: int
    at: datetime
    by: str
    asked: dict[str, str]
    answered: dict[str, datetime] = field(default_factory=dict)
    partly: dict[str, datetime] = field(default_factory=dict)
    deadline: datetime | None = None
    ended: datetime | None = None
    results: list[Result] = field(default_factory=list)


@dataclass(frozen=True)
class Happened:
    """A line of a blocker's history: found, reopened, unknown, escalated, cleared, ..."""

    project: str
    blocker: str
    dimension: str
    what: str
    at: datetime


@dataclass
class Year:
    """Everything, once it is over. `arrived`: key of a notice -> when the platform took a message of it.

    `shared`: dimension, from when, until when it held back half of the projects.
    """

    script: Script
    assessed: list[Assessed]
    happened: list[Happened]
    shared: list[tuple[str, datetime, datetime | None]]
    ledger: list[Entry]
    arrived: Mapping[str, list[datetime]]
    kept: int
    seconds: float
