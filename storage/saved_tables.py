"""The table of filters that people keep under names."""

from sqlalchemy import PrimaryKeyConstraint
from sqlmodel import Field

from storage.tables import Row, refers
from storage.types import Key


class SavedFiltersRow(Row, table=True):
    """A question to the portfolio in the filter language, under a name of its owner's choice."""

    __tablename__ = "saved_filters"
    __table_args__ = (PrimaryKeyConstraint("tenant_id", "person_id", "name"), refers("person_id", "person"))

    tenant_id: str
    person_id: str
    name: str = Field(sa_type=Key)
    filters: str
