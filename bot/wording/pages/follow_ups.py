"""Pages of what an answer calls for beyond its level: a link, facts, who closes a gap, a second thought."""

from bot.chat.plain import plain_line
from bot.chat.view import (
    Bullets,
    Button,
    Buttons,
    Choice,
    Choices,
    Field,
    FieldKind,
    Form,
    Heading,
    Line,
    Note,
    Paragraph,
    Part,
    Style,
    View,
)
from bot.readiness.cards import QuestionCard
from bot.readiness.events import Asks
from bot.readiness.framework import FollowUp, in_language
from bot.readiness.interview_cards import CLOSER, DAY, LINK, DetailsForm, OneMore, Open, OpenList
from bot.wording.dates import full_date
from bot.wording.engine import Page, Words
from bot.wording.pages.presenting import present
from bot.wording.pages.said import edit_button, short, what_was_said

LONGEST_FACT = 300
LONGEST_LINK = 2000
MOST_ROWS = 20
"""Answers in one list; a message holds 50 blocks."""


def proving(card: QuestionCard, words: Words, page: Page) -> tuple[Part, ...]:
    """A link is wanted."""
    assert card.answer is not None, card.interview.id
    proofs = ", ".join(in_language(proof, words.language) for proof in card.dimension.proofs)
    less = card.counts_for is not None and card.answer.level is not None and card.counts_for < card.answer.level
    wanted = (
        page.line("prove_less", counts=card.counts_for, proofs=proofs) if less else page.line("prove", proofs=proofs)
    )
    return (
        *what_was_said(card, words, page, with_counts=False),
        Paragraph(wanted),
        Buttons((_not_now(card, page.text("no_link_button")), edit_button(card, page, "edit_button"))),
    )


def telling(card: QuestionCard, words: Words, page: Page) -> tuple[Part, ...]:
    """Facts are wanted: all in one form, or one after another by typing."""
    follow_up, here = _follow_up(card), words.page("follow_ups")
    told = card.answer.facts if card.answer else {}
    fields = []
    for field, label in follow_up.fields.items():
        slot = "next_field" if field == card.asked.next_field else "told_field" if told.get(field) else "field"
        before = card.asked.before.get(field, "")
        said = {"label": in_language(label, words.language), "said": short(told.get(field) or before)}
        fields.append(here.line("last_field" if before and slot == "field" else slot, **said))
    only = len(follow_up.fields) == 1
    buttons = [_details(card, follow_up, here.text("form_one_button" if only else "form_button"), Style.PRIMARY)]
    if card.asked.before:
        value = f"{card.interview.id}|{card.dimension.id}|{follow_up.id}"
        buttons.append(Button(here.text("same_button"), "same_facts", value))
    buttons += [_not_now(card, here.text("not_now_button")), edit_button(card, page, "edit_button")]
    return (
        *what_was_said(card, words, page),
        Paragraph(here.line("wanted", text=in_language(follow_up.text, words.language))),
        Bullets(tuple(fields)),
        Buttons(tuple(buttons)),
        Note(here.line("type_one" if only else "type_each")),
    )


def promising(card: QuestionCard, words: Words, page: Page) -> tuple[Part, ...]:
    """Who closes the gap, and by when."""
    follow_up, here = _follow_up(card), words.page("follow_ups")
    buttons = []
    if card.asked.proposed is not None:
        day = full_date(card.asked.proposed, words.language)
        value = f"{card.interview.id}|{card.dimension.id}|{card.asked.proposed.isoformat()}"
        buttons.append(Button(here.text("i_do_it_button", day=day), "promise", value, Style.PRIMARY))
    buttons += [
        _details(card, follow_up, here.text("closer_button")),
        _not_now(card, here.text("not_now_button")),
        edit_button(card, page, "edit_button"),
    ]
    return (
        *what_was_said(card, words, page),
        Paragraph(here.line("wanted", text=in_language(follow_up.text, words.language))),
        Buttons(tuple(buttons)),
        Note(here.line("type_promise")),
    )


def checking(card: QuestionCard, words: Words, page: Page) -> tuple[Part, ...]:
    """Something speaks against the answer: whether it stands."""
    assert card.asked.check is not None, card.interview.id
    assert card.answer is not None, card.interview.id
    check, here = card.asked.check, words.page("follow_ups")
    text = in_language(check.text, words.language)
    stands = Button(
        here.text("stands_button"), "not_now", f"{card.interview.id}|{card.dimension.id}|{check.id}", Style.PRIMARY
    )
    return (
        *what_was_said(card, words, page),
        Paragraph(here.line("check", text=text, number=card.answer.level)),
        Buttons((stands, edit_button(card, here, "change_button"))),
    )


def doubted(card: QuestionCard, words: Words) -> tuple[Part, ...]:
    """Above a question that is put again: what speaks against its answer."""
    if card.asked.check is None:
        return ()
    return (Paragraph(words.page("follow_ups").line("doubt", text=in_language(card.asked.check.text, words.language))),)


@present.register
def _(card: DetailsForm, words: Words) -> Form:
    """The follow-ups of one answer, filled with what is known."""
    page, language = words.page("follow_ups"), words.language
    fields: list[Field] = []
    alone = len(card.follow_ups) == 1
    for follow_up in card.follow_ups:
        match follow_up.asks:
            case Asks.EVIDENCE:
                proofs = ", ".join(in_language(proof, language) for proof in card.dimension.proofs)
                hint = page.text("link_hint", proofs=proofs) if proofs else ""
                label = page.text("link")
                fields.append(
                    Field(
                        LINK,
                        FieldKind.TEXT,
                        label,
                        hint,
                        required=False,
                        initial=card.link or None,
                        max_length=LONGEST_LINK,
                    )
                )
            case Asks.FACTS:
                fields += [
                    Field(
                        field,
                        FieldKind.TEXT,
                        in_language(label, language),
                        required=False,
                        initial=card.facts.get(field),
                        max_length=LONGEST_FACT,
                    )
                    for field, label in follow_up.fields.items()
                ]
            case Asks.OWNER_AND_DATE:
                day = card.due.isoformat() if card.due else None
                fields += [
                    Field(CLOSER, FieldKind.PERSON, page.text("closer"), required=alone, initial=card.closer or None),
                    Field(DAY, FieldKind.DATE, page.text("day"), required=alone, initial=day),
                ]
    ids = ",".join(follow_up.id for follow_up in card.follow_ups)
    name = in_language(card.dimension.name, language)
    asked = Bullets(tuple(page.line("asked", text=in_language(each.text, language)) for each in card.follow_ups))
    return Form(
        form="details",
        title=page.text("form_title"),
        submit=page.text("form_submit"),
        cancel=page.text("form_cancel"),
        value=f"{card.interview.id}|{card.dimension.id}|{ids}|{card.listed}",
        fields=tuple(fields),
        intro=(Paragraph(page.line("form_of", project=card.project.name, dimension=name)), asked),
    )


@present.register
def _(card: OneMore, words: Words) -> View:
    """One line below what was typed: the question itself stands further up."""
    page, asked = words.page("follow_ups"), card.asked
    if asked.follow_up is not None:
        label = asked.follow_up.fields.get(asked.next_field)
        field = in_language(label, words.language) if label and len(asked.follow_up.fields) > 1 else ""
        slot = "next_above" if card.goes_on and field else "one_more"
        said = page.line(slot, text=in_language(asked.follow_up.text, words.language), field=field, saved=card.saved)
    elif asked.check is not None:
        text = in_language(asked.check.text, words.language)
        said = page.line("one_more_check", text=text, number=card.level, saved=card.saved)
    else:
        said = page.line("explain_above")
    return View(text=plain_line(said), parts=(Paragraph(said),))


@present.register
def _(card: OpenList, words: Words) -> View:
    """What several answers still call for, each with its form."""
    page, name = words.page("follow_ups"), card.project.name
    if not card.rows:
        said = page.line("list_done", project=name)
        return View(text=plain_line(said), parts=(Paragraph(said),))
    summary = page.text("list_summary", project=name, count=len(card.rows))
    rows = [_row(card, row, words, page) for row in card.rows[:MOST_ROWS]]
    return View(
        text=summary,
        parts=(
            Heading(page.text("list_title", project=name)),
            Paragraph(page.line("list_body")),
            *rows,
        ),
    )


def _row(card: OpenList, row: Open, words: Words, page: Page) -> Part:
    language = words.language
    wanted = [in_language(follow_up.text, language) for follow_up in row.follow_ups]
    wanted += [in_language(check.text, language) for check in row.checks]
    less = row.counts_for is not None and row.answer.level is not None and row.counts_for < row.answer.level
    said: Line = page.line(
        "list_row",
        dimension=in_language(row.dimension.name, language),
        number=row.answer.level,
        counts=row.counts_for if less else "",
        wanted=" ".join(wanted),
    )
    if not row.follow_ups:
        edit = f"{card.interview.id}|{row.dimension.id}"
        return Choices("edit_answer", (Choice(page.text("change_button"), plain_line(said), edit),))
    ids = ",".join(follow_up.id for follow_up in row.follow_ups)
    value = f"{card.interview.id}|{row.dimension.id}|{ids}|{card.listed}"
    return Choices("details", (Choice(page.text("add_button"), plain_line(said), value),))


def _follow_up(card: QuestionCard) -> FollowUp:
    assert card.asked.follow_up is not None, card.interview.id
    return card.asked.follow_up


def _not_now(card: QuestionCard, label: str) -> Button:
    return Button(label, "not_now", f"{card.interview.id}|{card.dimension.id}|{_follow_up(card).id}")


def _details(card: QuestionCard, follow_up: FollowUp, label: str, style: Style = Style.PLAIN) -> Button:
    return Button(label, "details", f"{card.interview.id}|{card.dimension.id}|{follow_up.id}|", style)
