"""The table of what admins set."""

from sqlalchemy import CheckConstraint, PrimaryKeyConstraint

from storage.tables import Row, of_tenant, refers


class OrganizationSettingsRow(Row, table=True):
    """One row per tenant, once anything was set."""

    __tablename__ = "organization_settings"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id"),
        CheckConstraint("working_days BETWEEN 1 AND 30", name="working_days"),
        of_tenant(),
        refers("portfolio_place_id", "place"),
    )

    tenant_id: str
    portfolio_place_id: str | None
    working_days: int
