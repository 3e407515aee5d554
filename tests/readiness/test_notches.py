"""One notch up: for what is near, and for what will not go away; once, and never into CRITICAL."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.readiness.assessment import Project
from bot.readiness.framework import Framework
from bot.readiness.milestone import Milestone
from bot.readiness.notches import declares_move, notched, survivors
from bot.readiness.scoring import Notch, Rating, Scorecard, Severity, from_plain, score
from tests.readiness.conftest import FRAMEWORK
from tests.readiness.strategies import asserted, linked, projects

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = NOW.date()
GOOD = {dimension.id: linked(3) for dimension in FRAMEWORK.dimensions}


def severities(card: Scorecard) -> dict[str, tuple[str, Notch | None]]:
    return {each.dimension_id: (each.severity.name, each.notch) for each in card.findings}


def test_what_the_next_stage_asks_weighs_more_once_the_move_is_declared_for_soon() -> None:
    card = score(FRAMEWORK, 3, 4, GOOD | {"D1": linked(2), "D2": linked(2), "D3": linked(1)})
    assert severities(notched(FRAMEWORK, card, move_declared=True, survivors=())) == {
        "D1": ("HIGH", Notch.DECLARED_MOVE),
        "D2": ("MEDIUM", Notch.DECLARED_MOVE),
        "D3": ("CRITICAL", None),
    }
    assert notched(FRAMEWORK, card, move_declared=False, survivors=()) is card


def test_what_outlived_two_reassessments_weighs_more_where_people_are_exposed() -> None:
    card = score(FRAMEWORK, 3, 4, GOOD | {"D3": asserted(2), "D1": linked(2)})
    assert severities(notched(FRAMEWORK, card, move_declared=False, survivors={"D3", "D1"})) == {
        "D1": ("MEDIUM", None),
        "D3": ("HIGH", Notch.SURVIVED),
    }


def test_a_high_finding_stays_high() -> None:
    card = score(FRAMEWORK, 3, 3, GOOD | {"D1": linked(1)})
    assert severities(notched(FRAMEWORK, card, move_declared=True, survivors={"D1"})) == {"D1": ("HIGH", None)}


def test_a_notch_can_make_barriers_compound() -> None:
    ratings = GOOD | {"D3": asserted(2), "D8": asserted(2), "D9": asserted(2)}
    card = score(FRAMEWORK, 3, 3, ratings)
    assert not card.compounding
    assert notched(FRAMEWORK, card, move_declared=False, survivors={"D3", "D8", "D9"}).compounding


@pytest.mark.parametrize(
    ("target", "day", "expected"),
    [
        (None, TODAY, False),
        (3, TODAY, False),
        (4, None, False),
        (4, TODAY + timedelta(days=31), False),
        (4, TODAY + timedelta(days=30), True),
        (4, TODAY, True),
        (5, TODAY - timedelta(days=1), True),
    ],
    ids=["default target", "no move meant", "no day", "far", "just near", "today", "overdue"],
)
def test_a_move_is_declared_by_a_target_and_a_near_day(target: int | None, day: date | None, *, expected: bool) -> None:
    project = Project("p", "churn", "Churn", "owner", 3, NOW, target=target, target_date=day)
    assert declares_move(project, TODAY) is expected


def history(*cards: tuple[str, dict[str, Rating]]) -> list[Milestone]:
    """Milestones by assessment and ratings, oldest first in the arguments, newest first in the list."""
    taken = [
        Milestone(f"m{n}", "p", name, n, NOW + timedelta(days=n), "bare", "1", score(FRAMEWORK, 3, 3, GOOD | ratings))
        for n, (name, ratings) in enumerate(cards, start=1)
    ]
    return taken[::-1]


D1, D3 = {"D1": linked(1)}, {"D3": asserted(2)}


@pytest.mark.parametrize(
    ("cards", "expected"),
    [
        ([("a1", D1)], set()),
        ([("a1", D1), ("a2", D1)], {"D1"}),
        ([("a1", D1), ("a1", D1), ("a1", D1)], set()),
        ([("a1", D1), ("a2", D1), ("a2", D3)], set()),
        ([("a1", D1 | D3), ("a2", D3), ("a2", D1 | D3), ("a3", D1)], {"D1", "D3"}),
        ([("a1", D1), ("a2", {}), ("a3", D1)], set()),
    ],
    ids=["one before", "two before", "edits are none", "gone by an edit", "this one does not count", "interrupted"],
)
def test_a_finding_survives_whole_assessments(cards: list[tuple[str, dict[str, Rating]]], expected: set[str]) -> None:
    assert survivors(history(*cards), "a3") == expected


def test_what_only_grew_old_after_an_assessment_did_not_outlive_it() -> None:
    first, second, aged = history(("a1", D1), ("a2", {}), ("a2", D1))[::-1]
    assert survivors([replace(aged, cause="edited"), second, first], "a3") == {"D1"}
    for cause in ("aged", "dated"):
        assert survivors([replace(aged, cause=cause), second, first], "a3") == set()


@given(projects(), st.booleans(), st.data())
def test_a_notch_is_one_step_and_never_makes_anything_critical(
    project: tuple[Framework, int, int | None, dict[str, Rating]], move_declared: bool, data: st.DataObject
) -> None:
    card = score(*project)
    outlived = data.draw(st.sets(st.sampled_from(sorted(project[3]))))
    after = notched(project[0], card, move_declared=move_declared, survivors=outlived)
    assert notched(project[0], after, move_declared=move_declared, survivors=outlived).findings == after.findings
    assert replace(after, findings=card.findings, compounding=card.compounding) == card
    for old, new in zip(card.findings, after.findings, strict=True):
        assert new.severity - old.severity == (1 if new.notch else 0)
        assert (new.severity is Severity.CRITICAL) == (old.severity is Severity.CRITICAL)


def test_a_card_stored_before_notches_were_kept_is_still_read() -> None:
    finding = {"dimension_id": "D1", "kind": "missing", "severity": "HIGH", "against": "exposure", "stage": 3}
    plain = {
        "framework_id": "f",
        "framework_version": "1",
        "exposure": 3,
        "target": 3,
        "stage": 2,
        "readiness": 2,
        "optimistic": 2,
        "standing": "ahead_of_readiness",
        "next_stage": None,
        "move_allowed": None,
        "findings": [{**finding, "need": 2, "claimed": 1, "effective": 1}],
        "barriers": {},
        "compounding": False,
        "index": 60,
        "exclusions": [],
    }
    assert from_plain(plain).findings[0].notch is None
