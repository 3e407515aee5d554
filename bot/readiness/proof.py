"""When an answer calls for a link."""

from bot.readiness.assessment import AnswerKind, EvidenceStrength
from bot.readiness.framework import STAGES, Dimension, Framework
from bot.readiness.scoring import Rating, effective_level


def calls_for_proof(framework: Framework, dimension: Dimension, level: int, exposure: int, target: int | None) -> bool:
    """A level of 3 or more, or one that would count for less than claimed at E or at the next stage."""
    return level >= 3 or counts_for(framework, dimension, level, exposure, target) < level


def counts_for(framework: Framework, dimension: Dimension, level: int, exposure: int, target: int | None) -> int:
    """What a merely asserted level counts for at the project's exposure and its next stage: the lower of the two."""
    asserted = Rating(AnswerKind.LEVEL, level, EvidenceStrength.ASSERTED)
    aim = target if target is not None else framework.default_targets[exposure]
    stages = {exposure, min(exposure + 1, aim) if aim > exposure else exposure}
    return min(effective_level(framework, dimension, asserted, stage) for stage in stages if stage in STAGES)
