"""Typed replies to a question: what a short word means. Anything longer is a note, or a link with words around it."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Reply(StrEnum):
    """What a typed reply asks for."""

    LEVEL = "level"
    NO_LEVEL = "no_level"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    UNCHANGED = "unchanged"
    NOT_NOW = "not_now"
    YES = "yes"
    NOT_MINE = "not_mine"
    NOT_MINE_EITHER = "not_mine_either"
    BACK = "back"
    SKIP = "skip"
    PAUSE = "pause"
    RESUME = "resume"
    WHY = "why"
    LINK = "link"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class TypedReply:
    """A typed reply, understood: `level` for LEVEL, `link` for LINK, `text` the words as typed."""

    kind: Reply
    text: str
    level: int | None = None
    link: str | None = None


_NAMED = r"(?:level|stufe|l)"
_LEVEL = re.compile(rf"{_NAMED}?\s*([0-4])\s*[.)!]?")
_NO_LEVEL = re.compile(rf"{_NAMED}?\s*-?\d{{1,4}}\s*[.)!]?")
_NUMBERS = ("zero null", "one eins", "two zwei", "three drei", "four vier")
"""The levels in words, English and German, in their order."""
_LINK = re.compile(r"https?://[^\s<>|]+")
_WORDS: dict[Reply, tuple[str, ...]] = {
    Reply.UNKNOWN: (
        "don't know",
        "dont know",
        "do not know",
        "i don't know",
        "no idea",
        "unknown",
        "dk",
        "weiß nicht",
        "weiss nicht",
        "keine ahnung",
        "unbekannt",
    ),
    Reply.NOT_APPLICABLE: ("not applicable", "n/a", "na", "does not apply", "entfällt", "trifft nicht zu"),
    Reply.UNCHANGED: ("unchanged", "same", "still true", "no change", "unverändert", "gleich", "stimmt noch"),
    Reply.NOT_NOW: (
        "no link",
        "none",
        "no link now",
        "not now",
        "no",
        "kein link",
        "nein",
        "nicht jetzt",
        "jetzt nicht",
    ),
    Reply.YES: (
        "yes",
        "yes, it stands",
        "it stands",
        "yep",
        "that fits",
        "fits",
        "ja",
        "ja, es gilt",
        "es gilt",
        "stimmt",
        "jep",
        "passt",
        "das passt",
        "genau",
    ),
    Reply.NOT_MINE: ("not mine", "not me", "nicht meine", "nicht ich"),
    Reply.NOT_MINE_EITHER: ("not mine either", "auch nicht meine"),
    Reply.BACK: ("back", "go back", "previous", "zurück"),
    Reply.SKIP: ("skip", "later", "next", "überspringen", "später"),
    Reply.PAUSE: ("pause", "stop", "anhalten"),
    Reply.RESUME: ("resume", "continue", "go on", "weiter", "fortsetzen"),
    Reply.WHY: ("why", "why?", "warum", "warum?", "?"),
}
_ASK_SOMEBODY = re.compile(r"(?:not mine,?\s*|nicht meine,?\s*)?(?:ask|frag|frage)\s+<@([^>|\s]+)(?:\|[^>]*)?>", re.I)
_IN_WORDS = {word: number for number, words in enumerate(_NUMBERS) for word in words.split()}
_MEANING = {word: reply for reply, words in _WORDS.items() for word in words}


def understand(text: str) -> TypedReply:
    """The meaning of a typed reply, in English or German.

    A bare level ("2", "level two", "Stufe 2"), another bare number, which is none, a word of the table, else a link if
    there is one, else a note.
    """
    said = text.strip()
    plain = " ".join(said.lower().replace("\u2019", "'").split())
    if level := _LEVEL.fullmatch(plain):
        return TypedReply(Reply.LEVEL, said, level=int(level[1]))
    if (number := _IN_WORDS.get(re.sub(rf"^{_NAMED}\s+", "", plain).rstrip(".!"))) is not None:
        return TypedReply(Reply.LEVEL, said, level=number)
    if _NO_LEVEL.fullmatch(plain):
        return TypedReply(Reply.NO_LEVEL, said)
    if meaning := _MEANING.get(plain) or _MEANING.get(plain.rstrip(".!")):
        return TypedReply(meaning, said)
    if _ASK_SOMEBODY.match(said):
        return TypedReply(Reply.NOT_MINE, said)
    if link := first_link(said):
        return TypedReply(Reply.LINK, said, link=link)
    return TypedReply(Reply.NOTE, said)


def first_link(text: str) -> str | None:
    """The first http or https address in words, without the punctuation behind it."""
    found = _LINK.search(text)
    return found[0].rstrip(".,;:!?)'\"") if found else None


def words_around(text: str, link: str) -> str:
    """The words without the lines that are nothing but the link: it is kept as evidence, not repeated as a note."""
    return "\n".join(line for line in text.splitlines() if line.strip() != link).strip()


def whom_to_ask(text: str) -> tuple[str, str]:
    """(account mentioned or "", the words behind it) in words such as "ask @mei, she rehearsed it"."""
    mentioned = _ASK_SOMEBODY.match(text.strip())
    return (mentioned[1], text.strip()[mentioned.end() :].strip(" ,.:;-")) if mentioned else ("", "")


_MENTION = re.compile(r"<@([^>|\s]+)(?:\|[^>]*)?>")
_DAY = re.compile(
    r"\b(?:(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})|(?P<D>\d{1,2})\.\s?(?P<M>\d{1,2})\.\s?(?P<Y>\d{4}))"
)


def who_and_when(text: str) -> tuple[str, date | None]:
    """(account mentioned or "", day named or None) in words such as "@mei 2026-12-01" or "ich bis 1.12.2026"."""
    mentioned, day = _MENTION.search(text), _DAY.search(text)
    return mentioned[1] if mentioned else "", _day(day) if day else None


def _day(named: re.Match[str]) -> date | None:
    year, month, day = (int(named[a] or named[b]) for a, b in (("y", "Y"), ("m", "M"), ("d", "D")))
    try:
        return date(year, month, day)
    except ValueError:
        return None
