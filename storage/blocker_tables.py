"""The tables of what is done about gaps: commitments, claims, waivers, history, the organization's findings.

People's words stand in columns of their own here (`words`, `link`, `reason`, `refusal`): these rows may be changed, so
words are erased by emptying the column.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, PrimaryKeyConstraint
from sqlmodel import Field

from storage.tables import Row, of_tenant, refers, where
from storage.types import Sequence, UTCDateTime

NOT_ENDED = "ended_at IS NULL"
"""What is still to be kept in mind. Queries must repeat the predicate as text, without parameters."""


class CommitmentRow(Row, table=True):
    """Who closes the gap of a project in a dimension; at most one is open."""

    __tablename__ = "commitment"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "id"),
        Index("uq_commitment_open", "tenant_id", "project_id", "dimension_id", unique=True, **where(NOT_ENDED)),
        Index("ix_commitment_person", "tenant_id", "person_id", **where(NOT_ENDED)),
        Index("ix_commitment_due", "tenant_id", "due", "project_id", **where(NOT_ENDED)),
        CheckConstraint("(ended_at IS NULL) = (state IN ('taken', 'in_progress'))", name="ended"),
        refers("project_id", "project"),
        refers("person_id", "person"),
    )

    tenant_id: str
    id: str
    project_id: str
    dimension_id: str
    person_id: str
    stage: int
    taken_at: datetime = Field(sa_type=UTCDateTime)
    due: date | None
    state: str
    ended_at: datetime | None = Field(sa_type=UTCDateTime)


class ClaimRow(Row, table=True):
    """The word that a blocker is resolved; at most one stands."""

    __tablename__ = "claim"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "id"),
        Index("uq_claim_stands", "tenant_id", "blocker_id", unique=True, **where(NOT_ENDED)),
        Index("ix_claim_project", "tenant_id", "project_id"),
        CheckConstraint("(ended_at IS NULL) = (state = 'stands')", name="ended"),
        refers("project_id", "project"),
        refers("blocker_id", "blocker"),
        refers("person_id", "person"),
    )

    tenant_id: str
    id: str
    project_id: str
    blocker_id: str
    person_id: str
    claimed_at: datetime = Field(sa_type=UTCDateTime)
    words: str
    link: str
    state: str
    ended_at: datetime | None = Field(sa_type=UTCDateTime)


class WaiverRow(Row, table=True):
    """An exception for one bar; at most one of a project and dimension is not ended."""

    __tablename__ = "waiver"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "id"),
        Index("uq_waiver_open", "tenant_id", "project_id", "dimension_id", unique=True, **where(NOT_ENDED)),
        Index("ix_waiver_project", "tenant_id", "project_id"),
        Index("ix_waiver_waiting", "tenant_id", "approver_id", **where("ended_at IS NULL AND approved_at IS NULL")),
        Index("ix_waiver_approved", "tenant_id", "until", **where("approved_at IS NOT NULL AND ended_at IS NULL")),
        CheckConstraint("(ended_at IS NULL) = (state IN ('asked', 'approved'))", name="ended"),
        CheckConstraint("approver_id <> asked_by", name="approver"),
        refers("project_id", "project"),
        refers("asked_by", "person"),
        refers("approver_id", "person"),
    )

    tenant_id: str
    id: str
    project_id: str
    dimension_id: str
    asked_by: str
    approver_id: str
    asked_at: datetime = Field(sa_type=UTCDateTime)
    until: datetime = Field(sa_type=UTCDateTime)
    stage: int
    reason: str
    state: str
    approved_at: datetime | None = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(sa_type=UTCDateTime)
    refusal: str


class BlockerEventRow(Row, table=True):
    """What happened to a blocker; append-only. `seq` is the order."""

    __tablename__ = "blocker_event"
    __table_args__ = (
        Index("ix_blocker_event_blocker", "tenant_id", "blocker_id", "seq"),
        Index("ix_blocker_event_at", "tenant_id", "at"),
        Index("ix_blocker_event_milestone", "tenant_id", "milestone_id", **where("milestone_id IS NOT NULL")),
        CheckConstraint("severity BETWEEN 1 AND 4", name="severity"),
        refers("blocker_id", "blocker"),
        refers("person_id", "person"),
        # Deferred: a scoring may store its blockers before its milestone.
        refers("milestone_id", "milestone", deferrable=True, initially="DEFERRED"),
    )

    seq: int | None = Field(default=None, primary_key=True, sa_type=Sequence)
    tenant_id: str
    blocker_id: str
    at: datetime = Field(sa_type=UTCDateTime)
    happening: str
    severity: int
    milestone_id: str | None
    person_id: str | None


class SharedFindingRow(Row, table=True):
    """A dimension that blocks half of the advancing projects, from the day it did; at most one is open."""

    __tablename__ = "shared_finding"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "id"),
        Index("uq_shared_finding_open", "tenant_id", "dimension_id", unique=True, **where("gone_at IS NULL")),
        of_tenant(),
    )

    tenant_id: str
    id: str
    dimension_id: str
    found_at: datetime = Field(sa_type=UTCDateTime)
    gone_at: datetime | None = Field(sa_type=UTCDateTime)
