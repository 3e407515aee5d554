"""The portfolio as one HTML page that needs nothing from anywhere: a table that is whole without its script.

The script sorts and filters what stands there. It is the only one the page allows itself, by its digest; nothing is
loaded. Every value is escaped.
"""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from jinja2 import Template
from markupsafe import Markup

from bot.readiness.framework import STAGES, in_language
from bot.readiness.portfolio_report import ListedProject, PortfolioReportCard
from bot.readiness.scorecard import Severity, Standing
from bot.wording.dates import full_date
from bot.wording.engine import Page, Words
from bot.wording.pages.results import stage_name
from bot.wording.report.html import FRAME, environment

CRITICAL = 1_000
"""What a critical blocker weighs beside others where rows are sorted by their blockers."""


@dataclass(frozen=True, slots=True)
class Row:
    """One project in the reader's words. What is sorted stands beside what is read; "" is nothing."""

    name: str
    key: str
    stage: int | None
    stage_name: str
    exposure: int
    standing_code: str
    standing: str
    index: int | None
    blocked: str
    weight: int
    blockers: tuple[tuple[str, str, str], ...]
    levels: tuple[tuple[str, int], ...]
    owner: str
    team: str
    function: str
    assessed_on: str
    assessed: str
    target: int | None
    target_on: str
    target_day: str
    marks: tuple[str, ...]


def portfolio_page(card: PortfolioReportCard, words: Words) -> Iterator[str]:
    """The page, piece by piece, while the card's projects are read."""
    page, framework = words.page("portfolio_report"), card.framework
    style, script = _frame("report.css") + _frame("portfolio.css"), _frame("portfolio.js")
    stages = {stage: stage_name(framework, stage, words) for stage in STAGES}
    return _template().generate(
        card=card,
        page=page,
        language=words.language,
        style=Markup(style),  # noqa: S704 - a file of ours
        script=Markup(script),  # noqa: S704 - a file of ours
        style_digest=_digest(style),
        script_digest=_digest(script),
        made=full_date(card.made_at, words.language, card.reader.timezone),
        stages=stages,
        exposures={each.number: in_language(each.exposure, words.language) for each in framework.stages},
        standings={each.value: page.text(f"standing_{each.value}") for each in Standing},
        dimensions=[(each.code, in_language(each.name, words.language)) for each in framework.dimensions],
        rows=_rows(card, words, page, stages),
    )


def _rows(card: PortfolioReportCard, words: Words, page: Page, stages: Mapping[int, str]) -> Iterator[Row]:
    standings = {each.value: page.text(f"standing_{each.value}") for each in Standing}
    result = words.page("result")
    severities = {each: result.text(f"severity_{each.value}") for each in Severity}
    return (_row(card, each, words, page, stages, standings, severities) for each in card.projects)


def _row(
    card: PortfolioReportCard,
    listed: ListedProject,
    words: Words,
    page: Page,
    stages: Mapping[int, str],
    standings: Mapping[str, str],
    severities: Mapping[Severity, str],
) -> Row:
    project, summary, zone = listed.project, listed.project.summary, card.reader.timezone
    levels = listed.levels or {}
    return Row(
        name=project.name,
        key=project.key,
        stage=summary.stage if summary else None,
        stage_name=stages[summary.stage] if summary else page.text("not_assessed"),
        exposure=project.exposure,
        standing_code=summary.standing if summary else "",
        standing=standings.get(summary.standing, "") if summary else "",
        index=summary.index if summary else None,
        blocked=_blocked(listed),
        weight=sum(CRITICAL if severity is Severity.CRITICAL else 1 for _, severity in listed.blockers),
        blockers=tuple(
            (severity.name.lower(), severities[severity], in_language(dimension.name, words.language))
            for dimension, severity in listed.blockers
        ),
        levels=tuple((each.code, levels[each.id]) for each in card.framework.dimensions if each.id in levels),
        owner=listed.owner,
        team=project.team,
        function=project.business_function,
        assessed_on=summary.assessed_at.isoformat() if summary else "",
        assessed=full_date(summary.assessed_at, words.language, zone) if summary else "",
        target=project.target,
        target_on=project.target_date.isoformat() if project.target_date else "",
        target_day=full_date(project.target_date, words.language) if project.target_date else "",
        marks=tuple(_marks(listed, page)),
    )


def _blocked(listed: ListedProject) -> str:
    """What the choice of the page is made by."""
    if any(severity is Severity.CRITICAL for _, severity in listed.blockers):
        return "critical"
    return "yes" if listed.blockers else "no"


def _marks(listed: ListedProject, page: Page) -> Iterator[str]:
    if listed.overdue:
        yield page.text("overdue")
    if listed.asking:
        yield page.text("asking")
    if listed.waivers:
        yield page.text("waivers", count=listed.waivers)


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _frame(name: str) -> str:
    return (FRAME / name).read_text(encoding="utf-8")


@cache
def _template() -> Template:
    return environment().get_template("portfolio.html.j2")
