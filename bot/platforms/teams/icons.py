"""The two icons of the app package: a bridge, drawn by its formula.

Teams wants a picture of 192 by 192 points on one colour, its drawing within the middle half, and an outline of 32 by 32
in white on nothing. Source: learn.microsoft.com "App icons" of Teams.
"""

import struct
import zlib
from collections.abc import Callable

COLOUR = (0x14, 0x5C, 0x72)
ACCENT = "#145C72"
WHITE = (0xFF, 0xFF, 0xFF)
COLOUR_SIZE, OUTLINE_SIZE = 192, 32
_MARGIN = 0.22
_FINE = 3
"""Samples a point has in each direction, for smooth edges."""
_TOWERS, _TOP, _FOOT, _DECK, _SAG = (0.26, 0.74), 0.14, 0.86, 0.66, 0.56
_HANGERS = (0.38, 0.5, 0.62)
Ink = Callable[[float, float], bool]


def colour_icon() -> bytes:
    """The bridge in white on our colour, as a PNG."""
    ink, scale = _bridge(0.028), 1 - 2 * _MARGIN

    def inside(x: float, y: float) -> bool:
        return ink((x - _MARGIN) / scale, (y - _MARGIN) / scale)

    def painted(x: int, y: int) -> bytes:
        share = _share(inside, x, y, COLOUR_SIZE) if _MARGIN < y / COLOUR_SIZE < 1 - _MARGIN else 0
        return bytes(round(back + (front - back) * share) for back, front in zip(COLOUR, WHITE, strict=True)) + b"\xff"

    return _png(COLOUR_SIZE, painted)


def outline_icon() -> bytes:
    """The bridge alone, as a PNG."""
    ink = _bridge(0.034)
    return _png(OUTLINE_SIZE, lambda x, y: bytes((*WHITE, round(255 * _share(ink, x, y, OUTLINE_SIZE)))))


def _bridge(half: float) -> Ink:
    """Whether a place of the unit square belongs to the drawing, whose lines are twice `half` wide."""

    def ink(x: float, y: float) -> bool:
        if not 0.02 <= x <= 0.98:
            return False
        tower = any(abs(x - each) < half for each in _TOWERS) and _TOP <= y <= _FOOT
        deck = abs(y - _DECK) < half
        hanger = any(abs(x - each) < half * 0.6 for each in _HANGERS) and _cable(x)[0] <= y <= _DECK
        height, slope = _cable(x)
        cable = abs(y - height) < half * (1 + slope * slope) ** 0.5
        return tower or deck or hanger or cable

    return ink


def _cable(x: float) -> tuple[float, float]:
    """How high the cable hangs there, and how steep it is: a parabola between the towers, a line down to the banks."""
    left, right = _TOWERS
    if left <= x <= right:
        middle, reach = (left + right) / 2, (right - left) / 2
        return _SAG - (_SAG - _TOP) * ((x - middle) / reach) ** 2, 2 * (_SAG - _TOP) * abs(x - middle) / reach**2
    away = left - x if x < left else x - right
    steep = (_DECK - _TOP) / left
    return _TOP + steep * away, steep


def _share(ink: Ink, x: float, y: float, size: int) -> float:
    """How much of a point is ink."""
    steps = [(step + 0.5) / _FINE for step in range(_FINE)]
    return sum(ink((x + right) / size, (y + down) / size) for right in steps for down in steps) / _FINE**2


def _png(size: int, point: Callable[[int, int], bytes]) -> bytes:
    """A square picture with transparency, from four bytes for each point."""
    rows = b"".join(b"\0" + b"".join(point(x, y) for x in range(size)) for y in range(size))
    head = struct.pack(">2I5B", size, size, 8, 6, 0, 0, 0)
    chunks = (b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
