"""Pages of waivers: the form that asks, the message that decides, and what became of it."""

from bot.chat.view import (
    Button,
    Buttons,
    Facts,
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
from bot.readiness.framework import in_language
from bot.readiness.gap_cards import RefusalForm, WaiverCard, WaiverForm
from bot.readiness.project_cards import MoveCard
from bot.readiness.waivers import WaiverState
from bot.wording.dates import full_date
from bot.wording.engine import Page, Words
from bot.wording.pages.debts import last_day
from bot.wording.pages.presenting import present

LONGEST = 1000
OFFERED = 10
"""Waivers that one message offers to ask for."""


@present.register
def _(card: WaiverForm, words: Words) -> Form:
    """Why, until when, and who decides."""
    page = words.page("waivers")
    dimension = in_language(card.dimension.name, words.language)
    label = in_language(card.dimension.level(card.need).label, words.language)
    facts = {"project": card.project.name, "dimension": dimension, "stage": card.stage, "need": card.need}
    latest = page.text("until_hint", latest=full_date(card.latest, words.language))
    return Form(
        form="waiver",
        title=page.text("form_title"),
        submit=page.text("form_submit"),
        cancel=page.text("form_cancel"),
        value=f"{card.project.id}|{card.dimension.id}",
        intro=(Paragraph(page.line("form_intro", **facts, label=label)), Note(page.line("form_note"))),
        fields=(
            Field("reason", FieldKind.LONG_TEXT, page.text("reason"), page.text("reason_hint"), max_length=LONGEST),
            Field("until", FieldKind.DATE, page.text("until"), latest),
            Field("approver", FieldKind.PERSON, page.text("approver"), page.text("approver_hint")),
        ),
    )


@present.register
def _(card: RefusalForm, words: Words) -> Form:
    """Why not."""
    page = words.page("waivers")
    dimension = in_language(card.dimension.name, words.language)
    facts = {"project": card.project.name, "dimension": dimension, "asker": card.asker.name}
    return Form(
        form="waiver_refusal",
        title=page.text("refusal_title"),
        submit=page.text("refuse_button"),
        cancel=page.text("form_cancel"),
        value=card.waiver.id,
        intro=(Paragraph(page.line("refusal_intro", **facts)),),
        fields=(
            Field("refusal", FieldKind.LONG_TEXT, page.text("refusal"), page.text("refusal_hint"), max_length=LONGEST),
        ),
    )


@present.register
def _(card: WaiverCard, words: Words) -> View:
    """A waiver to be decided, or what became of it."""
    page = words.page("waivers")
    waiver = card.waiver
    facts = {"project": card.project.name, "dimension": in_language(card.dimension.name, words.language)}
    if card.is_open:
        title = page.text("asked_title", **facts, asker=card.asker.name)
        approve = Button(page.text("approve_button"), "approve_waiver", waiver.id, Style.PRIMARY)
        refuse = Button(page.text("refuse_button"), "refuse_waiver", waiver.id)
        parts: tuple[Part, ...] = (Facts(_facts(card, words, page)), Note(page.line("asked_note")))
        return View(text=title, parts=(Heading(title), *parts, Buttons((approve, refuse))))
    # What nobody decided before its day is over as well.
    state = waiver.state if waiver.state is not WaiverState.ASKED else WaiverState.LAPSED
    said = page.line(
        f"became_{state.value}",
        **facts,
        approver=card.approver.name,
        asker=card.asker.name,
        until=last_day(waiver.until, words, card.zone),
        refusal=waiver.refusal,
    )
    status = Button(words.page("result").text("status_button"), "status", card.project.id)
    text = page.text("decided_title", **facts)
    return View(text=text, parts=(Paragraph(said), *((Buttons((status,)),) if card.for_asker else ())))


def waiver_buttons(card: MoveCard, words: Words) -> tuple[Part, ...]:
    """A button for each shortfall for which a waiver can be asked."""
    page = words.page("waivers")
    buttons = tuple(
        Button(
            page.text("ask_for_button", dimension=in_language(dimension.name, words.language)),
            "ask_waiver",
            f"{card.project.id}|{dimension.id}",
        )
        for dimension in card.waivable[:OFFERED]
    )
    return (Buttons(buttons),) if buttons else ()


def _facts(card: WaiverCard, words: Words, page: Page) -> tuple[tuple[str, Line], ...]:
    waiver = card.waiver
    label = in_language(card.dimension.level(card.need).label, words.language)
    return (
        (page.text("bar"), page.line("bar_value", stage=waiver.stage, need=card.need, label=label)),
        (page.text("reason"), page.line("plain", text=waiver.reason)),
        (page.text("until"), page.line("plain", text=last_day(waiver.until, words, card.zone))),
    )
