"""Words of a question: cut apart, spelled alike, and found as phrases. Pure; knows no subject."""

import difflib
import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

LONGEST_GAP = 2
"""So many small words may stand between two words of a phrase: "ahead of their readiness"."""
SHORTEST_SWAP, SHORTEST_SLIP = 3, 5
"""Letters of a word from which on two swapped letters, and one letter too few or too many, are taken for a slip."""
ALIKE = 0.75
"""How much of two words must be the same, from 0 to 1."""
SAFE_EXCHANGE = 8
"""Letters from which on one wrong letter still leaves no doubt: "state" is too near to "stage", "govermance" is not."""

_TOKEN = re.compile(
    r"<@[^>\s]+>|\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.(?:\d{4}\b)?|>=|<=|[<>=]|\d+(?![\w])"
    r"|[^\W_]+(?:['\u2019_-][^\W_]+)*|[?,;:!.…]"
)
_FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "\u2019": "'", "\u2018": "'"})
_POSSESSIVE = re.compile(r"'(?:s|re)?$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word: as compared (`text`), as typed (`typed`), and as it would be spelled right, if that is another."""

    text: str
    typed: str
    meant: str = ""
    doubtful: bool = False

    @property
    def read(self) -> str:
        """What it is read as."""
        return self.meant or self.text


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that mean something; `*` at the end of one stands for any ending. Of two alike the heavier one counts."""

    words: tuple[str, ...]
    meaning: Hashable
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in the words from `first` up to, not including, `end`; `others` mean as much by the same words."""

    meaning: Hashable
    first: int
    end: int
    others: tuple[Hashable, ...] = ()


def fold(text: str) -> str:
    """Small letters, without the signs people leave out: "überfällig" is "ueberfaellig"."""
    return text.casefold().translate(_FOLDED)


def tokens(text: str) -> list[Token]:
    """The words and signs of a text; "Dan's" and "what's" lose their ending."""
    found = []
    for match in _TOKEN.finditer(text):
        word = fold(match.group())
        found.append(Token(_POSSESSIVE.sub("", word) or word, match.group()))
    return found


def runs(text: str, longest: int) -> frozenset[str]:
    """Every run of at most so many neighbouring words, as it stands there, in small letters: any may be a name."""
    places = [match.span() for match in _TOKEN.finditer(text)]
    ends = [(start, end) for at, (start, _) in enumerate(places) for _, end in places[at : at + longest]]
    cut = {text[start:end].casefold() for start, end in ends}
    return frozenset(cut | {_POSSESSIVE.sub("", run.replace("\u2019", "'")) for run in cut})


@lru_cache(maxsize=4096)
def phrase_words(text: str) -> tuple[str, ...]:
    """A phrase as it is written in a table or as a name, cut like any text; endings left open by `*` stay open."""
    words: list[str] = []
    for piece in text.split():
        words += [token.text for token in tokens(piece.removesuffix("*"))]
        if piece.endswith("*") and words:
            words[-1] += "*"
    return tuple(word for word in words if word not in ",;:.!?…–—")


class Phrases:
    """Many phrases, found by their first word."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_word: dict[str, list[Phrase]] = {}
        self._open: dict[str, list[Phrase]] = {}
        self.words: set[str] = set()
        for phrase in phrases:
            if not phrase.words:
                continue
            first = phrase.words[0]
            table, place = (self._open, first[:2]) if first.endswith("*") else (self._by_word, first)
            table.setdefault(place, []).append(phrase)
            self.words |= {word.rstrip("*") for word in phrase.words}

    def at(self, words: Sequence[Token], place: int, small: frozenset[str]) -> Iterator[tuple[Phrase, int]]:
        """The phrases that begin at a place, and where each ends; `small` words may stand between theirs."""
        word = words[place].read
        for phrase in (*self._by_word.get(word, ()), *self._open.get(word[:2], ())):
            end = _end(phrase.words, words, place, small)
            if end:
                yield phrase, end

    def knows(self, word: str) -> bool:
        """Whether a word begins or is part of any phrase, endings left open included."""
        return word in self.words or any(
            _same(part, word) for phrase in self._open.get(word[:2], ()) for part in phrase.words[:1]
        )


def _end(wanted: Sequence[str], words: Sequence[Token], place: int, small: frozenset[str]) -> int:
    at = place
    for number, part in enumerate(wanted):
        skipped = 0
        while at < len(words) and not _same(part, words[at].read):
            if number == 0 or skipped == LONGEST_GAP or words[at].read not in small:
                return 0
            at, skipped = at + 1, skipped + 1
        if at == len(words):
            return 0
        at += 1
    return at


def _same(part: str, word: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part


def find(words: Sequence[Token], books: Sequence[Phrases], small: frozenset[str]) -> list[Found]:
    """The phrases in a text, from left to right, the longest at each place and none inside another."""
    found, place = [], 0
    while place < len(words):
        here = [each for book in books for each in book.at(words, place, small)]
        if not here:
            place += 1
            continue
        longest = max((len(phrase.words), phrase.weight) for phrase, _ in here)
        best = [each for each in here if (len(each[0].words), each[0].weight) == longest]
        meanings = tuple(dict.fromkeys(phrase.meaning for phrase, _ in best))
        end = max(end for _, end in best)
        found.append(Found(meanings[0], place, end, meanings[1:]))
        place = end
    return found


def spelled(words: Sequence[Token], books: Sequence[Phrases], small: frozenset[str]) -> list[Token]:
    """The same words, those that are only misspelled read as what they come nearest to."""
    known = frozenset(small.union(*(book.words for book in books)))
    return [
        token if token.text in known or any(book.knows(token.text) for book in books) else _corrected(token, known)
        for token in words
    ]


def _corrected(token: Token, known: frozenset[str]) -> Token:
    word = token.text
    if len(word) < SHORTEST_SWAP or not word[0].isalpha():
        return token
    # Nobody swaps or drops the first letter and reads over it.
    alike = [each for each in known if each[:1] == word[0] and abs(len(each) - len(word)) <= 2 and each != word]
    sure = [each for each in alike if _slip(word, each)]
    if sure:
        best = max(sure, key=lambda each: (difflib.SequenceMatcher(None, word, each).ratio(), each))
        return replace(token, meant=best)
    near = difflib.get_close_matches(word, alike, n=1, cutoff=0.8) if len(word) >= SHORTEST_SLIP else []
    if not near:
        return token
    exchanged = len(near[0]) == len(word) and len(word) >= SAFE_EXCHANGE
    return replace(token, meant=near[0], doubtful=not exchanged)


def is_near(word: str, right: str) -> bool:
    """Whether a word may be another, misspelled."""
    if word[:1] != right[:1] or abs(len(word) - len(right)) > 1:
        return False
    return word != right and difflib.SequenceMatcher(None, word, right).ratio() >= ALIKE


def _slip(word: str, right: str) -> bool:
    """Whether a word is another with two neighbouring letters swapped, or with one letter too few or too many."""
    if len(word) == len(right):
        at = next(place for place in range(len(word)) if word[place] != right[place])
        swapped = word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
        return len(word) >= SHORTEST_SWAP and swapped == right
    short, long = sorted((word, right), key=len)
    if len(long) - len(short) != 1 or len(right) < SHORTEST_SLIP:
        return False
    return any(long[:at] + long[at + 1 :] == short for at in range(1, len(long)))
