"""What scoring works with and gives: ratings, findings, the scorecard, and its plain form for immutable storage."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from bot.readiness.assessment import AnswerKind, EvidenceStrength


class Severity(IntEnum):
    """How much a finding weighs; HIGH and CRITICAL are blockers."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4


class FindingKind(StrEnum):
    """Why a bar is not met."""

    UNKNOWN = "unknown"
    MISSING = "missing"
    CONTESTED = "contested"
    UNPROVEN = "unproven"


class Notch(StrEnum):
    """Why a finding weighs one severity more than its kind alone says."""

    DECLARED_MOVE = "declared_move"
    SURVIVED = "survived"


class Standing(StrEnum):
    """Exposure against readiness."""

    AHEAD = "ahead_of_readiness"
    IN_STEP = "in_step"
    READY = "ready_to_advance"


@dataclass(frozen=True, slots=True)
class Rating:
    """What counts for one dimension: the lowest authoritative answer. `contested` holds the levels that differ."""

    kind: AnswerKind = AnswerKind.UNKNOWN
    level: int | None = None
    strength: EvidenceStrength = EvidenceStrength.ASSERTED
    contested: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if (self.kind is AnswerKind.LEVEL) != (self.level is not None):
            raise ValueError(f"Rating: expected a level exactly with kind level, got {self.kind} and {self.level}")


UNKNOWN = Rating()
"""What counts for a dimension nobody has answered."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A bar that is not met.

    `against` is "exposure" (people are already exposed) or "next" (the next stage asks for it); `stage` is that
    stage, `need` the accumulated bar there, `claimed` what was said (None: unknown), `effective` what it counts for.
    `notch`: why `severity` is one higher than scoring alone gives (None: it is not).
    """

    dimension_id: str
    kind: FindingKind
    severity: Severity
    against: str
    stage: int
    need: int
    claimed: int | None
    effective: int
    notch: Notch | None = None

    @property
    def is_blocker(self) -> bool:
        """HIGH or CRITICAL."""
        return self.severity >= Severity.HIGH


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The result of scoring one assessment; the same ratings and framework version give the same card for ever.

    `stage` (M) is the reported stage, `readiness` (R) what the answers carry, `optimistic` (Rhi) what they would carry
    if every unknown were good, `next_stage` (nx) the stage the project advances to or None, `move_allowed` None when
    there is no next stage. `barriers` maps barrier id to exposure X (0 to 4). `index` is for display only, 0 to 100.
    Findings stand in framework order. `exclusions` are the dimensions agreed to be not applicable.
    """

    framework_id: str
    framework_version: str
    exposure: int
    target: int
    stage: int
    readiness: int
    optimistic: int
    standing: Standing
    next_stage: int | None
    move_allowed: bool | None
    findings: tuple[Finding, ...]
    barriers: Mapping[str, float]
    compounding: bool
    index: int
    exclusions: tuple[str, ...] = ()

    @property
    def blockers(self) -> tuple[Finding, ...]:
        """The findings that are HIGH or CRITICAL, in framework order."""
        return tuple(finding for finding in self.findings if finding.is_blocker)


def as_plain(scorecard: Scorecard) -> dict[str, Any]:
    """The card as JSON-safe values, for immutable storage; `from_plain` gives the same card back."""
    return {
        "framework_id": scorecard.framework_id,
        "framework_version": scorecard.framework_version,
        "exposure": scorecard.exposure,
        "target": scorecard.target,
        "stage": scorecard.stage,
        "readiness": scorecard.readiness,
        "optimistic": scorecard.optimistic,
        "standing": scorecard.standing.value,
        "next_stage": scorecard.next_stage,
        "move_allowed": scorecard.move_allowed,
        "findings": [
            {
                "dimension_id": finding.dimension_id,
                "kind": finding.kind.value,
                "severity": finding.severity.name,
                "against": finding.against,
                "stage": finding.stage,
                "need": finding.need,
                "claimed": finding.claimed,
                "effective": finding.effective,
                **({"notch": finding.notch.value} if finding.notch else {}),
            }
            for finding in scorecard.findings
        ],
        "barriers": dict(scorecard.barriers),
        "compounding": scorecard.compounding,
        "index": scorecard.index,
        "exclusions": list(scorecard.exclusions),
    }


def from_plain(plain: Mapping[str, Any]) -> Scorecard:
    """The card that `as_plain` wrote. Raises KeyError, ValueError or TypeError on anything else."""
    findings = tuple(
        Finding(
            **{
                **finding,
                "kind": FindingKind(finding["kind"]),
                "severity": Severity[finding["severity"]],
                "notch": Notch(finding["notch"]) if "notch" in finding else None,
            }
        )
        for finding in plain["findings"]
    )
    return Scorecard(
        **{
            **plain,
            "standing": Standing(plain["standing"]),
            "findings": findings,
            "barriers": dict(plain["barriers"]),
            "exclusions": tuple(plain["exclusions"]),
        }
    )
