"""The export: what happened between people is in it, for those who may read it, in few statements."""

import csv
import io
import json
from typing import Any

import pytest
from sqlalchemy import event

from bot.readiness.assessment import Answer
from bot.readiness.notices import Notice, NoticeKind
from bot.usecases import exports, people
from bot.usecases.ports import Context
from tests.begun import begun
from tests.usecases.gaps import D1, D3, D5
from tests.usecases.test_contests_settled import document
from tests.usecases.test_evidence import doubt
from tests.usecases.test_files import exported, files_of
from tests.usecases.test_handed_on import hand_over
from tests.usecases.test_traps import NO_BUDGET, RUN, correct, raised_id, tell
from tests.world import World, account, said

BETWEEN_PEOPLE = ("handovers", "contests", "claims", "doubts", "corrections")


@pytest.fixture
@begun
def eventful(world: World) -> World:
    """Omar handed a question to Emma, Mei and Lukas differed until Ada saw a document, and much else was said."""
    project = world.found(exposure="3", role_operations=account("omar"), **{"role_ml-engineering": account("mei")})
    world.command("olivia", f"start churn <@{account('lukas')}>")
    world.deliver()
    hand_over(world, "omar", D5, "emma", "She ran the load test")
    dimensions = [dimension.id for dimension in world.conversation.library.shipped.dimensions]
    differs = {"olivia": {D1: 1}, "lukas": {D3: 0}}
    for handle in ("omar", "emma", "mei", "olivia", "lukas"):
        world.answer_all(handle, [differs.get(handle, {}).get(dimension, 2) for dimension in dimensions])
    assert document(world, "ada", "mei", words="It has run since May") == []
    tell(world, "olivia", RUN, **NO_BUDGET)
    correct(world, "olivia", raised_id(world), "Finance pays")
    backed = next(each for each in current(world) if each.dimension_id == "rollback-capability")
    assert said(doubt(world, "ada", backed.id, "A page without a date")).startswith("Recorded")
    world.fill("olivia", "resolved", f"{project.id}|{D1}", link="https://wiki.example/load", words="Load test passed")
    world.deliver()
    return world


def current(world: World) -> list[Answer]:
    latest = world.read(lambda tx: tx.assessments.latest_of(world.project().id))
    return list(world.read(lambda tx: tx.answers.current(latest.id)))


def who(world: World, handle: str) -> str:
    return str(world.read(lambda tx: tx.people.of_account(account(handle)).id))


def test_what_happened_between_people_is_exported(eventful: World) -> None:
    (project,) = exported(eventful, "ada")["projects"]
    (handed,) = project["handovers"]
    assert (handed["from"], handed["to"], handed["dimension"], handed["words"], handed["returned"]) == (
        who(eventful, "omar"),
        who(eventful, "emma"),
        D5,
        "She ran the load test",
        False,
    )
    (contest,) = project["contests"]
    assert (contest["dimension"], contest["how"], contest["settled_by"], contest["words"]) == (
        D3,
        "verified",
        who(eventful, "ada"),
        "It has run since May",
    )
    (claim,) = project["claims"]
    assert (claim["person"], claim["state"], claim["words"]) == (who(eventful, "olivia"), "stands", "Load test passed")
    assert claim["blocker"] in {each["id"] for each in project["blockers"]}
    (doubted,) = project["doubts"]
    assert (doubted["person"], doubted["words"]) == (who(eventful, "ada"), "A page without a date")
    assert doubted["answer"] in {each["id"] for each in project["answers"]}
    (correction,) = project["corrections"]
    assert (correction["trap"], correction["words"]) == ("operational-overhead", "Finance pays")
    assert set(correction["answers"]) <= {each["id"] for each in project["answers"]}


def test_the_table_counts_it_for_those_who_may_read_it(eventful: World) -> None:
    for handle, expected in (("ada", ["1", "0", "1", "1", "1"]), ("nina", [""] * 5)):
        exported(eventful, handle)
        (row,) = csv.DictReader(io.StringIO(files_of(eventful, handle)[1].content.decode("utf-8-sig")))
        columns = ("handovers", "open_contests", "standing_claims", "doubts", "corrections")
        assert [row[column] for column in columns] == expected


def test_who_sees_stages_only_sees_nothing_of_it(eventful: World) -> None:
    whole = exported(eventful, "nina")
    assert not set(BETWEEN_PEOPLE) & whole["projects"][0].keys()
    text = json.dumps(whole)
    assert not [words for words in ("load test", "since May", "Finance", "without a date") if words in text]


def test_everybody_whom_an_export_names_is_in_its_list_of_people(eventful: World) -> None:
    whole = exported(eventful, "olivia")
    (project,) = whole["projects"]
    keys = ("owner", "from", "to", "settled_by", "person", "respondent", "verified_by")
    named = {value for key, value in _pairs(project) if key in keys and value}
    assert named <= {person["id"] for person in whole["people"]}


def _pairs(value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, list):
        return [pair for each in value for pair in _pairs(each)]
    if isinstance(value, dict):
        return [*value.items(), *(pair for each in value.values() for pair in _pairs(each))]
    return []


def test_nobody_finds_in_an_export_what_they_are_still_asked_themselves(world: World) -> None:
    world.found(exposure="3", **{"role_ml-engineering": account("mei")})
    world.command("olivia", f"start churn <@{account('lukas')}>")
    world.answer_all("mei", 2)
    mine = {"feature-store-readiness", D3}
    assert {each["dimension"] for each in exported(world, "olivia")["projects"][0]["answers"]} == mine
    assert exported(world, "lukas")["projects"][0]["answers"] == []
    world.press("lukas", "answer", f"{world.interview('lukas').id}|{D3}|0")
    known = [(each["dimension"], each["level"]) for each in exported(world, "lukas")["projects"][0]["answers"]]
    assert known == [(D3, 2), (D3, 0)]


def test_who_reads_a_project_reads_its_export_and_nobody_else(world: World) -> None:
    """The owner, who holds a role, who was asked last time, or only before, or never; a manager and an admin."""
    for key, role in (("churn", "mei"), ("notes", "omar")):
        world.found(name=key, key=key, channel=f"C{key}", **{"role_ml-engineering": account(role)})
        world.command("olivia", f"start {key} <@{account('lukas')}>")
        world.press("olivia", "close_assessment", _open_of(world, key))
        world.clock.later(days=1)
    world.command("olivia", f"start churn <@{account('emma')}>")
    world.command("ada", f"roles <@{account('marta')}> manager")
    for handle in ("olivia", "mei", "omar", "lukas", "emma", "nina", "marta", "ada"):
        world.open_home(handle)
        with world.store.reading(world.who(handle)["actor"]) as tx:
            context = _context(world, tx, handle)
            may = {each.key: people.may_read_project(context, each) for each in tx.projects.all()}
        found = {each["key"]: each["access"] == "answers" for each in exported(world, handle)["projects"]}
        assert found == may, handle


def _open_of(world: World, key: str) -> str:
    return str(world.read(lambda tx: tx.assessments.open_of(world.project(key).id).id))


def _context(world: World, tx: Any, handle: str) -> Context:
    actor = people.visitor(tx, world.who(handle)["actor"], world.conversation.admins)
    return Context(tx=tx, actor=actor, library=world.conversation.library, now=world.clock.now())


@pytest.mark.parametrize("handle", ["ada", "olivia", "nina"])
def test_an_export_costs_as_many_statements_for_one_project_as_for_many(world: World, handle: str) -> None:
    counted = []
    for number in range(3):
        key = f"p{number}"
        world.found(name=key, key=key, channel=f"C{key}")
        for _ in range(number + 1):
            world.command("olivia", f"start {key}")
            world.answer_all("olivia", 2)
            world.clock.later(days=1)
        counted.append(_statements(world, handle))
    assert counted[0] == counted[1] == counted[2] <= 20


def _statements(world: World, handle: str) -> int:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    with world.store.reading(world.who(handle)["actor"]) as tx:
        context = _context(world, tx, handle)
        event.listen(world.engines.reading, "before_cursor_execute", note)
        exports.export(context, Notice("k", NoticeKind.EXPORT, exports.EVERYTHING, person_id=context.actor.id))
        event.remove(world.engines.reading, "before_cursor_execute", note)
    return len(statements)
