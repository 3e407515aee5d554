"""From free words to the level whose statement they fit best, or to no guess at all.

Local, deterministic and explainable: a *cue* of a level is a few words of the framework; where they stand together in
one sentence, said as a fact, they speak for the level; denied they speak against it. A framework without cues is
matched by the words that only one of its statements has. What speaks for two things at once is left to the person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from bot.readiness.clauses import Sentence, sentences
from bot.readiness.events import TURNED_DOWN
from bot.readiness.framework import LEVELS, Dimension, Level
from bot.readiness.lexicon import NOES
from bot.readiness.stems import distinctive, stems_in

WIDEST = 14
"""Words of one cue stand at most so many words apart."""
LONGEST_QUOTE = 140
MOST_QUOTES = 2
LONGEST_GAP = 5
"""Letters between two quotes that are shown as one: a comma, an "and"."""
ENOUGH, ENOUGH_BESIDE_CUES = 2, 4
"""So many words that only one statement has are enough, without and with cues in the dimension."""
DENIED = ("not", "nicht")
"""The word of a cue that stands for any denial of its other words: "not rehears*"."""
SHORTCOMINGS = (0, 1)
"""The levels that say what is wrong; cues that deny belong to them, so that a denial never raises a proposal."""
_TRIM = " \t\r\n.,;:!–—"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A level that the words fit, for the person to confirm, and their own words (slices of what they wrote) for it."""

    level: int
    because: tuple[str, ...]


_Place = tuple[int, int]
"""The first and the last of neighbouring words in a sentence."""


class _Way(Enum):
    """How the words of a cue were said."""

    FACT = auto()
    DENIED = auto()
    HOPED = auto()


@dataclass(frozen=True, slots=True)
class _Cue:
    """`words` holds the alternatives of each word; `denies` a cue that is about something missing."""

    level: int
    words: tuple[tuple[str, ...], ...]
    denies: bool


@dataclass(frozen=True, slots=True)
class _Hit:
    """A cue found: `start` and `end` of the words in the text that it rests on."""

    level: int
    way: _Way
    denies: bool
    start: int
    end: int


def propose(dimension: Dimension, words: str) -> Proposal | None:
    """The level that the words fit best, or None: too little, too vague, only hoped for, or speaking for two levels.

    A line that only says "no", or that a level was turned down, takes back what stands before it.
    """
    said = still_meant(words)
    read = sentences(said)
    cues = _cues_of(dimension)
    hits = [hit for sentence in read for hit in _hits(cues, sentence)]
    if not hits:
        # Where cues were written, what they do not find is more likely off the topic.
        enough = ENOUGH_BESIDE_CUES if cues else ENOUGH
        hits = _by_statements(dimension.levels, read, enough)
    level = _level(hits)
    return None if level is None else Proposal(level, _quotes(said, hits, level))


def still_meant(words: str) -> str:
    """The words after the last line that takes back what stands before it."""
    lines = words.split("\n")
    taken_back = [place for place, line in enumerate(lines) if line == TURNED_DOWN or says_no(line)]
    return "\n".join(lines[taken_back[-1] + 1 :]) if taken_back else words


def says_no(words: str) -> bool:
    """Whether these words only say that what was proposed is wrong."""
    return words.lower().replace("\u2019", "'").strip(_TRIM) in NOES


def _level(hits: Iterable[_Hit]) -> int | None:
    """Levels build on one another, so what is missing or only hoped for at one level caps the answer below it."""
    held = {hit.level for hit in hits if hit.way is _Way.FACT and not hit.denies}
    missing = {hit.level for hit in hits if hit.way is _Way.FACT and hit.denies}
    # Who denies a shortcoming may be better off or worse: it caps nothing.
    short_of = {hit.level for hit in hits if not hit.denies and hit.way is not _Way.FACT} - set(SHORTCOMINGS)
    # What is missing says how low it is at most; alone it says nothing about the levels below.
    if not held and 0 not in missing:
        return None
    best = min({max(held), *missing}) if held else min(missing)
    if held and (max(held) - best > 1 or (0 in held and max(held) > 0)):
        return None
    cap = min(short_of, default=LEVELS[-1] + 1) - 1
    if cap >= best:
        return best
    # One step down is what the words say; two would be a guess.
    return cap if cap == best - 1 else None


def _quotes(text: str, hits: Iterable[_Hit], level: int) -> tuple[str, ...]:
    """The words that the level rests on, in the order they stand; nothing that stands inside another quote."""
    backing = [hit for hit in hits if hit.level == level and hit.way is _Way.FACT]
    backing = backing or [hit for hit in hits if hit.level in (level, level + 1)]
    spans: list[tuple[int, int]] = []
    for start, end in sorted({(hit.start, hit.end) for hit in backing}):
        if spans and start <= spans[-1][1] + LONGEST_GAP and max(end, spans[-1][1]) - spans[-1][0] <= LONGEST_QUOTE:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    quotes = (text[start:end][:LONGEST_QUOTE].strip(_TRIM) for start, end in spans)
    return tuple(dict.fromkeys(quote for quote in quotes if quote))[:MOST_QUOTES]


def _hits(cues: Iterable[_Cue], sentence: Sentence) -> Iterable[_Hit]:
    for cue in cues:
        places: list[list[_Place]] = []
        for alternatives in cue.words:
            places.append(_places(sentence, alternatives))
            if not places[-1]:
                break
        else:
            for anchor in places[0]:
                found = [_nearest(each, anchor) for each in places]
                if max(last for _, last in found) - min(first for first, _ in found) < WIDEST:
                    yield from _read(sentence, found, cue)


def _nearest(places: list[_Place], anchor: _Place) -> _Place:
    return min(places, key=lambda place: abs(place[0] - anchor[0]))


def _read(sentence: Sentence, found: list[_Place], cue: _Cue) -> Iterable[_Hit]:
    """How the found words were said; nothing when a denial that the cue needs is not there.

    A word that belongs to the cue itself ("nobody would notice") neither denies nor weakens it.
    """
    own = {place for first, last in found for place in range(first, last + 1)}
    clauses = [sentence.clauses[number] for number in {sentence.clause_of[place] for place in own}]
    denied = {at for place in own for at in sentence.deniers(place)} - own
    over = any(clause.over for clause in clauses)
    if cue.denies and (over or not denied):
        return
    if cue.level <= SHORTCOMINGS[-1] and any(clause.more & own for clause in clauses):
        return
    way = _Way.HOPED if any(clause.hopes - own for clause in clauses) else _Way.FACT
    if not cue.denies and (denied or over):
        way = _Way.DENIED
    yield _hit(sentence, own | (denied if cue.denies else set()), cue.level, way, denies=cue.denies)


def _hit(sentence: Sentence, places: set[int], level: int, way: _Way, *, denies: bool) -> _Hit:
    """The whole clauses are quoted, unless they are long: then only what stands between the words."""
    clauses = [sentence.clauses[sentence.clause_of[place]] for place in places]
    first, last = min(clause.first for clause in clauses), max(clause.last for clause in clauses) - 1
    start, end = sentence.spans[first][0], sentence.spans[last][1]
    if end - start > LONGEST_QUOTE:
        start, end = sentence.spans[min(places)][0], sentence.spans[max(places)][1]
    return _Hit(level, way, denies, start, end)


def _places(sentence: Sentence, alternatives: tuple[str, ...]) -> list[_Place]:
    found = [place for alternative in alternatives for place in _places_of(sentence, alternative)]
    return sorted(found) if len(alternatives) > 1 else found


def _places_of(sentence: Sentence, alternative: str) -> list[_Place]:
    """Where a word of a cue stands: "live", "rehears*" (begins so), "*test", or neighbours as in "on_call"."""
    first, *rest = alternative.split("_")
    begins, ends = not first.startswith("*"), not first.endswith("*")
    core = first.strip("*")
    # One search in the whole sentence: most words of most cues are not there.
    if f"{' ' if begins else ''}{core}{' ' if ends else ''}" not in sentence.joined:
        return []
    words = sentence.words
    return [
        (place, place + len(rest))
        for place, said in enumerate(words)
        if (said == core if begins and ends else said.startswith(core) if begins else said.endswith(core))
        and words[place + 1 : place + 1 + len(rest)] == rest
    ]


def _cues_of(dimension: Dimension) -> tuple[_Cue, ...]:
    written = tuple((level.number, cue) for level in dimension.levels for cues in level.cues.values() for cue in cues)
    return _compiled(written)


@lru_cache(maxsize=256)
def _compiled(written: tuple[tuple[int, str], ...]) -> tuple[_Cue, ...]:
    return tuple(_cue(level, text.lower().replace("\u2019", "'").split()) for level, text in written)


def _cue(level: int, words: list[str]) -> _Cue:
    kept = [tuple(word.split("|")) for word in words if word not in DENIED]
    # The longest word is the rarest: looked for first, it ends most searches.
    kept.sort(key=lambda alternatives: -min(len(each) for each in alternatives))
    return _Cue(level, tuple(kept), denies=len(kept) < len(words))


def _by_statements(levels: tuple[Level, ...], read: list[Sentence], enough: int) -> list[_Hit]:
    """Hits by the words that only one level's label and statement have; none when two levels fare alike."""
    own = distinctive(tuple(tuple(dict(text).items()) for level in levels for text in (level.label, level.statement)))
    best: list[tuple[int, int, Sentence, set[int]]] = []
    for number, wanted in own.items():
        for sentence in read:
            said = stems_in(sentence, facts_only=True)
            shared = wanted & said.keys()
            if shared:
                best.append((len(shared), number, sentence, {min(said[stem]) for stem in shared}))
    best.sort(key=lambda each: (-each[0], each[1]))
    if not best or best[0][0] < enough:
        return []
    count, number, sentence, places = best[0]
    if any(other == count and level != number for other, level, _, _ in best[1:]):
        return []
    return [_hit(sentence, places, number, _Way.FACT, denies=False)]
