"""The receipt: a stage is never reported without its answers and the rule line that caps it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given

from bot.readiness.assessment import Answer, AnswerKind, Evidence, EvidenceStrength
from bot.readiness.framework import Framework
from bot.readiness.receipts import AnswerLine, Cap, DimensionLine, Rule, Short, Why, receipt
from bot.readiness.scoring import Rating, rate_all, score
from tests.readiness.strategies import asserted, linked, projects, verified

ASSERTED, LINKED = EvidenceStrength.ASSERTED, EvidenceStrength.LINKED
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def answer(who: str, dimension: str, level: int | None, evidence: Evidence) -> Answer:
    kind = AnswerKind.UNKNOWN if level is None else AnswerKind.LEVEL
    return Answer(f"{who}-{dimension}", "p", "a", "i", dimension, who, kind, AT, level, evidence)


def test_each_short_dimension_says_why(framework: Framework) -> None:
    ratings = {d.id: linked(3) for d in framework.dimensions} | {
        "D1": linked(1),
        "D3": asserted(2),
        "D4": linked(0, 2, 0),
        "D6": linked(1),
        "D9": verified(2),
        "D10": Rating(),
    }
    found = receipt(framework, score(framework, 3, None, ratings), ratings, [], AT)
    assert found.first_missed == 3
    assert found.caps == (Cap(Rule.BARS, 3),)
    assert found.short == (
        Short("D1", Why.CLAIMED_TOO_LOW, 2, 1, 1, LINKED, 3, None, ASSERTED),
        Short("D3", Why.EVIDENCE_CAPPED, 2, 2, 1, ASSERTED, 1, 3, LINKED),
        Short("D4", Why.CONTESTED, 2, 0, 0, LINKED, 3, None, LINKED, (2, 0)),
        Short("D6", Why.CLAIMED_TOO_LOW, 2, 1, 1, LINKED, 3, None, ASSERTED),
        Short("D10", Why.UNKNOWN, 2, None, 0, None, None, None, LINKED),
    )


@pytest.mark.parametrize(
    ("exposure", "level", "caps"),
    [
        (2, 3, (Cap(Rule.EXPOSURE, 2),)),
        (4, 3, (Cap(Rule.BARS, 5), Cap(Rule.EXPOSURE, 4))),
        (5, 3, (Cap(Rule.BARS, 5),)),
        (5, 4, (Cap(Rule.HIGHEST_STAGE, 5),)),
    ],
)
def test_the_stage_is_capped_by_bars_by_exposure_or_by_both(
    framework: Framework, exposure: int, level: int, caps: tuple[Cap, ...]
) -> None:
    ratings = {d.id: verified(level) for d in framework.dimensions}
    assert receipt(framework, score(framework, exposure, None, ratings), ratings, [], AT).caps == caps


def test_every_answer_stands_in_the_receipt_and_the_one_that_counts_is_marked(framework: Framework) -> None:
    link = "https://example.org/rehearsal"
    answers = [
        answer("mei", "D4", 2, Evidence(LINKED, link)),
        answer("omar", "D4", 0, Evidence()),
        answer("dan", "D1", None, Evidence()),
    ]
    ratings = rate_all(framework, answers, {"role-D4": "omar"})
    lines = {
        line.dimension_id: line
        for line in receipt(framework, score(framework, 2, None, ratings), ratings, answers, AT).lines
    }
    assert lines["D4"] == DimensionLine(
        "D4",
        AnswerKind.LEVEL,
        0,
        0,
        excluded=False,
        answers=(
            AnswerLine(
                "mei-D4", "mei", AT, AnswerKind.LEVEL, 2, LINKED, LINKED, link, AT, None, None, False, False, None, None
            ),
            AnswerLine(
                "omar-D4",
                "omar",
                AT,
                AnswerKind.LEVEL,
                0,
                ASSERTED,
                ASSERTED,
                None,
                AT,
                None,
                None,
                True,
                False,
                None,
                None,
            ),
        ),
    )
    assert [line.counted for line in lines["D1"].answers] == [True]
    assert lines["D2"].answers == ()


@given(projects())
def test_a_stage_below_the_highest_always_names_what_caps_it(
    project: tuple[Framework, int, int | None, dict[str, Rating]],
) -> None:
    framework, exposure, target, ratings = project
    card = score(framework, exposure, target, ratings)
    found = receipt(framework, card, ratings, [], AT)
    assert found.caps
    assert bool(found.short) is (card.readiness < 5)
    assert [line.dimension_id for line in found.lines] == [d.id for d in framework.dimensions]
