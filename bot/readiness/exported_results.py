"""The part of an export that is about results: what made them, what they say, and what was foreseen by them.

With it, every number that the portfolio shows can be reckoned from the file. Described in docs/export.md.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bot.readiness.assessment import Project
from bot.readiness.blockers import Blocker, BlockerEvent
from bot.readiness.forecasts import Forecast
from bot.readiness.framework import Framework
from bot.readiness.milestone import Milestone
from bot.readiness.portfolio import ProjectLevel
from bot.readiness.scorecard import as_plain

Plain = dict[str, Any]


def framework(current: Framework) -> Plain:
    """The names of its parts, and what holds for a project that declares no target."""
    return {
        "id": current.id,
        "version": current.version,
        "dimensions": [
            {"id": each.id, "code": each.code, "name": each.name["en"], "barrier": each.primary}
            for each in current.dimensions
        ],
        "barriers": [{"id": each.id, "code": each.code, "name": each.name["en"]} for each in current.barriers],
        "stages": [
            {"number": each.number, "name": each.name["en"], "usual_target": current.default_targets[each.number]}
            for each in current.stages
        ],
    }


def standing(project: Project) -> Plain | None:
    """The latest result; None before the first."""
    summary = project.summary
    if summary is None:
        return None
    return {
        "stage": summary.stage,
        "readiness": summary.readiness,
        "optimistic": summary.optimistic,
        "standing": summary.standing,
        "index": summary.index,
        "blockers": summary.blockers,
        "critical": summary.critical,
        "exclusions": summary.exclusions,
        "assessed_at": time(summary.assessed_at),
        "changed_at": time(summary.changed_at),
        "framework": summary.framework_id,
        "framework_version": summary.framework_version,
        "founded": summary.founded,
    }


def milestone(taken: Milestone, *, whole: bool) -> Plain:
    """One result; not `whole`: without what it rests on."""
    card = taken.scorecard
    plain: Plain = {
        "number": taken.sequence,
        "taken_at": time(taken.taken_at),
        "cause": taken.cause,
        "framework": taken.framework_id,
        "framework_version": taken.framework_version,
        "stage": card.stage,
        "exposure": card.exposure,
        "readiness": card.readiness,
        "optimistic": card.optimistic,
        "standing": card.standing.value,
        "index": card.index,
    }
    if not whole:
        return plain
    more = {"assessment": taken.assessment_id, "answers": list(taken.answers), "scorecard": as_plain(card)}
    return {"id": taken.id} | plain | more


def level(each: ProjectLevel) -> Plain:
    """One dimension of the latest result."""
    return {
        "dimension": each.dimension_id,
        "barrier": each.barrier_id,
        "claimed": each.claimed,
        "effective": each.effective,
        "need": each.need,
        "carries": each.carries,
        "severity": None if each.severity is None else each.severity.name.lower(),
    }


def blocker(each: Blocker, events: Iterable[BlockerEvent]) -> Plain:
    """One blocker with what happened to it."""
    return {
        "id": each.id,
        "dimension": each.dimension_id,
        "kind": each.kind.value,
        "severity": each.severity.name.lower(),
        "stage": each.stage,
        "need": each.need,
        "found_at": time(each.found_at),
        "found_by": each.found_by,
        "cleared_at": time(each.cleared_at),
        "cleared_by": each.cleared_by,
        "reopened_at": time(each.reopened_at),
        "history": [
            {
                "at": time(event.at),
                "what": event.happening.value,
                "severity": event.severity.name.lower(),
                "milestone": event.milestone_id,
                "person": event.person_id,
            }
            for event in events
            if event.blocker_id == each.id
        ],
    }


def forecast(made: Forecast) -> Plain:
    """What would have lifted the project, and what became of that."""
    hold, verdict = made.hold, made.verdict
    return {
        "milestone": made.milestone_id,
        "made_at": time(made.made_at),
        "lifts": hold.lifts.value,
        "before": hold.before,
        "aim": hold.aim,
        "dimensions": list(hold.dimensions),
        "after": hold.after,
        "barrier": hold.barrier,
        "barrier_after": hold.barrier_after,
        "verdict": verdict
        and {
            "outcome": verdict.outcome.value,
            "milestone": verdict.milestone_id,
            "at": time(verdict.at),
            "reached": verdict.reached,
            "promised": verdict.promised,
            "raised": list(verdict.raised),
            "missing": list(verdict.missing),
        },
    }


def time(moment: datetime | None) -> str | None:
    """In ISO 8601."""
    return moment.isoformat() if moment else None
