"""From free words to a level: the rules as a table, and what holds of every text."""

import time
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.content.reader import shipped_framework
from bot.readiness.framework import Dimension
from bot.readiness.matching import Proposal, propose

FRAMEWORK = shipped_framework()
ROLLBACK = FRAMEWORK.dimension("rollback-capability")
SCALING = FRAMEWORK.dimension("infrastructure-scalability")
MONITORING = FRAMEWORK.dimension("model-monitoring")


@cache
def replies() -> tuple[tuple[str, str, str, int | None], ...]:
    """(dimension id, part, words, right level) of every written reply."""
    written: Any = yaml.safe_load((Path(__file__).parent / "replies.yaml").read_text(encoding="utf-8"))
    return tuple(
        (dimension_id, part, reply.get("en") or reply["de"], None if reply["level"] == "none" else reply["level"])
        for dimension_id, parts in written.items()
        for part, entries in parts.items()
        for reply in entries
    )


def level_of(dimension: Dimension, words: str) -> int | None:
    proposal = propose(dimension, words)
    return proposal.level if proposal else None


def without_cues(dimension: Dimension) -> Dimension:
    return replace(dimension, levels=tuple(replace(level, cues={}) for level in dimension.levels))


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("we rehearsed it in August, notes at https://wiki.example/rollback", 2),
        ("We never rehearsed it.", None),
        ("The old version is kept, but we never rehearsed going back.", 1),
        ("We keep old versions and never tried to go back.", 1),
        ("We have rehearsed it on staging but not on the canary.", 2),
        ("Maybe we rehearsed it on the canary, I am not sure.", None),
        ("We keep every version. A rehearsal is planned for Q1.", 1),
        ("We want to rehearse it soon.", None),
        ("We used to rehearse it on the canary.", None),
        ("Did we rehearse it?", None),
        ("Rehearsed on the canary last month, and no earlier version is kept.", None),
        ("Wir haben es noch nicht geübt.", None),
        ("Die alte Version ist noch da, geübt haben wir das nie.", 1),
        ("Wir wollen es noch im Betrieb üben.", None),
        ("Im August in der Testumgebung geübt.", 2),
        ("Geübt außerhalb des Betriebs, die Schritte sind beschrieben.", 2),
        ("", None),
        ("ok", None),
        ("https://wiki.example/rehearsed/on/the/canary", None),
    ],
)
def test_a_reply_about_the_way_back_fits(words: str, level: int | None) -> None:
    assert level_of(ROLLBACK, words) == level


def test_a_line_that_only_says_no_takes_back_what_stands_before_it() -> None:
    assert level_of(ROLLBACK, "we rehearsed it\nno") is None
    assert level_of(ROLLBACK, "we rehearsed it\nNein.\nthe old version is kept") == 1


def test_who_denies_a_shortcoming_gets_no_level_for_it() -> None:
    assert level_of(SCALING, "It does not run on a laptop any more.") is None
    assert level_of(FRAMEWORK.dimension("team-ownership"), "There is not just one enthusiast.") is None


def test_the_proposal_says_which_words_it_rests_on() -> None:
    words = "Hi! The old image is still in the registry, sadly we never tried to go back. Cheers"
    assert propose(ROLLBACK, words) == Proposal(
        1, ("The old image is still in the registry, sadly we never tried to go back",)
    )
    words = "Thresholds for drift are on a dashboard; the weather is fine. Limits and quality are on one dashboard."
    assert propose(MONITORING, words) == Proposal(
        2, ("Thresholds for drift are on a dashboard", "Limits and quality are on one dashboard")
    )


@pytest.mark.parametrize("dimension", FRAMEWORK.dimensions, ids=lambda dimension: dimension.code)
@pytest.mark.parametrize("language", ["en", "de"])
def test_a_statement_is_recognized_without_any_cue(dimension: Dimension, language: str) -> None:
    bare = without_cues(dimension)
    found = [level_of(bare, level.statement[language]) for level in bare.levels]
    assert all(level in (None, number) for number, level in enumerate(found))
    assert sum(level is not None for level in found) >= 3


@pytest.mark.parametrize("dimension", FRAMEWORK.dimensions, ids=lambda dimension: dimension.code)
@pytest.mark.parametrize("language", ["en", "de"])
def test_a_statement_is_never_taken_for_one_far_from_it(dimension: Dimension, language: str) -> None:
    for level in dimension.levels:
        proposed = level_of(dimension, level.statement[language])
        assert proposed is None or abs(proposed - level.number) <= 1


WRITTEN = st.sampled_from([(FRAMEWORK.dimension(dimension_id), words) for dimension_id, _, words, _ in replies()])
DIMENSIONS = st.sampled_from(FRAMEWORK.dimensions)
CUES = st.sampled_from(
    sorted(
        {
            word.replace("_", " ").strip("*")
            for dimension in FRAMEWORK.dimensions
            for level in dimension.levels
            for cues in level.cues.values()
            for cue in cues
            for words in cue.split()
            for word in words.split("|")
        }
        | {"but", "and", ",", ".", "?", "not", "never", "no", "kein", "planned", "maybe", "used to", "\n", "no\n"}
    )
)
TEXTS = st.one_of(st.text(), st.lists(CUES, max_size=40).map(" ".join))


@given(DIMENSIONS, TEXTS)
def test_any_text_gives_a_level_with_words_that_stand_in_it_or_none(dimension: Dimension, words: str) -> None:
    proposal = propose(dimension, words)
    assert proposal == propose(dimension, words)
    if proposal is not None:
        assert proposal.level in range(5)
        assert proposal.because
        assert all(quote in words for quote in proposal.because)


@given(WRITTEN, st.sampled_from(["never", "not", "nicht", "nie"]), st.integers(0, 60))
def test_a_denial_added_never_raises_a_proposal(written: tuple[Dimension, str], denial: str, place: int) -> None:
    """Level 0 is left out: who denies that nothing is there says that there is something."""
    dimension, words = written
    before = level_of(dimension, words)
    pieces = words.split(" ")
    place %= len(pieces) + 1
    after = level_of(dimension, " ".join((*pieces[:place], denial, *pieces[place:])))
    if before:
        assert after is None or after <= before


@given(WRITTEN, st.sampled_from(["Maybe", "We plan that", "I am not sure, but", "Vielleicht gilt:"]))
def test_a_doubt_before_everything_never_raises_a_proposal(written: tuple[Dimension, str], doubt: str) -> None:
    dimension, words = written
    before, after = level_of(dimension, words), level_of(dimension, f"{doubt} {words}")
    if before:
        assert after is None or after <= before


def test_a_reply_takes_well_under_five_milliseconds() -> None:
    for dimension_id, _, words, _ in replies():
        propose(FRAMEWORK.dimension(dimension_id), words)
    began = time.process_time()
    for dimension_id, _, words, _ in replies():
        propose(FRAMEWORK.dimension(dimension_id), words)
    assert (time.process_time() - began) / len(replies()) < 0.005


def test_the_longest_note_of_the_worst_words_is_still_read_quickly() -> None:
    worst = ("nobody rehearsed version kept old production not live " * 100)[:3000]
    propose(ROLLBACK, worst)
    began = time.process_time()
    propose(ROLLBACK, worst)
    assert time.process_time() - began < 0.5
