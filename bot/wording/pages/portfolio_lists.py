"""Pages of lists: projects that filters mean, and one of them on the way down."""

from bot.chat.view import Bullets, Button, Buttons, Heading, Line, Note, Paragraph, Part, View
from bot.readiness.portfolio_cards import ProjectOnTheWayCard, ProjectsCard, SavedFiltersCard
from bot.readiness.query import place_in, written
from bot.wording.engine import Page, Words
from bot.wording.pages.portfolio import projects_table
from bot.wording.pages.presenting import present


@present.register
def _(card: ProjectsCard, words: Words) -> View:
    """A page of a list, a button for each project, and the pages beside it."""
    page, shown, start = words.page("portfolio_lists"), card.page.shown, card.query.start
    facts = {
        "filters": written(card.query),
        "name": card.name,
        "count": card.page.total,
        "first": start + 1,
        "last": start + len(shown),
    }
    parts: list[Part] = [Heading(page.text("title", **facts)), Paragraph(page.line("understood", **facts))]
    if shown:
        parts.append(projects_table(shown, card.debts, card.zone, words))
        parts.append(Buttons(tuple(Button(each.key, "project", f"{each.id}|{place_in(card.query)}") for each in shown)))
    else:
        parts.append(Paragraph(page.line("nothing")))
    parts += unread_note(card.unread, words)
    parts.append(Buttons((*_turning(card, page), Button(page.text("overview_button"), "overview"))))
    if facts["filters"] and not card.name:
        parts.append(Note(page.line("keep", **facts)))
    return View(text=page.text("summary", **facts), parts=tuple(parts))


def unread_note(count: int, words: Words) -> tuple[Part, ...]:
    """How many projects were left out, as their levels are not for the reader."""
    return (Note(unread_line(count, words)),) if count else ()


def unread_line(count: int, words: Words) -> Line:
    """The same without the part around it."""
    return words.page("portfolio_lists").line("unread", count=count)


def _turning(card: ProjectsCard, page: Page) -> list[Button]:
    """Back and on, where there is something."""
    query, shown, total = card.query, len(card.page.shown), card.page.total
    buttons = []
    if query.start:
        back = query.page(max(0, query.start - card.rows))
        buttons.append(Button(page.text("back_button"), "projects", place_in(back)))
    if shown and query.start + shown < total:
        on = query.page(query.start + shown)
        buttons.append(Button(page.text("on_button", count=total - on.start), "projects", place_in(on)))
    return buttons


@present.register
def _(card: ProjectOnTheWayCard, words: Words) -> View:
    """The project's page as ever, with the way back to the list."""
    view, page = present(card.status, words), words.page("portfolio_lists")
    assert isinstance(view, View)
    up = (
        Button(page.text("up_button"), "projects", place_in(card.query)),
        Button(page.text("overview_button"), "overview"),
    )
    return View(text=view.text, parts=(*view.parts, Buttons(up)))


@present.register
def _(card: SavedFiltersCard, words: Words) -> View:
    """The names with their filters, and a button for each."""
    page = words.page("portfolio_lists")
    parts: list[Part] = [Heading(page.text("saved_title"))]
    if card.saved:
        parts.append(Paragraph(page.line("just_saved", name=card.saved, filters=card.filters[card.saved])))
    if card.forgotten:
        parts.append(Paragraph(page.line("just_forgotten", name=card.forgotten)))
    if card.filters:
        lines = (page.line("saved", name=name, filters=filters) for name, filters in card.filters.items())
        buttons = (Button(name, "projects", f"0|{filters}") for name, filters in card.filters.items())
        parts += [Bullets(tuple(lines)), Buttons(tuple(buttons))]
    else:
        parts.append(Paragraph(page.line("none_saved")))
    return View(text=page.text("saved_summary", count=len(card.filters)), parts=tuple(parts))
