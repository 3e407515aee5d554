"""Pictures: the same values give the same bytes; in a page they take its colours and bring nothing along."""

import re
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from subprocess import run

import pytest

from bot.charts import Form, draw
from bot.chat.picture import Measure, Moment, Profile, Trend

START = datetime(2026, 3, 1, tzinfo=UTC)
TREND = Trend(
    moments=tuple(
        Moment(START + timedelta(days=days), f"day {days}", stage, stage + 1, stage * 20)
        for days, stage in ((0, 1), (40, 2), (41, 1), (190, 3))
    ),
    stage="Stage",
    exposure="People exposed",
    index="Index",
    alternative="",
)
NAMES = ("Data $x^2$ Pipeline & <b>Stability</b>", "Feature Store", "Monitoring", "Adoption")
PROFILE = Profile(
    measures=tuple(
        Measure(name, claimed, effective, need)
        for name, claimed, effective, need in zip(NAMES, (3, 2, None, 1), (2, 2, 0, 0), (2, 1, 1, None), strict=True)
    ),
    effective="counts for",
    claimed="said",
    need="needed",
    level="Level",
    unknown="not known",
    excluded="left out",
    alternative="",
)


def test_a_picture_for_chat_is_a_png() -> None:
    for drawn in (draw(TREND, Form.PNG), draw(PROFILE, Form.PNG)):
        assert drawn.startswith(b"\x89PNG")
        assert len(drawn) < 150_000


@pytest.mark.parametrize("form", Form)
def test_the_same_values_give_the_same_bytes_also_when_many_are_drawn_at_once(form: Form) -> None:
    with ThreadPoolExecutor(4) as threads:
        trends = set(threads.map(lambda _: draw(TREND, form), range(4)))
        profiles = set(threads.map(lambda _: draw(PROFILE, form), range(4)))
    assert len(trends) == len(profiles) == 1


@pytest.mark.parametrize("svg", [draw(TREND, Form.SVG).decode(), draw(PROFILE, Form.SVG).decode()])
def test_an_svg_takes_the_colours_of_its_page_and_brings_nothing_along(svg: str) -> None:
    assert "currentColor" in svg
    assert not re.findall(r"#[0-9a-fA-F]{6}\b", svg)
    assert not re.findall(r"https?:", svg)
    assert "<style" not in svg
    assert "<script" not in svg
    assert svg.startswith("<svg")
    assert svg.endswith("</svg>")


def test_two_svgs_on_one_page_share_no_id() -> None:
    ids = [
        set(re.findall(r'id="([^"]+)"', each.decode())) for each in (draw(TREND, Form.SVG), draw(PROFILE, Form.SVG))
    ]
    assert not ids[0] & ids[1]


def test_names_are_text_and_neither_formulas_nor_markup() -> None:
    svg = draw(PROFILE, Form.SVG).decode()
    assert "$x^2$" in svg
    assert "<b>" not in svg


def test_one_milestone_is_a_picture_too() -> None:
    single = Trend(TREND.moments[:1], "Stage", "Exposed", "Index", "")
    assert draw(single, Form.PNG).startswith(b"\x89PNG")


def test_no_other_module_loads_the_drawing() -> None:
    told = "import sys, bot.app; sys.exit('matplotlib' in sys.modules)"
    assert run([sys.executable, "-c", told], check=False).returncode == 0
