"""Does a framework hold together? Ids, references, bars and evidence, once its parts can be read."""

from collections.abc import Iterable

from bot.content.lint_cues import lint_cues, lint_spoken
from bot.content.reading import Reading
from bot.content.trap_reading import lint_traps
from bot.readiness.framework import LEVELS, STAGES, Check, Dimension, Framework

METHODS = ("cumulative",)


def lint(framework: Framework, read: Reading, *, unknown_counts_for: int, shared: int) -> None:
    """Note every fault that spans more than one value; parts that could not be read are left alone.

    `unknown_counts_for` is the level the file gives an unknown, `shared` the number of follow-ups all dimensions share.
    """
    if framework.method and framework.method not in METHODS:
        read.fault("method", f"expected {' or '.join(METHODS)}, got {framework.method}")
    _counts(framework, read, unknown_counts_for)
    _clashes(framework, read, shared)
    _stages(framework, read)
    for place, dimension in enumerate(framework.dimensions):
        _dimension(framework, dimension, read, f"dimensions[{place}]")
        lint_cues(dimension, read, f"dimensions[{place}]")
    lint_spoken(framework, read)
    _references(framework, read)
    for place, check in enumerate(framework.checks):
        _check(framework, check, read, f"checks[{place}]")
    lint_traps(framework, read)


def _counts(framework: Framework, read: Reading, unknown_counts_for: int) -> None:
    """Stronger evidence never counts for less, and not knowing never pays."""
    if unknown_counts_for > 0:
        read.fault("counts.unknown", f"an unknown would raise a result: expected 0, got {unknown_counts_for}")
    if not read.is_clean("counts"):
        return
    rising = (
        ("asserted_strict", framework.strict_asserted_cap, "asserted", framework.asserted_cap),
        ("asserted", framework.asserted_cap, "linked", framework.linked_cap),
        ("linked", framework.linked_cap, "verified", framework.verified_cap),
    )
    for weaker, less, stronger, more in rising:
        if less > more:
            read.fault(
                f"counts.{stronger}",
                f"stronger evidence would make a result worse: expected at least {less} as {weaker}, got {more}",
            )
    if framework.strict_from not in STAGES:
        read.fault("counts.strict_from_stage", f"expected 1 to 5, got {framework.strict_from}")


def _clashes(framework: Framework, read: Reading, shared: int) -> None:
    kinds: tuple[tuple[str, Iterable[str]], ...] = (
        ("dimensions", (each.id for each in framework.dimensions)),
        ("barriers", (each.id for each in framework.barriers)),
        ("stages", (each.id for each in framework.stages)),
        ("roles", (each.id for each in framework.roles)),
        ("traps", (each.id for each in framework.traps)),
        ("checks", (each.id for each in framework.checks)),
    )
    for kind, ids in kinds:
        _once(read, ((f"{kind}[{place}].id", each) for place, each in enumerate(ids)))
    # Codes share one alphabet: D1 and B1 stand side by side in exports and in what people type.
    coded: tuple[tuple[str, Iterable[str]], ...] = (
        ("barriers", (each.code for each in framework.barriers)),
        ("practices", (each.code for each in framework.practices)),
        ("traps", (each.code for each in framework.traps)),
        ("dimensions", (each.code for each in framework.dimensions)),
    )
    _once(read, ((f"{kind}[{place}].code", each) for kind, codes in coded for place, each in enumerate(codes)))
    for place, dimension in enumerate(framework.dimensions):
        _once(
            read,
            ((_follow_up_path(place, number, shared), each.id) for number, each in enumerate(dimension.follow_ups)),
        )


def _follow_up_path(dimension: int, number: int, shared: int) -> str:
    return (
        f"follow_ups[{number}].id" if number < shared else f"dimensions[{dimension}].follow_ups[{number - shared}].id"
    )


def _once(read: Reading, ids: Iterable[tuple[str, str]]) -> None:
    first: dict[str, str] = {}
    for path, each in ids:
        if each and each in first:
            read.fault(path, f"expected an id of its own, got {each} as at {first[each]}")
        first.setdefault(each, path)


def _stages(framework: Framework, read: Reading) -> None:
    numbers = [stage.number for stage in framework.stages]
    if read.is_clean("stages") and numbers != list(STAGES):
        read.fault("stages", f"expected stages 1 to 5 in order, got {_listed(numbers)}")
    for exposure, target in framework.default_targets.items():
        if read.is_clean(f"default_targets.{exposure}") and target < exposure:
            read.fault(f"default_targets.{exposure}", f"expected {exposure} to 5, got {target}")
    if read.is_clean("dimensions") and not framework.dimensions:
        read.fault("dimensions", "expected at least one")


def _dimension(framework: Framework, dimension: Dimension, read: Reading, path: str) -> None:
    levels = [level.number for level in dimension.levels]
    if read.is_clean(f"{path}.levels") and levels != list(LEVELS):
        worse = sorted(levels) == list(LEVELS)
        what = "a higher level would make a result worse: " if worse else ""
        read.fault(f"{path}.levels", f"{what}expected levels 0 to 4 in order, got {_listed(levels)}")
    steps = [action.to for action in dimension.actions]
    if read.is_clean(f"{path}.actions") and steps != list(LEVELS[1:]):
        read.fault(f"{path}.actions", f"expected one action to each level 1 to 4 in order, got {_listed(steps)}")
    if not read.is_clean(f"{path}.bars"):
        return
    highest = 0
    for stage, bar in sorted(dimension.bars.items()):
        place = f"{path}.bars.{stage}"
        if bar > LEVELS[-1]:
            read.fault(place, f"unreachable: expected 0 to 4, got {bar}")
        elif read.is_clean("counts") and bar > framework.verified_cap:
            read.fault(place, f"unreachable: no evidence counts for more than {framework.verified_cap}, got {bar}")
        if bar < highest:
            read.fault(place, f"a bar must not fall between stages: expected {highest} or more, got {bar}")
        highest = max(highest, bar)
    if not dimension.waivable and not highest:
        read.fault(f"{path}.waivable", "nothing to waive: no stage needs more than level 0 here")


def _check(framework: Framework, check: Check, read: Reading, path: str) -> None:
    """A check can fire, looks at a dimension there is, and needs a fact that this dimension is asked for."""
    if check.level_at_least > check.level_at_most:
        read.fault(f"{path}.level_at_least", f"never true: expected at most {check.level_at_most}")
    if not check.needs and check.but_not:
        read.fault(f"{path}.needs", "missing: the words of but_not are looked for in it")
    if not check.needs and not check.level_at_least and check.level_at_most == LEVELS[-1]:
        read.fault(f"{path}.needs", "always true: expected a fact it needs, or levels it looks at")
    by_id = {dimension.id: dimension for dimension in framework.dimensions}
    looked_at = by_id.get(check.of)
    if looked_at is None or not check.needs or not read.is_clean("dimensions"):
        return
    asked = [name for follow_up in looked_at.follow_ups for name in follow_up.fields]
    if check.needs not in asked:
        read.fault(
            f"{path}.needs", f"expected a fact that {check.of} is asked for ({_listed(asked)}), got {check.needs}"
        )


def _references(framework: Framework, read: Reading) -> None:
    # A part that is no list at all is one fault, not one more for everything that refers to it.
    unread = {fault.path for fault in read.faults}
    barriers = None if "barriers" in unread else {each.id for each in framework.barriers}
    roles = None if "roles" in unread else {each.id for each in framework.roles}
    codes = None if "practices" in unread else {each.code for each in framework.practices}
    dimensions = None if "dimensions" in unread else {each.id for each in framework.dimensions}
    wanted: list[tuple[str, str | None, set[str] | None]] = []
    for place, dimension in enumerate(framework.dimensions):
        path = f"dimensions[{place}]"
        wanted += [
            (f"{path}.barrier.primary", dimension.primary, barriers),
            (f"{path}.barrier.secondary", dimension.secondary, barriers),
            (f"{path}.role", dimension.role, roles),
        ]
        wanted += [
            (f"{path}.actions[{number}].tags[{which}]", tag, codes)
            for number, action in enumerate(dimension.actions)
            for which, tag in enumerate(action.tags)
        ]
        if dimension.primary and dimension.secondary == dimension.primary:
            read.fault(f"{path}.barrier.secondary", f"expected another barrier than {dimension.primary}")
    for place, stage in enumerate(framework.stages):
        wanted += [(f"stages[{place}].gate", each, dimensions) for each in sorted(stage.gate)]
    if framework.ownership is not None:
        wanted.append(("ownership.dimension", framework.ownership.dimension, dimensions))
        owning = framework.by_id.get(framework.ownership.dimension)
        asked = {name for each in owning.follow_ups for name in each.fields} if owning else None
        wanted += [
            (f"ownership.must_agree[{place}]", name, asked) for place, name in enumerate(framework.ownership.must_agree)
        ]
    wanted += [
        (f"checks[{place}].{key}", each, dimensions)
        for place, check in enumerate(framework.checks)
        for key, each in (("of", check.of), ("asks", check.asks))
    ]
    wanted += [(f"traps[{place}].mistake", trap.mistake, codes) for place, trap in enumerate(framework.traps)]
    for path, reference, known in wanted:
        if reference and known is not None and reference not in known:
            read.fault(path, f"expected one of {_listed(sorted(known))}, got {reference}")


def _listed(values: Iterable[object]) -> str:
    return ", ".join(str(value) for value in values) or "none"
