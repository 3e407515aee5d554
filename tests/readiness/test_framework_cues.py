"""Cues in a framework file: read by language, and every faulty one named with its place."""

from typing import Any

import pytest

from bot.content.reader import FrameworkFaults, read_framework
from bot.readiness.matching import propose
from tests.readiness.test_framework_reader import small


def with_cues(level: int, cues: Any, *more: tuple[str, Any]) -> str:
    return small((f"dimensions.0.levels.{level}.cues", cues), *more)


def test_a_framework_of_ones_own_may_bring_cues_in_any_language() -> None:
    framework = read_framework(with_cues(2, {"en": ["measured with_care"], "fr": ["mesuré*"]}))
    speed = framework.dimensions[0]
    assert speed.levels[2].cues == {"en": ("measured with_care",), "fr": ("mesuré*",)}
    for words, level in (("it was measured with care", 2), ("mesurée hier", 2), ("measured without care", None)):
        proposal = propose(speed, words)
        assert (proposal.level if proposal else None) == level, words


def test_cues_are_optional() -> None:
    assert all(not level.cues for level in read_framework(small()).dimensions[0].levels)


@pytest.mark.parametrize(
    ("cues", "path", "message"),
    [
        (["fast"], "dimensions[0].levels[2].cues", "expected keys with values, got a list"),
        ({"en": "fast"}, "dimensions[0].levels[2].cues.en", "expected a list, got fast"),
        ({"en": [7]}, "dimensions[0].levels[2].cues.en[0]", "expected a text, got 7"),
        ({"english": ["fast"]}, "dimensions[0].levels[2].cues.english[0]", "expected a language such as en or de"),
        ({"en": ["x" * 200]}, "dimensions[0].levels[2].cues.en[0]", "expected at most 160 characters, got 200"),
        ({"en": ["fast", "*"]}, "dimensions[0].levels[2].cues.en[1]", "expected words such as rehears*"),
        ({"en": ["fast, cheap"]}, "dimensions[0].levels[2].cues.en[0]", "expected words such as rehears*"),
        ({"en": ["not"]}, "dimensions[0].levels[2].cues.en[0]", "expected words such as rehears*"),
        ({"en": ["not fast"]}, "dimensions[0].levels[2].cues.en[0]", "expected no denial above level 1"),
        ({"de": ["nicht fast"]}, "dimensions[0].levels[2].cues.de[0]", "expected no denial above level 1"),
    ],
)
def test_a_faulty_cue_is_named_with_its_place(cues: Any, path: str, message: str) -> None:
    with pytest.raises(FrameworkFaults) as faults:
        read_framework(with_cues(2, cues))
    found = [(fault.path, fault.message) for fault in faults.value.faults]
    assert any(at == path and message in said for at, said in found), found
    assert all(fault.line > 1 for fault in faults.value.faults)


def test_one_cue_speaks_for_one_level() -> None:
    text = with_cues(2, {"en": ["fast enough"]}, ("dimensions.0.levels.3.cues", {"en": ["enough fast"]}))
    with pytest.raises(FrameworkFaults) as faults:
        read_framework(text)
    (fault,) = faults.value.faults
    assert fault.path == "dimensions[0].levels[3].cues.en[0]"
    assert "as at dimensions[0].levels[2].cues.en[0]" in fault.message
