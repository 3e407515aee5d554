"""Filters under a name: kept, listed, forgotten; each person has their own."""

from difflib import get_close_matches

from bot.chat.incoming import Command
from bot.readiness.filters import FiltersRefused
from bot.readiness.portfolio_cards import ProjectsCard, SavedFiltersCard
from bot.readiness.query import Query, written
from bot.readiness.refusals import Refusal, Refused
from bot.usecases.filtering import read_query
from bot.usecases.listing import page_of
from bot.usecases.ports import Context

MOST = 25
"""Names of one person; a list of them is one message."""
LONGEST_NAME = 40
_NOT_IN_NAMES = frozenset(' :,"<>=')


def saved(context: Context, _command: Command) -> SavedFiltersCard:
    """What the actor keeps."""
    return SavedFiltersCard(_own(context))


def save(context: Context, command: Command) -> SavedFiltersCard:
    """Keep filters under a name, in the place of what had it. Raises FiltersRefused."""
    name, _, text = command.text.strip().partition(" ")
    name = name.lower()
    if not text.strip():
        raise Refused(Refusal.NAME_AND_FILTERS_WANTED, word=name)
    if len(name) > LONGEST_NAME or _NOT_IN_NAMES & set(name) or name.startswith("-"):
        raise Refused(Refusal.NOT_A_NAME, word=name[:LONGEST_NAME])
    own = _own(context)
    if name not in own and len(own) >= MOST:
        raise Refused(Refusal.TOO_MANY_FILTERS, most=str(MOST))
    filters = written(read_query(context, text))
    context.tx.saved_filters.save(context.actor.id, name, filters)
    return SavedFiltersCard({**own, name: filters}, saved=name)


def forget(context: Context, command: Command) -> SavedFiltersCard:
    """Forget the filters of a name."""
    name, own = command.text.strip().lower(), dict(_own(context))
    if name not in own:
        near = get_close_matches(name, own, n=1, cutoff=0.5)
        raise Refused(Refusal.NO_SUCH_FILTERS, word=name, nearest=near[0] if near else "")
    context.tx.saved_filters.remove(context.actor.id, name)
    del own[name]
    return SavedFiltersCard(own, forgotten=name)


def named_query(context: Context, text: str) -> tuple[str, Query] | None:
    """The name and the query that the actor keeps under it; None where they keep none. Raises FiltersRefused.

    More filters may stand behind it; what they come to together has no name.
    """
    name, _, more = text.strip().partition(" ")
    filters = _own(context).get(name.lower()) if name and not _NOT_IN_NAMES & set(name) else None
    if filters is None:
        return None
    if not more:
        return name.lower(), read_query(context, filters)
    try:
        read_query(context, more)
    except FiltersRefused:
        # A question may begin with a word that is a name as well.
        return None
    return "", read_query(context, f"{filters} {more}")


def listed(context: Context, text: str) -> ProjectsCard | None:
    """The projects of a name; None where the actor keeps none of it."""
    found = named_query(context, text)
    return page_of(context, found[1], found[0]) if found else None


def _own(context: Context) -> dict[str, str]:
    return dict(context.tx.saved_filters.of_person(context.actor.id)) if context.actor.id else {}
