"""What goes in comes out by every way of looking; what belongs to one tenant is nobody else's."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.readiness.framework_versions import FrameworkKey
from bot.readiness.links import LinkCheck, LinkState
from storage.engine import Engines
from storage.store import Store, Transaction
from storage.tables import Row
from tests.storage.values import (
    ADA,
    ANSWER,
    ASSESSMENT,
    BLOCKER,
    BOB,
    CHECK,
    CLAIM,
    COMMITMENT,
    CONTEST,
    EVE,
    EVENTS,
    FORECAST,
    FRAMEWORK,
    FRAMEWORK_TEXT,
    HANDOVER,
    INTERVIEW,
    LINK,
    LINK_CHECK,
    MILESTONE,
    NOW,
    PERSON,
    PLACE,
    PROJECT,
    REMARK,
    SHARED,
    WAIVER,
    fill,
)

EVERY_LOOK: dict[str, Callable[[Transaction], object]] = {
    "frameworks.text": lambda tx: tx.frameworks.text(FRAMEWORK.key),
    "frameworks.all": lambda tx: tx.frameworks.all(),
    "frameworks.assessed": lambda tx: tx.frameworks.assessed(),
    "frameworks.asked": lambda tx: tx.frameworks.asked(),
    "frameworks.current": lambda tx: tx.frameworks.current,
    "people.get": lambda tx: tx.people.get("ada"),
    "people.many": lambda tx: tx.people.many(["ada", "bob", "nobody"]),
    "people.of_account": lambda tx: tx.people.of_account("U1"),
    "people.all": lambda tx: tx.people.all(),
    "people.managers": lambda tx: tx.people.managers(),
    "places.get": lambda tx: tx.places.get("here"),
    "places.of_channel": lambda tx: tx.places.of_channel("C1"),
    "places.many": lambda tx: tx.places.many(["here", "there"]),
    "projects.get": lambda tx: tx.projects.get("p1"),
    "projects.lock": lambda tx: tx.projects.lock("p1"),
    "projects.by_key": lambda tx: tx.projects.by_key("churn"),
    "projects.active": lambda tx: tx.projects.active(),
    "projects.all": lambda tx: tx.projects.all(),
    "projects.keys": lambda tx: tx.projects.keys(),
    "projects.ids": lambda tx: tx.projects.ids(),
    "projects.many": lambda tx: tx.projects.many(["nobody", "p1"]),
    "projects.of_keys": lambda tx: tx.projects.of_keys(["churn", "pricing"]),
    "projects.of_person": lambda tx: tx.projects.of_person("bob"),
    "projects.of_place": lambda tx: tx.projects.of_place("here"),
    "assessments.get": lambda tx: tx.assessments.get("a1"),
    "assessments.open_of": lambda tx: tx.assessments.open_of("p1"),
    "assessments.ids_of": lambda tx: tx.assessments.ids_of("p1"),
    "assessments.latest_of": lambda tx: tx.assessments.latest_of("p1"),
    "assessments.of_projects": lambda tx: tx.assessments.of_projects(["p1", "p2"]),
    "interviews.get": lambda tx: tx.interviews.get("i1"),
    "interviews.of_assessment": lambda tx: tx.interviews.of_assessment("a1"),
    "interviews.of_projects": lambda tx: tx.interviews.of_projects(["p1", "p2"]),
    "interviews.asked_last": lambda tx: tx.interviews.asked_last("ada"),
    "interviews.unfinished_of": lambda tx: tx.interviews.unfinished_of("ada"),
    "interviews.latest_of": lambda tx: tx.interviews.latest_of("ada"),
    "answers.get": lambda tx: tx.answers.get("r1"),
    "answers.many": lambda tx: list(tx.answers.many(["r1", "nobody"])),
    "answers.current": lambda tx: tx.answers.current("a1"),
    "answers.of_assessment": lambda tx: tx.answers.of_assessment("a1"),
    "answers.of_projects": lambda tx: tx.answers.of_projects(["p1", "p2"]),
    "answers.of_respondent": lambda tx: tx.answers.of_respondent("a1", "ada"),
    "milestones.get": lambda tx: tx.milestones.get("m1"),
    "milestones.latest": lambda tx: tx.milestones.latest("p1"),
    "milestones.of_project": lambda tx: tx.milestones.of_project("p1"),
    "milestones.of_projects": lambda tx: tx.milestones.of_projects(["p1", "p2"]),
    "blockers.get": lambda tx: tx.blockers.get("b1"),
    "blockers.open_of": lambda tx: tx.blockers.open_of("p1"),
    "blockers.of_projects": lambda tx: tx.blockers.of_projects(["p1", "p2"]),
    "blockers.all_open": lambda tx: tx.blockers.all_open(),
    "handovers.of_assessment": lambda tx: tx.handovers.of_assessment("a1"),
    "handovers.of_projects": lambda tx: tx.handovers.of_projects(["p1", "p2"]),
    "contests.get": lambda tx: tx.contests.get("c1"),
    "contests.of_assessment": lambda tx: tx.contests.of_assessment("a1"),
    "contests.of_projects": lambda tx: tx.contests.of_projects(["p1", "p2"]),
    "checks.open_of": lambda tx: tx.checks.open_of("bob"),
    "link_checks.of_project": lambda tx: tx.link_checks.of_project("p1", [LINK, "https://example.org/b"]),
    "remarks.get": lambda tx: tx.remarks.get("w1"),
    "remarks.about": lambda tx: tx.remarks.about(["r1"]),
    "remarks.of_projects": lambda tx: tx.remarks.of_projects(["p1", "p2"]),
    "trail.newest": lambda tx: [(e.action, e.subject, e.actor_id, e.facts) for e in tx.trail.newest(5)],
    "blockers.of_project": lambda tx: tx.blockers.of_project("p1"),
    "blocker_events.of_blockers": lambda tx: tx.blocker_events.of_blockers(["b1"]),
    "blocker_events.of_milestone": lambda tx: tx.blocker_events.of_milestone("m1"),
    "commitments.get": lambda tx: tx.commitments.get("k1"),
    "commitments.open_of": lambda tx: tx.commitments.open_of("p1"),
    "commitments.open_of_many": lambda tx: tx.commitments.open_of_many(["p1", "p2"]),
    "commitments.of_person": lambda tx: tx.commitments.of_person("bob"),
    "claims.get": lambda tx: tx.claims.get("c1"),
    "claims.standing": lambda tx: tx.claims.standing("p1"),
    "claims.latest": lambda tx: tx.claims.latest("p1"),
    "claims.of_projects": lambda tx: tx.claims.of_projects(["p1", "p2"]),
    "waivers.get": lambda tx: tx.waivers.get("w1"),
    "waivers.open_of": lambda tx: tx.waivers.open_of("p1"),
    "waivers.of_project": lambda tx: tx.waivers.of_project("p1"),
    "waivers.of_projects": lambda tx: tx.waivers.of_projects(["p1", "p2"]),
    "shared_findings.get": lambda tx: tx.shared_findings.get("s1"),
    "shared_findings.open": lambda tx: tx.shared_findings.open(),
    "forecasts.open_of": lambda tx: tx.forecasts.open_of("p1"),
    "forecasts.of_project": lambda tx: tx.forecasts.of_project("p1", 3),
    "forecasts.of_projects": lambda tx: tx.forecasts.of_projects(["p1"]),
}
EXPECTED: dict[str, object] = {
    "people.get": PERSON,
    "people.many": {"ada": PERSON, "bob": BOB},
    "people.of_account": PERSON,
    "people.all": [PERSON, BOB],
    "people.managers": [PERSON],
    "places.get": PLACE,
    "places.of_channel": PLACE,
    "places.many": {"here": PLACE},
    "projects.get": PROJECT,
    "projects.lock": PROJECT,
    "projects.by_key": PROJECT,
    "projects.active": [PROJECT],
    "projects.all": [PROJECT],
    "projects.keys": ["churn"],
    "projects.ids": ["p1"],
    "projects.many": [PROJECT],
    "projects.of_keys": [PROJECT],
    "projects.of_person": [PROJECT],
    "projects.of_place": [PROJECT],
    "assessments.get": ASSESSMENT,
    "assessments.open_of": ASSESSMENT,
    "assessments.latest_of": ASSESSMENT,
    "assessments.ids_of": ["a1"],
    "assessments.of_projects": [ASSESSMENT],
    "interviews.get": INTERVIEW,
    "interviews.of_assessment": [INTERVIEW],
    "interviews.of_projects": [INTERVIEW],
    "interviews.asked_last": {"p1"},
    "interviews.unfinished_of": [INTERVIEW],
    "interviews.latest_of": INTERVIEW,
    "answers.get": ANSWER,
    "answers.many": [ANSWER],
    "answers.current": [ANSWER],
    "answers.of_assessment": [ANSWER],
    "answers.of_projects": [ANSWER],
    "answers.of_respondent": {"data": ANSWER},
    "milestones.get": MILESTONE,
    "milestones.latest": MILESTONE,
    "milestones.of_project": [MILESTONE],
    "milestones.of_projects": [MILESTONE],
    "blockers.get": BLOCKER,
    "blockers.open_of": [BLOCKER],
    "blockers.of_projects": [BLOCKER],
    "blockers.all_open": [BLOCKER],
    "handovers.of_assessment": [HANDOVER],
    "handovers.of_projects": [HANDOVER],
    "contests.get": CONTEST,
    "contests.of_assessment": [CONTEST],
    "contests.of_projects": [CONTEST],
    "checks.open_of": [CHECK],
    "link_checks.of_project": {LINK: LINK_CHECK},
    "remarks.get": REMARK,
    "remarks.about": [REMARK],
    "remarks.of_projects": [REMARK],
    "trail.newest": [("project.added", "p1", "ada", {"key": "churn"})],
    "blockers.of_project": [BLOCKER],
    "blocker_events.of_blockers": EVENTS,
    "blocker_events.of_milestone": EVENTS[:1],
    "commitments.get": COMMITMENT,
    "commitments.open_of": {"data": COMMITMENT},
    "commitments.open_of_many": [COMMITMENT],
    "commitments.of_person": [COMMITMENT],
    "claims.get": CLAIM,
    "claims.standing": {"b1": CLAIM},
    "claims.latest": {"b1": CLAIM},
    "claims.of_projects": [CLAIM],
    "waivers.get": WAIVER,
    "waivers.open_of": {"data": WAIVER},
    "waivers.of_project": [WAIVER],
    "waivers.of_projects": [WAIVER],
    "shared_findings.get": SHARED,
    "shared_findings.open": {"data": SHARED},
    "forecasts.open_of": FORECAST,
    "forecasts.of_project": [FORECAST],
    "forecasts.of_projects": [FORECAST],
    "frameworks.text": FRAMEWORK_TEXT,
    "frameworks.all": [FRAMEWORK],
    "frameworks.assessed": {FrameworkKey("poc_to_production", "1.0"): ["churn"]},
    "frameworks.asked": {FrameworkKey("poc_to_production", "1.0"): ["churn"]},
    "frameworks.current": FRAMEWORK.key,
}


CHANGES = {"add", "save", "verify_chain", "choose", "keep_code", "join", "judge", "withdraw"}
"""What a repository does beyond looking."""


def _look(tx: Transaction) -> dict[str, object]:
    found = {}
    for name, look in EVERY_LOOK.items():
        try:
            found[name] = look(tx)
        except KeyError:
            found[name] = None
    return found


def test_what_goes_in_comes_out_by_every_way_of_looking(store: Store) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
        assert _look(tx) == EXPECTED
    with store.reading(ADA) as tx:
        assert _look(tx) == EXPECTED
        tenant = tx.tenant_id
    with store.of_tenant(tenant) as tx:
        assert _look(tx) == EXPECTED
    with store.reading_tenant(tenant) as tx:
        assert _look(tx) == EXPECTED


def test_two_tenants_never_see_each_others_rows(store: Store) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
    with store.writing(EVE) as tx:
        assert not any(_look(tx).values())
        assert tx.notices.held("here") == []
        assert tx.notices.release("here") == 0
        assert tx.first_arrival("event")
        with pytest.raises(KeyError):
            tx.notices.get("1")
        for save in (
            lambda: tx.people.save(PERSON),
            lambda: tx.projects.save(PROJECT),
            lambda: tx.assessments.save(ASSESSMENT),
            lambda: tx.interviews.save(INTERVIEW),
            lambda: tx.blockers.save(BLOCKER),
            lambda: tx.commitments.save(COMMITMENT),
            lambda: tx.claims.save(CLAIM),
            lambda: tx.waivers.save(WAIVER),
            lambda: tx.shared_findings.save(SHARED),
        ):
            with pytest.raises(KeyError):
                save()
        fill(tx)  # the same ids, keys and channels
        assert _look(tx) == EXPECTED
        tx.projects.save(replace(PROJECT, name="Eve's"))
    with store.reading(ADA) as tx:
        assert _look(tx) == EXPECTED


def test_what_is_known_of_a_link_is_kept_once_however_long_it_is(store: Store) -> None:
    long = f"https://example.org/{'ü' * 9000}"
    with store.writing(ADA) as tx:
        fill(tx)
        for state in (LinkState.ALIVE, LinkState.GONE):
            for link in (LINK, long):
                tx.link_checks.save(LinkCheck("p1", link, NOW, state))
    with store.reading(ADA) as tx:
        assert tx.link_checks.of_project("p1", [long]) == {long: LinkCheck("p1", long, NOW, LinkState.GONE)}
        assert tx.link_checks.of_project("p1", [LINK])[LINK].state is LinkState.GONE
        assert tx.link_checks.of_project("p2", [LINK]) == {}


def test_every_way_of_looking_is_in_the_table(store: Store) -> None:
    repositories = {look.split(".")[0] for look in EVERY_LOOK}
    with store.reading(ADA) as tx:
        public = {
            f"{name}.{method}"
            for name in repositories
            for method in vars(type(getattr(tx, name)))
            if not method.startswith("_") and method not in CHANGES
        }
    elsewhere = {
        "people.of_code",
        "people.is_blank",
        "milestones.moves",
        "forecasts.record",
        "answers.before",
        "milestones.since",
        "shared_findings.blocked",
        "contests.open_with",
        "waivers.waiting_for",
    }
    assert public == EVERY_LOOK.keys() | elsewhere


def test_a_reference_to_another_tenants_row_cannot_be_stored(engines: Engines, store: Store) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
        first = tx.tenant_id
    with store.writing(EVE) as tx:
        second = tx.tenant_id
    for table in Row.metadata.sorted_tables:
        for constraint in table.foreign_key_constraints:
            if constraint.referred_table.name == "tenant":
                continue
            assert constraint.column_keys[0] == "tenant_id", constraint.name
    for table in ("account", "project", "assessment", "interview", "outbox", "blocker"):
        # Append-only tables answer by their trigger before the reference is looked at.
        statement = text(f"UPDATE {table} SET tenant_id = :other WHERE tenant_id = :mine")
        with pytest.raises(IntegrityError), engines.writing.begin() as connection:
            connection.execute(statement, {"other": second, "mine": first})


def test_reading_before_the_first_contact_shows_an_empty_tenant_and_writes_nothing(
    engines: Engines, store: Store
) -> None:
    with store.reading(ADA) as tx:
        assert not any(_look(tx).values())
    with engines.reading.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM tenant")).scalar() == 0
