"""Every command, press and form times every role: allowed or refused as its row says, and what is refused is private.

Roles are checked by who acts, never by what a button carries: whatever is forged changes nothing.
"""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import bot.conversation
from bot.chat.incoming import Command, Incoming, Press, Submit
from bot.chat.view import Reply
from bot.commands import COMMANDS
from bot.forms import FORMS
from bot.presses import PRESSES
from bot.readiness.assessment import Answer, AnswerKind, Project
from bot.readiness.commitments import Commitment
from bot.readiness.contested import Contest
from bot.readiness.interview import Interview
from bot.readiness.preferences import Preferences
from bot.readiness.refusals import Refusal, Refused
from bot.readiness.waivers import Waiver
from bot.rows import May
from tests.begun import begun
from tests.world import MONDAY, World, account

PEOPLE = {
    "viewer": "zoe",
    "asked": "mei",
    "colleague": "dan",
    "owner": "olivia",
    "manager": "marta",
    "admin": "ada",
}
ALLOWED = {
    May.ANYONE: set(PEOPLE),
    May.ASKED: {"asked"},
    May.READER: set(PEOPLE) - {"viewer"},
    May.BACKUP: {"colleague"},
    May.OWNER: {"owner", "admin"},
    May.HOLDER: {"colleague", "owner", "admin"},
    May.APPROVER: {"manager"},
    May.OVERSEER: {"owner", "manager", "admin"},
    May.MANAGER: {"manager", "admin"},
    May.ADMIN: {"admin"},
}
BY_ROLE = {
    Refusal.ROLE_NEEDED,
    Refusal.NOT_YOUR_INTERVIEW,
    Refusal.NOT_BACKUP,
    Refusal.NO_INTERVIEW,
    Refusal.NOT_OWN_CLAIM,
    Refusal.NOT_A_SIDE,
    Refusal.NOT_YOUR_GAP,
    Refusal.NOT_APPROVER,
}
"""The refusals that mean: not you."""

OWN_CLAIMS = {("agree", "asked"), ("verify", "asked"), ("doubt_evidence", "asked")}
"""Who may read may also check what others claim, but never their own claim: here it is the asked person's."""

COLLEAGUES_TOO = {f"/readiness {word}" for word in ("resume", "pause", "skip", "back", "form", "answers")}
"""These mean one's own questions, and the colleague has some as well."""

Ids = Mapping[str, str]

PRESSED: Mapping[str, Callable[[Ids], str]] = {
    "answer": lambda ids: f"{ids['interview']}|model-monitoring|2",
    "unknown": lambda ids: f"{ids['interview']}|model-monitoring",
    "not_applicable": lambda ids: f"{ids['interview']}|feature-store-readiness",
    "reason": lambda ids: f"{ids['interview']}|feature-store-readiness|no-engineered-features",
    "unchanged": lambda ids: f"{ids['interview']}|model-monitoring",
    "not_now": lambda ids: f"{ids['interview']}|model-monitoring|evidence",
    "promise": lambda ids: f"{ids['interview']}|model-monitoring|owner-and-date",
    "same_facts": lambda ids: f"{ids['interview']}|model-monitoring|alert-receiver",
    "details": lambda ids: f"{ids['interview']}|model-monitoring|alert-receiver|",
    "questionnaire": lambda ids: ids["interview"],
    "own_answers": lambda ids: ids["interview"],
    "stop": lambda ids: ids["interview"],
    "hand_over": lambda ids: f"{ids['interview']}|model-monitoring",
    "return_question": lambda ids: f"{ids['interview']}|model-monitoring",
    "take_over": lambda ids: ids["interview"],
    "agree_with": lambda ids: f"{ids['contest']}|{ids['side']}",
    "contest": lambda ids: ids["contest"],
    "verify_contested": lambda ids: ids["contest"],
    "skip": lambda ids: f"{ids['interview']}|model-monitoring",
    "back": lambda ids: f"{ids['interview']}|model-monitoring",
    "pause": lambda ids: ids["interview"],
    "resume": lambda ids: ids["interview"],
    "edit_answer": lambda ids: f"{ids['interview']}|feature-store-readiness",
    "why_asked": lambda _: "model-monitoring",
    "agree": lambda ids: ids["claim"],
    "evidence": lambda ids: ids["project"],
    "check_evidence": lambda ids: ids["linked"],
    "still_true": lambda ids: ids["linked"],
    "verify": lambda ids: ids["linked"],
    "doubt_evidence": lambda ids: ids["linked"],
    "ask_to_check": lambda ids: ids["linked"],
    "start": lambda ids: ids["project"],
    "nudge": lambda ids: ids["project"],
    "close_assessment": lambda ids: ids["assessment"],
    "status": lambda ids: ids["project"],
    "why": lambda ids: ids["project"],
    "blockers": lambda ids: ids["project"],
    "history": lambda ids: ids["project"],
    "ask": lambda _: "list blocked",
    "ask_more": lambda _: "overview",
    "overview": lambda _: "",
    "projects": lambda _: "0|blocked",
    "project": lambda ids: f"{ids['project']}|0|blocked",
    "move": lambda ids: f"{ids['project']}|3",
    "move_choices": lambda ids: ids["project"],
    "archive_question": lambda ids: ids["project"],
    "cadence": lambda ids: f"{ids['project']}|weekly",
    "ask_all": lambda ids: ids["assessment"],
    "digest_form": lambda ids: ids["digest"],
    "digest_off": lambda ids: ids["digest"],
    "archive": lambda ids: ids["project"],
    "new": lambda _: "",
    "settings": lambda _: "",
    "own_schedule": lambda _: "",
    "change_schedule": lambda _: "",
    "not_away": lambda ids: ids["nobody"],
    "snooze": lambda _: "1h",
    "skip_week": lambda _: "",
    "edit": lambda ids: ids["project"],
    "release_one": lambda _: "1",
    "release": lambda ids: ids["place"],
    "take": lambda ids: f"{ids['project']}|data-pipeline-stability",
    "set_date": lambda ids: f"{ids['project']}|business-kpi-alignment",
    "in_progress": lambda ids: f"{ids['project']}|business-kpi-alignment",
    "give_back": lambda ids: f"{ids['project']}|business-kpi-alignment",
    "resolved": lambda ids: f"{ids['project']}|business-kpi-alignment",
    "ask_waiver": lambda ids: f"{ids['project']}|data-pipeline-stability",
    "withdraw_waiver": lambda ids: f"{ids['project']}|rollback-capability",
    "show_waiver": lambda ids: ids["waiver"],
    "approve_waiver": lambda ids: ids["waiver"],
    "refuse_waiver": lambda ids: ids["waiver"],
    "blockers_from": lambda ids: f"{ids['project']}|0",
    "not_so": lambda ids: ids["trap"],
    "projects_import": lambda ids: "",
    "projects_import_now": lambda _: "1",
    "framework_import": lambda ids: "",
    "framework_show": lambda ids: "",
    "framework_use": lambda ids: "poc-to-production 1.0",
    "compare": lambda ids: f"{ids['project']}|1|1",
    "levers": lambda _: "",
    "lever": lambda _: "dimension|model-monitoring|0",
    "whatif": lambda ids: f"{ids['project']}|D4=3",
    "whatif_form": lambda ids: f"{ids['project']}|D4=3",
    "picture": lambda ids: ids["project"],
    "profile": lambda ids: ids["project"],
    "more_of_map": lambda _: "0|",
    "report": lambda ids: ids["project"],
    "send_files": lambda ids: "",
    "erase": lambda ids: ids["nobody"],
}

SUBMITTED: Mapping[str, Callable[[Ids], tuple[str, Mapping[str, Any]]]] = {
    "project": lambda ids: (
        ids["project"],
        {"name": "Churn", "key": "churn", "exposure": "2", "owner": account("olivia")},
    ),
    "details": lambda ids: (f"{ids['interview']}|model-monitoring|alert-receiver|", {"alert-receiver": "omar"}),
    "questionnaire": lambda ids: (ids["interview"], {}),
    "hand_over": lambda ids: (f"{ids['interview']}|model-monitoring", {"colleague": account("dan")}),
    "verify_contested": lambda ids: (ids["contest"], {"side": ids["side"], "link": "https://wiki.example/proof"}),
    "commitment": lambda ids: (f"{ids['project']}|business-kpi-alignment", {"due": "2026-12-24"}),
    "resolved": lambda ids: (f"{ids['project']}|business-kpi-alignment", {"link": "https://wiki.example/case"}),
    "waiver": lambda ids: (f"{ids['project']}|business-kpi-alignment", {"reason": "It is nearly done."}),
    "waiver_refusal": lambda ids: (ids["waiver"], {"reason": "It is not."}),
    "correction": lambda ids: (ids["trap"], {"words": "We did write it down."}),
    "digest": lambda ids: (ids["digest"], {"weekday": "1", "at": "9:00", "content": "changes"}),
    "settings": lambda _: ("", {"working_days": "7"}),
    "schedule": lambda _: ("", {"timezone": "Europe/Berlin"}),
    "skip_week": lambda _: ("", {"reason": "The audit comes first."}),
    "doubt_evidence": lambda ids: (ids["linked"], {"words": "It is about another system."}),
    "ask_to_check": lambda ids: (ids["linked"], {"colleague": account("dan")}),
    "whatif": lambda ids: (f"{ids['project']}|", {"level:rollback-capability": "3"}),
    "framework": lambda ids: ("", {"file": ("F1",)}),
    "projects_import": lambda _: ("", {"file": ("F1",)}),
}

BEHIND = {"compare": "compare churn churn", "roles": "roles", "help": "help", "erase": f"erase <@{account('lukas')}>"}
"""What is typed where a project makes no sense."""
FORM_MAY = {"project": May.OWNER}
"""Everybody may make a project, its owner may change it: here one is changed."""


class Stage:
    """One world, kept as a file: every case begins from the same state."""

    def __init__(self, world: World, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.world = world
        self.ids = played(world)
        with sqlite3.connect(database) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.database = database
        self.refused: list[Refused] = []
        worded = bot.conversation._refusal

        def remembered(refused: Refused, words: Any) -> Reply:
            self.refused.append(refused)
            return worded(refused, words)

        monkeypatch.setattr(bot.conversation, "_refusal", remembered)

    def everything(self) -> list[str]:
        """All rows of all tables."""
        with sqlite3.connect(self.database) as connection:
            return list(connection.iterdump())

    def tell(self, incoming: Incoming) -> tuple[Reply, Refusal | None]:
        self.refused.clear()
        reply = self.world.conversation.converse(incoming)
        return reply, self.refused[-1].refusal if self.refused else None


@begun
def played(world: World) -> dict[str, str]:
    """An open assessment in which Mei has claimed that features do not apply, after a first one with a trap."""
    world.found(team=True)
    world.command("ada", f"roles <@{account('marta')}> manager")
    for handle in PEOPLE.values():
        world.open_home(handle)
    world.command("olivia", "start churn")
    for handle in ("dan", "mei", "omar", "emma", "ravi", "sofia", "lukas"):
        world.answer_all(handle, 1 if handle == "sofia" else 3)
    first = world.interview("mei").assessment_id
    linked = world.read(lambda tx: tx.answers.of_respondent(first, tx.people.of_account(account("mei")).id))
    world.command("olivia", "start churn")
    interview = world.interview("mei")
    world.press("mei", "not_applicable", f"{interview.id}|feature-store-readiness")
    world.press("mei", "reason", f"{interview.id}|feature-store-readiness|no-engineered-features")
    project = world.project()
    claim = world.read(lambda tx: tx.answers.current(interview.assessment_id))[0]
    return {
        "interview": interview.id,
        "assessment": interview.assessment_id,
        "project": project.id,
        "place": project.place_id or "",
        "claim": claim.id,
        "linked": linked["model-monitoring"].id,
        "trap": _trap(world),
        "waiver": _waiver(world, project),
        "digest": world.read(lambda tx: tx.subscriptions.of_project(project.id)).id,
        "nobody": world.read(lambda tx: tx.people.of_account(account("lukas"))).id,
        **_contest(world, interview),
    }


def _trap(world: World) -> str:
    found = world.read(lambda tx: tx.traps.open_of(world.project().id))
    return found[0].id if found else ""


def _waiver(world: World, project: Project) -> str:
    """One that Marta is to decide; and a gap that Dan has taken on."""
    with world.store.writing(world.who("ada")["actor"]) as tx:
        olivia, marta, dan = (tx.people.of_account(account(handle)).id for handle in ("olivia", "marta", "dan"))
        until = MONDAY + timedelta(days=30)
        tx.waivers.add(Waiver("waiver", project.id, "rollback-capability", olivia, marta, MONDAY, until, 3, "so"))
        tx.preferences.save(tx.people.of_account(account("mei")).id, Preferences(backup_id=dan))
        tx.commitments.add(Commitment("gap", project.id, "business-kpi-alignment", dan, 2, MONDAY))
    return "waiver"


def _contest(world: World, interview: Interview) -> dict[str, str]:
    """Mei says 4 for monitoring and Emma, invited, said 1: stored as it would be, without another round."""
    with world.store.writing(world.who("ada")["actor"]) as tx:
        mei, emma = (tx.people.of_account(account(handle)) for handle in ("mei", "emma"))
        contest = Contest("contest", interview.project_id, interview.assessment_id, "model-monitoring", MONDAY)
        tx.contests.add(contest)
        said = Answer(
            id="said-by-mei",
            project_id=interview.project_id,
            assessment_id=interview.assessment_id,
            interview_id=interview.id,
            dimension_id="model-monitoring",
            respondent_id=mei.id,
            kind=AnswerKind.LEVEL,
            answered_at=MONDAY,
            level=4,
        )
        tx.answers.add(said)
        tx.answers.add(replace(said, id="said-by-emma", respondent_id=emma.id, level=1))
    return {"contest": "contest", "side": "said-by-emma"}


@pytest.fixture
def stage(world: World, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Stage:
    return Stage(world, Path(database_url.removeprefix("sqlite:///")), monkeypatch)


def incomings(stage: Stage, handle: str) -> dict[str, tuple[May, Incoming]]:
    """Everything there is, asked by one person: its name -> who may, and the incoming."""
    world, ids, asked = stage.world, stage.ids, dict[str, tuple[May, Incoming]]()
    for name, table in COMMANDS.items():
        for word, row in table.items():
            text = BEHIND.get(word, f"{word} churn")
            command = Command(**world.who(handle, "C1"), name=name, text=text)
            asked[f"/{name} {word}"] = row.may, command
    for press, row in PRESSES.items():
        asked[f"[{press}]"] = row.may, Press(**world.who(handle), press=press, value=PRESSED[press](ids))
    for form, row in FORMS.items():
        value, fields = SUBMITTED[form](ids)
        submit = Submit(**world.who(handle), form=form, value=value, fields=fields)
        asked[f"{{{form}}}"] = FORM_MAY.get(form, row.may), submit
    return asked


def is_allowed(role: str, name: str, may: May) -> bool:
    """What the row of this name says for a role."""
    if name in COLLEAGUES_TOO and role == "colleague":
        return True
    return role in ALLOWED[may] and (name.strip("[]{}"), role) not in OWN_CLAIMS


def test_every_press_and_form_stands_in_the_matrix() -> None:
    assert PRESSED.keys() == PRESSES.keys()
    assert SUBMITTED.keys() == FORMS.keys()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("role", PEOPLE)
def test_a_role_may_what_the_table_says_and_nothing_else(role: str, stage: Stage) -> None:
    wrong = []
    for name, (may, incoming) in incomings(stage, PEOPLE[role]).items():
        allowed = is_allowed(role, name, may)
        if allowed and not incoming_reads(incoming):
            continue
        before = stage.everything()
        reply, refusal = stage.tell(incoming)
        if (refusal in BY_ROLE) is allowed:
            wrong.append((name, f"expected {'allowed' if allowed else 'refused'}", refusal))
        if not allowed:
            assert not reply.public, name
            assert stage.everything() == before, f"{name} was refused and changed something"
    assert not wrong


def incoming_reads(incoming: Incoming) -> bool:
    """Whether a table says that this only reads; what writes is tried one by one below, each in a world of its own."""
    match incoming:
        case Command(name=name, text=text):
            return COMMANDS[name][text.partition(" ")[0] if name == "readiness" else ""].reads
        case Press(press=press):
            return PRESSES[press].reads
        case Submit(form=form):
            return FORMS[form].reads
    raise AssertionError(incoming)


WRITING = [
    *(f"/{name} {word}" for name, table in COMMANDS.items() for word, row in table.items() if not row.reads),
    *(f"[{press}]" for press, row in PRESSES.items() if not row.reads),
    *(f"{{{form}}}" for form, row in FORMS.items() if not row.reads),
]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", WRITING)
def test_who_may_is_not_refused_for_a_role(name: str, stage: Stage) -> None:
    may, _ = incomings(stage, "ada")[name]
    # Each of them changes the world, so that only the first of two could do it; the admin comes last.
    for role in sorted(ALLOWED[may], key=lambda role: (role == "admin", role)):
        if not is_allowed(role, name, may):
            continue
        _, refusal = stage.tell(incomings(stage, PEOPLE[role])[name][1])
        assert refusal not in BY_ROLE, (name, role)
        if may is not May.ANYONE:
            break


CARRY_NOTHING = {"send_files"}
"""Presses that are about their presser alone: no value, nothing to forge."""
FORGED = ["", "x", "x|y", "x|y|z", "x|y|z|w", "|", "||", "0", "' OR 1=1 --", "x" * 5000, "🎉|🎉|2"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_forged_button_changes_nothing_whoever_presses_it(stage: Stage) -> None:
    before = stage.everything()
    for press in [press for press, row in PRESSES.items() if not row.reads and press not in CARRY_NOTHING]:
        for value in FORGED:
            for handle in ("zoe", "mei", "ada"):
                reply, refusal = stage.tell(Press(**stage.world.who(handle), press=press, value=value))
                assert refusal is not None, (press, value, reply)
        assert stage.everything() == before, press
