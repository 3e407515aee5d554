"""People's words as they can be drawn: what the font does not have is left out, what is too wide is shortened."""

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from bot.charts.canvas import FONT

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

ELLIPSIS = "…"
LONGEST = 200
"""Letters that are measured at all."""
MOST_MARKS = 2
"""Accents above one letter; more of them would stand in the line above."""
MEASURED = 100
"""Points at which letters are measured."""
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def legible(text: str, otherwise: str) -> str:
    """The text without what cannot be drawn; `otherwise` (a project's key) where less than half of it is left."""
    meant = unicodedata.normalize("NFC", text[:LONGEST])
    kept, marks = [], 0
    for letter in meant:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if letter.isspace() or (marks <= MOST_MARKS and _is_drawn(letter)):
            kept.append(" " if letter.isspace() else letter)
    said = " ".join("".join(kept).split())
    weight, whole = (sum(each.isalnum() for each in letters) for letters in (said, meant))
    return said if weight and 2 * weight >= whole else otherwise


def fitting(text: str, inches: float, size: float) -> str:
    """The longest beginning of a text, with an ellipsis, that is no wider than this in letters of `size` points."""
    if width_of(text, size) <= inches:
        return text
    least, most = 0, len(text)
    while least < most:
        middle = (least + most + 1) // 2
        if width_of(text[:middle].rstrip() + ELLIPSIS, size) <= inches:
            least = middle
        else:
            most = middle - 1
    return text[:least].rstrip() + ELLIPSIS


def lines_of(text: str, inches: float, size: float, most: int = 2) -> str:
    """The text in at most so many lines, broken between words; the last one is shortened."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most - 1:
        count = 1
        while count < len(words) and width_of(" ".join(words[: count + 1]), size) <= inches:
            count += 1
        lines.append(fitting(" ".join(words[:count]), inches, size))
        words = words[count:]
    return "\n".join([*lines, fitting(" ".join(words), inches, size)] if words else lines)


def width_of(text: str, size: float) -> float:
    """How wide a text is drawn at most, in inches: letters that are joined take less."""
    return sum(map(_width, text)) * size / 72


@cache
def _width(letter: str) -> float:
    """The way to the next letter, as a part of the font's size."""
    font = _font()
    return float(font.load_char(ord(letter)).linearHoriAdvance) / 65536 / MEASURED


def _is_drawn(letter: str) -> bool:
    return unicodedata.category(letter) not in _UNSEEN and ord(letter) in _letters()


@cache
def _letters() -> frozenset[int]:
    return frozenset(_font().get_charmap())


@cache
def _font() -> "FT2Font":
    # A face of our own: the one that draws has sizes of its own.
    from matplotlib.font_manager import findfont  # noqa: PLC0415 - loaded when something is drawn
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415

    font = FT2Font(findfont(FONT))
    font.set_size(MEASURED, 72)
    return font
