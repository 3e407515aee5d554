"""Over clock changes, year ends and moves the local hour stays, and each week has its reminder exactly once."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.readiness.appointments import AppointmentKind
from bot.readiness.assessment import Assessment
from bot.usecases.ports import Profile
from tests.world import World, account

BERLIN, NEW_YORK, LORD_HOWE = "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"
AUCKLAND, LOS_ANGELES, SINGAPORE = "Pacific/Auckland", "America/Los_Angeles", "Asia/Singapore"
FAR = datetime(2030, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Life:
    """Somebody who owes an answer from `begin` on; `moves` are days (UTC, at that hour) and the zone from then on."""

    begin: datetime
    zone: str
    weeks: int
    weekday: int = 0
    at: time = time(9)
    moves: tuple[tuple[datetime, str], ...] = ()

    def zone_at(self, moment: datetime) -> str:
        """Where they are."""
        return [self.zone, *(zone for since, zone in self.moves if since <= moment)][-1]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


CHANGES = {
    "spring 2026": utc("2026-03-24T12:00"),
    "autumn 2026": utc("2026-10-13T12:00"),
    "spring 2027": utc("2027-03-02T12:00"),
    "autumn 2027": utc("2027-10-12T12:00"),
}
"""Each of the three zones changes its clocks within the five weeks that begin here, or a week before."""
STAYS = {
    **{
        f"{zone}, {name}": Life(begin, zone, 5)
        for name, begin in CHANGES.items()
        for zone in (BERLIN, NEW_YORK, LORD_HOWE)
    },
    "Berlin, autumn 2026, on the day itself": Life(utc("2026-10-20T12:00"), BERLIN, 3, weekday=6),
    "New York, spring 2026": Life(utc("2026-03-03T12:00"), NEW_YORK, 3),
    "over the year's end, week 53": Life(utc("2026-12-15T12:00"), BERLIN, 4),
    "over the year's end, on a Friday": Life(utc("2027-12-14T12:00"), LORD_HOWE, 4, weekday=4),
    "29 February 2028": Life(utc("2028-02-16T12:00"), BERLIN, 3, weekday=1),
    "in the afternoon": Life(utc("2026-10-13T12:00"), NEW_YORK, 4, weekday=3, at=time(16, 30)),
}
MOVES = {
    "east in mid-week": Life(utc("2026-11-17T12:00"), BERLIN, 4, moves=((utc("2026-11-25T12:00"), SINGAPORE),)),
    "west in mid-week": Life(utc("2026-11-17T12:00"), BERLIN, 4, moves=((utc("2026-11-25T12:00"), LOS_ANGELES),)),
    "east on the eve": Life(utc("2026-11-17T12:00"), LOS_ANGELES, 4, moves=((utc("2026-11-29T20:00"), AUCKLAND),)),
    "west after it came": Life(utc("2026-11-17T12:00"), AUCKLAND, 4, moves=((utc("2026-11-29T21:00"), LOS_ANGELES),)),
    "there and back": Life(
        utc("2026-11-17T12:00"),
        BERLIN,
        5,
        moves=((utc("2026-11-24T12:00"), AUCKLAND), (utc("2026-12-02T12:00"), BERLIN)),
    ),
    "over a clock change": Life(utc("2026-10-13T12:00"), BERLIN, 4, moves=((utc("2026-10-24T12:00"), NEW_YORK),)),
}


@pytest.fixture
def world(world: World) -> World:
    """Olivia owes answers that nobody closes for years, works every day, and is told of nothing else."""
    world.clock.at = utc("2026-02-02T12:00")
    world.found()
    world.command("olivia", "start churn")
    world.deliver()
    with world.store.writing(world.who("ada")["actor"]) as tx:
        opened = tx.assessments.open_of(world.project().id)
        assert isinstance(opened, Assessment)
        tx.assessments.save(replace(opened, deadline=FAR))
    return world


def lived(world: World, life: Life) -> Iterator[datetime]:
    """When a reminder came, as life goes on from date to date; the platform knows where she is."""
    profile = Profile("Olivia", life.zone, "en")
    with world.store.writing(world.who("ada")["actor"]) as tx:
        olivia: Any = tx.people.of_account(account("olivia"))
        tx.people.save(replace(olivia, timezone=life.zone))
        tx.appointments.clear(AppointmentKind.REMINDER, olivia.id)
    world.prefer("olivia", days=frozenset(range(7)), reminder_day=life.weekday, reminder_time=life.at)
    world.only(AppointmentKind.REMINDER)
    world.clock.at, end = life.begin, life.begin + timedelta(weeks=life.weeks)
    world.command("olivia", "snooze off")  # whatever one sets plans anew
    came = len(world.messenger.said_to(account("olivia")))
    moves = [since for since, _ in life.moves]
    while world.clock.at < end:
        later = world.clock.at + timedelta(minutes=1)
        world.clock.at = min(max(next_due(world), later), end, *(move for move in moves if move >= later))
        world.messenger.profiles[account("olivia")] = replace(profile, timezone=life.zone_at(world.clock.at))
        world.tick()
        world.deliver()
        got = len(world.messenger.said_to(account("olivia")))
        yield from [world.clock.at] * (got - came)
        came = got


def next_due(world: World) -> datetime:
    """When the next appointment is, or the next message that waits."""
    dates = world.read(lambda tx: [each.at for kind in AppointmentKind for each in tx.appointments.of_kind(kind)])
    waiting = world.outbox.next_due(world.clock.at)
    return min([*dates, *([waiting] if waiting else []), FAR])


def expected(life: Life) -> list[datetime]:
    """Counted by the calendar alone: one a week at the local hour, from the day after the beginning."""
    zone, day = ZoneInfo(life.zone), life.begin.astimezone(ZoneInfo(life.zone)).date() + timedelta(days=1)
    end = life.begin + timedelta(weeks=life.weeks)
    found = []
    while (moment := datetime.combine(day, life.at, zone).astimezone(UTC)) <= end:
        if day.weekday() == life.weekday:
            found.append(moment)
        day += timedelta(days=1)
    return found


@pytest.mark.parametrize("name", STAYS)
def test_who_stays_is_reminded_at_the_same_local_hour_once_a_week(world: World, name: str) -> None:
    assert list(lived(world, STAYS[name])) == expected(STAYS[name])


@pytest.mark.parametrize("name", MOVES)
def test_who_moves_is_reminded_once_in_every_week_at_an_hour_they_work(world: World, name: str) -> None:
    life = MOVES[name]
    local = [moment.astimezone(ZoneInfo(life.zone_at(moment))) for moment in lived(world, life)]
    first = life.begin.astimezone(ZoneInfo(life.zone)).date() + timedelta(days=7)
    weeks = [(first + timedelta(weeks=number)).isocalendar()[:2] for number in range(life.weeks)]
    assert [week(each.date()) for each in local] == weeks[: len(local)]
    assert len(local) in (life.weeks, life.weeks - 1)
    assert all(time(9) <= each.time() < time(17) for each in local)
    # On their Monday at nine, but for the one week in which that was over when they arrived.
    assert sum((each.weekday(), each.time()) != (0, time(9)) for each in local) <= 1


def week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]
