"""What can happen to an interview, and what the caller has to do about it."""

from dataclasses import dataclass

from bot.readiness.assessment import AnswerKind

# Events: what a respondent, or the life around the interview, can do to it.


@dataclass(frozen=True, slots=True)
class ChooseLevel:
    """A level was chosen. `calls_for_proof`: the answer would count for less than claimed without a link."""

    dimension_id: str
    level: int
    calls_for_proof: bool = False


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


@dataclass(frozen=True, slots=True)
class GiveNote:
    """Words about a dimension, before or after its level."""

    dimension_id: str
    text: str


@dataclass(frozen=True, slots=True)
class PassProof:
    """No link now."""

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
    | PassProof
    | Skip
    | Back
    | Pause
    | Resume
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
class Ask:
    """Put this question, or put it again."""

    dimension_id: str


@dataclass(frozen=True, slots=True)
class Refresh:
    """What the respondent sees of this question has changed."""

    dimension_id: str


@dataclass(frozen=True, slots=True)
class Finish:
    """The last question was answered or skipped."""


Effect = Record | Attach | Annotate | Ask | Refresh | Finish
Outcome = tuple[Effect, ...]
