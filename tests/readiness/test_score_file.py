"""The file `bridgehead score` reads: the worked cases with the shipped framework, and every way to get it wrong."""

import copy
import json
from typing import Any

import pytest

from bot.content.case import CaseFaults, score_case
from bot.content.reader import shipped_framework
from tests.readiness.conftest import CASES


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["name"])
def test_a_worked_case_gives_exactly_what_it_expects(case: dict[str, Any]) -> None:
    result = score_case(shipped_framework(), case)
    assert json.dumps(result) == json.dumps(case["expected"])


def good() -> dict[str, Any]:
    return copy.deepcopy(CASES["cases"][0])


def changed(**answers: Any) -> dict[str, Any]:
    case = good()
    for code, answer in answers.items():
        if answer is None:
            del case["answers"][code]
        else:
            case["answers"][code] = answer
    return case


L0 = {"level": 0, "ev": "asserted"}
FAULTS: list[tuple[object, list[str]]] = [
    (
        [],
        ["case: expected keys with values, got a list", "exposure_E: expected 1 to 5, got nothing", "answers: missing"],
    ),
    (good() | {"exposure_E": 7}, ["exposure_E: expected 1 to 5, got 7"]),
    (
        good() | {"exposure_E": True, "target_T": "3"},
        ["exposure_E: expected 1 to 5, got true", "target_T: expected 1 to 5, got 3"],
    ),
    (good() | {"answers": 5}, ["answers: expected keys with values, got 5"]),
    (
        good() | {"exposure": 2},
        ["exposure: unknown key, expected one of name, exposure_E, target_T, answers, expected"],
    ),
    (changed(D3={"level": 9, "ev": "asserted"}), ["answers.D3.level: expected 0 to 4, got 9"]),
    (changed(D3={"level": 1}), ["answers.D3.ev: expected one of asserted, linked, verified, got nothing"]),
    (changed(D3={"level": 1, "ev": "sworn"}), ["answers.D3.ev: expected one of asserted, linked, verified, got sworn"]),
    (changed(D3={}), ["answers.D3: expected one of level, unknown or na, got none"]),
    (
        changed(D3=L0 | {"unknown": True}),
        [
            "answers.D3: expected one of level, unknown or na, got level and unknown",
            "answers.D3.ev: expected only beside a level",
        ],
    ),
    (changed(D3={"unknown": False}), ["answers.D3.unknown: expected true, got false"]),
    (changed(D3={"na": True}), ["answers.D3.na: D3 always applies; expected a level or unknown"]),
    (changed(D3=L0 | {"contested": 3}), ["answers.D3.contested: expected a list of levels, got 3"]),
    (changed(D3=L0 | {"contested": [0, 8]}), ["answers.D3.contested[1]: expected 0 to 4, got 8"]),
    (
        changed(D3=L0 | {"note": "x"}),
        ["answers.D3.note: unknown key, expected one of level, ev, unknown, na, contested"],
    ),
    (changed(D4=None, D10=None), ["answers.D4: missing", "answers.D10: missing"]),
]


@pytest.mark.parametrize(("data", "faults"), FAULTS, ids=range(len(FAULTS)))
def test_every_fault_is_named_with_its_place_all_at_once(data: object, faults: list[str]) -> None:
    with pytest.raises(CaseFaults) as caught:
        score_case(shipped_framework(), data)
    assert list(caught.value.faults) == faults
