"""The table of what became of links."""

from datetime import datetime

from sqlalchemy import CheckConstraint, PrimaryKeyConstraint
from sqlmodel import Field

from storage.tables import Row, refers
from storage.types import UTCDateTime


class LinkCheckRow(Row, table=True):
    """What is known of one link of a project. `digest` stands for the link, whose text is in the answers alone.

    A link may be longer than a key, and where it stands once it need not be erased twice.
    """

    __tablename__ = "link_check"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "project_id", "digest"),
        CheckConstraint("length(digest) = 64", name="digest"),
        CheckConstraint("dead_since IS NULL OR gone_since IS NOT NULL", name="dead"),
        CheckConstraint("unreachable >= 0", name="unreachable"),
        refers("project_id", "project"),
    )

    tenant_id: str
    project_id: str
    digest: str
    checked_at: datetime = Field(sa_type=UTCDateTime)
    state: str
    fingerprint: str
    read_at: datetime | None = Field(sa_type=UTCDateTime)
    changed_after: datetime | None = Field(sa_type=UTCDateTime)
    gone_since: datetime | None = Field(sa_type=UTCDateTime)
    dead_since: datetime | None = Field(sa_type=UTCDateTime)
    unreachable: int
