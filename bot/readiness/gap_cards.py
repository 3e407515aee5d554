"""Cards of what people do about gaps: commitments, claims, waivers, the organization's findings. No sentence here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.readiness.assessment import Person, Project
from bot.readiness.blockers import Blocker, Claim, GapAct
from bot.readiness.commitments import Commitment
from bot.readiness.framework import Dimension
from bot.readiness.organization import SharedFinding
from bot.readiness.waivers import Waiver


class GapSaid(StrEnum):
    """What has just happened to a gap; each has a block of this name in the template `gaps`."""

    TAKEN = "taken"
    GIVEN = "given"
    ALREADY_TAKEN = "already_taken"
    DATE_SET = "date_set"
    IN_PROGRESS = "in_progress"
    GIVEN_BACK = "given_back"
    RESOLVED = "resolved"
    WAIVER_ASKED = "waiver_asked"
    WAIVER_WITHDRAWN = "waiver_withdrawn"


@dataclass(frozen=True, slots=True)
class GapCard:
    """A gap after somebody acted: who closes it, by when, and what the reader can do next."""

    project: Project
    dimension: Dimension
    said: GapSaid
    person: Person | None = None
    due: date | None = None
    acts: tuple[GapAct, ...] = ()


@dataclass(frozen=True, slots=True)
class CommitmentForm:
    """By when, and for those who steer the project, who. `person` is proposed, `due` the day that stands."""

    project: Project
    dimension: Dimension
    person: Person
    may_name: bool
    due: date | None = None


@dataclass(frozen=True, slots=True)
class CommitmentCard:
    """Told to somebody whose commitment another person changed: `giver` gave it to them, or took it from them."""

    project: Project
    dimension: Dimension
    commitment: Commitment
    giver: Person


@dataclass(frozen=True, slots=True)
class ResolvedForm:
    """What proves that a blocker is resolved."""

    project: Project
    dimension: Dimension


@dataclass(frozen=True, slots=True)
class ConfirmCard:
    """Told to whoever answers the dimension: somebody says it is resolved. Without an interview, a new one is due."""

    project: Project
    dimension: Dimension
    blocker: Blocker
    claim: Claim
    claimant: Person
    interview_id: str = ""
    may_start: bool = False


@dataclass(frozen=True, slots=True)
class WaiverForm:
    """Why, until when, and who is to approve. `latest` is the last day that may be named."""

    project: Project
    dimension: Dimension
    stage: int
    need: int
    latest: date


@dataclass(frozen=True, slots=True)
class RefusalForm:
    """Why a waiver is refused."""

    waiver: Waiver
    project: Project
    dimension: Dimension
    asker: Person


@dataclass(frozen=True, slots=True)
class WaiverCard:
    """A waiver, for its approver, its asker or whoever acted. `is_open`: the reader may still decide it."""

    waiver: Waiver
    project: Project
    dimension: Dimension
    asker: Person
    approver: Person
    need: int
    zone: str
    is_open: bool = False
    for_asker: bool = False


@dataclass(frozen=True, slots=True)
class SharedCard:
    """A shortfall that half of the advancing projects share has appeared, or is gone. `projects` of `advancing`."""

    finding: SharedFinding
    dimension: Dimension
    projects: int
    advancing: int


@dataclass(frozen=True, slots=True)
class GapNews:
    """What a milestone did to gaps, beside found and cleared blockers.

    `reopened` had been cleared before, `refuted` had been claimed to be resolved; `proofs` maps a cleared dimension to
    the claim that proved it; `shared` are the organization's, told in one line; `risen` (ids) have become critical.
    """

    reopened: tuple[Dimension, ...] = ()
    refuted: tuple[Dimension, ...] = ()
    shared: tuple[Dimension, ...] = ()
    proofs: Mapping[str, Claim] = field(default_factory=dict)
    risen: tuple[str, ...] = ()
