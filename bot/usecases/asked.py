"""The cards of what an interview shows: a question as it stands now, and what several answers still call for."""

from collections.abc import Mapping
from datetime import date

from bot.readiness.assessment import Answer, EvidenceStrength, Person
from bot.readiness.cards import QuestionCard, QuestionState
from bot.readiness.events import Asks
from bot.readiness.follow_ups import called_for, counts_for, empty_fields, promised_in
from bot.readiness.framework import Check, Dimension
from bot.readiness.interview import Interview, Phase
from bot.readiness.interview_cards import Asked, OneMore, Open, OpenList
from bot.readiness.notices import Notice
from bot.readiness.respondent_cards import HandedQuestion
from bot.readiness.transitions import FOLLOWING_UP
from bot.usecases import link_checks
from bot.usecases.answers import Own, own_of, previous_answer
from bot.usecases.follow_ups import facts_of, proposed_day
from bot.usecases.handovers import how_it_came, where_it_went
from bot.usecases.outlooks import Outlook, outlook
from bot.usecases.ports import Context
from bot.usecases.proposals import proposed

_FOLLOWING: Mapping[Asks, QuestionState] = {
    Asks.EVIDENCE: QuestionState.PROVING,
    Asks.FACTS: QuestionState.TELLING,
    Asks.OWNER_AND_DATE: QuestionState.PROMISING,
    Asks.CHECK: QuestionState.CHECKING,
}


def question(context: Context, notice: Notice) -> QuestionCard | None:
    """A question as it stands: asked, waiting for a reason or for more, answered, passed over, left, or closed."""
    interview = context.tx.interviews.get(notice.subject)
    dimension = context.framework_asked(interview.assessment_id).dimension(notice.parameters["dimension"])
    project = context.tx.projects.get(interview.project_id)
    own = own_of(context, interview, project)
    answer = own.given.get(dimension.id)
    state = _state(interview, dimension.id, int(notice.parameters["asking"]), answer)
    if notice.edits is None and state in (QuestionState.ASKED_AGAIN, QuestionState.CLOSED):
        return None
    is_asked = state is QuestionState.ASKED
    left = outlook(context, own) if is_asked else Outlook(0, 0, may_stop=False)
    wants_before = is_asked or state is QuestionState.TELLING
    previous = previous_answer(context, interview, dimension.id) if wants_before else None
    return QuestionCard(
        state=state,
        project=project,
        interview=interview,
        dimension=dimension,
        barrier=own.framework.barrier(dimension.primary),
        previous=previous if is_asked else None,
        link_gone_since=link_checks.gone_since(context, project, previous) if is_asked and previous else None,
        answer=answer,
        counts_for=_counts_for(own, dimension, answer),
        note=interview.noted(dimension.id) or (answer.note if answer else ""),
        said_before=dimension.id in interview.answered,
        zone=context.actor.timezone,
        asked=_asked(context, own, dimension, previous),
        matter=left.matter,
        left=left.open,
        may_stop=left.may_stop,
        promised=_promised(context, dimension, answer),
        handed=_handed(context, interview, dimension, state),
        proposal=proposed(context, interview, dimension.id) if is_asked else None,
    )


def one_more(context: Context, before: Interview, *, saved: bool) -> OneMore | None:
    """What the question that was on screen asks now; None where a message of its own says how it goes on."""
    interview = context.tx.interviews.get(before.id)
    if interview.asked != before.asked or interview.phase not in (*FOLLOWING_UP, Phase.EXPLAINING):
        return None
    own = own_of(context, interview, context.tx.projects.get(interview.project_id))
    assert interview.current is not None, interview.id
    dimension = own.framework.dimension(interview.current)
    answer = own.given.get(dimension.id)
    return OneMore(
        asked=_asked(context, own, dimension, None),
        level=answer.level if answer else None,
        saved=saved and interview.phase is not Phase.EXPLAINING,
        goes_on=interview.wanted[:1] == before.wanted[:1],
    )


def open_list(context: Context, notice: Notice) -> OpenList:
    """What the answers of an interview still call for, in the framework's order."""
    interview = context.tx.interviews.get(notice.subject)
    own = own_of(context, interview, context.tx.projects.get(interview.project_id))
    rows = []
    for dimension in own.framework.dimensions:
        answer = own.given.get(dimension.id)
        if answer is None:
            continue
        project = own.project
        wanted = called_for(own.framework, answer, project.exposure, project.target, others=own.all)
        follow_ups = tuple(dimension.follow_up(each.id) for each in wanted if each.asks is not Asks.CHECK)
        checks = tuple(own.framework.check(each.id) for each in wanted if each.asks is Asks.CHECK)
        if wanted:
            counts = _counts_for(own, dimension, answer)
            rows.append(Open(dimension, answer, follow_ups, checks, counts))
    return OpenList(own.project, interview, tuple(rows), notice.parameters["listed"])


def _handed(
    context: Context, interview: Interview, dimension: Dimension, state: QuestionState
) -> HandedQuestion | None:
    """Where a question went, or how the one that is being asked came here."""
    if state is QuestionState.HANDED:
        return where_it_went(context, interview, dimension.id)
    return how_it_came(context, interview, dimension.id) if state is QuestionState.ASKED else None


def _asked(context: Context, own: Own, dimension: Dimension, previous: Answer | None) -> Asked:
    """The follow-up or check that is being asked; for a question that is put again, the check that doubts it."""
    interview, answer = own.interview, own.given.get(dimension.id)
    if interview.current != dimension.id or answer is None:
        return Asked()
    if interview.phase not in FOLLOWING_UP:
        return Asked(check=_doubt(own, interview, dimension))
    wanted = interview.wanted[0]
    if wanted.asks is Asks.CHECK:
        return Asked(check=own.framework.check(wanted.id))
    follow_up = dimension.follow_up(wanted.id)
    return Asked(
        follow_up=follow_up,
        before=facts_of(follow_up, previous),
        next_field=next(iter(empty_fields(follow_up, answer.facts)), ""),
        proposed=proposed_day(context, own.project.target_date),
    )


def _doubt(own: Own, interview: Interview, dimension: Dimension) -> Check | None:
    if dimension.id not in interview.again:
        return None
    checks = [each for each in own.framework.checks if each.asks == dimension.id and each.id in interview.doubted]
    return checks[-1] if checks else None


def _counts_for(own: Own, dimension: Dimension, answer: Answer | None) -> int | None:
    """What an answer without any proof counts for; None where the question does not arise."""
    if answer is None or answer.level is None or answer.evidence.strength is not EvidenceStrength.ASSERTED:
        return None
    project = own.project
    return counts_for(own.framework, dimension, answer.level, project.exposure, project.target)


def _promised(context: Context, dimension: Dimension, answer: Answer | None) -> tuple[Person, date] | None:
    promised = promised_in(dimension, answer) if answer else None
    if promised is None:
        return None
    person_id, due = promised
    return context.tx.people.get(person_id), date.fromisoformat(due)


def _state(interview: Interview, dimension_id: str, asking: int, answer: Answer | None) -> QuestionState:
    if asking < interview.asked.get(dimension_id, 0):
        return QuestionState.ASKED_AGAIN
    if interview.current == dimension_id:
        if interview.phase in FOLLOWING_UP:
            return _FOLLOWING[interview.wanted[0].asks]
        phases = {Phase.EXPLAINING: QuestionState.EXPLAINING, Phase.PAUSED: QuestionState.PAUSED}
        return phases.get(interview.phase, QuestionState.ASKED)
    if answer is not None:
        return QuestionState.ANSWERED
    if dimension_id in interview.handed:
        return QuestionState.HANDED
    if interview.phase is Phase.CLOSED:
        return QuestionState.CLOSED
    return QuestionState.SKIPPED if dimension_id in interview.skipped else QuestionState.LEFT
