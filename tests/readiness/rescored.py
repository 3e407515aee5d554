"""Leverage by brute force: every project really scored again with something solved."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from bot.readiness.assessment import AnswerKind
from bot.readiness.framework import Framework
from bot.readiness.leverage import Lever, LeverKind
from bot.readiness.scoring import UNKNOWN, Rating, Scorecard, Standing, score
from bot.readiness.steps import weakest_strength


@dataclass(frozen=True)
class Scored:
    """One project and how it was rated."""

    framework: Framework
    exposure: int
    target: int | None
    ratings: dict[str, Rating]

    @cached_property
    def card(self) -> Scorecard:
        return score(self.framework, self.exposure, self.target, self.ratings)

    @cached_property
    def aim(self) -> int | None:
        """Where people are exposed already, or the stage that is next for a project in step."""
        card = self.card
        if card.standing is Standing.AHEAD:
            return card.exposure
        return card.next_stage if card.standing is Standing.IN_STEP else None

    def solved(self, dimension_ids: Collection[str]) -> Scorecard:
        """The card of the real scorer once these dimensions hold what the aim asks, and show it."""
        after = dict(self.ratings)
        for dimension_id in set(dimension_ids) - set(self.card.exclusions) if self.aim else ():
            dimension = self.framework.dimension(dimension_id)
            before, need = after.get(dimension_id, UNKNOWN), dimension.need(self.aim)
            level = max(need, before.level or 0)
            strengths = [before.strength, weakest_strength(self.framework, dimension, need, self.aim)]
            order = ["asserted", "linked", "verified"]
            after[dimension_id] = Rating(AnswerKind.LEVEL, level, max(strengths, key=order.index))
        return score(self.framework, self.exposure, self.target, after)

    def lift(self, dimension_ids: Collection[str]) -> tuple[int, int]:
        """By how many stages the reported stage rises, and readiness, up to the aim."""
        before, after = self.card, self.solved(dimension_ids)
        top = self.aim or before.readiness
        return after.stage - before.stage, min(after.readiness, top) - before.readiness


def brute_lever(portfolio: list[Scored], kind: LeverKind, lever_id: str, dimension_ids: Collection[str]) -> Lever:
    lifts = [(project.card.standing, *project.lift(dimension_ids)) for project in portfolio]
    risen = [stages for standing, stages, _ in lifts if standing is Standing.AHEAD and stages]
    opened = sum(1 for standing, _, readiness in lifts if standing is not Standing.AHEAD and readiness)
    return Lever(kind, lever_id, len(risen), sum(risen), opened)
