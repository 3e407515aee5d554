"""Reading typed values out of a tree, noting every fault and going on."""

import difflib
import re
from collections.abc import Iterator, Mapping

from bot.content.faults import Fault
from bot.content.tree import Node
from bot.readiness.framework import Text

LONGEST_TEXT = 1_000
LONGEST_LABEL = 60
"""Slack allows 75 characters on an option; the rest is for the level's number and a mark."""
LONGEST_CUE = 160

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_CODE = re.compile(r"[A-Z][A-Za-z]{0,3}[0-9]{1,3}")
_LANGUAGE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")


class Reading:
    """One pass over a file: `faults` so far, and where each path stands. A value that is wrong reads as empty."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self._places: dict[str, tuple[int, int]] = {}

    def fault(self, path: str, message: str) -> None:
        """Note a fault at a path; a path that is not in the file stands where its nearest parent does."""
        place = path
        while place and place not in self._places:
            place = re.sub(r"(\.[^.\[]*|\[\d+\]|^[^.\[]*)$", "", place)
        line, column = self._places.get(place, (1, 1))
        self.faults.append(Fault(path, line, column, message))

    def is_clean(self, path: str) -> bool:
        """No fault so far at this path or below."""
        return not any(f.path == path or f.path.startswith((f"{path}.", f"{path}[")) for f in self.faults)

    def mapping(self, node: Node, path: str, required: str, optional: str = "") -> Mapping[str, Node]:
        """The node's keys; `required` and `optional` are the allowed ones, as words."""
        needed, allowed = required.split(), [*required.split(), *optional.split()]
        keys = self.keys(node, path)
        for key, value in keys.items():
            if key not in allowed:
                near = difflib.get_close_matches(key, allowed, 1)
                hint = f"expected {near[0]}" if near else f"expected one of {', '.join(allowed)}"
                self._at(_join(path, key), value)
                self.fault(_join(path, key), f"unknown key, {hint}")
        if isinstance(node.value, dict):
            for key in needed:
                if key not in keys:
                    self.fault(_join(path, key), "missing")
        return {key: value for key, value in keys.items() if key in allowed}

    def keys(self, node: Node, path: str) -> Mapping[str, Node]:
        """The node as a mapping with free keys."""
        self._at(path, node)
        if not isinstance(node.value, dict):
            self.fault(path, f"expected keys with values, got {_shown(node)}")
            return {}
        return node.value

    def entries(self, node: Node | None, path: str) -> Iterator[tuple[Node, str]]:
        """The elements of a list, each with its path."""
        if node is None:
            return
        self._at(path, node)
        if not isinstance(node.value, list):
            self.fault(path, f"expected a list, got {_shown(node)}")
            return
        for place, each in enumerate(node.value):
            self._at(f"{path}[{place}]", each)
            yield each, f"{path}[{place}]"

    def text(self, node: Node | None, path: str, longest: int = LONGEST_TEXT) -> Text:
        """A text by language: English at least, none empty, none too long."""
        if node is None:
            return {}
        languages = self.keys(node, path)
        if isinstance(node.value, dict) and "en" not in languages:
            self.fault(f"{path}.en", "missing")
        return {language: self._words(each, f"{path}.{language}", longest) for language, each in languages.items()}

    def texts(self, node: Node | None, path: str) -> tuple[Text, ...]:
        """A list of texts."""
        return tuple(self.text(each, place) for each, place in self.entries(node, path))

    def lists(self, node: Node | None, path: str, longest: int) -> Mapping[str, tuple[str, ...]]:
        """Short texts by language, any number of each."""
        if node is None:
            return {}
        return {
            language: tuple(self._words(text, place, longest, language) for text, place in self.entries(each, at))
            for language, each in self.keys(node, path).items()
            if (at := f"{path}.{language}")
        }

    def identifier(self, node: Node | None, path: str) -> str:
        """A readable id: small letters, digits and hyphens."""
        return self._matching(node, path, _ID, "an id of small letters, digits and hyphens")

    def code(self, node: Node | None, path: str) -> str:
        """A short code such as D1."""
        return self._matching(node, path, _CODE, "a code such as D1")

    def word(self, node: Node | None, path: str) -> str:
        """A word of any kind, at most 80 characters."""
        return self._matching(node, path, re.compile(r"[^\n]{1,80}"), "a word")

    def number(self, node: Node | None, path: str, least: int, most: int | None = None) -> int:
        """A whole number from `least` to `most`."""
        if node is None:
            return least
        self._at(path, node)
        span = f"{least} to {most}" if most is not None else f"{least} or more"
        if type(node.value) is not int or node.value < least or (most is not None and node.value > most):
            self.fault(path, f"expected {span}, got {_shown(node)}")
            return least
        return node.value

    def numbers(self, node: Node | None, path: str, stages: range, least: int, most: int | None) -> Mapping[int, int]:
        """A number per stage of `stages`, every one given."""
        if node is None:
            return {}
        given = self.mapping(node, path, " ".join(str(stage) for stage in stages))
        return {int(stage): self.number(each, f"{path}.{stage}", least, most) for stage, each in given.items()}

    def flag(self, node: Node | None, path: str, *, left_out: bool = False) -> bool:
        """True or false; `left_out` when it is not there."""
        if node is None:
            return left_out
        self._at(path, node)
        if not isinstance(node.value, bool):
            self.fault(path, f"expected true or false, got {_shown(node)}")
            return left_out
        return node.value

    def _words(self, node: Node, path: str, longest: int, language: str | None = None) -> str:
        self._at(path, node)
        language = language if language is not None else path.rpartition(".")[2]
        if not _LANGUAGE.fullmatch(language):
            self.fault(path, "unknown key, expected a language such as en or de")
        if not isinstance(node.value, str) or not node.value.strip():
            self.fault(path, f"expected a text, got {_shown(node)}")
            return ""
        if len(node.value) > longest:
            self.fault(path, f"expected at most {longest} characters, got {len(node.value)}")
        return node.value

    def _matching(self, node: Node | None, path: str, pattern: re.Pattern[str], expected: str) -> str:
        if node is None:
            return ""
        self._at(path, node)
        if not isinstance(node.value, str) or not pattern.fullmatch(node.value):
            self.fault(path, f"expected {expected}, got {_shown(node)}")
            return ""
        return node.value

    def _at(self, path: str, node: Node) -> None:
        self._places[path] = (node.line, node.column)


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _shown(node: Node) -> str:
    if isinstance(node.value, dict):
        return "keys with values"
    if isinstance(node.value, list):
        return "a list"
    if node.value is None:
        return "nothing"
    if isinstance(node.value, bool):
        return str(node.value).lower()
    return str(node.value) if len(str(node.value)) <= 40 else f"{str(node.value)[:40]}…"
