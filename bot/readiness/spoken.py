"""What people call the things of a framework: ids, codes, names and the words it brings, in every language. Pure."""

import re
from collections.abc import Iterable, Mapping

from bot.readiness.framework import Barrier, Dimension, Framework, Stage
from bot.readiness.query import Vocabulary

_WORD = re.compile(r"[^\W\d_]+")
SHORTEST = 5
"""Letters of a word of a name that stands for the whole where the framework brings no words of its own."""


def spoken(framework: Framework) -> tuple[Vocabulary, Mapping[str, int]]:
    """Words for barriers and dimensions (`*` at the end: any ending), and for stages."""
    stages = _words(framework.stages)
    numbers = {stage.id: stage.number for stage in framework.stages}
    vocabulary = Vocabulary(_words(framework.barriers), _words(framework.dimensions))
    return vocabulary, {word: numbers[stage_id] for word, stage_id in stages.items()}


def _words(named: Iterable[Barrier | Dimension | Stage]) -> Mapping[str, str]:
    """Word -> id. A word that would mean two of them means none."""
    found: dict[str, set[str]] = {}
    for each in named:
        own = {each.id, getattr(each, "code", each.id), *each.name.values()}
        own |= {word for words in each.spoken.values() for word in words}
        if not each.spoken:
            own |= {word for name in each.name.values() for word in _WORD.findall(name) if len(word) >= SHORTEST}
        for word in own:
            found.setdefault(word.casefold(), set()).add(each.id)
    return {word: next(iter(ids)) for word, ids in found.items() if len(ids) == 1}
