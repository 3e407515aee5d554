"""The organization's stage: what its projects show together, and the first thing that is still missing.

The mean of the projects' stages and the best of them both mislead; the conditions here say why. Source: the rule for
the organization in `docs/readiness.md`. The dimensions of the second stage are its gate, so none is named here.
"""

from collections import Counter
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
    """One active project as the organization's rule sees it.

    `stage` is M; 1 for a project that was never assessed, as what is unknown counts for nothing. `founded`: it holds
    the second stage's bars on that stage's gate. `old_critical`: a critical blocker has stood for more than 30 days.
    """

    project_id: str
    stage: int
    exposure: int
    founded: bool
    team: str = ""
    business_function: str = ""
    old_critical: bool = False

    @property
    def in_step(self) -> bool:
        """In step or better: nobody is exposed beyond what the answers carry."""
        return self.stage >= self.exposure


@dataclass(frozen=True, slots=True)
class Failed:
    """The first condition that does not hold: for stage `stage`; `have` of the `need` it asks for.

    `project_ids` are the projects that hold it back, or, where too few have got that far, those nearest to it among the
    ones that would add to the count.
    """

    stage: int
    condition: Condition
    have: int
    need: int
    project_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrganizationStage:
    """The organization's stage, 1 to 5, and what keeps it from the next one (None at stage 5)."""

    stage: int
    failed: Failed | None


def organization_stage(members: Sequence[Member], *, sponsor_statement: bool) -> OrganizationStage:
    """The highest stage whose conditions, and those of every stage below, all hold.

    `sponsor_statement`: a sponsor has said, with a link, that decisions are driven by AI.
    """
    for failed in _conditions(members, sponsor_statement=sponsor_statement):
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


def is_old(found_at: datetime, now: datetime) -> bool:
    """Whether a blocker has stood too long for an organization at stage 4."""
    return now - found_at > OLD


@dataclass(frozen=True, slots=True)
class SharedFinding:
    """A dimension that blocks half or more of the advancing projects: one finding about the organization."""

    id: str
    dimension_id: str
    found_at: datetime
    gone_at: datetime | None = None


def shared_by_half(dimensions: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The dimensions that hold back half or more of the advancing projects, most shared first.

    `dimensions` maps every advancing project's id to the dimensions that hold it back.
    """
    counts = Counter(dimension for held in dimensions.values() for dimension in set(held))
    return counted_by_half(counts, len(dimensions))


def counted_by_half(counts: Mapping[str, int], total: int) -> tuple[str, ...]:
    """The same from counts: how many of the `total` advancing projects each dimension holds back.

    What is true of one project alone is no finding about the organization.
    """
    shared = [(count, dimension) for dimension, count in counts.items() if count >= 2 and 2 * count >= total]
    return tuple(dimension for _, dimension in sorted(shared, key=lambda each: (-each[0], each[1])))


def _conditions(members: Sequence[Member], *, sponsor_statement: bool) -> Iterable[Failed]:
    piloted = [member for member in members if member.exposure >= 2]
    live = [member for member in members if member.exposure >= 3]
    out_of_step = [member for member in live if not member.in_step]
    old = [member for member in members if member.old_critical]
    ahead = [member for member in members if not member.in_step]
    usual, whole = USUAL_SHARE

    yield _at_least(members, 2, Condition.ONE_AT_TWO, 1)
    founded = sum(member.founded for member in piloted)
    yield Failed(2, Condition.HALF_FOUNDED, founded, _half(len(piloted)), _ids(m for m in piloted if not m.founded))
    yield _at_least(members, 3, Condition.ONE_AT_THREE, 1)
    at_four = [member for member in members if member.stage >= 4]
    teams = {_team(member) for member in at_four}
    other_teams = [member for member in members if _team(member) not in teams]
    yield Failed(4, Condition.TWO_TEAMS_AT_FOUR, len(teams), 2, _nearest(other_teams, 4))
    yield Failed(
        4,
        Condition.MOST_IN_STEP,
        len(live) - len(out_of_step),
        -(-usual * len(live) // whole),
        _ids(out_of_step),
    )
    yield Failed(4, Condition.NO_OLD_CRITICAL, -len(old), 0, _ids(old))
    yield Failed(
        5,
        Condition.HALF_AT_FOUR,
        sum(member.stage >= 4 for member in live),
        _half(len(live)),
        _ids(member for member in live if member.stage < 4),
    )
    at_five = [member for member in members if member.stage >= 5]
    functions = {_function(member) for member in at_five}
    others = [member for member in members if _function(member) not in functions]
    yield Failed(5, Condition.THREE_FUNCTIONS_AT_FIVE, len(functions), 3, _nearest(others, 5))
    yield Failed(5, Condition.ALL_IN_STEP, -len(ahead), 0, _ids(ahead))
    yield Failed(5, Condition.SPONSOR_STATEMENT, int(sponsor_statement), 1, ())


def _team(member: Member) -> str:
    """A project that names no team counts as one of its own."""
    return member.team or member.project_id


def _function(member: Member) -> str:
    return member.business_function or member.project_id


def _at_least(members: Sequence[Member], stage: int, condition: Condition, need: int) -> Failed:
    have = sum(member.stage >= stage for member in members)
    return Failed(stage, condition, have, need, _nearest(members, stage))


def _nearest(members: Sequence[Member], stage: int) -> tuple[str, ...]:
    """The projects of the highest stage below this one."""
    below = [member for member in members if member.stage < stage]
    highest = max((member.stage for member in below), default=0)
    return _ids(member for member in below if member.stage == highest)


def _ids(members: Iterable[Member]) -> tuple[str, ...]:
    return tuple(member.project_id for member in members)


def _half(count: int) -> int:
    return -(-count // 2)
