"""What is open is open once, and what is found stands in a known order."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.readiness.assessment import AssessmentState, EvidenceStrength
from bot.readiness.interview import Phase
from bot.readiness.scoring import Severity
from bot.readiness.waivers import WaiverState
from storage.store import Store
from tests.storage.values import (
    ADA,
    ANSWER,
    ASSESSMENT,
    BLOCKER,
    CHECK,
    CONTEST,
    INTERVIEW,
    NOW,
    PROJECT,
    WAIVER,
    fill,
)


def test_a_project_has_one_open_assessment(store: Store) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
    with pytest.raises(IntegrityError), store.writing(ADA) as tx:
        tx.assessments.add(replace(ASSESSMENT, id="a2"))
    with store.writing(ADA) as tx:
        done = replace(ASSESSMENT, state=AssessmentState.COMPLETE, completed_at=NOW)
        tx.assessments.save(done)
        again = replace(ASSESSMENT, id="a2")
        tx.assessments.add(again)
        assert tx.assessments.open_of("p1") == again
        assert tx.assessments.latest_of("p1") == again
        assert tx.assessments.get("a1") == done


def test_a_dimension_of_a_project_has_one_open_blocker(store: Store) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
    with pytest.raises(IntegrityError), store.writing(ADA) as tx:
        tx.blockers.add(replace(BLOCKER, id="b2"))
    with store.writing(ADA) as tx:
        cleared = replace(BLOCKER, cleared_at=NOW, cleared_by="m1")
        tx.blockers.save(cleared)
        found = [
            replace(BLOCKER, id="old", dimension_id="value", severity=Severity.HIGH, found_at=NOW - timedelta(1)),
            replace(BLOCKER, id="new", dimension_id="skill", severity=Severity.HIGH),
            replace(BLOCKER, id="b2"),
        ]
        for blocker in found:
            tx.blockers.add(blocker)
        assert [blocker.id for blocker in tx.blockers.open_of("p1")] == ["b2", "old", "new"]
        assert cleared in tx.blockers.of_project("p1")
        tx.projects.save(replace(PROJECT, archived_at=NOW))
        assert tx.blockers.all_open() == []


def test_archived_projects_are_found_by_id_and_key_only(store: Store) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
        tx.projects.add(replace(PROJECT, id="p2", key="Zebra", roles={}, summary=None))
        tx.projects.add(replace(PROJECT, id="p3", key="alpha", roles={"sponsor": "bob"}, owner_id="bob"))
        archived = replace(PROJECT, archived_at=NOW, roles={"sponsor": "ada"}, target=None, place_id=None)
        tx.projects.save(archived)
        assert tx.projects.get("p1") == tx.projects.by_key("churn") == archived
        assert [project.key for project in tx.projects.active()] == ["Zebra", "alpha"]
        assert [project.key for project in tx.projects.of_person("bob")] == ["alpha"]
        assert [project.key for project in tx.projects.of_place("here")] == ["Zebra", "alpha"]
        assert tx.projects.keys() == ["Zebra", "alpha", "churn"]
        assert tx.projects.active()[1].roles == {"sponsor": "bob"}


def test_interviews_stand_newest_first(store: Store) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
        later = replace(INTERVIEW, id="i2", opened_at=NOW + timedelta(1))
        over = replace(INTERVIEW, id="i3", opened_at=NOW + timedelta(2), phase=Phase.FINISHED, finished_at=NOW)
        for interview in (over, later):
            tx.interviews.add(interview)
        assert tx.interviews.unfinished_of("ada") == [later, INTERVIEW]
        assert tx.interviews.latest_of("ada") == over
        assert tx.interviews.of_assessment("a1") == [INTERVIEW, over, later]


def test_a_disagreement_is_open_with_those_who_have_answered(store: Store) -> None:
    opened = replace(CONTEST, id="c2", settled_at=None, settled_by=None, how=None)
    with store.writing(ADA) as tx:
        fill(tx)
        tx.contests.add(opened)
        assert tx.contests.open_with("ada") == [opened]
        assert tx.contests.open_with("bob") == []
        tx.projects.save(replace(PROJECT, archived_at=NOW))
        assert tx.contests.open_with("ada") == []


def test_a_waiver_waits_for_who_decides_it_until_its_day(store: Store) -> None:
    asked = replace(WAIVER, id="w2", dimension_id="value", state=WaiverState.ASKED, approved_at=None)
    sooner = replace(asked, id="w3", dimension_id="skills", until=asked.until - timedelta(1))
    with store.writing(ADA) as tx:
        fill(tx)
        for waiver in (asked, sooner):
            tx.waivers.add(waiver)
        assert tx.waivers.waiting_for("bob", NOW) == [sooner, asked]
        assert tx.waivers.waiting_for("bob", sooner.until) == [asked]
        assert tx.waivers.waiting_for("ada", NOW) == []
        tx.projects.save(replace(PROJECT, archived_at=NOW))
        assert tx.waivers.waiting_for("bob", NOW) == []


def test_a_check_is_open_while_the_answer_stands_unchecked(store: Store) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
        assert tx.checks.add(replace(CHECK, id="q2")) is False
        assert tx.checks.open_of("ada") == []
        checked = replace(ANSWER.evidence, strength=EvidenceStrength.VERIFIED, verified_by="bob", verified_at=NOW)
        tx.answers.add(replace(ANSWER, id="r2", supersedes_id="r1", evidence=checked))
        assert tx.checks.open_of("bob") == []
