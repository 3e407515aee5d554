"""Pages of gaps that time has passed over: what nobody knows, blockers that stay, a day that has passed."""

from bot.chat.view import Bullets, Button, Buttons, Heading, Line, Paragraph, Part, Span, View
from bot.readiness.ageing_cards import OldBlockersCard, OverdueCard, UnknownsCard
from bot.readiness.assessment import Project
from bot.readiness.framework import in_language
from bot.readiness.project_cards import OpenBlocker
from bot.wording.dates import full_date
from bot.wording.engine import Words
from bot.wording.markup import Mention
from bot.wording.pages.blockers import blocker_alone, gap_buttons
from bot.wording.pages.presenting import present
from bot.wording.pages.results import finding_line

SHOWN = 10
"""Blockers in one message; each may take a row of buttons."""


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
