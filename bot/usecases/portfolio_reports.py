"""The portfolio as a page: its projects read batch by batch while the page is written."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.readiness.assessment import Project
from bot.readiness.framework import Dimension
from bot.readiness.portfolio import ProjectLevel
from bot.readiness.portfolio_report import ListedProject, PortfolioReportCard, counted
from bot.readiness.query import Flag
from bot.readiness.scorecard import Severity
from bot.usecases.people import may_read_answers
from bot.usecases.ports import Context
from bot.usecases.selection import batched, chosen, flagged, unread

AT_ONCE = 200
"""Projects that are read at a time."""


def report_of(context: Context, filters: str) -> PortfolioReportCard:
    """The page for the actor, as of now. Everybody may see stages and blockers; levels are for who may read answers.

    It costs a few statements for every AT_ONCE projects: once to count them, once to show them.
    """
    ids, blocked = chosen(context, filters), flagged(context, Flag.BLOCKED)
    everyone = (each for batch in batched(ids, AT_ONCE) for each in context.tx.projects.many(batch))
    return PortfolioReportCard(
        framework=context.framework,
        reader=context.actor,
        made_at=context.now,
        filters=filters,
        counts=replace(counted(everyone), blocked=sum(each in blocked for each in ids)),
        projects=_listed(context, ids),
        shows_levels=_reads_some(context),
        unread=unread(context, filters),
    )


def _reads_some(context: Context) -> bool:
    actor, tx = context.actor, context.tx
    if actor.is_admin or actor.is_manager:
        return True
    return bool(actor.id and (tx.projects.of_person(actor.id) or tx.interviews.asked_last(actor.id)))


def _listed(context: Context, ids: Sequence[str]) -> Iterator[ListedProject]:
    tx = context.tx
    asked = tx.interviews.asked_last(context.actor.id)
    overdue, asking = flagged(context, Flag.OVERDUE), flagged(context, Flag.ASKING)
    for batch in batched(ids, AT_ONCE):
        projects, levels = tx.projects.many(batch), tx.portfolio.levels(batch)
        owners = tx.people.many(project.owner_id for project in projects)
        valid = [waiver for waiver in tx.waivers.of_projects(batch) if waiver.is_valid(context.now)]
        waived = {(waiver.project_id, waiver.dimension_id) for waiver in valid}
        for project in projects:
            theirs = levels.get(project.id, ())
            may_read = may_read_answers(context.actor, project) or project.id in asked
            yield ListedProject(
                project=project,
                owner=owners[project.owner_id].name,
                blockers=_blockers(
                    context, project, [each for each in theirs if (project.id, each.dimension_id) not in waived]
                ),
                levels={each.dimension_id: _known(each) for each in theirs} if may_read else None,
                waivers=sum(project_id == project.id for project_id, _ in waived),
                overdue=project.id in overdue,
                asking=project.id in asking,
            )


def _known(level: ProjectLevel) -> int | None:
    return None if level.claimed is None else level.effective


def _blockers(
    context: Context, project: Project, levels: Sequence[ProjectLevel]
) -> tuple[tuple[Dimension, Severity], ...]:
    """The heaviest first, then in the order of the framework."""
    found = [
        (context.dimension_of(project, each.dimension_id), each.severity)
        for each in levels
        if each.blocks and each.severity is not None
    ]
    place = {dimension.id: number for number, dimension in enumerate(context.framework.dimensions)}
    return tuple(sorted(found, key=lambda pair: (-pair[1], place.get(pair[0].id, len(place)))))
