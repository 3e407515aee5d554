"""Amounts, counts and periods as people type them: "250k EUR a year", "1,2 Mio. €", "18 Monate", "two people".

English and German. What cannot be read with certainty is None: nobody is judged by a guess.
"""

import re
from dataclasses import dataclass

DAYS = {"day": 1.0, "week": 7.0, "month": 365 / 12, "quarter": 365 / 4, "year": 365.0}
"""Days of a period, by its English name."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts.

    `low` and `high` differ where a range was given. `unit` is a currency's code, "percent", "day", "hour" or "" when
    none was said. `per` is the days it is for ("a year": 365), None when it was not said.
    """

    low: float
    high: float
    unit: str = ""
    per: float | None = None


_SCALES = {
    "k": 1e3, "thousand": 1e3, "grand": 1e3, "tsd": 1e3, "tausend": 1e3,
    "m": 1e6, "mm": 1e6, "mn": 1e6, "mio": 1e6, "million": 1e6, "millions": 1e6, "millionen": 1e6,
    "bn": 1e9, "b": 1e9, "mrd": 1e9, "billion": 1e9, "milliarde": 1e9, "milliarden": 1e9,
}  # fmt: skip
_UNITS = {
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "usd": "USD", "dollar": "USD",
    "dollars": "USD", "us$": "USD", "£": "GBP", "gbp": "GBP", "pound": "GBP", "pounds": "GBP", "pfund": "GBP",
    "chf": "CHF", "franken": "CHF", "francs": "CHF", "sfr": "CHF", "%": "percent", "percent": "percent",
    "prozent": "percent", "day": "day", "days": "day", "tag": "day", "tage": "day", "tagen": "day", "pt": "day",
    "personentage": "day", "hour": "hour", "hours": "hour", "stunde": "hour", "stunden": "hour",
}  # fmt: skip
_PERIODS = {
    "day": "day days daily tag tage tagen täglich tgl",
    "week": "week weeks weekly woche wochen wöchentlich",
    "month": "month months monthly monat monate monaten monats monatlich mtl",
    "quarter": "quarter quarters quarterly quartal quartale quartalen quartals quartalsweise",
    "year": "year years yearly annual annually annum anno jahr jahre jahren jahres jährlich jährl yr yrs p.a p.a.",
}
_PERIOD_OF = {word: period for period, words in _PERIODS.items() for word in words.split()}
_COUNTS = {
    "half": 0.5, "halbe": 0.5, "halber": 0.5, "halbes": 0.5, "a": 1, "an": 1, "one": 1, "per": 1, "ein": 1, "eine": 1,
    "einem": 1, "einen": 1, "eines": 1, "pro": 1, "im": 1, "two": 2, "zwei": 2, "three": 3, "drei": 3, "four": 4,
    "vier": 4, "five": 5, "fünf": 5, "six": 6, "sechs": 6, "twelve": 12, "zwölf": 12,
}  # fmt: skip

_NUMBER = r"(?:\d{1,3}(?:[.,'’\u202f\u00a0 ]\d{3})+(?!\d)|\d+)(?:[.,]\d+)?"
_SCALE = "|".join(sorted(map(re.escape, _SCALES), key=len, reverse=True))
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_QUANTITY = re.compile(
    rf"(?:(?<!\w)(?P<before>{_UNIT})\s*|(?<![\w.,]))(?P<low>{_NUMBER})"
    rf"(?:\s*(?P<low_scale>{_SCALE})(?!\w)\.?)?"
    rf"(?:\s*(?:-|–|to|bis)\s*(?:{_UNIT})?\s*(?P<high>{_NUMBER}))?"
    rf"(?:\s*(?P<scale>{_SCALE})(?!\w)\.?)?(?:\s*-?(?P<after>{_UNIT})(?!\w))?"
)
_PERIOD_WORD = "|".join(sorted(map(re.escape, _PERIOD_OF), key=len, reverse=True))
_PER = re.compile(
    rf"(?:(?:\b(?:a|an|per|pro|im|je|each|every|jede[snr]?)\s+|/\s*)(?P<each>{_PERIOD_WORD})(?!\w))"
    r"|\b(?P<adverb>(?:year|month|week|quarter|dai)ly|annual(?:ly)?|p\.\s?a\b\.?|(?:jähr|monat|wöchent|täg)lich)"
)
_PERIOD = re.compile(
    rf"(?:(?P<count>\d+(?:[.,]\d+)?)\s*-?\s*|\b(?P<word>{'|'.join(sorted(_COUNTS, key=len, reverse=True))})\s+)?"
    rf"\b(?P<period>{_PERIOD_WORD})(?!\w)"
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def quantity(words: str) -> Quantity | None:
    """The amount or count in these words: one with a unit or a scale before a bare one; a bare year is none."""
    text = words.casefold()
    best: tuple[int, re.Match[str]] | None = None
    for match in _QUANTITY.finditer(text):
        weight = 2 * bool(match["before"] or match["after"]) + bool(match["scale"] or match["low_scale"])
        if weight or not _is_year(match["low"]):
            best = max(best or (-1, match), (weight, match), key=lambda each: each[0])
    if best is None:
        return _counted(text)
    match = best[1]
    low_scale, scale = match["low_scale"] or "", match["scale"] or match["low_scale"] or ""
    low = _number(match["low"], scaled=bool(low_scale or scale)) * _SCALES.get(low_scale or scale, 1.0)
    high = _number(match["high"], scaled=bool(scale)) * _SCALES.get(scale, 1.0) if match["high"] else low
    unit = _UNITS.get(match["before"] or match["after"] or "", "")
    return Quantity(min(low, high), max(low, high), unit, per(text))


def per(words: str) -> float | None:
    """The days that an amount is for, where its words say so: "a year", "/month", "p.a.", "jährlich"."""
    match = _PER.search(words.casefold())
    if match is None:
        return None
    if match["each"]:
        return DAYS[_PERIOD_OF[match["each"]]]
    adverb = match["adverb"].replace(" ", "")
    return DAYS["year" if adverb.startswith(("p.a", "annual", "year", "jähr")) else _PERIOD_OF[adverb]]


def period(words: str) -> float | None:
    """The length of a period in days: "12 months", "a year", "zwei Jahre", "quarterly"; None when it names none."""
    match = _PERIOD.search(words.casefold())
    if match is None:
        return None
    count = float(match["count"].replace(",", ".")) if match["count"] else float(_COUNTS.get(match["word"] or "a", 1))
    return count * DAYS[_PERIOD_OF[match["period"]]] if count else None


def _counted(text: str) -> Quantity | None:
    """A number written as a word, at the beginning: "two people", "half a person"."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    if first in ("zero", "null"):
        return Quantity(0.0, 0.0)
    is_article = first in ("a", "an", "per", "pro", "im", "ein", "eine", "einem", "einen", "eines")
    count = None if is_article else _COUNTS.get(first)
    return None if count is None else Quantity(float(count), float(count), "", per(text))


def _is_year(number: str) -> bool:
    return number.isdigit() and _FIRST_YEAR <= int(number) <= _LAST_YEAR


def _number(written: str, *, scaled: bool) -> float:
    """One of several spellings. A lone separator before three digits groups thousands, unless a scale follows."""
    plain = re.sub(r"['’\u202f\u00a0 ]", "", written)
    last = max(plain.rfind("."), plain.rfind(","))
    if last < 0:
        return float(plain)
    whole, fraction = plain[:last], plain[last + 1 :]
    several = plain.count(plain[last]) > 1
    lone = "." not in whole and "," not in whole
    groups = len(fraction) == 3 and (several or (lone and not scaled and not whole.startswith("0")))
    digits = re.sub(r"[.,]", "", whole)
    return float(digits + fraction) if groups else float(f"{digits}.{fraction}")
