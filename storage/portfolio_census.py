"""The portfolio counted: sums that are kept, less what is waived, and what time has made late.

A few statements over few rows: as many as there are sorts of projects, waivers in force and dates that have passed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, literal_column, select

from bot.readiness.organization import OLD
from bot.readiness.portfolio import BarrierHold, Census, ranked
from bot.readiness.scorecard import Severity
from bot.usecases.portfolio_ports import AsOf
from storage import tally
from storage.assessments import ASSESSMENT
from storage.bound import NOW, UNTIL, Bound, of_tenant
from storage.gaps import COMMITMENT, WAIVER, in_force
from storage.milestones import BLOCKER
from storage.portfolio_parts import BLOCKS, LEVEL, late, overdue
from storage.projects import PROJECT, is_not_of_archived, is_of_active


def census(bound: Bound, as_of: AsOf) -> Census:
    """Every project counted."""
    sums = tally.read(bound, tally.MEMBER, tally.FRAMEWORK, tally.BLOCKED, tally.BARRIER, tally.HELD)
    crossings: Counter[tuple[int, int]] = Counter()
    standings: Counter[str] = Counter()
    members = sums.members()
    for member, stage, standing in members:
        crossings[stage, member.exposure] += member.count
        if standing:
            standings[standing] += member.count
    found = sums.barriers()
    debts = bound.rows(_debts(), now=as_of.now)
    covered = [row for row in debts if row.severity is not None]
    waived_of = Counter(row.project_id for row in covered)
    freed = {row.project_id for row in covered if waived_of[row.project_id] == row.of_project}
    (passed,) = bound.rows(_passed(), now=as_of.now, today=as_of.today, until=as_of.now - OLD)
    return Census(
        members=tuple(member for member, _, _ in members),
        crossings=crossings,
        standings=standings,
        frameworks=sums.frameworks(),
        barriers=ranked(_less(found, sums.of(tally.HELD), covered)),
        blockers=sum(count.total() for count in found.values()) - len(covered),
        critical=sum(count[Severity.CRITICAL] for count in found.values()),
        waived=len(covered),
        blocked=sums.of(tally.BLOCKED).get("", 0) - len(freed),
        old_critical=passed.old_critical,
        waivers=len(debts),
        debtors=len({row.project_id for row in debts}),
        late=passed.late,
        overdue=passed.overdue,
    )


@cache
def _debts() -> Select[Any]:
    """Each waiver in force: its project, and what it covers there, with how many blockers the project and barrier have.

    What covers nothing that blocks has no severity.
    """
    other = LEVEL.alias("other")
    of_barrier = select(func.count()).where(
        other.c.tenant_id == LEVEL.c.tenant_id,
        other.c.barrier_id == LEVEL.c.barrier_id,
        other.c.project_id == LEVEL.c.project_id,
        other.c.severity >= literal_column("3"),
    )
    this = and_(
        LEVEL.c.tenant_id == WAIVER.c.tenant_id,
        LEVEL.c.project_id == WAIVER.c.project_id,
        LEVEL.c.dimension_id == WAIVER.c.dimension_id,
        BLOCKS,
    )
    return (
        select(
            WAIVER.c.project_id,
            LEVEL.c.barrier_id,
            LEVEL.c.severity,
            PROJECT.c.summary_blockers.label("of_project"),
            of_barrier.scalar_subquery().label("of_barrier"),
        )
        .join_from(
            WAIVER, PROJECT, and_(PROJECT.c.tenant_id == WAIVER.c.tenant_id, PROJECT.c.id == WAIVER.c.project_id)
        )
        .outerjoin(LEVEL, this)
        .where(of_tenant(WAIVER), *in_force(NOW), PROJECT.c.archived_at.is_(None))
    )


@cache
def _passed() -> Select[Any]:
    """What is past its time, of active projects."""
    # The first in the order of the index: asked whether any exists, PostgreSQL tries its luck with the table.
    oldest = select(BLOCKER.c.id).where(*old_critical(), is_of_active(BLOCKER)).order_by(BLOCKER.c.since).limit(1)
    return select(
        late(func.count()).where(is_not_of_archived(ASSESSMENT)).scalar_subquery().label("late"),
        overdue(func.count()).where(is_not_of_archived(COMMITMENT)).scalar_subquery().label("overdue"),
        oldest.scalar_subquery().is_not(None).label("old_critical"),
    )


def old_critical() -> tuple[ColumnElement[bool], ...]:
    """Critical blockers that have been open since before UNTIL."""
    heavy = BLOCKER.c.severity == int(Severity.CRITICAL)
    return of_tenant(BLOCKER), BLOCKER.c.cleared_at.is_(None), heavy, BLOCKER.c.since < UNTIL


def _less(
    found: Mapping[str, Counter[Severity]], held: Mapping[str, int], covered: Sequence[Row[Any]]
) -> Iterator[BarrierHold]:
    """The blockers of each barrier, less those that are waived: these are few, and no heavier than HIGH."""
    waived_of = Counter((row.project_id, row.barrier_id) for row in covered)
    waived: defaultdict[str, Counter[Severity]] = defaultdict(Counter)
    freed: defaultdict[str, set[str]] = defaultdict(set)
    for row in covered:
        waived[row.barrier_id][Severity(row.severity)] += 1
        if waived_of[row.project_id, row.barrier_id] == row.of_barrier:
            freed[row.barrier_id].add(row.project_id)
    for barrier_id, count in found.items():
        rest = count - waived[barrier_id]
        if rest:
            yield BarrierHold(barrier_id, rest.total(), held.get(barrier_id, 0) - len(freed[barrier_id]), max(rest))
