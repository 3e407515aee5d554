"""The tables of time: what is due when, what people set for themselves, and when they are away."""

from datetime import date, datetime, time

from sqlalchemy import JSON, CheckConstraint, Index, PrimaryKeyConstraint
from sqlmodel import Field

from storage.tables import Row, of_tenant, refers
from storage.types import UTCDateTime


class AppointmentRow(Row, table=True):
    """Something the calendar will ask for. `at` is the date meant, `due_at` when to try next."""

    __tablename__ = "appointment"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "kind", "subject"),
        Index(None, "due_at"),
        of_tenant(),
        refers("project_id", "project"),
    )

    tenant_id: str
    kind: str
    subject: str
    project_id: str | None
    at: datetime = Field(sa_type=UTCDateTime)
    step: int
    due_at: datetime = Field(sa_type=UTCDateTime)
    attempts: int


class PreferencesRow(Row, table=True):
    """What one person set; NULL where they leave it to others. A row is there once they set anything."""

    __tablename__ = "preferences"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "person_id"),
        Index(None, "tenant_id", "backup_id"),
        CheckConstraint("reminder_day BETWEEN 0 AND 6", name="reminder_day"),
        CheckConstraint("(begins IS NULL) = (ends IS NULL)", name="hours"),
        refers("person_id", "person"),
        refers("backup_id", "person"),
    )

    tenant_id: str
    person_id: str
    timezone: str | None
    begins: time | None
    ends: time | None
    days: list[int] | None = Field(sa_type=JSON(none_as_null=True))
    region: str | None
    reminder_day: int
    reminder_time: time
    reminds: bool
    snoozed_until: datetime | None = Field(sa_type=UTCDateTime)
    backup_id: str | None
    skipped_week: int | None
    skip_reason: str


class AbsenceRow(Row, table=True):
    """Days on which somebody is away, both ends included."""

    __tablename__ = "absence"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "id"),
        Index(None, "tenant_id", "person_id", "last"),
        CheckConstraint("first <= last", name="order"),
        refers("person_id", "person"),
        refers("set_by", "person"),
    )

    tenant_id: str
    id: str
    person_id: str
    first: date
    last: date
    set_by: str
