"""The portfolio over a window: what happened, found by the index of its time, and the first few of what is open.

Every list costs one statement and gives its first rows with how many there are, whatever the number of projects.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select, text

from bot.readiness.blockers import BEGINS, Happening
from bot.readiness.digests import First
from bot.readiness.scoring import Severity, Standing
from bot.usecases.digest_ports import Due, Gap, StageChange
from storage.assessments import ASSESSMENT
from storage.blocker_tables import NOT_ENDED
from storage.bound import MOST, NOW, SINCE, UNTIL, Bound, of_tenant
from storage.gaps import COMMITMENT, EVENT, WAIVER, in_force
from storage.milestones import BLOCKER, CHANGE
from storage.projects import PROJECT

TOTAL = func.count().over().label("total")
IS_ACTIVE = PROJECT.c.archived_at.is_(None)
WEIGHS = tuple(str(each) for each in (*BEGINS, Happening.SEVERITY))


class Weeks:
    """Fulfils `bot.usecases.digest_ports.Weeks`."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def projects(self) -> int:
        """How many are active."""
        counted = select(func.count()).select_from(PROJECT).where(of_tenant(PROJECT), IS_ACTIVE)
        return int(self._bound.rows(counted)[0][0])

    def moved(self, since: datetime, until: datetime, limit: int) -> First[StageChange]:
        """Those whose stage is another than at the beginning of the window; those that fell first, first results last.

        A project's changes follow one another, so the first within the window begins where the window did.
        """
        rows = self._bound.rows(_moved(), since=since, until=until, most=limit)
        return _first(rows, lambda row: StageChange(row.id, row.before, row.after))

    def critical(self, since: datetime, until: datetime, now: datetime, limit: int) -> First[Gap]:
        """Blockers that became critical within the window and still are, the oldest first."""
        rows = self._bound.rows(_became_critical(), since=since, until=until, now=now, most=limit)
        return _first(rows, _gap)

    def untaken(self, now: datetime, limit: int) -> First[Gap]:
        """Blockers that nobody has taken on, the heaviest first."""
        held = exists().where(
            COMMITMENT.c.tenant_id == BLOCKER.c.tenant_id,
            COMMITMENT.c.project_id == BLOCKER.c.project_id,
            COMMITMENT.c.dimension_id == BLOCKER.c.dimension_id,
            text(f"commitment.{NOT_ENDED}"),
        )
        return self._gaps(_open_blockers().where(~held), now, limit)

    def blockers(self, now: datetime) -> int:
        """How many are open and not waived."""
        return self._gaps(_open_blockers(), now, 1).total

    def overdue(self, today: date, limit: int) -> First[Due[date]]:
        """What somebody took on for a day before `today`, the oldest day first."""
        wanted = (
            select(COMMITMENT.c.project_id, COMMITMENT.c.dimension_id, COMMITMENT.c.person_id, COMMITMENT.c.due, TOTAL)
            .join(PROJECT, _project_of(COMMITMENT.c.project_id))
            .where(of_tenant(COMMITMENT), text(f"commitment.{NOT_ENDED}"), COMMITMENT.c.due < today)
            .order_by(COMMITMENT.c.due, PROJECT.c.key, COMMITMENT.c.dimension_id)
        )
        return _first(
            self._rows(wanted, limit), lambda row: Due(row.project_id, row.due, row.dimension_id, row.person_id)
        )

    def waiting(self, limit: int) -> First[Due[datetime]]:
        """Assessments that wait for answers, the nearest deadline first."""
        wanted = (
            select(ASSESSMENT.c.project_id, ASSESSMENT.c.deadline, TOTAL)
            .join(PROJECT, _project_of(ASSESSMENT.c.project_id))
            .where(of_tenant(ASSESSMENT), text("assessment.state = 'open'"))
            .order_by(ASSESSMENT.c.deadline, PROJECT.c.key)
        )
        return _first(self._rows(wanted, limit), lambda row: Due(row.project_id, row.deadline))

    def waivers(self, now: datetime, limit: int) -> First[Due[datetime]]:
        """In force, the one that ends first before the others."""
        wanted = (
            select(WAIVER.c.project_id, WAIVER.c.dimension_id, WAIVER.c.until, TOTAL)
            .join(PROJECT, _project_of(WAIVER.c.project_id))
            .where(of_tenant(WAIVER), *in_force(now))
            .order_by(WAIVER.c.until, PROJECT.c.key, WAIVER.c.dimension_id)
        )
        return _first(self._rows(wanted, limit), lambda row: Due(row.project_id, row.until, row.dimension_id))

    def ahead(self, limit: int) -> First[str]:
        """Projects that reach more people than their answers carry, the most blocked first."""
        theirs = self._projects(PROJECT.c.summary_standing == str(Standing.AHEAD))
        wanted = theirs.order_by(PROJECT.c.summary_critical.desc(), PROJECT.c.summary_blockers.desc(), PROJECT.c.key)
        return _first(self._rows(wanted, limit), lambda row: str(row.id))

    def unassessed(self, limit: int) -> First[str]:
        """Projects without any result, the oldest first."""
        theirs = self._projects(PROJECT.c.summary_milestone_id.is_(None))
        return _first(self._rows(theirs.order_by(PROJECT.c.created_at, PROJECT.c.key), limit), lambda row: str(row.id))

    def _projects(self, condition: ColumnElement[bool]) -> Select[Any]:
        return select(PROJECT.c.id, TOTAL).where(of_tenant(PROJECT), IS_ACTIVE, condition)

    def _gaps(self, wanted: Select[Any], now: datetime, limit: int) -> First[Gap]:
        return _first(self._bound.rows(wanted.limit(limit), now=now), _gap)

    def _rows(self, wanted: Select[Any], limit: int) -> Sequence[Row[Any]]:
        return self._bound.rows(wanted.limit(limit))


@cache
def _moved() -> Select[Any]:
    """Of each project with a change in the window: what the first one left, and what the last one brought."""
    project, number = CHANGE.c.project_id, CHANGE.c.sequence
    within = (
        select(
            CHANGE.c.project_id,
            func.first_value(CHANGE.c.before).over(partition_by=project, order_by=number).label("before"),
            CHANGE.c.after,
            func.row_number().over(partition_by=project, order_by=number.desc()).label("back"),
        )
        .where(of_tenant(CHANGE), CHANGE.c.at > SINCE, CHANGE.c.at <= UNTIL)
        .subquery()
    )
    before, after = within.c.before, within.c.after
    return (
        select(PROJECT.c.id, before, after, TOTAL)
        .select_from(within)
        .join(PROJECT, _project_of(within.c.project_id))
        .where(within.c.back == 1, or_(before.is_(None), before != after))
        .order_by(before.is_(None), after - before, PROJECT.c.key)
        .limit(MOST)
    )


@cache
def _became_critical() -> Select[Any]:
    became = select(EVENT.c.blocker_id).where(
        of_tenant(EVENT),
        EVENT.c.at > SINCE,
        EVENT.c.at <= UNTIL,
        EVENT.c.severity == int(Severity.CRITICAL),
        EVENT.c.happening.in_(WEIGHS),
    )
    critical = BLOCKER.c.severity == int(Severity.CRITICAL)
    return _open_blockers().where(BLOCKER.c.id.in_(became), critical).limit(MOST)


@cache
def _open_blockers() -> Select[Any]:
    """Neither cleared nor waived, of active projects; the heaviest first, then the oldest."""
    waived = exists().where(
        WAIVER.c.tenant_id == BLOCKER.c.tenant_id,
        WAIVER.c.project_id == BLOCKER.c.project_id,
        WAIVER.c.dimension_id == BLOCKER.c.dimension_id,
        *in_force(NOW),
    )
    since = func.coalesce(BLOCKER.c.reopened_at, BLOCKER.c.found_at)
    return (
        select(BLOCKER.c.project_id, BLOCKER.c.dimension_id, TOTAL)
        .join(PROJECT, _project_of(BLOCKER.c.project_id))
        .where(of_tenant(BLOCKER), text("blocker.cleared_at IS NULL"), ~waived)
        .order_by(BLOCKER.c.severity.desc(), since, PROJECT.c.key, BLOCKER.c.dimension_id)
    )


def _project_of(project_id: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(of_tenant(PROJECT), PROJECT.c.id == project_id, IS_ACTIVE)


def _gap(row: Row[Any]) -> Gap:
    return Gap(row.project_id, row.dimension_id)


def _first(rows: Sequence[Row[Any]], made: Any) -> First[Any]:
    return First(tuple(made(row) for row in rows), rows[0].total if rows else 0)
