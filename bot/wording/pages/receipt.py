"""The page of a stage's proof: the rule that caps it, and every answer with its author, date and evidence."""

from bot.chat.view import Bullets, Button, Buttons, Divider, Heading, Line, Note, Paragraph, Part, Span, View
from bot.readiness.assessment import AnswerKind, EvidenceStrength
from bot.readiness.framework import Dimension, in_language
from bot.readiness.ownership import Lowered, Lowering
from bot.readiness.project_cards import ReceiptCard
from bot.readiness.receipts import AnswerLine, Cap, DimensionLine, Rule, Short
from bot.wording.dates import short_date
from bot.wording.engine import Page, Words
from bot.wording.markup import Link
from bot.wording.pages.frameworks import outdated_parts
from bot.wording.pages.presenting import present
from bot.wording.pages.results import stage_name
from bot.wording.pages.said import facts_in_short
from bot.wording.pages.traps import trap_parts

NOTE_SHOWN = 200
"""Characters of a note that a receipt quotes."""


@present.register
def _(card: ReceiptCard, words: Words) -> View:
    """The rule in words, what is short with the answers behind it, then all answers in the framework's order."""
    page = words.page("receipt")
    proof, name = card.receipt, card.project.name
    parts: list[Part] = [
        Heading(page.text("title", project=name, stage=proof.stage)),
        *rule_parts(card, words),
    ]
    parts += trap_parts(card.traps, words, card.zone)
    parts += [Divider(), Paragraph(page.line("answers_title"))]
    parts.append(Bullets(tuple(said for line in proof.lines for said in _said(card, line, words, page))))
    if card.so_far:
        parts.append(Note(page.line("so_far")))
    parts += outdated_parts(card.outdated, words)
    status = Button(words.page("status").text("status_button"), "status", card.project.id)
    links = any(answer.link for line in proof.lines for answer in line.answers)
    check = (Button(page.text("evidence_button"), "evidence", card.project.id),) if links else ()
    profile = () if card.so_far else (Button(page.text("profile_button"), "profile", card.project.id),)
    buttons = Buttons((*_agreements(card, words, page), *check, *profile, status))
    return View(text=page.text("summary", project=name, stage=proof.stage), parts=(*parts, buttons))


def rule_parts(card: ReceiptCard, words: Words) -> tuple[Part, ...]:
    """The rule in words, the lines that cap the stage with what is short there, and what lowers a rating."""
    page = words.page("receipt")
    rule = Paragraph(page.line("rule", exposure=card.receipt.exposure, readiness=card.receipt.readiness))
    caps = (part for cap in card.receipt.caps for part in _cap(card, cap, words, page))
    return (rule, *caps, *(Paragraph(_lowered(card, each, words, page)) for each in card.lowered))


def _lowered(card: ReceiptCard, each: Lowered, words: Words, page: Page) -> Line:
    """What lowers a rating whatever was said: the fields people differ on, or the questions nobody answers."""
    dimension = card.framework.dimension(each.dimension_id)
    if each.reason is Lowering.OWNERS_DIFFER:
        fields = {name: text for follow_up in dimension.follow_ups for name, text in follow_up.fields.items()}
        about = [in_language(fields[name], words.language) for name in each.about if name in fields]
    else:
        about = [in_language(card.framework.dimension(other).name, words.language) for other in each.about]
    name = in_language(dimension.name, words.language)
    return page.line(f"lowered_{each.reason.value}", dimension=name, at_most=each.at_most, about=", ".join(about))


def _agreements(card: ReceiptCard, words: Words, page: Page) -> list[Button]:
    """A button for each *does not apply* that waits for a second person, where the reader may be that person."""
    return [
        Button(
            page.text("agree_button", dimension=in_language(dimension.name, words.language)), "agree", answer.answer_id
        )
        for line in card.receipt.lines
        for answer in line.answers
        if answer.kind is AnswerKind.NOT_APPLICABLE
        and answer.approved_by is None
        and answer.respondent_id != card.reader_id
        and (dimension := card.framework.dimension(line.dimension_id)).may_be_not_applicable
    ]


def _cap(card: ReceiptCard, cap: Cap, words: Words, page: Page) -> tuple[Part, ...]:
    """One rule line; with the bars come the dimensions that miss them, and whose answers those are."""
    stage = {"stage": cap.stage, "stage_name": stage_name(card.framework, cap.stage, words)}
    rule = Paragraph(page.line(f"cap_{cap.rule.value}", **stage))
    if cap.rule is not Rule.BARS:
        return (rule,)
    lines = {line.dimension_id: line for line in card.receipt.lines}
    short = []
    for each in card.receipt.short:
        sources = _answers(card, lines[each.dimension_id], words, page, "source")
        said = tuple(span for source in sources for span in (Span("\n"), *source))
        short.append((*_short(card, each, cap.stage, words, page), *said))
    return rule, Bullets(tuple(short))


def _short(card: ReceiptCard, short: Short, stage: int, words: Words, page: Page) -> Line:
    return page.line(
        f"short_{short.why.value}",
        dimension=in_language(card.framework.dimension(short.dimension_id).name, words.language),
        stage=stage,
        bar=short.bar,
        claimed=short.claimed,
        effective=short.effective,
        levels=", ".join(str(level) for level in short.contested),
        strength=page.text(f"strength_{short.strength.value}") if short.strength else "",
        carried_by=short.carried_by.value,
    )


def _said(card: ReceiptCard, line: DimensionLine, words: Words, page: Page) -> tuple[Line, ...]:
    if line.answers:
        return _answers(card, line, words, page, "answer")
    name = in_language(card.framework.dimension(line.dimension_id).name, words.language)
    return (page.line("not_answered", dimension=name),)


def _answers(card: ReceiptCard, line: DimensionLine, words: Words, page: Page, slot: str) -> tuple[Line, ...]:
    """Every answer for a dimension; the note is the person's own words."""
    dimension = card.framework.dimension(line.dimension_id)
    made = []
    for each in line.answers:
        person = card.people.get(each.respondent_id)
        note = " ".join(card.answers[each.answer_id].note.split())
        made.append(
            page.line(
                slot,
                dimension=in_language(dimension.name, words.language),
                said=claim(each, dimension, line, words, page),
                person=person.name if person else each.respondent_id,
                date=short_date(each.answered_at, words.language, card.zone),
                unchanged=each.unchanged,
                counted=each.counted,
                link=Link(each.link, page.text("link_text")) if each.link else "",
                evidence=_evidence(card, each, words, page) if slot == "answer" else "",
                told=facts_in_short(dimension, card.answers[each.answer_id], words),
                note=note if len(note) <= NOTE_SHOWN else f"{note[: NOTE_SHOWN - 1]}…",
            )
        )
    return tuple(made)


def _evidence(card: ReceiptCard, answer: AnswerLine, words: Words, page: Page) -> str:
    """What stands behind a link: a check, a doubt, or the age that took its worth."""
    if not answer.link:
        return ""
    checker = card.people.get(answer.verified_by or "")
    dates = {
        "given": short_date(answer.given_at, words.language, card.zone),
        "checked": short_date(answer.verified_at or answer.given_at, words.language, card.zone),
        "checker": checker.name if checker else "",
    }
    if answer.worth is EvidenceStrength.VERIFIED:
        return page.text("evidence_verified", **dates)
    if answer.strength is EvidenceStrength.ASSERTED:
        return page.text("evidence_doubted")
    if answer.worth is not answer.strength:
        return page.text(f"evidence_aged_{answer.worth.value}", **dates)
    return ""


def claim(answer: AnswerLine, dimension: Dimension, line: DimensionLine, words: Words, page: Page) -> str:
    """What was said, in a few words; `page` is the template `receipt`."""
    if answer.level is not None:
        label = in_language(dimension.level(answer.level).label, words.language)
        return page.text("level", number=answer.level, label=label)
    if answer.kind is AnswerKind.NOT_APPLICABLE:
        return page.text("excluded" if line.excluded else "not_applicable")
    return page.text("unknown")
