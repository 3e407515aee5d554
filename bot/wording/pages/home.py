"""A person's home."""

from bot.chat.view import Bullets, Button, Buttons, Divider, Heading, Line, Note, Paragraph, Part, Span, Style, View
from bot.readiness.assessment import Project
from bot.readiness.framework import in_language
from bot.readiness.interview import Phase
from bot.readiness.project_cards import HomeCard, TakenOn
from bot.readiness.query import Flag, Flagged, Query, place_in
from bot.wording.dates import full_date
from bot.wording.engine import Page, Words
from bot.wording.pages.blockers import blocker_with_project
from bot.wording.pages.debts import debt
from bot.wording.pages.presenting import present

NAMES_SHOWN = 8
"""Filters under a name that have a button."""


@present.register
def _(card: HomeCard, words: Words) -> View:
    """What waits, the projects, their blockers; the portfolio for those who look after it."""
    page = words.page("home")
    parts = [*_questions(card, page), Divider(), *_projects(card, words, page)]
    if card.taken:
        lines = tuple(_taken(each, words, page) for each in card.taken)
        parts += [Divider(), Heading(page.text("taken_title")), Bullets(lines)]
    if card.projects:
        parts += [Divider(), Heading(page.text("blockers_title")), *_blockers(card, words, page)]
    if card.portfolio is not None:
        brief = card.portfolio
        said = page.line(
            "portfolio",
            projects=brief.projects,
            ahead=brief.ahead,
            blockers=brief.blockers,
            unassessed=brief.unassessed,
        )
        buttons = [Button(page.text("overview_button"), "overview")]
        if brief.ahead:
            ahead = Query().with_clause(Flagged(Flag.AHEAD))
            label = words.page("portfolio").text("ahead_button", count=brief.ahead)
            buttons.append(Button(label, "projects", place_in(ahead)))
        named = list(brief.filters.items())[:NAMES_SHOWN]
        buttons += [Button(name, "projects", f"0|{filters}") for name, filters in named]
        parts += [Divider(), Heading(page.text("portfolio_title")), Paragraph(said), Buttons(tuple(buttons))]
    schedule = Button(words.page("schedule").text("schedule_button"), "own_schedule")
    return View(text=page.text("summary"), parts=(*parts, Note(page.line("help")), Buttons((schedule,))))


def _taken(each: TakenOn, words: Words, page: Page) -> Line:
    due = full_date(each.commitment.due, words.language) if each.commitment.due else ""
    name = in_language(each.dimension.name, words.language)
    said = page.line("taken", project=each.project.name, dimension=name, due=due)
    late = (Span(" "), *words.page("gaps").line("overdue", days=each.overdue)) if each.overdue else ()
    return (*said, *late)


def _questions(card: HomeCard, page: Page) -> list[Part]:
    parts: list[Part] = [Heading(page.text("questions_title"))]
    if not card.questions:
        return [*parts, Paragraph(page.line("no_questions"))]
    for number, each in enumerate(card.questions):
        interview = each.interview
        said = page.line(
            "question",
            project=each.project.name,
            answered=len(interview.answered),
            total=len(interview.questions),
            paused=interview.phase is Phase.PAUSED,
        )
        style = Style.PRIMARY if number == 0 else Style.PLAIN
        parts += [Paragraph(said), Buttons((Button(page.text("resume_button"), "resume", interview.id, style),))]
    return parts


def _projects(card: HomeCard, words: Words, page: Page) -> list[Part]:
    parts: list[Part] = [Heading(page.text("projects_title"))]
    if not card.projects:
        parts.append(Paragraph(page.line("no_projects")))
    for project in card.projects:
        parts += [Paragraph(_project(card, project, words, page)), Buttons(_project_buttons(card, project, page))]
    if card.projects_total > len(card.projects):
        parts.append(Note(page.line("more", count=card.projects_total - len(card.projects))))
    style = Style.PLAIN if card.projects else Style.PRIMARY
    return [*parts, Buttons((Button(page.text("new_button"), "new", style=style),))]


def _project(card: HomeCard, project: Project, words: Words, page: Page) -> Line:
    running = project.id in card.open_ids
    summary = project.summary
    if summary is None:
        return page.line("project_open" if running else "project_none", project=project.name)
    return page.line(
        "project",
        project=project.name,
        stage=summary.stage,
        stage_name=in_language(card.framework.stage(summary.stage).name, words.language)
        + debt(card.debts.get(project.id, 0), words),
        standing=words.page("portfolio").text(f"standing_{summary.standing}"),
        blockers=summary.blockers,
        running=running,
    )


def _project_buttons(card: HomeCard, project: Project, page: Page) -> tuple[Button, ...]:
    presses = ["status"]
    if project.id in card.steered_ids:
        presses += ["edit"] if project.id in card.open_ids else ["start", "edit"]
    return tuple(Button(page.text(f"{press}_button"), press, project.id) for press in presses)


def _blockers(card: HomeCard, words: Words, page: Page) -> list[Part]:
    if not card.blockers:
        return [Paragraph(page.line("no_blockers"))]
    lines = (blocker_with_project(page, project, blocker, words) for project, blocker in card.blockers)
    left = card.blockers_total - len(card.blockers)
    more: list[Part] = [Note(page.line("more_blockers", count=left))] if left > 0 else []
    return [Bullets(tuple(lines)), *more]
