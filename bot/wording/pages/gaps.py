"""Pages of what people do about gaps: taking one on, dating it, saying it is resolved; and what managers learn."""

from bot.chat.plain import plain_line
from bot.chat.view import (
    Button,
    Buttons,
    Field,
    FieldKind,
    Form,
    Heading,
    Note,
    Paragraph,
    Part,
    Style,
    View,
)
from bot.readiness.framework import in_language
from bot.readiness.gap_cards import (
    CommitmentCard,
    CommitmentForm,
    ConfirmCard,
    GapCard,
    GapSaid,
    ResolvedForm,
    SharedCard,
)
from bot.wording.dates import full_date, short_date
from bot.wording.engine import Words
from bot.wording.markup import Link
from bot.wording.pages.blockers import gap_buttons
from bot.wording.pages.presenting import present

LONGEST_WORDS = 1000
LONGEST_LINK = 1000


@present.register
def _(card: GapCard, words: Words) -> View:
    """What has just happened to a gap, and what can be done next."""
    page = words.page("gaps")
    said = page.line(
        f"said_{card.said.value}",
        project=card.project.name,
        dimension=in_language(card.dimension.name, words.language),
        person=card.person.name if card.person else "",
        due=full_date(card.due, words.language) if card.due else "",
    )
    parts: list[Part] = [Paragraph(said)]
    if card.said in (GapSaid.TAKEN, GapSaid.ALREADY_TAKEN) and card.due is None:
        parts.append(Note(page.line("then_date")))
    buttons = gap_buttons(card.project, card.dimension.id, card.acts, words)
    blockers = Button(words.page("result").text("blockers_button"), "blockers", card.project.id)
    return View(text=plain_line(said), parts=(*parts, Buttons((*buttons, blockers))))


@present.register
def _(card: CommitmentForm, words: Words) -> Form:
    """By when, and who."""
    page = words.page("gaps")
    dimension = in_language(card.dimension.name, words.language)
    due = Field(
        "due",
        FieldKind.DATE,
        page.text("form_due"),
        page.text("form_due_hint"),
        initial=card.due.isoformat() if card.due else None,
    )
    person = Field(
        "person", FieldKind.PERSON, page.text("form_person"), required=False, initial=card.person.account or None
    )
    return Form(
        form="commitment",
        title=page.text("form_title"),
        submit=page.text("form_submit"),
        cancel=page.text("form_cancel"),
        value=f"{card.project.id}|{card.dimension.id}",
        intro=(Paragraph(page.line("form_intro", project=card.project.name, dimension=dimension)),),
        fields=(due, person) if card.may_name else (due,),
    )


@present.register
def _(card: CommitmentCard, words: Words) -> View:
    """Somebody gave the reader a gap to close, changed its day, or gave it to another."""
    page = words.page("gaps")
    commitment, project = card.commitment, card.project
    said = page.line(
        "given_to_you" if commitment.is_open else "taken_from_you",
        giver=card.giver.name,
        project=project.name,
        dimension=in_language(card.dimension.name, words.language),
        due=full_date(commitment.due, words.language) if commitment.due else "",
    )
    buttons = [Button(words.page("result").text("blockers_button"), "blockers", project.id)]
    buttons.append(Button(words.page("result").text("status_button"), "status", project.id))
    if commitment.is_open:
        value = f"{project.id}|{card.dimension.id}"
        own = ("in_progress", "set_date", "give_back")
        buttons = [*(Button(page.text(f"{press}_button"), press, value) for press in own), *buttons]
    return View(text=plain_line(said), parts=(Paragraph(said), Buttons(tuple(buttons))))


@present.register
def _(card: ResolvedForm, words: Words) -> Form:
    """What proves it."""
    page = words.page("gaps")
    dimension = in_language(card.dimension.name, words.language)
    return Form(
        form="resolved",
        title=page.text("resolved_title"),
        submit=page.text("resolved_submit"),
        cancel=page.text("form_cancel"),
        value=f"{card.project.id}|{card.dimension.id}",
        intro=(Paragraph(page.line("resolved_intro", project=card.project.name, dimension=dimension)),),
        fields=(
            Field("link", FieldKind.TEXT, page.text("resolved_link"), max_length=LONGEST_LINK),
            Field(
                "words",
                FieldKind.LONG_TEXT,
                page.text("resolved_words"),
                page.text("resolved_words_hint"),
                max_length=LONGEST_WORDS,
            ),
        ),
    )


@present.register
def _(card: ConfirmCard, words: Words) -> View:
    """Somebody says it is resolved: please answer again."""
    page = words.page("gaps")
    dimension = in_language(card.dimension.name, words.language)
    facts = {"person": card.claimant.name, "project": card.project.name, "dimension": dimension}
    label = in_language(card.dimension.level(card.blocker.need).label, words.language)
    proof = page.line(
        "confirm_proof",
        words=card.claim.words,
        link=Link(card.claim.link, page.text("proof_link")),
        date=short_date(card.claim.claimed_at, words.language),
    )
    parts: list[Part] = [Heading(page.text("confirm_title", **facts)), Paragraph(page.line("confirm", **facts))]
    parts.append(Paragraph(proof))
    if card.interview_id:
        then = page.line("confirm_then", need=card.blocker.need, label=label)
        value = f"{card.interview_id}|{card.dimension.id}"
        button = Button(page.text("confirm_button"), "edit_answer", value, Style.PRIMARY)
    else:
        then = page.line("confirm_start", need=card.blocker.need, label=label)
        button = Button(words.page("status").text("start_button"), "start", card.project.id, Style.PRIMARY)
    shown = bool(card.interview_id) or card.may_start
    return View(
        text=page.text("confirm_title", **facts),
        parts=(*parts, Paragraph(then), *((Buttons((button,)),) if shown else ())),
    )


@present.register
def _(card: SharedCard, words: Words) -> View:
    """One finding about the organization, instead of an alert per project."""
    page = words.page("gaps")
    slot = "shared_gone" if card.finding.gone_at else "shared_found"
    dimension = in_language(card.dimension.name, words.language)
    facts = {"dimension": dimension, "projects": card.projects, "advancing": card.advancing}
    overview = Button(words.page("home").text("overview_button"), "overview")
    return View(
        text=page.text(f"{slot}_title", **facts),
        parts=(
            Heading(page.text(f"{slot}_title", **facts)),
            Paragraph(page.line(slot, **facts)),
            Buttons((overview,)),
        ),
    )
