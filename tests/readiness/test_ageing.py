"""The dates of ageing: when evidence falls, when that is told, who is warned, and what a stage rests on."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.readiness.ageing import rests_on, told_at, warned_at
from bot.readiness.assessment import Answer, AnswerKind, Evidence, EvidenceStrength
from bot.readiness.availability import Availability
from bot.readiness.evidence import aged, checked, confirmed, fallen, falls_to_come, linked
from bot.readiness.scoring import Rating, score
from tests.readiness.conftest import FRAMEWORK

ASSERTED, LINKED, VERIFIED = EvidenceStrength.ASSERTED, EvidenceStrength.LINKED, EvidenceStrength.VERIFIED
GIVEN = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = timedelta(days=1)
LINK = linked("https://wiki.example/record", GIVEN)


def answer(evidence: Evidence, level: int = 4, dimension: str = "D4", name: str = "a1") -> Answer:
    return Answer(name, "p", "as", "i", dimension, "mei", AnswerKind.LEVEL, GIVEN, level=level, evidence=evidence)


def office(zone: str = "Europe/Berlin", closed: dict[date, str] | None = None) -> Availability:
    return Availability(zone, time(9), time(18), frozenset(range(5)), lambda _: {}, closed or {})


@pytest.mark.parametrize(
    ("evidence", "exposure", "expected"),
    [
        (LINK, 1, [("2027-05-22", LINKED, ASSERTED)]),
        (LINK, 2, [("2027-02-21", LINKED, ASSERTED)]),
        (LINK, 3, [("2027-01-22", LINKED, ASSERTED)]),
        (LINK, 4, [("2027-05-22", LINKED, ASSERTED)]),
        (LINK, 5, [("2027-11-18", LINKED, ASSERTED)]),
        # A check counts for two intervals, then the link for one more.
        (checked(LINK, "omar", GIVEN), 3, [("2027-01-22", VERIFIED, LINKED), ("2027-02-21", LINKED, ASSERTED)]),
        (checked(LINK, "omar", GIVEN), 2, [("2027-02-21", VERIFIED, LINKED), ("2027-04-07", LINKED, ASSERTED)]),
        # Checked ten days after it was given; confirmed since, which renews the link and not the check.
        (
            checked(LINK, "omar", GIVEN + 10 * DAY),
            3,
            [("2027-02-01", VERIFIED, LINKED), ("2027-03-03", LINKED, ASSERTED)],
        ),
        (
            confirmed(checked(LINK, "omar", GIVEN), GIVEN + 50 * DAY),
            3,
            [("2027-01-22", VERIFIED, LINKED), ("2027-03-13", LINKED, ASSERTED)],
        ),
        (Evidence(), 3, []),
    ],
)
def test_evidence_falls_step_by_step(
    evidence: Evidence, exposure: int, expected: list[tuple[str, EvidenceStrength, EvidenceStrength]]
) -> None:
    falls = falls_to_come(FRAMEWORK, (answer(evidence),), exposure, GIVEN)
    assert [(fall.at.date().isoformat(), fall.was, fall.left) for fall in falls] == expected


@pytest.mark.parametrize(
    ("fall", "zone", "warned", "told"),
    [
        # a Friday, told on Monday morning; fourteen days before it, the same weekday
        ("2027-01-22T09:00", "Europe/Berlin", "2027-01-08T08:00", "2027-01-25T08:00"),
        # over the clock change of March: the hour on the wall stays
        ("2027-03-29T09:00", "Europe/Berlin", "2027-03-15T08:00", "2027-03-30T07:00"),
        ("2027-03-27T09:00", "Europe/Berlin", "2027-03-13T08:00", "2027-03-29T07:00"),
        # late in the evening of one zone it is tomorrow in another
        ("2027-01-21T23:30", "Europe/Berlin", "2027-01-08T08:00", "2027-01-25T08:00"),
        ("2027-01-21T23:30", "America/New_York", "2027-01-07T14:00", "2027-01-22T14:00"),
        # 29 February
        ("2028-02-29T12:00", "UTC", "2028-02-15T09:00", "2028-03-01T09:00"),
    ],
)
def test_a_fall_is_told_on_the_next_working_morning_and_warned_of_two_weeks_before(
    fall: str, zone: str, warned: str, told: str
) -> None:
    moment = datetime.fromisoformat(f"{fall}+00:00")
    assert warned_at(moment, office(zone)) == datetime.fromisoformat(f"{warned}+00:00")
    assert told_at(moment, office(zone)) == datetime.fromisoformat(f"{told}+00:00")


def test_a_day_on_which_all_are_off_is_no_working_morning() -> None:
    monday = {date(2027, 1, 25): "Company day"}
    assert told_at(datetime(2027, 1, 22, 9, tzinfo=UTC), office(closed=monday)).date() == date(2027, 1, 26)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (0, 60, []),
        # It counts up to its last moment, and that moment still counts.
        (0, 61, [(60, VERIFIED, LINKED)]),
        (60, 61, [(60, VERIFIED, LINKED)]),
        (61, 90, []),
        (61, 91, [(90, LINKED, ASSERTED)]),
        (0, 200, [(90, VERIFIED, ASSERTED)]),
        (91, 500, []),
    ],
)
def test_what_fell_between_two_moments_stands_once(
    since: int, until: int, expected: list[tuple[int, EvidenceStrength, EvidenceStrength]]
) -> None:
    proved = answer(checked(LINK, "omar", GIVEN))
    falls = fallen(FRAMEWORK, (proved,), 3, GIVEN + since * DAY, GIVEN + until * DAY)
    assert [((fall.at - GIVEN).days, fall.was, fall.left) for fall in falls] == expected


@pytest.mark.parametrize(
    ("level", "dimension", "counts"),
    [
        (4, "D4", True),
        (2, "D4", True),  # words carry level 1 there once stage 3 is tested
        (1, "D4", False),
        (3, "D1", True),
        (2, "D1", False),
        (0, "D1", False),
    ],
)
def test_a_level_that_words_carry_loses_nothing_with_its_link(level: int, dimension: str, *, counts: bool) -> None:
    falls = fallen(FRAMEWORK, (answer(LINK, level, dimension),), 3, GIVEN, GIVEN + 61 * DAY)
    assert bool(falls) is counts


def test_what_fell_stands_in_the_order_of_its_falling() -> None:
    older = answer(linked("https://wiki.example/a", GIVEN - 2 * DAY), dimension="D3", name="z")
    falls = fallen(FRAMEWORK, (answer(LINK), older), 3, GIVEN, GIVEN + 100 * DAY)
    assert [fall.answer.id for fall in falls] == ["z", "a1"]


@pytest.mark.parametrize(
    ("exposure", "then", "expected"),
    [
        # All at 3 with links: readiness 4. A strict dimension by words alone counts for 1: stage 3 asks 2.
        (3, Rating(AnswerKind.LEVEL, 3, ASSERTED), True),
        (3, Rating(AnswerKind.LEVEL, 3, VERIFIED), False),
        # At exposure 2 the next stage is 3: readiness for it would be gone.
        (2, Rating(AnswerKind.LEVEL, 3, ASSERTED), True),
        # An experiment that wants no more rests on nothing.
        (1, Rating(AnswerKind.LEVEL, 3, ASSERTED), False),
        (4, Rating(AnswerKind.LEVEL, 3, ASSERTED), True),
    ],
)
def test_a_stage_rests_on_what_it_would_be_lower_without(exposure: int, then: Rating, *, expected: bool) -> None:
    ratings = {dimension.id: Rating(AnswerKind.LEVEL, 3, LINKED) for dimension in FRAMEWORK.dimensions}
    card = score(FRAMEWORK, exposure, None, ratings)
    assert rests_on(FRAMEWORK, card, FRAMEWORK.dimension("D4"), then) is expected


def test_a_stage_that_something_else_holds_down_does_not_rest_on_a_link() -> None:
    ratings = {dimension.id: Rating(AnswerKind.LEVEL, 3, LINKED) for dimension in FRAMEWORK.dimensions}
    card = score(FRAMEWORK, 3, None, {**ratings, "D9": Rating(AnswerKind.LEVEL, 1, LINKED)})
    assert not rests_on(FRAMEWORK, card, FRAMEWORK.dimension("D4"), Rating(AnswerKind.LEVEL, 3, ASSERTED))


@pytest.mark.parametrize(
    ("kind", "approved_by", "days", "approved"),
    [
        (AnswerKind.NOT_APPLICABLE, "omar", 180, True),
        (AnswerKind.NOT_APPLICABLE, "omar", 181, False),
        (AnswerKind.NOT_APPLICABLE, None, 181, False),
    ],
)
def test_what_does_not_apply_does_so_for_180_days(
    kind: AnswerKind, approved_by: str | None, days: int, *, approved: bool
) -> None:
    said = Answer("a", "p", "as", "i", "D2", "mei", kind, GIVEN, reason="none-here", approved_by=approved_by)
    then = aged(FRAMEWORK, said, 3, GIVEN + days * DAY)
    assert (then.approved_by is not None) is approved
    falls = fallen(FRAMEWORK, (said,), 3, GIVEN, GIVEN + days * DAY)
    assert [fall.left for fall in falls] == ([None] if approved_by and not approved else [])
