"""Pictures: the same values give the same bytes, once; in a page they take its colours; no name breaks one."""

import io
import re
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from subprocess import run

import pytest
from PIL import Image

import bot.charts
from bot.charts import KEPT, Form, draw
from bot.charts.canvas import ON_STEPS, STEPS
from bot.charts.legible import ELLIPSIS, fitting, legible, lines_of, width_of
from bot.chat.picture import (
    Against,
    BarrierRanking,
    Cell,
    Duel,
    Flow,
    HeatMap,
    HeatRow,
    Held,
    Measure,
    Moment,
    Period,
    Picture,
    Profile,
    Trend,
    Weight,
)

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
CELLS = (
    Cell(0, Weight.CRITICAL),
    Cell(4, is_waived=True),
    Cell(None, Weight.HIGH, "?", is_known=False),
    Cell(None, sign="–"),
)
ROWS = (
    HeatRow("Churn", "churn", 1, 3, CELLS),
    HeatRow("Notes", "notes", None, 2, word="not assessed yet"),
)
SAID = ("Stage", "People exposed", "level", "high", "critical", "waived", "unknown", "ahead", "")
HEAT_MAP = HeatMap(NAMES, ROWS, *SAID)
FLOW = Flow(
    periods=tuple(Period(f"week {number}", (5 - number, number, 1, 0, 0), number % 2) for number in range(4)),
    stages=("1 Trial", "2 Proof", "3 Pilot", "4 Production", "5 Driven"),
    unassessed="not assessed",
    projects="Projects",
    alternative="",
)
BARRIERS = BarrierRanking(
    (Held("Data", 12, True, "12 projects, 18 blockers"), Held("Business", 0, False, "no project")),
    "with a critical blocker",
    "with high ones only",
    "Projects",
    "",
)
DUEL = Duel(
    ("Churn", "churn"),
    ("Pricing", "pricing"),
    tuple(Against(name, Cell(2), cell) for name, cell in zip(NAMES, CELLS, strict=True)),
    "Level",
    "",
)
PICTURES: Sequence[Picture] = (TREND, PROFILE, HEAT_MAP, FLOW, BARRIERS, DUEL)
HOSTILE = (
    "W" * 200,
    "i" * 200,
    "مرحبا بالعالم",
    "שלום churn",
    "🎉🏦",
    "日本語プロジェクト",
    "<!channel> *x* {{ 7 * 7 }} $x^2$ & <b>",
    "Z" + "\u0301" * 60 + "algo",
    "\u202eevil\x00\ud800",
    "two\nlines\ttabbed",
    "",
)


@pytest.mark.parametrize("picture", PICTURES, ids=lambda each: type(each).__name__)
def test_a_picture_for_chat_is_a_small_png_as_wide_as_the_others(picture: Picture) -> None:
    image = Image.open(io.BytesIO(draw(picture, Form.PNG)))
    assert (image.format, image.width) == ("PNG", 920)
    assert len(draw(picture, Form.PNG)) < 60_000


def test_the_same_values_are_drawn_once_also_when_many_ask_at_the_same_time() -> None:
    bot.charts._kept.cache_clear()
    with ThreadPoolExecutor(4) as threads:
        drawn = set(threads.map(lambda _: draw(replace(FLOW), Form.PNG), range(8)))
    kept = bot.charts._kept.cache_info()
    assert (len(drawn), kept.misses, kept.hits, kept.maxsize) == (1, 1, 7, KEPT)


@pytest.mark.parametrize("picture", PICTURES, ids=lambda each: type(each).__name__)
def test_the_same_values_give_the_same_bytes_when_they_are_drawn_anew(picture: Picture) -> None:
    forms = tuple(Form) if isinstance(picture, Trend | Profile) else (Form.PNG,)
    drawn = [draw(picture, form) for form in forms]
    bot.charts._kept.cache_clear()
    assert [draw(picture, form) for form in forms] == drawn


SVGS = [draw(TREND, Form.SVG).decode(), draw(PROFILE, Form.SVG).decode()]


@pytest.mark.parametrize("svg", SVGS)
def test_an_svg_takes_the_colours_of_its_page_and_brings_nothing_along(svg: str) -> None:
    assert "currentColor" in svg
    assert not re.findall(r"#[0-9a-fA-F]{6}\b", svg)
    assert not re.findall(r"https?:", svg)
    assert "<style" not in svg
    assert "<script" not in svg
    assert svg.startswith("<svg")
    assert svg.endswith("</svg>")


def test_two_svgs_on_one_page_share_no_id() -> None:
    ids = [set(re.findall(r'id="([^"]+)"', svg)) for svg in SVGS]
    assert not ids[0] & ids[1]


def test_names_are_text_and_neither_formulas_nor_markup() -> None:
    svg = draw(PROFILE, Form.SVG).decode()
    assert "$x^2$" in svg
    assert "<b>" not in svg


def test_one_milestone_one_week_or_one_project_is_a_picture_too() -> None:
    row = replace(HEAT_MAP, rows=ROWS[:1])
    for single in (replace(TREND, moments=TREND.moments[:1]), replace(FLOW, periods=FLOW.periods[:1]), row):
        assert draw(single, Form.PNG).startswith(b"\x89PNG")


def test_no_name_changes_the_size_of_a_picture_or_warns_of_a_letter_that_is_missing() -> None:
    rows = tuple(replace(ROWS[0], name=name, key=f"key-{number}") for number, name in enumerate(HOSTILE))
    plain = tuple(replace(row, name="plain") for row in rows)
    sizes = {Image.open(io.BytesIO(draw(replace(HEAT_MAP, rows=each), Form.PNG))).size for each in (rows, plain)}
    assert len(sizes) == 1
    for name in HOSTILE[4:7]:
        assert draw(replace(DUEL, one=(name, "key")), Form.PNG).startswith(b"\x89PNG")


def test_a_framework_of_twenty_dimensions_makes_the_picture_wider_and_no_column_narrower() -> None:
    wide = replace(HEAT_MAP, columns=NAMES * 5, rows=(replace(ROWS[0], cells=CELLS * 5),))
    image = Image.open(io.BytesIO(draw(wide, Form.PNG)))
    assert 1300 < image.width < 1500


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("Churn prediction", "Churn prediction"),
        ("🎉 Party  forecast 🏦", "Party forecast"),
        ("مرحبا", "مرحبا"),
        ("日本語プロジェクト", "key"),
        ("日本語 AI", "key"),
        ("\u202eevil\x00", "evil"),
        ("two\nlines", "two lines"),
        ("e\u0301" + "\u0301" * 9, "é\u0301\u0301"),
        ("", "key"),
        ("– ! –", "key"),
    ],
)
def test_what_cannot_be_drawn_is_left_out_and_too_little_left_gives_way_to_the_key(name: str, drawn: str) -> None:
    assert legible(name, "key") == drawn


@pytest.mark.parametrize("name", [name for name in HOSTILE if name])
def test_a_text_is_cut_to_the_room_there_is(name: str) -> None:
    shown = legible(name, "key")
    cut = fitting(shown, 0.8, 8)
    assert width_of(cut, 8) <= 0.8 + 1e-9
    assert cut == shown or (cut.endswith(ELLIPSIS) and shown.startswith(cut[:-1]))


def test_a_long_name_takes_two_lines_and_no_more() -> None:
    assert lines_of("Data Pipeline Stability", 1.2, 8) == "Data Pipeline\nStability"
    assert lines_of("Adoption", 1.2, 8) == "Adoption"
    assert lines_of("a long name of a dimension that nobody can read", 1.2, 8).count("\n") == 1


def _light(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_each_step_is_darker_than_the_one_before_and_its_digit_can_be_read() -> None:
    lights = [_light(step) for step in STEPS]
    assert lights == sorted(lights, reverse=True)
    for step, ink in zip(STEPS, ON_STEPS, strict=True):
        dark, bright = sorted((_light(step), _light(ink)))
        assert (bright + 0.05) / (dark + 0.05) >= 4.5, step


def test_no_other_module_loads_the_drawing() -> None:
    told = "import sys, bot.app; sys.exit(bool({'matplotlib', 'PIL'} & sys.modules.keys()))"
    assert run([sys.executable, "-c", told], check=False).returncode == 0
