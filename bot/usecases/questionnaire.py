"""The whole questionnaire as one form: what was filled in goes through the same machine, in one transaction."""

from collections.abc import Collection

from bot.chat.incoming import Command, Submit
from bot.readiness.assessment import Answer
from bot.readiness.cards import FormOffer
from bot.readiness.events import Asks, ChooseLevel, ConfirmUnchanged, Event, GiveNote, PassFollowUp, SayUnknown
from bot.readiness.follow_ups import called_for
from bot.readiness.framework import LEVELS
from bot.readiness.interview import Interview, Phase
from bot.readiness.interview_cards import OPEN, UNKNOWN, QuestionnaireForm, QuestionnaireRow
from bot.readiness.refusals import FieldsRefused, Refusal, Refused
from bot.readiness.transitions import FOLLOWING_UP
from bot.readiness.typed import understand
from bot.usecases import projects
from bot.usecases.answers import LINK_LENGTH, NOTE_LENGTH, Own, own_of, previous_answer
from bot.usecases.fields import word_of
from bot.usecases.follow_ups import link_events
from bot.usecases.interviews import current_interview
from bot.usecases.people import new_id
from bot.usecases.ports import Context
from bot.usecases.questions import owe_list
from bot.usecases.turns import held, take

MOST_ROWS = 20
"""Questions in one form; a modal holds 100 blocks and 250 kB, and nobody fills in more at a time."""


def asked_form(context: Context, command: Command) -> QuestionnaireForm:
    """The form of the actor's interview: of the named project, else the newest that waits."""
    return _form(context, interview_of(context, command))


def form(context: Context, interview_id: str) -> QuestionnaireForm:
    """The form of one interview. Raises Refused when it is not the actor's."""
    try:
        return _form(context, context.tx.interviews.get(interview_id))
    except KeyError:
        raise Refused(Refusal.UNKNOWN_PRESS) from None


def offer(context: Context, command: Command) -> FormOffer:
    """No form opens on spoken words; a button does it."""
    return FormOffer("questionnaire", interview_of(context, command).id)


def interview_of(context: Context, command: Command) -> Interview:
    """The actor's interview in the latest assessment of the named project; without a name, the one that waits."""
    if not command.text and command.spot.direct:
        interview = current_interview(context) or context.tx.interviews.latest_of(context.actor.id)
    else:
        project = projects.named(context, command)
        latest = context.tx.assessments.latest_of(project.id)
        theirs = context.tx.interviews.of_assessment(latest.id) if latest else ()
        interview = next((each for each in theirs if each.respondent_id == context.actor.id), None)
    if interview is None:
        raise Refused(Refusal.NO_INTERVIEW)
    return interview


def level_field(dimension_id: str) -> str:
    """The id of the field that takes a dimension's level."""
    return f"level:{dimension_id}"


def words_field(dimension_id: str) -> str:
    """The id of the field that takes a dimension's link or note."""
    return f"words:{dimension_id}"


def submit(context: Context, submitted: Submit) -> None:
    """Record what was changed. Raises FieldsRefused with every fault at its field; the form keeps what was written."""
    own = held(context, submitted.value)
    rows = {row.dimension.id: row for row in _rows(context, own)}
    faults: dict[str, str] = {}
    events: list[Event] = []
    given: list[str] = []
    # The question on screen comes last: answering it moves the interview on, once.
    for dimension_id, row in sorted(rows.items(), key=lambda each: each[0] == own.interview.current):
        chosen = word_of(submitted.fields, level_field(dimension_id))
        words = word_of(submitted.fields, words_field(dimension_id))
        faults |= _faults(dimension_id, chosen, words)
        made = _events(row, chosen, words)
        given += [dimension_id] * bool(made)
        events += made
    if faults:
        raise FieldsRefused(faults)
    if events:
        # What the answer on screen still called for goes on the list with the rest: else it would hold up the end.
        events += _passed(own.interview, given)
    own = take(context, own, *events, ask_more=False)
    if any(_calls_for_more(own, dimension_id) for dimension_id in given):
        owe_list(context, own.interview, new_id(), is_new=True)


def _form(context: Context, interview: Interview) -> QuestionnaireForm:
    if interview.respondent_id != context.actor.id:
        raise Refused(Refusal.NOT_YOUR_INTERVIEW)
    project = context.tx.projects.get(interview.project_id)
    if interview.phase is Phase.CLOSED or project.archived_at is not None:
        raise Refused(Refusal.INTERVIEW_CLOSED, project=project.name)
    rows = _rows(context, own_of(context, interview, project))
    own = [each for each in interview.questions if each not in interview.handed]
    return QuestionnaireForm(project, interview, rows, more=len(own) - len(rows))


def _rows(context: Context, own: Own) -> tuple[QuestionnaireRow, ...]:
    """The open questions first, then what was answered, as many as fit."""
    interview = own.interview
    questions = [each for each in interview.questions if each not in interview.handed]
    # Before a project's first result there is no last time to look for.
    unsaid = {each for each in questions if each not in own.given} if own.project.summary else set()
    first = sorted(questions, key=lambda each: each in own.given)[:MOST_ROWS]
    return tuple(
        QuestionnaireRow(
            dimension=own.framework.dimension(dimension_id),
            answer=own.given.get(dimension_id),
            previous=previous_answer(context, interview, dimension_id) if dimension_id in unsaid else None,
            note=interview.noted(dimension_id),
        )
        for dimension_id in first
    )


def _faults(dimension_id: str, chosen: str, words: str) -> dict[str, str]:
    faults = {}
    if chosen not in {"", UNKNOWN, OPEN, *(str(level) for level in LEVELS)}:
        faults[level_field(dimension_id)] = "unknown_choice"
    link = understand(words).link
    if link and len(link) > LINK_LENGTH:
        faults[words_field(dimension_id)] = "link_too_long"
    elif len(words) > NOTE_LENGTH:
        faults[words_field(dimension_id)] = "note_too_long"
    return faults


def _events(row: QuestionnaireRow, chosen: str, words: str) -> list[Event]:
    """What the two fields of a question say beyond what stood there.

    Last time's answer left as it was is *unchanged*. Words without a level wait for it, as they do in the interview.
    """
    dimension_id = row.dimension.id
    said_words = words if words != row.words.strip() else ""
    is_level, is_new = chosen.isdecimal(), chosen != row.chosen
    if row.answer is None and row.previous is not None and is_level:
        # The words that stood there are part of the answer; taken away, it is a new one without them.
        if not is_new and (words or not row.words):
            return [ConfirmUnchanged(dimension_id), *_told(dimension_id, said_words)]
        return [ChooseLevel(dimension_id, int(chosen)), *_told(dimension_id, words)]
    if chosen == UNKNOWN and is_new:
        return [SayUnknown(dimension_id), *_told(dimension_id, said_words)]
    if is_level and is_new:
        return [ChooseLevel(dimension_id, int(chosen)), *_told(dimension_id, said_words)]
    if chosen == UNKNOWN and row.answer is None and row.previous is not None:
        return [ConfirmUnchanged(dimension_id)]
    if row.answer is None:
        # Words without a level are a note that waits for it, a link among them or not.
        return [GiveNote(dimension_id, said_words)] if said_words else []
    return _told(dimension_id, said_words)


def _told(dimension_id: str, words: str) -> list[Event]:
    if not words:
        return []
    return link_events(dimension_id, words) or [GiveNote(dimension_id, words)]


def _passed(interview: Interview, given: Collection[str]) -> list[Event]:
    waits = interview.phase in FOLLOWING_UP and interview.current not in given
    if not waits or interview.current is None or interview.wanted[0].asks is Asks.CHECK:
        return []
    return [PassFollowUp(interview.current, interview.wanted[0].id)]


def _calls_for_more(own: Own, dimension_id: str) -> bool:
    answer: Answer | None = own.given.get(dimension_id)
    project = own.project
    return answer is not None and bool(
        called_for(own.framework, answer, project.exposure, project.target, others=own.all)
    )
