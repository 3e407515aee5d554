"""A project to score, as a JSON or YAML file says it: the input and output of `bridgehead score`."""

from collections.abc import Mapping
from typing import Any

from bot.content.faults import CaseFaults
from bot.readiness.assessment import AnswerKind, EvidenceStrength
from bot.readiness.framework import LEVELS, STAGES, Dimension, Framework
from bot.readiness.scoring import Rating, Scorecard, score

__all__ = ["CaseFaults", "score_case"]

_KEYS = ("name", "exposure_E", "target_T", "answers", "expected")
_ANSWER_KEYS = ("level", "ev", "unknown", "na", "contested")
_STRENGTHS = tuple(strength.value for strength in EvidenceStrength)


def score_case(framework: Framework, data: object) -> dict[str, Any]:
    """Score one case: `exposure_E` 1 to 5, optional `target_T`, and `answers` by dimension code.

    An answer is `{"level": 0-4, "ev": "asserted|linked|verified"}`, `{"unknown": true}` or `{"na": true}`;
    `contested` beside a level holds the levels that differ. `name` and `expected` are allowed and ignored. The result
    is JSON-safe. Raises CaseFaults with every fault and its place.
    """
    faults: list[str] = []
    case = _mapping(data, "", faults)
    _unknown_keys(case, _KEYS, "", faults)
    exposure = _whole(case.get("exposure_E"), 1, STAGES[-1], "exposure_E", faults)
    target = _whole(case["target_T"], 1, STAGES[-1], "target_T", faults) if case.get("target_T") is not None else None
    ratings = _ratings(framework, case, faults)
    if faults:
        raise CaseFaults(faults)
    return _result(framework, score(framework, exposure, target, ratings))


def _ratings(framework: Framework, case: Mapping[str, Any], faults: list[str]) -> dict[str, Rating]:
    if "answers" not in case:
        faults.append("answers: missing")
        return {}
    answers = _mapping(case["answers"], "answers", faults)
    if answers or case["answers"] == {}:
        _unknown_keys(answers, tuple(dimension.code for dimension in framework.dimensions), "answers", faults)
        faults += [f"answers.{d.code}: missing" for d in framework.dimensions if d.code not in answers]
    return {
        dimension.id: _rating(dimension, answers[dimension.code], f"answers.{dimension.code}", faults)
        for dimension in framework.dimensions
        if dimension.code in answers
    }


def _rating(dimension: Dimension, data: object, path: str, faults: list[str]) -> Rating:
    before = len(faults)
    answer = _mapping(data, path, faults)
    _unknown_keys(answer, _ANSWER_KEYS, path, faults)
    said = [key for key in ("level", "unknown", "na") if key in answer]
    if len(faults) == before and len(said) != 1:
        faults.append(f"{path}: expected one of level, unknown or na, got {' and '.join(said) or 'none'}")
    if said != ["level"]:
        faults += [f"{path}.{key}: expected only beside a level" for key in ("ev", "contested") if key in answer]
    for key in ("unknown", "na"):
        if key in answer and answer[key] is not True:
            faults.append(f"{path}.{key}: expected true, got {_shown(answer[key])}")
    if "na" in answer and not dimension.may_be_not_applicable:
        faults.append(f"{path}.na: {dimension.code} always applies; expected a level or unknown")
    rating = _level(answer, path, faults) if said == ["level"] else Rating()
    if len(faults) > before:
        return Rating()
    return Rating(AnswerKind.NOT_APPLICABLE) if said == ["na"] else rating


def _level(answer: Mapping[str, Any], path: str, faults: list[str]) -> Rating:
    level = _whole(answer["level"], 0, LEVELS[-1], f"{path}.level", faults)
    strength = answer.get("ev")
    if strength not in _STRENGTHS:
        got = "nothing" if "ev" not in answer else _shown(strength)
        faults.append(f"{path}.ev: expected one of {', '.join(_STRENGTHS)}, got {got}")
        strength = EvidenceStrength.ASSERTED
    contested = answer.get("contested", [])
    if not isinstance(contested, list) or ("contested" in answer and len(contested) < 2):
        faults.append(f"{path}.contested: expected a list of levels, got {_shown(contested)}")
        contested = []
    levels = tuple(
        _whole(each, 0, LEVELS[-1], f"{path}.contested[{place}]", faults) for place, each in enumerate(contested)
    )
    return Rating(AnswerKind.LEVEL, level, EvidenceStrength(strength), levels)


def _result(framework: Framework, card: Scorecard) -> dict[str, Any]:
    code = {dimension.id: dimension.code for dimension in framework.dimensions}
    return {
        "target_T": card.target,
        "readiness_R": card.readiness,
        "readiness_if_unknowns_are_good": card.optimistic,
        "stage_M": card.stage,
        "standing": card.standing.value.replace("_", " "),
        "findings": {
            code[finding.dimension_id]: {"kind": finding.kind.name, "severity": finding.severity.name}
            for finding in card.findings
        },
        "blockers": [code[finding.dimension_id] for finding in card.blockers],
        "move_to_next_allowed": card.move_allowed,
        "barrier_exposure": {barrier.code: card.barriers[barrier.id] for barrier in framework.barriers},
        "compounding": card.compounding,
        "index_display_only": card.index,
    }


def _mapping(data: object, path: str, faults: list[str]) -> Mapping[str, Any]:
    if isinstance(data, dict):
        return {str(key): value for key, value in data.items()}
    faults.append(f"{path or 'case'}: expected keys with values, got {_shown(data)}")
    return {}


def _unknown_keys(data: Mapping[str, Any], allowed: tuple[str, ...], path: str, faults: list[str]) -> None:
    faults += [
        f"{path}.{key}: unknown key, expected one of {', '.join(allowed)}".lstrip(".")
        for key in data
        if key not in allowed
    ]


def _whole(value: object, least: int, most: int, path: str, faults: list[str]) -> int:
    if type(value) is int and least <= value <= most:
        return value
    faults.append(f"{path}: expected {least} to {most}, got {_shown(value)}")
    return least


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "keys with values"
    if isinstance(value, list):
        return "a list"
    return str(value)[:40]
