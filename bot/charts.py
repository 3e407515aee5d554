"""Pictures: stage, exposure and index over time, and a project's profile. PNG for chat, SVG to stand inside a page.

The same values give the same bytes. An SVG takes its colours from the page around it: text is `currentColor`, the
rest are the custom properties named in COLOURS. matplotlib is loaded on first use and never opens a display.
"""

import io
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from bot.chat.picture import Moment, Profile, Trend

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STAGES: Final = 5
LEVELS: Final = 4
WIDTH = 4.6
"""Inches. At 72 points an inch an SVG is 331 wide: on a phone its text keeps its size."""
DOTS = 200
MOST_DATES = 5
LABEL_LETTERS = 20

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

_RC: dict[Any, Any] = {
    "text.parse_math": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "bridgehead",
    "font.family": ["DejaVu Sans"],
    "font.size": 10.0,
    "text.color": COLOURS["ink"][0],
    "axes.labelcolor": COLOURS["ink"][0],
    "xtick.color": COLOURS["ink"][0],
    "ytick.color": COLOURS["ink"][0],
    "axes.edgecolor": COLOURS["grid"][0],
    "figure.facecolor": COLOURS["paper"][0],
    "axes.facecolor": COLOURS["paper"][0],
    "hatch.color": COLOURS["stage"][0],
    "axes.spines.top": False,
    "axes.spines.right": False,
}
_DRAWING = threading.Lock()


class Form(StrEnum):
    """What a picture is drawn as."""

    PNG = "png"
    SVG = "svg"


def trend(drawn: Trend, form: Form) -> bytes:
    """Stage as steps with exposure over it; the index below, as it is no part of the stage. Needs one moment."""
    with _settings():
        figure, axes = _figure(3.9, rows=2, heights=(3, 2))
        _stages(axes[0], drawn)
        _index(axes[1], drawn)
        _dates(axes, drawn.moments)
        figure.legend(
            handles=[*axes[0].get_lines()[:2], *axes[1].get_lines()[:1]],
            loc="outside lower center",
            ncols=3,
            frameon=False,
            handlelength=2.2,
            columnspacing=1.2,
        )
        return _drawn(figure, form, "trend")


def profile(drawn: Profile, form: Form) -> bytes:
    """A bar per dimension for what counts, a pale one behind it for what was said, a mark where it is needed."""
    with _settings():
        figure, (axes,) = _figure(0.9 + 0.4 * len(drawn.measures))
        places = range(len(drawn.measures))
        measures = drawn.measures
        colour = {name: shown[0] for name, shown in COLOURS.items()}
        said = axes.barh(
            places, [each.claimed or 0 for each in measures], 0.62, color=colour["claimed"], hatch="////", lw=0
        )
        counted = axes.barh(places, [each.effective for each in measures], 0.62, color=colour["stage"], lw=0)
        (needed,) = axes.plot(
            [each.need for each in measures if each.need],
            [place for place, each in zip(places, measures, strict=True) if each.need],
            linestyle="none",
            marker="D",
            markersize=7,
            markerfacecolor=colour["paper"],
            markeredgecolor=colour["exposure"],
            markeredgewidth=2,
            clip_on=False,
            zorder=3,
        )
        for place, each in zip(places, measures, strict=True):
            word = drawn.excluded if each.need is None else drawn.unknown if each.claimed is None else ""
            beside = each.need + 0.2 if each.need == 1 else 0.08
            axes.text(beside, place, word, va="center", style="italic", color=colour["ink"])
        axes.set_yticks(places, ["\n".join(wrap(each.name, LABEL_LETTERS)) for each in measures])
        axes.margins(y=0.01)
        axes.invert_yaxis()
        axes.set_xlim(0, LEVELS)
        axes.set_xticks(range(LEVELS + 1))
        axes.set_xlabel(drawn.level)
        axes.grid(axis="x", color=colour["grid"], lw=0.8)
        axes.set_axisbelow(True)
        axes.tick_params(axis="y", length=0)
        figure.legend(
            handles=[counted, said, needed],
            labels=[drawn.effective, drawn.claimed, drawn.need],
            loc="outside lower center",
            ncols=3,
            frameon=False,
            handlelength=1.4,
            columnspacing=1.0,
        )
        return _drawn(figure, form, "profile")


def _stages(axes: "Axes", drawn: Trend) -> None:
    at = [_day(moment) for moment in drawn.moments]
    stages = [moment.stage for moment in drawn.moments]
    exposures = [moment.exposure for moment in drawn.moments]
    axes.step(at, stages, where="post", lw=4, color=COLOURS["stage"][0], marker="o", markersize=6, label=drawn.stage)
    axes.step(
        at,
        exposures,
        where="post",
        lw=1.8,
        ls=(0, (4, 2)),
        color=COLOURS["exposure"][0],
        marker="s",
        markersize=5,
        markerfacecolor=COLOURS["paper"][0],
        label=drawn.exposure,
    )
    axes.set_ylim(0.6, STAGES + 0.4)
    axes.set_yticks(range(1, STAGES + 1))
    axes.grid(axis="y", color=COLOURS["grid"][0], lw=0.8)


def _index(axes: "Axes", drawn: Trend) -> None:
    at, index = [_day(moment) for moment in drawn.moments], [moment.index for moment in drawn.moments]
    axes.plot(at, index, lw=1.8, color=COLOURS["index"][0], marker="^", markersize=6, label=drawn.index)
    axes.set_ylim(-4, 104)
    axes.set_yticks((0, 50, 100))
    axes.grid(axis="y", color=COLOURS["grid"][0], lw=0.8)


def _dates(axes: Sequence["Axes"], moments: Sequence[Moment]) -> None:
    """As many dates below as there is room for, the last one always."""
    span = _day(moments[-1]) - _day(moments[0]) or 1.0
    shown: list[Moment] = []
    for moment in reversed(moments):
        apart = (_day(shown[-1]) - _day(moment)) / span if shown else 1.0
        if apart >= 1 / MOST_DATES and moment.date not in {each.date for each in shown}:
            shown.append(moment)
    for each in axes:
        each.set_xticks([_day(moment) for moment in shown], ["" for _ in shown])
        each.margins(x=0.04)
    axes[-1].set_xticks([_day(moment) for moment in shown], [moment.date for moment in shown])


def _day(moment: Moment) -> float:
    return moment.at.timestamp() / 86_400


@contextmanager
def _settings() -> Iterator[None]:
    """Our settings for one picture at a time: they belong to the process."""
    import matplotlib as mpl  # noqa: PLC0415 - a second's work that only pictures need

    with _DRAWING, mpl.rc_context(_RC):
        yield


def _figure(height: float, rows: int = 1, heights: Sequence[int] = (1,)) -> tuple["Figure", Sequence["Axes"]]:
    # The object-oriented interface keeps no state in the process and needs no display.
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    axes = figure.subplots(rows, 1, sharex=True, squeeze=False, height_ratios=heights)[:, 0]
    return figure, tuple(axes)


def _drawn(figure: "Figure", form: Form, name: str) -> bytes:
    made = io.BytesIO()
    unsigned: dict[str, Any] = (
        {"Software": None} if form is Form.PNG else dict.fromkeys(("Date", "Creator", "Format", "Type"))
    )
    figure.savefig(made, format=form.value, dpi=DOTS, metadata=unsigned)
    return made.getvalue() if form is Form.PNG else _inline(made.getvalue().decode(), name).encode()


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
