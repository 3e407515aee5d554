"""The traps of a framework file: what each rule looks at, read and checked against what the rule needs."""

import difflib
import re
from collections.abc import Collection, Mapping

from bot.content.reading import Reading
from bot.content.tree import Node
from bot.readiness.framework import FactRef, Framework, Trap
from bot.readiness.traps import DETECTIONS, Needs

_PARTS = ("dimensions", "facts", "thresholds", "words")
_WORD = re.compile(r"[^\s*]+( [^\s*]+)*")
"""What a word of a list is, its stars aside: small, with something to match beside them."""


def read_trap(read: Reading, node: Node, path: str) -> Trap:
    """One trap. What its `detection` does not know is a fault, and so is what it needs and does not find."""
    keys = read.mapping(node, path, "id code mistake name rule way_out detection", " ".join(_PARTS))
    detection = read.word(keys.get("detection"), f"{path}.detection")
    if detection and detection not in DETECTIONS:
        near = difflib.get_close_matches(detection, DETECTIONS, 1)
        read.fault(
            f"{path}.detection", f"expected {near[0] if near else 'one of ' + ', '.join(DETECTIONS)}, got {detection}"
        )
    needs = DETECTIONS.get(detection)
    if needs is None:
        # Without its rule nobody knows what belongs here: one fault, not one for every part.
        keys, needs = {name: node for name, node in keys.items() if name not in _PARTS}, Needs()
    return Trap(
        id=read.identifier(keys.get("id"), f"{path}.id"),
        code=read.code(keys.get("code"), f"{path}.code"),
        mistake=read.code(keys.get("mistake"), f"{path}.mistake"),
        name=read.text(keys.get("name"), f"{path}.name"),
        rule=read.text(keys.get("rule"), f"{path}.rule"),
        way_out=read.text(keys.get("way_out"), f"{path}.way_out"),
        detection=detection,
        dimensions={
            name: tuple(read.identifier(*each) for each in read.entries(part, f"{path}.dimensions.{name}"))
            for name, part in _named(read, keys, path, "dimensions", needs.dimensions).items()
        },
        facts={
            name: _fact(read, part, f"{path}.facts.{name}")
            for name, part in _named(read, keys, path, "facts", needs.facts).items()
        },
        thresholds={
            name: read.number(part, f"{path}.thresholds.{name}", 0, 1_000)
            for name, part in _named(read, keys, path, "thresholds", needs.thresholds).items()
        },
        words={
            name: _words(read, part, f"{path}.words.{name}")
            for name, part in _named(read, keys, path, "words", needs.words).items()
        },
    )


def lint_traps(framework: Framework, read: Reading) -> None:
    """What a trap looks at must be there: its dimensions, and the fields that some follow-up asks for."""
    fields = {
        dimension.id: [field for follow_up in dimension.follow_ups for field in follow_up.fields]
        for dimension in framework.dimensions
    }
    if not read.is_clean("dimensions"):
        return
    for place, trap in enumerate(framework.traps):
        path = f"traps[{place}]"
        for name, dimension_ids in trap.dimensions.items():
            if not dimension_ids and read.is_clean(f"{path}.dimensions.{name}"):
                read.fault(f"{path}.dimensions.{name}", "expected at least one dimension")
            for number, dimension_id in enumerate(dimension_ids):
                _known(read, f"{path}.dimensions.{name}[{number}]", dimension_id, fields)
        for name, fact in trap.facts.items():
            here = f"{path}.facts.{name}"
            if _known(read, f"{here}.dimension", fact.dimension_id, fields):
                _known(read, f"{here}.field", fact.field, fields[fact.dimension_id])


def _known(read: Reading, path: str, word: str, known: Collection[str]) -> bool:
    if word and word not in known:
        read.fault(path, f"expected one of {', '.join(known) or 'none'}, got {word}")
    return bool(word) and word in known


def _named(
    read: Reading, keys: Mapping[str, Node], path: str, part: str, needed: tuple[str, ...]
) -> Mapping[str, Node]:
    """The parts a rule needs, by the names it gives them."""
    if part in keys:
        return read.mapping(keys[part], f"{path}.{part}", " ".join(needed))
    if needed:
        read.fault(f"{path}.{part}", "missing")
    return {}


def _fact(read: Reading, node: Node, path: str) -> FactRef:
    keys = read.mapping(node, path, "dimension field")
    return FactRef(
        read.identifier(keys.get("dimension"), f"{path}.dimension"), read.identifier(keys.get("field"), f"{path}.field")
    )


def _words(read: Reading, node: Node, path: str) -> tuple[str, ...]:
    """A list by language, English at least; all languages count, as people type what comes to mind."""
    languages = read.keys(node, path)
    if isinstance(node.value, dict) and "en" not in languages:
        read.fault(f"{path}.en", "missing")
    found = []
    for language, listed in languages.items():
        for each, place in read.entries(listed, f"{path}.{language}"):
            word = read.word(each, place)
            if word and (word != word.lower() or not _WORD.fullmatch(word.replace("*", "").strip())):
                read.fault(place, f"expected small letters, with or without *, got {word}")
            found.append(word)
    return tuple(dict.fromkeys(word for word in found if word))
