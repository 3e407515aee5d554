"""Invariants of scoring, for the shipped bars and for random small frameworks."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.readiness.assessment import AnswerKind
from bot.readiness.framework import Framework
from bot.readiness.scoring import (
    STRENGTHS,
    FindingKind,
    Rating,
    Scorecard,
    Severity,
    as_plain,
    from_plain,
    score,
)
from tests.readiness.strategies import projects

Project = tuple[Framework, int, int | None, dict[str, Rating]]


def severity(card: Scorecard, dimension: str) -> int:
    """0 for no blocker, else its weight."""
    return max((finding.severity for finding in card.blockers if finding.dimension_id == dimension), default=0)


@given(projects(), st.data())
def test_a_higher_level_never_makes_a_result_worse(project: Project, data: st.DataObject) -> None:
    framework, exposure, target, ratings = project
    dimension = data.draw(st.sampled_from(sorted(ratings)))
    before = ratings[dimension]
    if before.level is None or before.level == 4:
        return
    raised = ratings | {dimension: replace(before, level=before.level + 1)}
    old, new = score(framework, exposure, target, ratings), score(framework, exposure, target, raised)
    assert new.readiness >= old.readiness
    assert new.stage >= old.stage
    assert new.index >= old.index
    assert severity(new, dimension) <= severity(old, dimension)


@given(projects(), st.data())
def test_stronger_evidence_never_makes_a_result_worse(project: Project, data: st.DataObject) -> None:
    framework, exposure, target, ratings = project
    dimension = data.draw(st.sampled_from(sorted(ratings)))
    before = ratings[dimension]
    stronger = STRENGTHS[STRENGTHS.index(before.strength) + 1 :]
    if before.level is None or not stronger:
        return
    proven = ratings | {dimension: replace(before, strength=stronger[0])}
    old, new = score(framework, exposure, target, ratings), score(framework, exposure, target, proven)
    assert new.readiness >= old.readiness
    assert new.stage >= old.stage
    assert new.index >= old.index
    was_unproven = any(f.kind is FindingKind.UNPROVEN for f in old.findings if f.dimension_id == dimension)
    assert severity(new, dimension) <= severity(old, dimension) or was_unproven


@given(projects(), st.data())
def test_not_knowing_never_pays(project: Project, data: st.DataObject) -> None:
    framework, exposure, target, ratings = project
    dimension = data.draw(st.sampled_from(sorted(ratings)))
    if ratings[dimension].kind is AnswerKind.NOT_APPLICABLE:
        return
    old = score(framework, exposure, target, ratings)
    new = score(framework, exposure, target, ratings | {dimension: Rating()})
    assert new.readiness <= old.readiness
    assert new.index <= old.index
    assert new.optimistic >= new.readiness
    assert new.optimistic >= old.optimistic or ratings[dimension].level is None


@given(projects())
def test_the_parts_of_a_card_agree_with_each_other(project: Project) -> None:
    framework, exposure, target, ratings = project
    card = score(framework, exposure, target, ratings)
    assert card == score(framework, exposure, target, dict(reversed(ratings.items())))
    assert card.stage == min(card.exposure, card.readiness)
    assert card.readiness <= card.optimistic
    assert card.move_allowed is (None if card.next_stage is None else card.readiness >= card.next_stage)
    assert 0 <= card.index <= 100
    assert all(0 <= short <= 4 for short in card.barriers.values())
    assert card.blockers == tuple(f for f in card.findings if f.severity >= Severity.HIGH)
    if not card.findings:
        assert not any(card.barriers.values())


@given(projects())
def test_a_card_survives_storage_as_json(project: Project) -> None:
    card = score(*project)
    assert from_plain(json.loads(json.dumps(as_plain(card)))) == card
