"""The table of digests."""

from datetime import datetime, time

from sqlalchemy import CheckConstraint, Index, PrimaryKeyConstraint
from sqlmodel import Field

from storage.tables import Row, of_tenant, refers, where
from storage.types import UTCDateTime

OF_ALL = "project_id IS NULL"
"""Of subscriptions, those of the portfolio; as text, so that their indexes are found."""


class SubscriptionRow(Row, table=True):
    """A weekly digest of a project, or of the portfolio, to a place or to a person."""

    __tablename__ = "subscription"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "id"),
        Index("uq_subscription_project", "tenant_id", "project_id", unique=True, **where("project_id IS NOT NULL")),
        Index("uq_subscription_place", "tenant_id", "place_id", "filters", unique=True, **where(OF_ALL)),
        Index("uq_subscription_person", "tenant_id", "person_id", "filters", unique=True, **where(OF_ALL)),
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
    filters: str
