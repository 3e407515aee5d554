"""A respondent's side of an interview: every press becomes one event of the machine."""

from collections.abc import Mapping
from dataclasses import replace

from bot.readiness.assessment import AnswerKind
from bot.readiness.cards import Act, Done, WhyAsked
from bot.readiness.events import (
    Back,
    ChooseLevel,
    ConfirmUnchanged,
    Edit,
    Event,
    GiveReason,
    Pause,
    Receive,
    Resume,
    SayNotApplicable,
    Skip,
    Stop,
)
from bot.readiness.framework import Dimension
from bot.readiness.interview import Interview, Phase
from bot.readiness.refusals import Refusal, Refused
from bot.usecases.answers import Own, previous_answer, superseding
from bot.usecases.assessments import rescore
from bot.usecases.locking import locked
from bot.usecases.outlooks import outlook
from bot.usecases.people import require_reading
from bot.usecases.ports import Context
from bot.usecases.turns import held, take


def happen(context: Context, interview_id: str, event: Event) -> None:
    """Let one event happen to the actor's interview: step, store, owe what must be shown.

    Raises Refused when it is not the actor's interview, or the machine's table forbids the event.
    """
    take(context, held(context, interview_id), event)


def choose(context: Context, interview_id: str, dimension_id: str, level: int) -> None:
    """Answer with a level; what it calls for beyond that is asked next, in the same message."""
    own = held(context, interview_id)
    question(own, dimension_id)
    take(context, own, ChooseLevel(dimension_id, level))


def not_applicable(context: Context, interview_id: str, dimension_id: str) -> None:
    """Say that the question does not apply, where the framework allows it."""
    own = held(context, interview_id)
    if not question(own, dimension_id).may_be_not_applicable:
        raise Refused(Refusal.NOT_APPLICABLE_NOT_ALLOWED, dimension=dimension_id)
    take(context, own, SayNotApplicable(dimension_id))


def give_reason(context: Context, interview_id: str, dimension_id: str, reason: str) -> None:
    """Say why the question does not apply, by one of the framework's reasons."""
    own = held(context, interview_id)
    if reason not in question(own, dimension_id).not_applicable_reasons:
        raise Refused(Refusal.UNKNOWN_PRESS)
    take(context, own, GiveReason(dimension_id, reason))


def unchanged(context: Context, interview_id: str, dimension_id: str) -> None:
    """Confirm last time's answer; without one there is nothing to confirm."""
    own = held(context, interview_id)
    question(own, dimension_id)
    if previous_answer(context, own.interview, dimension_id) is None:
        raise Refused(Refusal.NOTHING_TO_CONFIRM)
    take(context, own, ConfirmUnchanged(dimension_id))


def leave(context: Context, interview_id: str, dimension_id: str, event: Skip | Back) -> None:
    """Leave a question by its button, on or back; pressed twice, it has been left already."""
    own = held(context, interview_id)
    if own.interview.current in (None, dimension_id):
        take(context, own, event)


def edit(context: Context, interview_id: str, dimension_id: str) -> None:
    """Put an answered question again; one whose answer was carried over becomes part of the interview."""
    own = held(context, interview_id)
    if dimension_id in own.interview.questions or dimension_id not in own.given:
        take(context, own, Edit(dimension_id))
    elif own.interview.is_over:
        take(context, own, Receive(dimension_id))
    else:
        take(context, own, Receive(dimension_id), Edit(dimension_id))


def stop(context: Context, interview_id: str) -> None:
    """End the interview here; only while nothing that is still open can change the result."""
    own = held(context, interview_id)
    if not outlook(context, own).may_stop:
        raise Refused(Refusal.NOT_POSSIBLE_NOW, phase=own.interview.phase.value)
    take(context, own, Stop())


def agree(context: Context, answer_id: str) -> Done:
    """Agree that a question does not apply; until a second person does, it counts as unknown."""
    claim, project = locked(context, context.tx.answers.get, answer_id)
    require_reading(context, project)
    if claim.respondent_id == context.actor.id:
        raise Refused(Refusal.NOT_OWN_CLAIM)
    latest = context.tx.answers.of_respondent(claim.assessment_id, claim.respondent_id).get(claim.dimension_id)
    if latest != claim or claim.kind is not AnswerKind.NOT_APPLICABLE or claim.approved_by is not None:
        return Done(Act.ALREADY_DONE, {"project": project.name})
    context.tx.answers.add(superseding(context, claim, replace(claim, approved_by=context.actor.id)))
    facts = {"project": project.id, "dimension": claim.dimension_id}
    context.tx.record("answer.agreed", claim.id, context.actor.id, facts)
    rescore(context, context.tx.assessments.get(claim.assessment_id), project)
    return Done(Act.AGREED, {"project": project.name})


def why_asked(context: Context, dimension_id: str) -> WhyAsked:
    """Why this question matters. Raises Refused when no framework at hand has such a dimension.

    The actor's own interview says by which framework it is asked; others may only ask about the current one.
    """
    asked = current_interview(context)
    is_own = asked is not None and dimension_id in asked.questions
    framework = context.framework_asked(asked.assessment_id) if asked and is_own else context.framework
    try:
        dimension = framework.dimension(dimension_id)
    except KeyError:
        raise Refused(Refusal.UNKNOWN_PRESS) from None
    return WhyAsked(dimension, framework.barrier(dimension.primary))


def current_interview(context: Context) -> Interview | None:
    """The actor's newest interview that is not over; one that was begun goes before one that was not. None: none."""
    waiting = context.tx.interviews.unfinished_of(context.actor.id)
    begun = [interview for interview in waiting if interview.phase is not Phase.INVITED]
    return next(iter(begun or waiting), None)


def resume(context: Context) -> Done | None:
    """Continue at the next unanswered question, from any device."""
    return _on_current(context, Resume())


def pause(context: Context) -> Done | None:
    """Stop asking; nothing is lost."""
    return _on_current(context, Pause())


def skip(context: Context) -> Done | None:
    """Leave the current question open."""
    return _on_current(context, Skip())


def back(context: Context) -> Done | None:
    """Return to the question before; after the end, to the last one."""
    interview = current_interview(context) or context.tx.interviews.latest_of(context.actor.id)
    if interview is None:
        raise Refused(Refusal.NO_INTERVIEW)
    happen(context, interview.id, Back())
    return Done(Act.WENT_ON)


def question(own: Own, dimension_id: str) -> Dimension:
    """A dimension that is put to this respondent. Raises Refused when it is not."""
    if dimension_id not in own.interview.questions:
        raise Refused(Refusal.NOT_YOUR_INTERVIEW)
    return own.framework.dimension(dimension_id)


_ACTS: Mapping[type[Event], Act] = {
    Resume: Act.RESUMED,
    Pause: Act.PAUSED,
    Skip: Act.WENT_ON,
}


def _on_current(context: Context, event: Event) -> Done:
    interview = current_interview(context)
    if interview is None:
        raise Refused(Refusal.NO_INTERVIEW)
    happen(context, interview.id, event)
    return Done(_ACTS[type(event)])
