"""Cards of what somebody owes, over all projects, and of being reminded of it. Nothing here holds a sentence."""

from dataclasses import dataclass
from datetime import datetime

from bot.readiness.assessment import Answer, Assessment, Person, Project
from bot.readiness.commitments import Commitment
from bot.readiness.contested import Contest
from bot.readiness.framework import Dimension
from bot.readiness.interview import Interview
from bot.readiness.ladder import Rung
from bot.readiness.schedule_cards import Reach
from bot.readiness.waivers import Waiver


@dataclass(frozen=True, slots=True)
class OwedInterview:
    """Questions of one project, until when; `handed` are those of them that came from somebody else, and from whom."""

    project: Project
    interview: Interview
    deadline: datetime
    handed: tuple[tuple[Dimension, Person], ...] = ()

    @property
    def questions(self) -> int:
        """How many have no answer here."""
        return unanswered(self.interview)

    @property
    def is_begun(self) -> bool:
        """Whether anything was answered yet."""
        return bool(self.interview.answered)


@dataclass(frozen=True, slots=True)
class OwedCheck:
    """A link that a colleague asked to have checked."""

    project: Project
    dimension: Dimension
    answer: Answer
    asker: Person


@dataclass(frozen=True, slots=True)
class OwedWaiver:
    """A waiver to be decided."""

    project: Project
    dimension: Dimension
    waiver: Waiver
    asker: Person


@dataclass(frozen=True, slots=True)
class OwedCommitment:
    """A gap to be closed within the week, or `overdue` by so many days."""

    project: Project
    dimension: Dimension
    commitment: Commitment
    overdue: int


@dataclass(frozen=True, slots=True)
class OwedContest:
    """A disagreement to be settled with these others."""

    project: Project
    dimension: Dimension
    contest: Contest
    others: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Owed:
    """Everything that waits for one person, each kind with the most urgent first."""

    interviews: tuple[OwedInterview, ...] = ()
    waivers: tuple[OwedWaiver, ...] = ()
    checks: tuple[OwedCheck, ...] = ()
    contests: tuple[OwedContest, ...] = ()
    commitments: tuple[OwedCommitment, ...] = ()

    def __bool__(self) -> bool:
        return any((self.interviews, self.waivers, self.checks, self.contests, self.commitments))


@dataclass(frozen=True, slots=True)
class ReminderCard:
    """The one reminder of all projects, as things stand when it is read. `zone` is the reader's."""

    owed: Owed
    zone: str


@dataclass(frozen=True, slots=True)
class Silent:
    """Somebody who has not answered `since`; `hindered` says why they may not have heard of it."""

    respondent: Person
    interview: Interview
    since: datetime
    hindered: tuple[Reach, ...] = ()

    @property
    def questions(self) -> int:
        """How many have no answer."""
        return unanswered(self.interview)


@dataclass(frozen=True, slots=True)
class EscalationCard:
    """Told to whom a rung of the ladder reaches: who of an assessment has not answered, and what the reader can do.

    `ended`: the deadline has passed; then only that is told.
    """

    project: Project
    assessment: Assessment
    rung: Rung
    silent: tuple[Silent, ...]
    zone: str
    ended: bool = False


@dataclass(frozen=True, slots=True)
class EscalationsCard:
    """Told to a manager who hears of several assessments at once; those that go on first, by their deadline."""

    several: tuple[EscalationCard, ...]
    zone: str

    @property
    def silent(self) -> tuple[Silent, ...]:
        """Whoever has not answered, once for each assessment."""
        return tuple(silent for each in self.several for silent in each.silent)


def unanswered(interview: Interview) -> int:
    """How many questions of an interview have no answer and stay with its respondent; never fewer than one.

    What is still wanted about the last answer counts as one.
    """
    return max(1, len(interview.questions) - len(interview.answered) - len(interview.handed))
