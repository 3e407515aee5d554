"""Pages of gaps that time has passed over: what nobody knows, blockers that stay, a day that has passed."""

from bot.chat.view import (
    Bullets,
    Button,
    Buttons,
    Choice,
    Choices,
    Heading,
    Line,
    Paragraph,
    Part,
    Span,
    View,
)
from bot.readiness.ageing_cards import AllUnknownsCard, OldBlockersCard, OverdueCard, UnknownsCard
from bot.readiness.assessment import Project
from bot.readiness.framework import in_language
from bot.readiness.project_cards import OpenBlocker
from bot.wording.dates import full_date
from bot.wording.engine import Page, Words
from bot.wording.markup import Mention
from bot.wording.pages.blockers import blocker_alone, gap_buttons
from bot.wording.pages.presenting import present
from bot.wording.pages.reminders import further_projects
from bot.wording.pages.results import finding_line

SHOWN = 10
"""Blockers, or projects, in one message; each may take a row of buttons."""
NAMES_SHOWN = 3
"""Dimensions on the line of a project."""


@present.register
def _(card: UnknownsCard, words: Words) -> View:
    """What nobody could answer, how heavy it may be, and whom to tell who knows."""
    page, count = words.page("aged_gaps"), len(card.findings)
    title = page.text("unknown_title", project=card.project.name, count=count)
    owner = Mention(card.owner.account, card.owner.name)
    parts: list[Part] = [
        Heading(title),
        Paragraph(page.line("unknown_body")),
        Bullets(tuple(finding_line(card.framework, finding, words) for finding in card.findings)),
        Paragraph(page.line("unknown_then", owner=owner)),
    ]
    return View(text=title, parts=(*parts, _ways(card.project, words)))


@present.register
def _(card: AllUnknownsCard, words: Words) -> View:
    """Each project on a line, what nobody knows there and whom to tell, with the button to its blockers."""
    page, count = words.page("aged_gaps"), sum(len(each.findings) for each in card.several)
    title = page.text("unknowns_title", projects=len(card.several), count=count)
    shown = card.several[:SHOWN]
    button = words.page("result").text("blockers_button")
    choices = tuple(Choice(button, _unknown_in(each, words, page), each.project.id) for each in shown)
    more = further_projects([each.project for each in card.several[SHOWN:]], (), words)
    overview = Buttons((Button(words.page("digests").text("overview"), "overview", ""),))
    parts = (Paragraph(page.line("unknown_body")), Choices("blockers", choices), *more)
    return View(text=title, parts=(Heading(title), *parts, Paragraph(page.line("unknowns_then")), overview))


def _unknown_in(each: UnknownsCard, words: Words, page: Page) -> str:
    dimensions = [each.framework.dimension(finding.dimension_id) for finding in each.findings[:NAMES_SHOWN]]
    return page.text(
        "unknown_in",
        project=each.project.name,
        owner=each.owner.name,
        names=", ".join(in_language(dimension.name, words.language) for dimension in dimensions),
        more=len(each.findings) - len(dimensions),
    )


@present.register
def _(card: OldBlockersCard, words: Words) -> View:
    """Each blocker with its age, who has it and by when; and what its reader can do."""
    page, count = words.page("aged_gaps"), len(card.blockers)
    age = words.page("blockers").text("age", days=min(each.age for each in card.blockers))
    title = page.text("old_title", project=card.project.name, count=count, age=age)
    parts: list[Part] = [Heading(title)]
    for each in card.blockers[:SHOWN]:
        parts.append(Paragraph(_held(each, words)))
        buttons = gap_buttons(card.project, each.dimension.id, each.acts, words)
        parts += (Buttons(buttons),) if buttons else ()
    return View(text=title, parts=(*parts, _ways(card.project, words)))


@present.register
def _(card: OverdueCard, words: Words) -> View:
    """Whose day has passed, by how much, and what can be done."""
    page = words.page("aged_gaps")
    dimension = in_language(card.dimension.name, words.language)
    title = page.text("overdue_title", project=card.project.name, dimension=dimension, days=card.days)
    due = full_date(card.commitment.due, words.language) if card.commitment.due else ""
    said = page.line("overdue_yours", due=due)
    if not card.is_holder:
        said = page.line("overdue_theirs", due=due, person=card.holder.name)
    buttons = gap_buttons(card.project, card.dimension.id, card.acts, words)
    parts: tuple[Part, ...] = (Heading(title), Paragraph(said), *((Buttons(buttons),) if buttons else ()))
    return View(text=title, parts=(*parts, _ways(card.project, words)))


def _held(each: OpenBlocker, words: Words) -> Line:
    line = blocker_alone(each, words)
    return line if each.owner else (*line, Span(" "), *words.page("aged_gaps").line("nobody"))


def _ways(project: Project, words: Words) -> Buttons:
    page = words.page("result")
    return Buttons(tuple(Button(page.text(f"{press}_button"), press, project.id) for press in ("blockers", "status")))
