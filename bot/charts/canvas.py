"""What every picture is drawn on: colours, settings, the figure, and how it becomes bytes.

An SVG takes its colours from the page around it: text is `currentColor`, the rest are the custom properties in COLOURS.
"""

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STAGES: Final = 5
LEVELS: Final = 4
WIDTH = 4.6
"""Inches. At 72 points an inch an SVG is 331 wide: on a phone its text keeps its size."""
DOTS = 200
MOST_COLOURS = 128
"""Of a PNG, with the shades at the edges of letters."""
FONT = "DejaVu Sans"
"""It comes with matplotlib, so that a picture is the same on every machine."""

COLOURS = {
    "ink": ("#1c1b22", "currentColor"),
    "paper": ("#ffffff", "var(--raised)"),
    "grid": ("#d5d3da", "var(--grid)"),
    "stage": ("#0b6fae", "var(--stage)"),
    "exposure": ("#c05000", "var(--exposure)"),
    "index": ("#5b5570", "var(--index)"),
    "claimed": ("#8fb8d4", "var(--claimed)"),
}
"""Name -> colour on white (after Okabe and Ito: told apart whatever one's eyes), and what stands for it in an SVG.
Every series has a line or a mark of its own besides its colour."""

INK, PAPER, GRID = COLOURS["ink"][0], COLOURS["paper"][0], COLOURS["grid"][0]
BLUE, ORANGE = COLOURS["stage"][0], COLOURS["exposure"][0]
STEPS: Final = ("#eff4f9", "#c3dbee", "#86bbe0", "#2674b0", "#0a4675")
"""Five steps of one blue, each darker than the one before: they keep their order for every eye, and printed in grey."""
ON_STEPS: Final = (INK, INK, INK, PAPER, PAPER)
"""What is read upon each step: a contrast of at least 4.5 to 1."""
FAINT = "#66626f"
"""Ink for what is said aside."""

_RC: dict[Any, Any] = {
    "text.parse_math": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "bridgehead",
    "font.family": [FONT],
    "font.size": 10.0,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.edgecolor": GRID,
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "hatch.color": BLUE,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


class Form(StrEnum):
    """What a picture is drawn as."""

    PNG = "png"
    SVG = "svg"


@contextmanager
def our_settings() -> Iterator[None]:
    """Our settings while something is drawn. They belong to the process, so one thing is drawn at a time."""
    import matplotlib as mpl  # noqa: PLC0415 - a second's work that only pictures need

    with mpl.rc_context(_RC):
        yield


def figure_of(height: float, rows: int = 1, heights: Sequence[int] = (1,)) -> tuple["Figure", Sequence["Axes"]]:
    """A figure of the usual width with axes below each other, `height` in inches."""
    # The object-oriented interface keeps no state in the process and needs no display.
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    axes = figure.subplots(rows, 1, sharex=True, squeeze=False, height_ratios=heights)[:, 0]
    return figure, tuple(axes)


def sheet_of(width: float, height: float) -> tuple["Figure", "Axes"]:
    """A figure whose places are inches from its upper left corner, for what is laid out by hand."""
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(width, height))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    return figure, axes


def bytes_of(figure: "Figure", form: Form, name: str) -> bytes:
    """The figure as a file; `name` tells its ids apart from those of other pictures on the same page."""
    return _png(figure) if form is Form.PNG else _inline(_svg(figure), name).encode()


def _png(figure: "Figure") -> bytes:
    """A few of its colours are enough: a quarter of the bytes, in a quarter of the time."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    figure.set_dpi(DOTS)
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    whole = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba()).convert("RGB")
    made = io.BytesIO()
    whole.quantize(MOST_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(made, Form.PNG)
    return made.getvalue()


def _svg(figure: "Figure") -> str:
    made = io.BytesIO()
    figure.savefig(made, format=Form.SVG, metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    return made.getvalue().decode()


def _inline(svg: str, name: str) -> str:
    """An SVG as it stands inside a page: no prologue, ids of its own, the page's colours and letters."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'\sxmlns(:\w+)?="[^"]*"', "", svg)
    svg = re.sub(r'(<svg[^>]*?)\swidth="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'(<svg[^>]*?)\sheight="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r"<style[^>]*>.*?</style>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<defs>\s*</defs>", "", svg)
    svg = svg.replace(' id="', f' id="{name}-').replace("url(#", f"url(#{name}-").replace('href="#', f'href="#{name}-')
    # Verdana is as wide as the font whose widths the places were reckoned with.
    svg = svg.replace("'DejaVu Sans'", "'DejaVu Sans', Verdana, sans-serif").replace(
        "<svg", '<svg aria-hidden="true" focusable="false"', 1
    )
    for on_white, in_page in COLOURS.values():
        svg = svg.replace(on_white, in_page)
    return svg.strip()
