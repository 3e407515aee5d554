"""Pages of one project's blockers, and of all projects at once."""

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
from bot.readiness.project_cards import OverviewCard
from bot.wording.dates import short_date
from bot.wording.engine import Page, Words
from bot.wording.pages.blockers import blocker_with_project
from bot.wording.pages.debts import staged
from bot.wording.pages.frameworks import version_beside
from bot.wording.pages.presenting import present
from bot.wording.pages.results import stage_name


@present.register
def _(card: OverviewCard, words: Words) -> View:
    """The organization's stage, the counts, barriers, blockers and a table of projects."""
    page = words.page("portfolio")
    new = Button(page.text("new_button"), "new", style=Style.PLAIN if card.total else Style.PRIMARY)
    title = Heading(page.text("title"))
    if not card.total:
        return View(text=page.text("summary_empty"), parts=(title, Paragraph(page.line("empty")), Buttons((new,))))
    stage = {
        "stage": card.organization.stage,
        "stage_name": stage_name(card.framework, card.organization.stage, words),
    }
    parts: list[Part] = [title, Paragraph(page.line("organization", **stage)), *_failing(card, page)]
    parts.append(Facts(_counts(card, words, page)))
    parts += _rated_by_others(card, words, page)
    parts += _barriers(card, words, page)
    parts += [_table(card, words, page), *_more(page, card.total - len(card.projects))]
    parts += [Note(page.line("details")), Buttons((new,))]
    return View(text=page.text("summary", total=card.total, **stage), parts=tuple(parts))


def _failing(card: OverviewCard, page: Page) -> tuple[Part, ...]:
    failed = card.organization.failed
    if failed is None:
        return ()
    names = [project.key for project in card.held_back_by.shown]
    left = card.held_back_by.total - len(names)
    more = [page.text("more", count=left)] if left else []
    condition = page.text(failed.condition.value, have=failed.have, need=failed.need)
    said = page.line("failing", stage=failed.stage, condition=condition, projects=", ".join([*names, *more]))
    return (Paragraph(said),)


def _counts(card: OverviewCard, words: Words, page: Page) -> tuple[tuple[str, Line], ...]:
    stages = [
        page.line("count", name=stage_name(card.framework, number, words), count=count)
        for number, count in card.stages.items()
        if count
    ]
    if card.unassessed:
        stages.append(page.line("unassessed", count=card.unassessed))
    exposures = [
        page.line("count", name=in_language(card.framework.stage(number).exposure, words.language), count=count)
        for number, count in card.exposures.items()
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
    parts: list[Part] = [Paragraph(page.line("barriers_title")), Bullets(barriers)] if barriers else []
    if card.shared:
        names = ", ".join(in_language(dimension.name, words.language) for dimension in card.shared)
        parts.append(Paragraph(page.line("shared", dimensions=names)))
    lines = tuple(blocker_with_project(page, project, blocker, words) for project, blocker in card.blockers)
    parts += [Paragraph(page.line("blockers_title")), Bullets(lines)]
    return [*parts, *_more(page, card.blockers_total - len(card.blockers))]


def _more(page: Page, left: int) -> tuple[Part, ...]:
    return (Note(page.line("more", count=left)),) if left > 0 else ()


def _table(card: OverviewCard, words: Words, page: Page) -> Table:
    # A narrow screen cuts off the right side.
    columns = ("key", "stage", "exposure", "blockers", "standing", "assessed")
    return Table(
        tuple(page.text(slot) for slot in columns), tuple(_row(card, project, words, page) for project in card.projects)
    )


def _row(card: OverviewCard, project: Project, words: Words, page: Page) -> tuple[str, ...]:
    summary, exposure = project.summary, f"{project.exposure}"
    none = page.text("none")
    if summary is None:
        return project.key, none, exposure, none, none, page.text("never")
    return (
        project.key,
        staged(summary.stage, card.debts.get(project.id, 0), words),
        exposure,
        f"{summary.blockers}",
        page.text(f"standing_{summary.standing}"),
        short_date(summary.assessed_at, words.language, card.zone),
    )
