"""Pages of evidence that grows old: the warning, word of what fell, and a link that is still true."""

from bot.chat.plain import plain_line
from bot.chat.view import Bullets, Button, Buttons, Heading, Line, Note, Paragraph, Part, Span, Style, View
from bot.readiness.assessment import EvidenceStrength
from bot.readiness.evidence_cards import AgedLine, AgesCard, FellCard, StillTrueCard
from bot.readiness.framework import in_language
from bot.wording.dates import full_date
from bot.wording.engine import Page, Words
from bot.wording.markup import Link
from bot.wording.pages.presenting import present

SHOWN = 10
"""Pieces of evidence in one message; each may take a row of buttons."""


@present.register
def _(card: AgesCard, words: Words) -> View:
    """What will be too old, what rests on it, and the press that renews it."""
    page = words.page("ageing")
    scorecard, title = card.scorecard, page.text("ages_title", project=card.project.name)
    facts = {"project": card.project.name, "stage": scorecard.stage, "next": scorecard.next_stage}
    if card.then is None:
        rests = page.line("ages_done")
    elif card.then < scorecard.stage:
        rests = page.line("ages_stage", **facts, then=card.then)
    else:
        rests = page.line("ages_move", **facts)
    parts: list[Part] = [Heading(title), Paragraph(rests)]
    for line in card.lines[:SHOWN]:
        parts += _piece(line, "will", card.zone, words, page, own=True)
    if card.then is not None:
        parts.append(Note(page.line("ages_note")))
    return View(text=title, parts=(*parts, *_ending(len(card.lines), card.project.id, words, page)))


@present.register
def _(card: FellCard, words: Words) -> View:
    """What is too old, what became of the stage, and the press that renews it for whoever gave it."""
    page = words.page("ageing")
    title = page.text("fell_title", project=card.project.name)
    slot = "fell_stage" if card.scorecard.stage < card.before.stage else "fell_same"
    name = in_language(card.framework.stage(card.scorecard.stage).name, words.language)
    facts = {"stage": card.scorecard.stage, "before": card.before.stage, "stage_name": name}
    parts: list[Part] = [Heading(title), Paragraph(page.line(slot, project=card.project.name, **facts))]
    for line in card.lines[:SHOWN]:
        own = line.claimant.id == card.reader_id
        parts += _piece(line, "fell", card.zone, words, page, own=own)
    if any(line.claimant.id != card.reader_id for line in card.lines):
        parts.append(Note(page.line("fell_note")))
    return View(text=title, parts=(*parts, *_ending(len(card.lines), card.project.id, words, page)))


@present.register
def _(card: StillTrueCard, words: Words) -> View:
    """Until when the link counts now."""
    said = words.page("ageing").line(
        "still_true",
        project=card.project.name,
        dimension=in_language(card.dimension.name, words.language),
        until=full_date(card.until, words.language, card.zone),
        rescored=card.rescored,
    )
    return View(text=plain_line(said), parts=(Paragraph(said),))


def aged_parts(lines: tuple[AgedLine, ...], words: Words) -> tuple[Part, ...]:
    """What a channel learns of evidence that is too old: where, whose and since when, without the links themselves."""
    if not lines:
        return ()
    page = words.page("ageing")
    bullets = Bullets(tuple(_said(line, "fell", "UTC", words, page, linked=False) for line in lines))
    return Paragraph(page.line("alert_title")), bullets, Note(page.line("alert_note"))


def evidence_button(project_id: str, words: Words) -> Button:
    """To the links of a project; a reader finds their own there, to be renewed."""
    return Button(words.page("ageing").text("evidence_button"), "evidence", project_id)


def still_true_button(answer_id: str, words: Words) -> Button:
    """For whoever gave a link."""
    return Button(words.page("ageing").text("still_true_button"), "still_true", answer_id, Style.PRIMARY)


def _piece(line: AgedLine, tense: str, zone: str, words: Words, page: Page, *, own: bool) -> tuple[Part, ...]:
    said = Paragraph(_said(line, tense, zone, words, page))
    if not own or line.renewed:
        return (said,)
    answer = line.fall.answer
    change = Button(page.text("change_button"), "edit_answer", f"{answer.interview_id}|{answer.dimension_id}")
    if line.fall.left is EvidenceStrength.LINKED:
        return said, Buttons((Button(page.text("ask_button"), "ask_to_check", answer.id, Style.PRIMARY), change))
    if line.fall.left is None:
        return said, Buttons((change,))
    return said, Buttons((still_true_button(answer.id, words), change))


def _said(line: AgedLine, tense: str, zone: str, words: Words, page: Page, *, linked: bool = True) -> Line:
    answer = line.fall.answer
    evidence, language = answer.evidence, words.language
    checked = evidence.verified_at or answer.answered_at
    said = page.line(
        f"{tense}_{line.fall.left.value if line.fall.left else 'excluded'}",
        dimension=in_language(line.dimension.name, language),
        level=answer.level,
        person=line.claimant.name,
        given=full_date(evidence.given_at or answer.answered_at, language, zone),
        checker=line.checker.name if line.checker else "",
        checked=full_date(checked, language, zone),
        date=full_date(line.fall.at, language, zone),
        link=Link(evidence.link, page.text("link_text")) if linked and evidence.link else "",
    )
    return (*said, Span(" "), *page.line("renewed")) if line.renewed else said


def _ending(count: int, project_id: str, words: Words, page: Page) -> tuple[Part, ...]:
    more = (Paragraph(page.line("more", count=count - SHOWN)),) if count > SHOWN else ()
    status = Button(words.page("result").text("status_button"), "status", project_id)
    return *more, Buttons((evidence_button(project_id, words), status))
