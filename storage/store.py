"""The store: opens transactions, each bound to one tenant and one installation."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, and_, bindparam, func, select

from bot.chat.incoming import Actor
from bot.readiness.appointments import Appointment
from bot.readiness.framework_versions import FrameworkKey
from storage import calendar
from storage.addresses import Addresses
from storage.administration import AUDIT, Settings, Trail
from storage.assessments import Answers, Assessments, Interviews
from storage.bound import Bound, Installation, insert_new, table_of
from storage.calendar import Absences, Appointments, PersonPreferences
from storage.delivery_tables import InboxRow
from storage.digests import Subscriptions
from storage.engine import Engines
from storage.erasure import Erasure
from storage.frameworks import Frameworks
from storage.gaps import BlockerEvents, Claims, Commitments, SharedFindings, Waivers
from storage.leverage import Forecasts, Holds
from storage.links import LinkChecks
from storage.milestones import Blockers, Milestones
from storage.notices import INSTALLATION, Notices
from storage.people import ACCOUNT, People, Places
from storage.portfolio import Portfolio
from storage.projects import Projects
from storage.remarks import Remarks
from storage.respondents import Checks, Contests, Handovers
from storage.saved import SavedFilters
from storage.tables import TenantRow
from storage.traps import Traps
from storage.weeks import Weeks

TENANT = table_of(TenantRow)
INBOX = table_of(InboxRow)

_OURS = (
    INSTALLATION.c.tenant_id,
    INSTALLATION.c.id,
    INSTALLATION.c.platform,
    INSTALLATION.c.external_id,
    TENANT.c.framework_id,
    TENANT.c.framework_version,
)
"""What `_bound_to` reads: the tenant's current framework comes with the installation, not with a statement more."""

_WHO = (
    select(*_OURS, ACCOUNT.c.person_id)
    .select_from(INSTALLATION)
    .join(TENANT, TENANT.c.id == INSTALLATION.c.tenant_id)
    .outerjoin(
        ACCOUNT,
        and_(
            ACCOUNT.c.tenant_id == INSTALLATION.c.tenant_id,
            ACCOUNT.c.installation_id == INSTALLATION.c.id,
            ACCOUNT.c.platform_user == bindparam("user"),
        ),
    )
    .where(INSTALLATION.c.platform == bindparam("platform"), INSTALLATION.c.external_id == bindparam("installation"))
)
"""Who spoke. Every request begins with it; putting it together anew costs more than the query."""

_FIRST = (
    select(*_OURS)
    .join_from(INSTALLATION, TENANT, TENANT.c.id == INSTALLATION.c.tenant_id)
    .where(INSTALLATION.c.tenant_id == bindparam("tenant"))
    .order_by(INSTALLATION.c.platform != bindparam("platform"), INSTALLATION.c.seq)
    .limit(1)
)
"""The same for whatever no person begins: every date that is kept, every message that is worded."""


def new_id() -> str:
    """An opaque random id."""
    return uuid4().hex


def utc_now() -> datetime:
    """The machine's time: arrival and audit stand under it, also where the product's clock was moved."""
    return datetime.now(UTC)


class Transaction:
    """Fulfils `bot.usecases.ports.Transaction`."""

    def __init__(self, bound: Bound, now: Callable[[], datetime]) -> None:
        self._bound = bound
        self._now = now
        self.tenant_id = bound.tenant_id
        self.people = People(bound)
        self.places = Places(bound)
        self.addresses = Addresses(bound)
        self.projects = Projects(bound)
        self.assessments = Assessments(bound)
        self.interviews = Interviews(bound)
        self.answers = Answers(bound)
        self.milestones = Milestones(bound)
        self.blockers = Blockers(bound)
        self.blocker_events = BlockerEvents(bound)
        self.commitments = Commitments(bound)
        self.claims = Claims(bound)
        self.waivers = Waivers(bound)
        self.shared_findings = SharedFindings(bound)
        self.notices = Notices(bound, now)
        self.handovers = Handovers(bound)
        self.contests = Contests(bound)
        self.checks = Checks(bound)
        self.remarks = Remarks(bound)
        self.erasure = Erasure(bound)
        self.settings = Settings(bound)
        self.trail = Trail(bound)
        self.traps = Traps(bound)
        self.frameworks = Frameworks(bound)
        self.appointments = Appointments(bound)
        self.preferences = PersonPreferences(bound)
        self.absences = Absences(bound)
        self.subscriptions = Subscriptions(bound)
        self.link_checks = LinkChecks(bound)
        self.weeks = Weeks(bound)
        self.portfolio = Portfolio(bound)
        self.saved_filters = SavedFilters(bound)
        self.holds = Holds(bound)
        self.forecasts = Forecasts(bound)

    def first_arrival(self, key: str) -> bool:
        """Record an inbound key; False if it was recorded before."""
        return self._bound.insert_new(INBOX, {"key": key, "arrived_at": self._now()})

    def record(self, action: str, subject: str, actor_id: str, facts: Mapping[str, object]) -> None:
        """Append to the audit trail; `facts` are plain values that JSON can hold."""
        event = {"at": self._now(), "action": action, "subject": subject, "actor_id": actor_id, "facts": dict(facts)}
        self._bound.insert(AUDIT, event)


class Store:
    """Fulfils `bot.usecases.ports.Store`. `ids` and `now` are replaceable for tests.

    `one_organization`: whoever runs this serves one organization on several platforms, so that the first contact on a
    second platform joins the tenant that is there.
    """

    def __init__(
        self,
        engines: Engines,
        ids: Callable[[], str] = new_id,
        now: Callable[[], datetime] = utc_now,
        *,
        one_organization: bool = False,
    ) -> None:
        self._engines = engines
        self._ids = ids
        self._now = now
        self._one_organization = one_organization

    @contextmanager
    def writing(self, actor: Actor) -> Iterator[Transaction]:
        """Leaving commits, an exception rolls back. A first contact makes a tenant for its installation."""
        with self._engines.writing.begin() as connection:
            installation, is_known = _installation_of(connection, actor)
            if installation is None:
                installation = self._found(connection, actor)
            if not is_known:
                _wait_for_other_contacts(connection, actor)
            yield Transaction(Bound(connection, installation, writes=True), self._now)

    @contextmanager
    def reading(self, actor: Actor) -> Iterator[Transaction]:
        """A snapshot. Before the first contact it shows a tenant without rows. Writing raises WritingRefused."""
        with self._engines.reading.connect() as connection:
            installation, _ = _installation_of(connection, actor)
            yield Transaction(Bound(connection, installation or Installation(), writes=False), self._now)

    @contextmanager
    def of_tenant(self, tenant_id: str, *, by_clock: bool = False, at: str = "") -> Iterator[Transaction]:
        """Like `writing`, bound to the tenant's installation `at` that platform, else to its first. Raises KeyError.

        `by_clock`: nobody asked for what it puts; to a person it goes in their working hours only.
        """
        with self._engines.writing.begin() as connection:
            bound = Bound(connection, _first_installation(connection, tenant_id, at), writes=True, by_clock=by_clock)
            yield Transaction(bound, self._now)

    @contextmanager
    def reading_tenant(self, tenant_id: str, *, at: str = "") -> Iterator[Transaction]:
        """Like `reading`, bound to the tenant's installation `at` that platform, else to its first. Raises KeyError."""
        with self._engines.reading.connect() as connection:
            bound = Bound(connection, _first_installation(connection, tenant_id, at), writes=False)
            yield Transaction(bound, self._now)

    def installations(self) -> Sequence[tuple[str, str, str]]:
        """(tenant id, platform, the platform's id) of all that ever spoke to us, oldest first."""
        known = select(INSTALLATION.c.tenant_id, INSTALLATION.c.platform, INSTALLATION.c.external_id)
        with self._engines.reading.connect() as connection:
            return [(row[0], row[1], row[2]) for row in connection.execute(known.order_by(INSTALLATION.c.seq))]

    def due(self, now: datetime, limit: int = 50) -> Sequence[tuple[str, Appointment]]:
        """(tenant id, appointment) of what is due, oldest first."""
        return calendar.due(self._engines, now, limit)

    def next_due(self) -> datetime | None:
        """When the next appointment of any tenant is due; None when there is none."""
        return calendar.next_due(self._engines)

    def put_off(self, tenant_id: str, appointment: Appointment, now: datetime) -> None:
        """It could not be kept: let it be due again later."""
        calendar.put_off(self._engines, tenant_id, appointment, now)

    def _found(self, connection: Connection, actor: Actor) -> Installation:
        """Make an installation, and its tenant; if another transaction was first, take what it made."""
        joined = _tenant_without(connection, actor.platform) if self._one_organization else None
        tenant_id, installation_id = joined or self._ids(), self._ids()
        made = {"tenant_id": tenant_id, "id": installation_id}
        named = {"platform": actor.platform, "external_id": actor.installation}
        with connection.begin_nested() as attempt:
            if joined is None:
                connection.execute(TENANT.insert().values(id=tenant_id, created_at=self._now()))
            if not insert_new(connection, INSTALLATION, {**made, **named}):
                attempt.rollback()
        found, _ = _installation_of(connection, actor)
        assert found is not None, actor.installation
        return found


def _installation_of(connection: Connection, actor: Actor) -> tuple[Installation | None, bool]:
    """The installation that spoke, and whether the actor's account there is known; one statement for both."""
    who = {"platform": actor.platform, "installation": actor.installation, "user": actor.user}
    row = connection.execute(_WHO, who).first()
    if row is None:
        return None, False
    return _bound_to(row), row.person_id is not None


def _tenant_without(connection: Connection, platform: str) -> str | None:
    """The oldest tenant, unless it speaks on this platform already."""
    known = connection.execute(
        select(INSTALLATION.c.tenant_id, INSTALLATION.c.platform).order_by(INSTALLATION.c.seq)
    ).all()
    if not known or any(row.platform == platform for row in known if row.tenant_id == known[0].tenant_id):
        return None
    return str(known[0].tenant_id)


def _wait_for_other_contacts(connection: Connection, actor: Actor) -> None:
    """Two first contacts of one person at a time would both make the person; on PostgreSQL the second waits."""
    if connection.dialect.name == "postgresql":
        contact = f"{actor.platform}:{actor.installation}:{actor.user}"
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(contact, 0))))


def _first_installation(connection: Connection, tenant_id: str, platform: str) -> Installation:
    row = connection.execute(_FIRST, {"tenant": tenant_id, "platform": platform}).first()
    if row is None:
        raise KeyError(f"tenant {tenant_id}")
    return _bound_to(row)


def _bound_to(row: Any) -> Installation:
    chosen = FrameworkKey(row.framework_id, row.framework_version) if row.framework_id is not None else None
    return Installation(row.tenant_id, row.id, row.platform, row.external_id, chosen)
