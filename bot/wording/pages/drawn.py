"""What the pictures of the portfolio show, as plain values in the reader's language; `bot.documents` has them drawn.

Each says the same in words, within what a platform takes: the most urgent first, and how much is left.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.chat.document import LONGEST_ALTERNATIVE
from bot.chat.picture import (
    Against,
    BarrierRanking,
    Cell,
    Duel,
    Flow,
    HeatMap,
    HeatRow,
    Held,
    Period,
    Profile,
    Weight,
)
from bot.readiness.assessment import Project
from bot.readiness.flow import UNASSESSED, Unit
from bot.readiness.flow import Period as Counted
from bot.readiness.framework import STAGES, Dimension, in_language
from bot.readiness.picture_cards import BarriersCard, DuelCard, FlowCard, HeatMapCard, ProfileCard, Side
from bot.readiness.portfolio import BarrierHold, ProjectLevel
from bot.readiness.scorecard import Severity
from bot.wording.engine import Page, Words
from bot.wording.pages.results import stage_name
from bot.wording.report.charted import aim, profile_of

NAME_LETTERS = 60
"""Of a project's name within a text that must stay short."""
MOST_OFTEN = 3
"""Dimensions that are named as blocking most."""
UNKNOWN, LEFT_OUT = "?", "–"


def heat_map_of(card: HeatMapCard, words: Words) -> HeatMap:
    """The projects of one picture; of those whose levels the reader may not know, only what blocks."""
    page, dimensions = words.page("pictures"), card.framework.dimensions
    told = [
        page.text(
            "map_project",
            project=_short(project.name),
            stage=project.summary.stage if project.summary else 0,
            exposure=project.exposure,
            blockers=sum(weight is not Weight.NONE for weight in weights),
            critical=weights.count(Weight.CRITICAL),
            waived=sum(_is_waived(card, project, each) for each in card.levels.get(project.id, {}).values()),
        )
        for project in card.projects
        for weights in ([_weight(card, project, each) for each in card.levels.get(project.id, {}).values()],)
    ]
    counts = {"shown": len(told), "total": card.total, "dimensions": len(dimensions)}
    head = page.text("map_alternative", often=often(card, words), **counts)
    return HeatMap(
        columns=tuple(in_language(dimension.name, words.language) for dimension in dimensions),
        rows=tuple(_row(card, project, page) for project in card.projects),
        stage=page.text("stage"),
        exposure=page.text("exposure"),
        levels=page.text("levels"),
        high=page.text("high"),
        critical=page.text("critical"),
        waived=page.text("waived"),
        unknown=page.text("unknown"),
        ahead=words.page("portfolio").text("standing_ahead_of_readiness"),
        alternative=_within(head, told, lambda count: page.text("map_rest", count=count)),
    )


def _row(card: HeatMapCard, project: Project, page: Page) -> HeatRow:
    if project.summary is None:
        return HeatRow(project.name, project.key, None, project.exposure, word=page.text("not_assessed"))
    cells = tuple(cell_of(card, project, dimension) for dimension in card.framework.dimensions)
    return HeatRow(project.name, project.key, project.summary.stage, project.exposure, cells)


def cell_of(card: HeatMapCard, project: Project, dimension: Dimension) -> Cell:
    """One dimension of one project."""
    level = card.levels.get(project.id, {}).get(dimension.id)
    weight = _weight(card, project, level)
    is_hidden = level is not None and project.id not in card.read
    cell = Cell(None, weight) if is_hidden else _cell(level, weight)
    return replace(cell, is_waived=_is_waived(card, project, level))


def blocking(card: HeatMapCard, project: Project, words: Words) -> tuple[str, ...]:
    """The dimensions that block a project: critical ones first and marked so; last, marked, those that are waived."""
    page, levels = words.page("pictures"), card.levels.get(project.id, {})
    named: dict[Weight, list[str]] = {Weight.CRITICAL: [], Weight.HIGH: [], Weight.NONE: []}
    waived = []
    for dimension in card.framework.dimensions:
        name, level = in_language(dimension.name, words.language), levels.get(dimension.id)
        named[_weight(card, project, level)].append(name)
        if _is_waived(card, project, level):
            waived.append(page.text("blocking_waived", dimension=name))
    critical = (page.text("blocking_critical", dimension=name) for name in named[Weight.CRITICAL])
    return (*critical, *named[Weight.HIGH], *waived)


def often(card: HeatMapCard, words: Words) -> str:
    """The dimensions that block most of the projects shown, with how many: what one sees of the columns."""
    page = words.page("pictures")
    counts = Counter(
        level.dimension_id
        for project in card.projects
        for level in card.levels.get(project.id, {}).values()
        if _weight(card, project, level)
    )
    most = sorted(card.framework.dimensions, key=lambda dimension: -counts[dimension.id])[:MOST_OFTEN]
    return ", ".join(
        page.text("map_often", dimension=in_language(each.name, words.language), count=counts[each.id])
        for each in most
        if counts[each.id]
    )


def _is_waived(card: HeatMapCard, project: Project, level: ProjectLevel | None) -> bool:
    return level is not None and level.blocks and (project.id, level.dimension_id) in card.waived


def _weight(card: HeatMapCard, project: Project, level: ProjectLevel | None) -> Weight:
    if level is None or not level.blocks or _is_waived(card, project, level):
        return Weight.NONE
    return Weight.CRITICAL if level.severity is Severity.CRITICAL else Weight.HIGH


def _cell(level: ProjectLevel | None, weight: Weight = Weight.NONE) -> Cell:
    if level is None:
        return Cell(None, sign=LEFT_OUT)
    if level.claimed is None:
        return Cell(None, weight, UNKNOWN, is_known=False)
    return Cell(level.effective, weight)


def flow_of(card: FlowCard, words: Words) -> Flow:
    """A bar per period; in words, the newest first."""
    page, unit = words.page("pictures"), card.span.unit.value
    names = [period_name(card, each, words) for each in card.periods]
    told = [
        page.text(
            "flow_then",
            period=name,
            counts=", ".join(f"{count}" for count in stages_of(each)),
            unassessed=each.counts.get(UNASSESSED, 0),
        )
        for name, each in zip(names, card.periods, strict=True)
    ]
    head = page.text("flow_alternative", unit=unit)
    return Flow(
        periods=tuple(
            Period(name, stages_of(each), each.counts.get(UNASSESSED, 0))
            for name, each in zip(names, card.periods, strict=True)
        ),
        stages=tuple(
            page.text("flow_stage", number=number, name=stage_name(card.framework, number, words)) for number in STAGES
        ),
        unassessed=page.text("not_assessed"),
        projects=page.text("projects"),
        alternative=_within(head, told[::-1], lambda count: page.text("flow_rest", count=count)),
    )


def stages_of(period: Counted) -> tuple[int, ...]:
    """How many projects stood at each stage."""
    return tuple(period.counts.get(stage, 0) for stage in STAGES)


def period_name(card: FlowCard, period: Counted, words: Words) -> str:
    """Such as "Nov", "Jan 2026" where a year begins, "23 Nov"."""
    page, day = words.page("pictures"), period.begins
    month = words.page("dates").text("months").split()[day.month - 1]
    if card.span.unit is Unit.WEEK:
        return page.text("flow_week", day=day.day, month=month)
    begins_year = day.month == 1 or period is card.periods[0]
    return page.text("flow_month_of_year", month=month, year=day.year) if begins_year else month


def barriers_of(card: BarriersCard, words: Words) -> BarrierRanking:
    """The barriers in their order."""
    page = words.page("pictures")
    names = [in_language(card.framework.barrier(each.barrier_id).name, words.language) for each in card.barriers]
    held = tuple(
        Held(name, each.projects, is_critical(each), barrier_said(each, page))
        for name, each in zip(names, card.barriers, strict=True)
    )
    lines = [
        page.text("barriers_alternative_line", barrier=each.name, said=each.said, is_critical=each.is_critical)
        for each in held
    ]
    return BarrierRanking(
        barriers=held,
        critical=page.text("barrier_critical"),
        high=page.text("barrier_high"),
        projects=page.text("projects"),
        alternative=page.text("barriers_alternative", blocked=card.blocked, total=card.total, lines="; ".join(lines)),
    )


def is_critical(hold: BarrierHold) -> bool:
    """Whether one of its blockers is critical."""
    return hold.projects > 0 and hold.heaviest is Severity.CRITICAL


def barrier_said(hold: BarrierHold, page: Page) -> str:
    """What stands beside a barrier."""
    if not hold.projects:
        return page.text("barrier_idle")
    return page.text("barrier_said", projects=hold.projects, blockers=hold.blockers)


def duel_of(card: DuelCard, words: Words) -> Duel:
    """Two projects by the dimensions of the current framework."""
    page, sides = words.page("pictures"), (card.one, card.other)
    lines = tuple(
        Against(in_language(dimension.name, words.language), *(side_cell(side, dimension) for side in sides))
        for dimension in card.framework.dimensions
    )
    told = [
        page.text("compare_alternative_line", dimension=each.name, one=_read(each.one), other=_read(each.other))
        for each in lines
    ]
    one, other = (_short(side.project.name) for side in sides)
    return Duel(
        one=(card.one.project.name, card.one.project.key),
        other=(card.other.project.name, card.other.project.key),
        lines=lines,
        level=page.text("compare_level"),
        alternative=page.text("compare_alternative", one=one, other=other, lines=", ".join(told)),
    )


def side_cell(side: Side, dimension: Dimension) -> Cell:
    """What one of two projects has in a dimension."""
    return _cell(side.levels.get(dimension.id))


def _read(cell: Cell) -> str:
    return cell.sign if cell.level is None else f"{cell.level}"


def named_profile(card: ProfileCard, words: Words) -> Profile:
    """The profile as in the report, with every number in its words: no table stands below it here."""
    page, drawn = words.page("pictures"), profile_of(card.proof, words)
    measures = tuple(
        replace(each, is_waived=line.dimension_id in card.waived)
        for each, line in zip(drawn.measures, card.proof.receipt.lines, strict=True)
    )
    lines = [
        page.text("profile_excluded", dimension=each.name)
        if each.need is None
        else page.text(
            "profile_line", dimension=each.name, counts=each.effective, need=each.need, is_waived=each.is_waived
        )
        for each in measures
    ]
    told = page.text("profile_alternative", stage=aim(card.proof), lines=", ".join(lines))
    return replace(drawn, measures=measures, alternative=told, waived=page.text("profile_waived"))


def _within(head: str, told: Sequence[str], rest: Callable[[int], str]) -> str:
    """The head and as many sentences as there is room for, and how many are left."""
    room = LONGEST_ALTERNATIVE - _units(head) - _units(rest(len(told))) - 2
    said: list[str] = []
    for sentence in told:
        room -= _units(sentence) + 1
        if room < 0:
            break
        said.append(sentence)
    left = len(told) - len(said)
    return " ".join([head, *said, *([rest(left)] if left else [])])


def _units(text: str) -> int:
    """Length as platforms count it, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _short(name: str) -> str:
    return name if len(name) <= NAME_LETTERS else name[: NAME_LETTERS - 1].rstrip() + "…"
