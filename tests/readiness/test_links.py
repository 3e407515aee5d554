"""What is known of a link after looks at it: dead only for certain, changed only since a look."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.readiness.assessment import Answer, AnswerKind, Evidence, EvidenceStrength
from bot.readiness.links import (
    AHEAD,
    EVERY,
    TRIES,
    LinkCheck,
    LinkState,
    Look,
    after,
    has_changed_since,
    is_dead_for,
    is_uncertain,
    longest_unseen,
    next_look,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
THERE, OTHER, GONE = Look(LinkState.ALIVE, "f1"), Look(LinkState.CHANGED, "f2"), Look(LinkState.GONE)
FOR_GOOD = replace(GONE, for_good=True)
REFUSED, AWAY = Look(LinkState.REFUSED), Look(LinkState.UNREACHABLE)
ELSEWHERE = Look(LinkState.NOT_ALLOWED)


def seen(*looks: tuple[Look, timedelta]) -> LinkCheck:
    """What is known after these looks, each so long after NOW."""
    check = None
    for look, since in looks:
        check = after("p1", "https://wiki.example/a", check, look, NOW + since)
    assert check is not None
    return check


@pytest.mark.parametrize(
    ("looks", "state", "dead_after"),
    [
        ([(THERE, 0 * DAY)], LinkState.ALIVE, None),
        ([(THERE, 0 * DAY), (GONE, DAY)], LinkState.GONE, None),
        ([(THERE, 0 * DAY), (GONE, DAY), (GONE, DAY + 23 * HOUR)], LinkState.GONE, None),
        ([(THERE, 0 * DAY), (GONE, DAY), (GONE, 2 * DAY)], LinkState.GONE, 2 * DAY),
        ([(THERE, 0 * DAY), (GONE, DAY), (GONE, 2 * DAY), (GONE, 9 * DAY)], LinkState.GONE, 2 * DAY),
        ([(THERE, 0 * DAY), (GONE, DAY), (AWAY, 2 * DAY), (GONE, 3 * DAY)], LinkState.GONE, 3 * DAY),
        ([(THERE, 0 * DAY), (GONE, DAY), (THERE, 2 * DAY), (GONE, 3 * DAY)], LinkState.GONE, None),
        ([(THERE, 0 * DAY), (GONE, DAY), (REFUSED, 2 * DAY), (GONE, 3 * DAY)], LinkState.GONE, None),
        ([(THERE, 0 * DAY), (GONE, DAY), (GONE, 2 * DAY), (THERE, 3 * DAY)], LinkState.ALIVE, None),
        ([(THERE, 0 * DAY), (GONE, DAY), (GONE, 2 * DAY), (AWAY, 3 * DAY)], LinkState.UNREACHABLE, 2 * DAY),
        ([(FOR_GOOD, 0 * DAY)], LinkState.GONE, 0 * DAY),
        ([(THERE, 0 * DAY), (FOR_GOOD, DAY)], LinkState.GONE, DAY),
        ([(GONE, 0 * DAY), (GONE, DAY), (GONE, 9 * DAY)], LinkState.REFUSED, None),
        ([(REFUSED, 0 * DAY), (GONE, DAY), (GONE, 2 * DAY)], LinkState.REFUSED, None),
        ([(AWAY, n * DAY) for n in range(99)], LinkState.UNREACHABLE, None),
        ([(ELSEWHERE, 0 * DAY), (ELSEWHERE, 9 * DAY)], LinkState.NOT_ALLOWED, None),
    ],
)
def test_a_link_is_dead_once_it_is_certain(
    looks: list[tuple[Look, timedelta]], state: LinkState, dead_after: timedelta | None
) -> None:
    check = seen(*looks)
    assert check.state is state
    assert check.dead_since == (None if dead_after is None else NOW + dead_after)
    assert check.checked_at == NOW + looks[-1][1]


def test_what_was_never_read_may_hide_and_is_never_gone() -> None:
    check = seen((GONE, 0 * DAY), (GONE, DAY), (GONE, 9 * DAY))
    assert (check.state, check.gone_since, check.is_dead) == (LinkState.REFUSED, None, False)


def test_how_often_nobody_answered_is_counted_in_a_row() -> None:
    assert seen((AWAY, 0 * DAY), (AWAY, DAY), (AWAY, 2 * DAY)).unreachable == 3
    assert seen((AWAY, 0 * DAY), (AWAY, DAY), (REFUSED, 2 * DAY), (AWAY, 3 * DAY)).unreachable == 1


@pytest.mark.parametrize(
    ("looks", "is_soon"),
    [
        ([(THERE, 0 * DAY)], False),
        ([(THERE, 0 * DAY), (GONE, DAY)], True),
        ([(THERE, 0 * DAY), (GONE, DAY), (GONE, 2 * DAY)], False),
        ([(REFUSED, 0 * DAY)], False),
        ([(AWAY, 0 * DAY)], True),
        ([(AWAY, n * DAY) for n in range(TRIES)], True),
        ([(AWAY, n * DAY) for n in range(TRIES + 1)], False),
    ],
)
def test_what_is_uncertain_is_looked_at_again_soon(looks: list[tuple[Look, timedelta]], is_soon: bool) -> None:
    assert is_uncertain(seen(*looks)) == is_soon


@pytest.mark.parametrize(("checked", "has_changed"), [(0 * DAY, True), (9 * DAY, True), (9 * DAY + HOUR, False)])
def test_a_change_is_said_only_where_a_later_look_still_found_it_as_before(
    checked: timedelta, has_changed: bool
) -> None:
    check = seen((THERE, 0 * DAY), (THERE, 9 * DAY), (OTHER, 30 * DAY), (Look(LinkState.ALIVE, "f2"), 40 * DAY))
    assert check.fingerprint == "f2"
    assert has_changed_since(check, NOW + checked) == has_changed
    assert not has_changed_since(seen((THERE, 0 * DAY)), NOW)


def test_whoever_confirms_a_dead_link_knows_better() -> None:
    check = seen((THERE, 0 * DAY), (GONE, DAY), (GONE, 2 * DAY))
    given = Evidence(EvidenceStrength.LINKED, check.link, NOW)
    answer = Answer("a1", "p1", "s1", "i1", "d1", "mei", AnswerKind.LEVEL, NOW, 3, given)
    assert is_dead_for(check, answer)
    assert not is_dead_for(check, replace(answer, evidence=replace(given, given_at=NOW + 3 * DAY)))
    assert not is_dead_for(seen((THERE, 0 * DAY), (GONE, DAY)), answer)


@pytest.mark.parametrize(
    ("due", "following"),
    [
        (timedelta(days=90), EVERY),
        (timedelta(days=20), timedelta(days=20) - AHEAD),
        (AHEAD, EVERY),
        (-DAY, EVERY),
    ],
)
def test_links_are_looked_at_every_thirty_days_and_before_an_assessment(due: timedelta, following: timedelta) -> None:
    assert next_look(NOW, NOW + due) == NOW + following


def test_what_was_not_seen_for_the_longest_time_comes_first() -> None:
    checks = [LinkCheck("p1", link, NOW + days * DAY, LinkState.ALIVE) for link, days in (("a", 3), ("b", 1), ("c", 2))]
    assert longest_unseen(["a", "d", "c", "e", "b"], checks) == ["d", "e", "b", "c", "a"]
