"""The ledger: what was owed, and what became of it. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.readiness.assessment import Person, Place
from bot.readiness.notices import Notice

ENTRIES_SHOWN = 20
HELD_SHOWN = 25


SUPERSEDED = "superseded"
"""Why what waited was dropped: a newer one says it, too."""


class EntryState(StrEnum):
    """Where a message is. HELD waits for a person's repair, DROPPED was not worth sending any more."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    HELD = "held"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing owed.

    planned_at  when it should go out at the earliest; None for rows older than the ledger
    due_at      when it is tried next, while it waits
    done_at     when it was sent, held or dropped
    ref         the platform's id of the message
    error       the platform's or our own word for what went wrong last
    attempts    how often it was tried
    postponed   why it waited for its reader the last time
    doubtful    it may have arrived twice: it was sent again where we may not look
    """

    id: str
    notice: Notice
    state: EntryState
    planned_at: datetime | None
    due_at: datetime
    done_at: datetime | None
    ref: str | None = None
    error: str = ""
    attempts: int = 0
    postponed: str = ""
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Backlog:
    """What is due and not sent yet: how much, and since when the oldest."""

    count: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class LedgerCard:
    """What was and is owed to one person, newest first. `may_release`: its reader may send held messages again."""

    person: Person
    entries: tuple[Entry, ...]
    zone: str
    may_release: bool


@dataclass(frozen=True, slots=True)
class HeldEntry:
    """Something that waits for a repair, and for whom."""

    entry: Entry
    person: Person | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class DeliveryCard:
    """Delivery as a whole: what waits for a repair, what is late, and whether the platform still knows us."""

    held: tuple[HeldEntry, ...]
    backlog: Backlog
    token_fault: str
    zone: str
