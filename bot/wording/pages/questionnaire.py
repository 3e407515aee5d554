"""Pages of an interview as a whole: all its questions in one form, all its answers in one list."""

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
    Line,
    Note,
    Option,
    Paragraph,
    Part,
    View,
)
from bot.readiness.assessment import Answer, AnswerKind
from bot.readiness.framework import Dimension, in_language
from bot.readiness.interview import Phase
from bot.readiness.interview_cards import OPEN, UNKNOWN, OwnAnswersCard, QuestionnaireForm, QuestionnaireRow
from bot.wording.engine import Page, Words
from bot.wording.markup import Link
from bot.wording.pages.presenting import present
from bot.wording.pages.said import facts_in_short, reason_of, short

LONGEST_WORDS = 3000
MOST_ROWS = 40
"""Answers in one message; it holds 50 blocks."""


@present.register
def _(card: QuestionnaireForm, words: Words) -> Form:
    """A level and a link or note for every question; what is known stands there."""
    page = words.page("questionnaire")
    fields = tuple(field for row in card.rows for field in _fields(row, words, page))
    intro = [Paragraph(page.line("intro", project=card.project.name))]
    if any(row.answer is None and row.previous is not None for row in card.rows):
        intro.append(Paragraph(page.line("intro_before")))
    more = (Note(page.line("more", count=card.more)),) if card.more else ()
    return Form(
        form="questionnaire",
        title=page.text("form_title"),
        submit=page.text("form_submit"),
        cancel=page.text("form_cancel"),
        value=card.interview.id,
        fields=fields,
        intro=(*intro, *more),
    )


def _fields(row: QuestionnaireRow, words: Words, page: Page) -> tuple[Field, Field]:
    dimension, language = row.dimension, words.language
    options = tuple(
        Option(page.text("level", number=level.number, label=in_language(level.label, language)), str(level.number))
        for level in dimension.levels
    )
    beside = (Option(page.text("unknown"), UNKNOWN), Option(page.text("open"), OPEN))
    name = in_language(dimension.name, language)
    return (
        Field(
            f"level:{dimension.id}",
            FieldKind.SELECT,
            name,
            in_language(dimension.question, language),
            required=False,
            initial=row.chosen or None,
            options=(*options, *beside),
        ),
        Field(
            f"words:{dimension.id}",
            FieldKind.LONG_TEXT,
            page.text("words", dimension=name),
            required=False,
            initial=row.words or None,
            max_length=LONGEST_WORDS,
        ),
    )


@present.register
def _(card: OwnAnswersCard, words: Words) -> View:
    """Each answer in one line with its way to another; after the deadline they can only be read."""
    page, name = words.page("questionnaire"), card.project.name
    is_closed = card.interview.phase is Phase.CLOSED or card.project.archived_at is not None
    rows: list[Part] = []
    for dimension, answer in card.rows[:MOST_ROWS]:
        said = _said(dimension, answer, words, page)
        if is_closed:
            rows.append(Paragraph(said))
            continue
        label = page.text("change_button" if answer else "answer_button")
        rows.append(Choices("edit_answer", (Choice(label, plain_line(said), f"{card.interview.id}|{dimension.id}"),)))
    given = sum(answer is not None for _, answer in card.rows)
    form = Button(page.text("form_button"), "questionnaire", card.interview.id)
    status = Button(page.text("status_button"), "status", card.project.id)
    return View(
        text=page.text("answers_summary", project=name, given=given, total=len(card.rows)),
        parts=(
            Heading(page.text("answers_title", project=name)),
            Note(page.line("answers_closed" if is_closed else "answers_body", given=given, total=len(card.rows))),
            *rows,
            Buttons((status,) if is_closed else (form, status)),
        ),
    )


def _said(dimension: Dimension, answer: Answer | None, words: Words, page: Page) -> Line:
    name, language = in_language(dimension.name, words.language), words.language
    if answer is None:
        return page.line("answer_open", dimension=name)
    if answer.kind is AnswerKind.UNKNOWN:
        return page.line("answer_unknown", dimension=name)
    if answer.kind is AnswerKind.NOT_APPLICABLE:
        reason = reason_of(answer, dimension, words, words.page("question"))
        return page.line("answer_not_applicable", dimension=name, reason=short(reason))
    assert answer.level is not None, answer.id
    return page.line(
        "answer_level",
        dimension=name,
        number=answer.level,
        label=in_language(dimension.level(answer.level).label, language),
        link=Link(answer.evidence.link, answer.evidence.link) if answer.evidence.link else "",
        told=facts_in_short(dimension, answer, words),
        note=short(answer.note),
    )
