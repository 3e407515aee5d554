"""Typed replies to a question: what a short word means. Anything longer is a note, or a link with words around it."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Reply(StrEnum):
    """What a typed reply asks for."""

    LEVEL = "level"
    NO_LEVEL = "no_level"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    UNCHANGED = "unchanged"
    YES = "yes"
    NO_LINK = "no_link"
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
    Reply.YES: ("yes", "yep", "that fits", "fits", "ja", "jep", "passt", "das passt", "genau"),
    Reply.NO_LINK: ("no link", "none", "no link now", "kein link", "nein", "no"),
    Reply.BACK: ("back", "go back", "previous", "zurück"),
    Reply.SKIP: ("skip", "later", "next", "überspringen", "später"),
    Reply.PAUSE: ("pause", "stop", "anhalten"),
    Reply.RESUME: ("resume", "continue", "go on", "weiter", "fortsetzen"),
    Reply.WHY: ("why", "why?", "warum", "warum?", "?"),
}
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
    if link := _LINK.search(said):
        return TypedReply(Reply.LINK, said, link=link[0].rstrip(".,;:!?)'\""))
    return TypedReply(Reply.NOTE, said)
