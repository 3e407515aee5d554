"""From a notice's ids to what it says now, for gaps that time has passed over. None means it is not worth sending."""

from collections import defaultdict
from collections.abc import Collection

from bot.readiness.ageing_cards import AllUnknownsCard, OldBlockersCard, OverdueCard, UnknownsCard
from bot.readiness.local_time import local_day
from bot.readiness.notices import Notice
from bot.readiness.scoring import FindingKind
from bot.usecases.commitment_dates import is_late
from bot.usecases.gaps import acts_on, blockers_of, open_blocker
from bot.usecases.ports import Context
from bot.usecases.waived import waived


def unknowns(context: Context, notice: Notice) -> UnknownsCard | AllUnknownsCard | None:
    """What nobody could answer for two working days, and still cannot."""
    if notice.person_id is not None and not context.actor.is_manager:
        return None
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for blocker_id, project_id in notice.parameters.items():
        wanted[project_id].add(context.tx.blockers.get(blocker_id).dimension_id)
    found = (_unknowns(context, project_id, dimensions) for project_id, dimensions in wanted.items())
    several = tuple(sorted(filter(None, found), key=lambda card: card.project.name.casefold()))
    if len(several) > 1:
        return AllUnknownsCard(several)
    return several[0] if several else None


def _unknowns(context: Context, project_id: str, wanted: Collection[str]) -> UnknownsCard | None:
    project = context.tx.projects.get(project_id)
    latest = context.tx.milestones.latest(project.id)
    if latest is None or project.archived_at is not None:
        return None
    found = tuple(
        finding
        for finding in latest.scorecard.blockers
        if finding.dimension_id in wanted and finding.kind is FindingKind.UNKNOWN
    )
    owner = context.tx.people.get(project.owner_id)
    return UnknownsCard(project, context.framework_of(latest), owner, found) if found else None


def old_blockers(context: Context, notice: Notice) -> OldBlockersCard | None:
    """Blockers that have been open for another thirty days, and still are."""
    project = context.tx.projects.get(notice.subject)
    if project.archived_at is not None:
        return None
    wanted, covered = notice.parameters, waived(context, project.id)
    lines = tuple(
        line
        for line in blockers_of(context, project).blockers
        if line.blocker.id in wanted and line.blocker.dimension_id not in covered
    )
    return OldBlockersCard(project, lines) if lines else None


def overdue(context: Context, notice: Notice) -> OverdueCard | None:
    """A commitment whose day has passed; nothing once it was met, given back or dated anew."""
    commitment = context.tx.commitments.get(notice.subject)
    project, holder = context.tx.projects.get(commitment.project_id), context.tx.people.get(commitment.person_id)
    dimension = context.dimension_of(project, commitment.dimension_id)
    is_over = project.archived_at is not None or commitment.dimension_id in waived(context, project.id)
    if is_over or not is_late(context, commitment, holder) or open_blocker(context, project, dimension) is None:
        return None
    return OverdueCard(
        project=project,
        dimension=dimension,
        commitment=commitment,
        holder=holder,
        days=commitment.overdue(local_day(context.now, holder.timezone)),
        acts=acts_on(context, project, dimension),
        is_holder=context.actor.id == holder.id,
    )
