"""What a report is made of: the parts of a chat view, and four blocks that chat has no room for.

A renderer exists for HTML and for Markdown; a new block needs both.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.chat.view import Bullets, Facts, Heading, Line, Note, Paragraph, Part


@dataclass(frozen=True, slots=True)
class Subheading:
    """The title of a part of a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with styled cells; the first cell of a row is its heading. `narrow` columns hold numbers and signs."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    narrow: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture by its name, what it shows in words, and the line below it."""

    picture: str
    alternative: str
    caption: str


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of the ladder: its number and name, and what stands there ("" for nothing)."""

    number: int
    name: str
    reached: bool
    here: str = ""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The stages in order."""

    steps: tuple[Step, ...]


Block = Paragraph | Bullets | Facts | Note | Subheading | Grid | Figure | Ladder


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report under a heading; `id` is what a link inside the page names."""

    id: str
    title: str
    blocks: tuple[Block, ...]


def as_blocks(parts: Iterable[Part]) -> tuple[Block, ...]:
    """The parts of a chat view as blocks; what can be pressed has no place on paper."""
    blocks: list[Block] = []
    for part in parts:
        match part:
            case Heading(text):
                blocks.append(Subheading(text))
            case Paragraph() | Bullets() | Facts() | Note():
                blocks.append(part)
    return tuple(blocks)
