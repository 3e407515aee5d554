"""Projects as rows of a table: what CSV is written from, and what an import reads. Described in docs/export.md."""

from collections.abc import Iterator, Mapping

from bot.readiness.assessment import Project
from bot.readiness.blockers import ClaimState
from bot.readiness.file_cards import Access, ExportedProject
from bot.readiness.framework import Framework
from bot.readiness.sheets import Cell

SEEN = ("key", "name", "business_function", "team", "owner", "exposure", "target")
"""What people wrote about a project and everybody may see."""
WRITTEN = (*SEEN, "target_date", "cadence", "cadence_rule", "cadence_zone", "channel")
"""All that people write about a project, but for its roles: an import takes these, and leaves the rest alone."""
COMPUTED = (
    *("access", "stage", "readiness", "optimistic", "standing", "index", "blockers", "critical", "exclusions"),
    *("assessed_at", "archived_at", "handovers", "open_contests", "standing_claims", "doubts", "corrections"),
)
"""What follows from answers and acts."""
STANDINGS = (*WRITTEN, *COMPUTED)
"""The columns of the table; behind them stand the roles of the framework."""
ROLE = "role_"
HISTORY = (
    *("key", "number", "taken_at", "cause", "framework_version", "stage", "exposure", "readiness", "optimistic"),
    *("standing", "index"),
)
"""The columns of the table of milestones."""


def role_columns(framework: Framework) -> tuple[str, ...]:
    """One column a role, named by its id."""
    return tuple(f"{ROLE}{role.id}" for role in framework.roles)


def columns(framework: Framework) -> tuple[str, ...]:
    """All columns of the table of projects."""
    return (*STANDINGS, *role_columns(framework))


def written(project: Project, people: Mapping[str, str], channel: str = "") -> Mapping[str, Cell]:
    """What people wrote about a project, by column; `people` maps ids to names, `channel` is the platform's id."""
    return {
        "key": project.key,
        "name": project.name,
        "business_function": project.business_function,
        "team": project.team,
        "owner": people.get(project.owner_id, ""),
        "exposure": project.exposure,
        "target": project.target,
        "target_date": project.target_date.isoformat() if project.target_date else None,
        "cadence": project.cadence.value,
        "cadence_rule": project.cadence_rule,
        "cadence_zone": project.cadence_zone,
        "channel": channel,
        **{f"{ROLE}{role}": people.get(holder, "") for role, holder in project.roles.items()},
    }


def standing(exported: ExportedProject, framework: Framework) -> tuple[Cell, ...]:
    """The row of one project, under `columns`; who sees stages only gets what everybody may see."""
    project, summary = exported.project, exported.project.summary
    known = written(project, exported.holders, exported.channel)
    whole = exported.access is Access.ANSWERS
    return (
        *(known[column] if whole or column in SEEN else None for column in WRITTEN),
        exported.access.value,
        *(
            (summary.stage, summary.readiness, summary.optimistic, summary.standing, summary.index)
            if summary
            else (None,) * 5
        ),
        *((summary.blockers, summary.critical, summary.exclusions) if summary else (None,) * 3),
        summary.assessed_at.isoformat() if summary else None,
        project.archived_at.isoformat() if project.archived_at else None,
        *_between_people(exported),
        *(known.get(column) if whole else None for column in role_columns(framework)),
    )


def history(exported: ExportedProject) -> Iterator[tuple[Cell, ...]]:
    """The milestones of one project, oldest first, under HISTORY; everybody may see them."""
    for milestone in exported.milestones:
        card = milestone.scorecard
        yield (
            *(exported.project.key, milestone.sequence, milestone.taken_at.isoformat(), milestone.cause),
            *(milestone.framework_version, card.stage, card.exposure, card.readiness, card.optimistic),
            *(card.standing.value, card.index),
        )


def _between_people(exported: ExportedProject) -> tuple[Cell, ...]:
    """How often people disagreed or passed something on; nothing for who sees stages only."""
    if exported.access is Access.STAGES:
        return (None,) * 5
    return (
        len(exported.handovers),
        sum(contest.settled_at is None for contest in exported.contests),
        sum(claim.state is ClaimState.STANDS for claim in exported.claims),
        len(exported.doubts),
        len(exported.corrections),
    )
