"""From a notice's ids to what it says now, for gaps. None means it is not worth sending any more."""

from collections.abc import Mapping

from bot.readiness.blockers import BlockerEvent, Claim, ClaimState, Happening
from bot.readiness.framework import Dimension
from bot.readiness.gap_cards import CommitmentCard, ConfirmCard, GapNews, SharedCard
from bot.readiness.milestone import Milestone
from bot.readiness.notices import Notice
from bot.readiness.scoring import Severity
from bot.usecases.people import may_steer
from bot.usecases.ports import Context


def commitment(context: Context, notice: Notice) -> CommitmentCard:
    """Somebody else changed the reader's commitment."""
    changed = context.tx.commitments.get(notice.subject)
    project = context.tx.projects.get(changed.project_id)
    return CommitmentCard(
        project=project,
        dimension=context.dimension_of(project, changed.dimension_id),
        commitment=changed,
        giver=context.tx.people.get(notice.parameters["giver"]),
    )


def confirm(context: Context, notice: Notice) -> ConfirmCard | None:
    """Somebody says a blocker is resolved: please answer again. Nothing to say once the claim has been judged."""
    claim = context.tx.claims.get(notice.subject)
    if claim.state is not ClaimState.STANDS:
        return None
    project = context.tx.projects.get(claim.project_id)
    return ConfirmCard(
        project=project,
        dimension=context.dimension_of(project, notice.parameters["dimension"]),
        blocker=context.tx.blockers.get(claim.blocker_id),
        claim=claim,
        claimant=context.tx.people.get(claim.person_id),
        interview_id=notice.parameters["interview"],
        may_start=may_steer(context.actor, project),
    )


def shared(context: Context, notice: Notice) -> SharedCard | None:
    """A shortfall of half the advancing projects has appeared, or is gone; what has changed since is left unsaid."""
    finding = context.tx.shared_findings.get(notice.subject)
    if (finding.gone_at is not None) is not (notice.parameters["what"] == "gone"):
        return None
    advancing, counts = context.tx.shared_findings.blocked(context.framework.default_targets, context.now)
    dimension = context.framework.by_id.get(finding.dimension_id)
    if dimension is None:
        return None
    return SharedCard(finding, dimension, counts.get(dimension.id, 0), advancing)


def news(context: Context, milestone: Milestone) -> tuple[tuple[BlockerEvent, ...], GapNews]:
    """What a milestone did to blockers: the events, and the words beside found and cleared ones."""
    events = tuple(context.tx.blocker_events.of_milestone(milestone.id))
    dimensions = {event.blocker_id: context.tx.blockers.get(event.blocker_id).dimension_id for event in events}
    claims = context.tx.claims.latest(milestone.project_id)
    known = context.framework_of(milestone).by_id

    def those(happening: Happening) -> tuple[Dimension, ...]:
        ids = [dimensions[event.blocker_id] for event in events if event.happening is happening]
        return tuple(known[each] for each in ids if each in known)

    advances = milestone.scorecard.next_stage is not None
    shared_now = context.tx.shared_findings.open() if advances else {}
    blocking = [dimensions[event.blocker_id] for event in events if event.happening in BLOCKS]
    return events, GapNews(
        reopened=those(Happening.REOPENED),
        refuted=those(Happening.REFUTED),
        shared=tuple(known[each] for each in blocking if each in shared_now and each in known),
        risen=tuple(
            dimensions[event.blocker_id]
            for event in events
            if event.happening is Happening.SEVERITY and event.severity is Severity.CRITICAL
            if dimensions[event.blocker_id] not in shared_now
        ),
        proofs=_proofs(events, dimensions, claims),
    )


BLOCKS = frozenset({Happening.FOUND, Happening.REOPENED, Happening.UNCOVERED})
"""After which a finding stands in the way that did not before."""


def _proofs(
    events: tuple[BlockerEvent, ...], dimensions: Mapping[str, str], claims: Mapping[str, Claim]
) -> dict[str, Claim]:
    """The claim that a cleared blocker was ended by, by dimension."""
    cleared = [(event, claims.get(event.blocker_id)) for event in events if event.happening is Happening.CLEARED]
    return {
        dimensions[event.blocker_id]: claim
        for event, claim in cleared
        if claim is not None and claim.state is ClaimState.CONFIRMED and claim.ended_at == event.at
    }
