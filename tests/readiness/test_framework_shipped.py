"""The shipped framework: the requirement table, every element of the source, every text in both languages."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from bot.content.reader import shipped_framework
from bot.readiness.framework import Framework
from tests.readiness.conftest import CASES, MAY_BE_LEFT_OUT, STRICT

FRAMEWORK = shipped_framework()
CODE = {dimension.id: dimension.code for dimension in FRAMEWORK.dimensions}
DOCS = Path(__file__).parents[2] / "docs"

DIMENSIONS = [
    "Data Pipeline Stability", "Feature Store Readiness", "Model Monitoring", "Rollback Capability",
    "Infrastructure Scalability", "Integration Completeness", "Governance and Compliance", "Team Ownership",
    "Business KPI Alignment", "User Adoption Plan",
]  # fmt: skip
BARRIERS = {
    "technical": "Technical barriers",
    "data": "Data challenges",
    "operational": "Operational gaps",
    "organizational": "Organizational barriers",
    "business": "Business alignment issues",
}
STAGES = ["Experimentation", "Formalized POC", "Production pilot", "Scaled deployment", "AI-optimized organization"]
PRACTICES = {
    "K1": "Design for scale",
    "K2": "MLOps early",
    "K3": "Data contracts",
    "K4": "Feedback loops",
    "P1": "Business problem first",
    "P2": "Operations and engineering from the start",
    "P3": "Production constraints in the POC",
    "P4": "Measure business outcomes",
    "P5": "Iterate on production feedback",
    "M1": "Tech-first",
    "M2": "Underestimated operations",
    "M3": "No business case",
}
ROLES = {
    "D1": "data-engineering", "D2": "ml-engineering", "D3": "ml-engineering", "D4": "operations", "D5": "operations",
    "D6": "engineering-manager", "D7": "risk", "D8": "engineering-manager", "D9": "business-sponsor",
    "D10": "user-lead",
}  # fmt: skip
# Tags by dimension for the steps to level 1, 2, 3 and 4; a mistake is what the step guards against.
TAGS = {
    "D1": "P3 | K1 | K3 | K2 K3",
    "D2": "P3 | K3 | K1 K2 | K2",
    "D3": "K4 | K2 | K2 P2 | K4 P5 M2",
    "D4": "K2 | K2 P3 | P2 | K2 K4",
    "D5": "K1 | K1 P3 | P2 | P4 M2",
    "D6": "P3 | K1 | P2 | K3",
    "D7": "P2 |  | K2 | K2",
    "D8": "P2 | P2 | M2 | P5",
    "D9": "P1 M1 | P1 P4 M3 | P4 | P4 P5",
    "D10": "P1 | P2 | K4 | K4 P5",
}


def test_the_ten_dimensions_of_the_source_are_there_in_its_order() -> None:
    assert [dimension.name["en"] for dimension in FRAMEWORK.dimensions] == DIMENSIONS
    assert list(CODE.values()) == [f"D{number}" for number in range(1, 11)]
    assert list(CODE) == [name.lower().replace(" ", "-") for name in DIMENSIONS]


def test_the_barriers_stages_practices_patterns_and_mistakes_of_the_source_are_there() -> None:
    assert {barrier.id: barrier.name["en"] for barrier in FRAMEWORK.barriers} == BARRIERS
    assert [barrier.code for barrier in FRAMEWORK.barriers] == ["B1", "B2", "B3", "B4", "B5"]
    assert [stage.name["en"] for stage in FRAMEWORK.stages] == STAGES
    assert {practice.code: practice.name["en"] for practice in FRAMEWORK.practices} == PRACTICES
    assert [(trap.code, trap.mistake) for trap in FRAMEWORK.traps] == [("T1", "M1"), ("T2", "M2"), ("T3", "M3")]


@pytest.mark.parametrize("stage", range(1, 6))
def test_bars_and_gates_are_those_of_the_worked_cases(stage: int) -> None:
    bars = {dimension.code: dimension.bar(stage) for dimension in FRAMEWORK.dimensions}
    assert bars == CASES["requirement_table"][str(stage)]
    assert {CODE[each] for each in FRAMEWORK.gate(stage)} == set(CASES["gate_sets"][str(stage)])


def test_barriers_evidence_roles_and_exclusions_are_those_of_the_rules() -> None:
    primary = {b.code: [d.code for d in FRAMEWORK.dimensions if d.primary == b.id] for b in FRAMEWORK.barriers}
    secondary = {b.code: [d.code for d in FRAMEWORK.dimensions if d.secondary == b.id] for b in FRAMEWORK.barriers}
    assert primary == CASES["barrier_primary"]
    assert secondary == CASES["barrier_secondary"]
    assert {d.code for d in FRAMEWORK.dimensions if d.strict_evidence} == STRICT
    assert {d.code for d in FRAMEWORK.dimensions if d.may_be_not_applicable} == MAY_BE_LEFT_OUT
    assert {d.code: d.role for d in FRAMEWORK.dimensions} == ROLES
    counts = (FRAMEWORK.asserted_cap, FRAMEWORK.strict_asserted_cap, FRAMEWORK.strict_from)
    assert (*counts, FRAMEWORK.linked_cap, FRAMEWORK.verified_cap) == (2, 1, 3, 3, 4)
    assert FRAMEWORK.default_targets == {1: 1, 2: 3, 3: 4, 4: 4, 5: 5}
    assert FRAMEWORK.intervals == {1: 90, 2: 45, 3: 30, 4: 90, 5: 180}


def test_every_step_up_names_where_it_comes_from() -> None:
    assert {d.code: " | ".join(" ".join(a.tags) for a in d.actions) for d in FRAMEWORK.dimensions} == TAGS


def test_structured_facts_are_asked_where_the_interview_needs_them() -> None:
    facts = {
        dimension.code: list(follow_up.fields)
        for dimension in FRAMEWORK.dimensions
        for follow_up in dimension.follow_ups
        if follow_up.asks == "facts"
    }
    ownership = ["owner-data-science", "owner-engineering", "owner-operations", "owner-business"]
    assert facts == {
        "D1": ["availability", "quality", "schema", "latency"],
        "D3": ["alert-receiver"],
        "D4": ["version-registry"],
        "D7": ["access-list"],
        "D8": [*ownership, "run-budget", "people-after-launch", "retraining-cadence", "build-effort"],
        "D9": ["problem", "measure", "baseline", "target", "amount", "period", "date", "sponsor", "measured"],
        "D10": ["changed-work"],
    }
    for dimension in FRAMEWORK.dimensions:
        assert [each.id for each in dimension.follow_ups[:2]] == ["evidence", "owner-and-date"]


def texts(value: object, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text of a framework: every mapping by language."""
    if isinstance(value, dict):
        if "en" in value:
            yield path, value
        else:
            for key, each in value.items():
                yield from texts(each, f"{path}.{key}")
    elif isinstance(value, tuple):
        for place, each in enumerate(value):
            yield from texts(each, f"{path}[{place}]")
    elif is_dataclass(value):
        for each in fields(value):
            if each.name not in ("by_id", "caps"):
                yield from texts(getattr(value, each.name), f"{path}.{each.name}")


def test_every_text_is_in_english_and_german_and_the_two_differ() -> None:
    both = dict(texts(FRAMEWORK))
    assert len(both) > 300
    assert [path for path, text in both.items() if set(text) != {"en", "de"} or not all(text.values())] == []
    assert [path for path, text in both.items() if text["en"] == text["de"]] == []


def test_no_failure_figure_is_asserted() -> None:
    assert [path for path, text in texts(FRAMEWORK) if re.search(r"\d+ ?(%|percent|prozent)", str(text), re.I)] == []


def table(framework: Framework) -> str:
    """The table of docs/framework.md, made from the file."""
    rows = [
        "| | dimension (id) | barrier | also | 2 | 3 | 4 | 5 | weighs heavier from | role | strict evidence |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for each in framework.dimensions:
        heavier = next(str(stage) for stage in range(1, 6) if each.id in framework.gate(stage))
        bars = " | ".join(str(each.bar(stage)) for stage in range(2, 6))
        rows.append(
            f"| {each.code} | {each.name['en']} (`{each.id}`) | {each.primary} | {each.secondary or ''} | {bars} "
            f"| {heavier} | {each.role} | {'yes' if each.strict_evidence else ''} |"
        )
    return "\n".join(rows)


def test_the_documented_table_is_the_one_of_the_file() -> None:
    assert table(FRAMEWORK) in (DOCS / "framework.md").read_text(encoding="utf-8")
