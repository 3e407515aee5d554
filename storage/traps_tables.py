"""The tables of traps: raised by milestones, and what people said against them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, PrimaryKeyConstraint, UniqueConstraint
from sqlmodel import Field

from storage.tables import Row, refers, where
from storage.types import Sequence, UTCDateTime


class RaisedTrapRow(Row, table=True):
    """A trap of a project; each stands at most once. `reasons` name answers by id and hold none of their words."""

    __tablename__ = "raised_trap"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "id"),
        Index("uq_raised_trap_open", "tenant_id", "project_id", "trap_id", unique=True, **where("gone_at IS NULL")),
        Index(None, "tenant_id", "project_id"),
        Index(None, "tenant_id", "told_by"),
        Index(None, "tenant_id", "gone_by"),
        CheckConstraint("severity BETWEEN 0 AND 3", name="severity"),
        refers("project_id", "project"),
        refers("found_by", "milestone"),
        refers("told_by", "milestone"),
        refers("gone_by", "milestone"),
    )

    tenant_id: str
    id: str
    project_id: str
    trap_id: str
    severity: int
    reasons: list[dict[str, Any]] = Field(sa_type=JSON)
    found_at: datetime = Field(sa_type=UTCDateTime)
    found_by: str
    told_by: str | None
    gone_at: datetime | None = Field(sa_type=UTCDateTime)
    gone_by: str | None


class TrapCorrectionRow(Row, table=True):
    """That somebody answered a trap; append-only. `seq` is the order of recording."""

    __tablename__ = "trap_correction"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id"),
        Index("ix_trap_correction_raised", "tenant_id", "raised_id", "seq"),
        refers("raised_id", "raised_trap"),
        refers("person_id", "person"),
    )

    seq: int | None = Field(default=None, primary_key=True, sa_type=Sequence)
    tenant_id: str
    id: str
    raised_id: str
    person_id: str
    said_at: datetime = Field(sa_type=UTCDateTime)
    reasons: list[dict[str, Any]] = Field(sa_type=JSON)


class TrapCorrectionTextRow(Row, table=True):
    """The words of a correction, apart from the fact so that they can be erased."""

    __tablename__ = "trap_correction_text"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "correction_id"),
        refers("correction_id", "trap_correction"),
    )

    tenant_id: str
    correction_id: str
    body: str
