"""On which mornings the rungs of the ladder stand."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.readiness.availability import Availability
from bot.readiness.ladder import Ladder, Rung
from bot.readiness.preferences import Absence

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
THERE = Availability("Europe/Berlin", time(9), time(17), frozenset(range(5)), lambda _: {}, {})


def mornings(ladder: Ladder) -> list[str]:
    """The day and local hour of each rung."""
    return [f"{ladder.at(rung).astimezone().astimezone(UTC):%a %d %H}" for rung in Rung]


@pytest.mark.parametrize(
    ("working_days", "expected"),
    [
        (5, ["Wed 25 08", "Thu 26 08", "Fri 27 08", "Mon 30 08"]),
        (10, ["Fri 27 08", "Tue 01 08", "Thu 03 08", "Mon 07 08"]),
        (4, ["Wed 25 08", "Wed 25 08", "Thu 26 08", "Fri 27 08"]),
        (2, ["Tue 24 08", "Tue 24 08", "Wed 25 08", "Wed 25 08"]),
        (1, ["Tue 24 08"] * 4),
    ],
)
def test_the_rungs_are_spread_over_the_time_there_is(working_days: int, expected: list[str]) -> None:
    ladder = Ladder(THERE, MONDAY, THERE.working_days_after(MONDAY, working_days))
    assert mornings(ladder) == expected


def test_a_day_that_begins_after_the_deadline_is_none() -> None:
    singapore = replace(THERE, zone="Asia/Singapore")
    ladder = Ladder(singapore, MONDAY, THERE.working_days_after(MONDAY, 5))
    assert mornings(ladder) == ["Wed 25 01", "Thu 26 01", "Fri 27 01", "Mon 30 01"]


def test_what_is_due_on_one_morning_is_taken_together() -> None:
    ladder = Ladder(THERE, MONDAY, THERE.working_days_after(MONDAY, 4))
    assert ladder.together(Rung.RESPONDENT) == (Rung.RESPONDENT, Rung.BACKUP)
    assert ladder.together(Rung.OWNER) == (Rung.OWNER,)


def test_days_are_those_on_which_the_respondent_works() -> None:
    part_time = replace(THERE, days=frozenset({0, 2, 4}), closed={date(2026, 11, 27): "Company day"})
    ladder = Ladder(part_time, MONDAY, part_time.working_days_after(MONDAY, 5))
    assert mornings(ladder) == ["Mon 30 08", "Wed 02 08", "Fri 04 08", "Mon 07 08"]


def test_neither_a_snooze_nor_an_absence_holds_it() -> None:
    gone = Absence("a", "mei", date(2026, 11, 23), date(2026, 12, 20), "mei")
    hidden = replace(THERE, absences=(gone,), snoozed_until=datetime(2026, 12, 20, tzinfo=UTC))
    deadline = THERE.working_days_after(MONDAY, 5)
    assert mornings(Ladder(hidden, MONDAY, deadline)) == mornings(Ladder(THERE, MONDAY, deadline))


def test_after_a_standstill_the_next_rung_waits_for_another_day() -> None:
    ladder = Ladder(THERE, MONDAY, THERE.working_days_after(MONDAY, 5))
    late = datetime(2026, 11, 27, 12, tzinfo=UTC)
    assert ladder.following(Rung.BACKUP, late) == datetime(2026, 11, 30, 8, tzinfo=UTC)
    assert ladder.following(Rung.BACKUP, MONDAY) == ladder.at(Rung.BACKUP)
