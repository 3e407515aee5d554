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
from bot.wording.pages.portfolio_lists import unread_line
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
    levels: tuple[tuple[str, int | None], ...]
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
        unread=unread_line(card.unread, words),
        made=full_date(card.made_at, words.language, card.reader.timezone),
        stages=stages,
        exposures={each.number: in_language(each.exposure, words.language) for each in framework.stages},
        standings={each.value: page.text(f"standing_{each.value}") for each in Standing},
        dimensions=[(each.code, in_language(each.name, words.language)) for each in framework.dimensions],
        rows=_Rows(card, words, stages),
    )


class _Rows:
    """Rows of projects, with the words that all of them share looked up once."""

    def __init__(self, card: PortfolioReportCard, words: Words, stages: Mapping[int, str]) -> None:
        self._card, self._words, self._stages = card, words, stages
        self._page, result = words.page("portfolio_report"), words.page("result")
        self._standings = {each.value: self._page.text(f"standing_{each.value}") for each in Standing}
        self._severities = {each: result.text(f"severity_{each.value}") for each in Severity}

    def __iter__(self) -> Iterator[Row]:
        return map(self._row, self._card.projects)

    def _row(self, listed: ListedProject) -> Row:
        project, summary, levels = listed.project, listed.project.summary, listed.levels or {}
        language, zone = self._words.language, self._card.reader.timezone
        return Row(
            name=project.name,
            key=project.key,
            stage=summary.stage if summary else None,
            stage_name=self._stages[summary.stage] if summary else self._page.text("not_assessed"),
            exposure=project.exposure,
            standing_code=summary.standing if summary else "",
            standing=self._standings.get(summary.standing, "") if summary else "",
            index=summary.index if summary else None,
            blocked=_blocked(listed),
            weight=sum(CRITICAL if severity is Severity.CRITICAL else 1 for _, severity in listed.blockers),
            blockers=tuple(
                (severity.name.lower(), self._severities[severity], in_language(dimension.name, language))
                for dimension, severity in listed.blockers
            ),
            levels=tuple((each.code, levels[each.id]) for each in self._card.framework.dimensions if each.id in levels),
            owner=listed.owner,
            team=project.team,
            function=project.business_function,
            assessed_on=summary.assessed_at.isoformat() if summary else "",
            assessed=full_date(summary.assessed_at, language, zone) if summary else "",
            target=project.target,
            target_on=project.target_date.isoformat() if project.target_date else "",
            target_day=full_date(project.target_date, language) if project.target_date else "",
            marks=tuple(_marks(listed, self._page)),
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
