"""Which projects filters choose, for what is sent as a file."""

from collections.abc import Iterator, Sequence, Set
from typing import TypeVar

from bot.readiness.query import Flag, Flagged, Query, written
from bot.usecases.filtering import read_query
from bot.usecases.ports import Context
from bot.usecases.saved_filters import named_query

T = TypeVar("T")


def checked(context: Context, text: str) -> str:
    """The filters as they will be read again when the file is made, or those kept under a name.

    Raises FiltersRefused with every mistake.
    """
    kept = named_query(context, text)
    return written(kept[1] if kept else read_query(context, text))


def chosen(context: Context, filters: str) -> Sequence[str]:
    """The ids of the projects that the filters choose, in their order; without filters all that are active."""
    return context.tx.portfolio.ids(read_query(context, filters), context.as_of)


def unread(context: Context, filters: str) -> int:
    """How many projects the filters leave out as they read levels, and theirs are not for the actor."""
    return context.tx.portfolio.unread(read_query(context, filters), context.as_of)


def flagged(context: Context, flag: Flag) -> Set[str]:
    """The ids of all active projects of which something is so."""
    return frozenset(context.tx.portfolio.ids(Query().with_clause(Flagged(flag)), context.as_of))


def batched(every: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """In order, so many at a time."""
    return (every[start : start + size] for start in range(0, len(every), size))
