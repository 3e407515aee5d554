"""Which barriers compound: those with a blocker of their own that is not waived, when they are several at once."""

from collections.abc import Collection

from bot.readiness.framework import Barrier, Framework
from bot.readiness.scorecard import Scorecard
from bot.readiness.waivers import unwaived_blockers

SEVERAL = 3


def compounding_barriers(
    framework: Framework, scorecard: Scorecard, waived: Collection[str] = ()
) -> tuple[Barrier, ...]:
    """The barriers that compound, in the framework's order; none when fewer than three are blocked."""
    hot = {framework.dimension(finding.dimension_id).primary for finding in unwaived_blockers(scorecard, waived)}
    return tuple(barrier for barrier in framework.barriers if barrier.id in hot) if len(hot) >= SEVERAL else ()
