"""What a new milestone does to gaps: blockers found, open again and cleared; claims judged; waivers and words kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.readiness.assessment import Answer, Project
from bot.readiness.blockers import (
    Blocker,
    BlockerEvent,
    Claim,
    ClaimState,
    Happening,
    blocker_changes,
    judges,
)
from bot.readiness.commitments import CommitmentState, met_by
from bot.readiness.milestone import Milestone
from bot.readiness.scoring import Finding, FindingKind
from bot.readiness.waivers import WaiverState, ended_by
from bot.usecases import blocker_dates, commitment_dates, waiver_dates
from bot.usecases.people import new_id
from bot.usecases.ports import Context


@dataclass(frozen=True, slots=True)
class Settled:
    """What the milestone changed for the channel: whether a blocker it knows is cleared, whether a claim fell.

    `blocking` are the dimensions that block anew, or weigh more than before; without those that nobody could answer.
    """

    blocking: frozenset[str]
    cleared: bool
    refuted: bool


def settle(context: Context, project: Project, milestone: Milestone, answers: Sequence[Answer]) -> Settled:
    """Hold the milestone against everything open about the project's gaps; `answers` are those it counted."""
    standing = context.tx.claims.standing(project.id)
    changed: list[Blocker] = []
    changes = blocker_changes(context.tx.blockers.of_project(project.id), milestone.scorecard)
    for finding in changes.found:
        blocker = Blocker(
            id=new_id(),
            project_id=project.id,
            dimension_id=finding.dimension_id,
            kind=finding.kind,
            severity=finding.severity,
            found_at=context.now,
            found_by=milestone.id,
            stage=finding.stage,
            need=finding.need,
        )
        context.tx.blockers.add(blocker)
        _happened(context, blocker, _opening(blocker, Happening.FOUND), milestone)
        changed.append(blocker)
    for blocker, finding in changes.reopened:
        again = replace(
            blocker,
            kind=finding.kind,
            severity=finding.severity,
            stage=finding.stage,
            need=finding.need,
            cleared_at=None,
            cleared_by=None,
            reopened_at=context.now,
            reopened_by=milestone.id,
            reopenings=blocker.reopenings + 1,
        )
        context.tx.blockers.save(again)
        _happened(context, again, _opening(again, Happening.REOPENED), milestone)
        changed.append(again)
    opened = [*changes.found, *(finding for _, finding in changes.reopened)]
    news = {finding.dimension_id for finding in opened if finding.kind is not FindingKind.UNKNOWN}
    news |= _carry_on(context, project, milestone, changes.standing)
    told = blocker_dates.told_of(context, changes.cleared)
    for blocker in changes.cleared:
        cleared = replace(blocker, cleared_at=context.now, cleared_by=milestone.id)
        context.tx.blockers.save(cleared)
        changed.append(cleared)
        _happened(context, cleared, Happening.CLEARED, milestone)
        if blocker.id in standing:
            _end_claim(context, standing[blocker.id], ClaimState.CONFIRMED)
    blocker_dates.plan(context, project, changed)
    refuted = _judge(context, milestone, [blocker for blocker, _ in changes.standing], standing, answers)
    uncovered = _settle_waivers(context, project, milestone)
    _settle_commitments(context, project, milestone)
    return Settled(frozenset(news | uncovered), bool(told), refuted)


def _is_known(blocker: Blocker) -> bool:
    """Whether it is known to be short: what nobody could answer is told to the owner first."""
    return blocker.kind is not FindingKind.UNKNOWN


def _opening(blocker: Blocker, happening: Happening) -> Happening:
    return happening if _is_known(blocker) else Happening.UNKNOWN


def _carry_on(
    context: Context, project: Project, milestone: Milestone, standing: Sequence[tuple[Blocker, Finding]]
) -> set[str]:
    """Open blockers as the new card sees them; gives the dimensions that are news: known at last, or heavier."""
    news: set[str] = set()
    for blocker, finding in standing:
        now = replace(blocker, kind=finding.kind, severity=finding.severity, stage=finding.stage, need=finding.need)
        if now != blocker:
            context.tx.blockers.save(now)
        if _is_known(now) and not _is_known(blocker):
            _happened(context, now, Happening.FOUND, milestone)
            news.add(now.dimension_id)
        elif now.severity is not blocker.severity:
            _happened(context, now, Happening.SEVERITY, milestone)
            if now.severity > blocker.severity:
                news.add(now.dimension_id)
        if _is_known(now) is not _is_known(blocker):
            blocker_dates.plan_unknown(context, project, [now])
    return news


def _judge(
    context: Context,
    milestone: Milestone,
    blockers: Sequence[Blocker],
    standing: Mapping[str, Claim],
    answers: Sequence[Answer],
) -> bool:
    """A claim that the answers do not bear out falls: the blocker is open again, and says so."""
    fell = False
    for blocker in blockers:
        claim = standing.get(blocker.id)
        theirs = [answer for answer in answers if answer.dimension_id == blocker.dimension_id]
        if claim is not None and judges(claim, theirs, milestone.cause):
            _end_claim(context, claim, ClaimState.REFUTED)
            _happened(context, blocker, Happening.REFUTED, milestone)
            fell = True
    return fell


def _settle_waivers(context: Context, project: Project, milestone: Milestone) -> set[str]:
    """End what the new card ends; gives the dimensions whose blocker a valid waiver no longer covers."""
    open_ones = {blocker.dimension_id: blocker for blocker in context.tx.blockers.open_of(project.id)}
    uncovered = set()
    for waiver in context.tx.waivers.open_of(project.id).values():
        if waiver.is_over(context.now):
            waiver_dates.lapse(context, project, waiver)
            continue
        state = ended_by(context.framework_of(milestone), milestone.scorecard, waiver)
        if state is None:
            continue
        ended = replace(waiver, state=state, ended_at=context.now)
        context.tx.waivers.save(ended)
        waiver_dates.plan(context, ended)
        context.tx.record(f"waiver.{state.value}", waiver.id, context.actor.id, {"project": project.id})
        blocker = open_ones.get(waiver.dimension_id)
        if state is WaiverState.VOID and waiver.is_valid(context.now) and blocker is not None:
            _happened(context, blocker, Happening.UNCOVERED, milestone)
            uncovered.add(waiver.dimension_id)
    return uncovered


def _settle_commitments(context: Context, project: Project, milestone: Milestone) -> None:
    for commitment in met_by(context.tx.commitments.open_of(project.id).values(), milestone.scorecard):
        met = replace(commitment, state=CommitmentState.MET, ended_at=context.now)
        context.tx.commitments.save(met)
        commitment_dates.plan(context, met)
        facts = {"project": project.id, "person": commitment.person_id, "milestone": milestone.id}
        context.tx.record("commitment.met", commitment.id, context.actor.id, facts)


def _end_claim(context: Context, claim: Claim, state: ClaimState) -> None:
    context.tx.claims.save(replace(claim, state=state, ended_at=context.now))


def _happened(context: Context, blocker: Blocker, happening: Happening, milestone: Milestone) -> None:
    context.tx.blocker_events.add(
        BlockerEvent(blocker.id, context.now, happening, blocker.severity, milestone_id=milestone.id)
    )
