"""Appointments, preferences and absences, on both databases."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.readiness.appointments import Appointment, AppointmentKind
from bot.readiness.preferences import Absence, Preferences
from storage.store import Store
from tests.storage.values import ADA, EVE, NOW, fill

DEADLINE = AppointmentKind.DEADLINE
FIRST = Appointment(DEADLINE, "a1", NOW, "p1")


def test_one_appointment_of_a_kind_stands_for_a_subject(store: Store) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
        tx.appointments.set(FIRST)
        moved = replace(FIRST, at=NOW + timedelta(days=1), step=2)
        tx.appointments.set(moved)
        assert tx.appointments.of(DEADLINE, "a1") == moved
        assert tx.appointments.of_kind(DEADLINE) == [moved]
        tx.appointments.clear(DEADLINE, "a1")
        tx.appointments.clear(DEADLINE, "a1")
        assert tx.appointments.of(DEADLINE, "a1") is None


def test_what_is_due_comes_from_all_tenants_oldest_first(store: Store) -> None:
    expected = []
    for days, actor in ((2, ADA), (1, EVE)):
        with store.writing(actor) as tx:
            fill(tx)
            made = replace(FIRST, at=NOW + timedelta(days))
            tx.appointments.set(made)
            expected.insert(0, (tx.tenant_id, made))
    assert store.due(NOW) == []
    assert store.due(NOW + timedelta(1)) == expected[:1]
    assert store.due(NOW + timedelta(9)) == expected
    assert store.due(NOW + timedelta(9), limit=1) == expected[:1]


def test_what_is_taken_is_gone_and_nothing_is_taken_early(store: Store) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
        tx.appointments.set(FIRST)
        assert tx.appointments.take(DEADLINE, "a1", NOW - timedelta(seconds=1)) is None
        assert tx.appointments.take(DEADLINE, "a1", NOW) == FIRST
        assert tx.appointments.take(DEADLINE, "a1", NOW) is None


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_transactions_never_take_the_same(store: Store) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
        tx.appointments.set(FIRST)
    with store.writing(ADA) as one, store.writing(ADA) as other:
        assert one.appointments.take(DEADLINE, "a1", NOW) == FIRST
        assert other.appointments.take(DEADLINE, "a1", NOW) is None


def test_what_cannot_be_kept_is_due_again_later_each_time(store: Store) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
        tx.appointments.set(FIRST)
        tenant = tx.tenant_id
    moment, waits = NOW, []
    for _ in range(8):
        store.put_off(tenant, FIRST, moment)
        assert store.due(moment) == []
        minutes = next(m for m in range(1, 61) if store.due(moment + timedelta(minutes=m)))
        waits.append(minutes)
        moment += timedelta(minutes=minutes)
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    with store.writing(ADA) as tx:
        tx.appointments.set(FIRST)
    assert store.due(NOW) == [(tenant, FIRST)]


def test_preferences_are_the_defaults_until_something_is_set(store: Store) -> None:
    own = Preferences(
        "Asia/Tokyo", time(8), time(16, 30), frozenset({0, 6}), "JP", 2, time(15), reminds=False, snoozed_until=NOW
    )
    with store.writing(ADA) as tx:
        fill(tx)
        assert tx.preferences.get("ada") == Preferences()
        tx.preferences.save("ada", own)
        tx.preferences.save("ada", replace(own, backup_id="bob"))
        assert tx.preferences.get("ada") == replace(own, backup_id="bob")
        assert tx.preferences.backed_by("bob") == ["ada"]
        tx.preferences.save("ada", replace(own, days=None, begins=None, ends=None))
        assert tx.preferences.get("ada").days is None


def test_absences_come_in_order_and_those_over_are_left_out(store: Store) -> None:
    days = [date(2026, 3, 10), date(2026, 3, 1), date(2026, 2, 1)]
    absences = [Absence(f"x{day}", "ada", day, day + timedelta(days=2), "bob") for day in days]
    with store.writing(ADA) as tx:
        fill(tx)
        for absence in absences:
            tx.absences.add(absence)
        assert tx.absences.of_person("ada", date(2026, 3, 3)) == [absences[1], absences[0]]
        tx.absences.remove(absences[1].id)
        assert tx.absences.of_person("ada", date(2026, 3, 3)) == [absences[0]]
        assert tx.absences.of_person("bob", date(2026, 3, 3)) == []


def test_an_erased_person_leaves_no_preferences_and_no_absence(store: Store) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
        tx.preferences.save("ada", Preferences(timezone="Asia/Tokyo"))
        tx.preferences.save("bob", Preferences(backup_id="ada"))
        tx.absences.add(Absence("x", "ada", date(2026, 3, 1), date(2026, 3, 9), "bob"))
        tx.erasure.person("ada", "erased")
        assert tx.preferences.get("ada") == Preferences()
        assert tx.preferences.get("bob") == Preferences()
        assert tx.absences.of_person("ada", date(2026, 3, 1)) == []
