"""The filter language: `stage:>=3 barrier:data -waived owner:@mei sort:-age` read into one query. Pure.

    query    = { filter }
    filter   = [ "-" ] ( flag | field ":" value { "," value } | "dimension:" name [ sign number ] )
             | "sort:" [ "-" ] order | "limit:" number
    value    = [ sign ] number | word | quoted
    quoted   = '"' any but '"', which is written '""' '"'
    sign     = ">=" | "<=" | ">" | "<" | "="

Several filters hold all at once, several values of one filter are alternatives, `-` in front means the opposite.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.readiness.query import (
    MOST_ROWS,
    SEVERITIES,
    Changed,
    Compared,
    Condition,
    Flag,
    Flagged,
    Name,
    Named,
    Number,
    Numbered,
    Order,
    Query,
    Rated,
    Sign,
    Vocabulary,
)
from bot.readiness.refusals import Refusal, Refused

LONGEST = 500
"""Characters of a query; nobody types more."""

RANGES: Mapping[Number, tuple[int, int]] = {
    Number.STAGE: (1, 5),
    Number.READINESS: (1, 5),
    Number.EXPOSURE: (1, 5),
    Number.TARGET: (1, 5),
    Number.INDEX: (0, 100),
    Number.BLOCKERS: (0, 99),
    Number.AGE: (0, 9999),
}
LEVELS = (0, 4)
_TOKEN = re.compile(r'(?:[^\s"]|"(?:[^"]|"")*(?:"|$))+')
_VALUE = re.compile(r'(?:[^,"]|"(?:[^"]|"")*(?:"|$))+')
_SIGNED = re.compile(r"(>=|<=|>|<|=)?\s*(\d{1,4})")
_RATED = re.compile(r"([^<>=]+?)(?:(>=|<=|>|<|=)(.*))?")
_PERIOD = re.compile(r"(\d{1,3})([dwm]?)")
_DAYS = {"": 1, "d": 1, "w": 7, "m": 30}
SPOKEN_FLAGS: Mapping[str, Flag] = {flag.value.replace("_", "-"): flag for flag in Flag}
FIELDS = (*(each.value for each in Number), *(each.value for each in Name), "dimension", "changed", "sort", "limit")


class Mistake(StrEnum):
    """What is wrong with a word; each has a block in the template `portfolio_filters`."""

    UNKNOWN_WORD = "unknown_word"
    UNKNOWN_FIELD = "unknown_field"
    NO_VALUE = "no_value"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"
    UNKNOWN_VALUE = "unknown_value"
    UNCLOSED_QUOTE = "unclosed_quote"
    NOT_NEGATED = "not_negated"
    TWICE = "twice"
    TOO_LONG = "too_long"


_OF_WORDS = (Mistake.UNKNOWN_WORD, Mistake.UNKNOWN_FIELD, Mistake.UNKNOWN_VALUE)
"""Mistakes for which there is a nearest word."""


@dataclass(frozen=True, slots=True)
class FilterFault:
    """One mistake: the word, where it begins (counted from 1), what is allowed there, and the nearest of it."""

    mistake: Mistake
    word: str
    place: int
    field: str = ""
    allowed: tuple[str, ...] = ()
    nearest: str = ""


class FiltersRefused(Refused):
    """A query that cannot be read; `faults` are all of them, in the order of the words."""

    def __init__(self, faults: tuple[FilterFault, ...]) -> None:
        super().__init__(Refusal.FILTERS, faults=", ".join(f"{fault.mistake}@{fault.place}" for fault in faults))
        self.faults = faults


class _Wrong(Exception):
    """A mistake in the word that is being read."""

    def __init__(self, mistake: Mistake, word: str, field: str = "", allowed: Iterable[str] = ()) -> None:
        super().__init__(mistake.value)
        self.mistake, self.word, self.field, self.allowed = mistake, word, field, tuple(allowed)


def read_filters(text: str, vocabulary: Vocabulary) -> Query:
    """The query that was written. Raises FiltersRefused with every mistake at once."""
    if len(text) > LONGEST:
        raise FiltersRefused((FilterFault(Mistake.TOO_LONG, text[:20], LONGEST + 1, allowed=(str(LONGEST),)),))
    query, faults, seen = Query(), [], set[str]()
    for match in _TOKEN.finditer(text):
        try:
            query = _read(query, match.group(), vocabulary, seen)
        except _Wrong as wrong:
            token, values = match.group(), match.group().find(":") + 1
            within = values if wrong.field and wrong.word in token[values:] else 0
            place = match.start() + max(token.find(wrong.word, within), 0) + 1
            words = wrong.allowed if wrong.mistake in _OF_WORDS else ()
            near = difflib.get_close_matches(wrong.word.lower(), words, n=1, cutoff=0.5)
            faults.append(
                FilterFault(wrong.mistake, wrong.word, place, wrong.field, wrong.allowed, near[0] if near else "")
            )
    if faults:
        raise FiltersRefused(tuple(faults))
    return query


def looks_like_filters(text: str) -> bool:
    """Whether somebody meant the filter language: a field with a colon, or a flag."""
    words = [match.group().removeprefix("-").lower() for match in _TOKEN.finditer(text)]
    return any(word in SPOKEN_FLAGS or (word.partition(":")[0] in FIELDS and ":" in word) for word in words)


def _read(query: Query, token: str, vocabulary: Vocabulary, seen: set[str]) -> Query:
    negated, word = token.startswith("-"), token.removeprefix("-")
    name, colon, rest = word.partition(":")
    name = name.lower()
    if not colon:
        flag = SPOKEN_FLAGS.get(name.replace("_", "-"))
        if flag is None:
            raise _Wrong(Mistake.UNKNOWN_WORD, word, allowed=(*SPOKEN_FLAGS, *(f"{field}:" for field in FIELDS)))
        return query.with_clause(Flagged(flag), negated=negated)
    if name not in FIELDS:
        raise _Wrong(Mistake.UNKNOWN_FIELD, name or word, allowed=FIELDS)
    if not rest:
        raise _Wrong(Mistake.NO_VALUE, word, name, _allowed(name, vocabulary))
    if name in ("sort", "limit"):
        if negated:
            raise _Wrong(Mistake.NOT_NEGATED, token, name)
        if name in seen:
            raise _Wrong(Mistake.TWICE, word, name)
        seen.add(name)
        return _sorted(query, rest) if name == "sort" else replace(query, limit=_whole(rest, name, (1, MOST_ROWS)))
    return query.with_clause(_conditions(name, rest, vocabulary), negated=negated)


def _conditions(name: str, rest: str, vocabulary: Vocabulary) -> Condition:
    if name in list(Number):
        number = Number(name)
        return Numbered(number, tuple(_compared(value, name, RANGES[number]) for value in _values(rest)))
    if name == "dimension":
        return _rated(rest, vocabulary)
    if name == "changed":
        return _changed(rest)
    return Named(Name(name), tuple(_named(name, value, vocabulary) for value in _values(rest)))


def _values(rest: str) -> list[str]:
    values = []
    for match in _VALUE.finditer(rest):
        value = match.group()
        if value.count('"') % 2:
            raise _Wrong(Mistake.UNCLOSED_QUOTE, value)
        values.append(re.sub(r'"((?:[^"]|"")*)"', lambda quoted: quoted[1].replace('""', '"'), value))
    return values


def _named(name: str, value: str, vocabulary: Vocabulary) -> str:
    known: Mapping[Name, Callable[[], Mapping[str, str]]] = {
        Name.BARRIER: lambda: vocabulary.barriers,
        Name.SEVERITY: lambda: {word: word for word in SEVERITIES},
    }
    words = known.get(Name(name))
    if words is None:
        return value
    found = words().get(value.lower())
    if found is None:
        raise _Wrong(Mistake.UNKNOWN_VALUE, value, name, words())
    return found


def _rated(rest: str, vocabulary: Vocabulary) -> Rated:
    (value, *more) = _values(rest)
    match = _RATED.fullmatch(value)
    if match is None or more:
        raise _Wrong(Mistake.UNKNOWN_VALUE, rest, "dimension", vocabulary.dimensions)
    spoken, sign, number = match.groups()
    dimension_id = vocabulary.dimensions.get(spoken.strip().lower())
    if dimension_id is None:
        raise _Wrong(Mistake.UNKNOWN_VALUE, spoken, "dimension", vocabulary.dimensions)
    if sign is None:
        return Rated(dimension_id)
    return Rated(dimension_id, Compared(Sign(sign), _whole(number, "dimension", LEVELS)))


def _changed(rest: str) -> Changed:
    match = _PERIOD.fullmatch(rest.lower())
    if match is None:
        raise _Wrong(Mistake.NOT_A_NUMBER, rest, "changed", ("7d", "2w", "3m"))
    return Changed(int(match[1]) * _DAYS[match[2]])


def _sorted(query: Query, rest: str) -> Query:
    word = rest.removeprefix("-").lower()
    if word not in list(Order):
        raise _Wrong(Mistake.UNKNOWN_VALUE, word, "sort", (each.value for each in Order))
    return replace(query, order=Order(word), descending=rest.startswith("-"))


def _compared(value: str, name: str, within: tuple[int, int]) -> Compared:
    match = _SIGNED.fullmatch(value)
    if match is None:
        raise _Wrong(Mistake.NOT_A_NUMBER, value, name, _examples(within))
    return Compared(Sign(match[1] or "="), _whole(match[2], name, within))


def _whole(value: str, name: str, within: tuple[int, int]) -> int:
    if not (value.isascii() and value.isdigit()):
        raise _Wrong(Mistake.NOT_A_NUMBER, value or name, name, _examples(within))
    if not within[0] <= int(value) <= within[1]:
        raise _Wrong(Mistake.OUT_OF_RANGE, value, name, (str(within[0]), str(within[1])))
    return int(value)


def _examples(within: tuple[int, int]) -> tuple[str, ...]:
    return str(within[0]), str(within[1]), f">={within[0] + 1}", f"<{within[1]}"


def _allowed(name: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What may stand behind a field."""
    if name in list(Number):
        return _examples(RANGES[Number(name)])
    return {
        "barrier": tuple(vocabulary.barriers),
        "dimension": tuple(vocabulary.dimensions),
        "severity": tuple(SEVERITIES),
        "sort": tuple(Order),
        "limit": ("1", str(MOST_ROWS)),
        "changed": ("7d", "2w", "3m"),
    }.get(name, ())
