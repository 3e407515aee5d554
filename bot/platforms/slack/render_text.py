"""Lines as rich_text elements: styles, links and mentions, never a markup language."""

import re
from dataclasses import dataclass

from bot.chat.view import Line, Span
from bot.platforms.slack import limits
from bot.platforms.text import Json, shorten, units, web_address

_MEMBER = re.compile(r"[UW][A-Z0-9]{1,40}", re.ASCII)


@dataclass(slots=True)
class Room:
    """How much text one block may still take, in UTF-16 units."""

    left: int

    def take(self, text: str) -> str:
        """The text as far as there is room for it."""
        if not self.left:
            return ""
        if text.isascii() and text.isprintable() and len(text) <= self.left:
            # Nearly all there is: nothing to clean, nothing to count, nothing to cut.
            self.left -= len(text)
            return text
        short = shorten(text, self.left)
        self.left -= units(short)
        return short

    def text_element(self, text: str, style: Json | None = None) -> list[Json]:
        """A text element, or none where nothing is left of it."""
        short = self.take(text)
        made: Json = {"type": "text", "text": short}
        return [made | ({"style": style} if style else {})] if short else []


def address(link: str | None) -> str | None:
    """The address if Slack takes it as one."""
    return web_address(link, limits.BUTTON_URL_UNITS)


def elements(line: Line, room: Room) -> list[Json]:
    """The elements of a rich_text section."""
    return [element for span in line for element in _span(span, room)]


def list_sections(lines: tuple[Line, ...], room: Room) -> tuple[list[Json], int]:
    """The sections of a list as far as there is room, and how many were left out."""
    made: list[Json] = []
    for number, line in enumerate(lines):
        if not room.left or len(made) == limits.LIST_ENTRIES:
            return made, len(lines) - number
        if entry := elements(line, room):
            made.append({"type": "rich_text_section", "elements": entry})
    return made, 0


def _style(span: Span) -> Json:
    return {name: True for name in ("bold", "italic", "code") if getattr(span, name)}


def _span(span: Span, room: Room) -> list[Json]:
    style = _style(span) if span.bold or span.italic or span.code else None
    if span.mention and _MEMBER.fullmatch(span.mention):
        room.left -= min(room.left, len(span.mention))
        return [{"type": "user", "user_id": span.mention} | ({"style": style} if style else {})]
    if not span.link:
        return room.text_element(span.text, style)
    url = address(span.link)
    if url is None:
        return room.text_element(f"{span.text} ({span.link})" if span.text else span.link, style)
    text = room.take(span.text or url)
    link: Json = {"type": "link", "url": url, "text": text}
    return [link | ({"style": style} if style else {})] if text.strip() else room.text_element(text, style)
