"""Pictures: a project over time and against its bars, two side by side, and the portfolio. PNG for chat, SVG for pages.

The same values give the same bytes, and are drawn once. Colours are told apart whatever one's eyes, and none of them
says anything alone: a digit, a mark, a pattern or a place says it too. matplotlib is loaded on first use and never
opens a display; drawing takes a fraction of a second, so it belongs into a thread beside the event loop.
"""

import threading
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from bot.charts.barriers import barriers
from bot.charts.canvas import Form, our_settings
from bot.charts.duel import duel
from bot.charts.flow import flow
from bot.charts.heat_map import heat_map
from bot.charts.profile import profile
from bot.charts.trend import trend
from bot.chat.picture import BarrierRanking, Duel, Flow, HeatMap, Picture, Profile, Trend

__all__ = ["KEPT", "Form", "draw"]

KEPT: Final = 48
"""Pictures that are kept; one of fifty projects has about 150 kB."""

DRAWERS: Mapping[type, Callable[[Any, Form], bytes]] = {
    Trend: trend,
    Profile: profile,
    HeatMap: heat_map,
    Flow: flow,
    BarrierRanking: barriers,
    Duel: duel,
}
_DRAWING = threading.Lock()


def draw(picture: Picture, form: Form) -> bytes:
    """The picture of these values. Raises KeyError for a kind that nobody draws."""
    # Who waits here for the same picture finds it kept.
    with _DRAWING:
        return _kept(picture, form)


@lru_cache(KEPT)
def _kept(picture: Picture, form: Form) -> bytes:
    with our_settings():
        return DRAWERS[type(picture)](picture, form)
