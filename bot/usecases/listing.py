"""A page of the projects that a query means."""

from bot.readiness.portfolio_cards import ProjectsCard
from bot.readiness.query import Query
from bot.usecases.ports import Context

ROWS = 10
"""Projects on a page; each has a button."""


def page_of(context: Context, query: Query, name: str = "") -> ProjectsCard:
    """From the query's start on; everybody sees stages. `name`: under which the reader keeps the query."""
    page = context.tx.portfolio.matching(query, context.as_of, ROWS)
    return ProjectsCard(
        query=query,
        page=page,
        rows=ROWS,
        zone=context.actor.timezone,
        name=name,
        debts=context.tx.portfolio.debts([each.id for each in page.shown], context.now),
    )
