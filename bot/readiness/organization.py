"""The organization's stage: what its projects show together, and the first thing that is still missing.

The mean of the projects' stages and the best of them both mislead; the conditions here say why. Source: the rule for
the organization in `docs/readiness.md`. The dimensions of the second stage are its gate, so none is named here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.readiness.framework import Framework
from bot.readiness.scorecard import Scorecard

OLD = timedelta(days=30)
"""A critical blocker that stands longer than this speaks against stage 4."""

USUAL_SHARE = (4, 5)
"""80 %: the share of projects that must be in step at stage 4, as numerator and denominator."""


class Condition(StrEnum):
    """What a stage of the organization asks for, in the order in which it is tested."""

    ONE_AT_TWO = "one_at_two"
    HALF_FOUNDED = "half_founded"
    ONE_AT_THREE = "one_at_three"
    TWO_TEAMS_AT_FOUR = "two_teams_at_four"
    MOST_IN_STEP = "most_in_step"
    NO_OLD_CRITICAL = "no_old_critical"
    HALF_AT_FOUR = "half_at_four"
    THREE_FUNCTIONS_AT_FIVE = "three_functions_at_five"
    ALL_IN_STEP = "all_in_step"
    SPONSOR_STATEMENT = "sponsor_statement"


@dataclass(frozen=True, slots=True)
class Member:
    """Active projects that are alike, as the organization's rule sees them; `count` of them.

    `stage` is M; 1 for a project that was never assessed, as what is unknown counts for nothing. `founded`: it holds
    the second stage's bars on that stage's gate. `team` and `business_function` matter at stages 4 and 5 alone; a
    project that names none counts as one of its own.
    """

    stage: int
    exposure: int
    founded: bool
    team: str = ""
    business_function: str = ""
    count: int = 1

    @property
    def in_step(self) -> bool:
        """In step or better: nobody is exposed beyond what the answers carry."""
        return self.stage >= self.exposure


@dataclass(frozen=True, slots=True)
class Behind:
    """Which projects hold the organization back: all of this at once. Storage asks the database the same.

    below     of a lower reported stage than this; `nearest`: only those of the highest stage among them
    exposed   exposed at this stage or beyond
    unfounded, ahead, old_critical   where True: not founded, out of step, with an old critical blocker
    other_teams, other_functions     of none of these
    """

    below: int | None = None
    nearest: bool = False
    exposed: int = 1
    unfounded: bool = False
    ahead: bool = False
    old_critical: bool = False
    other_teams: tuple[str, ...] = ()
    other_functions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """The first condition that does not hold: for stage `stage`; `have` of the `need` it asks for.

    `behind` are the projects that hold it back, or, where too few have got that far, those nearest to it among the ones
    that would add to the count; None: no project does.
    """

    stage: int
    condition: Condition
    have: int
    need: int
    behind: Behind | None


@dataclass(frozen=True, slots=True)
class OrganizationStage:
    """The organization's stage, 1 to 5, and what keeps it from the next one (None at stage 5)."""

    stage: int
    failed: Failed | None


def organization_stage(
    members: Sequence[Member], *, old_critical: int = 0, sponsor_statement: bool = False
) -> OrganizationStage:
    """The highest stage whose conditions, and those of every stage below, all hold.

    `old_critical`: how many projects have had a critical blocker for more than thirty days. `sponsor_statement`: a
    sponsor has said, with a link, that decisions are driven by AI.
    """
    for failed in _conditions(members, old_critical, sponsor_statement=sponsor_statement):
        if failed.have < failed.need:
            return OrganizationStage(failed.stage - 1, failed)
    return OrganizationStage(5, None)


def is_founded(framework: Framework, scorecard: Scorecard) -> bool:
    """Whether a project exposed at stage 2 or beyond holds the second stage's bars on that stage's gate.

    Read from the card's findings: a bar without a finding is met. A claim counts at stage 2 for at least what bare
    words may count for there, whatever it counts for at the stage the finding tests.
    """
    gate = framework.gate(2)
    for finding in scorecard.findings:
        if finding.dimension_id not in gate or finding.against != "exposure":
            continue
        dimension = framework.dimension(finding.dimension_id)
        said = min(finding.claimed or 0, framework.cap(dimension, "asserted", 2))
        if max(finding.effective, said) < dimension.bar(2):
            return False
    return True


@dataclass(frozen=True, slots=True)
class SharedFinding:
    """A dimension that blocks half or more of the advancing projects: one finding about the organization."""

    id: str
    dimension_id: str
    found_at: datetime
    gone_at: datetime | None = None


def counted_by_half(counts: Mapping[str, int], total: int) -> tuple[str, ...]:
    """The dimensions that hold back half or more of the advancing projects, most shared first.

    `counts` says how many of the `total` advancing projects each dimension holds back. What is true of one
    project alone is no finding about the organization.
    """
    shared = [(count, dimension) for dimension, count in counts.items() if count >= 2 and 2 * count >= total]
    return tuple(dimension for _, dimension in sorted(shared, key=lambda each: (-each[0], each[1])))


def _conditions(members: Sequence[Member], old_critical: int, *, sponsor_statement: bool) -> Iterable[Failed]:
    live = [member for member in members if member.exposure >= 3]
    usual, whole = USUAL_SHARE

    yield _at_least(members, 2, Condition.ONE_AT_TWO, 1)
    piloted = [member for member in members if member.exposure >= 2]
    founded = _count(member for member in piloted if member.founded)
    unfounded = Behind(exposed=2, unfounded=True)
    yield Failed(2, Condition.HALF_FOUNDED, founded, _half(_count(piloted)), unfounded)
    yield _at_least(members, 3, Condition.ONE_AT_THREE, 1)
    teams = tuple(sorted({member.team for member in members if member.stage >= 4}))
    elsewhere = Behind(below=4, nearest=True, other_teams=teams)
    yield Failed(4, Condition.TWO_TEAMS_AT_FOUR, len(teams), 2, elsewhere)
    steady = _count(member for member in live if member.in_step)
    yield Failed(4, Condition.MOST_IN_STEP, steady, -(-usual * _count(live) // whole), Behind(exposed=3, ahead=True))
    yield Failed(4, Condition.NO_OLD_CRITICAL, -old_critical, 0, Behind(old_critical=True))
    at_four = _count(member for member in live if member.stage >= 4)
    yield Failed(5, Condition.HALF_AT_FOUR, at_four, _half(_count(live)), Behind(exposed=3, below=4))
    functions = tuple(sorted({member.business_function for member in members if member.stage >= 5}))
    elsewhere = Behind(below=5, nearest=True, other_functions=functions)
    yield Failed(5, Condition.THREE_FUNCTIONS_AT_FIVE, len(functions), 3, elsewhere)
    ahead = _count(member for member in members if not member.in_step)
    yield Failed(5, Condition.ALL_IN_STEP, -ahead, 0, Behind(ahead=True))
    yield Failed(5, Condition.SPONSOR_STATEMENT, int(sponsor_statement), 1, None)


def _count(members: Iterable[Member]) -> int:
    return sum(member.count for member in members)


def _at_least(members: Sequence[Member], stage: int, condition: Condition, need: int) -> Failed:
    have = _count(member for member in members if member.stage >= stage)
    return Failed(stage, condition, have, need, Behind(below=stage, nearest=True))


def _half(count: int) -> int:
    return -(-count // 2)
