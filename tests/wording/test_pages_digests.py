"""What a digest says of the results of its week."""

from dataclasses import replace

import pytest

from bot.chat.plain import plain
from bot.readiness.digests import ProjectDigest
from bot.readiness.milestone import Milestone
from bot.wording.engine import Words
from bot.wording.pages import present
from bot.wording.pages.examples_digests import examples

WEEK = examples()["digest_first"]
"""One result, stage 3, and none before."""


def result(stages: tuple[int, ...], before: int | None) -> str:
    """How the line of the results begins, in a week with results of these stages after one of `before`."""
    assert isinstance(WEEK, ProjectDigest)
    (one,) = WEEK.results

    def at(stage: int) -> Milestone:
        return replace(one, scorecard=replace(one.scorecard, stage=stage))

    week = replace(WEEK, results=tuple(map(at, stages)), before=None if before is None else at(before))
    return plain(present(week, Words("en"))).splitlines()[1].split(";")[0].split(",")[0]


@pytest.mark.parametrize(
    ("stages", "before", "said"),
    [
        ((1,), None, "First result: stage 1"),
        ((1, 3), None, "Up from stage 1 to stage 3"),
        ((3, 3), None, "Still stage 3"),
        ((2, 3), 3, "Still stage 3"),
        ((2,), 3, "Back from stage 3 to stage 2"),
    ],
)
def test_the_stage_is_told_from_the_one_before_or_the_first_of_the_week(
    stages: tuple[int, ...], before: int | None, said: str
) -> None:
    assert result(stages, before) == said
