"""Facts are never changed: answers, milestones, the trail; and any value survives being stored."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.readiness.assessment import Answer, AnswerKind, AssessmentState, Evidence, EvidenceStrength, Project
from bot.readiness.blockers import Blocker
from bot.readiness.interview import Interview
from storage.append_only import APPEND_ONLY
from storage.engine import Engines
from storage.store import Store
from tests.storage.values import (
    ADA,
    ANSWER,
    ASSESSMENT,
    INTERVIEW,
    MILESTONE,
    NOW,
    SCORECARD,
    fill,
)


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("act", ["UPDATE {} SET tenant_id = tenant_id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_facts_are_append_only(engines: Engines, store: Store, table: str, act: str) -> None:
    if act.startswith("TRUNCATE") and engines.writing.dialect.name == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    with store.writing(ADA) as tx:
        fill(tx)
    with pytest.raises(DBAPIError, match="append-only"), engines.writing.begin() as connection:
        connection.execute(text(act.format(table)))


def test_the_words_of_an_answer_can_be_erased_and_the_fact_stays(engines: Engines, store: Store) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
    with engines.writing.begin() as connection:
        connection.execute(text("DELETE FROM answer_text"))
    with store.reading(ADA) as tx:
        assert tx.answers.get("r1") == replace(ANSWER, note="", facts={})


def test_the_current_answer_is_the_one_recorded_last(store: Store) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
        edited = replace(ANSWER, id="r2", level=2, note="", facts={}, supersedes_id="r1")
        of_bob = replace(ANSWER, id="r3", respondent_id="bob", level=4, note="", facts={})
        value = replace(ANSWER, id="r4", dimension_id="value", kind=AnswerKind.UNKNOWN, level=None, note="", facts={})
        for answer in (edited, of_bob, value):
            tx.answers.add(answer)
        assert tx.answers.current("a1") == [edited, of_bob, value]
        assert tx.answers.of_respondent("a1", "ada") == {"data": edited, "value": value}


def test_last_times_answers_are_those_of_the_latest_earlier_assessment_that_has_any(store: Store) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
        tx.answers.add(replace(ANSWER, id="r2", respondent_id="bob", note="", facts={}))
        tx.answers.add(replace(ANSWER, id="r3", level=3, note="", facts={}))
        for number in (2, 3):
            tx.assessments.save(
                replace(tx.assessments.latest_of("p1") or ASSESSMENT, state=AssessmentState.COMPLETE, completed_at=NOW)
            )
            tx.assessments.add(replace(ASSESSMENT, id=f"a{number}"))  # opened at the very same time
        assert [answer.id for answer in tx.answers.before("p1", "data", "a3")] == ["r3", "r2"]
        assert tx.answers.before("p1", "value", "a3") == []
        assert tx.answers.before("p1", "data", "a1") == []


def test_milestones_are_chained(engines: Engines, store: Store) -> None:
    taken = [replace(MILESTONE, id=f"m{n}", sequence=n, taken_at=NOW + timedelta(n)) for n in (2, 3)]
    with store.writing(ADA) as tx:
        fill(tx)
        for milestone in taken:
            tx.milestones.add(milestone)
        assert tx.milestones.latest("p1") == taken[1]
        assert tx.milestones.of_project("p1", limit=2) == [taken[1], taken[0]]
        assert tx.milestones.verify_chain("p1") is None
        with pytest.raises(ValueError, match="sequence 9 after 3"):
            tx.milestones.add(replace(MILESTONE, id="m9", sequence=9))


@pytest.mark.parametrize(
    ("tampering", "fault"),
    [
        ("UPDATE milestone SET cause = 'edited' WHERE id = 'm2'", "milestone m2 (sequence 2) was changed"),
        ("UPDATE milestone SET taken_at = '2020-01-01 00:00:00.000000' WHERE id = 'm1'", "m1 (sequence 1) was changed"),
        ("UPDATE milestone SET answers = '[]' WHERE id = 'm3'", "milestone m3 (sequence 3) was changed"),
        ("DELETE FROM milestone WHERE id = 'm2'", "milestone m3 (sequence 3) does not follow"),
    ],
)
def test_tampering_with_a_milestone_breaks_the_chain(
    engines: Engines, store: Store, tampering: str, fault: str
) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
        for number in (2, 3):
            tx.milestones.add(replace(MILESTONE, id=f"m{number}", sequence=number))
    with engines.writing.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER milestone_no_update"))
            connection.execute(text("DROP TRIGGER milestone_no_delete"))
        else:
            connection.execute(text("ALTER TABLE milestone DISABLE TRIGGER USER"))
        connection.execute(text(tampering))
    with store.reading(ADA) as tx:
        assert fault in (tx.milestones.verify_chain("p1") or "")


def test_times_come_back_in_utc_and_naive_ones_are_refused(store: Store) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
        elsewhere = NOW.astimezone(timezone(timedelta(hours=5, minutes=30)))
        tx.interviews.save(replace(INTERVIEW, finished_at=elsewhere))
        found = tx.interviews.get("i1").finished_at
        assert found == NOW
        assert found is not None
        assert found.utcoffset() == timedelta()
    with pytest.raises(Exception, match="must be aware"), store.writing(ADA) as tx:
        tx.interviews.save(replace(INTERVIEW, finished_at=datetime(2026, 1, 1)))  # noqa: DTZ001


_WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
_TIMES = st.datetimes(datetime(1971, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
_SLOW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class _Undone(Exception):
    """Rolls an example back."""


@_SLOW
@given(
    project=st.builds(
        Project,
        id=st.just("x"),
        key=_WORDS,
        name=_WORDS,
        owner_id=st.just("ada"),
        exposure=st.integers(1, 5),
        created_at=_TIMES,
        place_id=st.none(),
        roles=st.dictionaries(_WORDS, st.just("bob"), max_size=3),
        archived_at=st.none() | _TIMES,
        summary=st.none(),
    ),
    interview=st.builds(
        Interview,
        id=st.just("x"),
        project_id=st.just("x"),
        assessment_id=st.just("a1"),
        respondent_id=st.just("bob"),
        questions=st.lists(_WORDS, max_size=3).map(tuple),
        opened_at=_TIMES,
        notes=st.dictionaries(_WORDS, _WORDS, max_size=3),
        asked=st.dictionaries(_WORDS, st.integers(0, 9), max_size=3),
        answered=st.frozensets(_WORDS, max_size=3),
        skipped=st.frozensets(_WORDS, max_size=3),
    ),
    answer=st.builds(
        Answer,
        id=st.just("x"),
        project_id=st.just("x"),
        assessment_id=st.just("a1"),
        interview_id=st.just("x"),
        dimension_id=_WORDS,
        respondent_id=st.just("bob"),
        kind=st.just(AnswerKind.LEVEL),
        level=st.integers(0, 4),
        answered_at=_TIMES,
        note=_WORDS,
        evidence=st.one_of(
            st.builds(
                Evidence,
                st.sampled_from([EvidenceStrength.ASSERTED, EvidenceStrength.LINKED]),
                st.none() | _WORDS,
                st.none() | _TIMES,
            ),
            st.builds(Evidence, st.just(EvidenceStrength.VERIFIED), st.none() | _WORDS, _TIMES, st.just("ada"), _TIMES),
        ),
        reason=st.none() | _WORDS,
        approved_by=st.none(),
        supersedes_id=st.none() | st.just("r1"),
    ),
    blocker=st.builds(
        Blocker,
        id=st.just("x"),
        project_id=st.just("x"),
        dimension_id=_WORDS,
        found_at=_TIMES,
        found_by=st.just("m1"),
        cleared_at=st.none() | _TIMES,
        cleared_by=st.none(),
        reopened_at=st.none() | _TIMES,
        reopened_by=st.none(),
        reopenings=st.integers(0, 99),
    ),
    index=st.floats(0, 4),
)
def test_any_value_survives_the_round_trip(
    store: Store, project: Project, interview: Interview, answer: Answer, blocker: Blocker, index: float
) -> None:
    milestone = replace(MILESTONE, id="x", sequence=2, scorecard=replace(SCORECARD, barriers={"trust": index}))
    stages = replace(blocker, stage=2, need=3)

    def go_through() -> None:
        with store.writing(ADA) as tx:
            fill(tx)
            tx.projects.add(project)
            tx.interviews.add(interview)
            tx.answers.add(answer)
            tx.blockers.add(stages)
            tx.milestones.add(milestone)
            assert tx.projects.get("x") == project
            assert tx.interviews.get("x") == interview
            assert tx.answers.get("x") == answer
            assert tx.blockers.get("x") == stages
            assert tx.milestones.get("x") == milestone
            assert tx.milestones.verify_chain("p1") is None
            raise _Undone

    with pytest.raises(_Undone):
        go_through()
