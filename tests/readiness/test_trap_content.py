"""Traps in a framework file: what a rule needs must be there, every fault has its place."""

from typing import Any

import pytest

from bot.content.reader import FrameworkFaults, read_framework
from bot.readiness.framework import FactRef
from tests.readiness.test_framework_reader import small

FIELDS = {field: {"en": field.title()} for field in ("run-budget", "people", "cadence", "build")}
FOLLOW_UPS = [{"id": "run", "when": "always", "asks": "facts", "text": {"en": "?"}, "fields": FIELDS}]
MISTAKE = {"code": "M2", "kind": "mistake", "name": {"en": "No run"}, "text": {"en": "Nobody runs it."}}
TRAP: dict[str, Any] = {
    "id": "overhead",
    "code": "T2",
    "mistake": "M2",
    "name": {"en": "Overhead"},
    "rule": {"en": "No budget."},
    "way_out": {"en": "Plan it."},
    "detection": "operational_overhead",
    "dimensions": {"weak": ["speed"]},
    "facts": {
        name: {"dimension": "speed", "field": field}
        for name, field in (("budget", "run-budget"), ("people", "people"), ("cadence", "cadence"), ("build", "build"))
    },
    "thresholds": {"weak_at_most": 1, "high_from_exposure": 3, "run_percent_of_build": 15, "experiment": 1},
    "words": {"no": {"en": ["no", "none *"]}},
}


def with_trap(*changes: tuple[str, Any]) -> str:
    base = [("dimensions.0.follow_ups", FOLLOW_UPS), ("traps", [TRAP]), ("practices.0", MISTAKE | {"code": "K1"})]
    return small(*base, ("traps.0.mistake", "K1"), *changes)


def test_what_a_rule_looks_at_is_read() -> None:
    trap = read_framework(with_trap()).trap("overhead")
    assert trap.dimensions == {"weak": ("speed",)}
    assert trap.facts["budget"] == FactRef("speed", "run-budget")
    assert trap.thresholds["run_percent_of_build"] == 15
    assert trap.words == {"no": ("no", "none *")}


BROKEN: list[tuple[str, list[tuple[str, Any]], list[str]]] = [
    ("no detection", [("traps.0.detection", None)], ["traps[0].detection: missing"]),
    (
        "a detection that is none",
        [("traps.0.detection", "operational_overhaed")],
        ["traps[0].detection: expected operational_overhead, got operational_overhaed"],
    ),
    ("no facts", [("traps.0.facts", None)], ["traps[0].facts: missing"]),
    ("a fact that is missing", [("traps.0.facts.people", None)], ["traps[0].facts.people: missing"]),
    (
        "a fact of no dimension",
        [("traps.0.facts.people.dimension", "haste")],
        ["traps[0].facts.people.dimension: expected one of speed, got haste"],
    ),
    (
        "a fact that no follow-up asks for",
        [("traps.0.facts.people.field", "staff")],
        ["traps[0].facts.people.field: expected one of run-budget, people, cadence, build, got staff"],
    ),
    (
        "a dimension that is none",
        [("traps.0.dimensions.weak.0", "haste")],
        ["traps[0].dimensions.weak[0]: expected one of speed, got haste"],
    ),
    (
        "no dimension",
        [("traps.0.dimensions.weak", [])],
        ["traps[0].dimensions.weak: expected at least one dimension"],
    ),
    ("a threshold missing", [("traps.0.thresholds.experiment", None)], ["traps[0].thresholds.experiment: missing"]),
    (
        "a threshold below nothing",
        [("traps.0.thresholds.experiment", -1)],
        ["traps[0].thresholds.experiment: expected 0 to 1000, got -1"],
    ),
    (
        "a threshold of another rule",
        [("traps.0.thresholds.unmeasured_days", 90)],
        [
            (
                "traps[0].thresholds.unmeasured_days: unknown key, expected one of weak_at_most, high_from_exposure, "
                "run_percent_of_build, experiment"
            )
        ],
    ),
    ("words without English", [("traps.0.words.no", {"de": ["nein"]})], ["traps[0].words.no.en: missing"]),
    (
        "a word in capitals, and one of stars",
        [("traps.0.words.no.en", ["No", "*"])],
        [
            "traps[0].words.no.en[0]: expected small letters, with or without *, got No",
            "traps[0].words.no.en[1]: expected small letters, with or without *, got *",
        ],
    ),
]


@pytest.mark.parametrize(("changes", "faults"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_a_broken_trap_is_refused_with_its_place(changes: list[tuple[str, Any]], faults: list[str]) -> None:
    with pytest.raises(FrameworkFaults) as caught:
        read_framework(with_trap(*changes))
    assert [f"{fault.path}: {fault.message}" for fault in caught.value.faults] == faults
