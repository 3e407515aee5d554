"""All projects at once: found, counted and ranked by index, from rows that milestones have left."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, literal_column, not_, select, update

from bot.readiness.assessment import Project
from bot.readiness.blockers import Blocker
from bot.readiness.digests import First
from bot.readiness.organization import OLD, Behind
from bot.readiness.portfolio import BarrierHold, Census, ProjectLevel, ranked
from bot.readiness.query import Query
from bot.readiness.scorecard import Severity
from bot.usecases.portfolio_ports import AsOf, Groups
from storage import mapping, tally
from storage import portfolio_names as names
from storage.assessments import ASSESSMENT
from storage.bound import Bound, of_tenant
from storage.gaps import COMMITMENT, WAIVER, in_force
from storage.milestones import BLOCKER
from storage.portfolio_filters import BLOCKS, IS_ACTIVE, LEVEL, Filters, in_order, late, overdue
from storage.projects import PROJECT, is_of_active, made_of

AT_ONCE = 500
"""Ids in one statement."""

STAGE = func.coalesce(PROJECT.c.summary_stage, 1)
"""The reported stage; what is unknown counts for nothing."""

IS_OPEN = BLOCKER.c.cleared_at.is_(None)


class Portfolio:
    """Fulfils `bot.usecases.portfolio_ports.Portfolio`."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def matching(self, query: Query, as_of: AsOf, rows: int | None = None) -> First[Project]:
        """Of all projects, a page down the index of its order; of some, the ids of a page with their count first."""
        wanted = min((each for each in (rows, _most(query)) if each is not None), default=None)
        if query.clauses:
            conditions = Filters(self._bound, as_of).of(query)
            shown, total = self._page(conditions, in_order(query), query.start, wanted)
        else:
            mine = (of_tenant(PROJECT), IS_ACTIVE)
            shown, total = self._list(*mine, order=in_order(query), start=query.start, rows=wanted), self._total()
        return First(shown, total if query.limit is None else min(total, query.limit))

    def ids(self, query: Query, as_of: AsOf) -> Sequence[str]:
        """One statement of ids alone."""
        wanted = select(PROJECT.c.id).where(*Filters(self._bound, as_of).of(query)).order_by(*in_order(query))
        return [row.id for row in self._bound.rows(wanted.limit(_most(query)).offset(query.start or None))]

    def unread(self, query: Query, as_of: AsOf) -> int:
        """One statement, where levels are compared by somebody who does not read all."""
        open_to_all = tuple(each for each in query.clauses if not each.compares_levels)
        if as_of.reads_all or len(open_to_all) == len(query.clauses):
            return 0
        filters = Filters(self._bound, as_of)
        return self._count(*filters.of(Query(open_to_all)), not_(filters.readable()))

    def levels(self, project_ids: Collection[str]) -> Mapping[str, Sequence[ProjectLevel]]:
        """One statement for every few hundred projects."""
        found: defaultdict[str, list[ProjectLevel]] = defaultdict(list)
        for some in _pieces(list(project_ids)):
            theirs = select(*LEVEL.c).where(of_tenant(LEVEL), LEVEL.c.project_id.in_(some))
            for row in self._bound.rows(theirs.order_by(LEVEL.c.project_id, LEVEL.c.dimension_id)):
                found[row.project_id].append(_level(row))
        return found

    def save_levels(self, project_id: str, levels: Sequence[ProjectLevel]) -> None:
        """Replace them."""
        before = self.levels([project_id]).get(project_id, ())
        self._bound.delete(LEVEL, LEVEL.c.project_id == project_id)
        self._bound.insert(LEVEL, [{"project_id": project_id, **_columns(level)} for level in levels])
        tally.append(self._bound, tally.of_levels(before), tally.of_levels(levels))

    def save_stale(self, project_id: str, at: datetime | None) -> None:
        """Raises KeyError."""
        of_one = update(PROJECT).where(of_tenant(PROJECT), PROJECT.c.id == project_id)
        self._bound.write(PROJECT, of_one.values(stale_at=at).returning(PROJECT.c.id))

    def census(self, as_of: AsOf) -> Census:
        """The sums that are kept, less what is waived: a few statements over few rows."""
        sums = tally.read(self._bound)
        crossings: Counter[tuple[int, int]] = Counter()
        standings: Counter[str] = Counter()
        members = sums.members()
        for member, stage, standing in members:
            crossings[stage, member.exposure] += member.count
            if standing:
                standings[standing] += member.count
        covered = self._covered(as_of)
        waived = sum(bool(row.is_waived) for row in covered)
        freed = {row.project_id for row in covered} - {row.project_id for row in covered if not row.is_waived}
        found = sums.barriers()
        blockers = sum(count.total() for count in found.values())
        debts = self._debts(as_of.now)
        return Census(
            members=tuple(member for member, _, _ in members),
            crossings=crossings,
            standings=standings,
            frameworks=sums.frameworks(),
            barriers=ranked(_less(found, sums.of(tally.HELD), covered)),
            blockers=blockers - waived,
            critical=sum(count[Severity.CRITICAL] for count in found.values()),
            waived=waived,
            blocked=sums.of(tally.BLOCKED).get("", 0) - len(freed),
            old_critical=self._has_old_critical(as_of.now),
            waivers=debts.total(),
            debtors=len(debts),
            late=self._one(late(as_of.now, func.count()).where(is_of_active(ASSESSMENT))),
            overdue=self._one(overdue(as_of, func.count()).where(is_of_active(COMMITMENT))),
        )

    def behind(self, behind: Behind, now: datetime, rows: int) -> First[Project]:
        """Two or three statements."""
        conditions = [of_tenant(PROJECT), IS_ACTIVE, PROJECT.c.exposure >= behind.exposed]
        if behind.below is not None:
            conditions.append(behind.below > STAGE)
        if behind.unfounded:
            conditions.append(func.coalesce(PROJECT.c.summary_founded, literal_column("false")).is_(False))
        if behind.ahead:
            conditions.append(PROJECT.c.exposure > STAGE)
        if behind.old_critical:
            conditions.append(PROJECT.c.id.in_(select(BLOCKER.c.project_id).where(*_old_critical(now))))
        if behind.other_teams:
            conditions.append(PROJECT.c.team.not_in(behind.other_teams))
        if behind.other_functions:
            conditions.append(PROJECT.c.business_function.not_in(behind.other_functions))
        if behind.nearest:
            nearest = select(func.max(STAGE)).where(*conditions).scalar_subquery()
            conditions.append(nearest == STAGE)
        shown = self._list(*conditions, order=(PROJECT.c.key,), rows=rows)
        return First(shown, len(shown) if len(shown) < rows else self._count(*conditions))

    def heaviest(self, now: datetime, rows: int) -> Sequence[Blocker]:
        """One statement for each severity, down the index of their age."""
        waived = exists().where(
            WAIVER.c.tenant_id == BLOCKER.c.tenant_id,
            WAIVER.c.project_id == BLOCKER.c.project_id,
            WAIVER.c.dimension_id == BLOCKER.c.dimension_id,
            *in_force(now),
        )
        found: list[Blocker] = []
        for severity in (Severity.CRITICAL, Severity.HIGH):
            oldest = (
                self._bound.select(BLOCKER)
                .where(IS_OPEN, BLOCKER.c.severity == int(severity), is_of_active(BLOCKER), ~waived)
                .order_by(BLOCKER.c.since, BLOCKER.c.dimension_id, BLOCKER.c.id)
            )
            if len(found) < rows:
                found += [mapping.blocker(row) for row in self._bound.rows(oldest.limit(rows - len(found)))]
        return found

    def called(self, words: Collection[str]) -> Mapping[str, str]:
        """By the index of keys."""
        return names.projects_called(self._bound, words)

    def named(self, words: Collection[str]) -> Mapping[str, str]:
        """One statement over all projects for every few hundred words."""
        return names.projects_named(self._bound, words)

    def like(self, beginnings: Collection[str], rows: int) -> Mapping[str, str]:
        """By the index of keys."""
        return names.projects_like(self._bound, beginnings, rows)

    def groups(self) -> Groups:
        """Three statements, each one step down an index for every value."""
        bound = self._bound
        teams, functions = (names.groups(bound, each) for each in (PROJECT.c.team, PROJECT.c.business_function))
        return Groups(teams, functions, names.owners(bound))

    def _covered(self, as_of: AsOf) -> Sequence[Row[Any]]:
        """Every blocker of the projects that have a waiver: project, barrier, severity, whether it is waived."""
        filters = Filters(self._bound, as_of)
        columns = (LEVEL.c.project_id, LEVEL.c.barrier_id, LEVEL.c.severity, filters.waived().label("is_waived"))
        return self._bound.rows(
            select(*columns).where(of_tenant(LEVEL), BLOCKS, LEVEL.c.project_id.in_(filters.indebted()))
        )

    def _debts(self, now: datetime) -> Counter[str]:
        """Waivers in force, by project."""
        indebted = select(WAIVER.c.project_id).where(of_tenant(WAIVER), *in_force(now), is_of_active(WAIVER))
        return Counter(row.project_id for row in self._bound.rows(indebted))

    def _has_old_critical(self, now: datetime) -> bool:
        oldest = select(BLOCKER.c.id).where(*_old_critical(now), is_of_active(BLOCKER)).order_by(BLOCKER.c.since)
        return bool(self._bound.rows(oldest.limit(1)))

    def _total(self) -> int:
        return sum(member.count for member, _, _ in tally.read(self._bound).members())

    def _page(
        self,
        conditions: Sequence[ColumnElement[bool]],
        order: Sequence[ColumnElement[Any]],
        start: int,
        rows: int | None,
    ) -> tuple[tuple[Project, ...], int]:
        """Some of those that match, and how many do: matched once, on ids alone."""
        counted = func.count().over().label("total")
        ids = select(PROJECT.c.id, counted).where(*conditions).order_by(*order).limit(rows).offset(start or None)
        found = self._bound.rows(ids)
        if not found:
            # Behind the end, or none wanted: no row tells the count.
            return (), self._count(*conditions) if start or rows == 0 else 0
        by_id = {
            each.id: each
            for some in _pieces([row.id for row in found])
            for each in self._list(of_tenant(PROJECT), PROJECT.c.id.in_(some), order=(), rows=None)
        }
        return tuple(by_id[row.id] for row in found), found[0].total

    def _list(
        self, *conditions: ColumnElement[bool], order: Sequence[ColumnElement[Any]], rows: int | None, start: int = 0
    ) -> tuple[Project, ...]:
        wanted = self._bound.select(PROJECT).where(*conditions).order_by(*order).limit(rows).offset(start or None)
        return tuple(made_of(self._bound, self._bound.rows(wanted)))

    def _count(self, *conditions: ColumnElement[bool]) -> int:
        return self._one(select(func.count()).select_from(PROJECT).where(*conditions))

    def _one(self, statement: Select[Any]) -> int:
        return int(self._bound.rows(statement)[0][0])


def _most(query: Query) -> int | None:
    """How many rows are left of a query's own limit."""
    return None if query.limit is None else max(0, query.limit - query.start)


def _old_critical(now: datetime) -> tuple[ColumnElement[bool], ...]:
    heavy = BLOCKER.c.severity == int(Severity.CRITICAL)
    return of_tenant(BLOCKER), IS_OPEN, heavy, BLOCKER.c.since < now - OLD


def _less(
    found: Mapping[str, Counter[Severity]], held: Mapping[str, int], covered: Sequence[Row[Any]]
) -> Iterator[BarrierHold]:
    """The blockers of each barrier, less those that are waived: these are few, and no heavier than HIGH."""
    left: Counter[tuple[str, str]] = Counter()
    waived: dict[str, Counter[Severity]] = defaultdict(Counter)
    for row in covered:
        left[row.project_id, row.barrier_id] += not row.is_waived
        waived[row.barrier_id][Severity(row.severity)] += bool(row.is_waived)
    freed = Counter(barrier_id for (_, barrier_id), count in left.items() if not count)
    for barrier_id, count in found.items():
        rest = count - waived[barrier_id]
        if rest:
            yield BarrierHold(barrier_id, rest.total(), held.get(barrier_id, 0) - freed[barrier_id], max(rest))


def _columns(level: ProjectLevel) -> dict[str, Any]:
    return {
        "dimension_id": level.dimension_id,
        "barrier_id": level.barrier_id,
        "claimed": level.claimed,
        "effective": level.effective,
        "need": level.need,
        "carries": level.carries,
        "severity": None if level.severity is None else int(level.severity),
    }


def _level(row: Row[Any]) -> ProjectLevel:
    return ProjectLevel(
        dimension_id=row.dimension_id,
        barrier_id=row.barrier_id,
        claimed=row.claimed,
        effective=row.effective,
        need=row.need,
        carries=row.carries,
        severity=None if row.severity is None else Severity(row.severity),
    )


def _pieces(ids: list[str]) -> Iterator[list[str]]:
    return (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE))
