"""Cards of what time brings to gaps: waivers that end, blockers that stay, promises that are late. No sentence here."""

from dataclasses import dataclass

from bot.readiness.assessment import Person, Project
from bot.readiness.blockers import GapAct
from bot.readiness.commitments import Commitment
from bot.readiness.framework import Barrier, Dimension, Framework
from bot.readiness.project_cards import OpenBlocker
from bot.readiness.scoring import Finding
from bot.readiness.waivers import Waiver


@dataclass(frozen=True, slots=True)
class WaiverEndsCard:
    """A waiver will end soon; told to those who asked for it, approved it, and own the project.

    `need` is the level of the bar it covers, `owner` who can ask for another.
    """

    waiver: Waiver
    project: Project
    dimension: Dimension
    asker: Person
    approver: Person
    owner: Person
    need: int
    zone: str


@dataclass(frozen=True, slots=True)
class WaiverLapsedCard:
    """A waiver has ended by its date. `blocker` is what it covered, if that blocks; `compounding` the barriers that do.

    `acts` are what the reader can do about the gap now.
    """

    waiver: Waiver
    project: Project
    dimension: Dimension
    approver: Person
    blocker: OpenBlocker | None
    compounding: tuple[Barrier, ...]
    acts: tuple[GapAct, ...]
    zone: str


@dataclass(frozen=True, slots=True)
class UnknownsCard:
    """What nobody could answer for two working days; told to channel and managers. `findings` are those still so."""

    project: Project
    framework: Framework
    owner: Person
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class AllUnknownsCard:
    """The same of several projects, for a manager who hears of them at once; by the projects' names."""

    several: tuple[UnknownsCard, ...]


@dataclass(frozen=True, slots=True)
class OldBlockersCard:
    """Blockers of a project that have been open for another thirty days, the heaviest first."""

    project: Project
    blockers: tuple[OpenBlocker, ...]


@dataclass(frozen=True, slots=True)
class OverdueCard:
    """The day has passed by which somebody wanted to clear a blocker; told to them, and later to the owner.

    `days` past the due day; `acts` are what the reader can do.
    """

    project: Project
    dimension: Dimension
    commitment: Commitment
    holder: Person
    days: int
    acts: tuple[GapAct, ...]
    is_holder: bool
