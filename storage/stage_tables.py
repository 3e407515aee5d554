"""The table of stages that changed."""

from datetime import datetime

from sqlalchemy import Index, PrimaryKeyConstraint
from sqlmodel import Field

from storage.tables import Row, refers
from storage.types import UTCDateTime


class StageChangeRow(Row, table=True):
    """A milestone that brought another stage than the one before it, with both; append-only as the milestones are.

    `before` is NULL for a project's first. It repeats what scorecards hold, so that a year is read without opening one.
    """

    __tablename__ = "stage_change"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "project_id", "sequence"),
        Index("ix_stage_change_at", "tenant_id", "at", "project_id", "sequence", "before", "after"),
        refers("project_id", "project"),
    )

    tenant_id: str
    project_id: str
    sequence: int
    at: datetime = Field(sa_type=UTCDateTime)
    before: int | None
    after: int
