"""What somebody's words say, by lists of words: no guess, nothing learned, every verdict can be explained."""

import re
from collections.abc import Iterable
from functools import cache

from bot.readiness.quantities import quantity

_BETWEEN_MEASURES = re.compile(r",(?!\d)|[;\n/+&]|\b(?:and|und|or|oder)\b")
_TOKEN = re.compile(r"[^\W_]+")


def is_said(words: str | None) -> bool:
    """Whether there is an answer at all; blanks and question marks are none."""
    return bool((words or "").strip(" \t\n?"))


def says_no(words: str, no_words: tuple[str, ...], *, zero_is_no: bool = True) -> bool:
    """Whether a field was answered with no: "none", "keine", "-", "0 EUR". A number above zero never is.

    Without `zero_is_no` no number is: a baseline of 0 is a baseline.
    """
    text = " ".join(words.casefold().split()).strip(" .!")
    if not is_said(text):
        return False
    if not _TOKEN.search(text):
        return "?" not in text
    counted = quantity(text)
    if counted is not None:
        return zero_is_no and counted.high == 0
    return _whole(no_words).fullmatch(text) is not None


def mentions(words: str, listed: tuple[str, ...]) -> bool:
    """Whether one of the listed words stands in these."""
    return _within(listed).search(words.casefold()) is not None


def only_model_measures(words: str, measures: tuple[str, ...], fillers: tuple[str, ...]) -> bool:
    """Whether every measure named is a model measure: nothing else is left of it but fillers and numbers."""
    judged = [_is_model_measure(part, measures, fillers) for part in _BETWEEN_MEASURES.split(words.casefold())]
    known = [verdict for verdict in judged if verdict is not None]
    return bool(known) and all(known)


def _is_model_measure(part: str, measures: tuple[str, ...], fillers: tuple[str, ...]) -> bool | None:
    """None when the part names no measure of any kind: numbers and fillers only."""
    rest, named = _within(measures).subn(" ", part)
    left = [token for token in _TOKEN.findall(rest) if not token[0].isdigit()]
    other = [token for token in left if _within(fillers).fullmatch(token) is None]
    return None if not named and not other else bool(named) and not other


@cache
def _within(listed: tuple[str, ...]) -> re.Pattern[str]:
    """Each word as it stands between others; `*` is any letters of the same word."""
    return re.compile(rf"(?<!\w)(?:{_alternatives(listed, chr(92) + 'w*')})(?!\w)")


@cache
def _whole(listed: tuple[str, ...]) -> re.Pattern[str]:
    """Each word as the whole answer; `*` is anything that follows."""
    return re.compile(f"(?:{_alternatives(listed, '.*')})")


def _alternatives(listed: Iterable[str], star: str) -> str:
    longest_first = sorted(listed, key=len, reverse=True)
    return "|".join(star.join(map(_spaced, word.casefold().split("*"))) for word in longest_first) or r"(?!)"


def _spaced(piece: str) -> str:
    return r"\s+".join(re.escape(part) for part in re.split(r"\s+", piece))
