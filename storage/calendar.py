"""What is due when, what people set for themselves, and when they are away."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, func, select, update

from bot.readiness.appointments import Appointment, AppointmentKind
from bot.readiness.preferences import Absence, Preferences
from storage.bound import NOW, Bound, of_tenant, table_of
from storage.calendar_tables import AbsenceRow, AppointmentRow, PreferencesRow
from storage.engine import Engines

APPOINTMENT = table_of(AppointmentRow)
PREFERENCES = table_of(PreferencesRow)
ABSENCE = table_of(AbsenceRow)

FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=1)
"""How long an appointment that could not be kept is left alone: twice as long each time."""

_STANDS = select(*APPOINTMENT.c).where(
    of_tenant(APPOINTMENT),
    APPOINTMENT.c.kind == bindparam("of_kind"),
    APPOINTMENT.c.subject == bindparam("of_subject"),
)
_DUE = _STANDS.where(APPOINTMENT.c.due_at <= NOW).with_for_update(skip_locked=True)
_PREFERENCES = select(*PREFERENCES.c).where(of_tenant(PREFERENCES), PREFERENCES.c.person_id == bindparam("person"))
_ABSENCES = (
    select(*ABSENCE.c)
    .where(of_tenant(ABSENCE), ABSENCE.c.person_id == bindparam("person"), ABSENCE.c.last >= bindparam("day"))
    .order_by(ABSENCE.c.first, ABSENCE.c.id)
)
"""What most requests ask; put together once."""


def _is(kind: AppointmentKind, subject: str) -> ColumnElement[bool]:
    return and_(APPOINTMENT.c.kind == kind.value, APPOINTMENT.c.subject == subject)


class Appointments:
    """Fulfils `repositories.Appointments`."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def of(self, kind: AppointmentKind, subject: str) -> Appointment | None:
        """The one that stands."""
        row = self._bound.row(_STANDS, of_kind=kind.value, of_subject=subject)
        return _appointment(row) if row else None

    def of_kind(self, kind: AppointmentKind) -> Sequence[Appointment]:
        """All of one kind, the next one first."""
        theirs = self._bound.select(APPOINTMENT).where(APPOINTMENT.c.kind == kind.value)
        return [_appointment(row) for row in self._bound.rows(theirs.order_by(APPOINTMENT.c.at))]

    def set(self, appointment: Appointment) -> None:
        """Make it, or move the one that stands; it is tried at its date, whatever became of it before."""
        columns = {**asdict(appointment), "kind": appointment.kind.value}
        self._bound.upsert(APPOINTMENT, {**columns, "due_at": appointment.at, "attempts": 0})

    def clear(self, kind: AppointmentKind, subject: str) -> None:
        """There is nothing to do any more."""
        self._bound.delete(APPOINTMENT, _is(kind, subject))

    def take(self, kind: AppointmentKind, subject: str, now: datetime) -> Appointment | None:
        """Remove it and give it, if it is due and no other transaction has it."""
        row = self._bound.row(_DUE, of_kind=kind.value, of_subject=subject, now=now)
        if row is None:
            return None
        self.clear(kind, subject)
        return _appointment(row)


class PersonPreferences:
    """Fulfils `repositories.PersonPreferences`."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def get(self, person_id: str) -> Preferences:
        """What holds now."""
        row = self._bound.row(_PREFERENCES, person=person_id)
        if row is None:
            return Preferences()
        own = {name: getattr(row, name) for name in Preferences.__dataclass_fields__}
        return Preferences(**{**own, "days": None if row.days is None else frozenset(row.days)})

    def save(self, person_id: str, preferences: Preferences) -> None:
        """Set them all."""
        columns = {name: getattr(preferences, name) for name in Preferences.__dataclass_fields__}
        days = None if preferences.days is None else sorted(preferences.days)
        self._bound.upsert(PREFERENCES, {**columns, "days": days, "person_id": person_id})

    def backed_by(self, person_id: str) -> Sequence[str]:
        """The ids of those for whom this person stands in."""
        theirs = select(PREFERENCES.c.person_id).where(
            self._bound.mine(PREFERENCES), PREFERENCES.c.backup_id == person_id
        )
        return [row.person_id for row in self._bound.rows(theirs.order_by(PREFERENCES.c.person_id))]


class Absences:
    """Fulfils `repositories.Absences`."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def add(self, absence: Absence) -> None:
        """Store it."""
        self._bound.insert(ABSENCE, asdict(absence))

    def of_person(self, person_id: str, since: date) -> Sequence[Absence]:
        """Those not over before `since`, the earliest first."""
        rows = self._bound.rows(_ABSENCES, person=person_id, day=since)
        return [Absence(row.id, row.person_id, row.first, row.last, row.set_by) for row in rows]

    def remove(self, absence_id: str) -> None:
        """They are there after all."""
        self._bound.delete(ABSENCE, ABSENCE.c.id == absence_id)


def due(engines: Engines, now: datetime, limit: int) -> Sequence[tuple[str, Appointment]]:
    """(tenant id, appointment) of what is due, oldest first; the cost is that of what is given."""
    over = select(*APPOINTMENT.c).where(APPOINTMENT.c.due_at <= now).order_by(APPOINTMENT.c.due_at).limit(limit)
    with engines.reading.connect() as connection:
        return [(row.tenant_id, _appointment(row)) for row in connection.execute(over)]


def next_due(engines: Engines) -> datetime | None:
    """When the next appointment is; None when there is none."""
    with engines.reading.connect() as connection:
        return connection.execute(select(func.min(APPOINTMENT.c.due_at))).scalar()


def put_off(engines: Engines, tenant_id: str, appointment: Appointment, now: datetime) -> None:
    """Let it be due again later; nothing happens where it was moved or kept in the meantime."""
    mine = (APPOINTMENT.c.tenant_id == tenant_id, _is(appointment.kind, appointment.subject))
    with engines.writing.begin() as connection:
        row = connection.execute(select(*APPOINTMENT.c).where(*mine, APPOINTMENT.c.due_at <= now)).first()
        if row is not None:
            delay = min(FIRST_DELAY * (1 << min(row.attempts, 10)), LONGEST_DELAY)
            later = update(APPOINTMENT).where(*mine).values(due_at=now + delay, attempts=row.attempts + 1)
            connection.execute(later)


def _appointment(row: Row[Any]) -> Appointment:
    return Appointment(AppointmentKind(row.kind), row.subject, row.at, row.project_id, row.step)
