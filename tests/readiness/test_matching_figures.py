"""How often the matcher is right, by written replies: printed, and held above a bound. Method: docs/matcher.md."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.content.reader import shipped_framework
from tests.readiness.test_matching import level_of, replies

KNOWN = ("tuned", "hard", "second")
UNKNOWN = ("held_out", "fresh")
DOCUMENT = Path(__file__).parents[2] / "docs" / "matcher.md"


def figures(part: str) -> Mapping[str, int]:
    """How the replies of a part ended.

    `right`: the level, or rightly none. `near`: one level off. `refused`: no guess where there was a level. `far`: two
    levels or more off, wrong and confident. `guessed`: a level where there was none.
    """
    ends: Counter[str] = Counter()
    for dimension_id, own, words, right in replies():
        if own != part:
            continue
        said = level_of(shipped_framework().dimension(dimension_id), words)
        if said == right:
            end = "right"
        elif said is None:
            end = "refused"
        elif right is None:
            end = "guessed"
        else:
            end = "near" if abs(said - right) == 1 else "far"
        ends[end] += 1
    return ends


def row(part: str) -> str:
    ends = figures(part)
    shown = (ends[end] for end in ("right", "near", "refused", "guessed", "far"))
    return f"| {part} | {sum(ends.values())} | {' | '.join(str(number) for number in shown)} |"


@pytest.mark.parametrize("part", [*KNOWN, *UNKNOWN])
def test_the_figures_are_those_of_the_document(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n| part | replies | right | one off | refused | guessed at none | wrong and confident |\n{row(part)}")
    assert row(part) in DOCUMENT.read_text(encoding="utf-8")


def test_what_it_was_tuned_on_is_right() -> None:
    for part in KNOWN:
        ends = figures(part)
        assert ends["right"] >= 0.9 * sum(ends.values())
        assert ends["far"] + ends["guessed"] == 0


def test_wrong_and_confident_is_rare_on_what_it_was_not_tuned_on() -> None:
    for part in UNKNOWN:
        ends = figures(part)
        assert ends["far"] < 0.02 * sum(ends.values())
        assert ends["guessed"] < 0.05 * sum(ends.values())
        assert ends["right"] >= 0.7 * sum(ends.values())


def test_there_are_enough_replies_of_every_kind() -> None:
    for dimension in shipped_framework().dimensions:
        own = [(part, right) for dimension_id, part, _, right in replies() if dimension_id == dimension.id]
        assert len(own) >= 15
        assert {right for _, right in own} == {None, 0, 1, 2, 3, 4}
        assert sum(part in UNKNOWN for part, _ in own) * 3 >= len(own)
