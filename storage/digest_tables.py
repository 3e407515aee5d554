"""The table of digests."""

from datetime import datetime, time

from sqlalchemy import CheckConstraint, Index, PrimaryKeyConstraint
from sqlmodel import Field

from storage.tables import Row, of_tenant, refers
from storage.types import UTCDateTime


class SubscriptionRow(Row, table=True):
    """A weekly digest of a project, or of the portfolio, to a place or to a person."""

    __tablename__ = "subscription"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "id"),
        Index(None, "tenant_id", "project_id"),
        Index(None, "tenant_id", "person_id"),
        CheckConstraint("(person_id IS NULL) <> (place_id IS NULL)", name="one_recipient"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        of_tenant(),
        refers("project_id", "project"),
        refers("place_id", "place"),
        refers("person_id", "person"),
        refers("set_by", "person"),
    )

    tenant_id: str
    id: str
    project_id: str | None
    place_id: str | None
    person_id: str | None
    zone: str
    since: datetime = Field(sa_type=UTCDateTime)
    set_by: str
    weekday: int
    at: time
    content: str
    is_on: bool
