"""Finds what a question in plain words asks of the portfolio, English or German. Pure, local, explainable.

Words become cues (`asking_lexicon`, the framework's own words, names of projects, teams and people), cues a query
(`asking_clauses`), and a query with the way it was asked a reading. A word that carries sense and was of no use leaves
a doubt; so does whatever fits two ways. With a doubt the bot asks back: wrong and confident is worse than a question.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.readiness.asking import Ask, Known, Reading, Understood
from bot.readiness.asking_clauses import Composed, compose
from bot.readiness.asking_lexicon import BLOCKED, NAMES, Cue, Sort
from bot.readiness.asking_said import Said, said_in
from bot.readiness.query import Clause, Flag, Flagged, Name, Named, Query, Rated

LONGEST = 300
"""Characters of a question; who writes more tells a story."""
MOST_READINGS = 3

_STRONG = (*NAMES, Sort.FLAG, Sort.SEVERITY, Sort.EXPOSED, Sort.NUMBER, Sort.PROJECTS, Sort.CHANGED, Sort.NEWS)
"""A question with such a word may be one to the portfolio."""
_WHOLE = (Ask.LEVERAGE, Ask.OVERVIEW, Ask.HEATMAP, Ask.TREND)
_CALLED = (Name.BARRIER, Name.TEAM, Name.FUNCTION, Name.OWNER)
_ABOUT = (
    *(Sort.PROJECTS, Sort.FLAG, Sort.NO, Sort.NUMBER, Sort.AMOUNT),
    *(Sort.OWNS, Sort.MINE, Sort.CHANGED, Sort.ALL),
)
"""Words by which it is clear what is wanted of somebody's projects, or those with a barrier."""
_Readings = tuple[list[Reading], int]
"""The likeliest reading first, and how many doubts there are about it."""


def read_question(text: str, known: Known, today: date) -> Understood | None:
    """What is asked of the portfolio; None when that is no question to it. `today` is the asker's day."""
    if len(text) > LONGEST or "\n" in text.strip():
        return None
    said = said_in(text, known, today)
    if said is None or not _is_for_us(said):
        return None
    readings, doubts = _readings(said, known)
    unread = tuple(token.typed for token in said.unread)
    sure = bool(readings) and not (doubts or unread or said.doubtful or said.has(Sort.STRAY))
    return Understood(tuple(dict.fromkeys(readings))[:MOST_READINGS], sure, unread)


def _is_for_us(said: Said) -> bool:
    if said.has(Sort.DEFINES) and not (said.has(Sort.PROJECTS) or said.wants(Ask.WHY)):
        return False
    if not said.asks and (said.tells or (said.unread and not said.has(Sort.PROJECTS))):
        return False
    whole = any(said.wants(ask) for ask in _WHOLE)
    return whole or said.has(*_STRONG, Sort.ASSESSED) or (said.wants(Ask.COMPARE) and said.has(Sort.AND))


def _readings(said: Said, known: Known) -> _Readings:
    # The one project that is asked about is no filter.
    made = compose([cue for cue in said.cues if cue.sort is not Sort.PROJECT])
    projects = said.values(Sort.PROJECT)
    if said.wants(Ask.WHATIF):
        return _of_one(projects, Ask.WHATIF), int(len(projects) != 1)
    if said.wants(Ask.COMPARE) or len(projects) > 1:
        return _side_by_side(said, projects)
    if said.wants(Ask.WHY):
        return _why(said, made, projects, known.here)
    whole = next((ask for ask in _WHOLE if said.wants(ask)), None)
    if whole is not None and not projects:
        return _of_all(whole, said, made)
    if projects and Cue(Sort.PROJECTS) not in said.cues:
        return _project(said, made, projects)
    return _of_several(said, made, extra=len(projects))


def _of_one(projects: Sequence[str], *asks: Ask) -> list[Reading]:
    return [Reading(ask, projects=(key,)) for key in projects for ask in asks]


def _side_by_side(said: Said, projects: Sequence[str]) -> _Readings:
    apart = _of_one(projects, Ask.STATUS)
    if len(projects) != 2:
        return apart, 1
    return [Reading(Ask.COMPARE, projects=tuple(projects)), *apart], int(not said.wants(Ask.COMPARE))


def _why(said: Said, made: Composed, projects: Sequence[str], here: str) -> _Readings:
    if projects:
        return _of_one(projects, Ask.WHY, Ask.BLOCKERS), 0
    if here and not said.has(Sort.PROJECTS):
        return _of_one((here,), Ask.WHY), 0
    return ([Reading(Ask.LIST, made.query)] if made.query.clauses else []), 1


def _of_all(ask: Ask, said: Said, made: Composed) -> _Readings:
    query = made.query
    if ask is Ask.HEATMAP:
        return [Reading(ask, Query(query.clauses))], made.doubts
    # A blocker that would help most, the biggest barrier: the word belongs to what is asked.
    rest = tuple(clause for clause in query.clauses if clause.condition != Flagged(Flag.BLOCKED))
    if ask is Ask.OVERVIEW and (rest or said.wants(Ask.COUNT)):
        return [_listed(said, query)], made.doubts
    return [Reading(ask), *([Reading(Ask.LIST, Query(rest))] if rest else [])], len(rest)


def _project(said: Said, made: Composed, projects: Sequence[str]) -> _Readings:
    status, why, blockers = _of_one(projects, Ask.STATUS, Ask.WHY, Ask.BLOCKERS)
    clauses = made.query.clauses
    if said.wants(Ask.HISTORY) or said.has(Sort.CHANGED):
        return [*_of_one(projects, Ask.HISTORY), status, why], 0
    if BLOCKED in said.cues and all(isinstance(clause.condition, Flagged) for clause in clauses):
        return [blockers, status], 0
    asks_how = said.wants(Ask.STATUS) or said.has(Sort.OWNS, Sort.NUMBER)
    if clauses and not asks_how:
        named = Clause(Named(Name.PROJECT, tuple(projects)))
        return [Reading(Ask.LIST, replace(made.query, clauses=(named, *clauses))), status, why], made.doubts
    return [status, why, blockers], int(not asks_how)


def _of_several(said: Said, made: Composed, extra: int) -> _Readings:
    """Those that fit. `extra`: projects that are named beside them, which no filter can use."""
    reading = _listed(said, made.query)
    if made.query == Query() and reading.ask is not Ask.COUNT and not said.has(Sort.ALL):
        return [], 1
    people_counted = reading.ask is Ask.COUNT and said.wants(Ask.PEOPLE)
    return [reading], made.doubts + extra + people_counted + _only_named(said, made.query)


def _listed(said: Said, query: Query) -> Reading:
    if said.wants(Ask.COUNT):
        return Reading(Ask.COUNT, query)
    return Reading(Ask.PEOPLE if said.wants(Ask.PEOPLE) else Ask.LIST, query)


def _only_named(said: Said, query: Query) -> bool:
    """A name, and not a word of what is asked about it."""
    if said.has(*_ABOUT) or said.wants(Ask.STATUS):
        return False
    conditions = [clause.condition for clause in query.clauses]
    about = [isinstance(each, Rated) or (isinstance(each, Named) and each.what is Name.BARRIER) for each in conditions]
    return any(about) or all(isinstance(each, Named) and each.what in _CALLED for each in conditions)
