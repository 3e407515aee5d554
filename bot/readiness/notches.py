"""One notch up: what weighs more because of the calendar, or because it will not go away.

A finding rises once, and never into CRITICAL. Scoring itself applies no notch; milestones do. Source:
`docs/readiness.md`.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, timedelta

from bot.readiness.assessment import Project
from bot.readiness.framework import Framework
from bot.readiness.milestone import Milestone
from bot.readiness.scorecard import Finding, Notch, Scorecard, Severity

NEAR = timedelta(days=30)
"""How near a declared move must be for what it asks to weigh more."""

SURVIVED = 2
"""Reassessments that a finding must outlive."""


def notched(
    framework: Framework, scorecard: Scorecard, *, move_declared: bool, survivors: Collection[str]
) -> Scorecard:
    """The card with every notch that applies; compounding follows from the blockers there are then.

    `move_declared`: the next move is declared for soon. `survivors` are the dimensions whose finding where people are
    exposed outlived two reassessments.
    """
    findings = tuple(_weighed(finding, move_declared, survivors) for finding in scorecard.findings)
    if findings == scorecard.findings:
        return scorecard
    hot = {framework.by_id[finding.dimension_id].primary for finding in findings if finding.is_blocker}
    return replace(scorecard, findings=findings, compounding=len(hot) >= 3)


def declares_move(project: Project, today: date) -> bool:
    """Whether the owner has set a target beyond exposure, and a date for it at most 30 days from `today`.

    A date that has passed while nobody moved counts too: what is overdue weighs no less than what is near. A default
    target declares nothing.
    """
    if project.target is None or project.target <= project.exposure or project.target_date is None:
        return False
    return project.target_date <= today + NEAR


def survivors(history: Iterable[Milestone], assessment_id: str) -> frozenset[str]:
    """The dimensions short where people are exposed in each of the last two assessments before this one.

    `history` is newest first. An assessment speaks by its latest milestone that people made: an edit is no
    reassessment, and what grew old after one is no word of it.
    """
    last: dict[str, Milestone] = {}
    for milestone in history:
        if milestone.assessment_id != assessment_id and not milestone.by_time:
            last.setdefault(milestone.assessment_id, milestone)
    earlier = [_exposed(milestone.scorecard) for milestone in list(last.values())[:SURVIVED]]
    return frozenset.intersection(*earlier) if len(earlier) == SURVIVED else frozenset()


def _exposed(scorecard: Scorecard) -> frozenset[str]:
    return frozenset(finding.dimension_id for finding in scorecard.findings if finding.against == "exposure")


def _weighed(finding: Finding, move_declared: bool, outlived: Collection[str]) -> Finding:  # noqa: FBT001 - its own
    if finding.notch is not None or finding.severity >= Severity.HIGH:
        return finding
    if finding.against == "next":
        notch = Notch.DECLARED_MOVE if move_declared else None
    else:
        notch = Notch.SURVIVED if finding.dimension_id in outlived else None
    return replace(finding, severity=Severity(finding.severity + 1), notch=notch) if notch else finding
