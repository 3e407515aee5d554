"""What somebody said about a question: the lines that an answered question, a follow-up and a list share."""

from bot.chat.view import Button, Line, Note, Paragraph, Part
from bot.readiness.assessment import Answer, AnswerKind
from bot.readiness.cards import QuestionCard
from bot.readiness.framework import Dimension, in_language
from bot.wording.dates import full_date
from bot.wording.engine import Page, Words
from bot.wording.markup import Link, Mention

FACT_SHOWN = 80
"""Characters of a fact that a line quotes; the form shows it whole."""


def edit_button(card: QuestionCard, page: Page, slot: str) -> Button:
    """The way to another answer."""
    return Button(page.text(slot), "edit_answer", f"{card.interview.id}|{card.dimension.id}")


def what_was_said(card: QuestionCard, words: Words, page: Page, *, with_counts: bool = True) -> tuple[Part, ...]:
    """The answer in one line, then what backs it, what it counts for, what was told with it."""
    assert card.answer is not None, card.interview.id
    answer, dimension = card.answer, card.dimension
    parts: list[Part] = [Paragraph(_answer(card, words, page))]
    if answer.evidence.link:
        parts.append(Note(page.line("linked", link=Link(answer.evidence.link, answer.evidence.link))))
    elif with_counts and card.counts_for is not None and answer.level and card.counts_for < answer.level:
        parts.append(Note(page.line("counts_less", counts=card.counts_for)))
    if told := facts_in_short(dimension, answer, words):
        parts.append(Note(page.line("told", facts=told)))
    if card.promised is not None:
        person, due = card.promised
        parts.append(
            Note(page.line("promised", name=Mention(person.account, person.name), day=full_date(due, words.language)))
        )
    # A reason in one's own words stands in the line already.
    if answer.note and not (answer.kind is AnswerKind.NOT_APPLICABLE and answer.reason == "other"):
        parts.append(Note(page.line("noted", note=answer.note)))
    return tuple(parts)


def facts_in_short(dimension: Dimension, answer: Answer, words: Words) -> str:
    """`Measure: churn rate; Target: 3 %`: the facts told with an answer, in the order of the fields."""
    return "; ".join(
        f"{in_language(label, words.language)}: {short(answer.facts[field])}"
        for follow_up in dimension.follow_ups
        for field, label in follow_up.fields.items()
        if answer.facts.get(field)
    )


def short(words: str, longest: int = FACT_SHOWN) -> str:
    """The beginning of somebody's words, on one line."""
    line = " ".join(words.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def reason_of(answer: Answer, dimension: Dimension, words: Words, page: Page) -> str:
    """Why a question does not apply, in the framework's words or the person's own."""
    text = dimension.not_applicable_reasons.get(answer.reason or "")
    return in_language(text, words.language) if text else answer.note or page.text("reason_other")


def _answer(card: QuestionCard, words: Words, page: Page) -> Line:
    assert card.answer is not None, card.interview.id
    answer, dimension = card.answer, card.dimension
    name = in_language(dimension.name, words.language)
    if answer.kind is AnswerKind.LEVEL and answer.level is not None:
        label = in_language(dimension.levels[answer.level].label, words.language)
        return page.line("answered_level", project=card.project.name, dimension=name, number=answer.level, label=label)
    if answer.kind is AnswerKind.UNKNOWN:
        return page.line("answered_unknown", project=card.project.name, dimension=name)
    reason = reason_of(answer, dimension, words, page)
    return page.line("answered_not_applicable", project=card.project.name, dimension=name, reason=reason)
