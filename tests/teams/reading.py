"""A card read aloud: its words as a person reads them, buttons in brackets."""

import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
_LINK = re.compile(r"(?<!\\)\[((?:\\.|[^\[\]\\])*)\]\(([^()\s]*)\)")
_STYLE = re.compile(r"(?<![\\\w])(\*\*|_)(?=\S)(.+?)(?<=\S)(?<!\\)\1")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_AT = re.compile(r"<at>(.*?)</at>")


def plain(markdown: str) -> str:
    """Markdown as a client shows it."""
    text = _LINK.sub(lambda link: link[1], markdown)
    for _ in range(2):
        text = _STYLE.sub(lambda styled: styled[2], text)
    text = _AT.sub(lambda name: f"@{name[1]}", text)
    return _ESCAPE.sub(lambda escaped: escaped[1], text).replace("\u200a", "").replace("\u200b", "")


def read(card: Json) -> str:
    """The whole card, one element after another."""
    return "\n".join(filter(None, (_element(each) for each in card.get("body", []))))


def buttons(node: Any) -> Iterator[tuple[str, Json]]:
    """Every button by its title, those that unfold as well; with the action behind it."""
    if isinstance(node, dict):
        if str(node.get("type", "")).startswith("Action."):
            yield str(node.get("title", "")), node
        for name, inner in node.items():
            if name != "fallback":
                yield from buttons(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from buttons(inner)


def inputs(node: Any) -> Iterator[Json]:
    """Every input, in the order in which they stand."""
    if isinstance(node, dict):
        if str(node.get("type", "")).startswith("Input."):
            yield node
        for inner in node.values():
            yield from inputs(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from inputs(inner)


def _element(node: Json) -> str:
    match node.get("type"):
        case "TextBlock":
            return plain(str(node["text"]))
        case "RichTextBlock":
            return "".join(each if isinstance(each, str) else str(each["text"]) for each in node["inlines"])
        case "FactSet":
            return "\n".join(f"{plain(fact['title'])}: {plain(fact['value'])}" for fact in node["facts"])
        case "Table":
            rows = ([_lines(cell["items"]) for cell in row["cells"]] for row in node["rows"])
            return "\n".join(" | ".join(row) for row in rows)
        case "ColumnSet":
            return "\n".join(_lines(column.get("items", [])) for column in node["columns"])
        case "Container":
            return _lines(node["items"])
        case "ActionSet":
            return " ".join(_action(each) for each in node["actions"])
        case "Image":
            return f"({node.get('altText', '')})"
    if str(node.get("type")).startswith("Input."):
        titles = {each["value"]: each["title"] for each in node.get("choices", [])}
        held = str(node.get("value") or "")
        shown = ", ".join(titles.get(each, each) for each in held.split(",")) if titles else held
        return f"{node.get('label', '')} <{shown or node.get('placeholder', '')}>"
    raise AssertionError(f"no client shows a {node.get('type')}")


def _lines(nodes: list[Json]) -> str:
    return "\n".join(_element(each) for each in nodes)


def _action(action: Json) -> str:
    """A button; what unfolds below one asks whether it is meant."""
    return f"[{str(action['title']).removesuffix('…')}]"
