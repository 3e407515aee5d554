"""Pages of waivers: the form that asks, the message that decides, and what became of it."""

from bot.chat.view import (
    Bullets,
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
from bot.readiness.ageing_cards import WaiverEndsCard, WaiverLapsedCard
from bot.readiness.framework import in_language
from bot.readiness.gap_cards import RefusalForm, WaiverCard, WaiverForm
from bot.readiness.project_cards import MoveCard
from bot.readiness.waivers import WaiverState
from bot.wording.dates import full_date
from bot.wording.engine import Page, Words
from bot.wording.pages.blockers import blocker_alone, gap_buttons, quoted
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


@present.register
def _(card: WaiverEndsCard, words: Words) -> View:
    """What the waiver covers, when it ends, and who can ask for another."""
    page, dimension = words.page("waivers"), in_language(card.dimension.name, words.language)
    label = in_language(card.dimension.level(card.need).label, words.language)
    until = last_day(card.waiver.until, words, card.zone)
    title = page.text("ends_title", project=card.project.name, dimension=dimension, until=until)
    body = page.line(
        "ends_body",
        stage=card.waiver.stage,
        need=card.need,
        label=label,
        asker=card.asker.name,
        approver=card.approver.name,
    )
    then = Paragraph(page.line("ends_then", owner=card.owner.name))
    blockers = Button(words.page("result").text("blockers_button"), "blockers", card.project.id)
    return View(text=title, parts=(Heading(title), Paragraph(body), then, Buttons((blockers,))))


@present.register
def _(card: WaiverLapsedCard, words: Words) -> View:
    """What has ended, what counts again, and what the reader can do about it."""
    page, dimension = words.page("waivers"), in_language(card.dimension.name, words.language)
    title = page.text("lapsed_title", project=card.project.name, dimension=dimension)
    until = last_day(card.waiver.until, words, card.zone)
    body = page.line("lapsed_body", until=until, approver=card.approver.name, reason=quoted(card.waiver.reason))
    parts: list[Part] = [Heading(title), Paragraph(body)]
    if card.blocker is None:
        parts.append(Paragraph(page.line("lapsed_light")))
    else:
        parts += [Paragraph(page.line("lapsed_counts")), Bullets((blocker_alone(card.blocker, words),))]
    if card.compounding:
        names = ", ".join(in_language(barrier.name, words.language) for barrier in card.compounding)
        parts.append(Paragraph(words.page("result").line("compounding", barriers=names)))
    blockers = Button(words.page("result").text("blockers_button"), "blockers", card.project.id)
    buttons = gap_buttons(card.project, card.dimension.id, card.acts, words)
    return View(text=title, parts=(*parts, Buttons((*buttons, blockers))))


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
