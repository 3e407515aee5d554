"""What a question in plain words may mean here: among the projects, teams and people of the one who asks."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from bot.chat.incoming import Command
from bot.readiness.asking import Known, Unclear, Understood
from bot.readiness.asking_cards import OwnersCard
from bot.readiness.asking_reader import LONGEST, read_question
from bot.readiness.asking_words import is_near, runs
from bot.readiness.assessment import Project
from bot.readiness.local_time import local_day
from bot.readiness.spoken import spoken
from bot.usecases.filtering import read_query
from bot.usecases.ports import Context

LONGEST_NAME = 8
"""Words of a project's name; a longer one is asked for by its key."""
LIKE = 500
"""Keys that a misspelled one is held against."""
PROJECTS_OF_OWNERS = 200
"""Projects whose owners are named."""


def understood(context: Context, text: str, channel: str = "") -> Understood | None:
    """What is asked of the portfolio; None when it is no question to it. `channel`: where it was asked.

    Most questions are understood by keys alone. Only where they do not suffice, names are looked at, and keys that are
    spelled much like a word.
    """
    if len(text) > LONGEST:
        return None
    today, portfolio = local_day(context.now, context.actor.timezone), context.tx.portfolio
    words = runs(text, LONGEST_NAME)
    known = _known(context, portfolio.called(words), channel)
    found = read_question(text, known, today)
    if found and found.sure:
        return found
    like = portfolio.like({word[0] for word in words if word[0].isalnum()}, LIKE)
    misspelled = {word for word in words - known.projects.keys() if word.replace("-", "").isalnum()}
    near = {key: name for key, name in like.items() if any(is_near(word, key) for word in misspelled)}
    known = replace(known, projects={**known.projects, **near, **portfolio.named(words)})
    return read_question(text, known, today)


def unclear(context: Context, text: str) -> Unclear:
    """What an endpoint is told of a question: its words, and what the framework calls its things."""
    framework = context.framework
    return Unclear(text, tuple(each.id for each in framework.barriers), tuple(each.id for each in framework.dimensions))


def owners(context: Context, command: Command) -> OwnersCard:
    """Who owns the projects that these filters mean; everybody sees stages and owners. Raises FiltersRefused."""
    query = read_query(context, command.text)
    page = context.tx.portfolio.matching(query, context.as_of, PROJECTS_OF_OWNERS)
    theirs: defaultdict[str, list[Project]] = defaultdict(list)
    for project in page.shown:
        theirs[project.owner_id].append(project)
    people = context.tx.people.many(theirs)
    ranked = sorted(theirs.items(), key=lambda each: (-len(each[1]), people[each[0]].name))
    return OwnersCard(
        owners=tuple((people[owner_id], tuple(projects)) for owner_id, projects in ranked),
        total=page.total,
        shown=len(page.shown),
        unread=context.tx.portfolio.unread(query, context.as_of),
    )


def _known(context: Context, projects: Mapping[str, str], channel: str) -> Known:
    vocabulary, stages = spoken(context.framework)
    groups = context.tx.portfolio.groups()
    place = context.tx.places.of_channel(channel) if channel else None
    here = context.tx.projects.of_place(place.id) if place else ()
    return Known(
        vocabulary=vocabulary,
        stages=stages,
        projects=projects,
        teams=groups.teams,
        functions=groups.functions,
        people=groups.owners,
        here=here[0].key if len(here) == 1 else "",
    )
