"""What happens in a simulated year, by a seed: who there is, when they work, and what they do. No product code."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BEGINS = datetime(2026, 9, 28, tzinfo=UTC)
"""A Monday; the year has both clock changes of each zone, and the turn of the year."""
ZONES = {
    "Europe/Berlin": "DE-BE",
    "Europe/London": "GB-ENG",
    "America/New_York": "US",
    "America/Sao_Paulo": "",
    "Asia/Kolkata": "",
    "Australia/Lord_Howe": "",
}
"""Six zones, and the region whose holidays are had there; "" is none."""
ROLES = (
    "data-engineering",
    "ml-engineering",
    "operations",
    "engineering-manager",
    "risk",
    "business-sponsor",
    "user-lead",
)
CLOSED = {date(2026, 12, 24): "Closed", date(2026, 12, 31): "Closed", date(2027, 3, 29): "A long weekend"}
"""Days off of the whole organization; the last one is a Monday, on which digests come."""
WORKDAYS = frozenset(range(5))
NINE, FIVE = time(9), time(17)
MANAGERS = ("m0", "m1")


@dataclass(frozen=True)
class Away:
    """Days away, both included; said at `said`, which may be on the very morning."""

    said: datetime
    first: date
    last: date


@dataclass(frozen=True)
class Snooze:
    """Nothing unasked for so many hours, or until the same hour so many days later."""

    said: datetime
    hours: int = 0
    days: int = 0


@dataclass(frozen=True)
class Human:
    """One person. `moves`: the zone of their profile from a moment on; `eager`: how likely they answer.

    `skips` are moments at which they want no more reminders that week; `backup` stands in for them.
    """

    handle: str
    zone: str
    region: str = ""
    begins: time = NINE
    ends: time = FIVE
    days: frozenset[int] = WORKDAYS
    reminder_day: int = 0
    reminder_time: time = NINE
    reminds: bool = True
    eager: float = 0.6
    backup: str | None = None
    away: tuple[Away, ...] = ()
    snoozes: tuple[Snooze, ...] = ()
    skips: tuple[datetime, ...] = ()
    moves: tuple[tuple[datetime, str], ...] = ()

    def profile_zone(self, moment: datetime) -> str:
        """What their profile says at a moment."""
        past = [zone for at, zone in self.moves if at <= moment]
        return past[-1] if past else self.zone


@dataclass(frozen=True)
class Undertaking:
    """One project: who answers for which role, when its owner starts an assessment, and its cadence.

    `cadence` is as it is typed; "cron" is the first of every month at half past ten in New York.
    """

    key: str
    owner: str
    exposure: int
    roles: dict[str, str]
    starts: tuple[datetime, ...]
    cadence: str = "automatic"


@dataclass(frozen=True)
class Script:
    """The whole year. `budget`: unasked messages a day."""

    ends: datetime
    humans: dict[str, Human]
    undertakings: dict[str, Undertaking]
    seed: int
    budget: int = 3
    closed: dict[date, str] = field(default_factory=lambda: dict(CLOSED))

    def answers(self, key: str, round_: int, handle: str) -> tuple[timedelta, bool] | None:
        """What somebody does about the n-th assessment of a project: how long after it opened, and whether wholly."""
        chance = random.Random(f"{self.seed}/{key}/{round_}/{handle}")
        human = self.humans[handle]
        if chance.random() > human.eager:
            return None
        hours = chance.choice((0.3, 2, 7, 20, 26, 50, 75, 120, 160))
        return timedelta(hours=hours, minutes=chance.randrange(60)), chance.random() < 0.85

    def levels(self, key: str, round_: int, handle: str) -> Iterator[tuple[int, bool]]:
        """Their answers, one after another: a level, and whether a link goes with it."""
        chance = random.Random(f"{self.seed}/{key}/{round_}/{handle}/levels")
        is_good = random.Random(f"{self.seed}/{key}").random() < 0.4
        while True:
            yield chance.choice((3, 4) if is_good else (1, 2, 3, 3, 4, 4)), is_good or chance.random() < 0.7


def write(projects: int, people: int, weeks: int, seed: int = 1) -> Script:
    """A year, or less of it, of so many projects and people; two managers come to the people."""
    chance = random.Random(seed)
    ends = BEGINS + timedelta(weeks=weeks)
    handles = [f"p{number}" for number in range(people)]
    humans = {handle: _human(handle, number, handles, chance, ends) for number, handle in enumerate(handles)}
    for handle, zone in zip(MANAGERS, ("Europe/Berlin", "America/New_York"), strict=True):
        humans[handle] = Human(handle, zone, ZONES[zone], away=tuple(_away(chance, zone, ends)))
    undertakings = {}
    for number in range(projects):
        key = f"project{number}"
        undertakings[key] = _undertaking(key, number, handles, chance, ends)
    return Script(ends, humans, undertakings, seed)


def _human(handle: str, number: int, handles: list[str], chance: random.Random, ends: datetime) -> Human:
    zone = list(ZONES)[number % len(ZONES)]
    usual = chance.random() < 0.5
    begins, ends_at = chance.choice(((7, 15), (10, 12), (13, 21), (8, 18))) if not usual else (9, 17)
    days = WORKDAYS if usual else chance.choice((WORKDAYS, frozenset({1, 2, 3}), frozenset({6, 0, 1, 2, 3})))
    backup = chance.choice(handles)
    return Human(
        handle=handle,
        zone=zone,
        region=ZONES[zone],
        begins=time(begins),
        ends=time(ends_at),
        days=days,
        # Some chose a day off, or an hour at which they do not work.
        reminder_day=0 if usual else chance.randrange(7),
        reminder_time=NINE if usual else time(chance.choice((8, 9, 11, 14, 16, 22)), chance.choice((0, 15, 45))),
        reminds=chance.random() > 0.05,
        eager=chance.choice((0.0, 0.4, 0.7, 0.95)),
        backup=backup if backup != handle and chance.random() < 0.5 else None,
        away=tuple(_away(chance, zone, ends)),
        snoozes=tuple(_snooze(chance, ends) for _ in range(chance.choice((0, 0, 1, 2)))),
        skips=tuple(_moment(chance, ends) for _ in range(chance.choice((0, 0, 0, 1, 2)))),
        moves=tuple(_move(chance, ends) for _ in range(chance.random() < 0.1)),
    )


def _day_of(chance: random.Random, ends: datetime) -> datetime:
    return BEGINS + timedelta(days=chance.randrange(1, max(2, (ends - BEGINS).days)))


def _moment(chance: random.Random, ends: datetime) -> datetime:
    return _day_of(chance, ends) + timedelta(hours=chance.randrange(24), minutes=3)


def _away(chance: random.Random, zone: str, ends: datetime) -> list[Away]:
    found = []
    for _ in range(chance.choice((0, 1, 2, 3))):
        first = _day_of(chance, ends).date()
        last = first + timedelta(days=chance.choice((0, 2, 6, 20)))
        # In good time, or on the morning of the first day, before work.
        morning = datetime.combine(first, time(6, 30), ZoneInfo(zone)).astimezone(UTC)
        found.append(Away(morning - timedelta(days=chance.choice((0, 0, 3, 20))), first, last))
    return found


def _snooze(chance: random.Random, ends: datetime) -> Snooze:
    return Snooze(_moment(chance, ends), **chance.choice(({"hours": 5}, {"days": 1}, {"days": 7})))


def _move(chance: random.Random, ends: datetime) -> tuple[datetime, str]:
    return _moment(chance, ends), chance.choice(list(ZONES))


def _undertaking(key: str, number: int, handles: list[str], chance: random.Random, ends: datetime) -> Undertaking:
    owner = handles[number * 2 % len(handles)]
    team = [owner, *(chance.choice(handles) for _ in range(chance.choice((1, 2, 3))))]
    roles = {role: chance.choice(team) for role in ROLES}
    starts = [BEGINS + timedelta(days=chance.randrange(1, 21), minutes=chance.randrange(24 * 60))]
    # Now and then somebody starts one by hand; mostly the calendar does.
    while chance.random() < 0.4:
        starts.append(starts[-1] + timedelta(days=chance.choice((20, 35, 60)), minutes=chance.randrange(600)))
    cadence = chance.choice(("automatic",) * 6 + ("weekly", "monthly", "quarterly", "cron"))
    exposure = chance.choice((1, 2, 2, 3, 3, 4))
    return Undertaking(key, owner, exposure, roles, tuple(each for each in starts if each < ends), cadence)
