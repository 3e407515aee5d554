"""What an answer calls for beyond its level, by the framework's conditions; and what speaks against it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.content.reader import shipped_framework
from bot.readiness.assessment import Answer, AnswerKind, Evidence, EvidenceStrength
from bot.readiness.follow_ups import (
    called_for,
    counts_for,
    doubts,
    empty_fields,
    holds,
    promised_in,
    speaks,
    stages_that_matter,
    still,
)

FRAMEWORK = shipped_framework()
ID = {dimension.code: dimension.id for dimension in FRAMEWORK.dimensions}
NONE = Evidence()
LINK = Evidence(EvidenceStrength.LINKED, "https://wiki.example/x")


def answer(code: str, level: int | None, evidence: Evidence = NONE, **facts: str) -> Answer:
    kind = AnswerKind.UNKNOWN if level is None else AnswerKind.LEVEL
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    told = {name.replace("_", "-"): value for name, value in facts.items()}
    return Answer("a", "p", "as", "i", ID[code], "mei", kind, noon, level, evidence, facts=told)


def wants(given: Answer, exposure: int, target: int | None = None, **more: frozenset[str]) -> list[str]:
    return [wanted.id for wanted in called_for(FRAMEWORK, given, exposure, target, **more)]


@pytest.mark.parametrize(
    ("when", "code", "level", "exposure", "target", "expected"),
    [
        ("always", "D1", 0, 1, None, True),
        ("level_at_least:3", "D1", 2, 1, None, False),
        ("level_at_least:3", "D1", 3, 1, None, True),
        ("counts_for_less", "D1", 2, 3, None, False),
        ("counts_for_less", "D3", 2, 1, None, False),
        ("counts_for_less", "D3", 2, 2, None, True),
        ("counts_for_less", "D3", 2, 2, 2, False),
        ("level_below_bar", "D3", 0, 1, None, False),
        ("level_below_bar", "D3", 1, 2, None, True),
        ("level_below_bar", "D3", 1, 2, 2, False),
        ("level_below_bar", "D9", 1, 2, 2, True),
        ("level_below_bar", "D9", 2, 3, 3, False),
        ("level_below_bar", "D9", 2, 3, None, True),
        ("level_at_least:3 or counts_for_less", "D3", 2, 3, None, True),
        ("level_at_least:3 or counts_for_less", "D1", 1, 3, None, False),
    ],
)
def test_when_a_follow_up_is_called_for(
    when: str, code: str, level: int, exposure: int, target: int | None, expected: bool
) -> None:
    stages = stages_that_matter(FRAMEWORK, exposure, target)
    assert holds(FRAMEWORK, FRAMEWORK.dimension(ID[code]), when, level, stages) is expected


def test_what_matters_is_where_people_are_exposed_and_the_next_stage() -> None:
    assert [stages_that_matter(FRAMEWORK, exposure, None) for exposure in range(1, 6)] == [
        (1,),
        (2, 3),
        (3, 4),
        (4,),
        (5,),
    ]
    assert stages_that_matter(FRAMEWORK, 1, 3) == (1, 2)


@pytest.mark.parametrize(
    ("given", "exposure", "expected"),
    [
        (answer("D3", 3), 3, ["evidence", "alerting"]),
        (answer("D3", 1), 3, ["owner-and-date"]),
        (answer("D3", None), 3, []),
        (answer("D8", 0), 3, ["owner-and-date", "ownership"]),
        (answer("D8", 2), 1, ["ownership"]),
        (answer("D8", 2, run_budget="none"), 1, []),
        (answer("D1", 2, LINK), 4, ["owner-and-date", "data-contract"]),
        (answer("D4", 2, LINK), 2, ["registry", "versions-listed"]),
        (answer("D4", 2, LINK, version_registry="the registry"), 2, []),
        (answer("D7", 2, LINK), 2, ["access", "access-listed"]),
        (answer("D10", 0), 3, ["owner-and-date", "changed-work", "users-not-told"]),
        (answer("D10", 0, changed_work="the agents"), 2, ["owner-and-date"]),
        (answer("D9", 3, LINK, measure="churn rate"), 3, []),
        (answer("D9", 3, LINK, measure="F1-score"), 3, ["measured-beyond-the-model"]),
    ],
)
def test_what_an_answer_calls_for(given: Answer, exposure: int, expected: list[str]) -> None:
    assert wants(given, exposure) == expected


def test_what_was_passed_or_checked_is_not_asked_for_again() -> None:
    given = answer("D4", 2)
    assert wants(given, 2) == ["evidence", "registry", "versions-listed"]
    assert wants(given, 2, passed=frozenset({"evidence", "registry"})) == ["versions-listed"]
    assert wants(given, 2, checked=frozenset({"versions-listed"})) == ["evidence", "registry"]


def test_a_queue_only_shrinks_in_the_middle_of_it() -> None:
    queue = called_for(FRAMEWORK, answer("D4", 2), 2, None)
    told = called_for(FRAMEWORK, answer("D4", 2, version_registry="ours"), 2, None)
    assert [wanted.id for wanted in still(queue, told)] == ["evidence"]
    assert still((), queue) == ()


def test_monitoring_without_a_receiver_casts_doubt_on_ownership() -> None:
    (check,) = doubts(FRAMEWORK, answer("D3", 3), 3)
    assert (check.id, check.asks) == ("alert-receiver-named", ID["D8"])
    assert doubts(FRAMEWORK, answer("D3", 3, alert_receiver="Mei"), 3) == ()
    assert doubts(FRAMEWORK, answer("D3", 2), 3) == ()
    assert doubts(FRAMEWORK, answer("D4", 2), 3) == (), "a check of the answer itself is no doubt elsewhere"


def test_an_answer_that_comes_after_what_speaks_against_it_is_checked_in_its_own_message() -> None:
    owned = answer("D8", 2, LINK, run_budget="some")
    others = (answer("D3", 3),)
    assert [wanted.id for wanted in called_for(FRAMEWORK, owned, 3, 3, others=others)] == ["alert-receiver-named"]
    assert called_for(FRAMEWORK, replace(owned, level=0), 3, 3, others=others, passed={"owner-and-date"}) == ()
    somebody_elses = (answer("D4", 2),)
    own = answer("D4", 1)
    assert wants(own, 2) == [w.id for w in called_for(FRAMEWORK, own, 2, None, others=somebody_elses)]


def test_a_check_of_the_level_alone_waits_for_the_exposure_it_names() -> None:
    check = FRAMEWORK.check("users-not-told")
    assert [speaks(check, answer("D10", 0), exposure) for exposure in (2, 3)] == [False, True]


def test_a_merely_asserted_level_counts_for_the_lower_of_both_stages() -> None:
    monitoring = FRAMEWORK.dimension(ID["D3"])
    assert [counts_for(FRAMEWORK, monitoring, 3, exposure, None) for exposure in (1, 2, 3)] == [2, 1, 1]


def test_a_promise_stands_among_the_facts() -> None:
    given = answer("D1", 0)
    dimension = FRAMEWORK.dimension(ID["D1"])
    assert promised_in(dimension, given) is None
    told = replace(given, facts={"owner-and-date.person": "omar", "owner-and-date.due": "2026-12-01"})
    assert promised_in(dimension, told) == ("omar", "2026-12-01")
    assert "owner-and-date" not in wants(told, 2)


def test_fields_are_filled_in_their_order() -> None:
    contract = FRAMEWORK.dimension(ID["D1"]).follow_up("data-contract")
    assert empty_fields(contract, {"quality": "no nulls"}) == ("availability", "schema", "latency")
