"""Evidence over time: what an edit keeps, what a check adds, and when age takes it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.readiness.assessment import Answer, AnswerKind, Evidence, EvidenceStrength
from bot.readiness.evidence import carried, checked, confirmed, doubted, falls, linked, stale_at, strength_at
from bot.readiness.rating import STRENGTHS
from tests.readiness.conftest import FRAMEWORK

ASSERTED, LINKED, VERIFIED = STRENGTHS
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
INTERVALS = {1: 90, 2: 45, 3: 30, 4: 90, 5: 180}


def answer(evidence: Evidence) -> Answer:
    return Answer("r", "p", "a", "i", "D4", "mei", AnswerKind.LEVEL, MONDAY, level=3, evidence=evidence)


@pytest.mark.parametrize(("exposure", "interval"), INTERVALS.items())
def test_a_link_counts_for_two_intervals_and_not_a_day_longer(exposure: int, interval: int) -> None:
    old = answer(linked("https://x", MONDAY))
    assert strength_at(FRAMEWORK, old, exposure, MONDAY + 2 * interval * DAY) is LINKED
    assert strength_at(FRAMEWORK, old, exposure, MONDAY + 2 * interval * DAY + timedelta(seconds=1)) is ASSERTED


@pytest.mark.parametrize(("exposure", "interval"), INTERVALS.items())
def test_a_check_counts_for_two_intervals_then_the_link_for_one_more(exposure: int, interval: int) -> None:
    old = answer(checked(linked("https://x", MONDAY), "omar", MONDAY))
    worths = [strength_at(FRAMEWORK, old, exposure, MONDAY + days * DAY) for days in range(4 * interval)]
    assert [worths.count(strength) for strength in (VERIFIED, LINKED, ASSERTED)] == [
        2 * interval + 1,
        interval,
        interval - 1,
    ]


@pytest.mark.parametrize(
    ("evidence", "later", "expected"),
    [
        # given at day 0, exposure 3: an interval of 30 days
        (linked("https://x", MONDAY), 50, LINKED),
        (confirmed(linked("https://x", MONDAY), MONDAY + 40 * DAY), 100, LINKED),
        (confirmed(linked("https://x", MONDAY), MONDAY + 40 * DAY), 101, ASSERTED),
        # confirming is no check: the check still ages from its own day, and the link outlives it
        (confirmed(checked(linked("https://x", MONDAY), "omar", MONDAY), MONDAY + 50 * DAY), 61, LINKED),
        (confirmed(checked(linked("https://x", MONDAY), "omar", MONDAY), MONDAY + 50 * DAY), 110, LINKED),
        (confirmed(checked(linked("https://x", MONDAY), "omar", MONDAY), MONDAY + 50 * DAY), 111, ASSERTED),
        (doubted(linked("https://x", MONDAY)), 0, ASSERTED),
        (Evidence(), 0, ASSERTED),
        (confirmed(Evidence(), MONDAY + 40 * DAY), 41, ASSERTED),
    ],
)
def test_what_evidence_is_worth(evidence: Evidence, later: int, expected: EvidenceStrength) -> None:
    assert strength_at(FRAMEWORK, answer(evidence), 3, MONDAY + later * DAY) is expected


def test_evidence_without_a_date_was_given_with_its_answer() -> None:
    assert falls(FRAMEWORK, answer(Evidence(LINKED, "https://x")), 2) == ((MONDAY + 90 * DAY, ASSERTED),)


def test_a_changed_level_keeps_the_link_and_loses_the_check() -> None:
    proved = checked(linked("https://x", MONDAY), "omar", MONDAY)
    assert carried(proved, same_level=True) == proved
    assert carried(proved, same_level=False) == linked("https://x", MONDAY)


TIMES = st.integers(0, 400).map(lambda days: MONDAY + days * DAY)
EVIDENCE = st.one_of(
    st.just(Evidence()),
    st.builds(lambda at: linked("https://x", at), TIMES),
    st.builds(lambda at, check: checked(linked("https://x", at), "omar", check), TIMES, TIMES),
)


@given(EVIDENCE, st.integers(1, 5), TIMES, TIMES)
def test_the_older_the_less(evidence: Evidence, exposure: int, one: datetime, other: datetime) -> None:
    given_answer, earlier, later = answer(evidence), min(one, other), max(one, other)
    before, after = (strength_at(FRAMEWORK, given_answer, exposure, at) for at in (earlier, later))
    assert STRENGTHS.index(after) <= STRENGTHS.index(before)


@given(EVIDENCE, st.integers(1, 5), TIMES, TIMES)
def test_confirming_and_checking_never_make_it_worth_less(
    evidence: Evidence, exposure: int, now: datetime, later: datetime
) -> None:
    at = max(now, later)
    plain = STRENGTHS.index(strength_at(FRAMEWORK, answer(evidence), exposure, at))
    for better in (confirmed(evidence, now), checked(evidence, "omar", now)):
        if (evidence.given_at or now) <= now and (evidence.verified_at or now) <= now:
            assert STRENGTHS.index(strength_at(FRAMEWORK, answer(better), exposure, at)) >= plain


@given(EVIDENCE, st.integers(1, 5), TIMES)
def test_it_falls_next_exactly_when_it_is_said(evidence: Evidence, exposure: int, now: datetime) -> None:
    moment = stale_at(FRAMEWORK, answer(evidence), exposure, now)
    if moment is None:
        assert strength_at(FRAMEWORK, answer(evidence), exposure, now + 5000 * DAY) is strength_at(
            FRAMEWORK, answer(evidence), exposure, now
        )
    else:
        before, after = (
            strength_at(FRAMEWORK, answer(evidence), exposure, at) for at in (moment, moment + timedelta(seconds=1))
        )
        assert STRENGTHS.index(after) < STRENGTHS.index(before)
