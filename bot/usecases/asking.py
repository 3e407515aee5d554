"""What a question in plain words may mean here: among the projects, teams and people of the one who asks."""

from collections.abc import Sequence

from bot.readiness.asking import Known, Unclear, Understood
from bot.readiness.asking_reader import read_question
from bot.readiness.assessment import Project
from bot.readiness.local_time import local_day
from bot.readiness.query import Vocabulary
from bot.readiness.spoken import spoken
from bot.usecases.ports import Context


def vocabulary_of(context: Context) -> Vocabulary:
    """The framework's words, as filters are written with them."""
    return spoken(context.framework)[0]


def understood(context: Context, text: str, channel: str = "") -> Understood | None:
    """What is asked of the portfolio; None when it is no question to it. `channel`: where it was asked."""
    return read_question(text, _known(context, channel), local_day(context.now, context.actor.timezone))


def unclear(context: Context, text: str) -> Unclear:
    """What an endpoint is told of a question: its words, and what the framework calls its things."""
    framework = context.framework
    return Unclear(text, tuple(each.id for each in framework.barriers), tuple(each.id for each in framework.dimensions))


def _known(context: Context, channel: str) -> Known:
    vocabulary, stages = spoken(context.framework)
    projects: Sequence[Project] = context.tx.projects.active()
    place = context.tx.places.of_channel(channel) if channel else None
    here = context.tx.projects.of_place(place.id) if place else ()
    owners = context.tx.people.many({project.owner_id for project in projects})
    return Known(
        vocabulary=vocabulary,
        stages=stages,
        projects={project.key: project.name for project in projects},
        teams={project.team for project in projects} - {""},
        functions={project.business_function for project in projects} - {""},
        people={person.name for person in owners.values()},
        here=here[0].key if len(here) == 1 else "",
    )
