"""A week of all projects: what happened within a window, and what is open when it is read.

It reads the first few of each list and how many there are, never the portfolio.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

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
from bot.usecases.ports import Context

SHOWN = 5
"""Of each list; the rest is counted."""

FromT = TypeVar("FromT")
ToT = TypeVar("ToT")


def of(context: Context, subscription: Subscription, since: datetime, until: datetime) -> PortfolioDigest:
    """What happened to all projects within the window, and what is open with them now."""
    weeks, framework, zone = context.tx.weeks, context.framework, subscription.zone
    get, of_gap = context.tx.projects.get, context.dimension_of
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
        ahead=_each(weeks.ahead(SHOWN), get),
        overdue=_each(
            weeks.overdue(today, SHOWN),
            lambda one: Late(
                project=(project := get(one.project_id)),
                dimension=of_gap(project, one.dimension_id),
                person=context.tx.people.get(one.person_id),
                days=(today - one.at).days,
            ),
        ),
        untaken=_each(weeks.untaken(context.now, SHOWN), lambda one: _gap(context, one.project_id, one.dimension_id)),
        waiting=_each(weeks.waiting(SHOWN), lambda one: Ending(get(one.project_id), one.at)),
        unassessed=_each(weeks.unassessed(SHOWN), get),
        waivers=_each(
            weeks.waivers(context.now, SHOWN),
            lambda one: Ending(project := get(one.project_id), one.at, of_gap(project, one.dimension_id)),
        ),
        shared=_shared(context),
        blockers=weeks.blockers(context.now),
    )


def moved(context: Context, since: datetime, until: datetime, limit: int) -> First[Moved]:
    """The projects whose stage is another than it was."""
    get = context.tx.projects.get
    return _each(
        context.tx.weeks.moved(since, until, limit), lambda one: Moved(get(one.project_id), one.before, one.now)
    )


def critical(context: Context, since: datetime, until: datetime, limit: int) -> First[ProjectGap]:
    """What became critical and still is."""
    found = context.tx.weeks.critical(since, until, context.now, limit)
    return _each(found, lambda one: _gap(context, one.project_id, one.dimension_id))


def _each(found: First[FromT], made: Callable[[FromT], ToT]) -> First[ToT]:
    return First(tuple(made(one) for one in found.shown), found.total)


def _gap(context: Context, project_id: str, dimension_id: str) -> ProjectGap:
    project: Project = context.tx.projects.get(project_id)
    return ProjectGap(project, context.dimension_of(project, dimension_id))


def _shared(context: Context) -> tuple[Dimension, ...]:
    found = context.tx.shared_findings.open()
    return tuple(dimension for dimension in context.framework.dimensions if dimension.id in found)
