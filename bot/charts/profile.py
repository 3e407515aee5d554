"""A project's dimensions against the bars of the stage that it aims at."""

from textwrap import wrap

from bot.charts.canvas import COLOURS, LEVELS, Form, bytes_of, figure_of
from bot.chat.picture import Profile

LABEL_LETTERS = 20


def profile(drawn: Profile, form: Form) -> bytes:
    """A bar per dimension for what counts, a pale one behind for what was said, a mark for what is needed or waived."""
    figure, (axes,) = figure_of(0.9 + 0.4 * len(drawn.measures))
    places = range(len(drawn.measures))
    measures = drawn.measures
    colour = {name: shown[0] for name, shown in COLOURS.items()}
    said = axes.barh(
        places, [each.claimed or 0 for each in measures], 0.62, color=colour["claimed"], hatch="////", lw=0
    )
    counted = axes.barh(places, [each.effective for each in measures], 0.62, color=colour["stage"], lw=0)
    needed, waived = (
        axes.plot(
            [each.need for each in measures if each.need and each.is_waived is is_waived],
            [place for place, each in zip(places, measures, strict=True) if each.need and each.is_waived is is_waived],
            linestyle="none",
            marker="D" if not is_waived else "x",
            markersize=7,
            markerfacecolor=colour["paper"],
            markeredgecolor=colour["exposure"],
            markeredgewidth=2,
            clip_on=False,
            zorder=3,
        )[0]
        for is_waived in (False, True)
    )
    has_waived = any(each.need and each.is_waived for each in measures)
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
        handles=[counted, said, needed, *([waived] if has_waived else [])],
        labels=[drawn.effective, drawn.claimed, drawn.need, *([drawn.waived] if has_waived else [])],
        loc="outside lower center",
        ncols=2 if has_waived else 3,
        frameon=False,
        handlelength=1.4,
        columnspacing=1.0,
    )
    return bytes_of(figure, form, "profile")
