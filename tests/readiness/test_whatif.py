"""What may be supposed of a project: how it is written, and that it counts in full."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.reader import shipped_framework
from bot.readiness.assessment import AnswerKind, EvidenceStrength
from bot.readiness.framework import STAGES, Framework
from bot.readiness.scoring import Rating, effective_level
from bot.readiness.whatif import Misread, NotSupposed, Supposition, read_supposition, supposed, written
from tests.readiness.strategies import FRAMEWORKS, RATINGS, asserted, linked, verified

SHIPPED = shipped_framework()
ROLLBACK, MONITORING, DATA = "rollback-capability", "model-monitoring", "data-pipeline-stability"


@pytest.mark.parametrize(
    ("text", "supposition"),
    [
        ("", Supposition()),
        ("rollback=3", Supposition({ROLLBACK: 3})),
        ("D4=3 d3=2", Supposition({ROLLBACK: 3, MONITORING: 2})),
        ("rollback-capability = 3, model monitoring = 2", Supposition({ROLLBACK: 3, MONITORING: 2})),
        ('"Data Pipeline Stability"=4;monitoring=0', Supposition({DATA: 4, MONITORING: 0})),
        ("rollback=unknown monitoring=? data=unbekannt", Supposition({ROLLBACK: None, MONITORING: None, DATA: None})),
        ("exposure=4", Supposition(exposure=4)),
        ("Reichweite=4 rollback=l2", Supposition({ROLLBACK: 2}, 4)),
    ],
)
def test_a_supposition_is_read(text: str, supposition: Supposition) -> None:
    assert read_supposition(SHIPPED, text) == supposition


@pytest.mark.parametrize(
    ("text", "reason", "word", "near"),
    [
        ("rollback", Misread.FORM, "rollback", ()),
        ("rollback 3", Misread.FORM, "rollback 3", ()),
        ("rollback=", Misread.FORM, "rollback=", ()),
        ("=3", Misread.FORM, "=3", ()),
        ("rolback=3", Misread.DIMENSION, "rolback", (ROLLBACK,)),
        ("zzz=3", Misread.DIMENSION, "zzz", ()),
        ("x=3 rollback=9", Misread.DIMENSION, "x", ()),
        ("rollback=5", Misread.LEVEL, "5", ()),
        ("rollback=lots", Misread.LEVEL, "lots", ()),
        ("exposure=0", Misread.STAGE, "0", ()),
        ("exposure=six", Misread.STAGE, "six", ()),
        ("D4=1 rollback=2", Misread.TWICE, "rollback", ()),
        ("exposure=2 exposure=2", Misread.TWICE, "exposure", ()),
    ],
)
def test_the_first_mistake_is_named(text: str, reason: Misread, word: str, near: tuple[str, ...]) -> None:
    with pytest.raises(NotSupposed) as raised:
        read_supposition(SHIPPED, text)
    assert (raised.value.reason, raised.value.word, raised.value.near) == (reason, word, near)


def test_a_part_that_several_dimensions_share_means_none_of_them() -> None:
    with pytest.raises(NotSupposed) as raised:
        read_supposition(SHIPPED, "s=3")
    assert raised.value.reason is Misread.SEVERAL
    assert len(raised.value.near) > 1


LEVEL = st.one_of(st.none(), st.integers(0, 4))
IDS = [dimension.id for dimension in SHIPPED.dimensions]


@settings(max_examples=50)
@given(st.builds(Supposition, st.dictionaries(st.sampled_from(IDS), LEVEL), st.one_of(st.none(), st.integers(1, 5))))
def test_what_is_written_reads_as_the_same(supposition: Supposition) -> None:
    assert read_supposition(SHIPPED, written(SHIPPED, supposition)) == supposition


def test_a_supposed_level_is_agreed_and_shown(framework: Framework) -> None:
    ratings = {"D4": asserted(2), "D3": linked(3, 3, 1), "D1": verified(4), "D5": verified(2)}
    after = supposed(framework, ratings, Supposition({"D4": 2, "D3": 4, "D1": 1, "D5": 2, "D7": 0, "D9": None}))
    assert after == {
        "D4": linked(2),
        "D3": verified(4),
        "D1": asserted(1),
        "D5": verified(2),
        "D7": Rating(AnswerKind.LEVEL, 0, EvidenceStrength.ASSERTED),
        "D9": Rating(),
    }


@settings(max_examples=50)
@given(FRAMEWORKS, st.data())
def test_a_supposed_level_counts_in_full_at_every_stage_where_any_evidence_lets_it(
    framework: Framework, data: st.DataObject
) -> None:
    ratings = {dimension.id: data.draw(RATINGS) for dimension in framework.dimensions}
    level = data.draw(st.integers(0, 4))
    after = supposed(framework, ratings, Supposition({each.id: level for each in framework.dimensions}))
    for dimension in framework.dimensions:
        for stage in STAGES:
            assert effective_level(framework, dimension, after[dimension.id], stage) == level
