"""What if: levels that are supposed of a project instead of those that were said. Pure; nothing is stored.

supposition = { name "=" value }
name        = a dimension's code, id or name, or a part of one that no other has; or "exposure"
value       = 0 to 4 | "unknown"; for exposure 1 to 5
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum

from bot.readiness.assessment import AnswerKind
from bot.readiness.framework import LEVELS, STAGES, Dimension, Framework
from bot.readiness.rating import STRENGTHS
from bot.readiness.scorecard import UNKNOWN, Rating
from bot.readiness.typed import Reply, understand

EXPOSURE = "exposure"
_SPOKEN_EXPOSURE = frozenset({EXPOSURE, "reichweite"})
_PAIR = re.compile(r' ?"?([^="]+?)"? ?= ?([^\s,;]+)[,;]?')
_SPLIT = re.compile(r"[\s-]+")


class Misread(StrEnum):
    """Why a supposition cannot be read; each has words in the template `refusals`."""

    FORM = "form"
    DIMENSION = "dimension"
    SEVERAL = "several"
    LEVEL = "level"
    STAGE = "stage"
    TWICE = "twice"


class NotSupposed(Exception):
    """The first thing that cannot be read: the word, and what is near it or was meant."""

    def __init__(self, reason: Misread, word: str, near: Iterable[str] = ()) -> None:
        super().__init__(f"{reason.value}: {word}")
        self.reason, self.word, self.near = reason, word, tuple(near)


@dataclass(frozen=True, slots=True)
class Supposition:
    """What is supposed: levels by dimension id (None: nobody knows), and who is exposed (None: those who are now)."""

    levels: Mapping[str, int | None] = field(default_factory=dict)
    exposure: int | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing is supposed."""
        return not self.levels and self.exposure is None


def read_supposition(framework: Framework, text: str) -> Supposition:
    """What was written. Raises NotSupposed."""
    levels: dict[str, int | None] = {}
    exposure: int | None = None
    text, place = " ".join(text.split()), 0
    while pair := _PAIR.match(text, place):
        place = pair.end()
        name, value = pair.groups()
        if name.lower() in _SPOKEN_EXPOSURE:
            if exposure is not None:
                raise NotSupposed(Misread.TWICE, name)
            exposure = _stage(value)
            continue
        dimension = _dimension(framework, name)
        if dimension.id in levels:
            raise NotSupposed(Misread.TWICE, name)
        levels[dimension.id] = _level(value)
    rest = text[place:].strip()
    if rest:
        raise NotSupposed(Misread.FORM, rest)
    return Supposition(levels, exposure)


def written(framework: Framework, supposition: Supposition) -> str:
    """The shortest words that read as this."""
    said = [
        f"{dimension.code}={'unknown' if level is None else level}"
        for dimension in framework.dimensions
        if dimension.id in supposition.levels
        for level in (supposition.levels[dimension.id],)
    ]
    return " ".join([*said, *([f"{EXPOSURE}={supposition.exposure}"] if supposition.exposure else [])])


def supposed(framework: Framework, ratings: Mapping[str, Rating], supposition: Supposition) -> dict[str, Rating]:
    """The ratings if it were so: agreed by all, and each level with the evidence that carries it at every stage."""
    after = dict(ratings)
    for dimension_id, level in supposition.levels.items():
        after[dimension_id] = _shown(framework, framework.dimension(dimension_id), level, ratings.get(dimension_id))
    return after


def _shown(framework: Framework, dimension: Dimension, level: int | None, before: Rating | None) -> Rating:
    if level is None:
        return UNKNOWN
    strongest = STRENGTHS[-1]
    needed = next((each for each in STRENGTHS if framework.cap(dimension, each, STAGES[-1]) >= level), strongest)
    if before is not None and before.level == level:
        needed = max(needed, before.strength, key=STRENGTHS.index)
    return Rating(AnswerKind.LEVEL, level, needed)


def _dimension(framework: Framework, name: str) -> Dimension:
    word = " ".join(_SPLIT.split(name.strip().casefold()))
    spoken = {each.id: _names(each) for each in framework.dimensions}
    whole = [each for each in framework.dimensions if word in spoken[each.id]]
    parts = [each for each in framework.dimensions if any(f" {word}" in f" {known}" for known in spoken[each.id])]
    found = whole or parts
    if len(found) == 1:
        return found[0]
    if found:
        raise NotSupposed(Misread.SEVERAL, name, (each.id for each in found))
    known = {said: each.id for each in framework.dimensions for said in (*spoken[each.id], each.id.split("-")[0])}
    near = get_close_matches(word, known, n=1, cutoff=0.5)
    raise NotSupposed(Misread.DIMENSION, name, (known[each] for each in near))


def _names(dimension: Dimension) -> tuple[str, ...]:
    """Everything a dimension is called, lower case, with spaces for hyphens."""
    called = (dimension.code, dimension.id, *dimension.name.values())
    return tuple(" ".join(_SPLIT.split(each.casefold())) for each in called)


def _level(value: str) -> int | None:
    reply = understand(value)
    if reply.kind is Reply.LEVEL and reply.level in LEVELS:
        return reply.level
    if reply.kind is Reply.UNKNOWN or value == "?":
        return None
    raise NotSupposed(Misread.LEVEL, value)


def _stage(value: str) -> int:
    if value not in {str(stage) for stage in STAGES}:
        raise NotSupposed(Misread.STAGE, value)
    return int(value)
