"""A year in minutes: what everybody should have got, worked out without product code, is what the ledger says they got.

`make test` plays a few projects for a year on SQLite and for some weeks on PostgreSQL; `make soak` 200 projects and
400 people. `SOAK_SEED` chooses another year.
"""

import ast
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from storage.engine import Engines, make_engines
from tests.soak.checked import check
from tests.soak.played import Played
from tests.soak.record import Entry, Year
from tests.soak.script import write

FULL = os.environ.get("SOAK") == "full"
SEED = int(os.environ.get("SOAK_SEED", "1"))
YEAR = (200, 400, 52) if FULL else (4, 8, 52)
"""Projects, people, weeks."""
WEEKS = (40, 80, 26) if FULL else (3, 6, 6)
pytestmark = pytest.mark.timeout(7_200 if FULL else 600)
Plans = Mapping[str, list[str]]
GROWING = (
    *("answer", "answer_text", "assessment", "audit", "blocker", "blocker_event", "claim", "commitment", "contest"),
    *("forecast", "handover", "inbox", "interview", "milestone", "outbox", "raised_trap", "remark", "stage_change"),
    *("trap_correction", "waiver"),
)
OF_OPEN = ("ix_blocker_oldest", "uq_blocker_open", "uq_contest_open", "ix_waiver_approved")
PURE = ("script", "record", "hours", "seen", "reminded", "checked")


@pytest.fixture(scope="module")
def played(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Year, Plans]:
    """A whole one, on SQLite, and how the database answered what was asked of it."""
    file = tmp_path_factory.mktemp("year") / "year.db"
    shutil.copyfile(sqlite_template, file)
    engines, asked = make_engines(f"sqlite:///{file}"), set[str]()
    for engine in engines:
        event.listen(engine, "before_cursor_execute", lambda *call: asked.add(call[2]))
    year = Played(write(*YEAR, SEED), engines).play()
    engines.dispose()
    return year, explained(file, asked)


def explained(file: Path, asked: Iterable[str]) -> Plans:
    """The steps of each statement that looks for rows of a tenant; without figures of the tables, as in use."""
    looking = [each for each in asked if "tenant_id = ?" in each]
    with closing(sqlite3.connect(file)) as database:
        assert not database.execute("SELECT name FROM sqlite_master WHERE name LIKE 'sqlite_stat%'").fetchall()
        return {
            each: [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {each}", [None] * each.count("?"))]
            for each in looking
        }


@pytest.fixture(scope="module")
def year(played: tuple[Year, Plans]) -> Year:
    return played[0]


def test_nothing_goes_through_all_that_a_tenant_ever_did(played: tuple[Year, Plans]) -> None:
    """What grows with every week is found by more than whose it is, or among those that are open."""
    tables, few = "|".join(GROWING), "|".join(OF_OPEN)
    through = re.compile(rf"(SCAN|SEARCH) ({tables})( USING (?!.*({few}) ).*\(tenant_id=\?\)|)$")
    found = [(step, statement) for statement, steps in played[1].items() for step in steps if through.match(step)]
    assert found == []


def test_everybody_gets_what_they_should_and_nothing_else(year: Year) -> None:
    found = check(year)
    told = ", ".join(f"{count:,} {what}" for what, count in sorted(found.looked_at.items()))
    print(f"\n{YEAR}: {year.kept:,} dates kept in {year.seconds:,.0f} s; {told}")
    assert found.complaints == []
    # None of the rules had nothing to look at.
    for what in ("reminders", "rung 1", "rung 2", "rung 3", "old blockers", "words to owners", "digests"):
        assert found.looked_at[what] > 0, what
    assert found.looked_at["full days"] > 0
    assert found.looked_at["told of several at once"] > 0
    assert found.looked_at["words of what nobody knows"] > 0
    assert not FULL or found.looked_at["warnings"] > 0


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_on_postgresql_as_well(engines: Engines) -> None:
    found = check(Played(write(*WEEKS, SEED), engines).play())
    assert found.complaints == []
    assert found.looked_at["reminders"] > 0


def test_the_check_uses_nothing_of_the_product() -> None:
    for name in PURE:
        tree = ast.parse((Path(__file__).parent / f"{name}.py").read_text(encoding="utf-8"))
        imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        imported |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        ours = {module for module in imported if module.split(".")[0] in ("bot", "storage")}
        assert not ours, (name, ours)
        assert {module for module in imported if module.startswith("tests.")} <= {f"tests.soak.{one}" for one in PURE}


# -- what the check would say if something were wrong ------------------------------------------------------------


def altered(year: Year, which: Callable[[Entry], bool], change: Callable[[Entry], list[Entry]]) -> Year:
    """The same with another entry instead of the last one of a kind."""
    one = [entry for entry in year.ledger if which(entry)][-1]
    ledger = [each for entry in year.ledger for each in (change(entry) if entry is one else [entry])]
    return replace(year, ledger=ledger)


def of_kind(kind: str, rung: int | None = None) -> Callable[[Entry], bool]:
    def which(entry: Entry) -> bool:
        return entry.kind == kind and entry.state == "sent" and entry.unasked and entry.rung == rung

    which.__name__ = kind if rung is None else f"{kind}{rung}"
    return which


def to_channel(kind: str) -> Callable[[Entry], bool]:
    def which(entry: Entry) -> bool:
        return entry.kind == kind and entry.state == "sent" and entry.place is not None

    which.__name__ = f"{kind}_to_channel"
    return which


def later(**passed: float) -> Callable[[Entry], list[Entry]]:
    def change(entry: Entry) -> list[Entry]:
        assert entry.done_at is not None
        return [replace(entry, done_at=entry.done_at + timedelta(**passed))]

    change.__name__ = "_".join(f"{number:.0f}_{unit}_later" for unit, number in passed.items())
    return change


def twice(entry: Entry) -> list[Entry]:
    return [entry, replace(entry, key=f"{entry.key}:again")]


def lost(_entry: Entry) -> list[Entry]:
    return []


def of_one_less(entry: Entry) -> list[Entry]:
    return [replace(entry, about=frozenset(sorted(entry.about)[1:]))]


def dropped(entry: Entry) -> list[Entry]:
    return [replace(entry, state="dropped", error="nothing_to_say")]


def held(entry: Entry) -> list[Entry]:
    return [replace(entry, state="held", error="fault")]


@pytest.mark.parametrize(
    ("which", "change", "rule"),
    [
        (of_kind("reminder"), lost, "reminders_come_weekly"),
        (of_kind("reminder"), twice, "reminders_come_weekly"),
        (of_kind("reminder"), later(hours=1), "reminders_come_weekly"),
        (of_kind("reminder"), later(days=7), "reminders_come_weekly"),
        (of_kind("reminder"), later(hours=12), "nothing_comes_outside_hours"),
        (of_kind("reminder"), held, "nothing_is_stuck"),
        (of_kind("escalation", 1), lost, "each_rung_is_climbed_once"),
        (of_kind("escalation", 2), twice, "each_rung_is_climbed_once"),
        (of_kind("escalation", 3), later(days=1), "each_rung_is_climbed_once"),
        (of_kind("escalation", 3), lost, "each_rung_is_climbed_once"),
        (of_kind("escalation", 3), twice, "each_rung_is_climbed_once"),
        (of_kind("escalation", 3), of_one_less, "each_rung_is_climbed_once"),
        (of_kind("escalation", 3), dropped, "each_rung_is_climbed_once"),
        (of_kind("unknown"), lost, "what_nobody_knows_goes_up"),
        (of_kind("unknown"), twice, "what_nobody_knows_goes_up"),
        (of_kind("unknown"), later(days=1), "what_nobody_knows_goes_up"),
        (of_kind("unknown"), of_one_less, "what_nobody_knows_goes_up"),
        (of_kind("unknown"), dropped, "what_nobody_knows_goes_up"),
        (of_kind("result"), lost, "results_reach_everybody_once"),
        (of_kind("result"), twice, "results_reach_everybody_once"),
        (of_kind("reassessment"), lost, "owners_hear_of_a_reassessment"),
        (of_kind("old_blockers"), lost, "old_blockers_are_told_of"),
        (of_kind("result"), twice, "nothing_is_doubled"),
        (to_channel("digest"), lost, "channels_have_a_digest_a_week"),
        (to_channel("digest"), later(hours=1), "channels_have_a_digest_a_week"),
        (to_channel("alert"), later(hours=1), "results_reach_everybody_once"),
    ],
)
def test_a_ledger_with_a_fault_in_it_is_found_out(
    year: Year, which: Callable[[Entry], bool], change: Callable[[Entry], list[Entry]], rule: str
) -> None:
    assert check(altered(year, which, change), rule).complaints


def test_a_message_that_arrives_twice_is_found_out(year: Year) -> None:
    key, moments = next((key, moments) for key, moments in year.arrived.items() if moments)
    found = check(replace(year, arrived={**year.arrived, key: [*moments, *moments]}))
    assert {complaint.partition(":")[0] for complaint in found.complaints} == {"nothing_is_doubled"}


def test_an_assessment_that_begins_a_day_late_is_found_out(year: Year) -> None:
    late = next(one for one in reversed(year.assessed) if not one.by and one.ended)
    moved = replace(late, at=late.at + timedelta(days=1))
    assessed = [moved if one is late else one for one in year.assessed]
    found = check(replace(year, assessed=assessed))
    assert any(complaint.startswith("projects_are_assessed_again") for complaint in found.complaints)


def test_one_message_more_than_the_budget_is_found_out(year: Year) -> None:
    script = replace(year.script, budget=year.script.budget - 1)
    found = check(replace(year, script=script))
    assert any(complaint.startswith("nobody_gets_too_much") for complaint in found.complaints)
