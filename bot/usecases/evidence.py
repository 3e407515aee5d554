"""Evidence of answers: listed, confirmed by who gave it, checked by somebody else, or doubted."""

from dataclasses import replace

from bot.chat.incoming import Command, Press, Submit
from bot.readiness.ageing import WARNED_BEFORE
from bot.readiness.assessment import Answer, AnswerKind, EvidenceStrength, Person, Project
from bot.readiness.cards import Act, Done
from bot.readiness.contested import seen_by
from bot.readiness.evidence import CheckRequest, checked, confirmed, doubted, falls, stale_at, strength_at
from bot.readiness.evidence_cards import (
    AskToCheckForm,
    DoubtedCard,
    DoubtForm,
    EvidenceCard,
    EvidenceLine,
    EvidenceListCard,
    StillTrueCard,
)
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.refusals import FieldsRefused, Refusal, Refused
from bot.readiness.remarks import Remark
from bot.usecases import ageing, cadence, link_checks
from bot.usecases.answers import superseding
from bot.usecases.assessments import renew, rescore
from bot.usecases.locking import locked
from bot.usecases.people import new_id, person_of, reads_answers, require_reading
from bot.usecases.ports import Context
from bot.usecases.projects import named
from bot.usecases.reminders import plan

WORDS_LENGTH = 1000


def listed(context: Context, command: Command) -> EvidenceListCard:
    """Every link behind the answers of the latest assessment, what it counts for, and who may check it."""
    project = named(context, command)
    require_reading(context, project)
    latest = context.tx.assessments.latest_of(project.id)
    interviews = context.tx.interviews.of_assessment(latest.id) if latest else ()
    known = seen_by(context.actor.id, context.tx.answers.current(latest.id), interviews) if latest else ()
    answers = [answer for answer in known if answer.evidence.link]
    people = context.tx.people.many({answer.respondent_id for answer in answers} | _checkers(answers))
    framework = context.framework_of(latest) if latest else context.framework
    place = {dimension.id: number for number, dimension in enumerate(framework.dimensions)}
    ordered = sorted((a for a in answers if a.dimension_id in place), key=lambda a: place[a.dimension_id])
    looked_at = link_checks.known_of(context, project, ordered)
    return EvidenceListCard(
        project=project,
        lines=tuple(
            replace(
                _line(context, project, answer, people[answer.respondent_id]),
                check=looked_at.get(answer.evidence.link or ""),
            )
            for answer in ordered
        ),
        people=people,
        zone=context.actor.timezone,
    )


def shown(context: Context, press: Press) -> EvidenceCard:
    """One claim with its link, for somebody who may check it."""
    answer, project = _readable(context, press.value)
    return _card(context, answer, project)


def verify(context: Context, answer_id: str) -> Done:
    """The actor has looked and it shows the level. The claimant cannot say so. Scored again at once."""
    answer, project = _checkable(context, answer_id)
    if answer.evidence.strength is EvidenceStrength.VERIFIED and answer.evidence.verified_by == context.actor.id:
        # A second look counts from today; a second press of the same day changes nothing.
        assert answer.evidence.verified_at is not None, answer.id
        if answer.evidence.verified_at.date() == context.now.date():
            return Done(Act.ALREADY_DONE, {"project": project.name})
    _supersede(context, replace(answer, evidence=checked(answer.evidence, context.actor.id, context.now)))
    context.tx.record("evidence.verified", answer.id, context.actor.id, _facts(answer))
    # What the page was when it was checked, so that a later change can be told.
    link_checks.check(context, project, answer)
    rescore(context, context.tx.assessments.get(answer.assessment_id), project)
    return Done(Act.VERIFIED, {"project": project.name})


def still_true(context: Context, answer_id: str) -> StillTrueCard | Done:
    """The claimant says that their link is still true: as good as given anew, the same as *unchanged* in an interview.

    A check by somebody else goes on ageing. What was doubted needs a better link, and no confirmation.
    """
    answer, project = _own(context, answer_id)
    latest = _latest(context, answer)
    if latest is not None and latest.supersedes_id == answer.id and latest.unchanged:
        return Done(Act.ALREADY_DONE, {"project": project.name})
    milestone = context.tx.milestones.latest(project.id)
    if latest != answer or milestone is None or milestone.assessment_id != answer.assessment_id:
        raise Refused(Refusal.ANSWER_CHANGED, key=project.key)
    if answer.evidence.strength is EvidenceStrength.ASSERTED:
        raise Refused(Refusal.LINK_DOUBTED, key=project.key)
    renewed = replace(answer, evidence=confirmed(answer.evidence, context.now), unchanged=True)
    context.tx.answers.add(superseding(context, answer, renewed))
    context.tx.record("evidence.confirmed", answer.id, context.actor.id, _facts(answer))
    ageing.renewed(context, project, answer)
    rescored = renew(context, project, milestone)
    framework = context.framework_asked(answer.assessment_id)
    return StillTrueCard(
        project=project,
        dimension=framework.dimension(answer.dimension_id),
        until=falls(framework, renewed, project.exposure)[-1][0],
        rescored=rescored,
        zone=context.actor.timezone,
    )


def doubt_form(context: Context, press: Press) -> DoubtForm:
    """Asks what the link does not show."""
    answer, _ = _checkable(context, press.value)
    return DoubtForm(answer.id, context.framework_asked(answer.assessment_id).dimension(answer.dimension_id))


def doubt(context: Context, submit: Submit) -> Done:
    """The link does not show the level: the answer counts as said without it; claimant and owner learn why."""
    answer, project = _checkable(context, submit.value)
    words = str(submit.fields.get("words") or "").strip()
    if not words:
        raise FieldsRefused({"words": "missing"})
    if answer.evidence.strength is EvidenceStrength.ASSERTED:
        return Done(Act.ALREADY_DONE, {"project": project.name})
    _supersede(context, replace(answer, evidence=doubted(answer.evidence)))
    remark = Remark(new_id(), answer.id, context.actor.id, context.now, words[:WORDS_LENGTH])
    context.tx.remarks.add(remark)
    context.tx.record("evidence.doubted", answer.id, context.actor.id, _facts(answer))
    project = cadence.hasten(context, project)
    for person_id in sorted({answer.respondent_id, project.owner_id} - {context.actor.id}):
        key = f"evidence_doubted:{remark.id}:{person_id}"
        notice = Notice(key=key, kind=NoticeKind.EVIDENCE_DOUBTED, subject=remark.id, person_id=person_id)
        context.tx.notices.put(notice)
    rescore(context, context.tx.assessments.get(answer.assessment_id), project)
    return Done(Act.DOUBTED, {"project": project.name})


def ask_form(context: Context, press: Press) -> AskToCheckForm:
    """Asks whom to ask."""
    answer, _ = _readable(context, press.value)
    return AskToCheckForm(answer.id, context.framework_asked(answer.assessment_id).dimension(answer.dimension_id))


def ask(context: Context, submit: Submit) -> Done:
    """Ask somebody who reads the answers to check a link."""
    answer, project = _readable(context, submit.value)
    account = submit.fields.get("colleague")
    if not isinstance(account, str) or not account:
        raise FieldsRefused({"colleague": "missing"})
    colleague = person_of(context, account)
    if colleague.id == answer.respondent_id:
        raise FieldsRefused({"colleague": "own_claim"})
    if not reads_answers(context, colleague, project):
        raise FieldsRefused({"colleague": "cannot_read"})
    asked = CheckRequest(new_id(), project.id, answer.id, colleague.id, context.actor.id, context.now)
    context.tx.checks.add(asked)
    plan(context, [colleague.id])
    context.tx.notices.put(
        Notice(
            key=f"check_asked:{answer.id}:{colleague.id}",
            kind=NoticeKind.CHECK_ASKED,
            subject=answer.id,
            person_id=colleague.id,
            parameters={"by": context.actor.id},
        )
    )
    return Done(Act.CHECK_ASKED, person=colleague)


def check_asked(context: Context, notice: Notice) -> EvidenceCard | None:
    """What the asked colleague reads; nothing once the answer has changed or was checked."""
    answer = context.tx.answers.get(notice.subject)
    if _latest(context, answer) != answer or answer.evidence.strength is not EvidenceStrength.LINKED:
        return None
    card = _card(context, answer, context.tx.projects.get(answer.project_id))
    return replace(card, asked_by=context.tx.people.get(notice.parameters["by"]))


def evidence_doubted(context: Context, notice: Notice) -> DoubtedCard:
    """What the claimant and the owner read."""
    remark = context.tx.remarks.get(notice.subject)
    answer = context.tx.answers.get(remark.subject)
    people = context.tx.people.many({answer.respondent_id, remark.author_id})
    return DoubtedCard(
        project=context.tx.projects.get(answer.project_id),
        dimension=context.framework_asked(answer.assessment_id).dimension(answer.dimension_id),
        answer=answer,
        claimant=people[answer.respondent_id],
        checker=people[remark.author_id],
        words=remark.words,
        reader_id=context.actor.id,
    )


def _line(context: Context, project: Project, answer: Answer, claimant: Person) -> EvidenceLine:
    framework, exposure, now = context.framework_asked(answer.assessment_id), project.exposure, context.now
    soon = strength_at(framework, answer, exposure, now + WARNED_BEFORE)
    is_own = answer.respondent_id == context.actor.id
    return EvidenceLine(
        answer=answer,
        dimension=framework.dimension(answer.dimension_id),
        claimant=claimant,
        worth=strength_at(framework, answer, exposure, now),
        stale_at=stale_at(framework, answer, exposure, now),
        is_own=is_own,
        is_due=is_own and soon is EvidenceStrength.ASSERTED and answer.evidence.strength is not soon,
    )


def _card(context: Context, answer: Answer, project: Project) -> EvidenceCard:
    return EvidenceCard(
        project=project,
        dimension=context.framework_asked(answer.assessment_id).dimension(answer.dimension_id),
        answer=answer,
        claimant=context.tx.people.get(answer.respondent_id),
        zone=context.actor.timezone,
        check=link_checks.known_of(context, project, (answer,)).get(answer.evidence.link or ""),
    )


def _readable(context: Context, answer_id: str) -> tuple[Answer, Project]:
    """An answer with a link, as nobody else changes it now, if the actor may read it and it is still what is said."""
    answer, project = locked(context, context.tx.answers.get, answer_id)
    require_reading(context, project)
    if _latest(context, answer) != answer:
        raise Refused(Refusal.ANSWER_CHANGED, key=project.key)
    if answer.kind is not AnswerKind.LEVEL or not answer.evidence.link:
        raise Refused(Refusal.UNKNOWN_PRESS)
    return answer, project


def _own(context: Context, answer_id: str) -> tuple[Answer, Project]:
    """The actor's own answer, as nobody else changes it now."""
    answer, project = locked(context, context.tx.answers.get, answer_id)
    if answer.respondent_id != context.actor.id:
        raise Refused(Refusal.NOT_YOUR_INTERVIEW)
    if project.archived_at is not None:
        raise Refused(Refusal.PROJECT_ARCHIVED, project=project.name)
    return answer, project


def _checkable(context: Context, answer_id: str) -> tuple[Answer, Project]:
    """The same, for somebody other than the claimant."""
    answer, project = _readable(context, answer_id)
    if answer.respondent_id == context.actor.id:
        raise Refused(Refusal.NOT_OWN_CLAIM)
    return answer, project


def _latest(context: Context, answer: Answer) -> Answer | None:
    theirs = context.tx.answers.of_respondent(answer.assessment_id, answer.respondent_id)
    return theirs.get(answer.dimension_id)


def _supersede(context: Context, changed: Answer) -> None:
    """The same person's answer with other evidence: when it was answered stays as it was."""
    context.tx.answers.add(replace(changed, id=new_id(), supersedes_id=changed.id))


def _checkers(answers: list[Answer]) -> set[str]:
    return {answer.evidence.verified_by for answer in answers if answer.evidence.verified_by}


def _facts(answer: Answer) -> dict[str, object]:
    return {"project": answer.project_id, "dimension": answer.dimension_id, "person": answer.respondent_id}
