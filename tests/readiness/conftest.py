"""A framework with nothing but ids and bars, built from the worked cases, so that scoring is tested on its own."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.readiness.framework import Action, Barrier, Dimension, Framework, Level, Role, Stage

CASES: dict[str, Any] = json.loads((Path(__file__).parent / "readiness_cases.json").read_text(encoding="utf-8"))
STRICT = frozenset({"D3", "D4", "D7", "D8", "D9", "D10"})
MAY_BE_LEFT_OUT = frozenset({"D2", "D10"})


def words(text: str) -> dict[str, str]:
    return {"en": text, "de": text}


def bare_dimension(code: str, bars: dict[int, int], primary: str, secondary: str | None = None) -> Dimension:
    return Dimension(
        id=code,
        code=code,
        name=words(code),
        question=words(f"{code}?"),
        probes=(),
        primary=primary,
        secondary=secondary,
        bars=bars,
        levels=tuple(Level(number, words(f"{code} {number}"), words(f"{code} at {number}")) for number in range(5)),
        proofs=(),
        actions=tuple(Action(to, words(f"{code} to {to}"), ("K1",)) for to in range(1, 5)),
        role=f"role-{code}",
        strict_evidence=code in STRICT,
        may_be_not_applicable=code in MAY_BE_LEFT_OUT,
        not_applicable_reasons={"none-here": words("none here")} if code in MAY_BE_LEFT_OUT else {},
    )


def bare_framework(dimensions: tuple[Dimension, ...], gates: dict[int, frozenset[str]], **more: Any) -> Framework:
    barriers = sorted(
        {dimension.primary for dimension in dimensions} | {d.secondary for d in dimensions if d.secondary}
    )
    return Framework(
        id="bare",
        version="1",
        method="cumulative",
        name=words("Bare"),
        dimensions=dimensions,
        barriers=tuple(Barrier(code, code, words(code), words(code)) for code in barriers),
        stages=tuple(
            Stage(n, f"s{n}", words(f"S{n}"), words(f"S{n}"), words(f"S{n}"), words(f"E{n}"), gates.get(n, frozenset()))
            for n in range(1, 6)
        ),
        practices=(),
        roles=tuple(Role(dimension.role, words(dimension.role)) for dimension in dimensions),
        traps=(),
        default_targets={1: 1, 2: 3, 3: 4, 4: 4, 5: 5},
        intervals={1: 90, 2: 45, 3: 30, 4: 90, 5: 180},
        **more,
    )


def framework_of_the_cases() -> Framework:
    table = CASES["requirement_table"]
    primary = {d: barrier for barrier, codes in CASES["barrier_primary"].items() for d in codes}
    secondary = {d: barrier for barrier, codes in CASES["barrier_secondary"].items() for d in codes}
    dimensions = tuple(
        bare_dimension(
            code, {stage: table[str(stage)][code] for stage in range(2, 6)}, primary[code], secondary.get(code)
        )
        for code in (f"D{number}" for number in range(1, 11))
    )
    return bare_framework(dimensions, {int(stage): frozenset(codes) for stage, codes in CASES["gate_sets"].items()})


FRAMEWORK = framework_of_the_cases()


@pytest.fixture
def framework() -> Framework:
    return FRAMEWORK
