"""Pages of links that were looked at: word of those that are dead, and what is known of one."""

from bot.chat.view import Button, Buttons, Heading, Note, Paragraph, Part, Style, View
from bot.readiness.assessment import Answer
from bot.readiness.cards import QuestionCard
from bot.readiness.framework import in_language
from bot.readiness.link_cards import DeadLink, DeadLinksCard
from bot.readiness.links import LinkCheck, LinkState, has_changed_since
from bot.wording.dates import full_date
from bot.wording.engine import Page, Words
from bot.wording.markup import Link
from bot.wording.pages.ageing import evidence_button
from bot.wording.pages.presenting import present
from bot.wording.pages.said import short

SHOWN = 10
"""Links in one message; each may take a row of buttons."""
ADDRESS_SHOWN = 80


@present.register
def _(card: DeadLinksCard, words: Words) -> View:
    """Which link of which question, what follows, and what to do about it."""
    page, count = words.page("links"), len(card.lines)
    title = page.text("title", project=card.project.name, count=count)
    parts: list[Part] = [Heading(title), Paragraph(page.line("what_follows", count=count))]
    for line in card.lines[:SHOWN]:
        parts += _dead(line, card, words, page)
    if count > SHOWN:
        parts.append(Paragraph(page.line("more", count=count - SHOWN)))
    for whose in ("own", "others"):
        if any(_is_own(line, card) == (whose == "own") for line in card.lines):
            parts.append(Note(page.line(f"{whose}_note")))
    return View(text=title, parts=(*parts, Buttons((evidence_button(card.project.id, words),))))


def link_said(check: LinkCheck | None, answer: Answer, words: Words, zone: str) -> str:
    """What is known of the link of an answer, in a few words; "" where nobody has looked."""
    if check is None:
        return ""
    page = words.page("links")
    state = "missing" if check.state is LinkState.GONE and not check.is_dead else check.state.value
    at = check.gone_since if check.is_dead and check.gone_since else check.checked_at
    said = page.text(f"looked_{state}", date=full_date(at, words.language, zone))
    if check.state not in (LinkState.ALIVE, LinkState.CHANGED):
        return said
    checked, given = answer.evidence.verified_at, answer.evidence.given_at or answer.answered_at
    if not has_changed_since(check, checked or given):
        return said
    slot = "changed_since_check" if checked else "changed_since_given"
    return f"{said}, {page.text(slot, date=full_date(checked or given, words.language, zone))}"


def last_look(check: LinkCheck | None, answer: Answer, words: Words, zone: str) -> tuple[Part, ...]:
    """The same as a note, for whoever is to look at the link."""
    if check is None or check.state is LinkState.NOT_ALLOWED:
        return ()
    said = link_said(check, answer, words, zone)
    return (Note(words.page("links").line("last_look", said=said)),)


def lost_link(card: QuestionCard, words: Words) -> tuple[Part, ...]:
    """For a question that is asked again: that the link of last time's answer is dead."""
    if card.previous is None or card.link_gone_since is None:
        return ()
    address, date = card.previous.evidence.link or "", full_date(card.link_gone_since, words.language, card.zone)
    return (Note(words.page("links").line("lost", date=date, link=Link(address, short(address, ADDRESS_SHOWN)))),)


def _dead(line: DeadLink, card: DeadLinksCard, words: Words, page: Page) -> tuple[Part, ...]:
    answer, own, address = line.answer, _is_own(line, card), line.answer.evidence.link or ""
    said = page.line(
        "own" if own else "others",
        dimension=in_language(line.dimension.name, words.language),
        level=answer.level,
        person=line.claimant.name,
        date=full_date(line.gone_since, words.language, card.zone),
        link=Link(address, short(address, ADDRESS_SHOWN)),
    )
    if not own:
        return (Paragraph(said),)
    change = Button(
        page.text("change_button"), "edit_answer", f"{answer.interview_id}|{answer.dimension_id}", Style.PRIMARY
    )
    return Paragraph(said), Buttons((change, Button(page.text("there_button"), "still_true", answer.id)))


def _is_own(line: DeadLink, card: DeadLinksCard) -> bool:
    return line.claimant.id == card.reader_id
