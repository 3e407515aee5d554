"""The tables: who there is, and what people told us.

Every table belongs to a tenant. Parents carry a key (tenant_id, id), children point at it with both columns, so that a
row of one tenant cannot refer to a row of another. The outbox and the trail stand in `storage.delivery_tables`.
"""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from storage.types import Sequence, UTCDateTime


class Row(SQLModel):
    """The base of every table; constraints are named by one rule, as migrations need to find them again."""

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        }
    )


def refers(column: str, parent: str, **options: Any) -> ForeignKeyConstraint:
    """A reference that stays within the tenant."""
    return ForeignKeyConstraint(["tenant_id", column], [f"{parent}.tenant_id", f"{parent}.id"], **options)


def of_tenant() -> ForeignKeyConstraint:
    """A reference to the tenant, for tables without another parent."""
    return ForeignKeyConstraint(["tenant_id"], ["tenant.id"])


def where(predicate: str) -> dict[str, Any]:
    """Make an index partial on both databases. Queries must repeat the predicate as text, without parameters."""
    return {"sqlite_where": text(predicate), "postgresql_where": text(predicate)}


class TenantRow(Row, table=True):
    """An organization; the id is ours.

    `framework_id` and `framework_version` name its current framework, both NULL while it never chose one: then it is
    the newest that Bridgehead ships. No reference: what is shipped has no row.
    """

    __tablename__ = "tenant"
    __table_args__ = (CheckConstraint("(framework_id IS NULL) = (framework_version IS NULL)", name="framework"),)

    id: str = Field(primary_key=True)
    created_at: datetime = Field(sa_type=UTCDateTime)
    framework_id: str | None = None
    framework_version: str | None = None


class InstallationRow(Row, table=True):
    """A Slack workspace or Teams tenant that speaks to us; `external_id` is the platform's."""

    __tablename__ = "installation"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id"),
        UniqueConstraint("platform", "external_id"),
        of_tenant(),
    )

    seq: int | None = Field(default=None, primary_key=True, sa_type=Sequence)
    tenant_id: str
    id: str
    platform: str
    external_id: str


class PersonRow(Row, table=True):
    """Somebody; names live here only, facts carry the id."""

    __tablename__ = "person"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "id"),
        Index("ix_person_manager", "tenant_id", "id", **where("is_manager")),
        of_tenant(),
    )

    tenant_id: str
    id: str
    name: str
    timezone: str
    language: str
    is_admin: bool
    is_manager: bool
    home_opened: bool


class AccountRow(Row, table=True):
    """A person's user id on one installation."""

    __tablename__ = "account"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "installation_id", "platform_user"),
        UniqueConstraint("tenant_id", "person_id", "installation_id"),
        refers("installation_id", "installation"),
        refers("person_id", "person"),
    )

    tenant_id: str
    installation_id: str
    platform_user: str
    person_id: str


class AccountCodeRow(Row, table=True):
    """A code by which an account on another platform joins a person, until it expires; only its digest is kept."""

    __tablename__ = "account_code"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "person_id"),
        UniqueConstraint("tenant_id", "digest"),
        refers("person_id", "person"),
    )

    tenant_id: str
    person_id: str
    digest: str
    expires_at: datetime = Field(sa_type=UTCDateTime)


class PlaceRow(Row, table=True):
    """A channel of one installation."""

    __tablename__ = "place"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "id"),
        UniqueConstraint("tenant_id", "installation_id", "channel"),
        refers("installation_id", "installation"),
    )

    tenant_id: str
    id: str
    installation_id: str
    channel: str
    name: str


class AssessmentRow(Row, table=True):
    """One rating of one project; at most one is open."""

    __tablename__ = "assessment"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id"),
        Index("ix_assessment_project", "tenant_id", "project_id", "opened_at"),
        Index("uq_assessment_open", "tenant_id", "project_id", unique=True, **where("state = 'open'")),
        Index("ix_assessment_deadline", "tenant_id", "deadline", "project_id", **where("state = 'open'")),
        refers("project_id", "project"),
        refers("opened_by", "person"),
    )

    seq: int | None = Field(default=None, primary_key=True, sa_type=Sequence)
    tenant_id: str
    id: str
    project_id: str
    framework_id: str
    framework_version: str
    opened_at: datetime = Field(sa_type=UTCDateTime)
    opened_by: str
    deadline: datetime = Field(sa_type=UTCDateTime)
    state: str
    completed_at: datetime | None = Field(sa_type=UTCDateTime)


class InterviewRow(Row, table=True):
    """One person's conversation; lists of ids are JSON, `wanted` pairs a follow-up's id with what it asks for."""

    __tablename__ = "interview"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id"),
        Index("ix_interview_assessment", "tenant_id", "assessment_id"),
        Index("ix_interview_respondent", "tenant_id", "respondent_id", "opened_at"),
        refers("project_id", "project"),
        refers("assessment_id", "assessment"),
        refers("respondent_id", "person"),
    )

    seq: int | None = Field(default=None, primary_key=True, sa_type=Sequence)
    tenant_id: str
    id: str
    project_id: str
    assessment_id: str
    respondent_id: str
    questions: list[str] = Field(sa_type=JSON)
    opened_at: datetime = Field(sa_type=UTCDateTime)
    phase: str
    current: str | None
    answered: list[str] = Field(sa_type=JSON)
    skipped: list[str] = Field(sa_type=JSON)
    handed: list[str] = Field(sa_type=JSON)
    again: list[str] = Field(sa_type=JSON)
    doubted: list[str] = Field(sa_type=JSON)
    wanted: list[list[str]] = Field(sa_type=JSON)
    passed: list[str] = Field(sa_type=JSON)
    notes: dict[str, str] = Field(sa_type=JSON)
    asked: dict[str, int] = Field(sa_type=JSON)
    finished_at: datetime | None = Field(sa_type=UTCDateTime)


class AnswerRow(Row, table=True):
    """An answer; append-only. `seq` is the order of recording, by which the latest is known."""

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id"),
        Index("ix_answer_current", "tenant_id", "assessment_id", "dimension_id", "respondent_id", "seq"),
        CheckConstraint("level BETWEEN 0 AND 4", name="level"),
        CheckConstraint("(kind = 'level') = (level IS NOT NULL)", name="level_of_kind"),
        CheckConstraint("(strength = 'verified') = (verified_by IS NOT NULL)", name="verified"),
        refers("project_id", "project"),
        refers("assessment_id", "assessment"),
        refers("interview_id", "interview"),
        refers("respondent_id", "person"),
        refers("approved_by", "person"),
        refers("verified_by", "person"),
        refers("supersedes_id", "answer"),
    )

    seq: int | None = Field(default=None, primary_key=True, sa_type=Sequence)
    tenant_id: str
    id: str
    project_id: str
    assessment_id: str
    interview_id: str
    dimension_id: str
    respondent_id: str
    kind: str
    answered_at: datetime = Field(sa_type=UTCDateTime)
    level: int | None
    strength: str
    link: str | None
    given_at: datetime | None = Field(sa_type=UTCDateTime)
    verified_by: str | None
    verified_at: datetime | None = Field(sa_type=UTCDateTime)
    reason: str | None
    approved_by: str | None
    unchanged: bool
    supersedes_id: str | None


class AnswerTextRow(Row, table=True):
    """The words of an answer, apart from the fact so that they can be erased."""

    __tablename__ = "answer_text"
    __table_args__ = (PrimaryKeyConstraint("tenant_id", "answer_id"), refers("answer_id", "answer"))

    tenant_id: str
    answer_id: str
    body: str
    facts: dict[str, str] = Field(sa_type=JSON)


class MilestoneRow(Row, table=True):
    """A snapshot; append-only, each carrying the hash of the one before."""

    __tablename__ = "milestone"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "id"),
        UniqueConstraint("tenant_id", "project_id", "sequence"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
        refers("project_id", "project"),
        refers("assessment_id", "assessment"),
    )

    tenant_id: str
    id: str
    project_id: str
    assessment_id: str
    sequence: int
    taken_at: datetime = Field(sa_type=UTCDateTime)
    framework_id: str
    framework_version: str
    scorecard: dict[str, Any] = Field(sa_type=JSON)
    answers: list[str] = Field(sa_type=JSON)
    cause: str
    sha256: str
    prev_sha256: str


class BlockerRow(Row, table=True):
    """An obstacle of a project; at most one is open for a dimension. `since`: from when its age counts."""

    __tablename__ = "blocker"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "id"),
        # The project first: who looks for all that are open is not to be led here.
        Index("ix_blocker_project", "project_id", "tenant_id"),
        Index("uq_blocker_open", "tenant_id", "project_id", "dimension_id", unique=True, **where("cleared_at IS NULL")),
        Index(
            "ix_blocker_oldest", "tenant_id", "severity", "since", "dimension_id", "id", **where("cleared_at IS NULL")
        ),
        CheckConstraint("severity BETWEEN 1 AND 4", name="severity"),
        refers("project_id", "project"),
        # Deferred: a scoring may store its blockers before its milestone.
        refers("found_by", "milestone", deferrable=True, initially="DEFERRED"),
        refers("cleared_by", "milestone", deferrable=True, initially="DEFERRED"),
        refers("reopened_by", "milestone", deferrable=True, initially="DEFERRED"),
    )

    tenant_id: str
    id: str
    project_id: str
    dimension_id: str
    kind: str
    severity: int
    found_at: datetime = Field(sa_type=UTCDateTime)
    found_by: str
    stage: int
    need: int
    cleared_at: datetime | None = Field(sa_type=UTCDateTime)
    cleared_by: str | None
    reopened_at: datetime | None = Field(sa_type=UTCDateTime)
    reopened_by: str | None
    reopenings: int
    since: datetime = Field(sa_type=UTCDateTime)
