"""What conditions on projects are made of: levels, what is waived of them, what is past its time."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, literal_column, select, text

from storage.assessments import ASSESSMENT, OPEN
from storage.blocker_tables import NOT_ENDED
from storage.bound import NOW, TODAY, of_tenant, table_of
from storage.gaps import COMMITMENT, WAIVER, in_force
from storage.portfolio_tables import ProjectLevelRow

LEVEL = table_of(ProjectLevelRow)
BLOCKS = LEVEL.c.severity >= literal_column("3")
"""A literal, as partial indexes need it."""


def late(column: ColumnElement[Any]) -> Select[Any]:
    """Assessments that are open past their deadline."""
    return select(column).where(of_tenant(ASSESSMENT), OPEN, ASSESSMENT.c.deadline < NOW)


def overdue(column: ColumnElement[Any]) -> Select[Any]:
    """Commitments whose day has passed."""
    return select(column).where(of_tenant(COMMITMENT), text(f"commitment.{NOT_ENDED}"), COMMITMENT.c.due < TODAY)


@cache
def waived() -> ColumnElement[bool]:
    """Whether the level's finding is waived now; first whether its project has any waiver, as few have."""
    this = exists().where(
        WAIVER.c.tenant_id == LEVEL.c.tenant_id,
        WAIVER.c.project_id == LEVEL.c.project_id,
        WAIVER.c.dimension_id == LEVEL.c.dimension_id,
        *in_force(NOW),
    )
    return and_(LEVEL.c.project_id.in_(indebted()), this)


@cache
def indebted() -> Select[Any]:
    """The projects with a waiver in force."""
    return select(WAIVER.c.project_id).where(of_tenant(WAIVER), *in_force(NOW))


@cache
def with_debts() -> Select[Any]:
    """Projects with waivers, in groups of their blockers: those that are waived add nothing."""
    return levels().where(BLOCKS, LEVEL.c.project_id.in_(indebted())).group_by(LEVEL.c.project_id)


@cache
def levels() -> Select[Any]:
    """The projects of levels."""
    return select(LEVEL.c.project_id).where(of_tenant(LEVEL))
