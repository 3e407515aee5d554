"""The table of levels: what each dimension of a project allows, written with its milestone."""

from sqlalchemy import CheckConstraint, Index, PrimaryKeyConstraint

from storage.tables import Row, refers, where

BLOCKS = "severity >= 3"
"""What blocks a project. Queries must repeat the predicate as text, without parameters."""


class ProjectLevelRow(Row, table=True):
    """One applicable dimension in the latest result of a project that is not archived."""

    __tablename__ = "project_level"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "project_id", "dimension_id"),
        Index("ix_project_level_barrier", "tenant_id", "barrier_id", "project_id", "severity", **where(BLOCKS)),
        Index("ix_project_level_dimension", "tenant_id", "dimension_id", "effective", "project_id"),
        Index("ix_project_level_severity", "tenant_id", "severity", "project_id", **where("severity IS NOT NULL")),
        CheckConstraint("severity BETWEEN 1 AND 4", name="severity"),
        CheckConstraint("carries BETWEEN 1 AND 5", name="carries"),
        refers("project_id", "project"),
    )

    tenant_id: str
    project_id: str
    dimension_id: str
    barrier_id: str
    claimed: int | None
    effective: int
    need: int
    carries: int
    severity: int | None
