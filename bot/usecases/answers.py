"""What an interview's effects become: answers, each superseding the one before it, and what else is kept with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.readiness.assessment import Answer, AnswerKind, Evidence, Project
from bot.readiness.events import Annotate, Asks, Attach, Detail, Effect, Outcome, Promise, Record
from bot.readiness.evidence import carried, confirmed, linked
from bot.readiness.follow_ups import DUE, PERSON, promise_key
from bot.readiness.framework import Dimension, Framework
from bot.readiness.interview import Interview
from bot.readiness.typed import understand, words_around
from bot.usecases import commitments
from bot.usecases.people import new_id
from bot.usecases.ports import Context

NOTE_LENGTH = 3000
LINK_LENGTH = 2000
FACT_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Own:
    """The actor's interview with its project, held until the transaction ends.

    `framework` is the one that asks here,
    `given` is what the actor answered so far, `others` the latest answers of everybody else in this assessment.
    """

    interview: Interview
    project: Project
    framework: Framework
    given: Mapping[str, Answer]
    others: Sequence[Answer] = ()

    def told(self, answer: Answer) -> "Own":
        """The same, once this was answered."""
        return replace(self, given={**self.given, answer.dimension_id: answer})

    @property
    def all(self) -> tuple[Answer, ...]:
        """The latest answers of everybody."""
        return (*self.others, *self.given.values())


def own_of(context: Context, interview: Interview, project: Project) -> Own:
    """An interview with everything that was answered in its assessment."""
    given, others = {}, []
    for answer in context.tx.answers.current(interview.assessment_id):
        if answer.respondent_id == interview.respondent_id:
            given[answer.dimension_id] = answer
        else:
            others.append(answer)
    return Own(interview, project, context.framework_asked(interview.assessment_id), given, others)


def answers_by(context: Context, own: Own, outcome: Outcome) -> tuple[Answer, ...]:
    """The answers these effects make, in order; nothing is stored yet."""
    made = []
    for effect in outcome:
        answer = _answer(context, own, effect)
        if answer is not None:
            own = own.told(answer)
            made.append(answer)
    return tuple(made)


def keep(context: Context, project: Project, answers: Sequence[Answer], outcome: Sequence[Effect]) -> None:
    """Store what `answers_by` made, and what was promised."""
    for answer in answers:
        context.tx.answers.add(answer)
    for effect in outcome:
        if isinstance(effect, Promise):
            _promise(context, project, effect)


def superseding(context: Context, given: Answer, changed: Answer) -> Answer:
    """A change of an answer, as the new one that takes its place."""
    return replace(changed, id=new_id(), answered_at=context.now, supersedes_id=given.id)


def previous_answer(context: Context, interview: Interview, dimension_id: str) -> Answer | None:
    """Last time's answer for this question: the respondent's own, else the newest of the others.

    None where the question has other levels by now: nobody can confirm a claim that reads differently.
    """
    earlier = context.tx.answers.before(interview.project_id, dimension_id, interview.assessment_id)
    if earlier:
        before, now = (context.framework_asked(each.assessment_id) for each in (earlier[0], interview))
        if not reads_the_same(before, now, dimension_id):
            return None
    own = [answer for answer in earlier if answer.respondent_id == interview.respondent_id]
    return next(iter(own or earlier), None)


def reads_the_same(before: Framework, now: Framework, dimension_id: str) -> bool:
    """Whether a dimension has the same levels in both frameworks, so that an answer says the same by either."""
    if before is now:
        return True
    earlier, asked = before.by_id.get(dimension_id), now.by_id.get(dimension_id)
    return earlier is not None and asked is not None and earlier.levels == asked.levels


def _promise(context: Context, project: Project, promise: Promise) -> None:
    """A commitment; what somebody else has taken on already stays with them, the answer says what was meant."""
    held = context.tx.commitments.open_of(project.id).get(promise.dimension_id)
    if held is None or held.person_id == promise.person_id:
        commitments.promise(context, project, promise.dimension_id, promise.person_id, promise.due, asked=True)


def _answer(context: Context, own: Own, effect: Effect) -> Answer | None:
    match effect:
        case Record():
            return _recorded(context, own, effect)
        case Attach(dimension_id, link):
            given = own.given[dimension_id]
            return superseding(context, given, replace(given, evidence=linked(link, context.now), unchanged=False))
        case Annotate(dimension_id, text):
            given = own.given[dimension_id]
            note = "\n".join(filter(None, (given.note, text)))[:NOTE_LENGTH]
            return superseding(context, given, replace(given, note=note))
        case Detail(dimension_id, facts):
            given = own.given[dimension_id]
            told = {field: said for field, said in {**given.facts, **facts}.items() if said}
            return superseding(context, given, replace(given, facts=told))
        case Promise(dimension_id):
            given = own.given[dimension_id]
            facts = {**given.facts, **_promised(own.framework.dimension(dimension_id), effect)}
            return superseding(context, given, replace(given, facts=facts))
    return None


def _promised(dimension: Dimension, promise: Promise) -> Mapping[str, str]:
    """A promise as facts of the answer, under every follow-up that asks for one."""
    said = {PERSON: promise.person_id, DUE: promise.due.isoformat()}
    return {
        promise_key(follow_up.id, part): value
        for follow_up in dimension.follow_ups
        if follow_up.asks == Asks.OWNER_AND_DATE
        for part, value in said.items()
    }


def _recorded(context: Context, own: Own, record: Record) -> Answer:
    interview, given = own.interview, own.given.get(record.dimension_id)
    # A link typed before the level backs the answer; one given earlier stays with an edited level, as facts do.
    typed = understand(record.note)
    evidence = carried(given.evidence, same_level=given.level == record.level) if given else Evidence()
    if typed.link:
        evidence = linked(typed.link[:LINK_LENGTH], context.now)
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
        facts=given.facts if given else {},
    )
    if not record.unchanged:
        return answer
    previous = previous_answer(context, interview, record.dimension_id)
    assert previous is not None, interview.id
    return replace(
        answer,
        kind=previous.kind,
        level=previous.level,
        evidence=confirmed(previous.evidence, context.now),
        note=record.note[:NOTE_LENGTH] or previous.note,
        reason=previous.reason,
        approved_by=previous.approved_by,
        facts={**previous.facts, **answer.facts},
    )


def _note(said: str, given: Answer | None) -> str:
    """The words with an answer; a bare link is evidence and not repeated as a note."""
    if link := understand(said).link:
        said = words_around(said, link)
    return said[:NOTE_LENGTH] or (given.note if given else "")
