"""The table of remarks."""

from datetime import datetime

from sqlalchemy import Index, PrimaryKeyConstraint
from sqlmodel import Field

from storage.tables import Row, refers
from storage.types import UTCDateTime


class RemarkRow(Row, table=True):
    """Somebody's words about something; not append-only, so that the words can be erased."""

    __tablename__ = "remark"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "id"),
        Index(None, "tenant_id", "subject", "said_at"),
        Index(None, "tenant_id", "author_id"),
        refers("author_id", "person"),
    )

    tenant_id: str
    id: str
    subject: str
    author_id: str
    said_at: datetime = Field(sa_type=UTCDateTime)
    words: str
