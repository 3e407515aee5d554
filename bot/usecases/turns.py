"""One turn of an interview: an event is stepped, what it makes is stored, what has changed is owed.

The next question is chosen with the answer that is being given, over the answers of the whole assessment.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace

from bot.readiness.assessment import Answer, AnswerKind
from bot.readiness.events import (
    Ask,
    Attach,
    ChooseLevel,
    ConfirmUnchanged,
    Detail,
    Doubt,
    Effect,
    Event,
    Finish,
    GiveFacts,
    GiveLink,
    GivePromise,
    Outcome,
    PassFollowUp,
    Promise,
    Record,
    Refresh,
    SayUnknown,
    Wanted,
)
from bot.readiness.follow_ups import called_for, doubts, may_be_doubted, still
from bot.readiness.framework import Check
from bot.readiness.interview import Interview, Phase, step
from bot.readiness.ordering import arranged, leeways, order
from bot.readiness.refusals import Refusal, Refused
from bot.readiness.transitions import FOLLOWING_UP
from bot.usecases.answers import Own, answers_by, keep, own_of
from bot.usecases.assessments import settle_interview
from bot.usecases.contests import review
from bot.usecases.locking import locked
from bot.usecases.people import refresh_homes
from bot.usecases.ports import Context
from bot.usecases.questions import owe_effects, store, turned

_CALLING = ChooseLevel | GiveLink | GiveFacts | GivePromise | PassFollowUp


def held(context: Context, interview_id: str) -> Own:
    """The actor's interview, held until the transaction ends. Raises Refused when it is not theirs, or has ended."""
    interview, project = locked(context, context.tx.interviews.get, interview_id)
    if interview.respondent_id != context.actor.id:
        raise Refused(Refusal.NOT_YOUR_INTERVIEW)
    if interview.phase is Phase.CLOSED or project.archived_at is not None:
        raise Refused(Refusal.INTERVIEW_CLOSED, project=project.name)
    return own_of(context, interview, project)


def take(context: Context, own: Own, *events: Event, ask_more: bool = True) -> Own:
    """Let these events happen one after another, and show what they changed once.

    Without `ask_more` an answer calls for nothing beyond its level, and doubts no other. Raises Refused when the table
    of the machine forbids one of them.
    """
    outcome: list[Effect] = []
    made: list[Answer] = []
    before = own.interview
    doubted: list[Check] = []
    for event in events:
        if is_said(own, event):
            continue
        turn = _turn(context, own, event, ask_more=ask_more)
        own = turn.own
        outcome += turn.outcome
        made += turn.answers
        doubted += turn.doubted
    if outcome:
        own = _kept(context, before, own, made, outcome)
        _doubt_others(context, own, doubted)
        _review(context, own, {answer.dimension_id for answer in made} | own.interview.handed - before.handed, outcome)
        if _counts(own.interview, outcome):
            settle_interview(context, own.interview, own.project)
    return own


def is_said(own: Own, event: Event) -> bool:
    """Whether this is what the answer says already: a double press, or the same press in a second window.

    A question that is being asked takes every answer, the same one included.
    """
    said: tuple[object, ...]
    match event:
        case ChooseLevel(level=level):
            said = (AnswerKind.LEVEL, level)
        case SayUnknown():
            said = (AnswerKind.UNKNOWN, None)
        case ConfirmUnchanged():
            said = (True,)
        case _:
            return False
    if event.dimension_id == own.interview.current and own.interview.phase not in FOLLOWING_UP:
        return False
    given = own.given.get(event.dimension_id)
    return given is not None and said in ((given.kind, given.level), (given.unchanged,))


@dataclass(frozen=True, slots=True)
class _Turn:
    """What one event came to: the interview after it, its effects, its answers, and the doubts it casts elsewhere."""

    own: Own
    outcome: Outcome
    answers: Sequence[Answer]
    doubted: tuple[Check, ...]


def _turn(context: Context, own: Own, event: Event, *, ask_more: bool) -> _Turn:
    # What is recorded does not depend on what is wanted next, so the answer is known before the step is taken.
    answers = answers_by(context, own, step(own.interview, event)[1])
    told = own
    for answer in answers:
        told = told.told(answer)
    if isinstance(event, _CALLING):
        event = replace(event, wants=_wants(told, event) if ask_more else ())
    before = _arranged(told)
    after, outcome = step(before, event)
    cast: tuple[Check, ...] = ()
    if ask_more and isinstance(event, _CALLING | ConfirmUnchanged) and not _waits(after, event.dimension_id):
        cast = _cast(told, event.dimension_id)
        asked = [each for each in cast if _doubtable(told, before, each)]
        if asked:
            # The doubt comes first: then the question it puts again is the next one.
            shown: Outcome = ()
            for check in asked:
                before, more = step(before, Doubt(check.asks, check.id))
                shown = (*shown, *more)
            after, outcome = step(before, event)
            outcome = (*shown, *outcome)
    return _Turn(replace(told, interview=after), outcome, answers, cast)


def _wants(told: Own, event: _CALLING) -> tuple[Wanted, ...]:
    interview, answer = told.interview, told.given.get(event.dimension_id)
    if answer is None:
        return ()
    passed = interview.passed
    if isinstance(event, ChooseLevel):
        passed = frozenset()
    elif isinstance(event, PassFollowUp):
        passed |= {event.follow_up_id}
    called = called_for(
        told.framework,
        answer,
        told.project.exposure,
        told.project.target,
        passed=passed,
        # The check that is being asked has been asked, and still is.
        checked=interview.doubted - {wanted.id for wanted in interview.wanted},
        others=told.all,
    )
    if isinstance(event, ChooseLevel):
        return called
    left = still(interview.wanted, called)
    # Facts that are typed one by one: the follow-up goes on while fields are empty.
    first = event.wants if isinstance(event, GiveFacts) else ()
    return (*(wanted for wanted in first if wanted not in left), *left)


def _arranged(told: Own) -> Interview:
    leeway = leeways(told.framework, told.project, told.all, {})
    return arranged(told.interview, order(told.framework, leeway))


def _waits(interview: Interview, dimension_id: str) -> bool:
    return interview.current == dimension_id and interview.phase in FOLLOWING_UP


def _cast(told: Own, dimension_id: str) -> tuple[Check, ...]:
    answer = told.given.get(dimension_id)
    return doubts(told.framework, answer, told.project.exposure) if answer else ()


def _doubtable(own: Own, interview: Interview, check: Check) -> bool:
    """Whether a check finds an answer here that it can speak against, and has not yet."""
    given = own.given.get(check.asks)
    return (
        given is not None
        and check.asks in interview.answered
        and may_be_doubted(check, given)
        and check.id not in interview.doubted
    )


def _doubt_others(context: Context, own: Own, checks: Iterable[Check]) -> None:
    """Ask again whoever else answered what these checks speak against."""
    for check in {each.id: each for each in checks}.values():
        answers = [answer for answer in own.others if answer.dimension_id == check.asks]
        for answer in answers:
            interview = context.tx.interviews.get(answer.interview_id)
            theirs = Own(interview, own.project, own.framework, {answer.dimension_id: answer})
            if interview.phase is not Phase.CLOSED and _doubtable(theirs, interview, check):
                after, outcome = step(interview, Doubt(check.asks, check.id))
                store(context, interview, after, outcome)


def _kept(context: Context, before: Interview, own: Own, made: Sequence[Answer], outcome: Sequence[Effect]) -> Own:
    interview = own.interview
    if interview.phase is Phase.FINISHED and interview.finished_at is None:
        interview = replace(interview, finished_at=context.now)
    context.tx.interviews.save(interview)
    keep(context, own.project, made, outcome)
    owe_effects(context, interview, _shown(interview, outcome))
    turned(context, before, interview)
    refresh_homes(context, {context.actor.id} if context.actor.home_opened else ())
    return replace(own, interview=interview)


def _review(context: Context, own: Own, touched: Set[str], outcome: Sequence[Effect]) -> None:
    """See whether answers differ, where somebody else has answered what was answered or handed over now.

    Whoever is done is waited for no longer, in any dimension.
    """
    theirs = {answer.dimension_id for answer in own.others}
    done = any(isinstance(effect, Finish) for effect in outcome)
    concerned = theirs if done else theirs & touched
    if concerned:
        review(context, own.project, own.interview.assessment_id, concerned)


def _counts(interview: Interview, outcome: Sequence[Effect]) -> bool:
    """Whether the assessment may be complete, or its result another. Facts that are being typed count at the last."""
    if any(isinstance(effect, Finish | Record | Attach) for effect in outcome):
        return True
    return interview.phase not in FOLLOWING_UP and any(isinstance(effect, Detail | Promise) for effect in outcome)


def _shown(interview: Interview, outcome: Sequence[Effect]) -> Outcome:
    """What is left to show once several events have happened: each change once, the last question, the end if so."""
    seen = dict.fromkeys(effect for effect in outcome if isinstance(effect, Ask | Refresh | Finish))
    return tuple(
        effect
        for effect in seen
        if not (isinstance(effect, Ask) and effect.dimension_id != interview.current)
        and not (isinstance(effect, Finish) and interview.phase is not Phase.FINISHED)
    )
