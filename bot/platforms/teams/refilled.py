"""A form's card shown again: with what was typed, and with what is wrong with it. Pure."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

Json = dict[str, Any]
Fields = Mapping[str, str | tuple[str, ...] | None]


def with_opener(card: Json, opener: Mapping[str, str]) -> Json:
    """The card of a form whose submission also says what opened it, so that the form can be made again."""
    marked = deepcopy(card)
    for node in _nodes(marked):
        data = node.get("data")
        if isinstance(data, dict) and "form" in data:
            data["opener"] = dict(opener)
    return marked


def refilled(card: Json, fields: Fields, errors: Mapping[str, str], notice: str) -> Json:
    """The card with the submitted fields in its inputs; each error stands above its input, `notice` above all."""
    shown = deepcopy(card)
    body: list[Json] = [_warning(notice)]
    known = set()
    for element in shown.get("body", []):
        inputs = [node for node in _nodes(element) if str(node.get("type", "")).startswith("Input.")]
        for node in inputs:
            name = str(node.get("id", ""))
            known.add(name)
            if name in errors:
                body.append(_warning(errors[name]))
            if name in fields:
                _fill(node, fields[name])
        body.append(element)
    body[1:1] = [_warning(said) for name, said in errors.items() if name not in known]
    return shown | {"body": body}


def _fill(node: Json, given: str | tuple[str, ...] | None) -> None:
    if given is None:
        node.pop("value", None)
    else:
        node["value"] = ",".join(given) if isinstance(given, tuple) else given


def _warning(said: str) -> Json:
    # A TextBlock reads markdown; a TextRun does not.
    run = {"type": "TextRun", "text": said, "color": "attention"}
    return {"type": "RichTextBlock", "inlines": [run]}


def _nodes(node: object) -> Iterator[Json]:
    if isinstance(node, dict):
        yield node
        for inner in node.values():
            yield from _nodes(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _nodes(inner)
