"""A question in plain words, understood: what is asked for, how sure that is, and which words were of no use. Pure.

A `Reading` is one thing the words may mean; written out it is what a button carries and what the answer says first.
`bot.readiness.asking_reader` finds readings in words; `docs/questions.md` says how.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.readiness.filters import read_filters
from bot.readiness.query import Query, Vocabulary, written


class Ask(StrEnum):
    """What somebody wants to know.

    LIST, COUNT   which projects fit a query, and how many     PEOPLE     who owns the projects that fit
    WHY, STATUS, BLOCKERS, HISTORY   of one project            COMPARE    two projects side by side
    OVERVIEW      the whole portfolio, the barriers ranked     LEVERAGE   what would help most
    HEATMAP       projects by dimensions, as a picture         TREND      the stages over time
    WHATIF        one project, with other levels
    """

    LIST = "list"
    COUNT = "count"
    PEOPLE = "people"
    WHY = "why"
    STATUS = "status"
    BLOCKERS = "blockers"
    HISTORY = "history"
    COMPARE = "compare"
    OVERVIEW = "overview"
    LEVERAGE = "leverage"
    HEATMAP = "heatmap"
    TREND = "trend"
    WHATIF = "whatif"


OF_PROJECTS = (Ask.LIST, Ask.COUNT, Ask.PEOPLE, Ask.HEATMAP)
"""What is asked of the projects that fit a query."""
WRITES = (Ask.HEATMAP, Ask.TREND, Ask.COMPARE)
"""What owes the asker a picture."""
NAMING: Mapping[Ask, int] = {
    Ask.WHY: 1,
    Ask.STATUS: 1,
    Ask.BLOCKERS: 1,
    Ask.HISTORY: 1,
    Ask.WHATIF: 1,
    Ask.COMPARE: 2,
}
"""How many projects must be named."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that words may mean: `query` for what is asked of several projects, else the `projects`' keys."""

    ask: Ask
    query: Query = field(default_factory=Query)
    projects: tuple[str, ...] = ()

    def written(self) -> str:
        """The reading as one line: `list barrier:data`, `why churn`; `read_reading` gives it back."""
        rest = written(self.query) if self.ask in OF_PROJECTS else " ".join(self.projects)
        return f"{self.ask} {rest}".strip()


def read_reading(text: str, vocabulary: Vocabulary) -> Reading:
    """The reading that was written. Raises FiltersRefused for filters that cannot be read, else ValueError."""
    word, _, rest = text.partition(" ")
    ask = Ask(word)
    if ask in OF_PROJECTS:
        return Reading(ask, read_filters(rest, vocabulary))
    projects = tuple(rest.split())
    if len(projects) != NAMING.get(ask, 0):
        raise ValueError(f"{text!r}: expected {NAMING.get(ask, 0)} projects behind {ask}")
    return Reading(ask, projects=projects)


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to ask about, as it is spelled.

    `vocabulary` maps words of the framework (small letters, `*` at the end for any ending) to ids, `stages` to numbers.
    `projects` maps keys to names; `people` are names of owners; `here` is the key of the project whose channel it is
    asked in.
    """

    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    stages: Mapping[str, int] = field(default_factory=dict)
    projects: Mapping[str, str] = field(default_factory=dict)
    teams: Collection[str] = ()
    functions: Collection[str] = ()
    people: Collection[str] = ()
    here: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """What words mean: the likeliest reading first. `sure`: the first one can be answered without asking back.

    `unread` are words that no reading uses, as they were typed.
    """

    readings: tuple[Reading, ...]
    sure: bool
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unclear:
    """A question that was asked back, and the names by which an endpoint may propose a reading of it."""

    words: str
    barriers: tuple[str, ...]
    dimensions: tuple[str, ...]
