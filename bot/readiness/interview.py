"""The interview: one pure function over the table of `bot.readiness.transitions`.

`step(interview, event)` gives the interview after the event and the effects it asks for. The caller stores the effects
as answers and puts the questions; nothing here reads a clock, a database or a text.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.readiness.assessment import AnswerKind
from bot.readiness.events import (
    TURNED_DOWN,
    Annotate,
    Ask,
    Asks,
    Attach,
    Back,
    ChooseLevel,
    Close,
    ConfirmUnchanged,
    Detail,
    Doubt,
    Edit,
    Effect,
    Event,
    Finish,
    GiveFacts,
    GiveLink,
    GiveNote,
    GivePromise,
    GiveReason,
    HandOver,
    Outcome,
    PassFollowUp,
    Pause,
    Promise,
    Receive,
    Record,
    Refresh,
    Resume,
    SayNotApplicable,
    SayUnknown,
    Skip,
    Stop,
    TurnDown,
    Wanted,
)
from bot.readiness.refusals import Refusal, Refused
from bot.readiness.transitions import TRANSITIONS, Phase

__all__ = ["TRANSITIONS", "Interview", "Phase", "begin", "invited", "step"]


@dataclass(frozen=True, slots=True)
class Interview:
    """The conversation that fills one person's part of an assessment.

    questions   the dimension ids put to this person, in order
    current     the dimension asked now; None when finished or closed
    answered    the dimensions answered so far; `skipped` those passed over, `handed` those gone to somebody else
    again       answered ones that are to be put once more; `doubted` the checks that have been asked
    wanted      what the answer to the current question still calls for; the first is being asked
    passed      the follow-ups of the current question that were passed
    notes       words said about a dimension before its level was given, with TURNED_DOWN lines; see `noted`
    asked       how often each dimension was put: tells two askings of one question apart
    """

    id: str
    project_id: str
    assessment_id: str
    respondent_id: str
    questions: tuple[str, ...]
    opened_at: datetime
    phase: Phase = Phase.ASKING
    current: str | None = None
    answered: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
    handed: frozenset[str] = frozenset()
    again: frozenset[str] = frozenset()
    doubted: frozenset[str] = frozenset()
    wanted: tuple[Wanted, ...] = ()
    passed: frozenset[str] = frozenset()
    notes: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, int] = field(default_factory=dict)
    finished_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Finished by its respondent, or closed from outside."""
        return self.phase in (Phase.FINISHED, Phase.CLOSED)

    def position(self, dimension_id: str) -> tuple[int, int]:
        """Which question this is, counted from 1, and of how many."""
        return self.questions.index(dimension_id) + 1, len(self.questions)

    def noted(self, dimension_id: str) -> str:
        """The words said about a dimension before its level was given, as they are shown and kept."""
        lines = self.notes.get(dimension_id, "").split("\n")
        return "\n".join(line for line in lines if line != TURNED_DOWN)

    def open_questions(self) -> tuple[str, ...]:
        """The questions that are still to be put, in order: those to be put again, then those never answered."""
        again = [q for q in self.questions if q in self.again]
        gone = self.answered | self.skipped | self.handed
        return (*again, *(q for q in self.questions if q not in gone))


def step(interview: Interview, event: Event) -> tuple[Interview, Outcome]:
    """The interview after the event, and what to do about it.

    Raises Refused when the table has no such row, or the event names a question that is not put to this respondent.
    """
    allowed = TRANSITIONS.get((interview.phase, type(event)))
    if allowed is None:
        closed = interview.phase is Phase.CLOSED
        raise Refused(Refusal.INTERVIEW_CLOSED if closed else Refusal.NOT_POSSIBLE_NOW, phase=interview.phase.value)
    dimension_id = getattr(event, "dimension_id", None)
    if dimension_id is not None and dimension_id not in interview.questions and not isinstance(event, Receive):
        raise Refused(Refusal.NOT_YOUR_INTERVIEW)
    if _is_stale(interview, event):
        raise Refused(Refusal.NOT_POSSIBLE_NOW, phase=interview.phase.value)
    after, outcome = _STEPS[type(event)](interview, event)
    assert after.phase in allowed, (interview.phase, event, after.phase)
    return after, outcome


def begin(interview: Interview) -> tuple[Interview, Outcome]:
    """Put the first question."""
    first = interview.questions[0]
    return _put(interview, first), (Ask(first),)


def invited(interview: Interview) -> Interview:
    """Let it wait until its respondent begins; nothing is put yet."""
    return replace(interview, phase=Phase.INVITED)


def _is_stale(interview: Interview, event: Event) -> bool:
    """An old button: the question or follow-up it belongs to is over, or there is nothing to hand over any more."""
    match event:
        case GiveReason(dimension_id=dimension_id):
            return dimension_id != interview.current
        case PassFollowUp(dimension_id, follow_up_id):
            return dimension_id != interview.current or follow_up_id != interview.wanted[0].id
        case HandOver(dimension_id):
            return dimension_id in interview.answered | interview.handed
        case GiveFacts(dimension_id=dimension_id) | GivePromise(dimension_id=dimension_id):
            return dimension_id not in interview.answered
        case Doubt(dimension_id, check_id):
            return dimension_id not in interview.answered or check_id in interview.doubted
        case Receive(dimension_id):
            return dimension_id in interview.questions and dimension_id not in interview.handed
    return False


def _choose_level(interview: Interview, event: ChooseLevel) -> tuple[Interview, Outcome]:
    record = Record(event.dimension_id, AnswerKind.LEVEL, event.level, note=interview.noted(event.dimension_id))
    noted = _answered(interview, event.dimension_id)
    if interview.current in (None, event.dimension_id):
        noted = replace(noted, passed=frozenset())
        return _follow_up(interview, noted, event.dimension_id, event.wants, record)
    return _go_on(interview, noted, event.dimension_id, record)


def _say_unknown(interview: Interview, event: SayUnknown) -> tuple[Interview, Outcome]:
    record = Record(event.dimension_id, AnswerKind.UNKNOWN, note=interview.noted(event.dimension_id))
    return _go_on(interview, _answered(interview, event.dimension_id), event.dimension_id, record)


def _say_not_applicable(interview: Interview, event: SayNotApplicable) -> tuple[Interview, Outcome]:
    asked = replace(interview, phase=Phase.EXPLAINING, current=event.dimension_id, wanted=())
    return asked, (Refresh(event.dimension_id),)


def _give_reason(interview: Interview, event: GiveReason) -> tuple[Interview, Outcome]:
    record = Record(event.dimension_id, AnswerKind.NOT_APPLICABLE, reason=event.reason, note=event.text)
    return _go_on(interview, _answered(interview, event.dimension_id), event.dimension_id, record)


def _confirm_unchanged(interview: Interview, event: ConfirmUnchanged) -> tuple[Interview, Outcome]:
    # The caller fills in the kind, level and evidence of last time's answer: it has them, the machine does not.
    record = Record(event.dimension_id, AnswerKind.LEVEL, unchanged=True)
    return _go_on(interview, _answered(interview, event.dimension_id), event.dimension_id, record)


def _give_link(interview: Interview, event: GiveLink) -> tuple[Interview, Outcome]:
    if event.dimension_id not in interview.answered:
        return _noted(interview, event.dimension_id, event.link)
    return _told_more(interview, event, Attach(event.dimension_id, event.link), Phase.PROVING)


def _give_note(interview: Interview, event: GiveNote) -> tuple[Interview, Outcome]:
    if event.dimension_id not in interview.answered:
        return _noted(interview, event.dimension_id, event.text)
    return interview, (Annotate(event.dimension_id, event.text), Refresh(event.dimension_id))


def _turn_down(interview: Interview, event: TurnDown) -> tuple[Interview, Outcome]:
    return _noted(interview, event.dimension_id, TURNED_DOWN)


def _give_facts(interview: Interview, event: GiveFacts) -> tuple[Interview, Outcome]:
    return _told_more(interview, event, Detail(event.dimension_id, event.facts), Phase.DETAILING)


def _give_promise(interview: Interview, event: GivePromise) -> tuple[Interview, Outcome]:
    promise = Promise(event.dimension_id, event.person_id, event.due)
    return _told_more(interview, event, promise, Phase.DETAILING)


def _told_more(
    interview: Interview, event: GiveLink | GiveFacts | GivePromise, effect: Effect, phase: Phase
) -> tuple[Interview, Outcome]:
    """More about an answer that is stored: it moves the interview on only where just this was being asked."""
    if interview.phase is phase and interview.current == event.dimension_id:
        return _follow_up(interview, interview, event.dimension_id, event.wants, effect)
    if interview.phase is Phase.PAUSED and interview.current == event.dimension_id:
        interview = replace(interview, wanted=event.wants)
    return interview, (effect, Refresh(event.dimension_id))


def _pass_follow_up(interview: Interview, event: PassFollowUp) -> tuple[Interview, Outcome]:
    passed = replace(interview, passed=interview.passed | {event.follow_up_id})
    return _follow_up(interview, passed, event.dimension_id, event.wants)


def _doubt(interview: Interview, event: Doubt) -> tuple[Interview, Outcome]:
    doubted = replace(
        interview, again=interview.again | {event.dimension_id}, doubted=interview.doubted | {event.check_id}
    )
    return _ask(doubted, event.dimension_id) if interview.phase is Phase.FINISHED else (doubted, ())


def _hand_over(interview: Interview, event: HandOver) -> tuple[Interview, Outcome]:
    gone = replace(
        interview,
        handed=interview.handed | {event.dimension_id},
        skipped=interview.skipped - {event.dimension_id},
        again=interview.again - {event.dimension_id},
    )
    if interview.phase is Phase.PAUSED and interview.current != event.dimension_id:
        return gone, (Refresh(event.dimension_id),)
    if interview.phase is Phase.INVITED and gone.open_questions():
        return gone, ()
    return _go_on(interview, gone, event.dimension_id)


def _receive(interview: Interview, event: Receive) -> tuple[Interview, Outcome]:
    questions = interview.questions
    if event.dimension_id not in questions:
        questions = (*questions, event.dimension_id)
    received = replace(interview, questions=questions, handed=interview.handed - {event.dimension_id})
    return _ask(received, event.dimension_id) if interview.phase is Phase.FINISHED else (received, ())


def _skip(interview: Interview, _: Skip) -> tuple[Interview, Outcome]:
    current = _current(interview)
    passed = replace(interview, again=interview.again - {current})
    if current not in interview.answered:
        passed = replace(passed, skipped=interview.skipped | {current})
    return _go_on(interview, passed, current)


def _back(interview: Interview, _: Back) -> tuple[Interview, Outcome]:
    own = [q for q in interview.questions if q not in interview.handed] or list(interview.questions)
    place = own.index(interview.current) if interview.current in own else len(own)
    return _ask(interview, own[max(place - 1, 0)])


def _pause(interview: Interview, _: Pause) -> tuple[Interview, Outcome]:
    return replace(interview, phase=Phase.PAUSED), (Refresh(_current(interview)),)


def _resume(interview: Interview, _: Resume) -> tuple[Interview, Outcome]:
    if interview.phase is Phase.INVITED:
        return _ask(interview, interview.open_questions()[0])
    current = _current(interview)
    if not interview.wanted:
        return _ask(interview, current)
    put = _put(interview, current, interview.wanted)
    return replace(put, passed=interview.passed), (Ask(current),)


def _stop(interview: Interview, _: Stop) -> tuple[Interview, Outcome]:
    left = frozenset(q for q in interview.open_questions() if q not in interview.answered)
    ended = _ended(replace(interview, skipped=interview.skipped | left, again=frozenset()), Phase.FINISHED)
    return ended, (Refresh(_current(interview)), Finish())


def _edit(interview: Interview, event: Edit) -> tuple[Interview, Outcome]:
    return _ask(replace(interview, handed=interview.handed - {event.dimension_id}), event.dimension_id)


def _close(interview: Interview, _: Close) -> tuple[Interview, Outcome]:
    refresh = (Refresh(interview.current),) if interview.current else ()
    return _ended(interview, Phase.CLOSED), refresh


def _answered(interview: Interview, dimension_id: str) -> Interview:
    notes = {dimension: text for dimension, text in interview.notes.items() if dimension != dimension_id}
    return replace(
        interview,
        answered=interview.answered | {dimension_id},
        skipped=interview.skipped - {dimension_id},
        handed=interview.handed - {dimension_id},
        again=interview.again - {dimension_id},
        notes=notes,
    )


def _noted(interview: Interview, dimension_id: str, text: str) -> tuple[Interview, Outcome]:
    said = "\n".join(filter(None, (interview.notes.get(dimension_id), text)))
    return replace(interview, notes={**interview.notes, dimension_id: said}), (Refresh(dimension_id),)


def _ask(interview: Interview, dimension_id: str) -> tuple[Interview, Outcome]:
    left = (Refresh(interview.current),) if interview.current and interview.current != dimension_id else ()
    return _put(interview, dimension_id), (*left, Ask(dimension_id))


def _follow_up(
    before: Interview, after: Interview, dimension_id: str, wants: tuple[Wanted, ...], *effects: Effect
) -> tuple[Interview, Outcome]:
    """Stay with the question while its answer calls for more; then go on."""
    if not wants:
        return _go_on(before, after, dimension_id, *effects)
    # A check is asked once, whatever becomes of it.
    asked = {wants[0].id} if wants[0].asks is Asks.CHECK else set()
    waiting = replace(after, phase=_phase(wants), current=dimension_id, wanted=wants, doubted=after.doubted | asked)
    return waiting, (*effects, Refresh(dimension_id))


def _go_on(before: Interview, after: Interview, dimension_id: str, *effects: Effect) -> tuple[Interview, Outcome]:
    """After an answer to the current question comes the next open one; any other answer leaves the current alone."""
    done = (*effects, Refresh(dimension_id))
    if before.current not in (None, dimension_id):
        if before.phase is not Phase.PAUSED:
            return after, done
        current = _current(before)
        return _put(after, current), (*done, Ask(current))
    following = after.open_questions()
    if following:
        return _put(after, following[0]), (*done, Ask(following[0]))
    return _ended(after, Phase.FINISHED), (*done, Finish())


def _put(interview: Interview, dimension_id: str, wants: tuple[Wanted, ...] = ()) -> Interview:
    asked = {**interview.asked, dimension_id: interview.asked.get(dimension_id, 0) + 1}
    phase = _phase(wants)
    return replace(interview, phase=phase, current=dimension_id, asked=asked, wanted=wants, passed=frozenset())


def _ended(interview: Interview, phase: Phase) -> Interview:
    return replace(interview, phase=phase, current=None, wanted=(), passed=frozenset())


def _phase(wants: tuple[Wanted, ...]) -> Phase:
    if not wants:
        return Phase.ASKING
    return Phase.PROVING if wants[0].asks is Asks.EVIDENCE else Phase.DETAILING


def _current(interview: Interview) -> str:
    assert interview.current is not None, interview.id
    return interview.current


_STEPS: Mapping[type[Event], Callable[..., tuple[Interview, Outcome]]] = {
    ChooseLevel: _choose_level,
    SayUnknown: _say_unknown,
    SayNotApplicable: _say_not_applicable,
    GiveReason: _give_reason,
    ConfirmUnchanged: _confirm_unchanged,
    GiveLink: _give_link,
    GiveNote: _give_note,
    TurnDown: _turn_down,
    GiveFacts: _give_facts,
    GivePromise: _give_promise,
    PassFollowUp: _pass_follow_up,
    Doubt: _doubt,
    HandOver: _hand_over,
    Receive: _receive,
    Skip: _skip,
    Back: _back,
    Pause: _pause,
    Resume: _resume,
    Stop: _stop,
    Edit: _edit,
    Close: _close,
}
