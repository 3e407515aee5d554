"""Days away, snoozes, skipped weeks, one's own schedule and the organization's: what they change, and who sees it."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.preferences import Preferences
from bot.usecases.ports import Profile
from tests.usecases.test_reminders import HOUR, MONDAY_NINE, WEEK, at
from tests.world import World, account, said

WEDNESDAY = datetime(2026, 11, 25, 9, tzinfo=UTC)
FORM = {
    "timezone": "",
    "hours": "",
    "days": "",
    "region": "",
    "reminder_day": "0",
    "reminder_time": "9:00",
    "reminds": "yes",
    "backup": None,
}


@pytest.fixture
def asked(world: World) -> World:
    """Olivia is asked about Churn on a Wednesday, and has a month for it."""
    world.clock.at = WEDNESDAY
    world.found()
    world.send("ada", "settings", "", {"working_days": "30"})
    world.deliver()
    world.command("olivia", "start churn")
    world.deliver()
    world.messenger.posts.clear()
    return world


def own(world: World, handle: str = "olivia") -> Preferences:
    found = world.read(lambda tx: tx.preferences.get(tx.people.of_account(account(handle)).id))
    assert isinstance(found, Preferences)
    return found


def trail(world: World) -> list[str]:
    return [entry.action for entry in world.read(lambda tx: tx.trail.newest(9))]


def typed(world: World, handle: str, text: str) -> str:
    return said(world.command(handle, text))


# -- away ------------------------------------------------------------------------------------------------------


def test_who_is_away_hears_nothing_before_they_are_back(asked: World) -> None:
    answer = typed(asked, "olivia", "away until 2026-12-04")
    assert "25 Nov 2026 to 4 Dec 2026" in answer
    assert "before Mon 7 Dec" in answer
    assert at(asked, MONDAY_NINE) == []
    assert len(at(asked, MONDAY_NINE + WEEK)) == 1
    assert trail(asked)[0] == "person.away"


def test_the_same_days_said_twice_are_kept_once(asked: World) -> None:
    for _ in range(2):
        typed(asked, "olivia", "away 2026-12-24")
    assert typed(asked, "olivia", "away").count("24 Dec 2026") == 1


def test_back_early_what_was_put_off_comes_as_if_nothing_had_been_said(asked: World) -> None:
    typed(asked, "olivia", "away 2026-11-28..2026-12-20")
    assert "no longer away" in typed(asked, "olivia", "away clear")
    assert len(at(asked, MONDAY_NINE)) == 1
    assert "no days away ahead" in typed(asked, "olivia", "away")


def test_an_absence_is_shown_to_the_owner_and_to_no_viewer(asked: World) -> None:
    asked.found(owner="olivia", key="notes", name="Notes", role_risk=account("mei"))
    asked.fill("mei", "schedule", "", **{**FORM, "backup": account("dan")})
    typed(asked, "mei", "away until friday")
    asked.deliver()
    assert "Mei is away until Fri 27 Nov; Dan stands in." in typed(asked, "olivia", "start notes")
    assert "stands in" in typed(asked, "olivia", "status notes")
    assert "stands in" not in typed(asked, "zoe", "status notes")


def test_admins_say_it_for_others_and_nobody_else_does(asked: World) -> None:
    asked.command("mei", "help")
    refused = typed(asked, "olivia", f"away <@{account('mei')}> until friday")
    assert refused.startswith("Only an admin can do this")
    assert "mei is away" in typed(asked, "ada", f"away <@{account('mei')}> until friday").lower()
    assert "away 25 Nov 2026 to 27 Nov 2026" in typed(asked, "mei", "away")
    mei = asked.read(lambda tx: tx.people.of_account(account("mei"))).id
    assert said(asked.press("olivia", "not_away", mei)).startswith("Only an admin")
    assert "no longer away" in said(asked.press("mei", "not_away", mei))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("until xmas", "I cannot read “xmas” as a day; nothing has changed."),
        ("2026-12-04..2026-12-01", "“2026-12-04..2026-12-01” ends before it begins; nothing has changed."),
        ("2026-11-20", "“2026-11-20” is over; nothing has changed."),
        ("2029-01-01", "“2029-01-01” is longer than a year, or more than a year ahead; nothing has changed."),
    ],
)
def test_a_mistake_names_the_word_and_what_is_allowed(world: World, text: str, answer: str) -> None:
    refused = typed(world, "olivia", f"away {text}")
    assert refused.splitlines()[0] == answer
    assert "`" not in refused
    assert "2026-12-20..2027-01-03" in refused


def test_who_is_back_early_gets_what_was_kept_for_them(asked: World) -> None:
    typed(asked, "olivia", "away 2026-11-26..2026-12-20")
    with asked.store.of_tenant(asked.read(lambda tx: tx.tenant_id), by_clock=True) as tx:
        olivia = tx.people.of_account(account("olivia"))
        assert olivia is not None
        notice = Notice("kept", NoticeKind.NUDGE, asked.interview("olivia").id, olivia.id, parameters={"by": olivia.id})
        tx.notices.put(notice)
    assert at(asked, datetime(2026, 11, 26, 9, tzinfo=UTC)) == []
    typed(asked, "olivia", "away clear")
    assert len(at(asked, datetime(2026, 11, 26, 10, tzinfo=UTC))) == 1


def test_the_schedule_says_how_many_messages_wait_and_when_the_first_comes(asked: World) -> None:
    typed(asked, "olivia", "away 2026-11-26..2026-12-20")
    with asked.store.of_tenant(asked.read(lambda tx: tx.tenant_id), by_clock=True) as tx:
        olivia = tx.people.of_account(account("olivia"))
        assert olivia is not None
        for number, facts in enumerate(({"by": olivia.id}, {"by": olivia.id})):
            about = asked.interview("olivia").id
            tx.notices.put(Notice(f"kept{number}", NoticeKind.NUDGE, about, olivia.id, parameters=facts))
    assert at(asked, datetime(2026, 11, 26, 9, tzinfo=UTC)) == []
    assert "Mon 21 Dec, 9:00: the first of 2 messages that wait for you, if there is still something to say" in typed(
        asked, "olivia", "schedule"
    )


# -- snooze and skip -------------------------------------------------------------------------------------------


def test_after_a_snooze_the_reminder_comes_and_the_next_cycle_is_unchanged(asked: World) -> None:
    assert len(at(asked, MONDAY_NINE)) == 1
    answer = said(asked.press("olivia", "snooze", "1h"))
    assert "before Mon 30 Nov, 10:00" in answer
    assert at(asked, MONDAY_NINE + HOUR / 2) == []
    assert len(at(asked, MONDAY_NINE + HOUR)) == 1
    assert at(asked, MONDAY_NINE + 2 * HOUR) == []
    assert len(at(asked, MONDAY_NINE + WEEK)) == 1


def test_a_snooze_before_the_reminder_moves_it_and_does_not_double_it(asked: World) -> None:
    typed(asked, "olivia", "snooze 6d")
    assert at(asked, MONDAY_NINE) == []
    after = datetime(2026, 12, 1, 9, tzinfo=UTC)
    assert len(at(asked, after)) == 1
    assert at(asked, after + timedelta(days=1)) == []
    assert len(at(asked, MONDAY_NINE + WEEK)) == 1


def test_a_snooze_holds_what_waits_already(asked: World) -> None:
    asked.clock.at = MONDAY_NINE
    asked.tick()
    told = said(asked.command("olivia", "snooze tomorrow"))
    until = re.search(r"before (\w+ \d+ \w+, \d+:\d+)", told)
    assert until, told
    assert until[1] in said(asked.command("olivia", "schedule"))
    assert at(asked, MONDAY_NINE) == []
    assert len(at(asked, MONDAY_NINE + timedelta(days=1))) == 1
    assert at(asked, MONDAY_NINE + timedelta(days=2)) == []


def test_a_snooze_is_taken_back(asked: World) -> None:
    typed(asked, "olivia", "snooze 20d")
    assert "not snoozed" in typed(asked, "olivia", "snooze off")
    assert len(at(asked, MONDAY_NINE)) == 1


def test_who_owes_nothing_is_quiet_and_hears_of_no_reminder(world: World) -> None:
    assert "next reminder" not in typed(world, "olivia", "snooze 1h")


@pytest.mark.parametrize("text", ["1w", "31d", "now"])
def test_a_snooze_that_is_none_names_the_word(world: World, text: str) -> None:
    refused = typed(world, "olivia", f"snooze {text}")
    assert refused.startswith(f"I cannot read “{text}” as a time to wait; nothing has changed.")


def test_a_skipped_week_has_no_more_reminders_and_the_owner_reads_why(asked: World) -> None:
    asked.found(owner="olivia", key="notes", name="Notes", role_risk=account("mei"))
    typed(asked, "olivia", "start notes")
    asked.clock.at = MONDAY_NINE
    at(asked, MONDAY_NINE)
    assert asked.send("mei", "skip_week", "", {"reason": ""}).errors == {"reason": "Please fill this in."}
    answer = said(asked.send("mei", "skip_week", "", {"reason": "The audit comes first."}))
    assert "next reminder: Mon 7 Dec, 9:00" in answer
    assert "skips this week: “The audit comes first.”" in typed(asked, "olivia", "status notes")
    assert trail(asked)[0] == "reminder.skipped"
    asked.clock.at = MONDAY_NINE + WEEK
    assert "skips this week" not in typed(asked, "olivia", "status notes")


def test_a_week_skipped_before_its_reminder_has_none(asked: World) -> None:
    asked.clock.at = MONDAY_NINE - HOUR
    asked.send("olivia", "skip_week", "", {"reason": "The audit comes first."})
    assert at(asked, MONDAY_NINE) == []
    typed(asked, "olivia", "snooze 1h")
    assert at(asked, MONDAY_NINE + 2 * HOUR) == []
    assert len(at(asked, MONDAY_NINE + WEEK)) == 1


def test_spoken_in_direct_messages_the_words_are_no_answer(asked: World) -> None:
    assert "before Mon 30 Nov" in said(asked.say("olivia", "away until friday"))
    assert "no longer away" in said(asked.say("olivia", "away clear"))
    assert "before Wed 25 Nov, 11:00" in said(asked.say("olivia", "snooze 1h"))
    assert f"{account('mei')} is away" in said(asked.say("ada", f"away <@{account('mei')}> until friday"))
    assert asked.interview("olivia").notes == {}
    asked.say("olivia", "away from production it runs on a laptop")
    assert len(asked.interview("olivia").notes) == 1


# -- own schedule ----------------------------------------------------------------------------------------------


def test_the_schedule_shows_what_comes_when_and_by_which_hours(asked: World) -> None:
    shown = typed(asked, "olivia", "schedule")
    for words in (
        "Mon 30 Nov, 9:00: your reminder",
        "your questions about Churn close",
        "Time zone: Europe/Berlin, from your profile",
        "Working hours: 9:00–17:00",
        "Working days: Mon–Fri",
        "Public holidays of: none",
        "Weekly reminder: Mon at 9:00",
        "Stands in for me: nobody",
    ):
        assert words in shown


def test_the_schedule_names_when_ones_projects_are_assessed_again(asked: World) -> None:
    asked.answer_all("olivia", 2)
    assert ": Churn is assessed again" in typed(asked, "olivia", "schedule")
    assert "assessed again" not in typed(asked, "zoe", "schedule")


def test_what_somebody_sets_holds_from_then_on(asked: World) -> None:
    fields = {
        **FORM,
        "timezone": "america/new_york",
        "hours": "8:00-12:00",
        "days": "Tue-Thu",
        "region": "us-ca",
        "reminder_day": "2",
        "reminder_time": "8:30",
        "backup": account("dan"),
    }
    answer = said(asked.fill("olivia", "schedule", "", **fields))
    assert "America/New_York, set by you" in answer
    assert "Wed 2 Dec, 8:30: your reminder" in answer
    dan = asked.read(lambda tx: tx.people.of_account(account("dan"))).id
    days, hours = frozenset({1, 2, 3}), (time(8), time(12))
    expected = Preferences("America/New_York", *hours, days, "US-CA", 2, time(8, 30), backup_id=dan)
    assert own(asked) == expected
    assert at(asked, MONDAY_NINE) == []
    assert len(at(asked, datetime(2026, 12, 2, 13, 30, tzinfo=UTC))) == 1


def test_a_zone_of_ones_own_goes_before_the_profile_until_it_is_cleared(asked: World) -> None:
    asked.fill("olivia", "schedule", "", **{**FORM, "timezone": "Asia/Tokyo"})
    asked.messenger.profiles[account("olivia")] = Profile("Olivia", "America/New_York", "en")
    assert len(at(asked, datetime(2026, 11, 30, 0, tzinfo=UTC))) == 1
    asked.fill("olivia", "schedule", "", **FORM)
    assert at(asked, datetime(2026, 12, 7, 0, tzinfo=UTC)) == []
    assert len(at(asked, datetime(2026, 12, 7, 14, tzinfo=UTC))) == 1


def test_every_field_that_is_wrong_is_named(world: World) -> None:
    world.found()
    fields = {
        **FORM,
        "timezone": "Mars/Olympus",
        "hours": "17-9",
        "days": "Funday",
        "region": "Atlantis",
        "reminder_day": "9",
        "reminder_time": "noon",
        "backup": account("olivia"),
    }
    assert world.fill("olivia", "schedule", "", **fields).errors.keys() == fields.keys() - {"reminds"}
    late = world.fill("olivia", "schedule", "", **{**FORM, "reminder_time": "18:00"})
    assert late.errors == {"reminder_time": "This lies outside your working hours. Choose a time within them."}
    assert own(world) == Preferences()


def test_a_region_of_ones_own_may_be_none(world: World) -> None:
    world.send("ada", "settings", "", {"region": "DE"})
    assert "Public holidays of: DE" in typed(world, "olivia", "schedule")
    assert "Public holidays of: none" in said(world.fill("olivia", "schedule", "", **{**FORM, "region": "none"}))
    assert own(world).region == ""


def test_never_remind_me_is_kept_and_the_owner_sees_it(asked: World) -> None:
    asked.found(owner="olivia", key="notes", name="Notes", role_risk=account("mei"))
    asked.fill("mei", "schedule", "", **{**FORM, "reminds": "no"})
    assert "mei asked not to be reminded" in typed(asked, "olivia", "start notes").lower()
    asked.clock.at = MONDAY_NINE
    asked.messenger.posts.clear()
    at(asked, MONDAY_NINE)
    assert not asked.messenger.said_to(account("mei"))
    assert trail(asked).count("reminders.off") == 1
    asked.fill("mei", "schedule", "", **FORM)
    assert "your reminder" in typed(asked, "mei", "schedule")


def test_a_public_holiday_moves_the_reminder_to_the_next_working_morning(asked: World) -> None:
    asked.fill("olivia", "schedule", "", **{**FORM, "region": "DE-BE", "reminder_day": "4"})
    asked.clock.at = datetime(2026, 12, 24, 12, tzinfo=UTC)
    at(asked, asked.clock.at)
    christmas, monday = (datetime(2026, 12, day, 8, tzinfo=UTC) for day in (25, 28))
    assert at(asked, christmas) == []
    assert len(at(asked, monday)) == 1


# -- the organization's ----------------------------------------------------------------------------------------


def settings(**fields: Any) -> dict[str, Any]:
    whole = {"working_days": "5", "hours": "9:00-17:00", "days": "Mon-Fri", "region": "", "closed": ""}
    return {"portfolio_channel": None, **whole, "messages_a_day": "3", **fields}


def test_an_admin_sets_hours_days_holidays_and_days_off(world: World) -> None:
    fields = settings(hours="8-16", days="Sun-Thu", region="de-be", closed="2026-12-24 Company day", messages_a_day="1")
    answer = said(world.send("ada", "settings", "", fields))
    for words in ("8:00–16:00", "Mon–Thu, Sun", "DE-BE", "24 Dec 2026 Company day", "Messages a day: 1"):
        assert words in answer
    kept = world.read(lambda tx: tx.settings.get())
    assert (kept.begins, kept.ends, kept.days) == (time(8), time(16), {6, 0, 1, 2, 3})
    assert (kept.region, kept.closed, kept.messages_a_day) == ("DE-BE", {date(2026, 12, 24): "Company day"}, 1)
    (entry,) = world.read(lambda tx: tx.trail.newest(1))
    assert entry.facts["hours"] == ["09:00-17:00", "08:00-16:00"]
    form = world.command("ada", "settings").form
    assert form is not None
    assert {field.id: field.initial for field in form.fields}["days"] == "Mon-Thu, Sun"


def test_what_the_form_shows_can_be_sent_back_as_it_is(world: World) -> None:
    world.send("ada", "settings", "", settings(days="Sun-Thu", closed="2026-12-24 Company day"))
    form = world.command("ada", "settings").form
    assert form is not None
    before = world.read(lambda tx: tx.settings.get())
    assert not world.send("ada", "settings", "", {field.id: field.initial for field in form.fields}).errors
    assert world.read(lambda tx: tx.settings.get()) == before


def test_every_fault_of_the_settings_is_named(world: World) -> None:
    wrong = settings(working_days="", hours="", days="x", region="XX", closed="someday", messages_a_day="99")
    errors = world.send("ada", "settings", "", wrong).errors
    assert errors.keys() == wrong.keys() - {"portfolio_channel"}
    assert errors["closed"] == "Please give one day a line, such as: 2026-12-24 Company day."
