"""YAML with places: every value knows its line and column. Safe by construction: no tags, no aliases, bounded."""

import re
from dataclasses import dataclass
from typing import Any, NoReturn

import yaml

from bot.content.faults import Fault, FrameworkFaults

MOST_CHARACTERS = 1_000_000
DEEPEST = 12

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"-?\d{1,9}")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True, slots=True)
class Node:
    """A mapping (keys as text), a list, or a plain value, with its place; lines and columns count from 1."""

    value: "dict[str, Node] | list[Node] | str | int | bool | None"
    line: int
    column: int


def tree(text: str) -> Node:
    """The one document in `text`. Raises FrameworkFaults with the place of whatever cannot be read."""
    if len(text) > MOST_CHARACTERS:
        raise FrameworkFaults((Fault("", 1, 1, f"expected at most {MOST_CHARACTERS} characters, got {len(text)}"),))
    try:
        return _build(text)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise FrameworkFaults((Fault("", line, column, f"expected YAML, got: {fault.problem}"),)) from None
    except yaml.YAMLError as fault:
        raise FrameworkFaults((Fault("", 1, 1, f"expected YAML, got: {fault}"),)) from None


def _build(text: str) -> Node:
    # Built from events, not by the recursive composer: depth is bounded before anything nests.
    open_nodes: list[Node] = []
    keys: list[str | None] = []
    root: Node | None = None
    for event in yaml.parse(text, Loader=_Loader):
        match event:
            case yaml.AliasEvent():
                _refuse(event, "expected the value itself, got an alias")
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent() | yaml.ScalarEvent():
                node = _node(event)
                if open_nodes:
                    _place(open_nodes[-1], keys, node, event)
                elif root is not None:
                    _refuse(event, "expected one document")
                else:
                    root = node
                if not isinstance(event, yaml.ScalarEvent):
                    open_nodes.append(node)
                    keys.append(None)
                    if len(open_nodes) > DEEPEST:
                        _refuse(event, f"expected at most {DEEPEST} levels of nesting")
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                open_nodes.pop()
                keys.pop()
            case _:
                pass
    return root or Node(None, 1, 1)


def _place(parent: Node, keys: list[str | None], node: Node, event: Any) -> None:
    if isinstance(parent.value, list):
        parent.value.append(node)
        return
    assert isinstance(parent.value, dict), parent
    key = keys[-1]
    if key is None:
        if not isinstance(event, yaml.ScalarEvent):
            _refuse(event, "expected a word as key")
        if event.value in parent.value:
            _refuse(event, f"expected each key once, got {event.value} again")
        keys[-1] = event.value
    else:
        parent.value[key] = node
        keys[-1] = None


def _node(event: Any) -> Node:
    if event.tag is not None and event.tag != "!":
        _refuse(event, f"expected a plain value, got the tag {event.tag}")
    line, column = event.start_mark.line + 1, event.start_mark.column + 1
    if isinstance(event, yaml.MappingStartEvent):
        return Node({}, line, column)
    if isinstance(event, yaml.SequenceStartEvent):
        return Node([], line, column)
    return Node(_plain(event.value) if event.implicit[0] else event.value, line, column)


def _plain(text: str) -> str | int | bool | None:
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _INTEGER.fullmatch(text) else text


def _refuse(event: Any, expected: str) -> NoReturn:
    mark = event.start_mark
    raise FrameworkFaults((Fault("", mark.line + 1, mark.column + 1, expected),))
