"""Pages of what happens between respondents: a question handed over, answers that differ."""

from collections.abc import Sequence

from bot.chat.view import (
    Button,
    Buttons,
    Field,
    FieldKind,
    Form,
    Heading,
    Note,
    Option,
    Paragraph,
    Part,
    Style,
    View,
)
from bot.readiness.assessment import EvidenceStrength
from bot.readiness.contested import Settled
from bot.readiness.framework import in_language
from bot.readiness.respondent_cards import (
    ContestCard,
    ContestPart,
    HandedCard,
    HandOverForm,
    HandOverOffer,
    Side,
    VerifyContestedForm,
)
from bot.wording.dates import short_date
from bot.wording.engine import Page, Words
from bot.wording.markup import Link, Mention
from bot.wording.pages.presenting import present

WORDS_LENGTH = 1000
LINK_LENGTH = 2000
NOTE_SHOWN = 500


@present.register
def _(card: HandOverForm, words: Words) -> Form:
    """Who answers instead, and why."""
    page = words.page("respondents")
    return Form(
        form="hand_over",
        title=page.text("hand_title"),
        submit=page.text("hand_submit"),
        cancel=page.text("cancel"),
        value=f"{card.interview.id}|{card.dimension.id}",
        fields=(
            Field(
                "colleague",
                FieldKind.PERSON,
                page.text("hand_colleague"),
                hint=page.text("hand_hint", dimension=in_language(card.dimension.name, words.language)),
            ),
            Field("words", FieldKind.LONG_TEXT, page.text("hand_words"), required=False, max_length=WORDS_LENGTH),
        ),
    )


@present.register
def _(card: HandOverOffer, words: Words) -> View:
    """A button that opens the form."""
    page = words.page("respondents")
    said = page.line("hand_offer", dimension=in_language(card.dimension.name, words.language))
    button = Button(page.text("hand_button"), "hand_over", f"{card.interview.id}|{card.dimension.id}", Style.PRIMARY)
    return View(text=page.text("hand_title"), parts=(Paragraph(said), Buttons((button,))))


@present.register
def _(card: HandedCard, words: Words) -> View:
    """One more question comes, from whom and why."""
    page = words.page("respondents")
    slot = "came_back" if card.handed.returned else "came"
    facts = {
        "name": card.handed.other.name,
        "project": card.project.name,
        "dimension": in_language(card.dimension.name, words.language),
        "deadline": short_date(card.deadline, words.language, card.zone),
    }
    parts: list[Part] = [Paragraph(page.line(slot, **facts))]
    if card.handed.words:
        parts.append(Paragraph(page.line("quoted", words=card.handed.words)))
    here = f"{card.interview.id}|{card.dimension.id}"
    buttons = (
        Button(page.text("answer_now_button"), "edit_answer", here, Style.PRIMARY),
        Button(page.text("give_back_button"), "return_question", here),
    )
    shown = buttons if card.handed.may_return else buttons[:1]
    return View(text=page.text(slot, **facts), parts=(*parts, Note(page.line("came_later")), Buttons(shown)))


@present.register
def _(card: ContestCard, words: Words) -> View:
    """Two or more answers that differ; or how they met."""
    page = words.page("respondents")
    names = _names(card, words, page)
    if card.contest.settled_at is not None:
        return _settled(card, page, names)
    parts: list[Part] = []
    if card.part is not ContestPart.SIDES:
        parts += [Heading(page.text("contest_title", **names)), Paragraph(page.line("contest", **names))]
    if card.part is ContestPart.HEAD:
        parts.append(Note(page.line("in_thread")))
    else:
        parts += [part for side in card.sides for part in _side(card, side, words, page)]
        parts += [Note(page.line("how_to_settle")), Buttons(_ways(card, page))]
    return View(text=page.text("contest_title", **names), parts=tuple(parts))


def _names(card: ContestCard, words: Words, page: Page) -> dict[str, object]:
    return {
        "project": card.project.name,
        "dimension": in_language(card.dimension.name, words.language),
        "names": _named(card.sides, page),
    }


def _named(sides: Sequence[Side], page: Page) -> str:
    *others, last = (side.person.name for side in sides)
    return page.text("names", others=", ".join(others), last=last)


def _settled(card: ContestCard, page: Page, names: dict[str, object]) -> View:
    how = card.contest.how or Settled.CHANGED
    by = card.settled_by.name if card.settled_by else ""
    said = page.line(f"settled_{how.value}", **names, by=by)
    levels = ", ".join(page.text("position", name=side.person.name, level=side.answer.level) for side in card.sides)
    parts: list[Part] = [Paragraph(said), Note(page.line("now", levels=levels))]
    if card.still:
        level = card.still[0].answer.level
        said = page.line("still", names=_named(card.still, page), level="" if level is None else level)
        parts.append(Paragraph(said))
    parts += [_link(side, page) for side in card.sides if side.answer.evidence.strength is EvidenceStrength.VERIFIED]
    if card.words:
        parts.append(Paragraph(page.line("quoted", words=card.words)))
    if card.part is not ContestPart.SIDES:
        parts.insert(0, Heading(page.text("settled_title", **names)))
    return View(text=page.text("settled_title", **names), parts=tuple(parts))


def _side(card: ContestCard, side: Side, words: Words, page: Page) -> tuple[Part, ...]:
    """A person, their level with its statement, and their reasons: note and link."""
    answer = side.answer
    assert answer.level is not None, answer.id
    statement = in_language(card.dimension.level(answer.level).statement, words.language)
    who = Mention(side.person.account, side.person.name)
    date = short_date(answer.answered_at, words.language, card.zone)
    parts: list[Part] = [Paragraph(page.line("side", who=who, level=answer.level, statement=statement, date=date))]
    note = " ".join(answer.note.split())
    if note:
        parts.append(Paragraph(page.line("quoted", words=note if len(note) <= NOTE_SHOWN else f"{note[:NOTE_SHOWN]}…")))
    if answer.evidence.link:
        parts.append(_link(side, page))
    return tuple(parts)


def _link(side: Side, page: Page) -> Part:
    link = side.answer.evidence.link or ""
    return Paragraph(page.line("side_link", link=Link(link, link)))


def _ways(card: ContestCard, page: Page) -> tuple[Button, ...]:
    agree = tuple(
        Button(
            page.text("agree_button", name=side.person.name, level=side.answer.level),
            "agree_with",
            f"{card.contest.id}|{side.answer.id}",
        )
        for side in card.sides
    )
    return (*agree, Button(page.text("document_button"), "verify_contested", card.contest.id))


@present.register
def _(card: VerifyContestedForm, words: Words) -> Form:
    """Which side a document proves."""
    page = words.page("respondents")
    options = tuple(
        Option(page.text("position", name=side.person.name, level=side.answer.level), side.answer.id)
        for side in card.sides
    )
    return Form(
        form="verify_contested",
        title=page.text("document_title"),
        submit=page.text("document_submit"),
        cancel=page.text("cancel"),
        value=card.contest.id,
        fields=(
            Field(
                "side",
                FieldKind.SELECT,
                page.text("document_side"),
                hint=page.text("document_hint", dimension=in_language(card.dimension.name, words.language)),
                options=options,
            ),
            Field("link", FieldKind.TEXT, page.text("document_link"), max_length=LINK_LENGTH),
            Field("words", FieldKind.LONG_TEXT, page.text("document_words"), required=False, max_length=WORDS_LENGTH),
        ),
    )
