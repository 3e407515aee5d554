"""Lists of projects by filters: typed, saved, or behind a button; and the way from a list to a project and back."""

from dataclasses import replace

from bot.chat.incoming import Command, Press
from bot.readiness.portfolio_cards import ProjectOnTheWayCard, ProjectsCard
from bot.readiness.query import Query
from bot.readiness.refusals import Refusal, Refused
from bot.usecases.filtering import read_query
from bot.usecases.listing import page_of
from bot.usecases.portfolio import status_of
from bot.usecases.ports import Context
from bot.usecases.projects import by_id


def listed(context: Context, command: Command) -> ProjectsCard:
    """The projects that these filters mean. Raises FiltersRefused."""
    return page_of(context, read_query(context, command.text))


def turned(context: Context, press: Press) -> ProjectsCard:
    """The page that a button leads to."""
    return page_of(context, _query(context, press.value))


def opened(context: Context, press: Press) -> ProjectOnTheWayCard:
    """A project from a list, with the way back."""
    project_id, _, place = press.value.partition("|")
    query = _query(context, place)
    return ProjectOnTheWayCard(status_of(context, by_id(context, project_id)), query)


def _query(context: Context, place: str) -> Query:
    start, _, text = place.partition("|")
    if not start.isdecimal():
        raise Refused(Refusal.UNKNOWN_PRESS)
    return replace(read_query(context, text), start=int(start))
