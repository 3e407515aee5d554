"""Gaps as people meet them: which one a button means, who stands where, and every open blocker with what fits it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from bot.chat.incoming import Command, Press
from bot.readiness.assessment import Project
from bot.readiness.blockers import (
    Blocker,
    BlockerEvent,
    BlockerState,
    GapAct,
    Standpoint,
    acts_for,
    state_of,
)
from bot.readiness.commitments import Commitment, Holding, gap
from bot.readiness.framework import Dimension
from bot.readiness.project_cards import BlockersCard, OpenBlocker
from bot.readiness.refusals import Refusal, Refused
from bot.readiness.scoring import Finding, FindingKind, Scorecard, Severity, up_to
from bot.readiness.waivers import Waiver, why_not
from bot.usecases.overview import open_blockers
from bot.usecases.people import may_steer, reads_answers
from bot.usecases.ports import Context
from bot.usecases.projects import by_id, named
from bot.usecases.ratings import scorecard_of


def blockers(context: Context, command: Command) -> BlockersCard:
    """The open blockers of a project, heaviest first, with what their reader can do about them."""
    return blockers_of(context, named(context, command))


def blockers_from(context: Context, press: Press) -> BlockersCard:
    """The same from further down: the press carries the project and how many to pass over."""
    project_id, _, start = press.value.partition("|")
    if not start.isdecimal():
        raise Refused(Refusal.UNKNOWN_PRESS)
    return replace(blockers_of(context, by_id(context, project_id)), start=int(start))


def meant(context: Context, value: str) -> tuple[Project, Dimension]:
    """The project, locked, and the dimension that a button or form carries as `project|dimension`.

    Raises Refused UNKNOWN_PRESS when either is unknown, PROJECT_ARCHIVED when nothing may change any more.
    """
    project_id, _, dimension_id = value.partition("|")
    project = context.tx.projects.lock(by_id(context, project_id).id)
    try:
        dimension = context.dimension_of(project, dimension_id)
    except KeyError:
        raise Refused(Refusal.UNKNOWN_PRESS) from None
    if project.archived_at is not None:
        raise Refused(Refusal.PROJECT_ARCHIVED, project=project.name)
    return project, dimension


def today(context: Context) -> date:
    """The actor's day."""
    return context.now.astimezone(ZoneInfo(context.actor.timezone)).date()


def current_card(context: Context, project: Project) -> Scorecard | None:
    """The card that counts now: the latest milestone's, else what an open assessment gives so far."""
    latest = context.tx.milestones.latest(project.id)
    if latest is not None:
        return latest.scorecard
    open_one = context.tx.assessments.open_of(project.id)
    answers = context.tx.answers.current(open_one.id) if open_one else ()
    return scorecard_of(context, project, answers, context.now) if answers else None


def finding_now(context: Context, project: Project, dimension: Dimension) -> Finding:
    """What is short in this dimension. Raises Refused NO_GAP."""
    card = current_card(context, project)
    finding = gap(card, dimension.id) if card else None
    if finding is None:
        raise Refused(Refusal.NO_GAP, project=project.name, key=project.key)
    return finding


def standpoint(context: Context, project: Project, commitment: Commitment | None) -> Standpoint:
    """Where the actor stands towards a gap of this project."""
    return Standpoint(
        reads=reads_answers(context, context.actor, project),
        steers=may_steer(context.actor, project),
        holds=commitment is not None and context.actor.id != "" and commitment.person_id == context.actor.id,
    )


def holdings(context: Context, project: Project) -> Mapping[str, Holding]:
    """Who closes which gap of the project, by dimension id."""
    found = context.tx.commitments.open_of(project.id)
    people = context.tx.people.many({each.person_id for each in found.values()}) if found else {}
    return {dimension: Holding(each, people[each.person_id]) for dimension, each in found.items()}


def acts_on(context: Context, project: Project, dimension: Dimension) -> tuple[GapAct, ...]:
    """What the actor can do about a gap: more where it is a blocker."""
    blocker = open_blocker(context, project, dimension)
    commitment = context.tx.commitments.open_of(project.id).get(dimension.id)
    waiver = context.tx.waivers.open_of(project.id).get(dimension.id)
    who = standpoint(context, project, commitment)
    if blocker is None:
        acts = acts_for(_plain_state(commitment), who, waivable=False, has_waiver=False)
        return tuple(act for act in acts if act is not GapAct.RESOLVED)
    claim = context.tx.claims.standing(project.id).get(blocker.id)
    card = current_card(context, project)
    state = state_of(blocker, commitment, claim, waived=waiver is not None and waiver.is_valid(context.now))
    has_waiver = waiver is not None and not waiver.is_over(context.now)
    return acts_for(state, who, waivable=_is_waivable(context, project, card, dimension.id), has_waiver=has_waiver)


def open_blocker(context: Context, project: Project, dimension: Dimension) -> Blocker | None:
    """The open blocker of a project in a dimension."""
    found = context.tx.blockers.open_of(project.id)
    return next((each for each in found if each.dimension_id == dimension.id), None)


def blockers_of(context: Context, project: Project) -> BlockersCard:
    """The open blockers of a project in hand, heaviest first."""
    return BlockersCard(
        project=project,
        framework=context.framework_for(project),
        blockers=_lines(context, project, context.tx.blockers.open_of(project.id)),
        is_assessed=project.summary is not None,
        may_start=may_steer(context.actor, project) and project.archived_at is None,
        zone=context.actor.timezone,
    )


def _lines(context: Context, project: Project, found: Sequence[Blocker]) -> tuple[OpenBlocker, ...]:
    if not found:
        return ()
    held, claims = context.tx.commitments.open_of(project.id), context.tx.claims.latest(project.id)
    waivers, card = _open_waivers(context, project), current_card(context, project)
    named_people = {each.person_id for each in claims.values()} | {each.approver_id for each in waivers.values()}
    people = context.tx.people.many(named_people) if named_people else {}
    events = _events(context, found)
    lines = []
    for line in open_blockers(context, found, context.framework_for(project)):
        blocker, dimension = line.blocker, line.dimension
        commitment, claim, waiver = held.get(dimension.id), claims.get(blocker.id), waivers.get(dimension.id)
        state = state_of(blocker, commitment, claim, waived=waiver is not None and waiver.is_valid(context.now))
        finding = gap(card, dimension.id) if card else None
        acts = acts_for(
            state,
            standpoint(context, project, commitment),
            waivable=_is_waivable(context, project, card, dimension.id),
            has_waiver=waiver is not None,
        )
        lines.append(
            replace(
                line,
                state=state,
                claim=claim,
                claimant=people.get(claim.person_id) if claim else None,
                waiver=waiver,
                approver=people.get(waiver.approver_id) if waiver else None,
                notch=finding.notch if finding else None,
                acts=acts if project.archived_at is None else (),
                events=events.get(blocker.id, ()),
                up_to=_worst(context, project, finding),
            )
        )
    return tuple(lines)


def _worst(context: Context, project: Project, finding: Finding | None) -> Severity | None:
    """How heavy what is unknown may turn out; None for what is known."""
    if finding is None or finding.kind is not FindingKind.UNKNOWN:
        return None
    return up_to(context.framework_for(project), finding)


def _open_waivers(context: Context, project: Project) -> Mapping[str, Waiver]:
    """Those asked for or valid; time may have ended some that are not marked as ended."""
    found = context.tx.waivers.open_of(project.id)
    return {dimension: waiver for dimension, waiver in found.items() if not waiver.is_over(context.now)}


def _events(context: Context, found: Sequence[Blocker]) -> Mapping[str, tuple[BlockerEvent, ...]]:
    by_blocker: dict[str, tuple[BlockerEvent, ...]] = {}
    for event in context.tx.blocker_events.of_blockers(blocker.id for blocker in found):
        by_blocker[event.blocker_id] = (*by_blocker.get(event.blocker_id, ()), event)
    return by_blocker


def _is_waivable(context: Context, project: Project, card: Scorecard | None, dimension_id: str) -> bool:
    finding = gap(card, dimension_id) if card else None
    return card is not None and finding is not None and why_not(context.framework_for(project), card, finding) is None


def _plain_state(commitment: Commitment | None) -> BlockerState:
    return BlockerState.OPEN if commitment is None else BlockerState(commitment.state.value)
