"""Blockers over time: found, claimed to be resolved, cleared, and open again when an answer says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.readiness.assessment import Answer
from bot.readiness.commitments import Commitment, CommitmentState
from bot.readiness.scoring import Finding, FindingKind, Scorecard, Severity


@dataclass(frozen=True, slots=True)
class Blocker:
    """One actual obstacle of a project: a HIGH or CRITICAL finding, from the day it was found until it is cleared.

    A dimension of a project has one blocker for ever: found again, it opens again (`reopened_at`, `reopened_by` the
    milestone that said so, `reopenings` how often).
    """

    id: str
    project_id: str
    dimension_id: str
    kind: FindingKind
    severity: Severity
    found_at: datetime
    found_by: str
    stage: int
    need: int
    cleared_at: datetime | None = None
    cleared_by: str | None = None
    reopened_at: datetime | None = None
    reopened_by: str | None = None
    reopenings: int = 0

    @property
    def since(self) -> datetime:
        """From when its age counts: the day it opened last."""
        return self.reopened_at or self.found_at


class ClaimState(StrEnum):
    """What became of the word that a blocker is resolved."""

    STANDS = "stands"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody's word that a blocker is resolved, with what proves it; it stands until a scoring judges it."""

    id: str
    project_id: str
    blocker_id: str
    person_id: str
    claimed_at: datetime
    words: str
    link: str = ""
    state: ClaimState = ClaimState.STANDS
    ended_at: datetime | None = None


class BlockerState(StrEnum):
    """Where a blocker is, as people see it."""

    OPEN = "open"
    TAKEN = "taken"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"
    WAIVED = "waived"
    CLEARED = "cleared"


class Happening(StrEnum):
    """One line of a blocker's history.

    UNKNOWN    it blocks because nobody could answer (in the place of FOUND and REOPENED); its owner looks for who can
    ESCALATED  that was so for two working days more, and channel and managers were told
    FOUND      it is known to be short: from the first, or after it had been UNKNOWN
    """

    FOUND = "found"
    REOPENED = "reopened"
    UNKNOWN = "unknown"
    ESCALATED = "escalated"
    SEVERITY = "severity"
    CLAIMED = "claimed"
    REFUTED = "refuted"
    WAIVED = "waived"
    UNCOVERED = "uncovered"
    CLEARED = "cleared"


OLD_AFTER = timedelta(days=30)
"""After how long an open blocker is told of again, and again after as long."""

UNKNOWN_DAYS = 2
"""Working days of the owner, after which channel and managers learn what nobody could answer."""

TELL = frozenset({Happening.FOUND, Happening.REOPENED, Happening.ESCALATED})
"""After which a channel knows of a blocker."""

BEGINS = TELL | {Happening.UNCOVERED}
"""After which a blocker stands in the way, as a channel sees it."""


@dataclass(frozen=True, slots=True)
class BlockerEvent:
    """What happened to a blocker, how heavy it was then, and the milestone or the person behind it."""

    blocker_id: str
    at: datetime
    happening: Happening
    severity: Severity
    milestone_id: str | None = None
    person_id: str | None = None


@dataclass(frozen=True, slots=True)
class BlockerChanges:
    """A new scorecard held against the blockers there were.

    `found` are findings that never blocked before; `reopened` pairs those cleared earlier with what is short again,
    `standing` the open ones.
    """

    found: tuple[Finding, ...]
    standing: tuple[tuple[Blocker, Finding], ...]
    cleared: tuple[Blocker, ...]
    reopened: tuple[tuple[Blocker, Finding], ...] = ()


def blocker_changes(known: Iterable[Blocker], scorecard: Scorecard) -> BlockerChanges:
    """Compare by dimension; where a dimension has several, the open one counts, else the one cleared last."""
    by_dimension: dict[str, Blocker] = {}
    for blocker in known:
        other = by_dimension.get(blocker.dimension_id)
        if other is None or _recency(blocker) > _recency(other):
            by_dimension[blocker.dimension_id] = blocker
    blocking = {finding.dimension_id: finding for finding in scorecard.blockers}
    pairs = [(by_dimension[dimension], found) for dimension, found in blocking.items() if dimension in by_dimension]
    return BlockerChanges(
        found=tuple(finding for dimension, finding in blocking.items() if dimension not in by_dimension),
        standing=tuple(pair for pair in pairs if pair[0].cleared_at is None),
        cleared=tuple(
            blocker
            for dimension, blocker in by_dimension.items()
            if dimension not in blocking and blocker.cleared_at is None
        ),
        reopened=tuple(pair for pair in pairs if pair[0].cleared_at is not None),
    )


def next_mark(blocker: Blocker, now: datetime) -> datetime:
    """When an open blocker is a month older: the next whole thirty days since it opened, later than `now`."""
    months = max(now - blocker.since, timedelta(0)) // OLD_AFTER + 1
    return blocker.since + months * OLD_AFTER


def is_told(blocker: Blocker, events: Iterable[BlockerEvent]) -> bool:
    """Whether the project's channel knows of a blocker since it opened last; of one that nobody can judge, not yet."""
    return any(event.happening in TELL for event in events if event.at >= blocker.since)


def judges(claim: Claim, answers: Iterable[Answer], cause: str) -> bool:
    """Whether a milestone says if the claim holds.

    A whole assessment does (`completed`, `closed`). A milestone taken because one answer, the project or time changed
    something does where it counts an answer (`answers`, of the claim's dimension) given since the claim.
    """
    return cause in ("completed", "closed") or any(answer.answered_at >= claim.claimed_at for answer in answers)


def state_of(blocker: Blocker, commitment: Commitment | None, claim: Claim | None, *, waived: bool) -> BlockerState:
    """The one word for where a blocker is: what ends it goes before what moves it."""
    if blocker.cleared_at is not None:
        return BlockerState.CLEARED
    if waived:
        return BlockerState.WAIVED
    if claim is not None and claim.state is ClaimState.STANDS:
        return BlockerState.RESOLVED
    if commitment is None or not commitment.is_open:
        return BlockerState.OPEN
    return BlockerState.IN_PROGRESS if commitment.state is CommitmentState.IN_PROGRESS else BlockerState.TAKEN


def _recency(blocker: Blocker) -> tuple[bool, datetime, str]:
    return blocker.cleared_at is None, blocker.cleared_at or blocker.since, blocker.id


class GapAct(StrEnum):
    """What somebody can do about a gap; each is a press, or opens a form."""

    TAKE = "take"
    SET_DATE = "set_date"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"
    GIVE_BACK = "give_back"
    ASK_WAIVER = "ask_waiver"
    WITHDRAW_WAIVER = "withdraw_waiver"


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Who looks at a gap: whether they read the project's answers, steer it, or took this gap on."""

    reads: bool
    steers: bool
    holds: bool


def acts_for(state: BlockerState, who: Standpoint, *, waivable: bool, has_waiver: bool) -> tuple[GapAct, ...]:
    """What fits the state and the reader. `has_waiver`: one is asked for or valid."""
    held = state in (BlockerState.TAKEN, BlockerState.IN_PROGRESS)
    acts: list[GapAct] = []
    if state is BlockerState.OPEN and who.reads:
        acts.append(GapAct.TAKE)
    if (held and who.holds) or (who.steers and (held or state is BlockerState.OPEN)):
        acts.append(GapAct.SET_DATE)
    if state is BlockerState.TAKEN and (who.holds or who.steers):
        acts.append(GapAct.IN_PROGRESS)
    if (held and who.holds) or (who.steers and (held or state is BlockerState.OPEN)):
        acts.append(GapAct.RESOLVED)
    if held and (who.holds or who.steers):
        acts.append(GapAct.GIVE_BACK)
    if who.steers and state not in (BlockerState.CLEARED, BlockerState.RESOLVED):
        if has_waiver:
            acts.append(GapAct.WITHDRAW_WAIVER)
        elif waivable and state is not BlockerState.WAIVED:
            acts.append(GapAct.ASK_WAIVER)
    return tuple(acts)
