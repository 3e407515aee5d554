"""Typed words in an interview: what they mean depends on what is being asked."""

from collections.abc import Mapping

from bot.readiness.cards import Act, Done, WhyAsked
from bot.readiness.events import (
    Asks,
    Back,
    Edit,
    Event,
    GiveFacts,
    GiveNote,
    GivePromise,
    GiveReason,
    PassFollowUp,
    Pause,
    Resume,
    SayUnknown,
    Skip,
    TurnDown,
)
from bot.readiness.follow_ups import empty_fields
from bot.readiness.interview import Interview, Phase
from bot.readiness.interview_cards import OneMore
from bot.readiness.refusals import Refusal, Refused
from bot.readiness.respondent_cards import HandOverOffer
from bot.readiness.transitions import FOLLOWING_UP
from bot.readiness.typed import Reply, TypedReply, understand, who_and_when, whom_to_ask
from bot.usecases import handovers, interviews
from bot.usecases.answers import FACT_LENGTH, NOTE_LENGTH
from bot.usecases.asked import one_more
from bot.usecases.follow_ups import link_events, same_facts, today
from bot.usecases.people import person_of
from bot.usecases.ports import Context
from bot.usecases.proposals import confirmed_level, turns_down
from bot.usecases.turns import held, take

_ALWAYS: Mapping[Reply, Event] = {
    Reply.BACK: Back(),
    Reply.PAUSE: Pause(),
    Reply.RESUME: Resume(),
}
"""Words that mean the same whatever is asked."""

_PASSING = (Reply.NOT_NOW, Reply.SKIP, Reply.UNKNOWN)


def said(context: Context, text: str) -> Done | OneMore | WhyAsked | HandOverOffer | None:
    """Typed words in the direct messages: they belong to the newest interview that still waits for something.

    None means that a new message says how it goes on. Raises Refused NO_INTERVIEW when nothing waits.
    """
    reply = understand(text)
    interview = interviews.current_interview(context)
    if interview is None:
        raise Refused(Refusal.NO_INTERVIEW)
    if reply.kind is Reply.WHY and interview.current:
        return interviews.why_asked(context, interview.current)
    if reply.kind is Reply.RESUME or interview.phase not in (Phase.PAUSED, Phase.INVITED):
        told = _typed(context, interview, reply)
        return told or one_more(context, interview, saved=reply.kind not in _PASSING)
    raise Refused(Refusal.NOT_POSSIBLE_NOW, phase=interview.phase.value)


def _typed(context: Context, interview: Interview, reply: TypedReply) -> Done | HandOverOffer | None:
    if reply.kind in _ALWAYS:
        interviews.happen(context, interview.id, _ALWAYS[reply.kind])
        return Done(Act.PAUSED) if reply.kind is Reply.PAUSE else None
    if interview.phase in FOLLOWING_UP:
        match interview.wanted[0].asks:
            case Asks.FACTS:
                return _fact(context, interview, reply)
            case Asks.OWNER_AND_DATE:
                return _promise(context, interview, reply)
            case Asks.CHECK:
                return _check(context, interview, reply)
    return _answer(context, interview, reply)


def _answer(context: Context, interview: Interview, reply: TypedReply) -> Done | HandOverOffer | None:
    """To the question itself, or to the wish for a link."""
    dimension_id = _asked(interview)
    if turns_down(context, interview, dimension_id, reply.text):
        interviews.happen(context, interview.id, TurnDown(dimension_id))
        return Done(Act.TURNED_DOWN)
    match reply.kind:
        case Reply.UNKNOWN:
            interviews.happen(context, interview.id, SayUnknown(dimension_id))
        case Reply.SKIP:
            interviews.happen(context, interview.id, Skip())
        case Reply.NO_LEVEL:
            raise Refused(Refusal.NO_SUCH_LEVEL, word=reply.text[:20])
        case Reply.LEVEL if reply.level is not None:
            interviews.choose(context, interview.id, dimension_id, reply.level)
        case Reply.YES if (level := confirmed_level(context, interview, dimension_id)) is not None:
            interviews.choose(context, interview.id, dimension_id, level)
        case Reply.NOT_APPLICABLE:
            interviews.not_applicable(context, interview.id, dimension_id)
        case Reply.UNCHANGED:
            interviews.unchanged(context, interview.id, dimension_id)
        case Reply.NOT_MINE | Reply.NOT_MINE_EITHER:
            return _not_mine(context, interview, reply)
        case _:
            return _free_words(context, interview, reply)
    return None


def _not_mine(context: Context, interview: Interview, reply: TypedReply) -> Done | HandOverOffer:
    """Straight to who was mentioned, or back to who handed it over; else a button that asks whom."""
    account, words = whom_to_ask(reply.text)
    dimension_id = _asked(interview)
    came = handovers.how_it_came(context, interview, dimension_id)
    if reply.kind is Reply.NOT_MINE_EITHER and came is not None and not came.returned:
        return handovers.give_back(context, interview.id, dimension_id)
    if account:
        return handovers.typed(context, interview.id, account, words)
    handovers.form(context, interview.id, dimension_id)
    return HandOverOffer(interview, context.framework_asked(interview.assessment_id).dimension(dimension_id))


def _free_words(context: Context, interview: Interview, reply: TypedReply) -> Done | None:
    dimension_id, words = _asked(interview), reply.text[:NOTE_LENGTH]
    if interview.phase is Phase.EXPLAINING:
        interviews.happen(context, interview.id, GiveReason(dimension_id, "other", words))
        return None
    if interview.phase is Phase.PROVING:
        if reply.kind is Reply.NOT_NOW:
            _pass(context, interview)
            return None
        if reply.kind is Reply.LINK:
            take(context, held(context, interview.id), *link_events(dimension_id, reply.text))
            return None
    if reply.kind is Reply.LINK and dimension_id in interview.answered:
        # Asked again: the new link takes the place of the old one, whichever level is chosen now, or none.
        return _backed(context, interview, reply)
    return _note(context, interview, words)


def _backed(context: Context, interview: Interview, reply: TypedReply) -> Done:
    """A link backs the answer that is there; what was asked stays asked."""
    take(context, held(context, interview.id), *link_events(_asked(interview), reply.text))
    return Done(Act.NOTED)


def _fact(context: Context, interview: Interview, reply: TypedReply) -> Done | None:
    """One fact after another, in the order of the fields; what is told as a number or a link is a fact as well."""
    dimension_id, follow_up_id = _asked(interview), interview.wanted[0].id
    if reply.kind in _PASSING:
        _pass(context, interview)
        return None
    if reply.kind is Reply.UNCHANGED:
        same_facts(context, interview.id, dimension_id, follow_up_id)
        return None
    own = held(context, interview.id)
    follow_up = own.framework.dimension(dimension_id).follow_up(follow_up_id)
    given = own.given[dimension_id].facts
    field, *more = empty_fields(follow_up, given) or tuple(follow_up.fields)
    wants = interview.wanted[:1] if more else ()
    take(context, own, GiveFacts(dimension_id, {field: reply.text[:FACT_LENGTH]}, wants))
    return None


def _promise(context: Context, interview: Interview, reply: TypedReply) -> Done | None:
    """A colleague and a day; without a colleague it is the respondent."""
    if reply.kind in _PASSING:
        _pass(context, interview)
        return None
    account, due = who_and_when(reply.text)
    if due is None and (account or reply.kind in (Reply.YES, Reply.LEVEL, Reply.NO_LEVEL)):
        return Done(Act.DAY_WANTED)
    if due is None and reply.kind is Reply.LINK:
        return _backed(context, interview, reply)
    if due is None:
        return _note(context, interview, reply.text)
    if due < today(context):
        return Done(Act.DAY_WANTED)
    closer = person_of(context, account).id if account else context.actor.id
    interviews.happen(context, interview.id, GivePromise(_asked(interview), closer, due))
    return None


def _check(context: Context, interview: Interview, reply: TypedReply) -> Done | HandOverOffer | None:
    """Does it stand? Yes, no, or another level at once."""
    dimension_id = _asked(interview)
    match reply.kind:
        case Reply.YES | Reply.UNCHANGED | Reply.SKIP:
            _pass(context, interview)
        case Reply.NOT_NOW:
            interviews.happen(context, interview.id, Edit(dimension_id))
        case Reply.LEVEL if reply.level is not None:
            own = held(context, interview.id)
            if own.given[dimension_id].level == reply.level:
                _pass(context, interview)
            else:
                interviews.choose(context, interview.id, dimension_id, reply.level)
        case _:
            return _answer(context, interview, reply)
    return None


def _note(context: Context, interview: Interview, words: str) -> Done:
    interviews.happen(context, interview.id, GiveNote(_asked(interview), words[:NOTE_LENGTH]))
    return Done(Act.KEPT if interview.phase in FOLLOWING_UP else Act.NOTED)


def _pass(context: Context, interview: Interview) -> None:
    interviews.happen(context, interview.id, PassFollowUp(_asked(interview), interview.wanted[0].id))


def _asked(interview: Interview) -> str:
    assert interview.current is not None, interview.id
    return interview.current
