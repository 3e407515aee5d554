"""Cards of traps, ready to be worded. Nothing here holds a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.readiness.assessment import Person, Project
from bot.readiness.framework import Dimension, Level, Practice, Text, Trap
from bot.readiness.trap_findings import Arm, TrapSeverity


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """Words a trap rests on: whose, and where they stand.

    `label` names the field of the facts; None when the answer itself is quoted, by its note and its `level`. `words`
    are "" where nothing was said. `value` names interview and question, as a button that changes the answer carries it.
    """

    dimension: Dimension
    person: Person
    words: str
    value: str
    label: Text | None = None
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class ShownReason:
    """One line of the rule that fired, with the words it rests on."""

    arm: Arm
    quotes: tuple[ShownQuote, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShownCorrection:
    """What somebody said against the trap, and when."""

    person: Person
    said_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class ShownTrap:
    """A trap as a page shows it.

    `reader_id` is whose eyes the page is for, "" for a channel. `raised_id` is "" where it is not on record (a look
    ahead): then nothing can be said against it. Those who may not read answers get neither quotes nor corrections.
    """

    trap: Trap
    mistake: Practice
    severity: TrapSeverity
    reasons: tuple[ShownReason, ...]
    corrections: tuple[ShownCorrection, ...] = ()
    raised_id: str = ""
    may_correct: bool = False
    reader_id: str = ""

    @property
    def own_quotes(self) -> tuple[ShownQuote, ...]:
        """The reader's own answers behind it, one for each question: those they can change."""
        own = {
            quote.value: quote
            for reason in self.reasons
            for quote in reason.quotes
            if self.reader_id and quote.person.id == self.reader_id
        }
        return tuple(own.values())


@dataclass(frozen=True, slots=True)
class CorrectionForm:
    """The form for a correction in one's own words."""

    project: Project
    shown: ShownTrap


@dataclass(frozen=True, slots=True)
class CorrectedCard:
    """A correction is on record; the reader can still change their own answers behind the trap."""

    project: Project
    shown: ShownTrap
