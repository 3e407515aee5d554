"""The table of counts."""

from sqlalchemy import Index
from sqlmodel import Field

from storage.tables import Row, of_tenant
from storage.types import Sequence


class TallyRow(Row, table=True):
    """So many more, or fewer, projects of a sort; the sum over all rows of a sort is how many there are."""

    __tablename__ = "tally"
    __table_args__ = (Index(None, "tenant_id", "what", "which", "amount"), of_tenant())

    seq: int | None = Field(default=None, primary_key=True, sa_type=Sequence)
    tenant_id: str
    what: str
    which: str
    amount: int
