"""A report as one HTML page that needs nothing from anywhere: style and pictures stand in it, and no script.

The template holds the frame and no sentence. Every value is escaped; of people's addresses only http and https are
links. The page forbids itself to load anything.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from bot.wording.evidence import safe_address
from bot.wording.report.sections import Report

FRAME = Path(__file__).parent / "frame"


def html(report: Report, pictures: Mapping[str, str]) -> str:
    """The page; `pictures` maps the name of a figure to our own drawing of it, an SVG."""
    drawn = {name: Markup(svg) for name, svg in pictures.items()}  # noqa: S704 - drawn by us, its words escaped there
    style = Markup((FRAME / "report.css").read_text(encoding="utf-8"))  # noqa: S704 - a file of ours
    return _template().render(report=report, pictures=drawn, style=style)


@cache
def environment() -> Environment:
    """What reads the frames; every value is escaped."""
    made = Environment(
        loader=FileSystemLoader(FRAME),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["kind"] = lambda block: type(block).__name__.lower()
    made.filters["address"] = safe_address
    return made


@cache
def _template() -> Template:
    return environment().get_template("report.html.j2")
