"""A framework file to a Framework, or all of its faults at once, each with line, column and path."""

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path

from bot.content.faults import Fault, FrameworkFaults
from bot.content.lint import lint
from bot.content.reading import LONGEST_CUE, LONGEST_LABEL, Reading
from bot.content.trap_reading import read_trap
from bot.content.tree import MOST_CHARACTERS, Node, tree
from bot.readiness.framework import (
    Action,
    Barrier,
    Check,
    Dimension,
    FollowUp,
    Framework,
    Level,
    Ownership,
    Practice,
    Role,
    Stage,
)
from bot.readiness.framework_versions import FrameworkKey, key_of

__all__ = [
    "Fault",
    "FrameworkFaults",
    "read_framework",
    "reread_framework",
    "shipped_framework",
    "shipped_frameworks",
]

_ONE_WHEN = r"(level_at_least:[1-4]|counts_for_less|level_below_bar|always)"
_WHEN = re.compile(rf"{_ONE_WHEN}( or {_ONE_WHEN})*")
_ASKS = ("evidence", "owner_and_date", "facts")
_KINDS = ("practice", "pattern", "mistake")
_SHIPPED = resources.files("bot.content").joinpath("frameworks")
NEWEST = "poc_to_production.yaml"
"""The file of the newest version; the ones before stand beside it as `poc_to_production-1.0.yaml` and so on."""


def read_framework(text_or_path: str | Path) -> Framework:
    """The framework in a YAML text, or in the file at a Path.

    Raises FrameworkFaults with every fault found; OSError when the file cannot be opened.
    """
    return _framework(tree(_opened(text_or_path) if isinstance(text_or_path, Path) else text_or_path))


def reread_framework(text: str) -> Framework:
    """The framework in a text that was accepted before.

    It is not linted again: a linter that has grown stricter meanwhile must not take away what results were made by.
    """
    return _framework(tree(text), linted=False)


@cache
def shipped_framework() -> Framework:
    """The framework Bridgehead brings: from proof of concept to production. Read once per process."""
    return read_framework(_SHIPPED.joinpath(NEWEST).read_text(encoding="utf-8"))


@cache
def shipped_frameworks() -> Mapping[FrameworkKey, Framework]:
    """Every version that Bridgehead ever brought; a file once released stays here for ever."""
    files = sorted((each for each in _SHIPPED.iterdir() if each.name.endswith(".yaml")), key=lambda each: each.name)
    read = [reread_framework(each.read_text(encoding="utf-8")) for each in files]
    return {key_of(framework): framework for framework in read}


def _opened(path: Path) -> str:
    if path.stat().st_size > 4 * MOST_CHARACTERS:
        raise FrameworkFaults((Fault("", 1, 1, f"expected at most {MOST_CHARACTERS} characters"),))
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise FrameworkFaults((Fault("", 1, 1, "expected UTF-8 text"),)) from None


def _framework(root: Node, *, linted: bool = True) -> Framework:
    read = Reading()
    top = read.mapping(
        root,
        "",
        "id version method name counts default_targets reassess_after_days roles barriers stages practices traps "
        "dimensions",
        "follow_ups checks index_full_level most_exclusions ownership",
    )
    stages, levels = range(1, 6), 4
    counts = (
        read.mapping(node, "counts", "unknown asserted asserted_strict strict_from_stage linked verified")
        if (node := top.get("counts")) is not None
        else {}
    )
    caps = {name: read.number(node, f"counts.{name}", 0, levels) for name, node in counts.items()}
    shared = _follow_ups(read, top.get("follow_ups"), "follow_ups")
    framework = Framework(
        id=read.identifier(top.get("id"), "id"),
        version=read.word(top.get("version"), "version"),
        method=read.word(top.get("method"), "method"),
        name=read.text(top.get("name"), "name"),
        dimensions=tuple(
            _dimension(read, node, path, shared) for node, path in read.entries(top.get("dimensions"), "dimensions")
        ),
        barriers=tuple(_barrier(read, node, path) for node, path in read.entries(top.get("barriers"), "barriers")),
        stages=tuple(_stage(read, node, path) for node, path in read.entries(top.get("stages"), "stages")),
        practices=tuple(_practice(read, node, path) for node, path in read.entries(top.get("practices"), "practices")),
        roles=tuple(_role(read, node, path) for node, path in read.entries(top.get("roles"), "roles")),
        traps=tuple(read_trap(read, node, path) for node, path in read.entries(top.get("traps"), "traps")),
        default_targets=read.numbers(top.get("default_targets"), "default_targets", stages, 1, 5),
        intervals=read.numbers(top.get("reassess_after_days"), "reassess_after_days", stages, 1, 3650),
        asserted_cap=caps.get("asserted", 0),
        strict_asserted_cap=caps.get("asserted_strict", 0),
        strict_from=caps.get("strict_from_stage", 1),
        linked_cap=caps.get("linked", 0),
        verified_cap=caps.get("verified", 0),
        index_full_level=read.number(top["index_full_level"], "index_full_level", 1, 4)
        if "index_full_level" in top
        else 3,
        ownership=_ownership(read, top["ownership"]) if "ownership" in top else None,
        most_exclusions=read.number(top["most_exclusions"], "most_exclusions", 0, 2) if "most_exclusions" in top else 2,
        checks=tuple(_check(read, node, path) for node, path in read.entries(top.get("checks"), "checks")),
    )
    if linted:
        lint(framework, read, unknown_counts_for=caps.get("unknown", 0), shared=len(shared))
    if read.faults:
        raise FrameworkFaults(read.faults)
    return framework


def _ownership(read: Reading, node: Node) -> Ownership:
    keys = read.mapping(node, "ownership", "dimension at_most", "must_agree")
    fields = read.entries(keys.get("must_agree"), "ownership.must_agree")
    return Ownership(
        dimension=read.identifier(keys.get("dimension"), "ownership.dimension"),
        at_most=read.number(keys.get("at_most"), "ownership.at_most", 0, 4),
        must_agree=tuple(read.identifier(*each) for each in fields),
    )


def _dimension(read: Reading, node: Node, path: str, shared: tuple[FollowUp, ...]) -> Dimension:
    keys = read.mapping(
        node,
        path,
        "id code name question probes barrier role bars levels proofs actions",
        "strict_evidence waivable reason note follow_ups not_applicable spoken",
    )
    barrier = (
        read.mapping(each, f"{path}.barrier", "primary", "secondary")
        if (each := keys.get("barrier")) is not None
        else {}
    )
    reasons = _named_texts(read, keys.get("not_applicable"), f"{path}.not_applicable")
    return Dimension(
        id=read.identifier(keys.get("id"), f"{path}.id"),
        code=read.code(keys.get("code"), f"{path}.code"),
        name=read.text(keys.get("name"), f"{path}.name"),
        question=read.text(keys.get("question"), f"{path}.question"),
        probes=read.texts(keys.get("probes"), f"{path}.probes"),
        primary=read.identifier(barrier.get("primary"), f"{path}.barrier.primary"),
        secondary=read.identifier(barrier.get("secondary"), f"{path}.barrier.secondary") or None,
        bars=read.numbers(keys.get("bars"), f"{path}.bars", range(2, 6), 0, None),
        levels=tuple(_level(read, *each) for each in read.entries(keys.get("levels"), f"{path}.levels")),
        proofs=read.texts(keys.get("proofs"), f"{path}.proofs"),
        actions=tuple(_action(read, *each) for each in read.entries(keys.get("actions"), f"{path}.actions")),
        role=read.identifier(keys.get("role"), f"{path}.role"),
        strict_evidence=read.flag(keys.get("strict_evidence"), f"{path}.strict_evidence"),
        waivable=read.flag(keys.get("waivable"), f"{path}.waivable", left_out=True),
        may_be_not_applicable=bool(reasons),
        not_applicable_reasons=reasons,
        follow_ups=shared + _follow_ups(read, keys.get("follow_ups"), f"{path}.follow_ups"),
        note=read.text(keys["note"], f"{path}.note") if "note" in keys else None,
        reason=read.text(keys["reason"], f"{path}.reason") if "reason" in keys else None,
        spoken=_spoken(read, keys, path),
    )


def _level(read: Reading, node: Node, path: str) -> Level:
    keys = read.mapping(node, path, "number label statement", "cues")
    return Level(
        number=read.number(keys.get("number"), f"{path}.number", 0, 4),
        label=read.text(keys.get("label"), f"{path}.label", LONGEST_LABEL),
        statement=read.text(keys.get("statement"), f"{path}.statement"),
        cues=read.lists(keys.get("cues"), f"{path}.cues", LONGEST_CUE) if "cues" in keys else {},
    )


def _action(read: Reading, node: Node, path: str) -> Action:
    keys = read.mapping(node, path, "to text", "tags")
    return Action(
        to=read.number(keys.get("to"), f"{path}.to", 1, 4),
        text=read.text(keys.get("text"), f"{path}.text"),
        tags=tuple(read.code(*each) for each in read.entries(keys.get("tags"), f"{path}.tags")),
    )


def _follow_ups(read: Reading, node: Node | None, path: str) -> tuple[FollowUp, ...]:
    return tuple(_follow_up(read, each, place) for each, place in read.entries(node, path))


def _follow_up(read: Reading, node: Node, path: str) -> FollowUp:
    keys = read.mapping(node, path, "id when asks text", "fields")
    when, asks = read.word(keys.get("when"), f"{path}.when"), read.word(keys.get("asks"), f"{path}.asks")
    if when and not _WHEN.fullmatch(when):
        read.fault(
            f"{path}.when", "expected level_at_least:N, counts_for_less, level_below_bar or always, joined by ' or '"
        )
    if asks and asks not in _ASKS:
        read.fault(f"{path}.asks", f"expected one of {', '.join(_ASKS)}, got {asks}")
    return FollowUp(
        id=read.identifier(keys.get("id"), f"{path}.id"),
        when=when,
        asks=asks,
        text=read.text(keys.get("text"), f"{path}.text"),
        fields=_named_texts(read, keys.get("fields"), f"{path}.fields"),
    )


def _check(read: Reading, node: Node, path: str) -> Check:
    numbers = {"level_at_least": (0, 4, 0), "level_at_most": (0, 4, 4), "exposure_at_least": (1, 5, 1)}
    keys = read.mapping(node, path, "id of asks text", " ".join((*numbers, "needs", "but_not")))
    bounds = {
        name: read.number(keys[name], f"{path}.{name}", least, most) if name in keys else usual
        for name, (least, most, usual) in numbers.items()
    }
    return Check(
        id=read.identifier(keys.get("id"), f"{path}.id"),
        of=read.identifier(keys.get("of"), f"{path}.of"),
        asks=read.identifier(keys.get("asks"), f"{path}.asks"),
        text=read.text(keys.get("text"), f"{path}.text"),
        **bounds,
        needs=read.identifier(keys.get("needs"), f"{path}.needs"),
        but_not=tuple(read.word(*each) for each in read.entries(keys.get("but_not"), f"{path}.but_not")),
    )


def _named_texts(read: Reading, node: Node | None, path: str) -> Mapping[str, Mapping[str, str]]:
    """Texts by id, in order."""
    if node is None:
        return {}
    return {name: read.text(each, f"{path}.{name}", LONGEST_LABEL) for name, each in read.keys(node, path).items()}


def _barrier(read: Reading, node: Node, path: str) -> Barrier:
    keys = read.mapping(node, path, "id code name text", "spoken")
    return Barrier(
        id=read.identifier(keys.get("id"), f"{path}.id"),
        code=read.code(keys.get("code"), f"{path}.code"),
        name=read.text(keys.get("name"), f"{path}.name"),
        text=read.text(keys.get("text"), f"{path}.text"),
        spoken=_spoken(read, keys, path),
    )


def _spoken(read: Reading, keys: Mapping[str, Node], path: str) -> Mapping[str, tuple[str, ...]]:
    return read.lists(keys.get("spoken"), f"{path}.spoken", LONGEST_LABEL)


def _stage(read: Reading, node: Node, path: str) -> Stage:
    keys = read.mapping(node, path, "number id name text focus exposure", "gate spoken")
    return Stage(
        number=read.number(keys.get("number"), f"{path}.number", 1, 5),
        id=read.identifier(keys.get("id"), f"{path}.id"),
        name=read.text(keys.get("name"), f"{path}.name"),
        text=read.text(keys.get("text"), f"{path}.text"),
        focus=read.text(keys.get("focus"), f"{path}.focus"),
        exposure=read.text(keys.get("exposure"), f"{path}.exposure"),
        gate=frozenset(read.identifier(*each) for each in read.entries(keys.get("gate"), f"{path}.gate")),
        spoken=_spoken(read, keys, path),
    )


def _practice(read: Reading, node: Node, path: str) -> Practice:
    keys = read.mapping(node, path, "code kind name text")
    kind = read.word(keys.get("kind"), f"{path}.kind")
    if kind and kind not in _KINDS:
        read.fault(f"{path}.kind", f"expected one of {', '.join(_KINDS)}, got {kind}")
    return Practice(
        code=read.code(keys.get("code"), f"{path}.code"),
        kind=kind,
        name=read.text(keys.get("name"), f"{path}.name"),
        text=read.text(keys.get("text"), f"{path}.text"),
    )


def _role(read: Reading, node: Node, path: str) -> Role:
    keys = read.mapping(node, path, "id name")
    return Role(
        id=read.identifier(keys.get("id"), f"{path}.id"),
        name=read.text(keys.get("name"), f"{path}.name", LONGEST_LABEL),
    )
