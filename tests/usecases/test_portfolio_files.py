"""The portfolio as files: who sees how much of it, what filters choose, and one moment however long it takes."""

import csv
import io
import json
import re
from html import unescape
from typing import Any

import pytest

from bot.readiness.export_format import ExportFormat
from bot.usecases import exports
from bot.usecases.ports import Context
from tests.usecases.test_files import files_of, words_of
from tests.world import World, account, said

HOSTILE = "</script><script>alert(1)</script>"


@pytest.fixture
def stocked(world: World) -> World:
    """Churn is Olivia's and was assessed, Notes is Ravi's and was not; Mei is a manager, Nina nobody."""
    world.found()
    world.command("olivia", "start churn")
    world.say("olivia", "a secret note")
    world.answer_all("olivia", 1)
    world.found(owner="ravi", name=HOSTILE, key="notes", channel="C2", exposure="4", business_function="Care")
    world.command("ada", f"roles <@{account('mei')}> manager")
    world.deliver()
    return world


def asked(world: World, handle: str, words: str) -> tuple[Any, ...]:
    """The files that somebody gets for these words."""
    assert "on its way to our direct messages" in said(world.command(handle, words, name="portfolio"))
    world.deliver()
    return files_of(world, handle)


def rows_of(page: str) -> dict[str, list[str]]:
    """The key of each project -> what its cells read."""
    body = page.partition('<tbody role="rowgroup">\n<tr role="row" data-stage')[2].partition("</tbody>")[0]
    found = {}
    for row in body.split("</tr>")[:-1]:
        cells = [unescape(re.sub("<[^>]+>", " ", cell)) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
        texts = [" ".join(cell.split()) for cell in cells]
        found[re.findall(r"<code>(.*?)</code>", row)[0]] = texts
    return found


def test_the_page_shows_everybody_stages_and_levels_to_those_who_may_read_answers(stocked: World) -> None:
    pages = {}
    for handle in ("mei", "olivia", "ravi", "nina"):
        (page,) = asked(stocked, handle, "report")
        assert (page.name, page.media_type) == ("bridgehead-portfolio-2026-11-23.html", "text/html")
        pages[handle] = page.content.decode()
        rows = rows_of(pages[handle])
        assert list(rows) == ["churn", "notes"], handle
        assert rows["churn"][1:3] == ["1 Experimentation", "2"]
        assert "high Business KPI Alignment" in rows["churn"][5]
        assert "not assessed" in rows["notes"][1]
    assert [("D9 1" in " ".join(rows_of(page)["churn"])) for page in pages.values()] == [True, True, False, False]
    assert [("Levels" in page) for page in pages.values()] == [True, True, True, False]
    assert not [page for page in pages.values() if "secret" in page or HOSTILE in page]
    assert all("&lt;/script&gt;" in page for page in pages.values())


def test_what_nobody_knows_is_no_level(stocked: World) -> None:
    stocked.found(name="Fraud", key="fraud", channel="C3")
    stocked.command("olivia", "start fraud")
    interview = stocked.interview("olivia")
    stocked.press("olivia", "unknown", f"{interview.id}|{interview.current}")
    stocked.answer_all("olivia", 1)
    stocked.deliver()
    (page,) = asked(stocked, "olivia", "report")
    levels = rows_of(page.content.decode())["fraud"][6]
    assert (levels.count("?"), levels.count(" 1")) == (1, 9)


@pytest.mark.parametrize(
    ("filters", "keys"),
    [
        ("", ["churn", "notes"]),
        ("unassessed", ["notes"]),
        ("stage:<=2 blocked", ["churn"]),
        ("owner:Ravi", ["notes"]),
        ("function:care", ["notes"]),
        ("sort:-exposure", ["notes", "churn"]),
        ("sort:key limit:1", ["churn"]),
        ("severity:high -waived", ["churn"]),
        ("exposure:5", []),
    ],
)
def test_filters_choose_what_stands_in_every_format(stocked: World, filters: str, keys: list[str]) -> None:
    (page,) = asked(stocked, "mei", f"report {filters}")
    assert list(rows_of(page.content.decode())) == keys
    (whole,) = asked(stocked, "mei", f"export json {filters}")
    exported = json.loads(whole.content)
    assert sorted(each["key"] for each in exported["projects"]) == sorted(keys)
    assert exported["filters"] == filters
    standings, history = asked(stocked, "mei", f"export csv {filters}")
    table = list(csv.DictReader(io.StringIO(standings.content.decode("utf-8-sig"))))
    assert sorted(row["key"] for row in table) == sorted(keys)
    milestones = list(csv.DictReader(io.StringIO(history.content.decode("utf-8-sig"))))
    assert [(row["key"], row["number"], row["stage"]) for row in milestones] == [
        ("churn", "1", "1") for key in keys if key == "churn"
    ]


def test_a_file_says_how_many_projects_were_left_out_for_their_levels(stocked: World) -> None:
    why, one = "Levels are for a project’s own people and managers, so", "one other project was left out."
    for filters, handle, left_out in (
        ("dimension:D4<2", "olivia", 1),
        ("dimension:D4<2", "nina", 2),
        ("dimension:D4<2", "mei", 0),
        ("stage:<=2", "nina", 0),
    ):
        (page,) = asked(stocked, handle, f"report {filters}")
        (whole,) = asked(stocked, handle, f"export json {filters}")
        note = {0: "", 1: f"{why} {one}", 2: f"{why} 2 other projects were left out."}[left_out]
        read = page.content.decode()
        assert ("own people and managers" in read, note in read) == (bool(note), True), handle
        assert json.loads(whole.content)["left_out"] == left_out, handle
        assert note in words_of(stocked, handle), handle


def test_filters_that_cannot_be_read_bring_no_file_and_say_which_word(stocked: World) -> None:
    for words in ("report stagee:3", "export csv stagee:3", "export stagee:3"):
        told = said(stocked.command("mei", words, name="portfolio"))
        assert "stagee" in told
        assert len(told.splitlines()) == 2
    assert "export" not in stocked.outbox_states()


def test_an_export_of_the_portfolio_shows_what_its_reader_may_see(stocked: World) -> None:
    access = {}
    for handle in ("mei", "olivia", "nina"):
        whole, table = asked(stocked, handle, "export")
        access[handle] = [each["access"] for each in json.loads(whole.content)["projects"]]
        rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
        assert [row["access"] for row in rows] == access[handle]
        assert [bool(row["cadence"]) for row in rows] == [each == "answers" for each in access[handle]]
    assert access == {"mei": ["answers"] * 2, "olivia": ["answers", "stages"], "nina": ["stages"] * 2}


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_an_export_shows_one_moment_whatever_is_written_meanwhile(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 1)
    for number in range(3):
        world.found(name=f"P{number}", key=f"p{number}", channel=f"C{number}")
    with world.store.reading(world.who("ada")["actor"]) as tx:
        actor = tx.people.of_account(account("olivia"))
        context = Context(tx=tx, actor=actor, library=world.conversation.library, now=world.clock.now())
        projects = iter(exports.export_of(context, ExportFormat.JSON).projects)
        names = [next(projects).project.name]
        world.submit("olivia", world.project("p2").id, name="Renamed", key="p2", exposure="3")
        world.found(name="P3", key="p3", channel="C3")
        names += [each.project.name for each in projects]
    assert names == ["P0", "P1", "P2"]
    assert world.project("p2").name == "Renamed"
