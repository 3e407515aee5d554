"""Blockers and commitments over time: what a new result does to them, and what fits whom."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.readiness.assessment import Answer, AnswerKind
from bot.readiness.blockers import (
    Blocker,
    BlockerEvent,
    BlockerState,
    Claim,
    ClaimState,
    GapAct,
    Happening,
    Standpoint,
    acts_for,
    blocker_changes,
    is_told,
    judges,
    next_mark,
    state_of,
)
from bot.readiness.commitments import Commitment, CommitmentState, met_by
from bot.readiness.scoring import FindingKind, Rating, Severity, score
from tests.readiness.conftest import FRAMEWORK
from tests.readiness.strategies import asserted, linked

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
GOOD = {dimension.id: linked(3) for dimension in FRAMEWORK.dimensions}
BLOCKER = Blocker("b1", "p", "D1", FindingKind.MISSING, Severity.HIGH, NOW, "m1", 3, 2)
CLEARED = replace(BLOCKER, cleared_at=NOW + timedelta(days=1), cleared_by="m2")
COMMITMENT = Commitment("k", "p", "D1", "mei", 3, NOW)
CLAIM = Claim("c", "p", "b1", "mei", NOW, "done", "https://wiki.example/1")


@pytest.mark.parametrize(
    ("known", "rating", "expected"),
    [
        ([], linked(1), ("D1", "", "", "")),
        ([BLOCKER], linked(1), ("", "b1", "", "")),
        ([BLOCKER], linked(3), ("", "", "b1", "")),
        ([CLEARED], linked(1), ("", "", "", "b1")),
        ([CLEARED], linked(3), ("", "", "", "")),
        ([CLEARED, replace(BLOCKER, id="b2")], linked(1), ("", "b2", "", "")),
        ([CLEARED, replace(CLEARED, id="b2", cleared_at=NOW + timedelta(days=9))], linked(1), ("", "", "", "b2")),
    ],
    ids=["found", "stands", "cleared", "open again", "stays cleared", "the open one counts", "the last cleared counts"],
)
def test_a_dimension_has_one_blocker_for_ever(
    known: list[Blocker], rating: Rating, expected: tuple[str, str, str, str]
) -> None:
    changes = blocker_changes(known, score(FRAMEWORK, 3, 3, GOOD | {"D1": rating}))
    assert (
        "".join(each.dimension_id for each in changes.found),
        "".join(blocker.id for blocker, _ in changes.standing),
        "".join(blocker.id for blocker in changes.cleared),
        "".join(blocker.id for blocker, _ in changes.reopened),
    ) == expected


@pytest.mark.parametrize(
    ("cause", "answered", "expected"),
    [
        ("completed", None, True),
        ("closed", -1, True),
        ("edited", -1, False),
        ("edited", 0, True),
        ("edited", 1, True),
        ("moved", None, False),
        ("aged", -1, False),
        ("aged", 1, True),
    ],
)
def test_a_claim_is_judged_by_a_whole_assessment_or_a_newer_answer(
    cause: str, answered: int | None, *, expected: bool
) -> None:
    at = NOW + timedelta(days=answered or 0)
    answer = Answer("a", "p", "as", "i", "D1", "mei", AnswerKind.LEVEL, at, level=1)
    assert judges(CLAIM, [] if answered is None else [answer], cause) is expected


@pytest.mark.parametrize(
    ("blocker", "commitment", "claim", "waived", "expected"),
    [
        (BLOCKER, None, None, False, "open"),
        (BLOCKER, COMMITMENT, None, False, "taken"),
        (BLOCKER, replace(COMMITMENT, state=CommitmentState.IN_PROGRESS), None, False, "in_progress"),
        (BLOCKER, replace(COMMITMENT, state=CommitmentState.GIVEN_BACK, ended_at=NOW), None, False, "open"),
        (BLOCKER, COMMITMENT, CLAIM, False, "resolved"),
        (BLOCKER, COMMITMENT, replace(CLAIM, state=ClaimState.REFUTED, ended_at=NOW), False, "taken"),
        (BLOCKER, COMMITMENT, CLAIM, True, "waived"),
        (CLEARED, COMMITMENT, None, True, "cleared"),
    ],
)
def test_a_blocker_has_one_state(
    blocker: Blocker, commitment: Commitment | None, claim: Claim | None, waived: bool, expected: str
) -> None:
    assert state_of(blocker, commitment, claim, waived=waived).value == expected


VIEWER, READER = Standpoint(False, False, False), Standpoint(True, False, False)
HOLDER, OWNER = Standpoint(True, False, True), Standpoint(True, True, False)


@pytest.mark.parametrize(
    ("state", "who", "expected"),
    [
        ("open", VIEWER, ""),
        ("open", READER, "take"),
        ("open", OWNER, "take set_date resolved ask_waiver"),
        ("taken", READER, ""),
        ("taken", HOLDER, "set_date in_progress resolved give_back"),
        ("taken", OWNER, "set_date in_progress resolved give_back ask_waiver"),
        ("in_progress", HOLDER, "set_date resolved give_back"),
        ("in_progress", READER, ""),
        ("resolved", HOLDER, ""),
        ("resolved", OWNER, ""),
        ("waived", READER, ""),
        ("waived", OWNER, ""),
        ("cleared", OWNER, ""),
    ],
)
def test_what_fits_the_state_and_the_reader(state: str, who: Standpoint, expected: str) -> None:
    acts = acts_for(BlockerState(state), who, waivable=True, has_waiver=False)
    assert [act.value for act in acts] == expected.split()


def test_a_waiver_is_asked_for_once_and_can_be_withdrawn() -> None:
    assert GapAct.ASK_WAIVER not in acts_for(BlockerState.OPEN, OWNER, waivable=False, has_waiver=False)
    acts = acts_for(BlockerState.WAIVED, OWNER, waivable=True, has_waiver=True)
    assert acts == (GapAct.WITHDRAW_WAIVER,)


@pytest.mark.parametrize(
    ("rating", "target", "expected"),
    [
        (linked(1), 3, False),
        (asserted(1), 4, False),
        (linked(2), 3, True),
        (linked(2), 4, True),
        (linked(3), 4, True),
    ],
    ids=["short", "short of both", "met", "short of a further stage", "met with more"],
)
def test_a_commitment_ends_when_its_own_bar_is_met(rating: Rating, target: int, *, expected: bool) -> None:
    card = score(FRAMEWORK, 3, target, GOOD | {"D1": rating})
    assert bool(met_by([COMMITMENT], card)) is expected


@pytest.mark.parametrize(("today", "expected"), [(30, 0), (1, 1), (9, 9)])
def test_a_commitment_is_overdue_from_the_day_after(today: int, expected: int) -> None:
    dated = replace(COMMITMENT, due=date(2026, 11, 30))
    day = date(2026, 11, 30) if today == 30 else date(2026, 12, today)
    assert dated.overdue(day) == expected
    assert replace(dated, ended_at=NOW).overdue(day) == 0
    assert COMMITMENT.overdue(day) == 0


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, 30), (29.9, 30), (30, 60), (31, 60), (59.9, 60), (60, 90), (365, 390), (-1, 30)],
)
def test_an_open_blocker_is_told_of_every_thirty_days(days: float, expected: int) -> None:
    found = BLOCKER
    assert next_mark(found, found.since + timedelta(days=days)) == found.since + timedelta(days=expected)


@pytest.mark.parametrize(
    ("happenings", "expected"),
    [
        ([Happening.FOUND], True),
        ([Happening.UNKNOWN], False),
        ([Happening.UNKNOWN, Happening.ESCALATED], True),
        ([Happening.UNKNOWN, Happening.FOUND], True),
        ([Happening.UNKNOWN, Happening.SEVERITY], False),
        ([Happening.REOPENED], True),
        ([], False),
    ],
)
def test_a_channel_knows_a_blocker_once_it_was_told(happenings: list[Happening], *, expected: bool) -> None:
    found = BLOCKER
    events = [
        BlockerEvent("b", found.since + timedelta(days=n), each, found.severity) for n, each in enumerate(happenings)
    ]
    assert is_told(found, events) is expected
    again = replace(found, reopened_at=found.since + timedelta(days=30))
    assert not is_told(again, events)
