"""What an answer calls for beyond its level: given by a form, by a shortcut, one by one, or passed."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.chat.incoming import Submit
from bot.readiness.assessment import Answer
from bot.readiness.events import Asks, Event, GiveFacts, GiveLink, GiveNote, GivePromise, PassFollowUp
from bot.readiness.follow_ups import DUE, PERSON, promise_key
from bot.readiness.framework import Dimension, FollowUp
from bot.readiness.interview_cards import CLOSER, DAY, LINK, DetailsForm
from bot.readiness.refusals import FieldsRefused, Refusal, Refused
from bot.readiness.typed import understand, words_around
from bot.usecases.answers import FACT_LENGTH, LINK_LENGTH, NOTE_LENGTH, Own, own_of, previous_answer
from bot.usecases.fields import word_of
from bot.usecases.interviews import question
from bot.usecases.people import person_of
from bot.usecases.ports import Context
from bot.usecases.questions import owe_list
from bot.usecases.turns import held, take

USUAL_TIME = timedelta(days=28)
"""How long closing a gap is proposed to take."""


def pass_follow_up(context: Context, interview_id: str, dimension_id: str, follow_up_id: str) -> None:
    """Not now; on a check: the answer stands."""
    take(context, held(context, interview_id), PassFollowUp(dimension_id, follow_up_id))


def promise(context: Context, interview_id: str, dimension_id: str, day: str) -> None:
    """The shortcut: the respondent closes the gap, by the day on the button."""
    own = held(context, interview_id)
    question(own, dimension_id)
    try:
        due = date.fromisoformat(day)
    except ValueError:
        raise Refused(Refusal.UNKNOWN_PRESS) from None
    if due < today(context):
        raise Refused(Refusal.NOT_POSSIBLE_NOW, phase=own.interview.phase.value)
    take(context, own, GivePromise(dimension_id, context.actor.id, due))


def same_facts(context: Context, interview_id: str, dimension_id: str, follow_up_id: str) -> None:
    """What was told last time still holds."""
    own = held(context, interview_id)
    follow_up = _follow_up(question(own, dimension_id), follow_up_id)
    previous = previous_answer(context, own.interview, dimension_id)
    facts = facts_of(follow_up, previous)
    if not facts:
        raise Refused(Refusal.NOTHING_TO_CONFIRM)
    take(context, own, GiveFacts(dimension_id, facts))


def details_form(
    context: Context, interview_id: str, dimension_id: str, follow_up_ids: str, listed: str = ""
) -> DetailsForm:
    """The form of one answer's follow-ups (ids joined by commas). Raises Refused when it is not the actor's answer."""
    try:
        interview = context.tx.interviews.get(interview_id)
    except KeyError:
        raise Refused(Refusal.UNKNOWN_PRESS) from None
    if interview.respondent_id != context.actor.id:
        raise Refused(Refusal.NOT_YOUR_INTERVIEW)
    own = own_of(context, interview, context.tx.projects.get(interview.project_id))
    dimension = question(own, dimension_id)
    follow_ups = tuple(_follow_up(dimension, each) for each in follow_up_ids.split(","))
    answer = own.given.get(dimension_id)
    if answer is None or answer.level is None:
        raise Refused(Refusal.NOT_POSSIBLE_NOW, phase=interview.phase.value)
    previous = previous_answer(context, interview, dimension_id)
    told = {**(previous.facts if previous else {}), **answer.facts}
    closer, due = _promised(follow_ups, answer)
    return DetailsForm(
        project=own.project,
        interview=interview,
        dimension=dimension,
        follow_ups=follow_ups,
        facts={field: told[field] for follow_up in follow_ups for field in follow_up.fields if told.get(field)},
        link=answer.evidence.link or "",
        closer=context.tx.people.get(closer).account if closer else context.actor.account,
        due=due,
        listed=listed,
    )


def details(context: Context, submit: Submit) -> None:
    """What was written into that form. Raises FieldsRefused with every fault at once; nothing is lost then."""
    parts = submit.value.split("|")
    if len(parts) != 4:
        raise Refused(Refusal.UNKNOWN_PRESS)
    interview_id, dimension_id, follow_up_ids, listed = parts
    own = held(context, interview_id)
    dimension = question(own, dimension_id)
    answer = own.given.get(dimension_id)
    if answer is None or answer.level is None:
        raise Refused(Refusal.NOT_POSSIBLE_NOW, phase=own.interview.phase.value)
    follow_ups = tuple(_follow_up(dimension, each) for each in follow_up_ids.split(","))
    written = {name: word_of(submit.fields, name) for name in submit.fields}
    faults = _faults(context, follow_ups, written)
    if faults:
        raise FieldsRefused(faults)
    take(context, own, *_events(context, own, follow_ups, dimension_id, written))
    if listed:
        owe_list(context, own.interview, listed)


def proposed_day(context: Context, due: date | None) -> date:
    """The day of the shortcut: four weeks from now, or the project's own date where that comes sooner."""
    usual = today(context) + USUAL_TIME
    return due if due is not None and today(context) < due < usual else usual


def today(context: Context) -> date:
    """The day where the actor is."""
    return context.now.astimezone(ZoneInfo(context.actor.timezone)).date()


def facts_of(follow_up: FollowUp, answer: Answer | None) -> Mapping[str, str]:
    """What an answer tells of this follow-up's fields."""
    told = answer.facts if answer else {}
    return {field: told[field] for field in follow_up.fields if told.get(field)}


def _follow_up(dimension: Dimension, follow_up_id: str) -> FollowUp:
    try:
        return dimension.follow_up(follow_up_id)
    except KeyError:
        raise Refused(Refusal.UNKNOWN_PRESS) from None


def _promised(follow_ups: Sequence[FollowUp], answer: Answer) -> tuple[str, date | None]:
    for follow_up in follow_ups:
        due = answer.facts.get(promise_key(follow_up.id, DUE))
        if due:
            return answer.facts.get(promise_key(follow_up.id, PERSON), ""), date.fromisoformat(due)
    return "", None


def _faults(context: Context, follow_ups: Sequence[FollowUp], written: Mapping[str, str]) -> dict[str, str]:
    faults: dict[str, str] = {}
    for follow_up in follow_ups:
        match follow_up.asks:
            case Asks.FACTS:
                faults |= {f: "fact_too_long" for f in follow_up.fields if len(written.get(f, "")) > FACT_LENGTH}
            case Asks.EVIDENCE:
                faults |= _link_fault(LINK, written.get(LINK, ""))
            case Asks.OWNER_AND_DATE:
                faults |= _promise_faults(context, written, alone=len(follow_ups) == 1)
    return faults


def _link_fault(field: str, words: str) -> dict[str, str]:
    link = understand(words).link
    if words and link is None:
        return {field: "link_form"}
    return {field: "link_too_long"} if link and len(link) > LINK_LENGTH else {}


def _promise_faults(context: Context, written: Mapping[str, str], *, alone: bool) -> dict[str, str]:
    """Both or none of them; alone in its form, both. The person is filled in, so a day is what makes it a promise."""
    day = written.get(DAY, "")
    if not day:
        return {DAY: "missing"} if alone else {}
    if not written.get(CLOSER):
        return {CLOSER: "missing"}
    try:
        due = date.fromisoformat(day)
    except ValueError:
        return {DAY: "date_form"}
    return {DAY: "date_past"} if due < today(context) else {}


def _events(
    context: Context, own: Own, follow_ups: Sequence[FollowUp], dimension_id: str, written: Mapping[str, str]
) -> list[Event]:
    """A form that is sent empty passes what it asked for."""
    asked = own.interview.wanted[0].id if own.interview.current == dimension_id and own.interview.wanted else ""
    events: list[Event] = []
    for follow_up in follow_ups:
        made: list[Event] = []
        match follow_up.asks:
            case Asks.FACTS:
                facts = {field: written.get(field, "") for field in follow_up.fields}
                if any(facts.values()) or facts_of(follow_up, own.given[dimension_id]):
                    made = [GiveFacts(dimension_id, facts)]
            case Asks.EVIDENCE:
                made = link_events(dimension_id, written.get(LINK, ""))
            case Asks.OWNER_AND_DATE if written.get(DAY):
                closer = person_of(context, written[CLOSER]).id
                made = [GivePromise(dimension_id, closer, date.fromisoformat(written[DAY]))]
        if not made and follow_up.id == asked:
            made = [PassFollowUp(dimension_id, follow_up.id)]
        events += made
    return events


def link_events(dimension_id: str, words: str) -> list[Event]:
    """A link, and the words around it if there are any."""
    reply = understand(words)
    if not reply.link:
        return []
    around = words_around(words, reply.link)
    noted: list[Event] = [GiveNote(dimension_id, around[:NOTE_LENGTH])] if around else []
    return [*noted, GiveLink(dimension_id, reply.link[:LINK_LENGTH])]
