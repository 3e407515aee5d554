"""Forecasts: what a result said would lift the project, held against what the next cycle found. Pure.

A forecast is made by the milestone that ends an assessment: "with these dimensions solved, stage `before` becomes
`after`". The milestone that ends the project's next assessment judges it, whatever happened between; milestones of
edits, moves and dates do not, as nobody was asked anew. Source: `docs/leverage.md`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.readiness.holds import Hold
from bot.readiness.milestone import Milestone

ENDS_A_CYCLE = frozenset({"completed", "closed"})
"""The causes of milestones that make and judge forecasts."""


class Outcome(StrEnum):
    """What became of a forecast.

    CAME_TRUE  every dimension was raised by a stage or more, and the project carries what that promised
    MISSED     every dimension was raised so, and the project does not carry it: something else fell short
    UNTRIED    not every dimension was raised, so that nothing was promised
    VOID       the next result was rated by another framework or version, so that stages do not compare
    """

    CAME_TRUE = "came_true"
    MISSED = "missed"
    UNTRIED = "untried"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The end of a forecast, by the milestone that judged it.

    `raised` are the dimensions that were; `promised` the stage their raises promised (0: none), `reached` the stage
    carried then. `missing` are the dimensions that kept a tried forecast from coming true.
    """

    outcome: Outcome
    milestone_id: str
    at: datetime
    reached: int
    promised: int = 0
    raised: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the milestone that ended an assessment said holds its project; without `verdict` it waits to be judged."""

    milestone_id: str
    project_id: str
    made_at: datetime
    hold: Hold
    verdict: Verdict | None = None


def judge(made: Forecast, carries: Mapping[str, int], milestone: Milestone, *, comparable: bool) -> Verdict:
    """What became of a forecast by the milestone of the next cycle, in which each dimension `carries` so many stages.

    A dimension that no longer applies holds nothing any more: it counts as raised. Raises that went less far than the
    forecast said promise less; the forecast is held to what they promise. `comparable`: one framework rated both.
    """
    hold, reached = made.hold, milestone.scorecard.readiness
    if not comparable:
        return Verdict(Outcome.VOID, milestone.id, milestone.taken_at, reached)
    stages = {each: carries.get(each, hold.after) for each in hold.dimensions}
    raised = tuple(each for each, stage in stages.items() if stage > hold.before)
    if raised != hold.dimensions:
        return Verdict(Outcome.UNTRIED, milestone.id, milestone.taken_at, reached, raised=raised)
    promised = min(hold.after, *stages.values())
    missing = tuple(each for each, stage in carries.items() if stage < promised)
    outcome = Outcome.MISSED if missing else Outcome.CAME_TRUE
    return Verdict(outcome, milestone.id, milestone.taken_at, reached, promised, raised, missing)


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """How forecasts have fared: how many by outcome; `open` ones wait for the next cycle."""

    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    open: int = 0

    @property
    def came_true(self) -> int:
        """Tried, and the stage was carried."""
        return self.outcomes.get(Outcome.CAME_TRUE, 0)

    @property
    def tried(self) -> int:
        """Those that could come true at all; what nobody tried speaks neither for a forecast nor against it."""
        return self.came_true + self.outcomes.get(Outcome.MISSED, 0)

    @property
    def judged(self) -> int:
        """Tried or not."""
        return sum(self.outcomes.values())
