"""A page of the projects that a query means."""

from dataclasses import replace

from bot.readiness.portfolio_cards import ProjectsCard
from bot.readiness.query import Query
from bot.usecases.ports import Context
from bot.usecases.waived import as_they_count

ROWS = 10
"""Projects on a page; each has a button."""


def page_of(context: Context, query: Query, name: str = "") -> ProjectsCard:
    """From the query's start on; everybody sees stages. `name`: under which the reader keeps the query."""
    page = context.tx.portfolio.matching(query, context.as_of, ROWS)
    shown, debts = as_they_count(context, page.shown)
    return ProjectsCard(
        query=query,
        page=replace(page, shown=shown),
        rows=ROWS,
        zone=context.actor.timezone,
        name=name,
        debts=debts,
        unread=context.tx.portfolio.unread(query, context.as_of),
    )
