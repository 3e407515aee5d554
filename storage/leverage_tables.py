"""The tables of what holds projects: what does so now, and what was forecast to lift them."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Index, PrimaryKeyConstraint
from sqlmodel import Field

from storage.tables import Row, refers, where
from storage.types import UTCDateTime

HELD = ("dimensions", "barrier_id", "lifts", "after", "before", "barrier_after", "project_id")
"""What all holds are counted by, so that counting reads the index alone, and in which order one dimension's stand."""

BARRED = ("barrier_id", "lifts", "barrier_after", "before", "project_id")
"""The order in which those of one barrier stand."""

IS_OPEN = "outcome IS NULL"
"""Of forecasts that wait for their verdict. Queries must repeat the predicate as text, without parameters."""


class ProjectHoldRow(Row, table=True):
    """What holds an active project by its latest result; `dimensions` are ids with a space between them."""

    __tablename__ = "project_hold"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "project_id"),
        Index("ix_project_hold_counted", "tenant_id", *HELD),
        Index("ix_project_hold_barrier", "tenant_id", *BARRED),
        CheckConstraint("before < after AND after <= aim", name="after"),
        refers("project_id", "project"),
    )

    tenant_id: str
    project_id: str
    lifts: str
    before: int
    aim: int
    dimensions: str
    after: int
    barrier_id: str
    barrier_after: int


class ForecastRow(Row, table=True):
    """What the milestone that ended an assessment foresaw; all from `outcome` on is NULL until it is judged.

    At most one of a project is open. `judged_by` is the milestone that judged it.
    """

    __tablename__ = "forecast"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "milestone_id"),
        Index("uq_forecast_open", "tenant_id", "project_id", unique=True, **where(IS_OPEN)),
        Index("ix_forecast_project", "tenant_id", "project_id", "made_at"),
        Index("ix_forecast_outcome", "tenant_id", "outcome"),
        CheckConstraint("(outcome IS NULL) = (judged_by IS NULL)", name="judged"),
        refers("project_id", "project"),
        refers("milestone_id", "milestone"),
        refers("judged_by", "milestone"),
    )

    tenant_id: str
    milestone_id: str
    project_id: str
    made_at: datetime = Field(sa_type=UTCDateTime)
    lifts: str
    before: int
    aim: int
    dimensions: str
    after: int
    barrier_id: str
    barrier_after: int
    outcome: str | None
    judged_by: str | None
    judged_at: datetime | None = Field(sa_type=UTCDateTime)
    reached: int | None
    promised: int | None
    raised: list[str] | None = Field(sa_type=JSON)
    missing: list[str] | None = Field(sa_type=JSON)
