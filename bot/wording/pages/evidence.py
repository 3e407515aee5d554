"""Pages of evidence: the links of a project, one claim to be checked, a doubt."""

from bot.chat.plain import plain_line
from bot.chat.view import (
    Button,
    Buttons,
    Choice,
    Choices,
    Field,
    FieldKind,
    Form,
    Heading,
    Note,
    Paragraph,
    Part,
    Span,
    Style,
    View,
)
from bot.readiness.assessment import EvidenceStrength
from bot.readiness.evidence_cards import (
    AskToCheckForm,
    DoubtedCard,
    DoubtForm,
    EvidenceCard,
    EvidenceLine,
    EvidenceListCard,
)
from bot.readiness.framework import in_language
from bot.wording.dates import full_date, short_date
from bot.wording.engine import Page, Words
from bot.wording.markup import Link
from bot.wording.pages.ageing import still_true_button
from bot.wording.pages.links import last_look, link_said
from bot.wording.pages.presenting import present

WORDS_LENGTH = 1000
NOTE_SHOWN = 500


@present.register
def _(card: EvidenceListCard, words: Words) -> View:
    """Each link with what it counts for, and a button to check it, to have it checked, or to renew it."""
    page = words.page("evidence")
    parts: list[Part] = [Heading(page.text("list_title", project=card.project.name))]
    if not card.lines:
        parts.append(Paragraph(page.line("list_none")))
    for line in card.lines:
        press, slot = ("ask_to_check", "ask_button") if line.is_own else ("check_evidence", "check_button")
        said = plain_line(
            page.line(
                "line",
                dimension=in_language(line.dimension.name, words.language),
                level=line.answer.level,
                person=line.claimant.name,
                date=short_date(line.answer.answered_at, words.language, card.zone),
                state=_state(card, line, words, page),
                looked=link_said(line.check, line.answer, words, card.zone),
            )
        )
        if line.is_due:
            ask = Button(page.text("ask_button"), "ask_to_check", line.answer.id)
            parts += [Paragraph((Span(said),)), Buttons((still_true_button(line.answer.id, words), ask))]
        else:
            parts.append(Choices(press, (Choice(page.text(slot), said, line.answer.id),)))
    why = Button(page.text("why_button"), "why", card.project.id)
    return View(
        text=page.text("list_summary", project=card.project.name),
        parts=(*parts, Note(page.line("list_note")), Buttons((why,))),
    )


def _state(card: EvidenceListCard, line: EvidenceLine, words: Words, page: Page) -> str:
    checker = card.people.get(line.answer.evidence.verified_by or "")
    if line.worth is EvidenceStrength.ASSERTED or line.stale_at is None:
        return page.text("state_asserted")
    until = full_date(line.stale_at, words.language, card.zone)
    if line.worth is EvidenceStrength.VERIFIED:
        return page.text("state_verified", checker=checker.name if checker else "", until=until)
    return page.text("state_linked", until=until)


@present.register
def _(card: EvidenceCard, words: Words) -> View:
    """What is claimed, the link, and the two verdicts."""
    page = words.page("evidence")
    answer, language = card.answer, words.language
    dimension = in_language(card.dimension.name, language)
    assert answer.level is not None, answer.id
    parts: list[Part] = [Heading(page.text("card_title", dimension=dimension))]
    if card.asked_by is not None:
        parts.append(Paragraph(page.line("card_asked", by=card.asked_by.name, project=card.project.name)))
    parts.append(
        Paragraph(
            page.line(
                "card_claim",
                person=card.claimant.name,
                date=short_date(answer.answered_at, language, card.zone),
                level=answer.level,
                statement=in_language(card.dimension.level(answer.level).statement, language),
            )
        )
    )
    note = " ".join(answer.note.split())
    if note:
        parts.append(
            Paragraph(page.line("card_note", note=note if len(note) <= NOTE_SHOWN else f"{note[:NOTE_SHOWN]}…"))
        )
    link = answer.evidence.link or ""
    parts.append(Paragraph(page.line("card_link", link=Link(link, link))))
    parts += last_look(card.check, answer, words, card.zone)
    if answer.evidence.verified_at is not None:
        date = short_date(answer.evidence.verified_at, language, card.zone)
        parts.append(Note(page.line("card_checked", date=date)))
    verdicts = (
        Button(page.text("verify_button"), "verify", answer.id, Style.PRIMARY),
        Button(page.text("doubt_button"), "doubt_evidence", answer.id),
    )
    return View(
        text=page.text("card_summary", project=card.project.name, dimension=dimension),
        parts=(*parts, Buttons(verdicts)),
    )


@present.register
def _(card: DoubtForm, words: Words) -> Form:
    """What the link lacks."""
    page = words.page("evidence")
    return Form(
        form="doubt_evidence",
        title=page.text("doubt_title"),
        submit=page.text("doubt_submit"),
        cancel=page.text("cancel"),
        value=card.answer_id,
        fields=(
            Field(
                "words",
                FieldKind.LONG_TEXT,
                page.text("doubt_words"),
                hint=page.text("doubt_hint", dimension=in_language(card.dimension.name, words.language)),
                max_length=WORDS_LENGTH,
            ),
        ),
    )


@present.register
def _(card: AskToCheckForm, words: Words) -> Form:
    """Whom to ask."""
    page = words.page("evidence")
    return Form(
        form="ask_to_check",
        title=page.text("ask_title"),
        submit=page.text("ask_submit"),
        cancel=page.text("cancel"),
        value=card.answer_id,
        fields=(
            Field(
                "colleague",
                FieldKind.PERSON,
                page.text("ask_colleague"),
                hint=page.text("ask_hint", dimension=in_language(card.dimension.name, words.language)),
            ),
        ),
    )


@present.register
def _(card: DoubtedCard, words: Words) -> View:
    """Somebody looked, and it does not show the level; why, in their words."""
    page = words.page("evidence")
    names = {
        "project": card.project.name,
        "dimension": in_language(card.dimension.name, words.language),
        "checker": card.checker.name,
        "claimant": card.claimant.name,
        "level": card.answer.level,
    }
    parts: list[Part] = [
        Heading(page.text("doubted_title", project=card.project.name)),
        Paragraph(page.line("doubted", **names)),
        Paragraph(page.line("doubted_words", words=card.words)),
    ]
    if card.reader_id == card.answer.respondent_id:
        here = f"{card.answer.interview_id}|{card.answer.dimension_id}"
        parts.append(Buttons((Button(page.text("change_button"), "edit_answer", here),)))
    return View(text=page.text("doubted_summary", **names), parts=tuple(parts))
