"""Whether a dimension's cues can be matched, and each speaks for one level only."""

import re

from bot.content.reading import Reading
from bot.readiness.framework import Dimension
from bot.readiness.matching import DENIED, SHORTCOMINGS

_WORD = r"[^\W_]+(?:'[^\W_]+)?"
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
