"""Framework files for tests: the one of the documentation, and the shipped one with another version."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
SHIPPED = ROOT / "bot" / "content" / "frameworks" / "poc_to_production.yaml"


def documented() -> str:
    """The example of `docs/framework.md`."""
    found = re.search(r"```yaml\n(.*?)```", (ROOT / "docs" / "framework.md").read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


def shipped(version: str, change: Callable[[dict[str, Any]], None] = lambda _: None) -> str:
    """The shipped framework under another version, changed."""
    content = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    content["version"] = version
    change(content)
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)


def without(dimension_id: str) -> Callable[[dict[str, Any]], None]:
    """A change: this dimension is gone."""

    def change(content: dict[str, Any]) -> None:
        content["dimensions"] = [each for each in content["dimensions"] if each["id"] != dimension_id]
        for stage in content["stages"]:
            stage["gate"] = [each for each in stage.get("gate", []) if each != dimension_id]
        for trap in content["traps"]:
            for group, members in trap.get("dimensions", {}).items():
                trap["dimensions"][group] = [each for each in members if each != dimension_id]

    return change


def relabelled(dimension_id: str) -> Callable[[dict[str, Any]], None]:
    """A change: the levels of this dimension read differently."""

    def change(content: dict[str, Any]) -> None:
        for each in content["dimensions"]:
            if each["id"] == dimension_id:
                each["levels"][2]["statement"]["en"] = "Something else is claimed now."

    return change


def faulty() -> str:
    """The documented example with three faults."""
    wrong = documented().replace("method: cumulative", "method: average").replace("bars: {2: 1,", "bars: {2: 3,")
    return wrong.replace("role: claims-lead", "role: nobody")


FILES: dict[str, Callable[[], str]] = {
    "claims.yaml": documented,
    "claims-changed.yaml": lambda: documented().replace("Look at ten decisions", "Look at twenty decisions"),
    "faulty.yaml": faulty,
    "shorter.yaml": lambda: shipped("1.1", without("feature-store-readiness")),
    "projects.csv": lambda: (
        "key,name,exposure,owner,team\ninvoice,Invoice reader,3,sofia,Finance\nnotes,Visit notes,1,,Care\n"
    ),
    "projects-faulty.csv": lambda: "key,name,exposure,owner\ninvoice,Invoice reader,9,sofa\nnotes,,1,\n",
    "projekte.csv": lambda: "key;name;exposure;team\nrechnung;Rechnungsleser;2;Einkauf\n",
}
"""The files that people of the transcripts have at hand."""
