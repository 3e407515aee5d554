"""Digests: once a week what happened and what is open, for a channel or a person; quiet when there is nothing. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

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


class Content(StrEnum):
    """What a digest tells: everything, or only what has changed since the last one."""

    EVERYTHING = "everything"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A weekly digest of one project, or of the portfolio (`project_id` None), to one place or one person.

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


def next_digest(subscription: Subscription, now: datetime, office: Availability) -> datetime:
    """The next weekly moment, moved to a day on which the organization works where it is a holiday or a day off.

    Days of the week are the subscription's own choice: one on a Saturday comes on Saturdays.
    """
    moment = next_weekly(now, subscription.weekday, subscription.at, subscription.zone)
    day = local_day(moment, subscription.zone)
    for _ in range(LONGEST_MOVE):
        off = office.why_off(day)
        if off is None or (off is Closed.DAY_OFF and day.weekday() == subscription.weekday):
            break
        day += timedelta(days=1)
    return moment_of(day, subscription.at, subscription.zone)


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
class PortfolioDigest:
    """All projects over a window. Lists hold the first few; the counts say how many there are in all."""

    framework: Framework
    since: datetime
    until: datetime
    zone: str
    projects: int
    content: Content = Content.EVERYTHING
    moved: tuple[Moved, ...] = ()
    moved_total: int = 0
    critical: tuple[tuple[Project, Dimension], ...] = ()
    critical_total: int = 0
    ahead: tuple[Project, ...] = ()
    ahead_total: int = 0
    unassessed: tuple[Project, ...] = ()
    unassessed_total: int = 0
    shared: tuple[Dimension, ...] = ()
    waivers: int = 0
    blockers: int = 0
    untaken: int = 0

    @property
    def has_changed(self) -> bool:
        """Whether anything happened within the window."""
        return bool(self.moved or self.critical)

    @property
    def is_quiet(self) -> bool:
        """Nothing happened, and nobody runs ahead of what their answers carry."""
        if self.content is Content.CHANGES:
            return not self.has_changed
        return not (self.has_changed or self.ahead or self.shared or self.untaken or self.unassessed)


@dataclass(frozen=True, slots=True)
class DigestCard:
    """A subscription as it is set. `project` None: the portfolio's; `channel` "" where it goes to the reader."""

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
