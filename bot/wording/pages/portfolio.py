"""The page of all projects at once, with the ways down to some of them."""

from collections.abc import Iterable, Mapping

from bot.chat.view import (
    Bullets,
    Button,
    Buttons,
    Facts,
    Heading,
    Line,
    Note,
    Paragraph,
    Part,
    Span,
    Style,
    Table,
    View,
)
from bot.readiness.assessment import Project
from bot.readiness.framework import in_language
from bot.readiness.project_cards import BarrierCount, OverviewCard
from bot.readiness.query import Changed, Flag, Flagged, Name, Named, Query, place_in
from bot.readiness.scorecard import Standing
from bot.wording.dates import short_date
from bot.wording.engine import Page, Words
from bot.wording.pages.blockers import blocker_with_project
from bot.wording.pages.debts import staged
from bot.wording.pages.digests import moved_line
from bot.wording.pages.frameworks import version_beside
from bot.wording.pages.leverage import lever_parts
from bot.wording.pages.presenting import present
from bot.wording.pages.results import stage_name


@present.register
def _(card: OverviewCard, words: Words) -> View:
    """The organization's stage, the counts, what moved, barriers, blockers, and the first projects; ways down."""
    page, census = words.page("portfolio"), card.census
    new = Button(page.text("new_button"), "new", style=Style.PLAIN if census.total else Style.PRIMARY)
    title = Heading(page.text("title"))
    if not census.total:
        return View(text=page.text("summary_empty"), parts=(title, Paragraph(page.line("empty")), Buttons((new,))))
    stage = {
        "stage": card.organization.stage,
        "stage_name": stage_name(card.framework, card.organization.stage, words),
    }
    parts: list[Part] = [title, Paragraph(page.line("organization", **stage)), *_failing(card, page)]
    parts.append(Facts(_counts(card, words, page)))
    parts += _rated_by_others(card, words, page)
    parts += _week(card, words, page)
    parts += [*_barriers(card, words, page), *lever_parts(card.lever, words)]
    parts += [_debt(card, page), projects_table(card.projects, card.debts, card.zone, words)]
    parts += [Note(page.line("details")), Buttons((*_ways_down(card, page), new))]
    return View(text=page.text("summary", total=census.total, **stage), parts=tuple(parts))


def _failing(card: OverviewCard, page: Page) -> tuple[Part, ...]:
    failed = card.organization.failed
    if failed is None:
        return ()
    names = [project.key for project in card.held_back_by.shown]
    left = card.held_back_by.total - len(names)
    more = [page.text("more", count=left)] if left else []
    condition = page.text(failed.condition.value, have=failed.have, need=failed.need)
    said = page.line("failing", stage=failed.stage, condition=condition, projects=", ".join([*names, *more]))
    down = tuple(Button(project.key, "project", f"{project.id}|0|") for project in card.held_back_by.shown)
    return Paragraph(said), *((Buttons(down),) if down else ())


def _counts(card: OverviewCard, words: Words, page: Page) -> tuple[tuple[str, Line], ...]:
    stages = [
        page.line("count", name=stage_name(card.framework, number, words), count=count)
        for number, count in card.census.stages.items()
        if count
    ]
    if card.census.unassessed:
        stages.append(page.line("unassessed", count=card.census.unassessed))
    exposures = [
        page.line("count", name=in_language(card.framework.stage(number).exposure, words.language), count=count)
        for number, count in card.census.exposures.items()
        if count
    ]
    return (
        (page.text("by_stage"), _in_a_row(stages)),
        (page.text("by_exposure"), _in_a_row(exposures)),
    )


def _rated_by_others(card: OverviewCard, words: Words, page: Page) -> tuple[Part, ...]:
    """Which results another framework made, and what of them this page cannot show."""
    said = []
    for framework, count in card.rated_by_others:
        by = version_beside(framework, card.framework, words)
        said.append(page.line("rated_by", by=by, count=count))
    if not said:
        return ()
    others = [framework for framework, _ in card.rated_by_others]
    current = version_beside(card.framework, min(others, key=lambda each: each.id == card.framework.id), words)
    return (
        Bullets(tuple(said)),
        Note(page.line("rated_then", current=current, blockers=card.no_barrier)),
    )


def _in_a_row(lines: list[Line]) -> Line:
    """Lines one after another, with a dot between them."""
    return tuple(span for number, line in enumerate(lines) for span in ((Span(" · "), *line) if number else line))


def _week(card: OverviewCard, words: Words, page: Page) -> list[Part]:
    """What is other than a week ago."""
    lines = [moved_line(each, words) for each in card.moved.shown]
    lines += _and_more(page, card.moved.total - len(card.moved.shown))
    lines += [
        page.line("became_critical", project=each.project.name, what=in_language(each.dimension.name, words.language))
        for each in card.critical.shown
    ]
    lines += _and_more(page, card.critical.total - len(card.critical.shown))
    if not lines:
        return [Paragraph(page.line("quiet_week", count=card.changed))]
    return [Paragraph(page.line("week_title")), Bullets(tuple(lines))]


def _and_more(page: Page, left: int) -> list[Line]:
    return [page.line("more", count=left)] if left > 0 else []


def _barriers(card: OverviewCard, words: Words, page: Page) -> list[Part]:
    if not card.blockers:
        return [Paragraph(page.line("no_blockers"))]
    severity = words.page("result")
    barriers = tuple(
        page.line(
            "barrier",
            barrier=in_language(count.barrier.name, words.language),
            blockers=count.blockers,
            projects=count.projects,
            severity=severity.text(f"severity_{count.heaviest.value}"),
        )
        for count in card.barriers
    )
    parts: list[Part] = []
    if barriers:
        down = tuple(_barrier_button(count, words, page) for count in card.barriers)
        parts += [Paragraph(page.line("barriers_title")), Bullets(barriers, ordered=True), Buttons(down)]
    if card.shared:
        names = ", ".join(in_language(dimension.name, words.language) for dimension in card.shared)
        parts.append(Paragraph(page.line("shared", dimensions=names)))
    lines = tuple(blocker_with_project(page, project, blocker, words) for project, blocker in card.blockers)
    parts += [Paragraph(page.line("blockers_title")), Bullets(lines)]
    return [*parts, *_more(page, card.census.blockers - len(card.blockers))]


def _barrier_button(count: BarrierCount, words: Words, page: Page) -> Button:
    query = Query().with_clause(Named(Name.BARRIER, (count.barrier.id,)))
    name = in_language(count.barrier.name, words.language)
    return Button(page.text("barrier_button", barrier=name, count=count.projects), "projects", place_in(query))


def _debt(card: OverviewCard, page: Page) -> Paragraph:
    """What is overdue, and what was waived."""
    census = card.census
    return Paragraph(
        page.line(
            "debt",
            late=census.late,
            overdue=census.overdue,
            waivers=census.waivers,
            debtors=census.debtors,
        )
    )


def _ways_down(card: OverviewCard, page: Page) -> Iterable[Button]:
    """A list for each count that is not nothing, and the whole."""
    census = card.census
    counts = (
        ("ahead", census.standings.get(Standing.AHEAD, 0), Query().with_clause(Flagged(Flag.AHEAD))),
        ("overdue", census.late + census.overdue, Query().with_clause(Flagged(Flag.OVERDUE))),
        ("waived", census.debtors, Query().with_clause(Flagged(Flag.WAIVED))),
        ("changed", card.changed, Query().with_clause(Changed(7))),
        ("not_assessed", census.unassessed, Query().with_clause(Flagged(Flag.UNASSESSED))),
        ("all", census.total, Query()),
    )
    for slot, count, query in counts:
        if count:
            yield Button(page.text(f"{slot}_button", count=count), "projects", place_in(query))


def _more(page: Page, left: int) -> tuple[Part, ...]:
    return (Note(page.line("more", count=left)),) if left > 0 else ()


def projects_table(projects: Iterable[Project], debts: Mapping[str, int], zone: str, words: Words) -> Table:
    """Projects with where each stands; a narrow screen cuts off the right side."""
    page = words.page("portfolio")
    columns = ("key", "stage", "exposure", "blockers", "standing", "assessed")
    return Table(
        tuple(page.text(slot) for slot in columns),
        tuple(_row(project, debts.get(project.id, 0), zone, words, page) for project in projects),
    )


def _row(project: Project, debt: int, zone: str, words: Words, page: Page) -> tuple[str, ...]:
    summary, exposure = project.summary, f"{project.exposure}"
    none = page.text("none")
    if summary is None:
        return project.key, none, exposure, none, none, page.text("never")
    return (
        project.key,
        staged(summary.stage, debt, words),
        exposure,
        f"{summary.blockers}",
        page.text(f"standing_{summary.standing}"),
        short_date(summary.assessed_at, words.language, zone),
    )
