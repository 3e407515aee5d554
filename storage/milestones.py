"""Milestones, chained by hash, and blockers."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Integer,
    Row,
    Select,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from bot.readiness.blockers import Blocker
from bot.readiness.flow import UNASSESSED, Moves
from bot.readiness.milestone import Milestone
from storage import mapping
from storage.bound import MOST, Bound, of_tenant, table_of
from storage.projects import PROJECT
from storage.stage_tables import StageChangeRow
from storage.tables import BlockerRow, MilestoneRow
from storage.types import UTCDateTime

MILESTONE = table_of(MilestoneRow)
BLOCKER = table_of(BlockerRow)
CHANGE = table_of(StageChangeRow)
FIRST = "0" * 64
"""What stands for the hash before a project's first milestone."""

_OF_PROJECT = (
    select(*MILESTONE.c)
    .where(of_tenant(MILESTONE), MILESTONE.c.project_id == bindparam("project"))
    .order_by(MILESTONE.c.sequence.desc())
)
_NEWEST = _OF_PROJECT.limit(MOST)
_BLOCKERS = select(*BLOCKER.c).where(of_tenant(BLOCKER))
_OPEN = _BLOCKERS.where(BLOCKER.c.cleared_at.is_(None))
_OPEN_OF = _OPEN.where(BLOCKER.c.project_id == bindparam("project"))
"""What most requests ask; put together once."""


class Milestones:
    """Append-only; a later change of a row, or a row taken out of the middle, breaks the chain of hashes."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def add(self, milestone: Milestone) -> None:
        """Append. Raises ValueError unless its sequence follows the latest one's; the first may begin anywhere."""
        last = self._last(milestone.project_id)
        if last is not None and milestone.sequence != last.sequence + 1:
            raise ValueError(f"milestone {milestone.id}: sequence {milestone.sequence} after {last.sequence}")
        previous = last.sha256 if last is not None else FIRST
        columns = mapping.milestone_columns(milestone)
        hashes = {"sha256": mapping.milestone_hash(columns, previous), "prev_sha256": previous}
        self._bound.insert(MILESTONE, {**columns, **hashes})
        self._note_change(milestone, last.scorecard["stage"] if last is not None else None)

    def get(self, milestone_id: str) -> Milestone:
        """Raises KeyError."""
        return mapping.milestone(self._bound.one(self._bound.select(MILESTONE), MILESTONE, milestone_id))

    def latest(self, project_id: str) -> Milestone | None:
        """The newest."""
        row = self._last(project_id)
        return mapping.milestone(row) if row else None

    def of_project(self, project_id: str, limit: int = 50) -> Sequence[Milestone]:
        """Newest first."""
        return [mapping.milestone(row) for row in self._bound.rows(_NEWEST, project=project_id, most=limit)]

    def since(self, project_id: str, moment: datetime) -> Sequence[Milestone]:
        """Those taken after a moment, newest first, and at last the one that stood then."""
        after = self._bound.rows(_OF_PROJECT.where(MILESTONE.c.taken_at > moment), project=project_id)
        then = self._bound.rows(_OF_PROJECT.where(MILESTONE.c.taken_at <= moment).limit(1), project=project_id)
        return [mapping.milestone(row) for row in (*after, *then)]

    def of_projects(self, project_ids: Collection[str]) -> Sequence[Milestone]:
        """Of each project, oldest first."""
        theirs = self._bound.select(MILESTONE).where(MILESTONE.c.project_id.in_(list(project_ids)))
        in_order = theirs.order_by(MILESTONE.c.project_id, MILESTONE.c.sequence)
        return [mapping.milestone(row) for row in self._bound.rows(in_order)]

    def moves(self, begins: Sequence[datetime]) -> Sequence[Moves]:
        """How often a stage changed within each period, and how many projects came and went; archived ones as well.

        One statement, whose answer is as long as what is shown. It looks at what changed since the first period began.
        """
        bounds = {f"begin_{number}": moment for number, moment in enumerate(begins)}
        rows = self._bound.rows(_moves(len(begins)), **bounds)
        return [Moves(row.period, row.before, row.after, row.moves) for row in rows]

    def verify_chain(self, project_id: str) -> str | None:
        """None when every hash fits; else which milestone does not. Milestones cut off the end cannot be seen."""
        previous = FIRST
        rows = self._bound.rows(_OF_PROJECT, project=project_id)
        for row in reversed(rows):
            columns = {
                name: value
                for name, value in row._mapping.items()  # noqa: SLF001  (SQLAlchemy's public name)
                if name not in ("tenant_id", "sha256", "prev_sha256")
            }
            if row.prev_sha256 != previous:
                return f"milestone {row.id} (sequence {row.sequence}) does not follow the one before it"
            if row.sha256 != mapping.milestone_hash(columns, previous):
                return f"milestone {row.id} (sequence {row.sequence}) was changed after it was taken"
            previous = row.sha256
        return None

    def _note_change(self, milestone: Milestone, before: int | None) -> None:
        after = milestone.scorecard.stage
        if before != after:
            made = {"project_id": milestone.project_id, "sequence": milestone.sequence, "at": milestone.taken_at}
            self._bound.insert(CHANGE, {**made, "before": before, "after": after})

    def _last(self, project_id: str) -> Row[Any] | None:
        return self._bound.row(_NEWEST, project=project_id, most=1)


@cache
def _moves(periods: int) -> Select[Any]:
    begins = [bindparam(f"begin_{number}", type_=UTCDateTime) for number in range(periods)]
    nowhere, unassessed = cast(null(), Integer), literal(UNASSESSED, Integer)
    moved = select(CHANGE.c.at, func.coalesce(CHANGE.c.before, unassessed).label("before"), CHANGE.c.after).where(
        of_tenant(CHANGE), CHANGE.c.at >= begins[0]
    )
    came = select(PROJECT.c.created_at, nowhere, unassessed).where(
        of_tenant(PROJECT), PROJECT.c.created_at >= begins[0]
    )
    last = func.coalesce(PROJECT.c.summary_stage, unassessed)
    went = select(PROJECT.c.archived_at, last, nowhere).where(of_tenant(PROJECT), PROJECT.c.archived_at >= begins[0])
    each = union_all(moved, came, went).subquery()
    later = [(each.c.at >= begins[number], number) for number in reversed(range(1, periods))]
    period = (case(*later, else_=0) if later else literal(0, Integer)).label("period")
    counted = select(period, each.c.before, each.c.after, func.count().label("moves"))
    return counted.group_by(period, each.c.before, each.c.after)


class Blockers:
    """Obstacles; the most severe first, then the oldest."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def get(self, blocker_id: str) -> Blocker:
        """Raises KeyError."""
        return mapping.blocker(self._bound.one(self._bound.select(BLOCKER), BLOCKER, blocker_id))

    def add(self, blocker: Blocker) -> None:
        """Raises IntegrityError where the dimension of the project has an open one."""
        self._bound.insert(BLOCKER, mapping.blocker_columns(blocker))

    def save(self, blocker: Blocker) -> None:
        """Raises KeyError."""
        self._bound.update(BLOCKER, blocker.id, mapping.blocker_columns(blocker))

    def open_of(self, project_id: str) -> Sequence[Blocker]:
        """Not cleared."""
        return _most_severe_first(self._bound.rows(_OPEN_OF, project=project_id))

    def of_projects(self, project_ids: Collection[str]) -> Sequence[Blocker]:
        """Cleared or not, oldest first."""
        theirs = self._bound.select(BLOCKER).where(BLOCKER.c.project_id.in_(list(project_ids)))
        in_order = theirs.order_by(BLOCKER.c.found_at, BLOCKER.c.dimension_id, BLOCKER.c.id)
        return [mapping.blocker(row) for row in self._bound.rows(in_order)]

    def all_open(self) -> Sequence[Blocker]:
        """Not cleared, of projects not archived."""
        active = select(PROJECT.c.id).where(self._bound.mine(PROJECT), PROJECT.c.archived_at.is_(None))
        return _most_severe_first(self._bound.rows(_OPEN.where(BLOCKER.c.project_id.in_(active))))

    def of_project(self, project_id: str) -> Sequence[Blocker]:
        """Open and cleared."""
        return _most_severe_first(self._bound.rows(_BLOCKERS.where(BLOCKER.c.project_id == project_id)))


def _most_severe_first(rows: Sequence[Row[Any]]) -> list[Blocker]:
    """Sorted here: asked for an order, SQLite goes through a tenant's in that order to find those of a project."""
    found = [mapping.blocker(row) for row in rows]
    return sorted(found, key=lambda each: (-each.severity, each.found_at, each.dimension_id))
