"""The whole portfolio, counted in the database from what milestones have left; no answer is looked at."""

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.chat.incoming import Incoming
from bot.readiness.assessment import Project
from bot.readiness.blockers import Blocker, state_of
from bot.readiness.digests import First
from bot.readiness.framework import Framework
from bot.readiness.framework_versions import key_of
from bot.readiness.organization import organization_stage
from bot.readiness.portfolio import Census
from bot.readiness.project_cards import BarrierCount, OpenBlocker, OverviewCard
from bot.readiness.query import Changed, Query
from bot.usecases import portfolio_week
from bot.usecases.levers import shown_first
from bot.usecases.ports import Context
from bot.usecases.waived import as_they_count

PROJECTS_SHOWN = 10
"""The first of all; a list shows the rest, page by page."""

BLOCKERS_SHOWN = 5
MOVED_SHOWN = 3
WEEK = timedelta(days=7)
CHANGED = Query().with_clause(Changed(WEEK.days))
BEHIND_SHOWN = 3
"""Projects that hold the organization back, named in a sentence."""


def overview(context: Context, _incoming: Incoming) -> OverviewCard:
    """Everybody may see stages."""
    framework, portfolio = context.framework, context.tx.portfolio
    census = portfolio.census(context.as_of)
    organization = organization_stage(census.members, old_critical=census.old_critical)
    behind = organization.failed.behind if organization.failed else None
    heaviest = portfolio.heaviest(context.now, BLOCKERS_SHOWN)
    shared = context.tx.shared_findings.open()
    since = context.now - WEEK
    shown, debts = as_they_count(context, portfolio.matching(Query(), context.as_of, PROJECTS_SHOWN).shown)
    return OverviewCard(
        framework=framework,
        census=census,
        organization=organization,
        zone=context.actor.timezone,
        held_back_by=portfolio.behind(behind, context.now, BEHIND_SHOWN) if behind else First(),
        barriers=_barriers(framework, census),
        shared=tuple(dimension for dimension in framework.dimensions if dimension.id in shared),
        blockers=_with_projects(context, open_blockers(context, heaviest)),
        lever=shown_first(context),
        projects=shown,
        moved=portfolio_week.moved(context, since, context.now, MOVED_SHOWN),
        critical=portfolio_week.critical(context, since, context.now, MOVED_SHOWN),
        changed=portfolio.matching(CHANGED, context.as_of, 0).total,
        debts=debts,
        rated_by_others=_rated_by_others(context, census),
        no_barrier=census.blockers - sum(each.blockers for each in _barriers(framework, census)),
    )


def _with_projects(context: Context, found: Sequence[OpenBlocker]) -> tuple[tuple[Project, OpenBlocker], ...]:
    projects = {each.id: each for each in context.tx.projects.many([one.blocker.project_id for one in found])}
    return tuple((projects[one.blocker.project_id], one) for one in found)


def _barriers(framework: Framework, census: Census) -> tuple[BarrierCount, ...]:
    """Those that the current framework names."""
    named = {barrier.id: barrier for barrier in framework.barriers}
    return tuple(
        BarrierCount(named[each.barrier_id], each.blockers, each.projects, each.heaviest)
        for each in census.barriers
        if each.barrier_id in named
    )


def _rated_by_others(context: Context, census: Census) -> tuple[tuple[Framework, int], ...]:
    """The other frameworks and versions that made results, and how many each."""
    known = {key: count for key, count in census.frameworks.items() if key.id}
    return tuple(
        (context.library.of(context.tx, key), known[key]) for key in sorted(known) if key != key_of(context.framework)
    )


def open_blockers(
    context: Context, found: Sequence[Blocker], framework: Framework | None = None
) -> tuple[OpenBlocker, ...]:
    """Blockers with their dimension, barrier, age in whole days and owner, in the order given.

    They are named by `framework` (the current one where none is given); what that one does not have, by the framework
    that found it.
    """
    named = framework or context.framework
    commitments = context.tx.commitments.open_of_many({blocker.project_id for blocker in found}) if found else ()
    held = {(each.project_id, each.dimension_id): each for each in commitments}
    people = context.tx.people.many({each.person_id for each in commitments}) if commitments else {}
    today = context.now.astimezone(ZoneInfo(context.actor.timezone)).date()
    return tuple(
        OpenBlocker(
            blocker=blocker,
            dimension=dimension,
            barrier=known.barrier(dimension.primary),
            age=max(0, (context.now - blocker.since).days),
            owner=people.get(commitment.person_id) if commitment else None,
            due=commitment.due if commitment else None,
            overdue=commitment.overdue(today) if commitment else 0,
            state=state_of(blocker, commitment, None, waived=False),
        )
        for blocker in found
        for known in (named if blocker.dimension_id in named.by_id else context.framework_found(blocker),)
        for dimension in (known.dimension(blocker.dimension_id),)
        for commitment in (held.get((blocker.project_id, blocker.dimension_id)),)
    )
