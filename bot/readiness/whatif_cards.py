"""Cards of what would be: one project as it is, and as somebody supposes it. Nothing here holds a sentence."""

from dataclasses import dataclass

from bot.readiness.assessment import Project
from bot.readiness.framework import Dimension, Framework
from bot.readiness.scorecard import Finding, Rating, Scorecard
from bot.readiness.steps import NextStep, Raise
from bot.readiness.whatif import Supposition


@dataclass(frozen=True, slots=True)
class Outlook:
    """A project's scorecard by some ratings, and what would be next."""

    scorecard: Scorecard
    next_step: NextStep


@dataclass(frozen=True, slots=True)
class Supposed:
    """A dimension whose level is supposed, or may be: what counts now, and what would (the same: nothing supposed)."""

    dimension: Dimension
    before: Rating
    after: Rating


@dataclass(frozen=True, slots=True)
class WhatIfCard:
    """What would change; `project` is as it is, `supposed` holds what differs, in framework order.

    `words` write the supposition as people type it, `next_words` the same with the step that would be next done as well
    ("" where there is none). `rows` are all dimensions. `so_far`: the first assessment is still open.
    """

    project: Project
    framework: Framework
    words: str
    supposed: tuple[Supposed, ...]
    rows: tuple[Supposed, ...]
    now: Outlook
    then: Outlook
    next_words: str = ""
    so_far: bool = False

    @property
    def gone(self) -> tuple[Finding, ...]:
        """The blockers that would be none."""
        left = {finding.dimension_id for finding in self.then.scorecard.blockers}
        return tuple(each for each in self.now.scorecard.blockers if each.dimension_id not in left)

    @property
    def new(self) -> tuple[Finding, ...]:
        """The blockers that there are not now."""
        there = {finding.dimension_id for finding in self.now.scorecard.blockers}
        return tuple(each for each in self.then.scorecard.blockers if each.dimension_id not in there)

    @property
    def left(self) -> tuple[Finding, ...]:
        """The blockers that would stay, as they would weigh then."""
        there = {finding.dimension_id for finding in self.now.scorecard.blockers}
        return tuple(each for each in self.then.scorecard.blockers if each.dimension_id in there)

    @property
    def done(self) -> tuple[Raise, ...]:
        """The raises of the step now that would be behind: all once its aim is reached, some on the way there."""
        now, then = self.now.next_step, self.then.next_step
        if now.aim is not None and self.then.scorecard.readiness >= now.aim:
            return now.raises
        ahead = {raised.dimension_id for raised in then.raises}
        return tuple(each for each in now.raises if then.aim == now.aim and each.dimension_id not in ahead)


@dataclass(frozen=True, slots=True)
class WhatIfForm:
    """The form of a supposition; `rows` are the dimensions it asks, `more` those that do not fit.

    `words` write what is supposed already; what the form does not ask stays so.
    """

    project: Project
    framework: Framework
    rows: tuple[tuple[Dimension, Rating], ...]
    supposition: Supposition
    words: str
    more: int = 0


AS_IT_IS = "as_it_is"
"""The choice of the form that supposes nothing."""

NOT_KNOWN = "unknown"
"""The choice that nobody knows."""
