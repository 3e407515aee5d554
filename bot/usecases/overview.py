"""The whole portfolio, from what the last scoring left with each project and from the open blockers."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from bot.chat.incoming import Incoming
from bot.readiness.assessment import Project
from bot.readiness.blockers import Blocker, state_of
from bot.readiness.framework import STAGES, Framework
from bot.readiness.framework_versions import key_of
from bot.readiness.organization import Member, is_founded, is_old, organization_stage, shared_by_half
from bot.readiness.project_cards import BarrierCount, OpenBlocker, OverviewCard
from bot.readiness.scoring import Severity, Standing
from bot.usecases.ports import Context
from bot.usecases.waived import debts, discounted, without_waived

PROJECTS_SHOWN = 20
"""More rows would not fit beside the rest of a message."""

BLOCKERS_SHOWN = 5


def overview(context: Context, _incoming: Incoming) -> OverviewCard:
    """Everybody may see stages; no answer is loaded."""
    framework = context.framework
    valid = context.tx.waivers.valid(context.now)
    found, covered = without_waived(context.tx.blockers.all_open(), valid)
    projects = discounted(context.tx.projects.active(), covered)
    by_id = {project.id: project for project in projects}
    found = [each for each in found if each.project_id in by_id]
    organization = organization_stage(_members(context, projects, found), sponsor_statement=False)
    stages = Counter(project.summary.stage for project in projects if project.summary)
    exposures = Counter(project.exposure for project in projects)
    place = {dimension.id: number for number, dimension in enumerate(context.framework.dimensions)}
    heaviest = sorted(
        found, key=lambda blocker: (-blocker.severity, blocker.since, place.get(blocker.dimension_id, 0), blocker.id)
    )[:BLOCKERS_SHOWN]
    return OverviewCard(
        framework=framework,
        total=len(projects),
        unassessed=sum(project.summary is None for project in projects),
        stages={stage: stages[stage] for stage in STAGES},
        exposures={exposure: exposures[exposure] for exposure in STAGES},
        organization=organization,
        held_back_by=tuple(by_id[each] for each in organization.failed.project_ids) if organization.failed else (),
        barriers=_barrier_counts(framework, found),
        shared=tuple(
            framework.by_id[dimension_id]
            for dimension_id in shared_by_half(_advancing(context, projects, found))
            if dimension_id in framework.by_id
        ),
        blockers=tuple((by_id[each.blocker.project_id], each) for each in open_blockers(context, heaviest)),
        blockers_total=len(found),
        projects=tuple(sorted(projects, key=_urgency)[:PROJECTS_SHOWN]),
        zone=context.actor.timezone,
        debts=debts(valid),
        rated_by_others=tuple(
            (context.library.of(context.tx, key), keys)
            for key, keys in sorted(context.tx.frameworks.assessed().items())
            if key != key_of(framework)
        ),
        no_barrier=sum(blocker.dimension_id not in framework.by_id for blocker in found),
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


def is_ahead(project: Project) -> bool:
    """It reaches more people than its answers support; not said before the first result."""
    return project.summary is not None and project.summary.standing == Standing.AHEAD


def _members(context: Context, projects: Sequence[Project], found: Iterable[Blocker]) -> list[Member]:
    old = {
        blocker.project_id
        for blocker in found
        if blocker.severity is Severity.CRITICAL and is_old(blocker.since, context.now)
    }
    return [
        Member(
            project_id=project.id,
            stage=project.summary.stage if project.summary else 1,
            exposure=project.exposure,
            founded=_founded(context, project),
            team=project.team,
            business_function=project.business_function,
            old_critical=project.id in old,
        )
        for project in projects
    ]


def _founded(context: Context, project: Project) -> bool:
    """Readiness 2 holds every bar of stage 2; only a project exposed beyond a readiness of 1 needs its milestone."""
    if project.summary is None:
        return False
    if project.summary.readiness >= 2 or project.exposure < 2:
        return True
    milestone = context.tx.milestones.get(project.summary.milestone_id)
    return is_founded(context.framework_of(milestone), milestone.scorecard)


def _barrier_counts(framework: Framework, found: Iterable[Blocker]) -> tuple[BarrierCount, ...]:
    """Ranked by the heaviest blocker, then by how many there are."""
    grouped: defaultdict[str, list[Blocker]] = defaultdict(list)
    for blocker in found:
        dimension = framework.by_id.get(blocker.dimension_id)
        if dimension is not None:
            grouped[dimension.primary].append(blocker)
    counts = [
        BarrierCount(
            barrier=barrier,
            blockers=len(grouped[barrier.id]),
            projects=len({blocker.project_id for blocker in grouped[barrier.id]}),
            heaviest=max(blocker.severity for blocker in grouped[barrier.id]),
        )
        for barrier in framework.barriers
        if barrier.id in grouped
    ]
    return tuple(sorted(counts, key=lambda count: (-count.heaviest, -count.blockers)))


def _advancing(context: Context, projects: Iterable[Project], found: Iterable[Blocker]) -> dict[str, set[str]]:
    """The assessed projects that mean to move on, each with the dimensions that block it."""
    targets = context.framework.default_targets
    held: dict[str, set[str]] = {
        project.id: set()
        for project in projects
        if (project.target or targets[project.exposure]) > project.exposure and project.summary is not None
    }
    for blocker in found:
        if blocker.project_id in held:
            held[blocker.project_id].add(blocker.dimension_id)
    return held


def _urgency(project: Project) -> tuple[bool, int, int, str]:
    """Ahead of readiness first, then the most blocked, then by key."""
    summary = project.summary
    critical, count = (summary.critical, summary.blockers) if summary else (0, 0)
    return not is_ahead(project), -critical, -count, project.key
