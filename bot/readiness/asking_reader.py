"""Finds what a question in plain words asks of the portfolio, English or German. Pure, local, explainable.

Words become cues (`asking_lexicon`, the framework's own words, names of projects, teams and people), cues a query
(`asking_clauses`), and a query with the way it was asked a reading. A word that carries sense and was of no use leaves
a doubt; so does whatever fits two ways. With a doubt the bot asks back: wrong and confident is worse than a question.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from bot.readiness.asking import Ask, Known, Reading, Understood
from bot.readiness.asking_clauses import Composed, compose
from bot.readiness.asking_lexicon import (
    COURTESY,
    FINITE,
    NAMES,
    OPENING,
    RELATIVE,
    SMALL,
    SUBJECTS,
    Cue,
    Sort,
    lexicon,
)
from bot.readiness.asking_times import TIME_WORDS, find_times
from bot.readiness.asking_words import Found, Phrase, Phrases, Token, find, fold, phrase_words, spelled, tokens
from bot.readiness.query import Flag, Name, Named, Query, Rated

LONGEST = 300
"""Characters of a question; who writes more tells a story."""
MOST_READINGS = 3

_SIGNS = frozenset("?,;:!.…")
_STRONG = (*NAMES, Sort.FLAG, Sort.SEVERITY, Sort.EXPOSED, Sort.PROJECTS, Sort.CHANGED, Sort.NEWS, Sort.ASSESSED)
_WHOLE = (Ask.LEVERAGE, Ask.OVERVIEW, Ask.HEATMAP, Ask.TREND)
_CALLED = (Name.BARRIER, Name.TEAM, Name.FUNCTION, Name.OWNER)
_ACTS = frozenset(
    ["start", "archive", "remind", "nudge", "pause", "resume", "skip", "edit", "move", "export", "stop", "delete", "create", "make", "starte"]
)
"""Who begins so wants something done."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A question in its pieces. `asks`: it has the form of a question. `unread` are words of no use."""

    words: Sequence[Token]
    cues: tuple[Cue, ...]
    unread: tuple[Token, ...]
    asks: bool
    doubtful: bool

    def has(self, sort: Sort, value: object = None) -> bool:
        return any(cue.sort is sort and value in (None, cue.value) for cue in self.cues)

    def values(self, sort: Sort) -> tuple[str, ...]:
        return tuple(dict.fromkeys(str(cue.value) for cue in self.cues if cue.sort is sort))

    def wants(self, ask: Ask) -> bool:
        return self.has(Sort.ASK, ask)


def read_question(text: str, known: Known, today: date) -> Understood | None:
    """What is asked of the portfolio; None when that is no question to it. `today` is the asker's day."""
    if len(text) > LONGEST or "\n" in text.strip():
        return None
    said = _said(text, known, today)
    if said is None or (said.has(Sort.DEFINES) and not said.has(Sort.PROJECTS)):
        return None
    if not said.asks and (_tells(said.words) or (said.unread and not said.has(Sort.PROJECTS))):
        return None
    if not any(cue.sort in _STRONG or cue.value in _WHOLE for cue in said.cues) and not _about_numbers(said):
        return None
    readings, doubts = _readings(said, known)
    unread = tuple(token.typed for token in said.unread)
    sure = bool(readings) and not (doubts or unread or said.doubtful or said.has(Sort.OTHERS))
    return Understood(tuple(dict.fromkeys(readings))[:MOST_READINGS], sure, unread)


def _about_numbers(said: _Said) -> bool:
    return said.has(Sort.NUMBER) or (said.wants(Ask.COMPARE) and said.has(Sort.AND))


def _said(text: str, known: Known, today: date) -> _Said | None:
    books = (lexicon(), _framework(known), _names(known))
    words = spelled(tokens(text), books, SMALL | _SIGNS | OPENING | COURTESY | TIME_WORDS)
    if not words or words[0].read in _ACTS:
        return None
    found: list[Found] = []
    at = 0
    for dated in find_times(words, today):
        found += _shifted(find(words[at : dated.first], books, SMALL), at)
        found.append(Found(Cue(Sort.TIME, dated.span), dated.first, dated.end))
        at = dated.end
    found += _shifted(find(words[at:], books, SMALL), at)
    found = [each for each in (_amount(words, each, found) for each in _with_amounts(words, found)) if each]
    found.sort(key=lambda each: each.first)
    used = {place for each in found for place in range(each.first, each.end)}
    unread = tuple(token for place, token in enumerate(words) if place not in used and token.read not in SMALL | _SIGNS)
    doubtful = any(_ambiguous(each) for each in found) or any(
        token.doubtful for place, token in enumerate(words) if place in used or token.read in SMALL
    )
    cues = tuple(each.meaning for each in found if isinstance(each.meaning, Cue))
    return _Said(words, cues, unread, _asks(words), doubtful)


def _shifted(found: Iterable[Found], by: int) -> list[Found]:
    return [replace(each, first=each.first + by, end=each.end + by) for each in found]


def _with_amounts(words: Sequence[Token], found: list[Found]) -> list[Found]:
    used = {place for each in found for place in range(each.first, each.end)}
    digits = [place for place, token in enumerate(words) if token.read.isdecimal() and place not in used]
    return [*found, *(Found(Cue(Sort.AMOUNT, int(words[place].read)), place, place + 1) for place in digits)]


def _amount(words: Sequence[Token], each: Found, found: Sequence[Found]) -> Found | None:
    """ "One" is a number behind "stage" alone; else it is one of them."""
    if words[each.first].read not in ("one", "null") or each.meaning != Cue(Sort.AMOUNT, 1):
        return each
    before = [other for other in found if other.end <= each.first]
    last = max(before, key=lambda other: other.end, default=None)
    follows = last is not None and isinstance(last.meaning, Cue) and last.meaning.sort in (Sort.NUMBER, Sort.LEVEL)
    return each if follows else replace(each, meaning=None)


def _ambiguous(each: Found) -> bool:
    return any(isinstance(other, Cue) and other.sort in NAMES for other in (*each.others, each.meaning)[:-1]) or (
        bool(each.others) and isinstance(each.meaning, Cue) and each.meaning.sort in NAMES
    )


def _asks(words: Sequence[Token]) -> bool:
    if any(token.read == "?" for token in words):
        return True
    first = next((token.read for token in words if token.read not in COURTESY | _SIGNS), "")
    return first in OPENING


def _tells(words: Sequence[Token]) -> bool:
    """Whether a line without the form of a question tells something instead of naming what is wanted."""
    said = [token.read for token in words if token.read not in _SIGNS]
    if not said or said[0] in SUBJECTS or any(word in ("i", "we", "ich", "wir") for word in said):
        return True
    for place, word in enumerate(said):
        if word in FINITE:
            return not any(before in RELATIVE for before in said[1:place])
    return False


def _framework(known: Known) -> Phrases:
    """What the framework calls its things."""
    words, stages = known.vocabulary, known.stages
    return _called(tuple(words.barriers.items()), tuple(words.dimensions.items()), tuple(stages.items()))


# An organization has one framework, and reads all its questions with the same words.
@lru_cache(maxsize=64)
def _called(*tables: tuple[tuple[str, Hashable], ...]) -> Phrases:
    sorts = (Sort.BARRIER, Sort.DIMENSION, Sort.STAGE)
    return Phrases(
        _phrase(word, Cue(sort, value)) for sort, table in zip(sorts, tables, strict=True) for word, value in table
    )


def _phrase(spoken: str, cue: Cue) -> Phrase:
    return Phrase(phrase_words(fold(spoken)), cue)


def _names(known: Known) -> Phrases:
    """Everything here that has a name of its own."""
    phrases = [_phrase(key, Cue(Sort.PROJECT, key)) for key in known.projects]
    for key, name in known.projects.items():
        if phrase_words(fold(name)) != phrase_words(fold(key)):
            phrases.append(_phrase(name, Cue(Sort.PROJECT, key)))
    for sort, names in ((Sort.TEAM, known.teams), (Sort.FUNCTION, known.functions), (Sort.OWNER, known.people)):
        phrases += [_phrase(name, Cue(sort, name)) for name in names]
    for name in known.people:
        first = phrase_words(fold(name))[:1]
        if first and first[0] not in SMALL and not lexicon().knows(first[0]):
            phrases.append(Phrase(first, Cue(Sort.OWNER, name)))
    return Phrases(phrases)


def _readings(said: _Said, known: Known) -> tuple[list[Reading], int]:
    """The likeliest readings, and how many doubts there are about the first."""
    made = compose(_of_the_query(said))
    projects = said.values(Sort.PROJECT)
    whole = next((ask for ask in _WHOLE if said.wants(ask)), None)
    if said.wants(Ask.WHATIF):
        return _of_one(Ask.WHATIF, projects), int(len(projects) != 1)
    if said.wants(Ask.COMPARE) or len(projects) > 1:
        return _compared(said, projects)
    if said.wants(Ask.WHY):
        return _why(said, made, known)
    if whole is not None and not projects:
        return _whole(whole, said, made)
    if len(projects) == 1 and not said.has(Sort.PROJECTS, value=False):
        return _project(said, made, projects)
    return _listed(said, made)


def _of_the_query(said: _Said) -> tuple[Cue, ...]:
    """The cues that make up the query; the one project that is asked about is no filter."""
    return tuple(cue for cue in said.cues if cue.sort is not Sort.PROJECT)


def _of_one(ask: Ask, projects: Sequence[str]) -> list[Reading]:
    return [Reading(ask, projects=(key,)) for key in projects[:MOST_READINGS]]


def _compared(said: _Said, projects: Sequence[str]) -> tuple[list[Reading], int]:
    if len(projects) != 2:
        return _of_one(Ask.STATUS, projects), 1
    readings = [Reading(Ask.COMPARE, projects=tuple(projects)), *_of_one(Ask.STATUS, projects)]
    return readings, int(not said.wants(Ask.COMPARE))


def _why(said: _Said, made: Composed, known: Known) -> tuple[list[Reading], int]:
    projects = said.values(Sort.PROJECT)
    if len(projects) == 1:
        return [*_of_one(Ask.WHY, projects), *_of_one(Ask.BLOCKERS, projects)], 0
    if not projects and known.here and not said.has(Sort.PROJECTS):
        return _of_one(Ask.WHY, (known.here,)), 0
    return ([Reading(Ask.LIST, made.query)] if made.query.clauses else []), 1


def _whole(ask: Ask, said: _Said, made: Composed) -> tuple[list[Reading], int]:
    query = made.query
    if ask is Ask.HEATMAP:
        return [Reading(ask, Query(query.clauses))], made.doubts
    # A blocker that would help most, the biggest barrier: the word belongs to what is asked.
    rest = [clause for clause in query.clauses if getattr(clause.condition, "flag", None) is not Flag.BLOCKED]
    if ask is Ask.OVERVIEW and (rest or said.wants(Ask.COUNT)):
        return [_of_several(said, query)], made.doubts
    more = [Reading(Ask.LIST, Query(tuple(rest)))] if rest else []
    return [Reading(ask), *more], len(rest)


def _project(said: _Said, made: Composed, projects: Sequence[str]) -> tuple[list[Reading], int]:
    key = projects[0]
    offered = [Reading(ask, projects=(key,)) for ask in (Ask.STATUS, Ask.WHY, Ask.BLOCKERS)]
    if said.wants(Ask.HISTORY) or said.has(Sort.CHANGED):
        return [Reading(Ask.HISTORY, projects=(key,)), *offered], 0
    flags = [cue.value for cue in said.cues if cue.sort is Sort.FLAG]
    if flags == [Flag.BLOCKED] * len(flags) and flags and not made_of_names(made.query):
        return [offered[2], offered[0]], 0
    if made.query.clauses and not said.wants(Ask.STATUS) and not said.has(Sort.OWNS) and not said.has(Sort.NUMBER):
        named = replace(
            made.query, clauses=(*Query().with_clause(Named(Name.PROJECT, (key,))).clauses, *made.query.clauses)
        )
        return [Reading(Ask.LIST, named), *offered], made.doubts
    asked = said.wants(Ask.STATUS) or said.has(Sort.OWNS) or said.has(Sort.NUMBER)
    return offered, int(not asked)


def made_of_names(query: Query) -> bool:
    """Whether a query asks for a barrier, a dimension, a severity or somebody's projects."""
    return any(getattr(clause.condition, "flag", None) is None for clause in query.clauses)


def _listed(said: _Said, made: Composed) -> tuple[list[Reading], int]:
    reading = _of_several(said, made.query)
    if made.query == Query() and reading.ask is not Ask.COUNT and not said.has(Sort.ALL):
        return [], 1
    doubts = made.doubts + (reading.ask is Ask.COUNT and said.wants(Ask.PEOPLE))
    if _only_named(said, made.query):
        doubts += 1
    return [reading], doubts


def _only_named(said: _Said, query: Query) -> bool:
    """Names, and not a word of what is asked about them."""
    about = (Sort.PROJECTS, Sort.FLAG, Sort.NO, Sort.NUMBER, Sort.AMOUNT, Sort.OWNS, Sort.MINE, Sort.CHANGED, Sort.ALL)
    if any(cue.sort in about for cue in said.cues) or said.wants(Ask.STATUS):
        return False
    names = [
        isinstance(clause.condition, Rated) or getattr(clause.condition, "what", None) in _CALLED
        for clause in query.clauses
    ]
    return all(names) or any(
        isinstance(clause.condition, Rated) or getattr(clause.condition, "what", None) is Name.BARRIER
        for clause in query.clauses
    )


def _of_several(said: _Said, query: Query) -> Reading:
    if said.wants(Ask.COUNT):
        return Reading(Ask.COUNT, query)
    return Reading(Ask.PEOPLE if said.wants(Ask.PEOPLE) else Ask.LIST, query)
