"""A look ahead: it says what then comes true, changes nothing, and shows each what is theirs."""

import asyncio
import csv
import io
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.calendar import KEEPERS
from bot.chat.document import Document
from bot.offline import copies_of
from bot.readiness.appointments import Appointment, AppointmentKind
from bot.readiness.availability import Closed
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.preferences import Absence, Preferences
from bot.readiness.simulation import MOST_PROJECT_DAYS, DaysOff, End, Foreseen, Simulation
from bot.simulation import Simulator
from bot.usecases.ports import Context, Profile
from storage.tables import Row
from tests.begun import begun
from tests.world import World, account, said

HALF_HOUR = timedelta(minutes=30)
ZONES = {"mei": "Asia/Kolkata", "dan": "America/New_York", "omar": "Australia/Lord_Howe"}


@pytest.fixture
@begun
def busy(world: World) -> World:
    """Two projects of Olivia's and one of Ravi's are being assessed, by people far apart.

    Emma is away, Dan has holidays, Omar works on two afternoons.
    """
    for handle, zone in ZONES.items():
        world.messenger.profiles[account(handle)] = Profile(handle.title(), zone, "en")
    world.found(team=True)
    world.found(team=True, key="notes", name="Notes", channel="C2")
    world.found("ravi", key="claims", name="Claims", channel="C3")
    world.command("ada", f"roles <@{account('marta')}> manager")
    world.deliver()
    for key, owner in {"churn": "olivia", "notes": "olivia", "claims": "ravi"}.items():
        world.command(owner, f"start {key}")
    with world.store.writing(world.who("ada")["actor"]) as tx:
        emma, dan, omar = (person(world, handle) for handle in ("emma", "dan", "omar"))
        tx.absences.add(Absence("e", emma, date(2026, 11, 27), date(2026, 12, 9), emma))
        tx.preferences.save(dan, Preferences(region="US"))
        tx.preferences.save(omar, Preferences(begins=time(13), ends=time(15), days=frozenset({1, 3})))
    return world


def person(world: World, handle: str) -> str:
    return str(world.read(lambda tx: tx.people.of_account(account(handle))).id)


def simulator(world: World, **options: Any) -> Simulator:
    return Simulator(copies_of(world.engines), world.conversation.library, world.conversation.admins, **options)


def simulated(world: World, days: int, **options: Any) -> Simulation:
    tenant = world.read(lambda tx: tx.tenant_id)
    return asyncio.run(simulator(world, **options).simulate(tenant, world.clock.now(), days))


_AHEAD: list[Simulation] = []


@pytest.fixture
def ahead(busy: World) -> Simulation:
    """Sixty days from there, as nothing else happens: worked out once a process."""
    if not _AHEAD:
        _AHEAD.append(simulated(busy, 60))
    return _AHEAD[0]


def arrivals(messages: Iterable[Foreseen]) -> list[tuple[datetime, str]]:
    """When something reaches whom."""
    return sorted(
        (each.at, each.person.account if each.person else each.place.channel if each.place else "")
        for each in messages
        if each.end is End.SENT
    )


def everything(world: World) -> list[str]:
    with world.engines.reading.connect() as connection:
        return [str(row) for table in Row.metadata.sorted_tables for row in connection.execute(table.select())]


def test_what_was_foreseen_comes_true(busy: World) -> None:
    foreseen = simulated(busy, 18)
    ends, came = busy.clock.now() + timedelta(days=18), []
    while busy.clock.now() < ends:
        busy.tick()
        before = len(busy.messenger.posts)
        busy.deliver()
        came += [(busy.clock.now(), to) for to, _, _ in busy.messenger.posts[before:]]
        busy.clock.at += HALF_HOUR
    assert arrivals(foreseen.messages) == sorted(came)
    # Questions at once, results and alerts at the deadlines.
    assert len({at for at, _ in came}) > 4


def test_looking_changes_nothing(busy: World) -> None:
    before, posts = everything(busy), len(busy.messenger.posts)
    assert simulated(busy, 10).messages
    assert everything(busy) == before
    assert len(busy.messenger.posts) == posts


def results(simulation: Simulation, handle: str) -> list[Foreseen]:
    theirs = [each for each in simulation.messages if each.person and each.person.account == account(handle)]
    return [each for each in theirs if each.kind is NoticeKind.RESULT]


def test_why_something_waits_is_told_in_its_order(ahead: Simulation) -> None:
    emma, *_ = results(ahead, "emma")
    assert [wait.why for wait in emma.waited] == [Closed.AWAY]
    assert emma.at == datetime(2026, 12, 10, 8, tzinfo=UTC)
    omar, *_ = results(ahead, "omar")
    assert [wait.why for wait in omar.waited] == [Closed.OUTSIDE_HOURS]
    # Tuesday at 13:00 on Lord Howe Island, which is eleven hours ahead.
    assert omar.at == datetime(2026, 12, 1, 2, tzinfo=UTC)
    assert {tuple(project.key for project in each.projects) for each in results(ahead, "omar")} == {
        ("churn",),
        ("notes",),
    }


def test_days_off_are_told_by_name(ahead: Simulation) -> None:
    emma = [days for days in ahead.days_off if days.person.account == account("emma")]
    assert [(days.first, days.last, days.why) for days in emma] == [
        (date(2026, 11, 27), date(2026, 12, 9), Closed.AWAY)
    ]
    dan = [days for days in ahead.days_off if days.person.account == account("dan")]
    assert [(days.first, days.holiday) for days in dan] == [
        (date(2026, 11, 26), "Thanksgiving Day"),
        (date(2026, 12, 25), "Christmas Day"),
        (date(2027, 1, 1), "New Year's Day"),
        (date(2027, 1, 18), "Martin Luther King Jr. Day"),
    ]


def test_a_holiday_that_makes_something_wait_has_its_name(busy: World) -> None:
    put(busy, "dan", "w1", due_at=datetime(2026, 11, 26, 15, tzinfo=UTC))
    found = next(each for each in simulated(busy, 5).messages if each.waited and each.waited[0].holiday)
    assert found.person is not None
    assert found.person.account == account("dan")
    assert found.waited[0].holiday == "Thanksgiving Day"
    assert found.at == datetime(2026, 11, 27, 14, tzinfo=UTC)


def test_what_goes_over_the_budget_comes_another_day(busy: World) -> None:
    for number in range(5):
        put(busy, "sofia", f"b{number}", due_at=datetime(2026, 11, 24, 9, tzinfo=UTC))
    nudges = [each for each in simulated(busy, 3).messages if each.kind is NoticeKind.NUDGE]
    assert [each.at.day for each in nudges] == [24, 24, 24, 25, 25]
    assert [[wait.why for wait in each.waited] for each in nudges] == [[], [], [], [Closed.BUDGET], [Closed.BUDGET]]


def put(world: World, handle: str, key: str, due_at: datetime) -> None:
    """Something that the clock brought and that is to go out at this moment."""
    own = world.interview(handle)
    with world.store.of_tenant(world.read(lambda tx: tx.tenant_id), by_clock=True) as tx:
        whom = person(world, handle)
        notice = Notice(key, NoticeKind.NUDGE, own.id, person_id=whom, parameters={"by": whom}, due_at=due_at)
        tx.notices.put(notice)


def test_what_has_nothing_to_say_when_it_is_due_is_told_as_not_sent(busy: World) -> None:
    put(busy, "sofia", "late", due_at=datetime(2026, 12, 14, 9, tzinfo=UTC))
    dropped = [each for each in simulated(busy, 22).messages if each.end is End.DROPPED]
    assert (NoticeKind.NUDGE, "nothing_to_say") in [(each.kind, each.reason) for each in dropped]


def test_what_waits_beyond_the_last_day_is_told(busy: World) -> None:
    found = simulated(busy, 10)
    waiting = [each for each in found.messages if each.end is End.WAITING]
    emmas = [each.at for each in waiting if each.person and each.person.account == account("emma")]
    assert set(emmas) == {datetime(2026, 12, 10, 8, tzinfo=UTC)}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_it_stops_where_it_takes_too_long(busy: World) -> None:
    seconds = iter(range(1000))
    found = simulated(busy, 60, patience=0.5, stopwatch=lambda: float(next(seconds)))
    assert not found.is_whole
    assert found.ends == busy.clock.now()
    assert found.messages


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_dates_that_cannot_be_kept_are_counted_once_each(busy: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(context: Context, appointment: Appointment) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(KEEPERS, AppointmentKind.DEADLINE, broken)
    found = simulated(busy, 12)
    assert found.failed == 3
    assert found.is_whole


# -- in chat -----------------------------------------------------------------------------------------------------


def files_of(world: World, handle: str) -> tuple[Document, ...]:
    keys = [key for to, _, key in world.messenger.posts if to == account(handle) and key in world.messenger.sent_files]
    return world.messenger.sent_files[keys[-1]] if keys else ()


def table(world: World, handle: str, text: str = "simulate 21d") -> list[dict[str, str]]:
    """What somebody gets as a table, its titles first."""
    assert "is on its way to our direct messages" in said(world.command(handle, text))
    world.deliver()
    _, as_table = files_of(world, handle)
    return list(csv.DictReader(io.StringIO(as_table.content.decode("utf-8-sig"))))


def projects(shown: list[dict[str, str]]) -> set[str]:
    return {name for row in shown if row["Projects"] for name in row["Projects"].split(", ")}


@pytest.mark.parametrize("handle", ["marta", "ada"])
def test_managers_and_admins_see_everything(busy: World, handle: str) -> None:
    busy.deliver()
    shown = table(busy, handle, "simulate 33d")
    assert projects(shown) == {"Churn", "Notes", "Claims"}
    assert {"Emma", "Dan", "Omar", "Olivia", "Ravi"} <= {row["To"] for row in shown}
    assert ("2026-12-25", "Fri", "", "America/New_York", "Dan", "nothing comes", "", "holiday (Christmas Day)") in [
        tuple(row.values()) for row in shown
    ]


def test_an_owner_sees_their_projects(busy: World) -> None:
    busy.deliver()
    shown = table(busy, "olivia")
    assert projects(shown) == {"Churn", "Notes"}
    assert "Emma" in {row["To"] for row in shown}


def test_one_reminder_for_several_projects_says_so(busy: World) -> None:
    busy.deliver()
    reminders = [row for row in table(busy, "marta") if row["Message"] == "the weekly reminder" and row["To"] == "Mei"]
    # Asked on a Monday, she is reminded two working days later, and in the week after that at her own hour.
    assert [(row["Date"], row["Weekday"], row["Time"], row["Time zone"]) for row in reminders[:2]] == [
        ("2026-11-25", "Wed", "09:00", "Asia/Kolkata"),
        ("2026-11-30", "Mon", "09:00", "Asia/Kolkata"),
    ]
    assert reminders[0]["Projects"] == "Churn, Notes"
    assert "one message for 2 projects" in reminders[0]["Remarks"]


def test_everybody_sees_what_they_would_get_themselves(busy: World) -> None:
    busy.deliver()
    shown = table(busy, "omar")
    assert {row["To"] for row in shown} == {"Omar"}
    assert {row["Time zone"] for row in shown} == {"Australia/Lord_Howe"}
    assert {row["Time"] for row in shown if row["Message"] == "a result"} == {"13:00"}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_gets_nothing_is_told_so(busy: World) -> None:
    busy.command("lars", "simulate 14d")
    busy.deliver()
    assert busy.messenger.said_to(account("lars"))[-1].startswith("Nothing would come to you or about your projects")
    assert files_of(busy, "lars") == ()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_first_lines_stand_in_chat_and_all_of_them_in_the_text(busy: World) -> None:
    busy.deliver()
    shown = table(busy, "marta")
    text, _ = files_of(busy, "marta")
    assert text.media_type == "text/plain"
    page = busy.messenger.said_to(account("marta"))[-1]
    assert "As if nobody answered" in page
    assert f"{len(shown) - 12} more lines are in the files." in page
    lines = text.content.decode().splitlines()
    assert len(lines) == len(shown) + 4
    assert lines[0] == "What would come from Mon 23 Nov to Mon 14 Dec"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("simulate 0d", "cannot read “0d” as such a number"),
        ("simulate 367d", "cannot read “367d”"),
        ("simulate soon", "cannot read “soon”"),
        ("simulate -3d", "cannot read “-3d”"),
        ("simulate ٣d", "cannot read “٣d”"),
        ("simulate 10 d churn", "cannot read “10 d churn”"),
    ],
)
def test_a_mistake_is_named_with_what_is_right(busy: World, typed: str, told: str) -> None:
    reply = said(busy.command("olivia", typed))
    assert told in reply
    assert "1 to 366 days" in reply
    assert "/readiness simulate 60d" in reply


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("typed", "days"), [("", 60), ("1d", 1), ("366", 366), ("14 days", 14), ("30 Tage", 30)])
def test_how_far_is_said_in_days(busy: World, typed: str, days: int) -> None:
    assert f"Looking {days} day" in said(busy.command("olivia", f"simulate {typed}"))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_too_much_is_refused_with_what_is_possible(busy: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_PROJECT_DAYS > 366
    monkeypatch.setattr("bot.usecases.simulations.MOST_PROJECT_DAYS", 100)
    refused = said(busy.command("olivia", "simulate 60d"))
    assert "60 days of 3 projects would keep me busy" in refused
    assert "`/readiness simulate 33d`" in refused or "/readiness simulate 33d" in refused
    assert "is on its way" in said(busy.command("olivia", "simulate 33d"))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_asked_twice_within_the_minute_it_comes_once(busy: World) -> None:
    for _ in range(2):
        busy.command("olivia", "simulate 14d")
    busy.deliver()
    assert len(busy.messenger.sent_files) == 1
    busy.clock.later(minutes=1)
    busy.command("olivia", "simulate 14d")
    busy.deliver()
    assert len(busy.messenger.sent_files) == 2


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_days_off_that_nobody_is_told_of_are_no_days_of_work(busy: World) -> None:
    """A holiday on a Saturday is no news: nothing would have come anyway."""
    with busy.store.writing(busy.who("ada")["actor"]) as tx:
        tx.preferences.save(person(busy, "sofia"), Preferences(region="DE"))
    found = [days for days in simulated(busy, 60).days_off if days.person.account == account("sofia")]
    assert [(days.first, days.holiday) for days in found] == [
        (date(2026, 12, 25), "Erster Weihnachtstag"),
        (date(2027, 1, 1), "Neujahr"),
    ]
    assert all(isinstance(days, DaysOff) for days in found)
