"""A week of all projects: what happened within a window, and what is open when it is read.

It reads the first few of each list and how many there are, never the portfolio.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol, TypeVar

from bot.readiness.assessment import Project
from bot.readiness.digests import (
    Content,
    Ending,
    First,
    Late,
    Moved,
    PortfolioDigest,
    ProjectGap,
    Subscription,
)
from bot.readiness.framework import Dimension
from bot.readiness.local_time import local_day
from bot.usecases.digest_ports import Gap
from bot.usecases.ports import Context

SHOWN = 5
"""Of each list; the rest is counted."""

ToT = TypeVar("ToT")


def of(context: Context, subscription: Subscription, since: datetime, until: datetime) -> PortfolioDigest:
    """What happened to all projects within the window, and what is open with them now."""
    weeks, framework, zone, of_gap = context.tx.weeks, context.framework, subscription.zone, context.dimension_of
    digest = PortfolioDigest(
        framework=framework,
        since=since,
        until=until,
        zone=zone,
        projects=weeks.projects(),
        content=subscription.content,
        moved=moved(context, since, until, SHOWN),
        critical=critical(context, since, until, SHOWN),
    )
    if subscription.content is Content.CHANGES:
        return digest
    today = local_day(context.now, zone)
    return replace(
        digest,
        ahead=_projects(context, weeks.ahead(SHOWN)),
        overdue=_each(
            context,
            weeks.overdue(today, SHOWN),
            lambda project, one: Late(
                project=project,
                dimension=of_gap(project, one.dimension_id),
                person=context.tx.people.get(one.person_id),
                days=(today - one.at).days,
            ),
        ),
        untaken=_gaps(context, weeks.untaken(context.now, SHOWN)),
        waiting=_each(context, weeks.waiting(SHOWN), lambda project, one: Ending(project, one.at)),
        unassessed=_projects(context, weeks.unassessed(SHOWN)),
        waivers=_each(
            context,
            weeks.waivers(context.now, SHOWN),
            lambda project, one: Ending(project, one.at, of_gap(project, one.dimension_id)),
        ),
        shared=_shared(context),
        blockers=weeks.blockers(context.now),
    )


def moved(context: Context, since: datetime, until: datetime, limit: int) -> First[Moved]:
    """The projects whose stage is another than it was."""
    found = context.tx.weeks.moved(since, until, limit)
    return _each(context, found, lambda project, one: Moved(project, one.before, one.now))


def critical(context: Context, since: datetime, until: datetime, limit: int) -> First[ProjectGap]:
    """What became critical and still is."""
    return _gaps(context, context.tx.weeks.critical(since, until, context.now, limit))


class _OfProject(Protocol):
    """Whatever names a project."""

    @property
    def project_id(self) -> str: ...


OneT = TypeVar("OneT", bound=_OfProject)


def _each(context: Context, found: First[OneT], made: Callable[[Project, OneT], ToT]) -> First[ToT]:
    """Each with its project; all of these at once."""
    projects = {each.id: each for each in context.tx.projects.many([one.project_id for one in found.shown])}
    return First(tuple(made(projects[one.project_id], one) for one in found.shown), found.total)


def _gaps(context: Context, found: First[Gap]) -> First[ProjectGap]:
    return _each(
        context, found, lambda project, one: ProjectGap(project, context.dimension_of(project, one.dimension_id))
    )


def _projects(context: Context, found: First[str]) -> First[Project]:
    return First(tuple(context.tx.projects.many(found.shown)), found.total)


def _shared(context: Context) -> tuple[Dimension, ...]:
    found = context.tx.shared_findings.open()
    return tuple(dimension for dimension in context.framework.dimensions if dimension.id in found)
