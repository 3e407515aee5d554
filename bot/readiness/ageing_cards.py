"""Cards of what time brings to gaps: waivers that end, blockers that stay, promises that are late. No sentence here."""

from dataclasses import dataclass

from bot.readiness.assessment import Person, Project
from bot.readiness.blockers import GapAct
from bot.readiness.framework import Barrier, Dimension
from bot.readiness.project_cards import OpenBlocker
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
