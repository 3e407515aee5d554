"""A respondent's side of an interview: every press and every typed word becomes one event of the machine."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.readiness.assessment import Answer, AnswerKind, Evidence, EvidenceStrength, Project
from bot.readiness.cards import Act, Done, WhyAsked
from bot.readiness.events import (
    Annotate,
    Attach,
    Back,
    ChooseLevel,
    ConfirmUnchanged,
    Event,
    Finish,
    GiveLink,
    GiveNote,
    GiveReason,
    Outcome,
    PassProof,
    Pause,
    Record,
    Resume,
    SayNotApplicable,
    SayUnknown,
    Skip,
)
from bot.readiness.framework import Dimension, Framework
from bot.readiness.interview import Interview, Phase, step
from bot.readiness.proof import calls_for_proof
from bot.readiness.refusals import Refusal, Refused
from bot.readiness.typed import Reply, TypedReply, understand
from bot.usecases.assessments import rescore, settle_interview
from bot.usecases.people import new_id, refresh_homes, require_reading
from bot.usecases.ports import Context
from bot.usecases.questions import owe_effects

NOTE_LENGTH = 3000
LINK_LENGTH = 2000


@dataclass(frozen=True, slots=True)
class _Own:
    """The actor's interview with its project and what they answered so far, held until the transaction ends."""

    interview: Interview
    project: Project
    given: Mapping[str, Answer]


def happen(context: Context, interview_id: str, event: Event) -> None:
    """Let one event happen to the actor's interview: step, store, owe what must be shown.

    Raises Refused when it is not the actor's interview, or the machine's table forbids the event.
    """
    _happen(context, _own(context, interview_id), event)


def choose(context: Context, interview_id: str, dimension_id: str, level: int) -> None:
    """Answer with a level; the machine asks for a link when the answer would count for less than claimed."""
    own = _own(context, interview_id)
    dimension = _question(context, own, dimension_id)
    given = own.given.get(dimension_id)
    linked = understand(own.interview.notes.get(dimension_id, "")).link is not None
    backed = linked or (given is not None and given.evidence.strength is not EvidenceStrength.ASSERTED)
    exposure, target = own.project.exposure, own.project.target
    proof = not backed and calls_for_proof(_framework(context, own), dimension, level, exposure, target)
    _happen(context, own, ChooseLevel(dimension_id, level, proof))


def not_applicable(context: Context, interview_id: str, dimension_id: str) -> None:
    """Say that the question does not apply, where the framework allows it."""
    own = _own(context, interview_id)
    if not _question(context, own, dimension_id).may_be_not_applicable:
        raise Refused(Refusal.NOT_APPLICABLE_NOT_ALLOWED, dimension=dimension_id)
    _happen(context, own, SayNotApplicable(dimension_id))


def give_reason(context: Context, interview_id: str, dimension_id: str, reason: str) -> None:
    """Say why the question does not apply, by one of the framework's reasons."""
    own = _own(context, interview_id)
    if reason not in _question(context, own, dimension_id).not_applicable_reasons:
        raise Refused(Refusal.UNKNOWN_PRESS)
    _happen(context, own, GiveReason(dimension_id, reason))


def unchanged(context: Context, interview_id: str, dimension_id: str) -> None:
    """Confirm last time's answer; without one there is nothing to confirm."""
    own = _own(context, interview_id)
    _question(context, own, dimension_id)
    if previous_answer(context, own.interview, dimension_id) is None:
        raise Refused(Refusal.NOTHING_TO_CONFIRM)
    _happen(context, own, ConfirmUnchanged(dimension_id))


def leave(context: Context, interview_id: str, dimension_id: str, event: Skip | Back) -> None:
    """Leave a question by its button, on or back; pressed twice, it has been left already."""
    own = _own(context, interview_id)
    if own.interview.current in (None, dimension_id):
        _happen(context, own, event)


def agree(context: Context, answer_id: str) -> Done:
    """Agree that a question does not apply; until a second person does, it counts as unknown."""
    try:
        project = context.tx.projects.lock(context.tx.answers.get(answer_id).project_id)
    except KeyError:
        raise Refused(Refusal.UNKNOWN_PRESS) from None
    require_reading(context, project)
    claim = context.tx.answers.get(answer_id)
    if claim.respondent_id == context.actor.id:
        raise Refused(Refusal.NOT_OWN_CLAIM)
    latest = context.tx.answers.of_respondent(claim.assessment_id, claim.respondent_id).get(claim.dimension_id)
    if latest != claim or claim.kind is not AnswerKind.NOT_APPLICABLE or claim.approved_by is not None:
        return Done(Act.ALREADY_DONE, {"project": project.name})
    context.tx.answers.add(_superseding(context, claim, replace(claim, approved_by=context.actor.id)))
    context.tx.record("answer.agreed", claim.id, context.actor.id, {"dimension": claim.dimension_id})
    rescore(context, context.tx.assessments.get(claim.assessment_id), project)
    return Done(Act.AGREED, {"project": project.name})


def _happen(context: Context, own: _Own, event: Event) -> None:
    if _is_said(own, event):
        return
    after, outcome = step(own.interview, event)
    if after.phase is Phase.FINISHED and after.finished_at is None:
        after = replace(after, finished_at=context.now)
    context.tx.interviews.save(after)
    _store(context, own, outcome)
    owe_effects(context, after, outcome)
    refresh_homes(context, {context.actor.id} if context.actor.home_opened else ())
    if any(isinstance(effect, Finish | Record | Attach) for effect in outcome):
        settle_interview(context, after, own.project)


def said(context: Context, text: str) -> Done | WhyAsked | None:
    """Typed words in the direct messages: they belong to the newest interview that still waits for something.

    None means that the messages on screen say it already. Raises Refused NO_INTERVIEW when nothing waits.
    """
    reply = understand(text)
    interview = current_interview(context)
    if interview is None:
        raise Refused(Refusal.NO_INTERVIEW)
    if reply.kind is Reply.WHY and interview.current:
        return why_asked(context, interview.current)
    if reply.kind is Reply.RESUME or interview.phase is not Phase.PAUSED:
        return _typed(context, interview, reply)
    raise Refused(Refusal.NOT_POSSIBLE_NOW, phase=interview.phase.value)


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
    """The actor's newest interview that is not over; else the newest finished one, which `back` can reopen."""
    waiting = context.tx.interviews.unfinished_of(context.actor.id)
    return waiting[0] if waiting else None


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


def previous_answer(context: Context, interview: Interview, dimension_id: str) -> Answer | None:
    """Last time's answer for this question: the respondent's own, else the newest of the others.

    None where the question has other levels by now: nobody can confirm a claim that reads differently.
    """
    earlier = context.tx.answers.before(interview.project_id, dimension_id, interview.assessment_id)
    if earlier and not _reads_the_same(context, dimension_id, earlier[0].assessment_id, interview.assessment_id):
        return None
    own = [answer for answer in earlier if answer.respondent_id == interview.respondent_id]
    return next(iter(own or earlier), None)


def _reads_the_same(context: Context, dimension_id: str, before_id: str, now_id: str) -> bool:
    before, now = context.framework_asked(before_id), context.framework_asked(now_id)
    if before is now:
        return True
    earlier, asked = before.by_id.get(dimension_id), now.by_id.get(dimension_id)
    return earlier is not None and asked is not None and earlier.levels == asked.levels


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


def _typed(context: Context, interview: Interview, reply: TypedReply) -> Done | None:
    dimension_id = interview.current
    assert dimension_id is not None, interview.id
    simple: Mapping[Reply, Event] = {
        Reply.UNKNOWN: SayUnknown(dimension_id),
        Reply.BACK: Back(),
        Reply.SKIP: Skip(),
        Reply.PAUSE: Pause(),
        Reply.RESUME: Resume(),
    }
    if reply.kind in simple:
        happen(context, interview.id, simple[reply.kind])
        return Done(Act.PAUSED) if reply.kind is Reply.PAUSE else None
    if reply.kind is Reply.NO_LEVEL:
        raise Refused(Refusal.NO_SUCH_LEVEL, word=reply.text[:20])
    if reply.kind is Reply.LEVEL and reply.level is not None:
        choose(context, interview.id, dimension_id, reply.level)
        return None
    if reply.kind is Reply.NOT_APPLICABLE:
        not_applicable(context, interview.id, dimension_id)
        return None
    if reply.kind is Reply.UNCHANGED:
        unchanged(context, interview.id, dimension_id)
        return None
    return _free_words(context, interview, dimension_id, reply)


def _free_words(context: Context, interview: Interview, dimension_id: str, reply: TypedReply) -> Done | None:
    words = reply.text[:NOTE_LENGTH]
    if interview.phase is Phase.EXPLAINING:
        happen(context, interview.id, GiveReason(dimension_id, "other", words))
        return None
    if reply.kind is Reply.NO_LINK and interview.phase is Phase.PROVING:
        happen(context, interview.id, PassProof(dimension_id))
        return None
    if reply.kind is Reply.LINK and reply.link and interview.phase is Phase.PROVING:
        if reply.link != reply.text:
            happen(context, interview.id, GiveNote(dimension_id, words))
        happen(context, interview.id, GiveLink(dimension_id, reply.link[:LINK_LENGTH]))
        return None
    happen(context, interview.id, GiveNote(dimension_id, words))
    return Done(Act.NOTED)


def _own(context: Context, interview_id: str) -> _Own:
    try:
        project = context.tx.projects.lock(context.tx.interviews.get(interview_id).project_id)
    except KeyError:
        raise Refused(Refusal.UNKNOWN_PRESS) from None
    # Read again now that nobody else changes it.
    interview = context.tx.interviews.get(interview_id)
    if interview.respondent_id != context.actor.id:
        raise Refused(Refusal.NOT_YOUR_INTERVIEW)
    if interview.phase is Phase.CLOSED or project.archived_at is not None:
        raise Refused(Refusal.INTERVIEW_CLOSED, project=project.name)
    return _Own(interview, project, context.tx.answers.of_respondent(interview.assessment_id, context.actor.id))


def _is_said(own: _Own, event: Event) -> bool:
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
    if event.dimension_id == own.interview.current and own.interview.phase is not Phase.PROVING:
        return False
    given = own.given.get(event.dimension_id)
    return given is not None and said in ((given.kind, given.level), (given.unchanged,))


def _store(context: Context, own: _Own, outcome: Outcome) -> None:
    for effect in outcome:
        match effect:
            case Record():
                context.tx.answers.add(_recorded(context, own, effect))
            case Attach(dimension_id, link):
                given = own.given[dimension_id]
                backed = replace(given, evidence=Evidence(EvidenceStrength.LINKED, link), unchanged=False)
                context.tx.answers.add(_superseding(context, given, backed))
            case Annotate(dimension_id, text):
                given = own.given[dimension_id]
                note = "\n".join(filter(None, (given.note, text)))[:NOTE_LENGTH]
                context.tx.answers.add(_superseding(context, given, replace(given, note=note)))


def _recorded(context: Context, own: _Own, record: Record) -> Answer:
    interview, given = own.interview, own.given.get(record.dimension_id)
    # A link typed before the level backs the answer; one given earlier stays with an edited level.
    typed = understand(record.note)
    evidence = given.evidence if given else Evidence()
    if typed.link:
        evidence = Evidence(EvidenceStrength.LINKED, typed.link[:LINK_LENGTH])
    answer = Answer(
        id=new_id(),
        project_id=own.project.id,
        assessment_id=interview.assessment_id,
        interview_id=interview.id,
        dimension_id=record.dimension_id,
        respondent_id=interview.respondent_id,
        kind=record.kind,
        answered_at=context.now,
        level=record.level,
        evidence=evidence if record.kind is AnswerKind.LEVEL else Evidence(),
        note=_note(record.note, given),
        reason=record.reason,
        unchanged=record.unchanged,
        supersedes_id=given.id if given else None,
    )
    if not record.unchanged:
        return answer
    previous = previous_answer(context, interview, record.dimension_id)
    assert previous is not None, interview.id
    return replace(
        answer,
        kind=previous.kind,
        level=previous.level,
        evidence=previous.evidence,
        note=record.note[:NOTE_LENGTH] or previous.note,
        reason=previous.reason,
        approved_by=previous.approved_by,
    )


def _note(said: str, given: Answer | None) -> str:
    """The words with an answer; a bare link is evidence and not repeated as a note."""
    if understand(said).link == said.strip():
        said = ""
    return said[:NOTE_LENGTH] or (given.note if given else "")


def _superseding(context: Context, given: Answer, changed: Answer) -> Answer:
    return replace(changed, id=new_id(), answered_at=context.now, supersedes_id=given.id)


def _question(context: Context, own: _Own, dimension_id: str) -> Dimension:
    if dimension_id not in own.interview.questions:
        raise Refused(Refusal.NOT_YOUR_INTERVIEW)
    return _framework(context, own).dimension(dimension_id)


def _framework(context: Context, own: _Own) -> Framework:
    return context.framework_asked(own.interview.assessment_id)
