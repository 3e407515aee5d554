"""Examples of what is drawn of the portfolio."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from bot.readiness.assessment import Project
from bot.readiness.flow import UNASSESSED, Period, Span, Unit
from bot.readiness.picture_cards import ROWS, BarriersCard, DuelCard, FlowCard, HeatMapCard, ProfileCard, Side
from bot.readiness.portfolio import BarrierHold, ProjectLevel
from bot.readiness.project_cards import ReceiptCard
from bot.readiness.scorecard import Severity
from bot.wording.pages.examples_projects import FRAMEWORK, MEI, NOW, OLIVIA, PROJECT, SCORECARD, SUMMARY, ZONE
from bot.wording.pages.examples_projects import examples as project_examples

STRANGE = ("<!channel> *bold* & `code` $x$", "مشروع التنبؤ بالطلب", "🎉 Forecast 🏦", "x" * 200)
OTHER = replace(PROJECT, id="p2", key="pricing", name="Pricing of renewals", summary=replace(SUMMARY, stage=2))


def _levels(project: Project, shift: int) -> Mapping[str, ProjectLevel]:
    """Every level and every weight; the last dimension is left out, the one before not known."""
    return {each.dimension_id: each for each in _each_level(project.exposure, shift)}


def _each_level(exposure: int, shift: int) -> Iterator[ProjectLevel]:
    for number, dimension in enumerate(FRAMEWORK.dimensions[:-1], start=shift):
        claimed = None if number == len(FRAMEWORK.dimensions) - 2 else number % 5
        severity = {0: Severity.CRITICAL, 1: Severity.HIGH, 2: Severity.MEDIUM}.get(number % 5)
        yield ProjectLevel(dimension.id, dimension.primary, claimed, claimed or 0, 3, exposure, severity)


def _projects(count: int) -> tuple[Project, ...]:
    return tuple(
        replace(
            PROJECT,
            id=f"p{number}",
            key=f"project-{number}",
            name=STRANGE[number] if number < len(STRANGE) else f"Project {number}",
            exposure=1 + number % 5,
            summary=None if number % 9 == 8 else replace(SUMMARY, stage=1 + number % 3),
        )
        for number in range(count)
    )


def heat_map_card(count: int = ROWS) -> HeatMapCard:
    """A picture of so many projects of 120; the second has a waiver, and every seventh may not be read."""
    projects = _projects(count)
    levels = {each.id: _levels(each, number) for number, each in enumerate(projects) if each.summary}
    waived = frozenset({("p1", dimension.id) for dimension in FRAMEWORK.dimensions[:5]})
    read = frozenset(each.id for number, each in enumerate(projects) if number % 7 != 6)
    return HeatMapCard(FRAMEWORK, projects, 0, 120, levels, read, waived, "", NOW)


def _flow(unit: Unit, days: tuple[date, ...]) -> FlowCard:
    periods = tuple(
        Period(day, {UNASSESSED: 4 - number % 5, 1: 9 + number, 2: number, 3: number // 2, 5: number // 8}, 2, 1)
        for number, day in enumerate(days)
    )
    return FlowCard(FRAMEWORK, periods, Span(unit, len(days)), NOW)


def _barriers() -> BarriersCard:
    heaviest = (Severity.CRITICAL, Severity.HIGH, Severity.CRITICAL, Severity.HIGH)
    holds = tuple(
        BarrierHold(barrier.id, 30 - 9 * number, 12 - 3 * number or 1, heaviest[number])
        for number, barrier in enumerate(FRAMEWORK.barriers[:4])
    )
    idle = BarrierHold(FRAMEWORK.barriers[4].id, 0, 0, Severity.LOW)
    return BarriersCard(FRAMEWORK, (*holds, idle), 120, 31, 2, NOW)


def _duel() -> DuelCard:
    return DuelCard(
        FRAMEWORK,
        Side(PROJECT, OLIVIA, SCORECARD, NOW, _levels(PROJECT, 0)),
        Side(OTHER, MEI, replace(SCORECARD, stage=2), NOW, _levels(OTHER, 1)),
        ZONE,
        NOW,
    )


def examples() -> Mapping[str, object]:
    """Page name -> card."""
    whole, year = heat_map_card(), tuple(date(2025 + month // 12, month % 12 + 1, 1) for month in range(11, 23))
    proof = project_examples()["why"]
    assert isinstance(proof, ReceiptCard)
    several = _flow(Unit.MONTH, year)
    single = replace(several, periods=several.periods[-1:], span=Span(Unit.MONTH, 1))
    weeks = tuple(date(2026, 11, day) for day in (2, 9, 16, 23))
    left_out = tuple(replace(line, excluded=number == 0) for number, line in enumerate(proof.receipt.lines))
    full = replace(proof, receipt=replace(proof.receipt, short=(), first_missed=None, lines=left_out))
    return {
        "heat_map": whole,
        "heat_map_filtered": replace(whole, query="stage:>=3 team:risk", start=ROWS, total=2 * ROWS),
        "heat_map_of_one": replace(heat_map_card(1), total=1),
        "flow": several,
        "flow_of_weeks": _flow(Unit.WEEK, weeks),
        "flow_of_a_month": single,
        "barriers": _barriers(),
        "barriers_idle": replace(_barriers(), barriers=_barriers().barriers[-1:], blocked=0, other=0),
        "duel": _duel(),
        "duel_of_equals": replace(_duel(), other=replace(_duel().one, project=OTHER)),
        "profile": ProfileCard(proof, NOW, frozenset(each.dimension_id for each in proof.receipt.short[:2])),
        "profile_with_nothing_short": ProfileCard(full, NOW),
    }
