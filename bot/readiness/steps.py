"""The next step: the smallest set of raises that lifts a project, and whether the move is still to be declared."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.readiness.assessment import AnswerKind, EvidenceStrength
from bot.readiness.framework import Action, Dimension, Framework
from bot.readiness.scoring import STRENGTHS, UNKNOWN, Rating, Scorecard, Standing, effective_level


@dataclass(frozen=True, slots=True)
class Raise:
    """One dimension to lift to its bar at the aim.

    `claimed` is what was said (None: unknown), `effective` what it counts for at the aim, `to_level` the bar,
    `strength` the weakest evidence that carries it. `actions` lead from the claim to the bar; there are none where
    only the proof is short. `contested`: settling the dispute may already be enough.
    """

    dimension_id: str
    claimed: int | None
    effective: int
    to_level: int
    strength: EvidenceStrength
    actions: tuple[Action, ...]
    contested: bool = False

    @property
    def only_proof(self) -> bool:
        """The claim is high enough and needs nothing but stronger evidence."""
        return self.claimed is not None and self.claimed >= self.to_level


@dataclass(frozen=True, slots=True)
class NextStep:
    """What leads to stage `aim`: all `raises`, in framework order, then the move if `declare_move`.

    `lifts` says what the raises lift: "stage" (people are ahead of readiness) or "readiness"; None without raises.
    Without aim, raises and move, nothing is next.
    """

    aim: int | None = None
    raises: tuple[Raise, ...] = ()
    declare_move: bool = False
    lifts: str | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing is next: the project is where it means to be."""
        return not self.raises and not self.declare_move


def next_step(framework: Framework, scorecard: Scorecard, ratings: Mapping[str, Rating]) -> NextStep:
    """The one set of steps up, from the ratings the card was scored by.

    Ahead of readiness: the raises to stage R+1. In step: the raises to the next stage, then the move; nothing when
    no stage is next. Ready to advance: the move alone. As every bar must hold, the smallest set is unique.
    """
    if scorecard.standing is Standing.READY:
        return NextStep(aim=scorecard.exposure + 1, declare_move=True)
    if scorecard.standing is Standing.IN_STEP:
        if scorecard.next_stage is None:
            return NextStep()
        raises = _raises(framework, scorecard, ratings, scorecard.next_stage)
        return NextStep(scorecard.next_stage, raises, declare_move=True, lifts="readiness")
    aim = scorecard.readiness + 1
    return NextStep(aim, _raises(framework, scorecard, ratings, aim), declare_move=False, lifts="stage")


def taken(ratings: Mapping[str, Rating], raises: tuple[Raise, ...]) -> dict[str, Rating]:
    """The ratings once these raises are done: a claim already higher stays, evidence is never weakened."""
    after = dict(ratings)
    for step in raises:
        before = ratings.get(step.dimension_id, UNKNOWN)
        level = max(step.to_level, before.level or 0)
        strength = max(step.strength, before.strength, key=STRENGTHS.index)
        after[step.dimension_id] = Rating(AnswerKind.LEVEL, level, strength)
    return after


def weakest_strength(framework: Framework, dimension: Dimension, level: int, stage: int) -> EvidenceStrength:
    """The weakest evidence on which `level` counts in full when `stage` is tested. Raises ValueError if none does."""
    for strength in STRENGTHS:
        if framework.cap(dimension, strength, stage) >= level:
            return strength
    raise ValueError(f"{dimension.id}: no evidence carries level {level} at stage {stage}")


def _raises(framework: Framework, scorecard: Scorecard, ratings: Mapping[str, Rating], aim: int) -> tuple[Raise, ...]:
    short = []
    for dimension in framework.dimensions:
        rating = ratings.get(dimension.id, UNKNOWN)
        effective, bar = effective_level(framework, dimension, rating, aim), dimension.bar(aim)
        if dimension.id in scorecard.exclusions or effective >= bar:
            continue
        start = rating.level or 0
        actions = tuple(action for action in dimension.actions if start < action.to <= bar)
        strength = weakest_strength(framework, dimension, bar, aim)
        short.append(
            Raise(dimension.id, rating.level, effective, bar, strength, actions, contested=bool(rating.contested))
        )
    return tuple(short)
