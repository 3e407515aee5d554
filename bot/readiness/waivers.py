"""Waivers: a dated, approved exception for one bar. It changes no level, stage, barrier or index: the finding stays.

A waived finding is no blocker for alerts, cadence and compounding, and counts as met for *move allowed* alone.
Source: the rule for waivers in `docs/readiness.md`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.readiness.assessment import Person, Project
from bot.readiness.framework import Framework
from bot.readiness.scorecard import Finding, FindingKind, Scorecard, Severity

LONGEST = timedelta(days=90)
"""No waiver outlives this, counted from the day it was asked for."""


WARNED_BEFORE = (timedelta(days=14), timedelta(days=3))
"""How long before its end the people of a waiver are told, step by step."""

LAPSES = len(WARNED_BEFORE)
"""The step at which it ends."""

HELD_BEFORE = timedelta(days=1)
"""How long a waiver must have been valid for a warning to make sense."""


class WaiverState(StrEnum):
    """Where a waiver is. All but the first two end it.

    LAPSED  its date came; MET  the bar is met, or asked no longer; VOID  the finding became one that no waiver covers.
    """

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    MET = "met"
    VOID = "void"


class NotWaivable(StrEnum):
    """Why no waiver is possible for a finding."""

    FRAMEWORK = "framework"
    UNKNOWN = "unknown"
    CRITICAL = "critical"


class NotApprover(StrEnum):
    """Why somebody cannot approve a waiver."""

    ASKER = "approver_asker"
    OWNER = "approver_owner"
    ROLE = "approver_role"


@dataclass(frozen=True, slots=True)
class Waiver:
    """One exception, asked for by `asked_by` of `approver_id`, for the bar of `stage` in one dimension.

    `reason` and `refusal` are people's words. A project has at most one that is not ended for a dimension; whether it
    is valid is asked of a moment, as time ends it without anybody's doing.
    """

    id: str
    project_id: str
    dimension_id: str
    asked_by: str
    approver_id: str
    asked_at: datetime
    until: datetime
    stage: int
    reason: str
    state: WaiverState = WaiverState.ASKED
    approved_at: datetime | None = None
    ended_at: datetime | None = None
    refusal: str = ""

    def is_valid(self, moment: datetime) -> bool:
        """Approved by then, and neither over nor ended."""
        begun = self.approved_at is not None and self.approved_at <= moment < self.until
        return begun and (self.ended_at is None or moment < self.ended_at)

    def waits(self, moment: datetime) -> bool:
        """Asked for, and still to be decided."""
        return self.state is WaiverState.ASKED and moment < self.until

    def is_over(self, moment: datetime) -> bool:
        """Ended by somebody, by a scoring, or by its date."""
        return self.ended_at is not None or moment >= self.until


def why_not(framework: Framework, scorecard: Scorecard, finding: Finding) -> NotWaivable | None:
    """Why no waiver is possible for this finding of this card; None where one is.

    A bar that is CRITICAL where people are exposed, or would be after the move, has none; nor has one that is held at
    HIGH only because the answers differ.
    """
    dimension = framework.by_id.get(finding.dimension_id)
    if dimension is None or not dimension.waivable:
        return NotWaivable.FRAMEWORK
    if finding.kind is FindingKind.UNKNOWN or finding.claimed is None:
        return NotWaivable.UNKNOWN
    stages = {finding.stage, scorecard.next_stage or finding.stage}
    critical = any(
        stage >= 3 and dimension.id in framework.gate(stage) and finding.claimed < dimension.need(stage)
        for stage in stages
    )
    return NotWaivable.CRITICAL if critical or finding.severity is Severity.CRITICAL else None


def why_not_approver(person: Person, asker_id: str, project: Project) -> NotApprover | None:
    """Why this person cannot approve; None for a manager or admin who neither asked nor owns the project."""
    if person.id == asker_id:
        return NotApprover.ASKER
    if person.id == project.owner_id:
        return NotApprover.OWNER
    return None if person.is_manager or person.is_admin else NotApprover.ROLE


def latest_day(today: date) -> date:
    """The last day a waiver asked for today may name."""
    return today + LONGEST


def end_of(day: date, zone: str, asked_at: datetime) -> datetime:
    """The end of the named day in the asker's zone, and never more than the longest time from the asking."""
    midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(asked_at.tzinfo)
    return min(midnight, asked_at + LONGEST)


def ended_by(framework: Framework, scorecard: Scorecard, waiver: Waiver) -> WaiverState | None:
    """How a new card ends a waiver: MET when nothing is short of its bar, VOID when none is possible any more."""
    finding = next((each for each in scorecard.findings if each.dimension_id == waiver.dimension_id), None)
    if finding is None or finding.stage > waiver.stage:
        return WaiverState.MET
    return WaiverState.VOID if why_not(framework, scorecard, finding) else None


def move_allowed(scorecard: Scorecard, waived: Collection[str]) -> bool | None:
    """Whether the move to the next stage is allowed once the waived dimensions count as met; None without one.

    A card without findings holds every bar up to its next stage.
    """
    if scorecard.next_stage is None:
        return None
    return all(finding.dimension_id in waived for finding in scorecard.findings)


def unwaived_blockers(scorecard: Scorecard, waived: Collection[str]) -> tuple[Finding, ...]:
    """The blockers that alerts, cadence and compounding see, in framework order."""
    return tuple(finding for finding in scorecard.blockers if finding.dimension_id not in waived)


def step_at(waiver: Waiver, now: datetime) -> int:
    """How near its end a waiver is: the warning that is due, or LAPSES; -1 before the first."""
    return next((step for step, before in _dates(waiver) if now < before), LAPSES + 1) - 1


def next_date(waiver: Waiver, now: datetime) -> tuple[int, datetime] | None:
    """The next step of a waiver and when it is; None once it has ended.

    A warning comes later than `now`, and a day after the approval at the earliest; its end may be over.
    """
    if waiver.ended_at is not None:
        return None
    approved = waiver.approved_at
    warned = [
        (step, at)
        for step, at in _dates(waiver)[:LAPSES]
        if approved is not None and at > now and at >= approved + HELD_BEFORE
    ]
    return warned[0] if warned else (LAPSES, waiver.until)


def _dates(waiver: Waiver) -> list[tuple[int, datetime]]:
    return [*((step, waiver.until - before) for step, before in enumerate(WARNED_BEFORE)), (LAPSES, waiver.until)]
