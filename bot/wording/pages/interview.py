"""Pages of an interview: its questions in every state, and its end."""

from collections.abc import Callable, Mapping

from bot.chat.plain import plain_line
from bot.chat.view import (
    Bullets,
    Button,
    Buttons,
    Choice,
    Choices,
    Heading,
    Line,
    Note,
    Paragraph,
    Part,
    Style,
    View,
)
from bot.readiness.assessment import Answer, AnswerKind
from bot.readiness.cards import Done, InterviewOverCard, QuestionCard, QuestionState, StartedCard, WhyAsked
from bot.readiness.framework import in_language
from bot.readiness.matching import Proposal
from bot.wording.dates import short_date
from bot.wording.engine import Page, Words
from bot.wording.markup import Mention
from bot.wording.pages import follow_ups
from bot.wording.pages.links import lost_link
from bot.wording.pages.presenting import present
from bot.wording.pages.said import edit_button, what_was_said
from bot.wording.pages.schedule import reach_parts


@present.register
def _(card: QuestionCard, words: Words) -> View:
    """A question, as it stands now."""
    page = words.page("question")
    dimension = in_language(card.dimension.name, words.language)
    position, total = card.interview.position(card.dimension.id)
    summary = page.text("summary", project=card.project.name, dimension=dimension, position=position, total=total)
    return View(text=summary, parts=_STATES[card.state](card, words, page))


def _asked(card: QuestionCard, words: Words, page: Page) -> tuple[Part, ...]:
    language = words.language
    dimension = card.dimension
    position, total = card.interview.position(dimension.id)
    barrier = card.barrier
    parts: list[Part] = [
        Note(page.line("place", project=card.project.name, position=position, total=total, matter=_matter(card))),
        Heading(page.text("title", dimension=in_language(dimension.name, language))),
        Paragraph(page.line("ask", question=in_language(dimension.question, language))),
        Note(
            page.line(
                "why_short", barrier=in_language(barrier.name, language), reason=in_language(barrier.text, language)
            )
        ),
    ]
    parts += _came(card, words, page)
    parts += follow_ups.doubted(card, words)
    if card.said_before and card.answer:
        parts.append(Paragraph(_answer_line(card.answer, card, words, "said_before")))
    elif card.previous:
        parts.append(Paragraph(_answer_line(card.previous, card, words, "previous")))
        parts += lost_link(card, words)
    if card.note:
        parts.append(Note(page.line("noted", note=card.note)))
    if card.proposal:
        parts += _proposal(card, card.proposal, words, page)
    parts.append(_levels(card, words, page))
    parts.append(Buttons(_asked_buttons(card, page)))
    if card.may_stop:
        parts.append(Paragraph(page.line("may_stop")))
        parts.append(Buttons((Button(page.text("stop_button"), "stop", card.interview.id, Style.PRIMARY),)))
    parts.append(Note(page.line("hint")))
    return tuple(parts)


def _came(card: QuestionCard, words: Words, page: Page) -> list[Part]:
    """Who handed the question over, or could not answer it either, and what they said."""
    if card.handed is None:
        return []
    slot = "came_back" if card.handed.returned else "came"
    date = short_date(card.handed.at, words.language, card.zone)
    parts: list[Part] = [Paragraph(page.line(slot, name=card.handed.other.name, date=date))]
    if card.handed.words:
        parts.append(Paragraph(page.line("came_words", words=card.handed.words)))
    return parts


def _handed(card: QuestionCard, words: Words, page: Page) -> tuple[Part, ...]:
    """Gone to a colleague; the respondent may still answer it."""
    said = page.line(
        "handed",
        project=card.project.name,
        dimension=in_language(card.dimension.name, words.language),
        name=Mention(card.handed.other.account, card.handed.other.name) if card.handed else "",
    )
    # Neither a choice nor a note: those are plain text, and a colleague may be known by account only.
    return (Paragraph(said), Buttons((edit_button(card, page, "answer_button"),)))


def _matter(card: QuestionCard) -> str:
    """How many open questions still matter, where that is fewer than are open."""
    return str(card.matter) if 0 < card.matter < card.left else ""


def _proposal(card: QuestionCard, proposal: Proposal, words: Words, page: Page) -> tuple[Part, ...]:
    """The level that the words fit, why, and the press that makes it the answer: the same as the level's own."""
    level = card.dimension.level(proposal.level)
    statement = in_language(level.statement, words.language)
    value = f"{card.interview.id}|{card.dimension.id}|{level.number}"
    return (
        Paragraph(page.line("sounds_like", number=level.number, statement=statement)),
        Note(page.line("because", quotes=proposal.because)),
        Buttons((Button(page.text("confirm_button", number=level.number), "answer", value, Style.PRIMARY),)),
    )


def _levels(card: QuestionCard, words: Words, page: Page) -> Choices:
    chosen = card.answer.level if card.answer and card.answer.kind is AnswerKind.LEVEL else None
    return Choices(
        press="answer",
        choices=tuple(
            Choice(
                label=page.text("level_button", number=level.number),
                statement=page.text(
                    "level_statement",
                    number=level.number,
                    statement=in_language(level.statement, words.language),
                ),
                value=f"{card.interview.id}|{card.dimension.id}|{level.number}",
                chosen=level.number == chosen,
            )
            for level in card.dimension.levels
        ),
    )


def _asked_buttons(card: QuestionCard, page: Page) -> tuple[Button, ...]:
    interview, dimension = card.interview.id, card.dimension
    here = f"{interview}|{dimension.id}"
    buttons = []
    if card.previous and not card.said_before:
        buttons.append(
            Button(page.text("unchanged_button"), "unchanged", here, Style.PLAIN if card.proposal else Style.PRIMARY)
        )
    buttons.append(Button(page.text("unknown_button"), "unknown", here))
    if dimension.may_be_not_applicable:
        buttons.append(Button(page.text("not_applicable_button"), "not_applicable", here))
    if not card.said_before:
        may_return = card.handed is not None and card.handed.may_return
        if may_return:
            buttons.append(Button(page.text("give_back_button"), "return_question", here))
        buttons.append(Button(page.text("hand_on_button" if may_return else "hand_over_button"), "hand_over", here))
    # Going on leaves an answer that was given before as it is.
    buttons.append(Button(page.text("keep_button" if card.said_before else "skip_button"), "skip", here))
    if card.interview.position(dimension.id)[0] > 1:
        buttons.append(Button(page.text("back_button"), "back", here))
    buttons.append(Button(page.text("pause_button"), "pause", interview))
    buttons.append(Button(page.text("why_button"), "why_asked", dimension.id))
    if not card.interview.answered and not card.interview.skipped and card.interview.position(dimension.id)[1] > 1:
        buttons.append(Button(page.text("form_button"), "questionnaire", interview))
    return tuple(buttons)


def _answered(card: QuestionCard, words: Words, page: Page) -> tuple[Part, ...]:
    said, *more = what_was_said(card, words, page)
    return (_beside(said, edit_button(card, page, "edit_button")), *more)


def _beside(said: Part, button: Button) -> Part:
    """A line with its button at the end: a day's answers stay short on the screen."""
    assert isinstance(said, Paragraph | Note), said
    return Choices(button.press, (Choice(button.label, plain_line(said.line), button.value),))


def _explaining(card: QuestionCard, words: Words, page: Page) -> tuple[Part, ...]:
    dimension = card.dimension
    here = f"{card.interview.id}|{dimension.id}"
    reasons = tuple(
        Button(in_language(text, words.language), "reason", f"{here}|{code}")
        for code, text in dimension.not_applicable_reasons.items()
    )
    name = in_language(dimension.name, words.language)
    return (
        Paragraph(page.line("explain", dimension=name, project=card.project.name)),
        Buttons((*reasons, edit_button(card, page, "back_button"))),
    )


def _one_line(slot: str, button: str | None = None) -> Callable[[QuestionCard, Words, Page], tuple[Part, ...]]:
    def render(card: QuestionCard, words: Words, page: Page) -> tuple[Part, ...]:
        said = page.line(slot, project=card.project.name, dimension=in_language(card.dimension.name, words.language))
        return (_beside(Note(said), edit_button(card, page, button)),) if button else (Note(said),)

    return render


def _paused(card: QuestionCard, words: Words, page: Page) -> tuple[Part, ...]:
    position, total = card.interview.position(card.dimension.id)
    name = in_language(card.dimension.name, words.language)
    resume = Button(page.text("resume_button"), "resume", card.interview.id, Style.PRIMARY)
    return (
        Paragraph(page.line("paused", project=card.project.name, dimension=name, position=position, total=total)),
        Buttons((resume,)),
    )


_STATES: Mapping[QuestionState, Callable[[QuestionCard, Words, Page], tuple[Part, ...]]] = {
    QuestionState.ASKED: _asked,
    QuestionState.EXPLAINING: _explaining,
    QuestionState.PROVING: follow_ups.proving,
    QuestionState.TELLING: follow_ups.telling,
    QuestionState.PROMISING: follow_ups.promising,
    QuestionState.CHECKING: follow_ups.checking,
    QuestionState.ANSWERED: _answered,
    QuestionState.SKIPPED: _one_line("skipped", "answer_button"),
    QuestionState.LEFT: _one_line("left", "answer_button"),
    QuestionState.HANDED: _handed,
    QuestionState.PAUSED: _paused,
    QuestionState.ASKED_AGAIN: _one_line("asked_again"),
    QuestionState.CLOSED: _one_line("closed"),
}


def _answer_line(answer: Answer, card: QuestionCard, words: Words, slot: str) -> Line:
    page = words.page("question")
    date = {"date": short_date(answer.answered_at, words.language, card.zone)} if slot == "previous" else {}
    if answer.kind is AnswerKind.LEVEL and answer.level is not None:
        label = in_language(card.dimension.levels[answer.level].label, words.language)
        return page.line(slot, label=f"{page.text('level_button', number=answer.level)}, {label}", **date)
    return page.line(f"{slot}_{answer.kind.value}", **date)


@present.register
def _(card: WhyAsked, words: Words) -> View:
    """Why a question matters, with the questions that help to choose."""
    page = words.page("question")
    language = words.language
    title = page.text("why_asked_title", dimension=in_language(card.dimension.name, language))
    why = page.line(
        "why_asked", barrier=in_language(card.barrier.name, language), reason=in_language(card.barrier.text, language)
    )
    note = (
        (Note(page.line("noted_plain", note=in_language(card.dimension.note, language))),)
        if card.dimension.note
        else ()
    )
    return View(
        text=plain_line(why),
        parts=(
            Heading(title),
            Paragraph(why),
            Paragraph(page.line("probes_title")),
            Bullets(tuple(page.line("probe", text=in_language(probe, language)) for probe in card.dimension.probes)),
            *note,
        ),
    )


@present.register
def _(card: InterviewOverCard, words: Words) -> View:
    """Thanks, what is left open, and what comes next."""
    page = words.page("interview_over")
    interview, language = card.interview, words.language
    parts: list[Part] = [
        Heading(page.text("title")),
        Paragraph(
            page.line(
                "body",
                project=card.project.name,
                answered=len(card.answered),
                total=len(interview.questions) - len(card.handed),
            )
        ),
    ]
    if card.handed:
        gone = ", ".join(in_language(dimension.name, language) for dimension in card.handed)
        parts.append(Paragraph(page.line("handed", dimensions=gone)))
    buttons = []
    if card.skipped:
        names = ", ".join(in_language(dimension.name, language) for dimension in card.skipped)
        parts.append(Paragraph(page.line("skipped", dimensions=names)))
        buttons = [
            Button(
                page.text("answer_button", dimension=in_language(dimension.name, language)),
                "edit_answer",
                f"{interview.id}|{dimension.id}",
            )
            for dimension in card.skipped[:4]
        ]
    if card.waiting_for:
        parts.append(Paragraph(page.line("waiting", names=", ".join(person.name for person in card.waiting_for))))
    else:
        parts.append(Paragraph(page.line("scored")))
    if len(card.handed) < len(interview.questions):
        buttons.append(Button(page.text("back_button"), "back", f"{interview.id}|{interview.questions[-1]}"))
    buttons.append(Button(page.text("answers_button"), "own_answers", interview.id))
    buttons.append(Button(page.text("status_button"), "status", card.project.id))
    return View(text=page.text("summary", project=card.project.name), parts=(*parts, Buttons(tuple(buttons))))


@present.register
def _(card: StartedCard, words: Words) -> View:
    """Who was asked what, until when."""
    page = words.page("started")
    total = len({dimension.id for _, dimensions in card.asked for dimension in dimensions})
    asked = []
    for person, dimensions in card.asked:
        whole = len(dimensions) == total
        names = ", ".join(in_language(dimension.name, words.language) for dimension in dimensions)
        said = page.text("all", count=total) if whole else names
        asked.append(page.line("asked", name=Mention(person.account, person.name), dimensions=said))
    return View(
        text=page.text("summary", project=card.project.name),
        parts=(
            Heading(page.text("title", project=card.project.name)),
            Paragraph(page.line("body", deadline=short_date(card.deadline, words.language, card.zone))),
            Bullets(tuple(asked)),
            *reach_parts(card.hindered, words),
            Note(page.line("then")),
        ),
    )


@present.register
def _(card: Done, words: Words) -> View:
    """One short sentence."""
    named = {"name": Mention(card.person.account, card.person.name)} if card.person else {}
    said = words.page("done").line(card.act.value, **card.facts, **named)
    return View(text=plain_line(said), parts=(Paragraph(said),))
