"""How something is said, in English or German: which words are denied, which only hoped for, which belong together.

Nothing here knows what is talked about. A text becomes sentences of words; a sentence ends at a full stop or where it
turns ("but", "aber"), and falls into clauses. Every denial ("never", "kein") and every word that makes a claim less
than a fact ("planned", "vielleicht", "used to") stands with the words that it reaches.
"""

import re
from dataclasses import dataclass, field

from bot.readiness.lexicon import (
    DENIES_CLAUSE,
    DENIES_NEXT,
    DENIES_NOTHING,
    HOPES,
    HOPING_PAIRS,
    IGNORANCE,
    JOINS,
    MORE_THAN,
    NO_HOPES,
    OVER,
    OVER_PAIRS,
    PASSIVE,
    SUBJECTS,
    TURNS,
)

REACH = 4
"""How many words a "no" or "without" denies after itself; "never" and the like deny their whole clause."""

_PIECE = re.compile(r"https?://\S+|<[^<>\s]*>|\d+(?:[.,:]\d+)*%?|[^\W_]+(?:'[^\W_]+)?|[.;!?\n()…—–,:&+]")
_ENDS = frozenset(".;!\n()…—–")
_PAUSES = frozenset(",:")


@dataclass(slots=True)
class Clause:
    """A part of a sentence that is said in one way; all numbers are places of words in the sentence.

    `denials` maps each denial to the words it reaches, `wide` are those that reach the whole clause; `hopes` are the
    words that make it less than a fact; `more` are words that fall short ("not just one"); `over` says that it held
    once and does not now.
    """

    first: int
    last: int = -1
    denials: dict[int, range] = field(default_factory=dict)
    wide: set[int] = field(default_factory=set)
    hopes: set[int] = field(default_factory=set)
    more: set[int] = field(default_factory=set)
    over: bool = False


@dataclass(slots=True)
class Sentence:
    """Words in small letters, where each stands in the text (start, end), and the clauses they form."""

    words: list[str]
    spans: list[tuple[int, int]]
    clauses: list[Clause]
    clause_of: list[int]
    joined: str = ""

    def deniers(self, place: int) -> set[int]:
        """The denials that reach the word at this place."""
        clause = self.clauses[self.clause_of[place]]
        return {at for at, reach in clause.denials.items() if place in reach}


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text; questions say nothing and are left out. Links and mentions are no words."""
    found: list[Sentence] = []
    pieces = [(piece[0].lower().replace("\u2019", "'"), piece.span()) for piece in _PIECE.finditer(_plain(text))]
    begun: list[tuple[str, tuple[int, int]]] = []
    for place, (piece, span) in enumerate(pieces):
        if piece == "?":
            begun = []
        elif piece in _ENDS or (piece in TURNS and _is_turn(pieces, place)):
            found += _sentence(begun)
            begun = []
        elif not piece.startswith(("http", "<")):
            begun.append((piece, span))
    return found + _sentence(begun)


def _plain(text: str) -> str:
    # One character for one, so that every span is true of the text as typed.
    return text.replace("\u2019", "'").replace("\u2018", "'")


def _is_turn(pieces: list[tuple[str, tuple[int, int]]], place: int) -> bool:
    """A "yet" turns a sentence only where it opens a clause: not in "not yet"."""
    return pieces[place][0] != "yet" or (place > 0 and pieces[place - 1][0] in _PAUSES)


def _sentence(pieces: list[tuple[str, tuple[int, int]]]) -> list[Sentence]:
    if not any(piece not in _PAUSES | JOINS for piece, _ in pieces):
        return []
    made = Sentence([], [], [Clause(0)], [])
    for number, (piece, span) in enumerate(pieces):
        if piece in _PAUSES or piece in JOINS:
            following = next((word for word, _ in pieces[number + 1 :] if word not in _PAUSES | JOINS), "")
            if made.words and made.clauses[-1].first < len(made.words):
                _close(made, len(made.words))
                made.clauses.append(Clause(len(made.words)))
                if following not in SUBJECTS and piece != ":":
                    _inherit(made.clauses[-2], made.clauses[-1])
            continue
        made.words.append(piece)
        made.spans.append(span)
        made.clause_of.append(len(made.clauses) - 1)
    _close(made, len(made.words))
    made.clauses = [clause for clause in made.clauses if clause.first < clause.last]
    for number, clause in enumerate(made.clauses):
        for place in range(clause.first, clause.last):
            made.clause_of[place] = number
    made.joined = f" {' '.join(made.words)} "
    if IGNORANCE.search(made.joined):
        for clause in made.clauses:
            clause.hopes |= set(range(clause.first, clause.last))
    return [made]


def _inherit(before: Clause, after: Clause) -> None:
    """What goes on with a clause is denied and hoped for like it, save for a "no", which keeps to its own words."""
    after.hopes |= before.hopes
    after.over = before.over
    after.wide |= before.wide


def _close(made: Sentence, end: int) -> None:
    clause = made.clauses[-1]
    clause.last = end
    words = made.words
    whole = range(clause.first, end)
    pairs = {at: (words[at], words[at + 1]) for at in range(clause.first, end - 1)}
    for at in whole:
        word, following = words[at], words[at + 1] if at + 1 < end else ""
        if following in DENIES_NOTHING and (word in DENIES_NEXT or word in DENIES_CLAUSE):
            clause.more |= set(range(at, end)) if following in MORE_THAN else set()
            continue
        if word in DENIES_CLAUSE or word.endswith("n't"):
            clause.wide.add(at)
        elif word in DENIES_NEXT:
            clause.denials[at] = range(at, min(at + 1 + REACH, end))
    clause.denials.update(dict.fromkeys(clause.wide, whole))
    clause.over = clause.over or any(pair in OVER_PAIRS for pair in pairs.values())
    clause.over = clause.over or any(words[at] in OVER for at in whole)
    clause.hopes |= {at + shift for at, pair in pairs.items() if pair in HOPING_PAIRS for shift in (0, 1)}
    for at in whole:
        if words[at] in HOPES and not (words[at] in NO_HOPES and clause.denials) and not _is_passive(words, at, end):
            clause.hopes.add(at)


def _is_passive(words: list[str], at: int, end: int) -> bool:
    """German "werden gemessen" is a fact, "werden messen" is a plan."""
    if words[at] != "werden":
        return False
    around = words[max(at - 1, 0) : end]
    return any(PASSIVE.fullmatch(word) for word in around)
