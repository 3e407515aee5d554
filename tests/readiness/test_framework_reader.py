"""Broken framework files: the whole list of faults, each with its place."""

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.content.reader import FrameworkFaults, read_framework

SMALL: dict[str, Any] = {
    "id": "small",
    "version": "1",
    "method": "cumulative",
    "name": {"en": "Small"},
    "counts": {"unknown": 0, "asserted": 2, "asserted_strict": 1, "strict_from_stage": 3, "linked": 3, "verified": 4},
    "default_targets": {1: 1, 2: 3, 3: 4, 4: 4, 5: 5},
    "reassess_after_days": {1: 90, 2: 45, 3: 30, 4: 90, 5: 180},
    "roles": [{"id": "boss", "name": {"en": "Boss"}}],
    "barriers": [{"id": "time", "code": "B1", "name": {"en": "Time"}, "text": {"en": "No time."}}],
    "stages": [
        {"number": n, "id": f"s{n}", "gate": ["speed"]} | {k: {"en": k} for k in ("name", "text", "focus", "exposure")}
        for n in range(1, 6)
    ],
    "practices": [{"code": "K1", "kind": "practice", "name": {"en": "Do"}, "text": {"en": "Do it."}}],
    "traps": [],
    "dimensions": [
        {
            "id": "speed",
            "code": "D1",
            "name": {"en": "Speed"},
            "question": {"en": "How fast?"},
            "probes": [],
            "barrier": {"primary": "time"},
            "role": "boss",
            "bars": {2: 1, 3: 2, 4: 3, 5: 4},
            "levels": [{"number": n, "label": {"en": f"L{n}"}, "statement": {"en": f"Level {n}."}} for n in range(5)],
            "proofs": [],
            "actions": [{"to": n, "text": {"en": f"To {n}."}, "tags": ["K1"]} for n in range(1, 5)],
        }
    ],
}


class _NoAliases(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def small(*changes: tuple[str, Any]) -> str:
    """The small file with values set, or removed (None), at paths such as `dimensions.0.bars.3`."""
    data = copy.deepcopy(SMALL)
    for path, value in changes:
        at: Any = data
        *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
        for part in way:
            at = at[part]
        if value is None:
            del at[last]
        else:
            at[last] = copy.deepcopy(value)
    return yaml.dump(data, Dumper=_NoAliases, sort_keys=False)


FACTS = {"id": "watch", "when": "always", "asks": "facts", "text": {"en": "Who?"}, "fields": {"watcher": {"en": "Who"}}}
CHECK = {"id": "watched", "of": "speed", "asks": "speed", "needs": "watcher", "text": {"en": "Nobody watches."}}


def checked(**changes: Any) -> list[tuple[str, Any]]:
    """A file with one check, changed so."""
    return [("dimensions.0.follow_ups", [FACTS]), ("checks", [{**CHECK, **changes}])]


BROKEN: list[tuple[str, list[tuple[str, Any]], list[str]]] = [
    ("a check of a dimension that is none", checked(of="pace"), ["checks[0].of: expected one of speed, got pace"]),
    (
        "a check that needs what nobody is asked",
        checked(needs="driver"),
        ["checks[0].needs: expected a fact that speed is asked for (watcher), got driver"],
    ),
    (
        "a check that is never true",
        checked(level_at_least=3, level_at_most=2),
        ["checks[0].level_at_least: never true: expected at most 2"],
    ),
    (
        "a check that is always true",
        [("checks", [{key: value for key, value in CHECK.items() if key != "needs"}])],
        ["checks[0].needs: always true: expected a fact it needs, or levels it looks at"],
    ),
    ("a text without English", [("dimensions.0.name", {"de": "Tempo"})], ["dimensions[0].name.en: missing"]),
    (
        "an empty text",
        [("dimensions.0.levels.2.label.en", " ")],
        ["dimensions[0].levels[2].label.en: expected a text, got  "],
    ),
    ("a missing text", [("barriers.0.text", None)], ["barriers[0].text: missing"]),
    (
        "a label for no button",
        [("dimensions.0.levels.2.label.en", "x" * 61)],
        ["dimensions[0].levels[2].label.en: expected at most 60 characters, got 61"],
    ),
    (
        "a language that is none",
        [("name.german", "Klein")],
        ["name.german: unknown key, expected a language such as en or de"],
    ),
    (
        "an unknown key with a near one",
        [("dimensions.0.quesiton", {"en": "?"})],
        ["dimensions[0].quesiton: unknown key, expected question"],
    ),
    ("an unknown method", [("method", "average")], ["method: expected cumulative, got average"]),
    (
        "an unknown barrier, role, tag and gate",
        [
            ("dimensions.0.barrier.primary", "money"),
            ("dimensions.0.role", "king"),
            ("dimensions.0.actions.0.tags.0", "K9"),
            ("stages.0.gate.0", "haste"),
        ],
        [
            "stages[0].gate: expected one of speed, got haste",
            "dimensions[0].barrier.primary: expected one of time, got money",
            "dimensions[0].role: expected one of boss, got king",
            "dimensions[0].actions[0].tags[0]: expected one of K1, got K9",
        ],
    ),
    (
        "ids that clash",
        [
            ("roles", [SMALL["roles"][0], SMALL["roles"][0]]),
            ("practices.0.code", "B1"),
            ("dimensions.0.actions.0.tags", []),
            ("dimensions.0.actions.1.tags", []),
            ("dimensions.0.actions.2.tags", []),
            ("dimensions.0.actions.3.tags", []),
        ],
        [
            "roles[1].id: expected an id of its own, got boss as at roles[0].id",
            "practices[0].code: expected an id of its own, got B1 as at barriers[0].code",
        ],
    ),
    (
        "a bar that falls",
        [("dimensions.0.bars.4", 1)],
        ["dimensions[0].bars.4: a bar must not fall between stages: expected 2 or more, got 1"],
    ),
    (
        "a bar above the rubric",
        [("dimensions.0.bars.5", 5)],
        ["dimensions[0].bars.5: unreachable: expected 0 to 4, got 5"],
    ),
    (
        "a bar no evidence carries",
        [("counts.verified", 3)],
        ["dimensions[0].bars.5: unreachable: no evidence counts for more than 3, got 4"],
    ),
    ("a missing bar", [("dimensions.0.bars.3", None)], ["dimensions[0].bars.3: missing"]),
    (
        "a missing level",
        [("dimensions.0.levels.4", None)],
        ["dimensions[0].levels: expected levels 0 to 4 in order, got 0, 1, 2, 3"],
    ),
    (
        "levels the wrong way round",
        [("dimensions.0.levels.1.number", 2), ("dimensions.0.levels.2.number", 1)],
        [
            (
                "dimensions[0].levels: a higher level would make a result worse: "
                "expected levels 0 to 4 in order, got 0, 2, 1, 3, 4"
            )
        ],
    ),
    (
        "a missing action",
        [("dimensions.0.actions.0", None)],
        ["dimensions[0].actions: expected one action to each level 1 to 4 in order, got 2, 3, 4"],
    ),
    (
        "evidence that counts for less when stronger",
        [("counts.asserted", 4)],
        ["counts.linked: stronger evidence would make a result worse: expected at least 4 as asserted, got 3"],
    ),
    (
        "an unknown that pays",
        [("counts.unknown", 4)],
        ["counts.unknown: an unknown would raise a result: expected 0, got 4"],
    ),
    (
        "wrong types",
        [
            ("counts.linked", "three"),
            ("roles", "boss"),
            ("dimensions.0.probes", {"en": "?"}),
            ("dimensions.0.strict_evidence", "yes please"),
            ("dimensions.0.bars.2", True),
        ],
        [
            "counts.linked: expected 0 to 4, got three",
            "roles: expected a list, got boss",
            "dimensions[0].probes: expected a list, got keys with values",
            "dimensions[0].bars.2: expected 0 or more, got true",
            "dimensions[0].strict_evidence: expected true or false, got yes please",
        ],
    ),
    ("a target below exposure", [("default_targets.4", 3)], ["default_targets.4: expected 4 to 5, got 3"]),
    ("stages out of order", [("stages.4", None)], ["stages: expected stages 1 to 5 in order, got 1, 2, 3, 4"]),
    (
        "a follow-up that never comes",
        [("follow_ups", [{"id": "x", "when": "sometimes", "asks": "money", "text": {"en": "?"}}])],
        [
            (
                "follow_ups[0].when: expected level_at_least:N, counts_for_less, level_below_bar or always, "
                "joined by ' or '"
            ),
            "follow_ups[0].asks: expected one of evidence, owner_and_date, facts, got money",
        ],
    ),
    (
        "an empty framework",
        [("dimensions", [])],
        [
            "dimensions: expected at least one",
        ],
    ),
]


@pytest.mark.parametrize(("changes", "faults"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_a_broken_file_is_refused_with_all_of_its_faults(changes: list[tuple[str, Any]], faults: list[str]) -> None:
    with pytest.raises(FrameworkFaults) as caught:
        read_framework(small(*changes))
    assert [f"{fault.path}: {fault.message}" for fault in caught.value.faults] == faults


UNREADABLE = [
    ("", ["line 1, column 1: expected keys with values, got nothing", "missing"]),
    ("a: [1", ["line 2, column 1: expected YAML"]),
    ("a: 1\na: 2", ["line 2, column 1: expected each key once, got a again"]),
    ("a: &x 1\nb: *x", ["line 2, column 4: expected the value itself, got an alias"]),
    ("a: !!python/name:os.system x", ["line 1, column 4: expected a plain value, got the tag"]),
    ("[" * 13, ["line 1, column 13: expected at most 12 levels of nesting"]),
    ("? [a]\n: 1", ["line 1, column 3: expected a word as key"]),
    ("--- a\n--- b", ["line 2, column 5: expected one document"]),
    ("x" * 1_000_001, ["line 1, column 1: expected at most 1000000 characters, got 1000001"]),
]


@pytest.mark.parametrize(("text", "parts"), UNREADABLE, ids=range(len(UNREADABLE)))
def test_what_is_not_plain_yaml_is_refused_with_its_place(text: str, parts: list[str]) -> None:
    with pytest.raises(FrameworkFaults) as caught:
        read_framework(text)
    for part in parts[:1]:
        assert str(caught.value).startswith(part)


def test_a_fault_stands_at_its_line_and_column() -> None:
    text = small(("dimensions.0.bars.4", 1))
    with pytest.raises(FrameworkFaults) as caught:
        read_framework(text)
    (fault,) = caught.value.faults
    assert text.splitlines()[fault.line - 1][: fault.column + 1].strip() == "4: 1"
    assert str(fault).startswith(f"line {fault.line}, column {fault.column}: dimensions[0].bars.4: ")


def test_a_file_in_english_alone_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(small(), encoding="utf-8")
    assert read_framework(path) == read_framework(small())
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FrameworkFaults, match="expected UTF-8 text"):
        read_framework(path)
