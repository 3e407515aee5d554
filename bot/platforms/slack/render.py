"""A View as Block Kit. Pure; people's text is never markup, and nothing comes out that Slack would refuse.

Prose is rich_text (no markup language is involved), titles and labels are plain_text. What is over a limit is
shortened with an ellipsis, or left out under a last note "… and N more"; the buttons at the end always stay.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Literal

from bot.chat.plain import plain, plain_line
from bot.chat.view import (
    Bullets,
    Buttons,
    Choices,
    Divider,
    Facts,
    Heading,
    Line,
    Note,
    Paragraph,
    Part,
    Table,
    View,
)
from bot.platforms.slack import limits
from bot.platforms.slack.render_buttons import actions, choice_section
from bot.platforms.slack.render_table import as_lines, table_block
from bot.platforms.slack.render_text import Room, elements, list_sections
from bot.platforms.slack.text import escape, plain_text
from bot.platforms.text import Json, shorten, units

Surface = Literal["message", "modal", "home"]


@dataclass(frozen=True, slots=True)
class Words:
    """The few words that a renderer adds, in the reader's language. `more` holds the place `{count}`."""

    more: str = "… and {count} more"
    cancel: str = "Cancel"

    def and_more(self, number: int) -> str:
        """The note under something that was left out."""
        return self.more.replace("{count}", str(number))


ENGLISH = Words()


def message(view: View, words: Words = ENGLISH) -> Json:
    """`text` (escaped, for notifications and screen readers), `blocks` (at least one) and `mrkdwn` switched off."""
    return {"text": fallback(view), "blocks": blocks(view, "message", words), "mrkdwn": False}


def home(view: View, words: Words = ENGLISH) -> Json:
    """A home tab for views.publish."""
    return {"type": "home", "blocks": blocks(view, "home", words)}


def fallback(view: View) -> str:
    """The whole in one escaped sentence; a view without one gives all of its words."""
    raw = shorten(view.text, limits.FALLBACK_UNITS)
    if not raw.strip():
        raw = shorten(plain(view), limits.FALLBACK_UNITS)
    while units(escape(raw)) > limits.FALLBACK_ESCAPED_UNITS:
        raw = shorten(raw, units(raw) // 2)
    return escape(raw) if raw.strip() else "–"


def blocks(
    view: View, surface: Surface, words: Words = ENGLISH, most: int | None = None, room: int = limits.VIEW_BYTES
) -> list[Json]:
    """The blocks of a view on one surface; `most` and `room` (bytes of JSON) bound it where more stands around it."""
    numbers, tables = count(), count()
    made = [block for part in view.parts for block in _part(part, surface, words, numbers, tables)]
    if not made and view.text.strip():
        made = _prose((), view.text)
    made = made or [_note(view.text)]
    limit = limits.MESSAGE_BLOCKS if surface == "message" else limits.VIEW_BLOCKS
    return _fitted(made, surface, words, min(limit, most or limit), room)


def _part(part: Part, surface: Surface, words: Words, numbers: "count[int]", tables: "count[int]") -> list[Json]:
    match part:
        case Heading(text):
            return [{"type": "header", "text": plain_text(text, limits.HEADER_UNITS)}]
        case Paragraph(line):
            return _prose(line)
        case Bullets(lines, ordered):
            return _list(lines, words, ordered=ordered)
        case Facts(pairs):
            return _facts(pairs, words)
        case Note(line):
            return [_note(plain_line(line))]
        case Choices(press, choices):
            return [choice_section(choice, press, next(numbers)) for choice in choices]
        case Buttons(buttons):
            return actions(buttons, words.cancel, numbers)
        case Table():
            return _table(part, words, fits=surface == "message" and next(tables) < limits.TABLES_PER_MESSAGE)
        case Divider():
            return [{"type": "divider"}]


def _prose(line: Line, text: str = "") -> list[Json]:
    room = Room(limits.TEXT_UNITS)
    made = elements(line, room) if line else room.text_element(text)
    return [_rich({"type": "rich_text_section", "elements": made})] if made else []


def _list(lines: tuple[Line, ...], words: Words, *, ordered: bool) -> list[Json]:
    entries, left = list_sections(lines, Room(limits.TEXT_UNITS))
    if not entries:
        return []
    style = "ordered" if ordered else "bullet"
    made = [_rich({"type": "rich_text_list", "style": style, "elements": entries})]
    return [*made, _note(words.and_more(left))] if left else made


def _facts(pairs: tuple[tuple[str, Line], ...], words: Words) -> list[Json]:
    """One section, a line per fact, its label in bold."""
    room, made = Room(limits.TEXT_UNITS), list[Json]()
    for number, (label, line) in enumerate(pairs):
        if not room.left:
            return [_rich({"type": "rich_text_section", "elements": made}), _note(words.and_more(len(pairs) - number))]
        made += room.text_element(("\n" if made else "") + shorten(label, limits.HEADER_UNITS) + ": ", {"bold": True})
        made += elements(line, room)
    return [_rich({"type": "rich_text_section", "elements": made})] if made else []


def _table(table: Table, words: Words, *, fits: bool) -> list[Json]:
    """A table block, once per message; elsewhere lines of equal width."""
    if not table.columns:
        return []
    if fits:
        block, left = table_block(table)
    else:
        text, left = as_lines(table, limits.TEXT_UNITS)
        block = _rich({"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]})
    return [block, _note(words.and_more(left))] if left else [block]


def _rich(element: Json) -> Json:
    return {"type": "rich_text", "elements": [element]}


def _note(text: str) -> Json:
    return {"type": "context", "elements": [plain_text(text, limits.TEXT_UNITS)]}


def _fitted(made: list[Json], surface: Surface, words: Words, most: int, room: int) -> list[Json]:
    """At most `most` blocks within the surface's room: whole blocks from the top, a note, the buttons at the end."""
    message_like = surface == "message"
    room = limits.MESSAGE_TEXT_UNITS if message_like else room
    if len(made) <= most and len(json.dumps(made)) <= room:
        return made
    weight = text_units if message_like else _weight
    tail = _last_buttons(made, weight, room // 2, max(0, min(2, most - 2)))
    note = weight(_note(words.and_more(len(made))))
    left = room - note - sum(weight(block) for block in tail)
    body, kept = made[: len(made) - len(tail)], list[Json]()
    for block in body:
        left -= weight(block)
        fits = len(kept) + len(tail) + (0 if len(kept) + 1 == len(body) else 1) < most
        if left < 0 or not fits:
            break
        kept.append(block)
    missing = len(body) - len(kept)
    return [*kept, _note(words.and_more(missing)), *tail] if missing else [*kept, *tail]


def _last_buttons(made: list[Json], weight: Callable[[Json], int], room: int, most: int) -> list[Json]:
    tail: list[Json] = []
    for block in reversed(made):
        if block["type"] != "actions" or len(tail) == most:
            break
        tail.insert(0, block)
    return tail if sum(weight(block) for block in tail) <= room else []


def _weight(block: Json) -> int:
    """Bytes of JSON with the comma behind it."""
    return len(json.dumps(block)) + 2


def text_units(node: object) -> int:
    """All visible text of a block, in UTF-16 units."""
    if isinstance(node, list):
        return sum(text_units(one) for one in node)
    if not isinstance(node, dict):
        return 0
    return sum(
        units(inner) if name == "text" and isinstance(inner, str) else text_units(inner) for name, inner in node.items()
    )
