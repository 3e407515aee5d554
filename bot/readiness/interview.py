"""The interview: a table of what may happen in which phase, and one pure function that does it.

`step(interview, event)` gives the interview after the event and the effects it asks for. The caller stores the effects
as answers and puts the questions; nothing here reads a clock, a database or a text.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.readiness.assessment import AnswerKind
from bot.readiness.events import (
    Annotate,
    Ask,
    Attach,
    Back,
    ChooseLevel,
    Close,
    ConfirmUnchanged,
    Edit,
    Effect,
    Event,
    Finish,
    GiveLink,
    GiveNote,
    GiveReason,
    Outcome,
    PassProof,
    Pause,
    Record,
    Refresh,
    Resume,
    SayNotApplicable,
    SayUnknown,
    Skip,
)
from bot.readiness.refusals import Refusal, Refused


class Phase(StrEnum):
    """What an interview waits for."""

    ASKING = "asking"
    EXPLAINING = "explaining"
    PROVING = "proving"
    PAUSED = "paused"
    FINISHED = "finished"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Interview:
    """The conversation that fills one person's part of an assessment.

    questions   the dimension ids put to this person, in order
    current     the dimension asked now; None when finished or closed
    answered    the dimensions answered so far; `skipped` those passed over
    notes       words said about a dimension before its level was given
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

    def open_questions(self) -> tuple[str, ...]:
        """The questions neither answered nor skipped, in order."""
        return tuple(q for q in self.questions if q not in self.answered and q not in self.skipped)


_ON = frozenset({Phase.ASKING, Phase.FINISHED})
_ANSWERED = _ON | {Phase.PROVING}
_ASKS = frozenset({Phase.ASKING})

TRANSITIONS: Mapping[tuple[Phase, type[Event]], frozenset[Phase]] = {
    (Phase.ASKING, ChooseLevel): _ANSWERED,
    (Phase.ASKING, SayUnknown): _ON,
    (Phase.ASKING, SayNotApplicable): frozenset({Phase.EXPLAINING}),
    (Phase.ASKING, ConfirmUnchanged): _ON,
    (Phase.ASKING, GiveLink): _ASKS,
    (Phase.ASKING, GiveNote): _ASKS,
    (Phase.ASKING, Skip): _ON,
    (Phase.ASKING, Back): _ASKS,
    (Phase.ASKING, Pause): frozenset({Phase.PAUSED}),
    (Phase.ASKING, Resume): _ASKS,
    (Phase.ASKING, Edit): _ASKS,
    (Phase.ASKING, Close): frozenset({Phase.CLOSED}),
    (Phase.EXPLAINING, GiveReason): _ON,
    (Phase.EXPLAINING, ChooseLevel): _ANSWERED | {Phase.EXPLAINING},
    (Phase.EXPLAINING, SayUnknown): _ON | {Phase.EXPLAINING},
    (Phase.EXPLAINING, ConfirmUnchanged): _ON | {Phase.EXPLAINING},
    (Phase.EXPLAINING, Skip): _ON,
    (Phase.EXPLAINING, Back): _ASKS,
    (Phase.EXPLAINING, Pause): frozenset({Phase.PAUSED}),
    (Phase.EXPLAINING, Resume): _ASKS,
    (Phase.EXPLAINING, Edit): _ASKS,
    (Phase.EXPLAINING, Close): frozenset({Phase.CLOSED}),
    (Phase.PROVING, GiveLink): _ON | {Phase.PROVING},
    (Phase.PROVING, GiveNote): frozenset({Phase.PROVING}),
    (Phase.PROVING, PassProof): _ON,
    (Phase.PROVING, ChooseLevel): _ANSWERED,
    (Phase.PROVING, SayUnknown): _ON | {Phase.PROVING},
    (Phase.PROVING, SayNotApplicable): frozenset({Phase.EXPLAINING}),
    (Phase.PROVING, ConfirmUnchanged): _ON | {Phase.PROVING},
    (Phase.PROVING, Skip): _ON,
    (Phase.PROVING, Back): _ASKS,
    (Phase.PROVING, Pause): frozenset({Phase.PAUSED}),
    (Phase.PROVING, Resume): frozenset({Phase.PROVING}),
    (Phase.PROVING, Edit): _ASKS,
    (Phase.PROVING, Close): frozenset({Phase.CLOSED}),
    (Phase.PAUSED, ChooseLevel): _ANSWERED,
    (Phase.PAUSED, SayUnknown): _ON,
    (Phase.PAUSED, SayNotApplicable): frozenset({Phase.EXPLAINING}),
    (Phase.PAUSED, ConfirmUnchanged): _ON,
    (Phase.PAUSED, GiveLink): frozenset({Phase.PAUSED}),
    (Phase.PAUSED, PassProof): _ON,
    (Phase.PAUSED, Resume): _ASKS,
    (Phase.PAUSED, Edit): _ASKS,
    (Phase.PAUSED, Close): frozenset({Phase.CLOSED}),
    (Phase.FINISHED, ChooseLevel): frozenset({Phase.FINISHED, Phase.PROVING}),
    (Phase.FINISHED, SayUnknown): frozenset({Phase.FINISHED}),
    (Phase.FINISHED, SayNotApplicable): frozenset({Phase.EXPLAINING}),
    (Phase.FINISHED, ConfirmUnchanged): frozenset({Phase.FINISHED}),
    (Phase.FINISHED, GiveLink): frozenset({Phase.FINISHED}),
    (Phase.FINISHED, Back): _ASKS,
    (Phase.FINISHED, Edit): _ASKS,
    (Phase.FINISHED, Close): frozenset({Phase.CLOSED}),
}
"""Which event is possible in which phase, and the phases it may lead to. What is not here is refused."""


def step(interview: Interview, event: Event) -> tuple[Interview, Outcome]:
    """The interview after the event, and what to do about it.

    Raises Refused when the table has no such row, or the event names a question that is not put to this respondent.
    """
    allowed = TRANSITIONS.get((interview.phase, type(event)))
    if allowed is None:
        closed = interview.phase is Phase.CLOSED
        raise Refused(Refusal.INTERVIEW_CLOSED if closed else Refusal.NOT_POSSIBLE_NOW, phase=interview.phase.value)
    dimension_id = getattr(event, "dimension_id", None)
    if dimension_id is not None and dimension_id not in interview.questions:
        raise Refused(Refusal.NOT_YOUR_INTERVIEW)
    if isinstance(event, GiveReason | PassProof) and event.dimension_id != interview.current:
        # An old button: the question it belongs to has been answered since.
        raise Refused(Refusal.NOT_POSSIBLE_NOW, phase=interview.phase.value)
    after, outcome = _STEPS[type(event)](interview, event)
    assert after.phase in allowed, (interview.phase, event, after.phase)
    return after, outcome


def begin(interview: Interview) -> tuple[Interview, Outcome]:
    """Put the first question."""
    first = interview.questions[0]
    return _put(interview, first), (Ask(first),)


def _choose_level(interview: Interview, event: ChooseLevel) -> tuple[Interview, Outcome]:
    record = Record(event.dimension_id, AnswerKind.LEVEL, event.level, note=interview.notes.get(event.dimension_id, ""))
    noted = _answered(interview, event.dimension_id)
    if event.calls_for_proof and (interview.current in (None, event.dimension_id)):
        waiting = replace(noted, phase=Phase.PROVING, current=event.dimension_id)
        return waiting, (record, Refresh(event.dimension_id))
    return _go_on(interview, noted, event.dimension_id, record)


def _say_unknown(interview: Interview, event: SayUnknown) -> tuple[Interview, Outcome]:
    record = Record(event.dimension_id, AnswerKind.UNKNOWN, note=interview.notes.get(event.dimension_id, ""))
    return _go_on(interview, _answered(interview, event.dimension_id), event.dimension_id, record)


def _say_not_applicable(interview: Interview, event: SayNotApplicable) -> tuple[Interview, Outcome]:
    asked = replace(interview, phase=Phase.EXPLAINING, current=event.dimension_id)
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
    attach = Attach(event.dimension_id, event.link)
    if interview.phase is Phase.PROVING and interview.current == event.dimension_id:
        return _go_on(interview, interview, event.dimension_id, attach)
    return interview, (attach, Refresh(event.dimension_id))


def _give_note(interview: Interview, event: GiveNote) -> tuple[Interview, Outcome]:
    if event.dimension_id not in interview.answered:
        return _noted(interview, event.dimension_id, event.text)
    return interview, (Annotate(event.dimension_id, event.text), Refresh(event.dimension_id))


def _pass_proof(interview: Interview, event: PassProof) -> tuple[Interview, Outcome]:
    return _go_on(interview, interview, event.dimension_id)


def _skip(interview: Interview, _: Skip) -> tuple[Interview, Outcome]:
    current = _current(interview)
    passed = interview
    if current not in interview.answered:
        passed = replace(interview, skipped=interview.skipped | {current})
    return _go_on(interview, passed, current)


def _back(interview: Interview, _: Back) -> tuple[Interview, Outcome]:
    place = interview.questions.index(interview.current) if interview.current else len(interview.questions)
    return _ask(interview, interview.questions[max(place - 1, 0)])


def _pause(interview: Interview, _: Pause) -> tuple[Interview, Outcome]:
    return replace(interview, phase=Phase.PAUSED), (Refresh(_current(interview)),)


def _resume(interview: Interview, _: Resume) -> tuple[Interview, Outcome]:
    if interview.phase is Phase.PROVING:
        return interview, (Refresh(_current(interview)),)
    return _ask(interview, _current(interview))


def _edit(interview: Interview, event: Edit) -> tuple[Interview, Outcome]:
    return _ask(interview, event.dimension_id)


def _close(interview: Interview, _: Close) -> tuple[Interview, Outcome]:
    refresh = (Refresh(interview.current),) if interview.current else ()
    return replace(interview, phase=Phase.CLOSED, current=None), refresh


def _answered(interview: Interview, dimension_id: str) -> Interview:
    notes = {dimension: text for dimension, text in interview.notes.items() if dimension != dimension_id}
    return replace(
        interview,
        answered=interview.answered | {dimension_id},
        skipped=interview.skipped - {dimension_id},
        notes=notes,
    )


def _noted(interview: Interview, dimension_id: str, text: str) -> tuple[Interview, Outcome]:
    said = "\n".join(filter(None, (interview.notes.get(dimension_id), text)))
    return replace(interview, notes={**interview.notes, dimension_id: said}), (Refresh(dimension_id),)


def _ask(interview: Interview, dimension_id: str) -> tuple[Interview, Outcome]:
    left = (Refresh(interview.current),) if interview.current and interview.current != dimension_id else ()
    return _put(interview, dimension_id), (*left, Ask(dimension_id))


def _go_on(before: Interview, after: Interview, dimension_id: str, *effects: Effect) -> tuple[Interview, Outcome]:
    """After an answer to the current question comes the next open one; any other answer leaves the current alone."""
    done = (*effects, Refresh(dimension_id))
    if before.current not in (None, dimension_id):
        if before.phase is not Phase.PAUSED:
            return after, done
        return _put(after, _current(before)), (*done, Ask(_current(before)))
    following = after.open_questions()
    if following:
        return _put(after, following[0]), (*done, Ask(following[0]))
    return replace(after, phase=Phase.FINISHED, current=None), (*done, Finish())


def _put(interview: Interview, dimension_id: str) -> Interview:
    asked = {**interview.asked, dimension_id: interview.asked.get(dimension_id, 0) + 1}
    return replace(interview, phase=Phase.ASKING, current=dimension_id, asked=asked)


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
    PassProof: _pass_proof,
    Skip: _skip,
    Back: _back,
    Pause: _pause,
    Resume: _resume,
    Edit: _edit,
    Close: _close,
}
