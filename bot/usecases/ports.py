"""What the use cases need from outside, as Protocols. `storage` and `bot.platforms` fulfil them; `bot.app` joins them.

What is stored stands in `repositories` and `gap_ports`.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.chat.document import Document
from bot.chat.incoming import Actor
from bot.chat.view import View
from bot.readiness.appointments import Appointment
from bot.readiness.assessment import Person, Project
from bot.readiness.blockers import Blocker
from bot.readiness.framework import Dimension, Framework
from bot.readiness.framework_versions import FrameworkKey, Pinned, pin_of
from bot.readiness.local_time import local_day
from bot.readiness.notices import Notice
from bot.readiness.reminding import Urgency
from bot.usecases.digest_ports import Weeks
from bot.usecases.gap_ports import BlockerEvents, Claims, Commitments, SharedFindings, Waivers
from bot.usecases.leverage_ports import Forecasts, Holds
from bot.usecases.portfolio_ports import AsOf, Portfolio, SavedFilters
from bot.usecases.repositories import (
    Absences,
    Answers,
    Appointments,
    Assessments,
    Blockers,
    Erasure,
    Frameworks,
    Interviews,
    Milestones,
    Notices,
    People,
    PersonPreferences,
    Places,
    Projects,
    Settings,
    Subscriptions,
    Trail,
    Traps,
)
from bot.usecases.respondent_ports import Checks, Contests, Handovers, LinkChecks, Remarks


class Clock(Protocol):
    """Tells the time the product lives in; `play` may move it."""

    def now(self) -> datetime: ...


class Transaction(Protocol):
    """One transaction of one tenant; leaving its context commits, an exception rolls back."""

    @property
    def tenant_id(self) -> str: ...
    @property
    def people(self) -> People: ...
    @property
    def places(self) -> Places: ...
    @property
    def projects(self) -> Projects: ...
    @property
    def assessments(self) -> Assessments: ...
    @property
    def interviews(self) -> Interviews: ...
    @property
    def answers(self) -> Answers: ...
    @property
    def milestones(self) -> Milestones: ...
    @property
    def blockers(self) -> Blockers: ...
    @property
    def blocker_events(self) -> BlockerEvents: ...
    @property
    def commitments(self) -> Commitments: ...
    @property
    def claims(self) -> Claims: ...
    @property
    def waivers(self) -> Waivers: ...
    @property
    def shared_findings(self) -> SharedFindings: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def handovers(self) -> Handovers: ...
    @property
    def contests(self) -> Contests: ...
    @property
    def checks(self) -> Checks: ...
    @property
    def remarks(self) -> Remarks: ...
    @property
    def erasure(self) -> Erasure: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def trail(self) -> Trail: ...
    @property
    def traps(self) -> Traps: ...
    @property
    def frameworks(self) -> Frameworks: ...
    @property
    def appointments(self) -> Appointments: ...
    @property
    def preferences(self) -> PersonPreferences: ...
    @property
    def absences(self) -> Absences: ...
    @property
    def subscriptions(self) -> Subscriptions: ...
    @property
    def link_checks(self) -> LinkChecks: ...
    @property
    def weeks(self) -> Weeks: ...
    @property
    def portfolio(self) -> Portfolio: ...
    @property
    def saved_filters(self) -> SavedFilters: ...
    @property
    def holds(self) -> Holds: ...
    @property
    def forecasts(self) -> Forecasts: ...

    def first_arrival(self, key: str) -> bool:
        """Record an inbound key; False if it was recorded before."""
        ...

    def record(self, action: str, subject: str, actor_id: str, facts: Mapping[str, object]) -> None:
        """Append to the audit trail (old values of an edit stand in `facts`)."""
        ...


class Library(Protocol):
    """What comes with the process: frameworks as values, read once, and holidays; `bot.usecases.library` fulfils it.

    `link_hosts` names the hosts whose links may be looked at, as the settings say; none means that none is.
    `read` raises FrameworkFaults; `of`, `of_assessment` and `of_milestone` raise FrameworkMissing for what is neither
    stored nor shipped.
    """

    @property
    def shipped(self) -> Framework: ...
    @property
    def link_hosts(self) -> Sequence[str]: ...
    def read(self, text: str) -> Framework: ...
    def current(self, tx: Transaction) -> Framework: ...
    def of(self, tx: Transaction, key: FrameworkKey) -> Framework: ...
    def of_assessment(self, tx: Transaction, assessment_id: str) -> Framework: ...
    def of_milestone(self, tx: Transaction, milestone_id: str) -> Framework: ...
    def all_shipped(self) -> Mapping[FrameworkKey, Framework]: ...
    def next_run(self, rule: str, zone: str, after: datetime) -> datetime | None:
        """When a cron rule runs next, later than `after`; None when it never does."""
        ...

    def check_rule(self, rule: str, zone: str, now: datetime) -> None:
        """Raise CronFault unless the rule runs at most once a day, at an hour that no clock change touches."""
        ...

    def holidays(self, region: str, year: int) -> Mapping[date, str]:
        """Public holidays of a country or one of its parts ("DE", "DE-BE"). Raises KeyError for an unknown one."""
        ...


class Store(Protocol):
    """Opens transactions. A first contact makes one tenant for its installation."""

    def writing(self, actor: Actor) -> AbstractContextManager[Transaction]: ...
    def reading(self, actor: Actor) -> AbstractContextManager[Transaction]: ...
    def of_tenant(self, tenant_id: str, *, by_clock: bool = False, at: str = "") -> AbstractContextManager[Transaction]:
        """`by_clock`: no person acts, a date has come; what it owes to people waits for their working hours.

        `at` is the platform whose accounts people are known by, for an organization on several.
        """
        ...

    def reading_tenant(self, tenant_id: str, *, at: str = "") -> AbstractContextManager[Transaction]: ...
    def installations(self) -> Sequence[tuple[str, str, str]]:
        """(tenant id, platform, the platform's id) of all that ever spoke to us, oldest first."""
        ...

    def due(self, now: datetime, limit: int = 50) -> Sequence[tuple[str, Appointment]]:
        """(tenant id, appointment) of what is due, oldest first; by index."""
        ...

    def next_due(self) -> datetime | None:
        """When the next appointment of any tenant is due; None when there is none."""
        ...

    def put_off(self, tenant_id: str, appointment: Appointment, now: datetime) -> None:
        """It could not be kept: let it be due again later, the longer the more often that happened."""
        ...


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a message goes: a person's direct messages (`user`) or a channel; ids are the platform's."""

    platform: str
    installation: str
    user: str | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """An outbox row that this worker may send now.

    wanted_at   when it should have gone out at the earliest
    unasked     a date brought it, no person's act: it goes out in its reader's working hours only
    ambiguous   an earlier attempt may have reached the platform: look for `key` since `first_tried_at` before sending
    edits_ref   the platform's id of the message to replace, when the notice edits one that was sent
    thread_ref  the platform's id of the message in whose thread it goes, when that one was sent
    """

    id: str
    tenant_id: str
    notice: Notice
    destination: Destination
    attempts: int
    ambiguous: bool
    first_tried_at: datetime
    wanted_at: datetime
    unasked: bool = False
    edits_ref: str | None = None
    thread_ref: str | None = None


NO_RATES: Mapping[str, "Rate"] = {}


@dataclass(frozen=True, slots=True)
class Rate:
    """What a platform takes from one workspace: a message each `interval`, and `burst` of them at once after a rest."""

    interval: timedelta
    burst: int


@dataclass(frozen=True, slots=True)
class Sent:
    """A claim that went out: the platform's id, when, and how long its stream rests."""

    claim: Claim
    ref: str | None
    at: datetime
    pace: timedelta


class Outbox(Protocol):
    """The delivery side of the outbox, over all tenants. Every settle is fenced by owner and attempt."""

    def claim(
        self, now: datetime, limit: int, lease: timedelta, rates: Mapping[str, Rate] = NO_RATES
    ) -> Sequence[Claim]:
        """`rates`: by platform; what would go beyond one waits, unclaimed."""
        ...

    def sent(self, claim: Claim, ref: str | None, now: datetime, pace: timedelta) -> None: ...
    def all_sent(self, several: Sequence[Sent]) -> None:
        """The same for several at a time, each fenced on its own."""
        ...

    def retry(self, claim: Claim, at: datetime, error: str, slot_free_at: datetime) -> None: ...
    def postpone(self, claim: Claim, until: datetime, why: str, now: datetime) -> None:
        """Its reader is not to be disturbed: due again at `until`, as if it had not been tried."""
        ...

    def hold(self, claim: Claim, reason: str, now: datetime) -> None:
        """Cannot be delivered until somebody repairs it (not in the channel, channel gone); kept, never dropped."""
        ...

    def leave_ambiguous(self, claim: Claim, error: str) -> None: ...
    def doubt(self, claim: Claim) -> None:
        """It may have arrived, and is sent again without our being able to look: on record before it goes."""
        ...

    def extend(self, claim: Claim, until: datetime) -> None:
        """It takes longer than usual: the claim is ours until then."""
        ...

    def drop(self, claim: Claim, reason: str, now: datetime) -> None:
        """Not worth sending any more (what it edits was never sent, what it asks was answered)."""
        ...

    def recover(self, now: datetime) -> int:
        """For a process alone on its database: what a killed one left half sent is looked for at once."""
        ...

    def next_due(self, now: datetime) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Profile:
    """What a platform says about a person; "" where it says nothing. `is_admin`: of the whole workspace."""

    name: str
    timezone: str
    language: str
    is_admin: bool = False


class Messenger(Protocol):
    """Sends on one platform and fetches what was shared there. Failures are the exceptions of `sending`."""

    async def post(self, to: Destination, view: View, key: str, thread: str | None = None) -> str: ...
    async def edit(self, to: Destination, ref: str, view: View) -> None: ...
    async def upload(self, to: Destination, documents: Sequence[Document], view: View, key: str) -> str:
        """Send files as one message with the view's text; `find` finds it again by its key."""
        ...

    async def find(self, to: Destination, key: str, since: datetime, thread: str | None = None) -> str | None: ...
    async def publish_home(self, to: Destination, view: View) -> None: ...
    async def profile(self, to: Destination) -> Profile: ...
    async def download(self, file_id: str, most_bytes: int) -> bytes:
        """A file that somebody shared with us, from the platform itself. Raises FileRefused, else as the others."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """What a use case works with: who acts, in which transaction, at what time, and the frameworks.

    `admins` are the accounts that the settings make admin; `asks_elsewhere`: an endpoint proposes levels, too. An
    assessment is asked and scored, and a milestone shown, by the framework it is pinned to; `framework` is for what is
    new. To be done at the end of the transaction: `reminding`, plan these people's reminders again
    (`bot.usecases.reminders`), `going_up`, owe people word of this (`bot.usecases.going_up`), and `counting`, have it
    counted what projects share (`bot.usecases.shared`). `names` are those that the platform said in passing.
    """

    tx: Transaction
    actor: Person
    library: Library
    now: datetime
    admins: frozenset[str] = frozenset()
    asks_elsewhere: bool = False
    reminding: dict[str, Urgency] = field(default_factory=dict)
    going_up: list[Notice] = field(default_factory=list)
    counting: set[str] = field(default_factory=set)
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def framework(self) -> Framework:
        """The tenant's current framework: new assessments, forms, the portfolio."""
        return self.library.current(self.tx)

    @property
    def as_of(self) -> AsOf:
        """The present moment as the actor sees the portfolio."""
        actor, zone = self.actor, self.actor.timezone
        return AsOf(
            now=self.now,
            today=local_day(self.now, zone),
            targets=self.framework.default_targets,
            reader_id=actor.id,
            zone=zone,
            reads_all=actor.is_admin or actor.is_manager,
        )

    def framework_of(self, pinned: Pinned) -> Framework:
        """By which an assessment, a milestone or a scorecard was made."""
        return self.library.of(self.tx, pin_of(pinned))

    def framework_asked(self, assessment_id: str) -> Framework:
        """By which an assessment asks, where only its id is at hand (an interview, an answer)."""
        return self.library.of_assessment(self.tx, assessment_id)

    def framework_found(self, blocker: Blocker) -> Framework:
        """By which a blocker was found first."""
        return self.library.of_milestone(self.tx, blocker.found_by)

    def dimension_of(self, project: Project, dimension_id: str) -> Dimension:
        """A dimension as the project's latest result names it, else as the current framework does. Raises KeyError."""
        known = self.framework_for(project).by_id
        return known[dimension_id] if dimension_id in known else self.framework.dimension(dimension_id)

    def framework_for(self, project: Project) -> Framework:
        """By which a project's latest result was made; the current one where it has none."""
        if project.summary is None:
            return self.framework
        summary = project.summary
        if summary.framework_id:
            return self.library.of(self.tx, FrameworkKey(summary.framework_id, summary.framework_version))
        return self.library.of_milestone(self.tx, summary.milestone_id)
