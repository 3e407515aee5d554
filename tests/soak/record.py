"""What is written down of a simulated year, as plain values: what people did, and what the ledger says. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tests.soak.script import Script


@dataclass(frozen=True)
class Entry:
    """A row of the outbox; `person` a handle, `place` the key of the project whose channel it is."""

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


@dataclass
class Assessed:
    """One assessment: `by` is who started it, "" for the calendar.

    `asked` are those with questions, `holders` those with answers that count, too; `answered` when each was done.
    `blocked`: whether a blocker of the project was open once it was over.
    """

    id: str
    project: str
    round: int
    at: datetime
    by: str
    asked: frozenset[str]
    holders: frozenset[str]
    answered: dict[str, datetime] = field(default_factory=dict)
    deadline: datetime | None = None
    ended: datetime | None = None
    milestones: list[tuple[str, datetime]] = field(default_factory=list)
    blocked: bool = False


@dataclass
class Year:
    """Everything, once it is over. `arrived`: key of a notice -> when the platform took a message of it."""

    script: Script
    assessed: list[Assessed]
    ledger: list[Entry]
    arrived: Mapping[str, list[datetime]]
    kept: int
    seconds: float
