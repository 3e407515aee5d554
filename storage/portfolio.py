"""All projects at once: found, counted and ranked by index, from rows that milestones have left."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, exists, func, literal_column, not_, select, update

from bot.readiness.assessment import Project
from bot.readiness.blockers import Blocker
from bot.readiness.digests import First
from bot.readiness.organization import OLD, Behind
from bot.readiness.portfolio import Census, ProjectLevel
from bot.readiness.query import Order, Query
from bot.readiness.scorecard import Severity
from bot.usecases.portfolio_ports import AsOf, Groups
from storage import mapping, tally
from storage import portfolio_names as names
from storage.bound import MOST, NOW, START, THESE, Bound, of_tenant, pieces
from storage.gaps import WAIVER, in_force
from storage.milestones import BLOCKER
from storage.portfolio_census import census, old_critical
from storage.portfolio_filters import IS_ACTIVE, WALKED, Filters, in_order
from storage.portfolio_parts import LEVEL
from storage.projects import PROJECT, is_of_active, made_of, of_ids

EVERY = 2**31 - 1
"""Rows of a list without an end."""

FEW = 400
"""So many that match are sorted; of more, a list in the order of an index finds its page sooner by walking down it."""

STAGE = func.coalesce(PROJECT.c.summary_stage, 1)
"""The reported stage; what is unknown counts for nothing."""

LEVEL_FIELDS = tuple(ProjectLevel.__dataclass_fields__)[:-1]
SEVERITY: Mapping[int | None, Severity | None] = {None: None, **{int(each): each for each in Severity}}


class Portfolio:
    """Fulfils `bot.usecases.portfolio_ports.Portfolio`."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def matching(self, query: Query, as_of: AsOf, rows: int | None = None) -> First[Project]:
        """Of all projects, a page down the index of its order; of some, their count and the ids of a page first."""
        wanted = min((each for each in (rows, _most(query)) if each is not None), default=None)
        if query.clauses:
            ids, total = self._page(query, as_of, wanted)
            shown = of_ids(self._bound, ids)
        else:
            shown, total = self._listed(query, wanted), self._total()
        return First(tuple(shown), total if query.limit is None else min(total, query.limit))

    def ids(self, query: Query, as_of: AsOf) -> Sequence[str]:
        """One statement of ids alone."""
        return [row.id for row in self._ids(query, Filters(self._bound, as_of), _most(query))]

    def unread(self, query: Query, as_of: AsOf) -> int:
        """One statement, where levels are read by somebody who does not read all."""
        open_to_all = tuple(each for each in query.clauses if not each.reads_levels)
        if as_of.reads_all or len(open_to_all) == len(query.clauses):
            return 0
        filters = Filters(self._bound, as_of)
        return self._count(Query(open_to_all), filters, not_(filters.readable()))

    def levels(self, project_ids: Collection[str]) -> Mapping[str, Sequence[ProjectLevel]]:
        """One statement for every few hundred projects."""
        found: defaultdict[str, list[ProjectLevel]] = defaultdict(list)
        for some in pieces(list(project_ids)):
            for row in self._bound.rows(_levels(), these=some):
                # By place: a heat map has a thousand of them.
                project_id, *told = tuple(row)
                told[-1] = SEVERITY[told[-1]]
                found[project_id].append(ProjectLevel(*told))
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
        """Three statements."""
        return census(self._bound, as_of)

    def behind(self, behind: Behind, now: datetime, rows: int) -> First[Project]:
        """Two or three statements."""
        listed, counted = _behind(behind)
        until = now - OLD
        shown = tuple(made_of(self._bound, self._bound.rows(listed, until=until, most=rows)))
        return First(shown, len(shown) if len(shown) < rows else self._bound.rows(counted, until=until)[0].total)

    def heaviest(self, now: datetime, rows: int) -> Sequence[Blocker]:
        """One statement for each severity, down the index of their age."""
        found: list[Blocker] = []
        for severity in (Severity.CRITICAL, Severity.HIGH):
            if len(found) < rows:
                wanted = {"severity": int(severity), "now": now, "most": rows - len(found)}
                found += [mapping.blocker(row) for row in self._bound.rows(_heaviest(), **wanted)]
        return found

    def called(self, words: Collection[str]) -> Mapping[str, str]:
        """By the index of keys."""
        return names.projects_called(self._bound, words)

    def named(self, words: Collection[str]) -> Mapping[str, str]:
        """By the index of names."""
        return names.projects_named(self._bound, words)

    def like(self, beginnings: Collection[str], rows: int) -> Mapping[str, str]:
        """By the index of keys."""
        return names.projects_like(self._bound, beginnings, rows)

    def groups(self) -> Groups:
        """Three statements, each one step down an index for every value."""
        bound = self._bound
        teams, functions = (names.groups(bound, each) for each in (PROJECT.c.team, PROJECT.c.business_function))
        return Groups(teams, functions, names.owners(bound))

    def _total(self) -> int:
        return sum(member.count for member, _, _ in tally.read(self._bound, tally.MEMBER).members())

    def _listed(self, query: Query, most: int | None) -> list[Project]:
        listed = _listed(query.order, query.descending)
        return made_of(self._bound, self._bound.rows(listed, **_window(query, most)))

    def _page(self, query: Query, as_of: AsOf, most: int | None) -> tuple[list[str], int]:
        """Some of the ids that match, and how many do: sorted and counted at once where no index has the order."""
        filters = Filters(self._bound, as_of)
        if most != 0 and query.order not in WALKED:
            found = self._ids(query, filters, most, func.count().over().label("total"))
            if found or not query.start:
                return [row.id for row in found], found[0].total if found else 0
        total = self._count(query, filters)
        if not total or most == 0 or query.start >= total:
            return [], total
        return [row.id for row in self._ids(query, replace(filters, walking=total > FEW), most)], total

    def _count(self, query: Query, filters: Filters, *more: ColumnElement[bool]) -> int:
        counted = select(func.count().label("total")).select_from(PROJECT).where(*filters.of(query), *more)
        return int(self._bound.rows(counted, **filters.moment)[0].total)

    def _ids(self, query: Query, filters: Filters, most: int | None, *more: ColumnElement[Any]) -> Sequence[Row[Any]]:
        wanted = select(PROJECT.c.id, *more).where(*filters.of(query)).limit(MOST).offset(START)
        in_its_order = wanted.order_by(*in_order(query.order, query.descending))
        return self._bound.rows(in_its_order, **filters.moment, **_window(query, most))


def _most(query: Query) -> int | None:
    """How many rows are left of a query's own limit."""
    return None if query.limit is None else max(0, query.limit - query.start)


def _window(query: Query, most: int | None) -> dict[str, object]:
    return {MOST.key: EVERY if most is None else most, START.key: query.start}


@cache
def _listed(order: Order, descending: bool) -> Select[Any]:  # noqa: FBT001  (as a query has it)
    mine = select(*PROJECT.c).where(of_tenant(PROJECT), IS_ACTIVE)
    return mine.order_by(*in_order(order, descending)).limit(MOST).offset(START)


@cache
def _levels() -> Select[Any]:
    told = (LEVEL.c[name] for name in ("project_id", *LEVEL_FIELDS, "severity"))
    theirs = select(*told).where(of_tenant(LEVEL), LEVEL.c.project_id.in_(THESE))
    return theirs.order_by(LEVEL.c.project_id, LEVEL.c.dimension_id)


@cache
def _heaviest() -> Select[Any]:
    waived = exists().where(
        WAIVER.c.tenant_id == BLOCKER.c.tenant_id,
        WAIVER.c.project_id == BLOCKER.c.project_id,
        WAIVER.c.dimension_id == BLOCKER.c.dimension_id,
        *in_force(NOW),
    )
    heavy = BLOCKER.c.cleared_at.is_(None), BLOCKER.c.severity == bindparam("severity")
    theirs = select(*BLOCKER.c).where(of_tenant(BLOCKER), *heavy, is_of_active(BLOCKER), ~waived)
    return theirs.order_by(BLOCKER.c.since, BLOCKER.c.dimension_id, BLOCKER.c.id).limit(MOST)


@lru_cache(maxsize=64)
def _behind(behind: Behind) -> tuple[Select[Any], Select[Any]]:
    """The first of them by key, and how many there are."""
    conditions = [of_tenant(PROJECT), IS_ACTIVE, PROJECT.c.exposure >= behind.exposed]
    if behind.below is not None:
        conditions.append(behind.below > STAGE)
    if behind.unfounded:
        conditions.append(func.coalesce(PROJECT.c.summary_founded, literal_column("false")).is_(False))
    if behind.ahead:
        conditions.append(PROJECT.c.exposure > STAGE)
    if behind.old_critical:
        conditions.append(PROJECT.c.id.in_(select(BLOCKER.c.project_id).where(*old_critical())))
    if behind.other_teams:
        conditions.append(PROJECT.c.team.not_in(behind.other_teams))
    if behind.other_functions:
        conditions.append(PROJECT.c.business_function.not_in(behind.other_functions))
    if behind.nearest:
        nearest = select(func.max(STAGE)).where(*conditions).scalar_subquery()
        conditions.append(nearest == STAGE)
    listed = select(*PROJECT.c).where(*conditions).order_by(PROJECT.c.key).limit(MOST)
    return listed, select(func.count().label("total")).select_from(PROJECT).where(*conditions)


def _columns(level: ProjectLevel) -> dict[str, Any]:
    told = {name: getattr(level, name) for name in LEVEL_FIELDS}
    return {**told, "severity": None if level.severity is None else int(level.severity)}
