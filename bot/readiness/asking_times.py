"""Since when, and for how long, as people say it: "since Friday", "in den letzten zwei Wochen". Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.readiness.asking_words import Token, fold
from bot.readiness.query import Sign
from bot.readiness.typed_times import WEEKDAYS


@dataclass(frozen=True, slots=True)
class Span:
    """Days up to today. `lasting`: what is so for that long, not what came within it; `sign` where it is compared."""

    days: int
    lasting: bool = False
    sign: Sign | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """A span in the words from `first` up to, not including, `end`."""

    span: Span
    first: int
    end: int


_WEEKDAY = {fold(word): number for number, words in enumerate(WEEKDAYS) for word in words if len(word) > 3}
_MONTHS = (
    "january januar|february februar|march maerz|april|may mai|june juni|july juli|august|september|october oktober|"
    "november|december dezember"
)
_MONTH = {word: number for number, words in enumerate(_MONTHS.split("|"), start=1) for word in words.split()}
_UNIT = {"d": 1, "t": 1, "w": 7, "m": 30, "q": 91, "y": 365, "j": 365}
_NUMBERS = (
    "one eins ein eine einem einer a an|two zwei|three drei|four vier|five fuenf|six sechs|seven sieben|eight acht"
)
_NUMBER = {word: number for number, words in enumerate(_NUMBERS.split("|"), start=1) for word in words.split()}

_WORDS = """
    since seit from after last past previous letzte letzten letzter vergangene vergangenen this diese dieser diesem
    dieses yesterday gestern today heute ago older longer than day days week weeks month months quarter quarters year
    years tag tage tagen woche wochen monat monate monaten quartal quartale jahr jahre jahren
"""
TIME_WORDS = frozenset(_WORDS.split()) | {*_WEEKDAY, *_MONTH, *_NUMBER}
"""Words that are spelled right, though no phrase has them."""

_SINCE = r"(?P<since>since|seit|from|after|ab)(?: the| dem| den| der)?"
_LAST = r"(?:last|past|previous|letzte[nrm]?|vergangene[nrm]?)"
_MANY = rf"(?P<number>\d{{1,3}}|{'|'.join(_NUMBER)})"
_UNITS = r"(?P<unit>days?|weeks?|months?|quarters?|years?|tage?n?|wochen?|monate?n?|quartale?n?|jahre?n?)"
_MORE = r"(?P<more>more than|longer than|older than|at least|mehr als|ueber|laenger als|aelter als|mindestens)"
_THE = r"(?:the |den |der |dem )?"
_DAY_OF_MONTH = (
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? ?\.?(?: of)? )?(?P<month>{'|'.join(_MONTH)})(?: (?P<after>\d{{1,2}}))?"
)

_FORMS = [
    re.compile(form)
    for form in (
        rf"{_SINCE}(?: {_LAST})? (?P<weekday>{'|'.join(_WEEKDAY)})",
        rf"(?:{_SINCE} )?(?P<yesterday>yesterday|gestern)",
        rf"{_SINCE} (?P<now>today|heute|this morning|heute morgen)",
        rf"{_SINCE} (?P<iso>\d{{4}}-\d\d-\d\d)",
        rf"{_SINCE} (?P<dotted>\d{{1,2}}\.\d{{1,2}}\.(?:\d{{4}})?)",
        rf"{_SINCE} {_DAY_OF_MONTH}",
        (
            r"(?:(?:in|on|during|since|seit|im) )?(?:the )?(?P<this>this|diese[nrms]?|laufenden?) "
            r"(?P<period>week|month|quarter|year|woche|monat|quartal|jahr)"
        ),
        (
            rf"(?:(?P<long>for|seit|since|by|um|in|over|within|during) )?{_THE}(?:{_MORE} )?{_THE}(?P<last>{_LAST} )?"
            rf"{_MANY} {_UNITS}(?P<ago> ago| her| zurueck)?"
        ),
        rf"(?:(?:in|over|within|during|since|seit|for) )?{_THE}{_LAST} {_UNITS}",
        r"(?P<now>today|heute)",
    )
]


def find_times(words: Sequence[Token], today: date) -> list[Dated]:
    """The spans in a text, from left to right."""
    found, at = [], 0
    while at < len(words):
        dated = _at(words, at, today)
        if dated:
            found.append(dated)
        at = dated.end if dated else at + 1
    return found


def _at(words: Sequence[Token], at: int, today: date) -> Dated | None:
    text = " ".join(token.read for token in words[at : at + 9])
    for form in _FORMS:
        match = form.match(text)
        if match and match.end() and (match.end() == len(text) or text[match.end()] == " "):
            span = _span(match.groupdict(), today)
            if span:
                return Dated(span, at, at + match.group().count(" ") + 1)
    return None


def _span(said: dict[str, str | None], today: date) -> Span | None:
    since = _day(said, today)
    if since is not None:
        return Span((today - since).days) if since <= today else None
    unit = said.get("unit")
    if unit is None:
        return None
    written = said.get("number") or "1"
    days = (_NUMBER.get(written) or int(written)) * _UNIT[unit[0]]
    if days == 0:
        return None
    if said.get("more"):
        return Span(days, lasting=True, sign=Sign.MORE)
    within = said.get("last") or said.get("ago")
    return Span(days, lasting=said.get("long") in ("for", "seit", "since") and not within)


def _day(said: dict[str, str | None], today: date) -> date | None:
    """The day that was named, the latest such one that is not ahead of us."""
    if weekday := said.get("weekday"):
        return today - timedelta(days=(today.weekday() - _WEEKDAY[weekday]) % 7 or 7)
    if said.get("yesterday"):
        return today - timedelta(days=1)
    if said.get("now"):
        return today
    if period := said.get("period"):
        return _beginning(period[0], today)
    try:
        if iso := said.get("iso"):
            return date.fromisoformat(iso)
        if dotted := said.get("dotted"):
            of_month, number, year = dotted.split(".")
            return _latest(int(of_month), int(number), int(year) if year else None, today)
        if month := said.get("month"):
            return _latest(int(said.get("day") or said.get("after") or 1), _MONTH[month], None, today)
    except ValueError:
        return None
    return None


def _beginning(period: str, today: date) -> date:
    match period:
        case "w":
            return today - timedelta(days=today.weekday())
        case "m":
            return today.replace(day=1)
        case "q":
            return today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    return today.replace(month=1, day=1)


def _latest(day: int, month: int, year: int | None, today: date) -> date:
    if year is not None:
        return date(year, month, day)
    this_year = date(today.year, month, day)
    return this_year if this_year <= today else date(today.year - 1, month, day)
