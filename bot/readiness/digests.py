"""Digests: once a week what happened and what is open, for a channel or a person; quiet when there is nothing. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from bot.readiness.assessment import Person, Project
from bot.readiness.availability import Availability, Closed
from bot.readiness.framework import Dimension, Framework
from bot.readiness.local_time import local_day, moment_of, next_weekly
from bot.readiness.milestone import Milestone
from bot.readiness.scorecard import Finding

AHEAD = timedelta(days=14)
"""How far a digest looks ahead for what ages or ends."""
LONGEST_MOVE = 14
"""Days. A digest that has no working day for so long comes on the last of them all the same."""


LATE = timedelta(hours=1)
"""A digest that is later than this comes when the organization works, no longer at its own hour."""

OneT = TypeVar("OneT")


class Content(StrEnum):
    """What a digest tells: everything, or only what has changed since the last one."""

    EVERYTHING = "everything"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A weekly digest of one project, or of the portfolio (`project_id` None), to one place or one person.

    With `filters` it is a list of the projects that they mean, in the filter language.
    `weekday` (Monday is 0) and `at` are local to `zone`. `since` is the moment up to which the last one told;
    `is_on` is False once somebody has ended it.
    """

    id: str
    project_id: str | None
    place_id: str | None
    person_id: str | None
    zone: str
    since: datetime
    set_by: str
    weekday: int = 0
    at: time = time(9)
    content: Content = Content.EVERYTHING
    is_on: bool = True
    filters: str = ""


def next_digest(subscription: Subscription, now: datetime, office: Availability) -> datetime:
    """The next weekly moment, on the next day on which the organization works where it is off on that one.

    Days of the week are the subscription's own choice: one on a Saturday comes on Saturdays.
    """
    moment = next_weekly(now, subscription.weekday, subscription.at, subscription.zone)
    return on_a_working_day(subscription, moment, office)


def on_a_working_day(subscription: Subscription, meant: datetime, office: Availability) -> datetime:
    """The same hour of the day of `meant`, or of the first one after it on which the organization works."""
    day = local_day(meant, subscription.zone)
    for _ in range(LONGEST_MOVE):
        off = office.why_off(day)
        if off is None or (off is Closed.DAY_OFF and day.weekday() == subscription.weekday):
            break
        day += timedelta(days=1)
    return moment_of(day, subscription.at, subscription.zone)


def due_now(subscription: Subscription, meant: datetime, now: datetime, office: Availability) -> datetime:
    """When a digest that was meant for a moment goes out: later than `now` where this is no time for it.

    The organization may have closed the day since it was planned; and after a standstill it waits for working hours.
    """
    at = on_a_working_day(subscription, meant, office)
    return office.opens(now) if now - at > LATE else at


@dataclass(frozen=True, slots=True)
class First(Generic[OneT]):
    """The first few of a list, and how many there are in all."""

    shown: tuple[OneT, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class Owing:
    """Who still owes how many answers of an open assessment."""

    person: Person
    questions: int


@dataclass(frozen=True, slots=True)
class Promised:
    """A gap that somebody has taken on, and how many whole days it is overdue."""

    dimension: Dimension
    person: Person
    due: date | None
    overdue: int


@dataclass(frozen=True, slots=True)
class Ageing:
    """Evidence that will count for less, and when."""

    dimension: Dimension
    at: datetime


@dataclass(frozen=True, slots=True)
class ProjectDigest:
    """One project over a window.

    results    its milestones within the window, oldest first; `before` the last one earlier
    found, cleared   dimensions that began to block, and those that no longer do
    lesser     findings of low and medium weight, which are told nowhere else
    blockers   how many are open and not waived, `untaken` how many of them nobody has taken on
    """

    project: Project
    framework: Framework
    since: datetime
    until: datetime
    zone: str
    content: Content = Content.EVERYTHING
    before: Milestone | None = None
    results: tuple[Milestone, ...] = ()
    found: tuple[Dimension, ...] = ()
    cleared: tuple[Dimension, ...] = ()
    lesser: tuple[Finding, ...] = ()
    contested: tuple[Dimension, ...] = ()
    promised: tuple[Promised, ...] = ()
    ageing: tuple[Ageing, ...] = ()
    waivers: tuple[tuple[Dimension, datetime], ...] = ()
    owing: tuple[Owing, ...] = ()
    deadline: datetime | None = None
    next_at: datetime | None = None
    blockers: int = 0
    untaken: int = 0

    @property
    def has_changed(self) -> bool:
        """Whether anything happened within the window."""
        return bool(self.results or self.found or self.cleared)

    @property
    def is_quiet(self) -> bool:
        """Nothing happened, and nothing waits: what merely stays as it was has been told, and ages by itself."""
        if self.content is Content.CHANGES:
            return not self.has_changed
        overdue = any(each.overdue for each in self.promised)
        return not (self.has_changed or self.contested or overdue or self.ageing or self.waivers or self.owing)


@dataclass(frozen=True, slots=True)
class Moved:
    """A project whose stage changed within the window; `before` None: its first result."""

    project: Project
    before: int | None
    now: int


@dataclass(frozen=True, slots=True)
class ProjectGap:
    """A dimension in which a project is short."""

    project: Project
    dimension: Dimension


@dataclass(frozen=True, slots=True)
class Late:
    """What somebody took on for a day that has passed."""

    project: Project
    dimension: Dimension
    person: Person
    days: int


@dataclass(frozen=True, slots=True)
class Ending:
    """A project with something that ends: its open assessment, or the waiver of a dimension."""

    project: Project
    at: datetime
    dimension: Dimension | None = None


@dataclass(frozen=True, slots=True)
class PortfolioDigest:
    """All projects over a window; `projects` is how many there are, `blockers` how many are open and not waived."""

    framework: Framework
    since: datetime
    until: datetime
    zone: str
    projects: int
    content: Content = Content.EVERYTHING
    moved: First[Moved] = First()
    critical: First[ProjectGap] = First()
    ahead: First[Project] = First()
    overdue: First[Late] = First()
    untaken: First[ProjectGap] = First()
    waiting: First[Ending] = First()
    unassessed: First[Project] = First()
    waivers: First[Ending] = First()
    shared: tuple[Dimension, ...] = ()
    blockers: int = 0

    @property
    def has_changed(self) -> bool:
        """Whether anything happened within the window."""
        return bool(self.moved.total or self.critical.total)

    @property
    def is_quiet(self) -> bool:
        """Nothing happened, and nothing asks for anybody. A waiver was decided: it alone is debt, and no news."""
        if self.content is Content.CHANGES:
            return not self.has_changed
        asks = (self.ahead, self.overdue, self.untaken, self.waiting, self.unassessed)
        return not (self.has_changed or self.shared or any(each.total for each in asks))


@dataclass(frozen=True, slots=True)
class DigestCard:
    """A subscription as it is set. `project` None: the portfolio's.

    `channel` is "" where it goes to the reader, and for a project's where its name is unknown.
    """

    subscription: Subscription | None
    project: Project | None
    channel: str
    next_at: datetime | None
    zone: str
    may_change: bool
    is_for_reader: bool = False
    changed: bool = False


@dataclass(frozen=True, slots=True)
class DigestForm:
    """A subscription to be changed."""

    subscription: Subscription
    project: Project | None
