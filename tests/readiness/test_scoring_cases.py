"""The sixteen worked cases: the conformance test of the engine, every output exactly."""

from typing import Any

import pytest

from bot.readiness.assessment import AnswerKind, EvidenceStrength
from bot.readiness.framework import Framework
from bot.readiness.scoring import Rating, Scorecard, score
from tests.readiness.conftest import CASES


def ratings_of(case: dict[str, Any]) -> dict[str, Rating]:
    def rating(answer: dict[str, Any]) -> Rating:
        if answer.get("unknown"):
            return Rating()
        if answer.get("na"):
            return Rating(AnswerKind.NOT_APPLICABLE)
        contested = tuple(answer.get("contested", ()))
        return Rating(AnswerKind.LEVEL, answer["level"], EvidenceStrength(answer["ev"]), contested)

    return {dimension: rating(answer) for dimension, answer in case["answers"].items()}


def as_expected(card: Scorecard) -> dict[str, Any]:
    return {
        "target_T": card.target,
        "readiness_R": card.readiness,
        "readiness_if_unknowns_are_good": card.optimistic,
        "stage_M": card.stage,
        "standing": card.standing.value.replace("_", " "),
        "findings": {f.dimension_id: {"kind": f.kind.name, "severity": f.severity.name} for f in card.findings},
        "blockers": [finding.dimension_id for finding in card.blockers],
        "move_to_next_allowed": card.move_allowed,
        "barrier_exposure": dict(card.barriers),
        "compounding": card.compounding,
        "index_display_only": card.index,
    }


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["name"])
def test_every_output_of_the_case_comes_out_exactly(framework: Framework, case: dict[str, Any]) -> None:
    card = score(framework, case["exposure_E"], case.get("target_T"), ratings_of(case))
    assert as_expected(card) == case["expected"]
    assert str(card.barriers) == str(case["expected"]["barrier_exposure"])  # 1 and 1.0 as in the file, too


def test_there_are_sixteen_cases() -> None:
    assert len(CASES["cases"]) == 16
