"""What people call the things of a framework: ids, codes, names and the words it brings, in every language. Pure."""

import re
from collections.abc import Iterable, Mapping

from bot.readiness.framework import Barrier, Dimension, Framework, Stage
from bot.readiness.query import Vocabulary

SHORTEST = 5
"""Letters of a word of a name that stands for the whole where the framework brings no words of its own."""


def spoken(framework: Framework) -> tuple[Vocabulary, Mapping[str, int]]:
    """Words for barriers and dimensions (`*` at the end: any ending), and for stages."""
    stages = _words(framework.stages)
    numbers = {stage.id: stage.number for stage in framework.stages}
    vocabulary = Vocabulary(_words(framework.barriers), _words(framework.dimensions))
    return vocabulary, {word: numbers[stage_id] for word, stage_id in stages.items()}


def _words(named: Iterable[Barrier] | Iterable[Dimension] | Iterable[Stage]) -> Mapping[str, str]:
    """Word -> id. A word that would mean two of them means none."""
    all_of_it = list(named)
    found: dict[str, set[str]] = {}
    for each in all_of_it:
        own = {each.id, getattr(each, "code", each.id), *(name for _, name in each.name.items())}
        own |= {word for words in each.spoken.values() for word in words}
        if not each.spoken:
            own |= {word for _, name in each.name.items() for word in re.findall(r"[^\W\d_]+", name) if len(word) >= SHORTEST}
        for word in own:
            found.setdefault(word.casefold(), set()).add(each.id)
    return {word: next(iter(ids)) for word, ids in found.items() if len(ids) == 1}
