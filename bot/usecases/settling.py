"""Two ways to settle a disagreement: one side takes the other's level, or a document is checked."""

from dataclasses import replace

from bot.chat.incoming import Press, Submit
from bot.readiness.assessment import Answer, Project
from bot.readiness.cards import Act, Done
from bot.readiness.contested import Contest, Settled
from bot.readiness.events import ChooseLevel, Refresh
from bot.readiness.evidence import carried, checked, linked
from bot.readiness.refusals import FieldsRefused, Refusal, Refused
from bot.readiness.remarks import Remark
from bot.readiness.respondent_cards import VerifyContestedForm
from bot.readiness.transitions import Phase
from bot.readiness.typed import first_link
from bot.usecases import contests
from bot.usecases.answers import superseding
from bot.usecases.assessments import rescore
from bot.usecases.people import new_id, require_reading
from bot.usecases.ports import Context
from bot.usecases.questions import owe_effects
from bot.usecases.turns import held, take

WORDS_LENGTH = 1000


def agree_with(context: Context, contest_id: str, answer_id: str) -> Done:
    """The actor, one of those who answered, takes the level of another side; their old answer is kept."""
    contest, project = _open(context, contest_id)
    sides = contests.sides(context, contest)
    own = next((side for side in sides if side.person.id == context.actor.id), None)
    theirs = next((side for side in sides if side.answer.id == answer_id), None)
    if own is None:
        names = ", ".join(side.person.name for side in sides)
        raise Refused(Refusal.NOT_A_SIDE, names=names, project=project.name)
    if theirs is None:
        raise Refused(Refusal.ANSWER_CHANGED, key=project.key)
    level = theirs.answer.level
    assert level is not None, answer_id
    if own.answer.level != level:
        _take_level(context, project, own.answer, level)
        facts = {"project": project.id, "dimension": contest.dimension_id, "person": theirs.person.id}
        context.tx.record("contest.agreed", contest.id, context.actor.id, facts)
        after = context.tx.contests.get(contest.id)
        if after.how is Settled.CHANGED:
            context.tx.contests.save(replace(after, how=Settled.AGREED))
    return Done(Act.SIDED, {"project": project.name, "name": theirs.person.name, "level": str(level)})


def verify_form(context: Context, press: Press) -> VerifyContestedForm:
    """Asks which side a document proves."""
    contest, project = _open(context, press.value)
    require_reading(context, project)
    dimension = context.framework.dimension(contest.dimension_id)
    return VerifyContestedForm(contest, dimension, contests.sides(context, contest))


def verify(context: Context, submit: Submit) -> Done:
    """A document decides: the answer it proves is verified, by somebody who did not give it."""
    contest, project = _open(context, submit.value)
    require_reading(context, project)
    answer, link, words = _entry(context, contest, submit)
    evidence = checked(linked(link, context.now), context.actor.id, context.now)
    context.tx.answers.add(replace(answer, id=new_id(), supersedes_id=answer.id, evidence=evidence))
    if words:
        context.tx.remarks.add(Remark(new_id(), contest.id, context.actor.id, context.now, words[:WORDS_LENGTH]))
    facts = {"project": project.id, "dimension": answer.dimension_id, "person": answer.respondent_id}
    context.tx.record("evidence.verified", answer.id, context.actor.id, facts)
    rescore(context, context.tx.assessments.get(contest.assessment_id), project)
    return Done(Act.VERIFIED, {"project": project.name})


def _take_level(context: Context, project: Project, own: Answer, level: int) -> None:
    """The actor's answer at another level. Who could not finish their interview in time can still agree."""
    interview = context.tx.interviews.get(own.interview_id)
    if interview.phase is not Phase.CLOSED:
        take(context, held(context, interview.id), ChooseLevel(own.dimension_id, level), ask_more=False)
        return
    evidence = carried(own.evidence, same_level=False)
    context.tx.answers.add(superseding(context, own, replace(own, level=level, evidence=evidence, unchanged=False)))
    owe_effects(context, interview, (Refresh(own.dimension_id),))
    rescore(context, context.tx.assessments.get(own.assessment_id), project)


def _entry(context: Context, contest: Contest, submit: Submit) -> tuple[Answer, str, str]:
    """The answer, the link and the words of the form. Raises FieldsRefused with every fault."""
    faults: dict[str, str] = {}
    by_id = {side.answer.id: side.answer for side in contests.sides(context, contest)}
    answer = by_id.get(str(submit.fields.get("side") or ""))
    if answer is None:
        faults["side"] = "unknown_choice" if submit.fields.get("side") else "missing"
    elif answer.respondent_id == context.actor.id:
        faults["side"] = "own_claim"
    link = first_link(str(submit.fields.get("link") or ""))
    if link is None:
        faults["link"] = "link_form"
    if faults or answer is None or link is None:
        raise FieldsRefused(faults)
    return answer, link, str(submit.fields.get("words") or "").strip()


def _open(context: Context, contest_id: str) -> tuple[Contest, Project]:
    """A disagreement that is not settled yet, as nobody else changes it now."""
    try:
        project = context.tx.projects.lock(context.tx.contests.get(contest_id).project_id)
    except KeyError:
        raise Refused(Refusal.UNKNOWN_PRESS) from None
    contest = context.tx.contests.get(contest_id)
    if project.archived_at is not None:
        raise Refused(Refusal.PROJECT_ARCHIVED, project=project.name)
    if contest.settled_at is not None:
        raise Refused(Refusal.SETTLED_ALREADY, project=project.name, key=project.key)
    return contest, project
