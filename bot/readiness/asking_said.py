"""The pieces of a question: its words spelled right, what they say, what of them is of no use, and whether it asks."""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from bot.readiness.asking import Ask, Known
from bot.readiness.asking_lexicon import NAMES, Cue, Sort, lexicon
from bot.readiness.asking_small import ACTS, COURTESY, FINITE, OPENING, RELATIVE, SMALL, SUBJECTS, WISHES
from bot.readiness.asking_times import TIME_WORDS, find_times
from bot.readiness.asking_words import Found, Phrase, Phrases, Token, find, fold, phrase_words, spelled, tokens

_SIGNS = frozenset("?,;:!.…")
_MINUS = re.compile(r"(?<!\S)-\w")
"""The opposite, in filters; plain words have no such sign, and to pass over it would be to answer the contrary."""
_RIGHT = SMALL | _SIGNS | OPENING | COURTESY | TIME_WORDS
"""Words that are spelled right, though no phrase has them."""
_I = frozenset(("i", "we", "ich", "wir"))


@dataclass(frozen=True, slots=True)
class Said:
    """A question in its pieces.

    cues       what its words say, in their order        unread     words of no use
    asks       it has the form of a question             tells      it tells something, if it does not ask
    doubtful   a word may be meant for another, or has two meanings
    """

    cues: tuple[Cue, ...]
    unread: tuple[Token, ...]
    asks: bool
    tells: bool
    doubtful: bool

    def has(self, *sorts: Sort) -> bool:
        """Whether one of its words says something of these sorts."""
        return any(cue.sort in sorts for cue in self.cues)

    def values(self, sort: Sort) -> tuple[str, ...]:
        """What its words name of a sort, each once."""
        return tuple(dict.fromkeys(str(cue.value) for cue in self.cues if cue.sort is sort))

    def wants(self, ask: Ask) -> bool:
        """Whether one of its words asks for this."""
        return Cue(Sort.ASK, ask) in self.cues


def said_in(text: str, known: Known, today: date) -> Said | None:
    """The pieces of a text; None where it wants something done, or has no words."""
    books = (lexicon(), _framework(known), _names(known))
    words = spelled(tokens(text), books, _RIGHT)
    if not words or words[0].read in ACTS:
        return None
    found = _found(words, books, today)
    used = {place for each in found for place in range(each.first, each.end)}
    unread = tuple(token for place, token in enumerate(words) if place not in used and token.read not in SMALL | _SIGNS)
    guessed = any(token.doubtful for token in words if token not in unread)
    return Said(
        cues=tuple(each.meaning for each in found if isinstance(each.meaning, Cue)),
        unread=unread,
        asks=_asks(words),
        tells=_tells(words),
        doubtful=guessed or any(map(_ambiguous, found)) or _MINUS.search(text) is not None,
    )


def _found(words: Sequence[Token], books: Sequence[Phrases], today: date) -> list[Found]:
    """Dates first, phrases between them, then the numbers that are left."""
    found: list[Found] = []
    at = 0
    for dated in find_times(words, today):
        found += _shifted(find(words[at : dated.first], books, SMALL), at)
        found.append(Found(Cue(Sort.TIME, dated.span), dated.first, dated.end))
        at = dated.end
    found += _shifted(find(words[at:], books, SMALL), at)
    used = {place for each in found for place in range(each.first, each.end)}
    for place, token in enumerate(words):
        if token.read.isdecimal() and place not in used:
            found.append(Found(Cue(Sort.AMOUNT, int(token.read)), place, place + 1))
    found.sort(key=lambda each: each.first)
    return [each for at, each in enumerate(found) if not _is_no_number(words, found, at)]


def _shifted(found: Iterable[Found], by: int) -> list[Found]:
    return [replace(each, first=each.first + by, end=each.end + by) for each in found]


def _is_no_number(words: Sequence[Token], found: Sequence[Found], at: int) -> bool:
    """Behind "stage" a "one" is a number; else it is one of them, and says nothing."""
    before = found[at - 1].meaning if at else None
    follows = isinstance(before, Cue) and before.sort in (Sort.NUMBER, Sort.LEVEL)
    return words[found[at].first].read == "one" and found[at].meaning == Cue(Sort.AMOUNT, 1) and not follows


def _ambiguous(each: Found) -> bool:
    """A name that is also another's, or a word of ours."""
    meanings = (each.meaning, *each.others)
    return len(meanings) > 1 and any(isinstance(meaning, Cue) and meaning.sort in NAMES for meaning in meanings)


def _asks(words: Sequence[Token]) -> bool:
    if any(token.read == "?" for token in words):
        return True
    begins = [token.read for token in words if token.read not in COURTESY | _SIGNS][:2]
    return begins[:1] != [] and (begins[0] in OPENING or tuple(begins) in WISHES)


def _tells(words: Sequence[Token]) -> bool:
    """Whether a line without the form of a question tells something instead of naming what is wanted."""
    said = [token.read for token in words if token.read not in _SIGNS]
    if not said or said[0] in SUBJECTS or not _I.isdisjoint(said):
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
    # A project may be called "it" or "the"; who means it uses its whole name.
    return Phrases(phrase for phrase in phrases if not SMALL.issuperset(phrase.words))
