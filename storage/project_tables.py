"""The tables of projects: what they are, and what their last scoring left for lists and counts."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, PrimaryKeyConstraint, UniqueConstraint
from sqlmodel import Field

from storage.tables import Row, refers, where
from storage.types import Key, UTCDateTime

ACTIVE, ARCHIVED = "archived_at IS NULL", "archived_at IS NOT NULL"
"""Of projects, as a partial index needs it: without parameters."""

LISTED = (
    "rank",
    "key",
    "exposure",
    "target",
    "summary_stage",
    "summary_readiness",
    "summary_index",
    "summary_blockers",
    "summary_standing",
    "summary_compounding",
    "summary_assessed_at",
    "summary_changed_at",
    "stale_at",
)
"""What filters and orders look at, so that those that match are counted and sorted in the index alone."""

COUNTED = ("summary_stage", "exposure", "summary_founded", "team", "business_function")
"""What the organization's stage looks at, so that those behind it are counted in the index alone."""


def _active(name: str, *columns: str) -> Index:
    """Of projects that are not archived. SQLite reads an index alone only where its predicate's column is in it."""
    return Index(name, "tenant_id", *columns, "archived_at", **where(ACTIVE))


class ProjectRow(Row, table=True):
    """A project, and what its last scoring left for lists (`summary_*`, all NULL before the first).

    `summary_milestone_id` is a copy, no reference: a milestone refers to its project, and a cycle cannot be created.
    `rank` is its place by urgency, smaller first, `folded` key and name to be searched in any case, `folded_name` the
    name alone to be looked up so, `stale_at` when the first evidence behind the result has aged; that one is written on
    its own, whenever evidence changes. `counted`: the tally knows it, as it does from when a row was first written by
    this version.
    """

    __tablename__ = "project"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "id"),
        UniqueConstraint("tenant_id", "key"),
        Index("ix_project_owner", "tenant_id", "owner_id", "archived_at", "id"),
        Index(None, "tenant_id", "place_id"),
        Index("ix_project_also_place", "tenant_id", "also_place_id"),
        _active("ix_project_rank", "rank", "key"),
        _active("ix_project_listed", "id", *LISTED),
        Index("ix_project_archived", "tenant_id", "id", **where(ARCHIVED)),
        _active("ix_project_counted", *COUNTED),
        _active("ix_project_team", "team", "id"),
        _active("ix_project_function", "business_function", "id"),
        _active("ix_project_named", "folded_name"),
        _active("ix_project_changed", "summary_changed_at"),
        CheckConstraint("exposure BETWEEN 1 AND 5", name="exposure"),
        refers("owner_id", "person"),
        refers("place_id", "place"),
        refers("also_place_id", "place", name="fk_project_also_place"),
    )

    tenant_id: str
    id: str
    key: str = Field(sa_type=Key)
    name: str
    owner_id: str
    exposure: int
    created_at: datetime = Field(sa_type=UTCDateTime)
    business_function: str
    team: str
    target: int | None
    target_date: date | None
    cadence: str
    cadence_rule: str
    cadence_zone: str
    hastened_at: datetime | None = Field(sa_type=UTCDateTime)
    place_id: str | None
    also_place_id: str | None = None
    archived_at: datetime | None = Field(sa_type=UTCDateTime)
    summary_milestone_id: str | None
    summary_stage: int | None
    summary_readiness: int | None
    summary_optimistic: int | None
    summary_standing: str | None
    summary_index: int | None
    summary_blockers: int | None
    summary_critical: int | None
    summary_exclusions: int | None
    summary_assessed_at: datetime | None = Field(sa_type=UTCDateTime)
    summary_framework_id: str | None
    summary_framework_version: str | None
    summary_founded: bool | None
    summary_compounding: bool | None
    summary_changed_at: datetime | None = Field(sa_type=UTCDateTime)
    stale_at: datetime | None = Field(sa_type=UTCDateTime)
    rank: int
    counted: bool
    folded: str = Field(sa_type=Key)
    folded_name: str = Field(sa_type=Key)


class ProjectRoleRow(Row, table=True):
    """Who answers for a role in a project."""

    __tablename__ = "project_role"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "project_id", "role"),
        Index(None, "tenant_id", "person_id"),
        refers("project_id", "project"),
        refers("person_id", "person"),
    )

    tenant_id: str
    project_id: str
    role: str
    person_id: str
