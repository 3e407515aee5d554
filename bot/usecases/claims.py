"""The word that a blocker is resolved: it stands until an answer bears it out or not, and that answer is asked for."""

from dataclasses import replace

from bot.chat.incoming import Press, Submit
from bot.readiness.assessment import Project
from bot.readiness.blockers import Blocker, BlockerEvent, Claim, Happening
from bot.readiness.commitments import CommitmentState
from bot.readiness.framework import Dimension
from bot.readiness.gap_cards import GapCard, GapSaid, ResolvedForm
from bot.readiness.interview import Phase
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.refusals import FieldsRefused, Refusal, Refused
from bot.usecases.commitments import require_holding
from bot.usecases.fields import word_of
from bot.usecases.gaps import acts_on, meant, open_blocker
from bot.usecases.people import new_id, refresh_homes
from bot.usecases.ports import Context

WORDS_LENGTH = 1000
LINK_LENGTH = 1000
ADDRESSES = ("https://", "http://")


def resolved_form(context: Context, press: Press) -> ResolvedForm:
    """What proves it? For whoever took the gap on, and who steers the project."""
    project, dimension, _ = _claimable(context, press.value)
    return ResolvedForm(project, dimension)


def resolve(context: Context, submit: Submit) -> GapCard:
    """Keep the claim with what proves it, and ask whoever answers the dimension to answer again."""
    project, dimension, blocker = _claimable(context, submit.value)
    words, link = word_of(submit.fields, "words"), word_of(submit.fields, "link")
    faults = {}
    if not words:
        faults["words"] = "missing"
    if len(words) > WORDS_LENGTH:
        faults["words"] = "too_many_words"
    if not link.startswith(ADDRESSES) or len(link) > LINK_LENGTH or len(link.split()) != 1:
        faults["link"] = "link_form" if link else "missing"
    if faults:
        raise FieldsRefused(faults)
    claim = Claim(new_id(), project.id, blocker.id, context.actor.id, context.now, words, link)
    context.tx.claims.add(claim)
    context.tx.blocker_events.add(
        BlockerEvent(blocker.id, context.now, Happening.CLAIMED, blocker.severity, person_id=context.actor.id)
    )
    held = context.tx.commitments.open_of(project.id).get(dimension.id)
    if held is not None and held.state is CommitmentState.TAKEN:
        context.tx.commitments.save(replace(held, state=CommitmentState.IN_PROGRESS))
    context.tx.record("blocker.claimed", blocker.id, context.actor.id, {"project": project.id, "claim": claim.id})
    _ask_to_confirm(context, project, dimension, claim)
    refresh_homes(context, {project.owner_id, context.actor.id})
    acts = acts_on(context, project, dimension)
    return GapCard(project, dimension, GapSaid.RESOLVED, context.actor, acts=acts)


def _claimable(context: Context, value: str) -> tuple[Project, Dimension, Blocker]:
    project, dimension = meant(context, value)
    held = context.tx.commitments.open_of(project.id).get(dimension.id)
    require_holding(context, project, held)
    blocker = open_blocker(context, project, dimension)
    if blocker is None:
        raise Refused(Refusal.NO_BLOCKER, project=project.name, key=project.key)
    if blocker.id in context.tx.claims.standing(project.id):
        raise Refused(Refusal.CLAIMED_ALREADY, project=project.name)
    return project, dimension, blocker


def _ask_to_confirm(context: Context, project: Project, dimension: Dimension, claim: Claim) -> None:
    """Everybody whose answer counts there and can still be changed; the owner where nobody's can."""
    latest = context.tx.assessments.latest_of(project.id)
    interviews = context.tx.interviews.of_assessment(latest.id) if latest else ()
    asked = {
        each.respondent_id: each.id
        for each in interviews
        if dimension.id in each.questions and each.phase is not Phase.CLOSED
    }
    for person_id, interview_id in (asked or {project.owner_id: ""}).items():
        context.tx.notices.put(
            Notice(
                key=f"confirm:{claim.id}:{person_id}",
                kind=NoticeKind.CONFIRM,
                subject=claim.id,
                person_id=person_id,
                parameters={"dimension": dimension.id, "interview": interview_id},
            )
        )
