"""The rules of scoring as tables: evidence, severity, exclusions, and one rating from several answers."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.readiness.assessment import Answer, AnswerKind, Evidence, EvidenceStrength
from bot.readiness.framework import Framework
from bot.readiness.scoring import Rating, effective_level, rate, score, up_to
from tests.readiness.strategies import asserted, linked, verified

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
GOOD = verified(4)
NONE = Rating()


@pytest.mark.parametrize(
    ("dimension", "rating", "by_stage"),
    [
        ("D1", asserted(4), (2, 2, 2, 2)),
        ("D3", asserted(4), (2, 1, 1, 1)),
        ("D3", asserted(1), (1, 1, 1, 1)),
        ("D3", linked(4), (3, 3, 3, 3)),
        ("D3", verified(4), (4, 4, 4, 4)),
        ("D3", NONE, (0, 0, 0, 0)),
    ],
)
def test_a_claim_counts_for_what_its_evidence_carries(
    framework: Framework, dimension: str, rating: Rating, by_stage: tuple[int, ...]
) -> None:
    found = framework.dimension(dimension)
    assert tuple(effective_level(framework, found, rating, stage) for stage in range(2, 6)) == by_stage


# One dimension at a time, the other nine perfect. `None` means no finding.
SEVERITIES = [
    # dimension, E, T, rating, finding
    ("D1", 2, 2, NONE, "UNKNOWN MEDIUM exposure"),
    ("D8", 2, 2, NONE, "UNKNOWN MEDIUM exposure"),
    ("D3", 3, 3, NONE, "UNKNOWN HIGH exposure"),
    ("D1", 3, 3, NONE, "UNKNOWN MEDIUM exposure"),
    ("D3", 2, 3, NONE, "UNKNOWN MEDIUM next"),
    ("D3", 2, 2, NONE, None),
    ("D9", 2, 2, linked(0), "MISSING HIGH exposure"),
    ("D1", 2, 2, linked(0), "MISSING HIGH exposure"),
    ("D3", 3, 3, linked(1), "MISSING CRITICAL exposure"),
    ("D1", 3, 3, linked(1), "MISSING HIGH exposure"),
    ("D3", 3, 3, linked(0, 2, 0), "CONTESTED HIGH exposure"),
    ("D1", 3, 3, linked(0, 2, 0), "CONTESTED HIGH exposure"),
    ("D3", 3, 3, asserted(2), "UNPROVEN MEDIUM exposure"),
    ("D2", 4, 4, asserted(3), "UNPROVEN LOW exposure"),
    ("D3", 2, 3, linked(0), "MISSING HIGH next"),
    ("D3", 2, 3, linked(1), "MISSING MEDIUM next"),
    ("D2", 3, 4, linked(1), "MISSING MEDIUM next"),
    ("D2", 2, 3, linked(0), "MISSING LOW next"),
    ("D1", 2, 3, linked(1), "MISSING LOW next"),
    ("D3", 2, 3, linked(0, 2, 0), "CONTESTED HIGH next"),
    ("D1", 2, 3, linked(1, 3, 1), "CONTESTED LOW next"),
    ("D3", 2, 3, asserted(2), "UNPROVEN LOW next"),
    ("D3", 2, 3, linked(2), None),
    ("D3", 4, 4, verified(3), None),
]


@pytest.mark.parametrize(("dimension", "exposure", "target", "rating", "expected"), SEVERITIES)
def test_the_first_line_of_the_severity_table_that_applies_decides(
    framework: Framework, dimension: str, exposure: int, target: int, rating: Rating, expected: str | None
) -> None:
    ratings = {each.id: GOOD for each in framework.dimensions} | {dimension: rating}
    findings = score(framework, exposure, target, ratings).findings
    said = [f"{finding.kind.name} {finding.severity.name} {finding.against}" for finding in findings]
    assert said == ([expected] if expected else [])


def test_a_dimension_absent_from_the_ratings_is_unknown(framework: Framework) -> None:
    assert score(framework, 3, None, {}) == score(framework, 3, None, {d.id: NONE for d in framework.dimensions})


@pytest.mark.parametrize(("dimension", "excluded"), [("D2", ("D2",)), ("D3", ())])
def test_not_applicable_counts_as_unknown_where_the_framework_does_not_allow_it(
    framework: Framework, dimension: str, excluded: tuple[str, ...]
) -> None:
    ratings = {each.id: GOOD for each in framework.dimensions} | {dimension: Rating(AnswerKind.NOT_APPLICABLE)}
    card = score(framework, 3, None, ratings)
    assert card.exclusions == excluded
    assert card.readiness == (5 if excluded else 2)


@pytest.mark.parametrize(("exposure", "target"), [(0, None), (6, None), (3, 0), (3, 6)])
def test_a_stage_that_does_not_exist_is_refused(framework: Framework, exposure: int, target: int | None) -> None:
    with pytest.raises(ValueError, match="expected exposure and target from 1 to 5"):
        score(framework, exposure, target, {})


def said(
    who: str, level: int | None, strength: str = "asserted", dimension: str = "D4", days: int = 0, **more: str
) -> Answer:
    kind = AnswerKind(more.pop("kind", "level" if level is not None else "unknown"))
    return Answer(
        id=f"{who}-{days}",
        project_id="p",
        assessment_id="a",
        interview_id="i",
        dimension_id=dimension,
        respondent_id=who,
        kind=kind,
        answered_at=NOW + timedelta(days=days),
        level=level,
        evidence=Evidence(EvidenceStrength(strength)),
        **more,  # type: ignore[arg-type]
    )


def na(who: str, approver: str | None, dimension: str = "D2") -> Answer:
    more = {"approved_by": approver} if approver else {}
    return said(who, None, dimension=dimension, kind="not_applicable", **more)


RATED = [
    ("nobody answered", [], NONE),
    ("one answer", [said("mei", 2)], asserted(2)),
    ("the authority counts, not the lower answer", [said("omar", 2), said("mei", 1)], asserted(2)),
    ("two apart is contested as well", [said("omar", 0, "linked"), said("mei", 2)], linked(0, 2, 0)),
    ("the authority counts even when higher", [said("omar", 3), said("mei", 1)],
     Rating(AnswerKind.LEVEL, 3, EvidenceStrength.ASSERTED, (3, 1))),
    ("the lowest of all without authority", [said("mei", 3), said("dan", 2)], asserted(2)),
    ("equal answers count with the strongest evidence", [said("mei", 2, "linked"), said("dan", 2)], linked(2)),
    ("a verified document ends the contest", [said("omar", 0), said("mei", 2, "verified")], asserted(0)),
    ("don't know of the authority is unknown", [said("omar", None), said("mei", 2)], NONE),
    ("don't know is the lowest answer", [said("mei", 3), said("dan", None)], NONE),
    ("only the latest answer of a person counts", [said("omar", 3), said("omar", 1, days=1)], asserted(1)),
    ("an answer for another dimension does not count", [said("omar", 3, dimension="D1")], NONE),
]  # fmt: skip


@pytest.mark.parametrize(("answers", "rating"), [row[1:] for row in RATED], ids=[row[0] for row in RATED])
def test_several_people_one_rating(framework: Framework, answers: list[Answer], rating: Rating) -> None:
    roles = {"role-D4": "omar"}
    assert rate(framework, framework.dimension("D4"), answers, roles) == rating
    assert rate(framework, framework.dimension("D4"), answers[::-1], roles) == rating


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (na("mei", "ravi"), AnswerKind.NOT_APPLICABLE),
        (na("mei", None), AnswerKind.UNKNOWN),
        (na("mei", "mei"), AnswerKind.UNKNOWN),
        (na("mei", "ravi", "D4"), AnswerKind.UNKNOWN),
    ],
    ids=["agreed", "not yet agreed", "agreed by the claimant", "not allowed here"],
)
def test_not_applicable_counts_once_somebody_else_agreed(
    framework: Framework, answer: Answer, kind: AnswerKind
) -> None:
    assert rate(framework, framework.dimension(answer.dimension_id), [answer], {}).kind is kind


def test_a_superseded_answer_does_not_count_even_with_the_same_time(framework: Framework) -> None:
    edited = said("omar", 1, supersedes_id="omar-0")
    edited = Answer(**{name: getattr(edited, name) for name in edited.__slots__} | {"id": "a-first"})
    assert rate(framework, framework.dimension("D4"), [said("omar", 3), edited], {}) == asserted(1)


@pytest.mark.parametrize(
    ("dimension", "exposure", "target", "severity", "worst"),
    [
        ("D3", 3, 3, "HIGH", "CRITICAL"),
        ("D1", 3, 3, "MEDIUM", "HIGH"),
        ("D9", 2, 2, "MEDIUM", "HIGH"),
        # Only the next stage asks: in its gate set and two short, or one of these.
        ("D3", 2, 3, "MEDIUM", "HIGH"),
        ("D2", 2, 3, "MEDIUM", "MEDIUM"),
    ],
)
def test_what_is_unknown_weighs_up_to_what_nothing_would(
    framework: Framework, dimension: str, exposure: int, target: int, severity: str, worst: str
) -> None:
    ratings = {each.id: GOOD for each in framework.dimensions} | {dimension: NONE}
    (finding,) = score(framework, exposure, target, ratings).findings
    assert (finding.severity.name, up_to(framework, finding).name) == (severity, worst)
