"""What can happen to an interview, and what the caller has to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.readiness.assessment import AnswerKind


class Asks(StrEnum):
    """What a follow-up asks for: a link or file, structured facts, who closes a gap and when, or a second thought."""

    EVIDENCE = "evidence"
    FACTS = "facts"
    OWNER_AND_DATE = "owner_and_date"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A follow-up that an answer calls for; `id` is that of the framework's follow-up or check."""

    id: str
    asks: Asks


# Events: what a respondent, or the life around the interview, can do to it. `wants` is what the answer still calls
# for once the event has happened, in order; `bot.readiness.follow_ups` works it out, the machine only keeps the queue.


@dataclass(frozen=True, slots=True)
class ChooseLevel:
    """A level was chosen."""

    dimension_id: str
    level: int
    wants: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True)
class SayUnknown:
    """The respondent does not know: a real answer, stored as such."""

    dimension_id: str


@dataclass(frozen=True, slots=True)
class SayNotApplicable:
    """The respondent says the question does not apply; a reason is asked next."""

    dimension_id: str


@dataclass(frozen=True, slots=True)
class GiveReason:
    """Why the question does not apply: a code of the framework, and words."""

    dimension_id: str
    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmUnchanged:
    """Last time's answer is still true."""

    dimension_id: str


@dataclass(frozen=True, slots=True)
class GiveLink:
    """A link that backs the answer of a dimension."""

    dimension_id: str
    link: str
    wants: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True)
class GiveNote:
    """Words about a dimension, before or after its level."""

    dimension_id: str
    text: str


TURNED_DOWN = "\f"
"""A line of an interview's notes: the level proposed for the words before it was turned down. Nobody types it."""


@dataclass(frozen=True, slots=True)
class TurnDown:
    """The level that was proposed for the words said so far is wrong; the words stay."""

    dimension_id: str


@dataclass(frozen=True, slots=True)
class GiveFacts:
    """Structured facts about a dimension: field id -> the person's words."""

    dimension_id: str
    facts: Mapping[str, str] = field(default_factory=dict)
    wants: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True)
class GivePromise:
    """Who closes the gap of a dimension, and by when."""

    dimension_id: str
    person_id: str
    due: date
    wants: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True)
class PassFollowUp:
    """Not now, or on a check: the answer stands."""

    dimension_id: str
    follow_up_id: str
    wants: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something said elsewhere speaks against an answer: the question is to be put again, once for each check."""

    dimension_id: str
    check_id: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """The question goes to somebody else, on or back; it is no longer open here."""

    dimension_id: str


@dataclass(frozen=True, slots=True)
class Receive:
    """A question comes from somebody else, or comes back."""

    dimension_id: str


@dataclass(frozen=True, slots=True)
class Skip:
    """Leave the current question open and go on."""


@dataclass(frozen=True, slots=True)
class Back:
    """Return to the question before the current one."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop asking until resumed."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Put the current question again."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Enough: what is still open stays open, and the interview ends here."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Ask an earlier question again, before or after the end."""

    dimension_id: str


@dataclass(frozen=True, slots=True)
class Close:
    """Ended from outside: the deadline passed, the owner closed it, or the project was archived."""


Event = (
    ChooseLevel
    | SayUnknown
    | SayNotApplicable
    | GiveReason
    | ConfirmUnchanged
    | GiveLink
    | GiveNote
    | TurnDown
    | GiveFacts
    | GivePromise
    | PassFollowUp
    | Doubt
    | HandOver
    | Receive
    | Skip
    | Back
    | Pause
    | Resume
    | Stop
    | Edit
    | Close
)


# Effects: what the caller has to do.


@dataclass(frozen=True, slots=True)
class Record:
    """Store an answer."""

    dimension_id: str
    kind: AnswerKind
    level: int | None = None
    reason: str | None = None
    note: str = ""
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Attach:
    """Store the link with the latest answer of this dimension."""

    dimension_id: str
    link: str


@dataclass(frozen=True, slots=True)
class Annotate:
    """Store the words with the latest answer of this dimension."""

    dimension_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Detail:
    """Store the facts with the latest answer of this dimension, beside those it has."""

    dimension_id: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Promise:
    """Keep who closes the gap of this dimension, and by when."""

    dimension_id: str
    person_id: str
    due: date


@dataclass(frozen=True, slots=True)
class Ask:
    """Put this question, or put it again."""

    dimension_id: str


@dataclass(frozen=True, slots=True)
class Refresh:
    """What the respondent sees of this question has changed."""

    dimension_id: str


@dataclass(frozen=True, slots=True)
class Finish:
    """The last question was answered, skipped or handed over."""


Effect = Record | Attach | Annotate | Detail | Promise | Ask | Refresh | Finish
Outcome = tuple[Effect, ...]
