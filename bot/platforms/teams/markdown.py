"""Lines as the Markdown of a card's text. Styles and links are ours; people's text is escaped, character by character.

Teams reads bold, italics, lists and links in TextBlock, Fact.title and Fact.value, and nothing else: a card has no
code, so what is to be typed is bold, without the slash that only Slack needs. Besides Markdown, a card's text knows
mentions (`<at>`) and dates (`{{DATE(...)}}`); a backslash keeps people's text out of these too.
Sources: learn.microsoft.com "Text formatting in cards", "Mentions" and "Text features"; spec.commonmark.org 0.31.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bot.chat.view import Line, Span
from bot.platforms.payload import clean
from bot.platforms.teams import limits
from bot.platforms.text import Json, shorten, units, web_address

_SPECIAL = re.compile(
    r"[\\`*_\[\]]"
    r"|<(?=[A-Za-z/!?]|$)"
    r"|&(?=#?\w{1,32};)"
    r"|\{(?=\{|$)|(?<=\{)\{"
    r"|~(?=~|$)|(?<=~)~"
)
_OPENING = re.compile(r"(?P<mark>[-+](?=\s|$)|[#>=]|-(?=[-\s]*$))|(?P<number>\d{1,9})(?=[.)](?:\s|$))")
_NEW_LINE = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_NO_NAME = re.compile(r"[\\`*_\[\]<>&{}~\"\s\x00-\x1f]+")
_ACCOUNT = re.compile(r"29:\S+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12,13}", re.ASCII | re.IGNORECASE)
_IN_ADDRESS = str.maketrans({"(": "%28", ")": "%29", "\\": "%5C", "{": "%7B", "}": "%7D", "*": "%2A", "`": "%60"})
_HAIR = "\u200a"
"""The thinnest space: between a style's mark and a letter, where Markdown would not see the mark."""


@dataclass(slots=True)
class Mentions:
    """Who is rung by a card. `entities` stand beside its text, one for each name written in it."""

    entities: dict[str, Json] = field(default_factory=dict)

    def named(self, account: str, name: str) -> str:
        """The text of a mention. Two people of one name are told apart by a character that nobody sees."""
        name = _NO_NAME.sub(" ", shorten(name, limits.NAME_UNITS)).strip() or account
        while (known := self.entities.get(text := f"<at>{name}</at>")) and known["mentioned"]["id"] != account:
            name += "\u200b"
        self.entities[text] = {"type": "mention", "text": text, "mentioned": {"id": account, "name": name}}
        return text

    def of(self, body: str) -> list[Json]:
        """The entities whose text stands in the JSON of a body."""
        return [entity for text, entity in self.entities.items() if text in body]


@dataclass(slots=True)
class Room:
    """How much text one element may still take, in UTF-16 units before escaping."""

    left: int = limits.TEXT_UNITS

    def take(self, text: str) -> str:
        """The text as far as there is room for it."""
        if not self.left:
            return ""
        short = shorten(text, self.left)
        self.left -= units(short)
        return short


def escaped(text: str) -> str:
    """People's text on one line of Markdown that shows exactly this text."""
    return _opened(_escaped(" ".join(_NEW_LINE.sub("\n", clean(text)).split())))


def markdown(line: Line, mentions: Mentions, room: Room | None = None) -> str:
    """A line as Markdown on one line: line breaks become spaces."""
    flat = tuple(replace(span, text=_NEW_LINE.sub(" ", span.text)) for span in line)
    return _opened(_joined(flat, mentions, room or Room()))


def paragraphs(line: Line, mentions: Mentions, room: Room | None = None) -> list[str]:
    """A line as Markdown, one for each line break in it; empty ones are left out."""
    room = room or Room()
    made = (_opened(_joined(each, mentions, room)) for each in _split(line))
    return [text for text in made if text]


def _split(line: Line) -> Iterator[Line]:
    current: list[Span] = []
    for span in line:
        first, *others = _NEW_LINE.split(span.text)
        current.append(replace(span, text=first))
        for text in others:
            yield tuple(current)
            current = [replace(span, text=text)]
    yield tuple(current)


def _joined(line: Line, mentions: Mentions, room: Room) -> str:
    """The spans one after another; a hair space where a style's mark would touch anything but a space."""
    made, was_styled = "", False
    for span in line:
        text, is_styled = _span(span, mentions, room)
        if made and text and (was_styled or is_styled) and not (made[-1].isspace() or text[0].isspace()):
            made += "" if _stands_apart(made, text, was_styled=was_styled, is_styled=is_styled) else _HAIR
        made, was_styled = made + text, is_styled if text else was_styled
    return made.strip()


def _stands_apart(before: str, after: str, *, was_styled: bool, is_styled: bool) -> bool:
    """Whether Markdown sees the marks between two texts that touch: only where plain punctuation follows a style."""
    return was_styled and not is_styled and after[0] in ".,:;!?" and before.rstrip("*_")[-1:].isalnum()


def _span(span: Span, mentions: Mentions, room: Room) -> tuple[str, bool]:
    """The Markdown of a span, and whether it has a style."""
    if span.mention and _ACCOUNT.fullmatch(span.mention):
        room.left -= min(room.left, limits.NAME_UNITS)
        return mentions.named(span.mention, span.text), False
    text = clean(span.text).replace("\t", " ")
    if span.code:
        text = text.removeprefix("/")
    url = web_address(span.link, limits.LINK_UNITS)
    if span.link and not url:
        text = f"{text} ({span.link})" if text else span.link
    room.left -= min(room.left, len(url or ""))
    text = _escaped(room.take(text or url or ""))
    core = text.strip()
    if not core:
        return text, False
    made = f"[{core}]({url.translate(_IN_ADDRESS)})" if url else core
    if span.italic:
        made = f"_{made}_"
    if span.bold or span.code:
        made = f"**{made}**"
    before, _, after = text.partition(core)
    return f"{before}{made}{after}", made != core


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: "\\" + found[0], text)


def _opened(text: str) -> str:
    """What would open a list, a heading or a quotation at the beginning of a line opens none."""
    found = _OPENING.match(text)
    if not found:
        return text
    return "\\" + text if found["mark"] else f"{found['number']}\\{text[found.end() :]}"
