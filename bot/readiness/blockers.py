"""Blockers over time: which are new, which still stand, which are cleared."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.readiness.scoring import Finding, FindingKind, Scorecard, Severity


@dataclass(frozen=True, slots=True)
class Blocker:
    """One actual obstacle of a project: a HIGH or CRITICAL finding, from the day it was found until it is cleared."""

    id: str
    project_id: str
    dimension_id: str
    kind: FindingKind
    severity: Severity
    found_at: datetime
    found_by: str
    stage: int
    need: int
    cleared_at: datetime | None = None
    cleared_by: str | None = None
    owner_id: str | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class BlockerChanges:
    """A new scorecard held against the open blockers: `found` are findings without one, `standing` pairs the rest."""

    found: tuple[Finding, ...]
    standing: tuple[tuple[Blocker, Finding], ...]
    cleared: tuple[Blocker, ...]


def blocker_changes(open_blockers: Iterable[Blocker], scorecard: Scorecard) -> BlockerChanges:
    """Compare by dimension: one dimension of a project has at most one open blocker."""
    by_dimension = {blocker.dimension_id: blocker for blocker in open_blockers}
    blocking = {finding.dimension_id: finding for finding in scorecard.blockers}
    return BlockerChanges(
        found=tuple(finding for dimension, finding in blocking.items() if dimension not in by_dimension),
        standing=tuple(
            (by_dimension[dimension], finding) for dimension, finding in blocking.items() if dimension in by_dimension
        ),
        cleared=tuple(blocker for dimension, blocker in by_dimension.items() if dimension not in blocking),
    )
