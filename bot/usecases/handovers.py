"""*Not mine*: a question goes to a colleague with its context, on to the next one, or back."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.incoming import Press, Submit
from bot.readiness.assessment import AssessmentState, Person
from bot.readiness.cards import Act, Done
from bot.readiness.events import HandOver, Receive
from bot.readiness.handovers import Handover, brought, came_from
from bot.readiness.interview import Interview, begin, step
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.refusals import FieldsRefused, Refusal, Refused
from bot.readiness.remarks import Remark
from bot.readiness.respondent_cards import HandedCard, HandedLine, HandedQuestion, HandOverForm
from bot.usecases.answers import Own, own_of
from bot.usecases.locking import locked
from bot.usecases.owed import is_owed
from bot.usecases.people import new_id, person_of, refresh_homes
from bot.usecases.ports import Context
from bot.usecases.questions import store
from bot.usecases.turns import held, take

WORDS_LENGTH = 1000


def form(context: Context, interview_id: str, dimension_id: str) -> HandOverForm:
    """Asks who should answer instead."""
    own = _open(context, interview_id, dimension_id)
    return HandOverForm(own.interview, own.framework.dimension(dimension_id))


def submit(context: Context, submitted: Submit) -> Done:
    """Hand the question over, as the form says. Raises FieldsRefused."""
    interview_id, _, dimension_id = submitted.value.partition("|")
    account = submitted.fields.get("colleague")
    if not isinstance(account, str) or not account:
        raise FieldsRefused({"colleague": "missing"})
    own = _open(context, interview_id, dimension_id)
    words = str(submitted.fields.get("words") or "").strip()
    try:
        return hand_over(context, own, dimension_id, person_of(context, account), words)
    except _NotToThem as fault:
        raise FieldsRefused({"colleague": fault.code}) from None


def typed(context: Context, interview_id: str, account: str, words: str) -> Done:
    """Hand the question that is being asked to somebody mentioned."""
    own = _open(context, interview_id)
    colleague = person_of(context, account)
    try:
        return hand_over(context, own, own.interview.current or "", colleague, words)
    except _NotToThem:
        raise Refused(Refusal.NOT_TO_THEM, name=colleague.name) from None


def give_back(context: Context, interview_id: str, dimension_id: str) -> Done:
    """*Not mine either*: to whom it came from. They may have taken it back, or answered it, in the meantime."""
    own = _open(context, interview_id, dimension_id)
    chain = context.tx.handovers.of_assessment(own.interview.assessment_id)
    came = came_from(chain, dimension_id, context.actor.id)
    if came is None:
        raise Refused(Refusal.NOT_POSSIBLE_NOW, phase=own.interview.phase.value)
    return _pass(context, own, dimension_id, context.tx.people.get(came.from_id), "", returned=True)


def take_over(context: Context, press: Press) -> Done:
    """Whoever stands in for a respondent takes all of their open questions, as if they had been handed over."""
    interview, project = locked(context, context.tx.interviews.get, press.value)
    respondent = context.tx.people.get(interview.respondent_id)
    if context.tx.preferences.get(respondent.id).backup_id != context.actor.id:
        raise Refused(Refusal.NOT_BACKUP, name=respondent.name, project=project.name)
    if project.archived_at is not None or not is_owed(context, interview):
        raise Refused(Refusal.INTERVIEW_CLOSED, project=project.name)
    taken = 0
    for dimension_id in interview.questions:
        # Read anew, as every question that goes may put another one.
        own = own_of(context, context.tx.interviews.get(interview.id), project)
        if _owes(own.interview, dimension_id):
            try:
                hand_over(context, own, dimension_id, context.actor, "")
            except _NotToThem:
                continue
            taken += 1
    if not taken:
        raise Refused(Refusal.NOT_TO_THEM, name=context.actor.name)
    refresh_homes(context, {respondent.id})
    return Done(Act.TAKEN_OVER, {"count": str(taken)}, respondent)


def hand_over(context: Context, own: Own, dimension_id: str, colleague: Person, words: str) -> Done:
    """Put the question to the colleague; whoever gave it to the respondent gets it back. Raises _NotToThem."""
    if colleague.id == own.interview.respondent_id:
        raise _NotToThem("own_question")
    chain = context.tx.handovers.of_assessment(own.interview.assessment_id)
    came = came_from(chain, dimension_id, own.interview.respondent_id)
    returned = came is not None and came.from_id == colleague.id
    theirs = _interview_of(context, own.interview.assessment_id, colleague)
    if theirs is not None and not returned and _owes(theirs, dimension_id):
        raise _NotToThem("has_it")
    return _pass(context, own, dimension_id, colleague, words, returned=returned)


def _pass(context: Context, own: Own, dimension_id: str, colleague: Person, words: str, *, returned: bool) -> Done:
    """Take the question from its respondent and put it to the colleague, who may have it or have answered it."""
    theirs = _interview_of(context, own.interview.assessment_id, colleague)
    if theirs is not None and dimension_id in theirs.answered:
        take(context, own, HandOver(dimension_id))
        return Done(Act.ANSWERED_ALREADY, person=colleague)
    passed = Handover(
        id=new_id(),
        project_id=own.project.id,
        assessment_id=own.interview.assessment_id,
        dimension_id=dimension_id,
        from_id=own.interview.respondent_id,
        to_id=colleague.id,
        at=context.now,
        returned=returned,
    )
    context.tx.handovers.add(passed)
    if words:
        context.tx.remarks.add(Remark(new_id(), passed.id, context.actor.id, context.now, words[:WORDS_LENGTH]))
    # Received first: with the last question handed over the actor is done, and the assessment must still wait.
    if theirs is None or not _owes(theirs, dimension_id):
        _receive(context, theirs, passed)
    take(context, own, HandOver(dimension_id))
    recorded = {"project": own.project.id, "dimension": dimension_id, "person": colleague.id, "returned": returned}
    context.tx.record("question.handed", own.interview.assessment_id, context.actor.id, recorded)
    refresh_homes(context, {colleague.id})
    return Done(Act.GIVEN_BACK if returned else Act.HANDED, person=colleague)


def handed(context: Context, notice: Notice) -> HandedCard | None:
    """Told to somebody who is asked other things: one more comes. Nothing once it is asked, answered or gone."""
    interview = context.tx.interviews.get(notice.subject)
    dimension_id = notice.parameters["dimension"]
    if interview.is_over or dimension_id == interview.current or not _owes(interview, dimension_id):
        return None
    came = how_it_came(context, interview, dimension_id)
    if came is None:
        return None
    return HandedCard(
        project=context.tx.projects.get(interview.project_id),
        dimension=context.framework_asked(interview.assessment_id).dimension(dimension_id),
        interview=interview,
        handed=came,
        deadline=context.tx.assessments.get(interview.assessment_id).deadline,
        zone=context.actor.timezone,
    )


def how_it_came(context: Context, interview: Interview, dimension_id: str) -> HandedQuestion | None:
    """Who handed this question to the respondent, or gave it back to them, and what they said."""
    chain = context.tx.handovers.of_assessment(interview.assessment_id)
    last = brought(chain, dimension_id, interview.respondent_id)
    if last is None:
        return None
    may_return = came_from(chain, dimension_id, interview.respondent_id) is not None
    return replace(_shown(context, last, last.from_id), may_return=may_return)


def where_it_went(context: Context, interview: Interview, dimension_id: str) -> HandedQuestion | None:
    """To whom the respondent handed this question last."""
    chain = context.tx.handovers.of_assessment(interview.assessment_id)
    steps = [s for s in chain if s.dimension_id == dimension_id and s.from_id == interview.respondent_id]
    return _shown(context, steps[-1], steps[-1].to_id) if steps else None


def under_way(context: Context, assessment_id: str, interviews: Sequence[Interview]) -> tuple[HandedLine, ...]:
    """The open questions that somebody has from somebody else, for the owner; the longest on their way first."""
    chain = context.tx.handovers.of_assessment(assessment_id)
    framework = context.framework_asked(assessment_id)
    steps = [
        step
        for interview in interviews
        for dimension_id in interview.questions
        if _owes(interview, dimension_id)
        and (step := brought(chain, dimension_id, interview.respondent_id)) is not None
    ]
    people = context.tx.people.many({each for step in steps for each in (step.from_id, step.to_id)})
    return tuple(
        HandedLine(
            dimension=framework.dimension(step.dimension_id),
            holder=people[step.to_id],
            giver=people[step.from_id],
            at=step.at,
            returned=step.returned,
        )
        for step in sorted(steps, key=lambda step: step.at)
    )


class _NotToThem(Exception):
    """This colleague cannot take the question; `code` is that of a field's fault."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _open(context: Context, interview_id: str, dimension_id: str | None = None) -> Own:
    """The actor's interview, if this question, else the one that is being asked, can still go to somebody else."""
    own = held(context, interview_id)
    interview = own.interview
    if context.tx.assessments.get(interview.assessment_id).state is not AssessmentState.OPEN:
        raise Refused(Refusal.INTERVIEW_CLOSED, project=own.project.name)
    dimension_id = interview.current if dimension_id is None else dimension_id
    if dimension_id is not None and dimension_id not in interview.questions:
        raise Refused(Refusal.NOT_YOUR_INTERVIEW)
    if dimension_id is None or not _owes(interview, dimension_id):
        raise Refused(Refusal.NOT_POSSIBLE_NOW, phase=interview.phase.value)
    return own


def _owes(interview: Interview, dimension_id: str) -> bool:
    """Whether the question is with this respondent, asked, waiting or skipped, and has no answer."""
    return dimension_id in interview.questions and dimension_id not in interview.answered | interview.handed


def _interview_of(context: Context, assessment_id: str, person: Person) -> Interview | None:
    interviews = context.tx.interviews.of_assessment(assessment_id)
    return next((interview for interview in interviews if interview.respondent_id == person.id), None)


def _receive(context: Context, theirs: Interview | None, passed: Handover) -> None:
    if theirs is None:
        begun, outcome = begin(
            Interview(
                id=new_id(),
                project_id=passed.project_id,
                assessment_id=passed.assessment_id,
                respondent_id=passed.to_id,
                questions=(passed.dimension_id,),
                opened_at=context.now,
            )
        )
        store(context, None, begun, outcome)
        return
    after, outcome = step(theirs, Receive(passed.dimension_id))
    store(context, theirs, after, outcome)
    if after.current != passed.dimension_id:
        context.tx.notices.put(
            Notice(
                key=f"handed:{passed.id}",
                kind=NoticeKind.HANDED,
                subject=after.id,
                person_id=passed.to_id,
                parameters={"dimension": passed.dimension_id},
            )
        )


def _shown(context: Context, passed: Handover, other_id: str) -> HandedQuestion:
    words = context.tx.remarks.about([passed.id])
    return HandedQuestion(
        other=context.tx.people.get(other_id),
        at=passed.at,
        words=words[0].words if words else "",
        returned=passed.returned,
    )
