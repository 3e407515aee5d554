"""Two projects in one breath: "churn pricing", "Churn prediction and pricing", "churn vs pricing"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.chat.incoming import Command
from bot.readiness.assessment import Project
from bot.readiness.refusals import Refusal, Refused
from bot.usecases.people import without_mentions
from bot.usecases.ports import Context
from bot.usecases.projects import named

_BETWEEN = re.compile(r"\s*[,;|]\s*|\s+(?:and|with|und|mit|gegen|vs\.?|versus)\s+", re.IGNORECASE)
"""What may stand between two names."""
MOST_WORDS = 24
"""Behind so many words nobody names two projects."""


def two_named(context: Context, command: Command) -> tuple[Project, Project]:
    """The two projects that a command names, each by key or name.

    They may be the same. Raises Refused TWO_PROJECTS_WANTED where there are not two words, or NO_SUCH_PROJECT.
    """
    text = without_mentions(command.text).replace('"', " ").strip()
    pairs = list(_split(text))
    if not pairs:
        raise Refused(Refusal.TWO_PROJECTS_WANTED, word=text)
    first = pairs[0]
    return (
        _by_keys(context, pairs)
        or _by_names(context, pairs)
        or (
            named(context, replace(command, text=first[0])),
            named(context, replace(command, text=first[1])),
        )
    )


def _split(text: str) -> Iterator[tuple[str, str]]:
    """Every way to read it as two names; where a word stands between them, that one first."""
    for found in _BETWEEN.finditer(text):
        one, other = text[: found.start()].strip(), text[found.end() :].strip()
        if one and other:
            yield one, other
    words = text.split()
    for place in range(1, min(len(words), MOST_WORDS)):
        yield " ".join(words[:place]), " ".join(words[place:])


def _by_keys(context: Context, pairs: Sequence[tuple[str, str]]) -> tuple[Project, Project] | None:
    for pair in pairs:
        one, other = (None if " " in name else context.tx.projects.by_key(name.lower()) for name in pair)
        if one and other:
            return one, other
    return None


def _by_names(context: Context, pairs: Sequence[tuple[str, str]]) -> tuple[Project, Project] | None:
    """A key and a name, or two names."""
    names = {name.casefold() for pair in pairs for name in pair}
    portfolio = context.tx.portfolio
    keys = {name.casefold(): key for key, name in sorted(portfolio.named(names).items(), reverse=True)}
    keys |= {key: key for key in portfolio.called(names)}
    for pair in pairs:
        found = [keys[name.casefold()] for name in pair if name.casefold() in keys]
        if len(found) == len(pair):
            projects = {project.key: project for project in context.tx.projects.of_keys(found)}
            return projects[found[0]], projects[found[1]]
    return None
