"""Which words only one of several statements has: what a text is matched by where nobody wrote cues."""

import re
from collections.abc import Mapping
from functools import lru_cache

from bot.readiness.clauses import Sentence, sentences

Stem = tuple[str, bool]
"""The beginning of a word, and whether it was denied: "never tried" and "tried" are two stems."""

SHORTEST = 4
KEPT = 6
"""Letters that are compared: enough to tell words apart, few enough to let their endings differ."""
_ENDINGS = re.compile(r"(ing|ed|ly|es|s|en|em|er|e|t|n)$")


_STOP = """
    that this with from have been were will would there their they them some each every both then than into once
    also just only very much more most less what which when where while about after before over under being does
    done make made take used user users team model models system systems data eine einer einem einen eines oder
    aber auch noch schon sind wird werden wurde wurden haben hatte sein seine nach beim über unter dass diese
    dieser dieses jede jeder modell daten system systeme alle wenn etwas mehr nicht never nothing nobody without
    kein keine ohne niemand
"""
_IDLE = frozenset(_STOP.split())


def stems_in(sentence: Sentence, *, facts_only: bool = False) -> Mapping[Stem, set[int]]:
    """Stem -> the places of its words; with `facts_only` what is hoped for or over is left out."""
    found: dict[Stem, set[int]] = {}
    for place, word in enumerate(sentence.words):
        clause = sentence.clauses[sentence.clause_of[place]]
        if len(word) < SHORTEST or word in _IDLE or (facts_only and (clause.hopes or clause.over)):
            continue
        stem = _ENDINGS.sub("", word)[:KEPT]
        found.setdefault((stem, bool(sentence.deniers(place) - {place})), set()).add(place)
    return found


@lru_cache(maxsize=256)
def distinctive(texts: tuple[tuple[tuple[str, str], ...], ...]) -> Mapping[int, frozenset[Stem]]:
    """Level -> the stems that no other level has. `texts`: label and statement of each level in turn, by language."""
    of_level: dict[int, set[Stem]] = {}
    for place, text in enumerate(texts):
        for _, words in text:
            stems = {stem for sentence in sentences(words) for stem in stems_in(sentence)}
            of_level.setdefault(place // 2, set()).update(stems)
    return {
        number: frozenset(
            stem for stem in stems if not any(stem in other for at, other in of_level.items() if at != number)
        )
        for number, stems in of_level.items()
    }
