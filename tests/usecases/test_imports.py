"""Projects from a table: looked at, taken in within one transaction, or refused with every fault and its place."""

import csv
import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.chat.incoming import Say, SharedFile
from bot.readiness.assessment import Cadence, Project
from bot.readiness.framework_cards import NotImported
from bot.readiness.import_cards import ProjectsImport, ProjectsNotImported
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.sheets import SheetFault, SheetMistake
from bot.usecases import imports
from bot.usecases.ports import Context
from tests.usecases.test_files import files_of
from tests.world import World, account, said

KEY_FORM = "small letters, digits and hyphens, at most 39, beginning with a letter or digit"
PEOPLE = ("ada", "olivia", "mei", "omar")


@pytest.fixture
def met(world: World) -> World:
    """Ada is admin, Mei a manager; Olivia owns Churn, whose operations are Omar's."""
    for handle in PEOPLE:
        world.command(handle, "help")
        world.open_home(handle)
    world.command("ada", f"roles <@{account('mei')}> manager")
    world.found(role_operations=account("omar"), business_function="Sales")
    world.deliver()
    return world


def paste(world: World, table: str, handle: str = "mei", then: str = "import") -> str:
    return said(world.fill(handle, "projects_import", "", text=table, then=then))


def hand_in(world: World, table: str | bytes, handle: str = "mei", then: str = "look") -> str:
    file_id = f"F{len(world.messenger.files)}"
    world.messenger.files[file_id] = table.encode() if isinstance(table, str) else table
    reply = world.fill(handle, "projects_import", "", file=(file_id,), then=then)
    assert "reading the file" in said(reply), said(reply) or reply.errors
    world.deliver()
    return world.messenger.said_to(account(handle))[-1]


def keys(world: World) -> list[str]:
    return list(world.read(lambda tx: tx.projects.keys()))


def trail(world: World) -> list[str]:
    with world.engines.reading.connect() as connection:
        found = connection.execute(text("SELECT action FROM audit_event WHERE action LIKE 'project%' ORDER BY seq"))
        return [row.action for row in found]


# -- what it makes and changes ---------------------------------------------------------------------------------------
def test_a_table_makes_new_projects_and_changes_known_ones(met: World) -> None:
    told = paste(
        met,
        "Key,Name,Exposure,Owner,Business function,Target date\n"
        "churn,Churn prediction,3,Olivia,,2026-01-31\n"
        f"notes,Visit notes,1,<@{account('nina')}>,Care,\n"
        "routes,Route planner,2,,Fleet,2027-03-01\n",
    )
    assert "2 projects are new, 1 changes, 0 are as the table says already" in told
    assert "churn Churn prediction: name Churn → Churn prediction; business_function Sales → –; exposure 2 → 3" in told
    churn, notes, routes = (met.project(key) for key in ("churn", "notes", "routes"))
    assert (churn.name, churn.exposure, churn.business_function, churn.target_date) == (
        "Churn prediction",
        3,
        "",
        date(2026, 1, 31),
    )
    assert met.read(lambda tx: tx.people.get(notes.owner_id)).account == account("nina")
    assert met.read(lambda tx: tx.people.get(routes.owner_id)).account == account("mei")
    assert (notes.business_function, routes.target_date) == ("Care", date(2027, 3, 1))
    assert churn.roles == {"operations": met.read(lambda tx: tx.people.of_account(account("omar"))).id}
    assert trail(met)[-4:] == ["project.edited", "project.created", "project.created", "projects.imported"]


def test_what_a_table_has_no_column_for_stays(met: World) -> None:
    before = met.project()
    paste(met, "key,exposure\nchurn,4\n")
    assert met.project() == replace(before, exposure=4)


def test_a_look_changes_nothing_and_its_button_does_it(met: World) -> None:
    before = met.project()
    told = hand_in(met, "key,name,exposure\nchurn,Churn,5\nnotes,Notes,1\n")
    assert "This is what the table would do" in told
    assert "Nothing has changed yet" in told
    assert (met.project(), keys(met)) == (before, ["churn"])
    (row_id,) = met.read(lambda tx: [each.id for each in _owed(met, tx, "mei")])
    assert "no longer leads anywhere" in said(met.press("ada", "projects_import_now", row_id))
    assert "reading the file" in said(met.press("mei", "projects_import_now", row_id))
    met.deliver()
    assert "The table is imported" in met.messenger.said_to(account("mei"))[-1]
    assert (met.project().exposure, keys(met)) == (5, ["churn", "notes"])


def _owed(world: World, tx: Any, handle: str) -> list[Any]:
    person = tx.people.of_account(account(handle))
    return [each for each in tx.notices.of_person(person.id, 50) if each.notice.kind is NoticeKind.PROJECTS_IMPORT]


def test_a_file_said_with_the_words_is_looked_at_and_without_one_a_button_is_offered(met: World) -> None:
    said_by = met.who("mei")
    assert "[Open the form]" in said(met.conversation.converse(Say(**said_by, text="portfolio import")))
    met.messenger.files["F7"] = b"key,name,exposure\nnotes,Notes,1\n"
    shared = Say(**met.who("mei"), text="portfolio import", files=(SharedFile("F7"),))
    assert "reading the file" in said(met.conversation.converse(shared))
    met.deliver()
    assert "1 project is new" in met.messenger.said_to(account("mei"))[-1]
    assert keys(met) == ["churn"]


def test_the_same_table_twice_changes_nothing_the_second_time(met: World) -> None:
    table = "key,name,exposure,owner\nnotes,Notes,1,Olivia\nchurn,Churn,3,Olivia\n"
    paste(met, table)
    before = trail(met)
    assert "There is nothing to do" in paste(met, table)
    assert trail(met) == before


def test_an_exposure_that_rises_is_scored_again_as_by_the_form(met: World) -> None:
    met.command("olivia", "start churn")
    for handle in ("olivia", "omar"):
        met.answer_all(handle, 1)
    paste(met, "key,exposure\nchurn,4\n")
    causes = [each.cause for each in met.read(lambda tx: tx.milestones.of_project(met.project().id))]
    assert causes == ["moved", "completed"]


# -- what is refused -------------------------------------------------------------------------------------------------
def test_every_fault_is_told_with_its_line_and_column_and_nothing_is_done(met: World) -> None:
    before = (met.project(), trail(met))
    told = paste(
        met,
        "key,name,exposure,owner,target,target_date,cadence,channel,teem\n"
        "churn,Churn,7,Olivia,,,,,\n"
        "notes,,,Olvia,,,,,\n"
        f"Bad Key,x,1,{account('zoe')},,,,,\n"
        "churn,Churn,2,Olivia,,,,,\n"
        "routes,Routes,3,Olivia,2,31.12.2026,yearly,#routes,\n",
    )
    assert told.split("\n")[2:-2] == [
        "- Line 1, column teem: there is no such column; did you mean team?",
        "- Line 2, column exposure: “7” is none of 1, 2, 3, 4, 5",
        "- Line 3, column name: this is empty, and a new project needs it",
        "- Line 3, column exposure: this is empty, and a new project needs it",
        "- Line 3, column owner: I know nobody called “Olvia”; did you mean Olivia?",
        f"- Line 4, column key: “bad key” is no key: {KEY_FORM}",
        "- Line 5, column key: “churn” stands in line 2 already",
        "- Line 6, column target: the target cannot be below where people are exposed already",
        "- Line 6, column target_date: “31.12.2026” is no date; write it like 2027-01-31",
        "- Line 6, column cadence: “yearly” is none of automatic, weekly, monthly, quarterly, cron",
        "- Line 6, column channel: “#routes” is no channel that I know; write its id, such as C0123ABCD",
    ]
    assert (met.project(), trail(met)) == before
    assert met.read(lambda tx: tx.people.of_account(account("zoe"))) is None


def test_people_of_one_name_are_told_apart_by_their_account(met: World) -> None:
    with met.store.writing(met.who("ada")["actor"]) as tx:
        tx.people.save(replace(tx.people.of_account(account("omar")), name="Olivia"))
    told = paste(met, "key,name,exposure,owner\nnotes,Notes,1,Olivia\n")
    assert "several people are called “Olivia”; write the account’s id: " in told
    assert account("omar") in told
    # Who holds it stays, whoever else is called so.
    assert "There is nothing to do" in paste(met, "key,owner\nchurn,Olivia\n")
    paste(met, f"key,owner\nchurn,{account('omar')}\n")
    assert met.read(lambda tx: tx.people.get(met.project().owner_id)).account == account("omar")


def test_an_archived_project_is_passed_over_by_its_own_word_and_else_refused(met: World) -> None:
    met.press("olivia", "archive", met.project().id)
    assert "this project is archived and stays as it is" in paste(met, "key,exposure\nchurn,4\n")
    assert "1 line is of an archived project" in paste(met, "key,exposure,archived_at\nchurn,4,2026-11-23\n")
    assert met.project().exposure == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xff\xfek\x00", "no UTF-8 text"),
        (b"key\n\x00", "no UTF-8 text"),
        (b"x" * (imports.MOST_BYTES + 1), "larger than 2 MB"),
        (b"", "there is no project"),
        (b'key,name\na,"b', "a quotation mark opens here"),
        (b"name\nNotes", "Line 1, column key: this column is missing"),
    ],
    ids=range(6),
)
def test_whatever_is_handed_in_is_refused_in_words(met: World, content: bytes, told: str) -> None:
    answer = hand_in(met, content, then="import")
    assert "The table was not imported" in answer
    assert told in answer
    assert keys(met) == ["churn"]


def test_a_file_that_cannot_be_had_is_told(met: World) -> None:
    met.messenger.refused_files["F9"] = "not_allowed"
    met.fill("mei", "projects_import", "", file=("F9",), then="import")
    met.deliver()
    assert "files:read" in met.messenger.said_to(account("mei"))[-1]


def test_the_form_wants_a_file_or_a_text_and_not_both(met: World) -> None:
    assert "file" in met.fill("mei", "projects_import", "", then="import").errors
    assert "text" in met.fill("mei", "projects_import", "", file=("F1",), text="key\na", then="import").errors


@pytest.mark.parametrize("handle", ["olivia", "omar"])
def test_only_managers_and_admins_may(met: World, handle: str) -> None:
    before = trail(met)
    refused = (
        met.command(handle, "import", name="portfolio"),
        met.press(handle, "projects_import", ""),
        met.fill(handle, "projects_import", "", text="key,exposure\nchurn,4\n", then="import"),
    )
    assert all("Only a manager or an admin can do this" in said(each) for each in refused)
    assert (trail(met), met.project().exposure) == (before, 2)


def test_who_is_no_manager_any_more_when_the_file_was_read_changes_nothing(met: World) -> None:
    met.messenger.files["F1"] = b"key,exposure\nchurn,4\n"
    met.fill("mei", "projects_import", "", file=("F1",), then="import")
    met.command("ada", f"roles <@{account('mei')}> none")
    met.deliver()
    assert "Only a manager or an admin" in met.messenger.said_to(account("mei"))[-1]
    assert met.project().exposure == 2


# -- there and back --------------------------------------------------------------------------------------------------
NAMES = st.text(st.sampled_from("Aä =+@-'\"\n,;🎉<&"), min_size=1, max_size=12).map(str.strip).filter(bool)
PROJECTS = st.builds(
    lambda name, team, exposure, above, day, cadence, channel, role: {
        "name": name,
        "team": team,
        "exposure": exposure,
        "target": min(5, exposure + above) if above is not None else None,
        "target_date": day,
        "cadence": cadence,
        "cadence_rule": "0 9 1 * *" if cadence is Cadence.CRON else "",
        "cadence_zone": "Europe/Berlin" if cadence is Cadence.CRON else "",
        "channel": channel,
        "role": role,
    },
    NAMES,
    st.just("") | NAMES,
    st.integers(1, 5),
    st.none() | st.integers(0, 4),
    st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.sampled_from(Cadence),
    st.sampled_from(["", "C1", "C0XYZ"]),
    st.booleans(),
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PROJECTS, min_size=1, max_size=4))
def test_what_was_exported_is_imported_as_it_was_and_changes_nothing_where_it_is(
    met: World, wanted: list[dict[str, Any]]
) -> None:
    with met.store.writing(met.who("mei")["actor"]) as tx:
        context = _context(met, tx)
        made = [_made(context, number, facts) for number, facts in enumerate(wanted)]
    met.command("mei", "export csv", name="portfolio")
    met.deliver()
    table = files_of(met, "mei")[0].content
    again = hand_in(met, table, then="import")
    assert "There is nothing to do" in again, again
    # Into a portfolio in which these have another key: they come out as they were, but for what is only theirs.
    renamed = table.decode("utf-8-sig").replace('"', '"').replace("\r\nmade-", "\r\ncopy-")
    assert f"{len(made)} project" in hand_in(met, renamed, then="import")
    for project in made:
        copy = met.project(project.key.replace("made-", "copy-"))
        own = {"id": project.id, "key": project.key, "created_at": project.created_at}
        assert replace(copy, **own) == project
    with met.store.writing(met.who("mei")["actor"]) as tx:
        for project in [*made, *(met.project(each.key.replace("made-", "copy-")) for each in made)]:
            tx.projects.save(replace(project, key=f"old-{project.id}"[:39], archived_at=met.clock.now()))


def _made(context: Context, number: int, facts: dict[str, Any]) -> Project:
    row = ["key", f"made-{number}"]
    holder = context.tx.people.of_account(account("olivia"))
    assert holder is not None
    table = dict(
        zip(
            ("name", "team", "exposure", "target", "target_date", "cadence", "cadence_rule", "cadence_zone", "channel"),
            (facts[name] for name in facts if name != "role"),
            strict=True,
        )
    )
    cells = {row[0]: row[1], **table, "cadence": table["cadence"].value, "owner": "Olivia"}
    if facts["role"]:
        cells["role_risk"] = "Omar"
    written = io.StringIO(newline="")
    out = csv.writer(written)
    out.writerows([cells.keys(), ["" if value is None else str(value) for value in cells.values()]])
    found = imports.read(context.library, written.getvalue().encode())
    assert not isinstance(found, ProjectsNotImported), found
    told = imports.take_in(context, found, dry=False)
    assert isinstance(told, ProjectsImport), told
    project = context.tx.projects.by_key(f"made-{number}")
    assert project is not None
    return project


def _context(world: World, tx: Any) -> Context:
    person = tx.people.of_account(account("mei"))
    return Context(tx=tx, actor=person, library=world.conversation.library, now=world.clock.now())


def test_what_only_shows_stages_does_not_speak_for_what_it_hides(met: World) -> None:
    met.command("nina", "export csv", name="portfolio")
    met.deliver()
    assert "There is nothing to do" in hand_in(met, files_of(met, "nina")[0].content, then="import")
    assert met.project().roles


def test_a_rule_of_ones_own_must_be_one(met: World) -> None:
    with met.store.writing(met.who("mei")["actor"]) as tx:
        found = imports.read(met.conversation.library, b"key,cadence,cadence_rule\nchurn,cron,* * * * *\n")
        assert not isinstance(found, ProjectsNotImported)
        told = imports.take_in(_context(met, tx), found, dry=True)
    fault = SheetFault(SheetMistake.RULE_FORM, 2, "cadence_rule", "* * * * *")
    assert told == ProjectsNotImported(NotImported.FAULTS, (fault,))


def test_a_forged_look_is_none(met: World) -> None:
    with met.store.writing(met.who("mei")["actor"]) as tx:
        mei = tx.people.of_account(account("mei"))
        tx.notices.put(Notice(key="other", kind=NoticeKind.IMPORT, subject="F1", person_id=mei.id))
        (other,) = [each.id for each in tx.notices.of_person(mei.id, 9) if each.notice.key == "other"]
    assert "no longer leads anywhere" in said(met.press("mei", "projects_import_now", other))
