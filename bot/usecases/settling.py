"""Two ways to settle a disagreement: one side takes the other's level, or a document is checked."""

from dataclasses import replace

from bot.chat.incoming import Press, Submit
from bot.readiness.assessment import Answer, Project
from bot.readiness.cards import Act, Done
from bot.readiness.contested import Contest, Settled
from bot.readiness.events import Refresh
from bot.readiness.evidence import checked, linked
from bot.readiness.refusals import FieldsRefused, Refusal, Refused
from bot.readiness.remarks import Remark
from bot.readiness.respondent_cards import VerifyContestedForm
from bot.readiness.typed import first_link
from bot.usecases import contests
from bot.usecases.answers import superseding
from bot.usecases.assessments import rescore
from bot.usecases.locking import locked
from bot.usecases.people import new_id, require_reading
from bot.usecases.ports import Context
from bot.usecases.questions import owe_effects

WORDS_LENGTH = 1000


def agree_with(context: Context, contest_id: str, answer_id: str) -> Done:
    """The actor, one of those who answered, takes another side's level with what backs it; the old answer is kept.

    That is possible after the assessment has ended as well: it is then that most people see that they disagree.
    """
    contest, project = _open(context, contest_id)
    sides = contests.sides(context, contest)
    own = next((side for side in sides if side.person.id == context.actor.id), None)
    theirs = next((side for side in sides if side.answer.id == answer_id), None)
    if own is None:
        names = ", ".join(side.person.name for side in sides)
        raise Refused(Refusal.NOT_A_SIDE, names=names, project=project.name)
    if theirs is None:
        raise Refused(Refusal.ANSWER_CHANGED, key=project.key)
    if own.answer.level == theirs.answer.level:
        return Done(Act.ALREADY_DONE, {"project": project.name})
    level, evidence = theirs.answer.level, theirs.answer.evidence
    # What one said for the old level speaks for it no more: neither words nor link go along.
    taken = replace(own.answer, level=level, evidence=evidence, note="", unchanged=False)
    context.tx.answers.add(superseding(context, own.answer, taken))
    owe_effects(context, context.tx.interviews.get(own.answer.interview_id), (Refresh(contest.dimension_id),))
    facts = {"project": project.id, "dimension": contest.dimension_id, "person": theirs.person.id}
    context.tx.record("contest.agreed", contest.id, context.actor.id, facts)
    rescore(context, context.tx.assessments.get(contest.assessment_id), project)
    after = context.tx.contests.get(contest.id)
    if after.how is Settled.CHANGED:
        context.tx.contests.save(replace(after, how=Settled.AGREED))
    return Done(Act.SIDED, {"project": project.name, "name": theirs.person.name, "level": str(level)})


def verify_form(context: Context, press: Press) -> VerifyContestedForm:
    """Asks which side a document proves."""
    contest, project = _open(context, press.value)
    require_reading(context, project)
    dimension = context.framework_asked(contest.assessment_id).dimension(contest.dimension_id)
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
    contest, project = locked(context, context.tx.contests.get, contest_id)
    if project.archived_at is not None:
        raise Refused(Refusal.PROJECT_ARCHIVED, project=project.name)
    if contest.settled_at is not None:
        raise Refused(Refusal.SETTLED_ALREADY, project=project.name, key=project.key)
    return contest, project
