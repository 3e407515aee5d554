"""The ledger: what was sent, what waits and why, what failed and how to repair it."""

from datetime import timedelta

import pytest

from bot.readiness.notices import LATEST, Notice, NoticeKind, is_too_late
from bot.usecases.sending import CannotLook, MaybeTaken, RateLimited, TokenDead
from tests.world import MONDAY, World, account, said

OLIVIA = account("olivia")


@pytest.fixture
def asked(world: World) -> World:
    """Olivia has a question, sent."""
    world.found()
    world.command("olivia", "start churn")
    world.deliver()
    return world


def nudge(world: World, number: int = 1, *, by_clock: bool = False) -> None:
    interview = world.interview("olivia")
    olivia = world.read(lambda tx: tx.people.of_account(OLIVIA)).id
    notice = Notice(f"n{number}", NoticeKind.NUDGE, interview.id, person_id=olivia, parameters={"by": olivia})
    with world.store.of_tenant(world.read(lambda tx: tx.tenant_id), by_clock=by_clock) as tx:
        tx.notices.put(notice)


def ledger(world: World, of: str = OLIVIA) -> str:
    return said(world.command("ada", f"delivery <@{of}>"))


def test_what_was_sent_has_its_time_and_the_platforms_id(asked: World) -> None:
    shown = ledger(asked)
    assert "What Olivia was sent" in shown
    assert "Mon 23 Nov 09:00 a question, sent (ref1)" in shown  # in the admin's zone


def test_what_waits_says_until_when_and_why(asked: World) -> None:
    asked.clock.later(hours=9)
    nudge(asked, by_clock=True)
    asked.deliver()
    assert "a nudge, waits until Tue 24 Nov 08:00: outside working hours" in ledger(asked)
    asked.clock.later(hours=14)
    asked.deliver()
    assert "a nudge, sent (ref2); it waited: outside working hours" in ledger(asked)


def test_what_is_not_worth_sending_says_so(asked: World) -> None:
    nudge(asked)
    asked.answer_all("olivia", 2)
    asked.deliver()
    assert "a nudge, not sent: there was nothing left to say" in ledger(asked)


def test_what_would_come_too_late_is_dropped_and_what_is_never_too_late_comes(asked: World) -> None:
    nudge(asked)
    asked.clock.later(days=3)
    asked.deliver()
    assert "a nudge, not sent: it would have come too late" in ledger(asked)
    assert NoticeKind.RESULT not in LATEST
    assert NoticeKind.QUESTION not in LATEST


@pytest.mark.parametrize(("hours", "late"), [(0, False), (48, False), (49, True)])
def test_the_age_counts_from_when_it_should_have_gone_out(hours: int, late: bool) -> None:
    assert is_too_late(NoticeKind.NUDGE, MONDAY, MONDAY + timedelta(hours=hours)) is late
    assert not is_too_late(NoticeKind.ALERT, MONDAY, MONDAY + timedelta(days=900))


def test_a_weekend_makes_nothing_too_late(asked: World) -> None:
    asked.clock.at = MONDAY + timedelta(days=4, hours=9)
    nudge(asked, by_clock=True)
    asked.deliver()
    asked.clock.at = MONDAY + timedelta(days=7)
    asked.deliver()
    assert "a nudge, sent" in ledger(asked)


def test_a_lost_answer_is_looked_for_and_found(asked: World) -> None:
    asked.messenger.faults, asked.messenger.taken_anyway = [MaybeTaken("timeout")], True
    nudge(asked)
    asked.deliver()
    assert "a nudge, on its way; it is not known whether it arrived (timeout)" in ledger(asked)
    asked.clock.later(minutes=2)
    asked.deliver()
    assert "a nudge, sent (ref2), at try 2" in ledger(asked)
    assert "twice" not in ledger(asked)


def test_where_nobody_may_look_it_is_sent_again_and_the_ledger_says_so(asked: World) -> None:
    asked.messenger.faults, asked.messenger.taken_anyway = [MaybeTaken("timeout")], True
    asked.messenger.find_faults = [CannotLook("missing_scope")]
    nudge(asked)
    asked.deliver()
    asked.clock.later(minutes=2)
    asked.deliver()
    assert len(asked.messenger.said_to(OLIVIA)) == 3  # the question, and the nudge twice
    assert "it may have arrived twice" in ledger(asked)


def test_the_doubt_outlives_a_second_try_that_was_refused(asked: World) -> None:
    asked.messenger.faults, asked.messenger.taken_anyway = [MaybeTaken("timeout")], True
    asked.messenger.find_faults = [CannotLook("missing_scope")]
    nudge(asked)
    asked.deliver()
    asked.clock.later(minutes=2)
    asked.messenger.faults, asked.messenger.taken_anyway = [RateLimited(timedelta(seconds=1))], False
    asked.deliver()
    asked.clock.later(minutes=2)
    asked.deliver()
    assert len(asked.messenger.said_to(OLIVIA)) == 3  # the question, and the nudge twice
    assert "a nudge, sent (ref3), at try 3; it may have arrived twice" in ledger(asked)


def test_admins_see_what_waits_for_a_repair_and_send_it_again(asked: World) -> None:
    assert "Nothing waits for a repair." in said(asked.command("ada", "delivery"))
    asked.messenger.unreachable = {OLIVIA: "user_disabled"}
    nudge(asked)
    asked.deliver()
    shown = said(asked.command("ada", "delivery"))
    assert "a nudge for Olivia, since Mon 23 Nov 09:00, tried once: user_disabled." in shown
    assert "hand their questions to somebody else" in shown
    held = asked.read(lambda tx: tx.notices.all_held(9))[0].id
    assert "admin" in said(asked.press("olivia", "release_one", held))
    asked.messenger.unreachable = {}
    assert "on its way again" in said(asked.press("ada", "release_one", held))
    asked.deliver()
    assert "a nudge, sent" in ledger(asked)
    assert "already" in said(asked.press("ada", "release_one", held))


def test_a_dead_token_and_what_is_late_are_named(asked: World) -> None:
    asked.messenger.faults = [TokenDead("token_revoked")]
    nudge(asked)
    asked.deliver()
    asked.clock.later(hours=2)
    shown = said(asked.command("ada", "delivery"))
    assert "no longer accepts my token (token_revoked)" in shown
    assert "1 message is due and not sent yet" in shown


def test_everybody_sees_their_own_and_nobody_anothers(asked: World) -> None:
    assert "What Olivia was sent" in said(asked.command("olivia", "delivery"))
    assert "What Olivia was sent" in said(asked.command("olivia", f"delivery <@{OLIVIA}>"))
    assert "admin" in said(asked.command("mei", f"delivery <@{OLIVIA}>"))
    assert "I could not find" in said(asked.command("ada", "delivery <@U0NOBODY>"))
