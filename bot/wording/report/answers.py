"""The sections that rest on answers: why the stage is what it is, every answer, and what changed."""

from bot.chat.view import Bullets, Line, Note, Paragraph, Span
from bot.readiness.file_cards import ReportCard
from bot.readiness.framework import STAGES, Dimension, in_language
from bot.readiness.receipts import AnswerLine, DimensionLine
from bot.readiness.scoring import UNKNOWN, effective_level
from bot.wording.dates import full_date
from bot.wording.engine import Page, Words
from bot.wording.evidence import evidence
from bot.wording.pages.history import change_line
from bot.wording.pages.receipt import claim, rule_parts
from bot.wording.report.blocks import Block, Figure, Grid, Section, Subheading, as_blocks
from bot.wording.report.charted import aim, profile_of

GATES = STAGES[1:]
"""The stages that have bars."""


def why(card: ReportCard, words: Words) -> Section:
    """The rule that caps the stage, the profile as a picture and as a table."""
    page = words.page("report")
    picture = Figure(
        picture="profile",
        alternative=profile_of(card.proof, words).alternative,
        caption=page.text("profile_caption", stage=aim(card.proof)),
    )
    blocks: tuple[Block, ...] = (*as_blocks(rule_parts(card.proof, words)), picture, _levels(card, words, page))
    return Section("why", page.text("why_title"), (*blocks, Note(page.line("levels_note"))))


def _levels(card: ReportCard, words: Words, page: Page) -> Grid:
    stages = tuple(page.text("stage_column", stage=stage) for stage in GATES)
    columns = (page.text("dimension"), page.text("said_column"), page.text("counts_column"), *stages)
    return Grid(
        caption=page.text("levels_caption", stage=aim(card.proof)),
        columns=columns,
        rows=tuple(_level_row(card, line, words, page) for line in card.proof.receipt.lines),
        narrow=frozenset(range(1, len(columns))),
    )


def _level_row(card: ReportCard, line: DimensionLine, words: Words, page: Page) -> tuple[Line, ...]:
    """The level that each stage needs, with a sign: whether it holds at the level that counts."""
    dimension = card.framework.dimension(line.dimension_id)
    none = page.line("none")
    name = page.line("heading", project=in_language(dimension.name, words.language))
    if line.excluded:
        return (name, *(none for _ in range(2 + len(GATES))))
    bars = (
        page.line("holds" if holds(card, dimension, stage) else "short", need=dimension.bar(stage))
        if dimension.bar(stage)
        else none
        for stage in GATES
    )
    claimed = none if line.level is None else page.line("number", number=line.level)
    return (name, claimed, page.line("number", number=line.effective), *bars)


def holds(card: ReportCard, dimension: Dimension, stage: int) -> bool:
    """Whether a dimension reaches a stage's own bar; evidence may count for less at a higher stage."""
    rating = card.ratings.get(dimension.id, UNKNOWN)
    return effective_level(card.framework, dimension, rating, stage) >= dimension.bar(stage)


def answers(card: ReportCard, words: Words) -> Section:
    """Every answer with its author, date, evidence, note and facts, by dimension."""
    page = words.page("report")
    blocks: list[Block] = []
    for line in card.proof.receipt.lines:
        dimension = card.framework.dimension(line.dimension_id)
        blocks.append(Subheading(in_language(dimension.name, words.language)))
        if line.answers:
            blocks.append(Bullets(tuple(_answer(card, each, dimension, line, words) for each in line.answers)))
        else:
            blocks.append(Note(page.line("not_answered")))
    return Section("answers", page.text("answers_title"), tuple(blocks))


def _answer(card: ReportCard, answer: AnswerLine, dimension: Dimension, line: DimensionLine, words: Words) -> Line:
    page, people, whole = words.page("report"), card.proof.people, card.proof.answers[answer.answer_id]
    person, approver = people.get(answer.respondent_id), people.get(answer.approved_by or "")
    text = page.line(
        "answer",
        said=claim(answer, dimension, line, words, words.page("receipt")),
        person=person.name if person else answer.respondent_id,
        date=full_date(answer.answered_at, words.language, card.proof.zone),
        unchanged=answer.unchanged,
        counted=answer.counted,
        evidence=evidence(whole, words),
        approved_by=approver.name if approver else (answer.approved_by or ""),
    )
    note = whole.note.strip()
    labels = {field: label for each in dimension.follow_ups for field, label in each.fields.items()}
    facts = tuple(
        page.line("fact", label=in_language(labels[field], words.language) if field in labels else field, text=told)
        for field, told in whole.facts.items()
    )
    more = ((page.line("note", note=note), *facts)) if note else facts
    return (*text, *(span for each in more for span in (Span("\n"), *each)))


def changes(card: ReportCard, words: Words) -> Section | None:
    """What changed since the milestone before, and which answers did it; None for a first result."""
    if len(card.milestones) < 2:
        return None
    page, zone = words.page("report"), card.proof.zone
    before, after = card.milestones[-2], card.milestones[-1]
    date = full_date(before.taken_at, words.language, zone)
    since = page.line("since", date=date, before=before.scorecard.stage, after=after.scorecard.stage)
    if not card.changes:
        blocks: tuple[Block, ...] = (Paragraph(since), Paragraph(page.line("no_changes")))
        return Section("changes", page.text("changes_title"), blocks)
    lines = tuple(change_line(change, words, zone) for change in card.changes)
    return Section("changes", page.text("changes_title"), (Paragraph(since), Bullets(lines)))
