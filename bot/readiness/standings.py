"""Where every exported project stands now, as the rows of a table: what CSV is written from. See docs/export.md."""

from collections.abc import Iterator

from bot.readiness.blockers import ClaimState
from bot.readiness.file_cards import Access, ExportCard, ExportedProject

STANDINGS = (
    *("key", "name", "business_function", "team", "owner", "exposure", "target", "stage", "readiness", "optimistic"),
    *("standing", "index", "blockers", "critical", "exclusions", "assessed_at", "archived_at"),
    *("handovers", "open_contests", "standing_claims", "doubts", "corrections"),
)
"""The columns of the table."""

Cell = str | int | None


def standings(card: ExportCard) -> Iterator[tuple[Cell, ...]]:
    """The rows, under STANDINGS."""
    people = {person.id: person.name for person in card.people}
    for exported in card.projects:
        project, summary = exported.project, exported.project.summary
        yield (
            *(project.key, project.name, project.business_function, project.team),
            people.get(project.owner_id, ""),
            *(project.exposure, project.target),
            *(
                (summary.stage, summary.readiness, summary.optimistic, summary.standing, summary.index)
                if summary
                else (None,) * 5
            ),
            *((summary.blockers, summary.critical, summary.exclusions) if summary else (None,) * 3),
            summary.assessed_at.isoformat() if summary else None,
            project.archived_at.isoformat() if project.archived_at else None,
            *_between_people(exported),
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
