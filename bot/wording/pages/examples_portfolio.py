"""Examples of lists of projects: none, a page in the middle of many, on the way down, and filters under names."""

from dataclasses import replace

from bot.readiness.digests import First
from bot.readiness.portfolio_cards import ProjectOnTheWayCard, ProjectsCard, SavedFiltersCard
from bot.readiness.project_cards import StatusCard
from bot.readiness.query import Flag, Flagged, Name, Named, Query
from bot.wording.pages.examples_projects import PROJECT, ZONE
from bot.wording.pages.examples_projects import examples as of_projects

STUCK = Query().with_clause(Named(Name.BARRIER, ("barrier-1",))).with_clause(Flagged(Flag.WAIVED), negated=True)


def examples() -> dict[str, object]:
    """A page of each kind, as full as it gets."""
    status = of_projects()["status"]
    assert isinstance(status, StatusCard)
    rows = tuple(replace(PROJECT, id=f"p{number}", key=f"{'long-' * 12}{number}") for number in range(10))
    many = ProjectsCard(STUCK.page(20), First(rows, 9_999), 10, ZONE, debts={"p1": 2})
    return {
        "projects": many,
        "projects_first": replace(many, query=STUCK, name="stuck"),
        "projects_last": replace(many, page=First(rows, 30)),
        "projects_all": replace(many, query=Query()),
        "projects_one": replace(many, query=STUCK, page=First(rows[:1], 1), unread=1),
        "projects_none": replace(many, query=STUCK, page=First(), unread=9_999),
        "project_on_the_way": ProjectOnTheWayCard(status, STUCK.page(20)),
        "saved_filters": SavedFiltersCard({f"name-{number}": "stage:>=3 -waived" for number in range(25)}, "name-3"),
        "saved_filters_one": SavedFiltersCard({"stuck": "stage:2"}),
        "saved_filters_none": SavedFiltersCard({}, forgotten="stuck"),
    }
