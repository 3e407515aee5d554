"""The table of what admins set."""

from datetime import time

from sqlalchemy import JSON, CheckConstraint, PrimaryKeyConstraint
from sqlmodel import Field

from storage.tables import Row, of_tenant, refers


class OrganizationSettingsRow(Row, table=True):
    """One row per tenant, once anything was set. `closed` maps ISO dates to names."""

    __tablename__ = "organization_settings"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id"),
        CheckConstraint("working_days BETWEEN 1 AND 30", name="working_days"),
        CheckConstraint("messages_a_day BETWEEN 1 AND 50", name="messages_a_day"),
        of_tenant(),
        refers("portfolio_place_id", "place"),
    )

    tenant_id: str
    portfolio_place_id: str | None
    working_days: int
    begins: time
    ends: time
    days: list[int] = Field(sa_type=JSON)
    region: str
    closed: dict[str, str] = Field(sa_type=JSON)
    messages_a_day: int
