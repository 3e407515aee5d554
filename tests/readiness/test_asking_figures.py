"""How often a question in plain words is understood: printed, and held above a bound. Method: docs/questions.md."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.readiness.asked import PARTS, End, end_of, questions

DOCUMENT = Path(__file__).parents[2] / "docs" / "questions.md"
BUILT_ON, UNSEEN = ("built on", "second", "third"), ("held out", "fresh")


def figures(part: str) -> Mapping[End, int]:
    return Counter(end_of(text, means) for _, text, means in questions(part))


def row(part: str) -> str:
    ends = figures(part)
    shown = " | ".join(str(ends[end]) for end in End)
    return f"| {part} | {sum(ends.values())} | {shown} |"


@pytest.mark.parametrize("part", PARTS)
def test_the_figures_are_those_of_the_document(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n| part | questions | {' | '.join(End)} |\n{row(part)}")
    assert row(part) in DOCUMENT.read_text(encoding="utf-8")


@pytest.mark.parametrize("part", BUILT_ON)
def test_nothing_it_was_built_on_is_answered_as_something_else(part: str) -> None:
    for _, text, means in questions(part):
        assert end_of(text, means) is not End.CONFIDENT, text
    assert figures(part)[End.RIGHT] >= 0.98 * sum(figures(part).values())


@pytest.mark.parametrize("part", UNSEEN)
def test_what_it_never_saw_is_seldom_answered_as_something_else(part: str) -> None:
    ends = figures(part)
    assert ends[End.CONFIDENT] <= 0.02 * sum(ends.values())
    assert ends[End.RIGHT] >= 0.85 * sum(ends.values())


def test_there_are_enough_questions_of_every_kind() -> None:
    all_of_them = [question for part in PARTS for question in questions(part)]
    assert len(all_of_them) >= 220
    assert sum(len(list(questions(part))) for part in UNSEEN) >= 70
    assert min(Counter(language for language, _, _ in all_of_them).values()) * 4 >= len(all_of_them)
    assert len({text for _, text, _ in all_of_them}) == len(all_of_them)
    kinds = Counter(means.split()[0] for _, _, every in all_of_them for means in every)
    assert min(kinds.values()) >= 1
    assert {"none", "ask", "list", "why", "compare", "leverage"} <= kinds.keys()
