"""Whether what people write can be matched: a dimension's cues, and what things are called. Each means one thing."""

import re
from collections.abc import Sequence

from bot.content.reading import Reading
from bot.readiness.framework import Barrier, Dimension, Framework, Stage
from bot.readiness.matching import DENIED, SHORTCOMINGS

_WORD = r"[^\W_]+(?:'[^\W_]+)?"
_SPOKEN = re.compile(r"[\w-]+\*?(?: [\w-]+\*?)*")
_ALTERNATIVE = re.compile(rf"\*?[^\W_]{{2,}}|[^\W_]{{2,}}\*|{_WORD}(?:_{_WORD})*")


def lint_cues(dimension: Dimension, read: Reading, path: str) -> None:
    """Note every cue that could never be found, is found at two levels, or denies where it must not."""
    first: dict[str, str] = {}
    for at, level in enumerate(dimension.levels):
        for language, cues in level.cues.items():
            for number, cue in enumerate(cues):
                place = f"{path}.levels[{at}].cues.{language}[{number}]"
                if cue:
                    _cue(read, place, cue, level.number, first)


def _cue(read: Reading, place: str, cue: str, level: int, first: dict[str, str]) -> None:
    words = cue.lower().split()
    meant = [word for word in words if word not in DENIED]
    if not meant or not all(_ALTERNATIVE.fullmatch(each) for word in meant for each in word.split("|")):
        read.fault(place, "expected words such as rehears*, live|canary or on_call, set apart by spaces")
    if len(meant) < len(words) and level not in SHORTCOMINGS:
        read.fault(place, f"expected no denial above level {SHORTCOMINGS[-1]}: what is missing never raises a level")
    same = " ".join(sorted(words))
    if same in first:
        read.fault(place, f"expected a cue of its own, as at {first[same]}")
    first.setdefault(same, place)


def lint_spoken(framework: Framework, read: Reading) -> None:
    """Note every word for a dimension, barrier or stage that means another one as well: a question could not tell."""
    first: dict[str, str] = {}
    named: tuple[tuple[str, Sequence[Barrier | Dimension | Stage]], ...] = (
        ("dimensions", framework.dimensions),
        ("barriers", framework.barriers),
        ("stages", framework.stages),
    )
    for kind, all_of_it in named:
        for at, each in enumerate(all_of_it):
            for language, words in each.spoken.items():
                for number, word in enumerate(words):
                    place, said = f"{kind}[{at}].spoken.{language}[{number}]", word.casefold()
                    if not _SPOKEN.fullmatch(said):
                        read.fault(place, "expected words such as rollback, roll back or organisator*")
                    elif not first.setdefault(said, f"{kind}[{at}].").startswith(f"{kind}[{at}]."):
                        read.fault(place, f"expected a word that means this alone, as at {first[said].rstrip('.')}")
