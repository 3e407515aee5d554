"""The tables of what happens between respondents: questions handed over, answers that differ, checks asked for."""

from datetime import datetime

from sqlalchemy import Index, PrimaryKeyConstraint, UniqueConstraint
from sqlmodel import Field

from storage.tables import Row, refers, where
from storage.types import Sequence, UTCDateTime


class HandoverRow(Row, table=True):
    """One step of a question; append-only. `seq` is the order of the chain."""

    __tablename__ = "handover"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id"),
        Index(None, "tenant_id", "assessment_id", "seq"),
        refers("project_id", "project"),
        refers("assessment_id", "assessment"),
        refers("from_id", "person"),
        refers("to_id", "person"),
    )

    seq: int | None = Field(default=None, primary_key=True, sa_type=Sequence)
    tenant_id: str
    id: str
    project_id: str
    assessment_id: str
    dimension_id: str
    from_id: str
    to_id: str
    at: datetime = Field(sa_type=UTCDateTime)
    returned: bool


class ContestRow(Row, table=True):
    """A disagreement; at most one is open for a dimension of an assessment."""

    __tablename__ = "contest"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id"),
        Index("ix_contest_assessment", "assessment_id", "tenant_id"),
        Index(
            "uq_contest_open",
            "tenant_id",
            "assessment_id",
            "dimension_id",
            unique=True,
            **where("settled_at IS NULL"),
        ),
        Index(None, "tenant_id", "project_id", "opened_at"),
        refers("project_id", "project"),
        refers("assessment_id", "assessment"),
        refers("settled_by", "person"),
    )

    seq: int | None = Field(default=None, primary_key=True, sa_type=Sequence)
    tenant_id: str
    id: str
    project_id: str
    assessment_id: str
    dimension_id: str
    opened_at: datetime = Field(sa_type=UTCDateTime)
    settled_at: datetime | None = Field(sa_type=UTCDateTime)
    settled_by: str | None
    how: str | None


class CheckRequestRow(Row, table=True):
    """Who was asked to check what backs an answer; each is asked once."""

    __tablename__ = "check_request"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "id"),
        UniqueConstraint("tenant_id", "asked_of", "answer_id"),
        refers("project_id", "project"),
        refers("answer_id", "answer"),
        refers("asked_of", "person"),
        refers("asked_by", "person"),
    )

    tenant_id: str
    id: str
    project_id: str
    answer_id: str
    asked_of: str
    asked_by: str
    at: datetime = Field(sa_type=UTCDateTime)
