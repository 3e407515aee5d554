"""Pages of questions in plain words: the reading first, then its answer; or the readings that are near."""

from dataclasses import replace

from bot.chat.view import Bullets, Button, Buttons, Line, Note, Paragraph, Part, Span, View
from bot.readiness.asking import OF_PROJECTS, WRITES, Reading
from bot.readiness.asking_cards import Answered, AskedBack, OwnersCard
from bot.readiness.query import written
from bot.wording.engine import Page, Words
from bot.wording.markup import Mention
from bot.wording.pages.portfolio_lists import unread_note
from bot.wording.pages.presenting import present

LONGEST_LABEL = 70
UNREAD_SHOWN = 5
OWNERS_SHOWN = 20
PROJECTS_NAMED = 8
"""Projects named behind one owner."""


@present.register
def _(card: Answered, words: Words) -> View:
    """How the question was read, then what the command for it says."""
    page = words.page("asking")
    shown = present(card.card, words)
    assert isinstance(shown, View), type(card.card)
    return replace(shown, parts=(Note((*page.line("read"), Span(" "), *_told(card.reading, page))), *shown.parts))


@present.register
def _(card: AskedBack, words: Words) -> View:
    """The nearest readings as buttons; without any, what can be asked."""
    page, understood = words.page("asking"), card.understood
    unsure = page.line("unsure", readings=len(understood.readings))
    parts: list[Part] = [Paragraph(unsure)]
    if understood.unread:
        quoted = ", ".join(page.text("quoted", word=word) for word in understood.unread[:UNREAD_SHOWN])
        parts.append(Note(page.line("unread", words=quoted)))
    if understood.readings:
        parts.append(Buttons(tuple(_button(reading, page) for reading in understood.readings)))
    else:
        parts.append(Note(page.line("examples")))
    return View(text=page.text("unsure", readings=len(understood.readings)), parts=tuple(parts))


@present.register
def _(card: OwnersCard, words: Words) -> View:
    """Each owner with their projects."""
    page = words.page("asking")
    unread = unread_note(card.unread, words)
    if not card.owners:
        return View(text=page.text("nobody"), parts=(Paragraph(page.line("nobody")), *unread))
    lines = []
    for owner, projects in card.owners[:OWNERS_SHOWN]:
        keys = [project.key for project in projects[:PROJECTS_NAMED]]
        shown = ", ".join([*keys, *(["…"] if len(projects) > len(keys) else [])])
        lines.append(page.line("owner", name=Mention(owner.account, owner.name), projects=shown))
    parts: list[Part] = [Bullets(tuple(lines))]
    if len(card.owners) > OWNERS_SHOWN:
        parts.append(Note(page.line("more_owners", count=len(card.owners) - OWNERS_SHOWN)))
    if card.shown < card.total:
        parts.append(Note(page.line("owners_more", shown=card.shown, total=card.total)))
    parts += unread
    return View(text=page.text("owners_summary", owners=len(card.owners), total=card.total), parts=tuple(parts))


def _button(reading: Reading, page: Page) -> Button:
    label = "".join(span.text for span in _told(reading, page))
    short = label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
    return Button(f"{short[:1].upper()}{short[1:]}", "ask_more" if reading.ask in WRITES else "ask", reading.written())


def _told(reading: Reading, page: Page) -> Line:
    """A reading in words, its filters as they are typed."""
    if reading.ask not in OF_PROJECTS:
        names = f" {page.text('and')} ".join(reading.projects)
        return page.line(reading.ask.value, projects=names) if reading.projects else page.line(reading.ask.value)
    filters = written(reading.query)
    if not filters:
        return page.line(f"{reading.ask}_all")
    return (*page.line(reading.ask.value), Span(" "), Span(filters, code=True))
