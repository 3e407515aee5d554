"""All projects at once: found, counted and ranked by index, from rows that milestones have left."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, exists, func, literal_column, select, update

from bot.readiness.assessment import Project
from bot.readiness.blockers import Blocker
from bot.readiness.digests import First
from bot.readiness.framework_versions import FrameworkKey
from bot.readiness.organization import OLD, Behind, Member
from bot.readiness.portfolio import BarrierHold, Census, ProjectLevel, ranked
from bot.readiness.query import Query
from bot.readiness.scorecard import Severity
from bot.usecases.portfolio_ports import AsOf, Groups
from storage import mapping
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
        """Counted only where the page does not show it: two or three statements, whatever the number of projects."""
        wanted = min((each for each in (rows, _most(query)) if each is not None), default=None)
        conditions = Filters(self._bound, as_of).of(query)
        shown = self._list(*conditions, order=in_order(query), start=query.start, rows=wanted)
        if (wanted is None or len(shown) < wanted) and (shown or not query.start):
            return First(shown, query.start + len(shown))
        total = self._count(*conditions)
        return First(shown, total if query.limit is None else min(total, query.limit))

    def ids(self, query: Query, as_of: AsOf) -> Sequence[str]:
        """One statement of ids alone."""
        wanted = select(PROJECT.c.id).where(*Filters(self._bound, as_of).of(query)).order_by(*in_order(query))
        return [row.id for row in self._bound.rows(wanted.limit(_most(query)).offset(query.start or None))]

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
        self._bound.delete(LEVEL, LEVEL.c.project_id == project_id)
        self._bound.insert(LEVEL, [{"project_id": project_id, **_columns(level)} for level in levels])

    def save_stale(self, project_id: str, at: datetime | None) -> None:
        """Raises KeyError."""
        of_one = update(PROJECT).where(of_tenant(PROJECT), PROJECT.c.id == project_id)
        self._bound.write(PROJECT, of_one.values(stale_at=at).returning(PROJECT.c.id))

    def census(self, as_of: AsOf) -> Census:
        """Seven statements that read indexes alone."""
        groups = self._groups()
        crossings: Counter[tuple[int, int]] = Counter()
        standings: Counter[str] = Counter()
        frameworks: Counter[FrameworkKey] = Counter()
        for row in groups:
            crossings[row.stage or 0, row.exposure] += row.projects
            if row.stage is not None:
                standings[row.summary_standing] += row.projects
                frameworks[FrameworkKey(row.framework_id or "", row.framework_version or "")] += row.projects
        covered = self._covered(as_of)
        barriers = self._barriers(covered)
        waived = [level for _, level, is_waived in covered if is_waived]
        all_waived = {project_id for project_id, _, _ in covered} - {
            project_id for project_id, _, is_waived in covered if not is_waived
        }
        indebted: Select[Any] = select(WAIVER.c.project_id).where(
            of_tenant(WAIVER), *in_force(as_of.now), is_of_active(WAIVER)
        )
        debts = Counter(row.project_id for row in self._bound.rows(indebted))
        return Census(
            members=tuple(_member(row) for row in groups),
            crossings=crossings,
            standings=standings,
            frameworks=frameworks,
            barriers=ranked(barriers),
            blockers=sum(row.blockers or 0 for row in groups) - len(waived),
            critical=self._one(select(func.count()).where(of_tenant(LEVEL), LEVEL.c.severity == literal_column("4"))),
            waived=len(waived),
            blocked=sum(row.blocked or 0 for row in groups) - len(all_waived),
            old_critical=self._one(
                select(func.count(BLOCKER.c.project_id.distinct())).where(
                    *_old_critical(as_of.now), is_of_active(BLOCKER)
                )
            ),
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
            conditions.append(_own(PROJECT.c.team).not_in(behind.other_teams))
        if behind.other_functions:
            conditions.append(_own(PROJECT.c.business_function).not_in(behind.other_functions))
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

    def _groups(self) -> Sequence[Row[Any]]:
        """Projects that count alike. A team matters from stage 4 on, a function from stage 5."""
        stage, blockers = PROJECT.c.summary_stage, PROJECT.c.summary_blockers
        columns = (
            stage.label("stage"),
            PROJECT.c.exposure,
            PROJECT.c.summary_standing,
            PROJECT.c.summary_founded.label("founded"),
            case((stage >= 4, _own(PROJECT.c.team)), else_="").label("team"),
            case((stage >= 5, _own(PROJECT.c.business_function)), else_="").label("function"),
            PROJECT.c.summary_framework_id.label("framework_id"),
            PROJECT.c.summary_framework_version.label("framework_version"),
        )
        return self._bound.rows(
            select(
                *columns,
                func.count().label("projects"),
                func.sum(blockers).label("blockers"),
                func.sum(case((blockers > 0, 1), else_=0)).label("blocked"),
            )
            .where(of_tenant(PROJECT), IS_ACTIVE)
            .group_by(*(literal_column(str(number)) for number in range(1, len(columns) + 1)))
        )

    def _covered(self, as_of: AsOf) -> list[tuple[str, ProjectLevel, bool]]:
        """Every blocker of the projects that have a waiver: project, level, whether it is waived."""
        indebted = select(WAIVER.c.project_id).where(of_tenant(WAIVER), *in_force(as_of.now))
        theirs = select(*LEVEL.c, Filters(self._bound, as_of).waived().label("is_waived")).where(
            of_tenant(LEVEL), BLOCKS, LEVEL.c.project_id.in_(indebted)
        )
        return [(row.project_id, _level(row), bool(row.is_waived)) for row in self._bound.rows(theirs)]

    def _barriers(self, covered: Sequence[tuple[str, ProjectLevel, bool]]) -> Iterator[BarrierHold]:
        """All blockers counted by barrier, less those that are waived: these are few, and no heavier than HIGH."""
        counted = (
            select(
                LEVEL.c.barrier_id,
                func.count().label("blockers"),
                func.count(LEVEL.c.project_id.distinct()).label("projects"),
                func.max(LEVEL.c.severity).label("heaviest"),
            )
            .where(of_tenant(LEVEL), BLOCKS)
            .group_by(LEVEL.c.barrier_id)
        )
        left: Counter[tuple[str, str]] = Counter()
        waived: Counter[str] = Counter()
        for project_id, level, is_waived in covered:
            left[project_id, level.barrier_id] += not is_waived
            waived[level.barrier_id] += is_waived
        freed = Counter(barrier_id for (_, barrier_id), count in left.items() if not count)
        for row in self._bound.rows(counted):
            blockers = row.blockers - waived[row.barrier_id]
            if blockers:
                yield BarrierHold(
                    row.barrier_id, blockers, row.projects - freed[row.barrier_id], Severity(row.heaviest)
                )

    def _list(
        self, *conditions: ColumnElement[bool], order: Sequence[ColumnElement[Any]], rows: int | None, start: int = 0
    ) -> tuple[Project, ...]:
        wanted = select(*PROJECT.c).where(*conditions).order_by(*order).limit(rows).offset(start or None)
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


def _own(name: ColumnElement[str]) -> ColumnElement[str]:
    """A project that names no team or function counts as one of its own."""
    return case((name == "", PROJECT.c.id), else_=name)


def _member(row: Row[Any]) -> Member:
    return Member(row.stage or 1, row.exposure, bool(row.founded), row.team, row.function, row.projects)


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
