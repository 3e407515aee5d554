"""What would be sent to whom and when, as values; and who may see how much of it. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.readiness.assessment import Person, Place, Project
from bot.readiness.availability import Closed
from bot.readiness.notices import NoticeKind

DEFAULT_DAYS = 60
MOST_DAYS = 366
MOST_PROJECT_DAYS = 20_000
"""Days times projects. One takes about 45 ms (8 projects over 60 days: 22 s), so in chat the time ends it first."""


class End(StrEnum):
    """What becomes of a message: it goes out, is not worth sending any more, cannot be delivered, or still waits."""

    SENT = "sent"
    DROPPED = "dropped"
    HELD = "held"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Postponement:
    """It would have gone out `at`, and waited for its reader; `holiday` is the name of the day off."""

    at: datetime
    why: Closed
    holiday: str = ""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One message: to a person or into a channel (then `person` is None).

    at        when that is; of one that waits beyond the last day, when it is tried next
    zone      the one its reader lives in; a channel's is "" as it has none
    projects  those it is about; several: it is one message in place of one for each
    waited    why it did not come earlier, the first reason first
    reason    the code of why it was dropped or held
    """

    at: datetime
    kind: NoticeKind
    person: Person | None
    place: Place | None
    zone: str
    projects: tuple[Project, ...] = ()
    waited: tuple[Postponement, ...] = ()
    end: End = End.SENT
    reason: str = ""

    @property
    def is_merged(self) -> bool:
        """Whether it stands for several messages."""
        return len(self.projects) > 1


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Working days on which nothing comes to somebody, both ends included: an absence, or a holiday with its name."""

    person: Person
    first: date
    last: date
    why: Closed
    holiday: str = ""


@dataclass(frozen=True, slots=True)
class Simulation:
    """What the clock would bring from `begins` to `ends`, as if nobody answered and nothing else happened.

    messages  in the order in which they would be sent
    days_off  of everybody who gets a message, and of those whom it waits for
    failed    how many appointments could not be kept
    is_whole  False: it took too long and stopped at `ends`, before the day that was asked for
    """

    begins: datetime
    ends: datetime
    messages: tuple[Foreseen, ...]
    days_off: tuple[DaysOff, ...] = ()
    failed: int = 0
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class SimulationCard:
    """A simulation for its reader; what is shown of it is already what they may see."""

    reader: Person
    days: int
    simulation: Simulation


@dataclass(frozen=True, slots=True)
class NothingAhead:
    """Nothing would come to this reader in these days; `is_known` False: it could not be found out."""

    reader: Person
    days: int
    is_known: bool = True


def seen_by(reader: Person, simulation: Simulation) -> Simulation:
    """What a person may see of it.

    Managers and admins see everything, an owner what is about their projects, everybody what they would get.
    """
    if reader.is_admin or reader.is_manager:
        return simulation
    is_own: Callable[[Project], bool] = lambda project: project.owner_id == reader.id  # noqa: E731 - one word for a test
    shown = []
    for message in simulation.messages:
        if message.person is not None and message.person.id == reader.id:
            shown.append(message)
        elif any(map(is_own, message.projects)):
            # What a message says about other people's projects is not theirs to read.
            shown.append(replace(message, projects=tuple(filter(is_own, message.projects))))
    people = {reader.id} | {message.person.id for message in shown if message.person}
    days_off = tuple(days for days in simulation.days_off if days.person.id in people)
    return replace(simulation, messages=tuple(shown), days_off=days_off)
