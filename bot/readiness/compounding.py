"""Which barriers compound: those with a blocker of their own, when they are several at once."""

from bot.readiness.framework import Barrier, Framework
from bot.readiness.scorecard import Scorecard


def compounding_barriers(framework: Framework, scorecard: Scorecard) -> tuple[Barrier, ...]:
    """The barriers behind a compounding card, in the framework's order; none when it does not compound."""
    if not scorecard.compounding:
        return ()
    hot = {framework.dimension(finding.dimension_id).primary for finding in scorecard.blockers}
    return tuple(barrier for barrier in framework.barriers if barrier.id in hot)
