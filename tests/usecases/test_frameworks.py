"""Frameworks of one's own: imported by admins, pinned by every assessment, and never a surprise."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import event, text

from bot.chat.incoming import Say, SharedFile, Submit
from bot.chat.view import FieldKind, Reply
from bot.content.reader import read_framework, reread_framework
from bot.readiness.framework_versions import FrameworkFaults, FrameworkKey, FrameworkMissing
from bot.usecases.sending import MaybeTaken, NotTaken
from tests.frameworks import documented, relabelled, shipped, without
from tests.world import World, account, said

FIRST = FrameworkKey("poc-to-production", "1.0")
SECOND = FrameworkKey("poc-to-production", "1.1")


def hand_in(world: World, content: bytes | str, handle: str = "ada") -> str:
    """Import a file by its form; what its sender is told."""
    file_id = f"F{len(world.messenger.files)}"
    world.messenger.files[file_id] = content.encode() if isinstance(content, str) else content
    reply = world.conversation.converse(_form(world, handle, file_id))
    assert "reading the file" in said(reply), said(reply)
    world.deliver()
    return world.messenger.said_to(account(handle))[-1]


def _form(world: World, handle: str, *files: str) -> Any:
    return Submit(**world.who(handle), form="framework", fields={"file": files or None})


def share(world: World, handle: str, words: str, *files: str) -> Reply:
    return world.conversation.converse(Say(**world.who(handle), text=words, files=tuple(map(SharedFile, files))))


def current(world: World) -> FrameworkKey | None:
    found: FrameworkKey | None = world.read(lambda tx: tx.frameworks.current)
    return found


def trail(world: World) -> list[str]:
    with world.engines.reading.connect() as connection:
        found = connection.execute(text("SELECT action FROM audit_event WHERE action LIKE 'framework.%' ORDER BY seq"))
        return [row.action for row in found]


# -- importing -------------------------------------------------------------------------------------------------------
def test_an_imported_framework_is_current_and_on_the_trail(world: World) -> None:
    told = hand_in(world, documented())
    assert "Claims automation, version 1.0, is imported and current from now on." in told
    assert current(world) == FrameworkKey("claims-automation", "1.0")
    assert trail(world) == ["framework.imported", "framework.chosen"]
    listed = said(world.command("ada", "framework"))
    assert listed.index("Claims automation") < listed.index("From proof of concept to production")
    assert "imported 23 Nov 2026 by" in listed
    assert "comes with Bridgehead" in listed


def test_the_same_file_twice_changes_nothing_and_says_so(world: World) -> None:
    hand_in(world, documented())
    assert "is here already and current; nothing has changed" in hand_in(world, documented())
    assert trail(world) == ["framework.imported", "framework.chosen"]


def test_a_version_never_changes_its_text(world: World) -> None:
    hand_in(world, documented())
    told = hand_in(world, documented().replace("Look at ten", "Look at twenty"))
    assert "Version 1.0 of claims-automation is here already and says something else" in told
    assert "give your file another version" in told
    assert "nothing has changed" in told.lower()


def test_a_version_that_is_shipped_cannot_be_replaced_but_chosen(world: World) -> None:
    assert "says something else" in hand_in(world, shipped("1.0", without("feature-store-readiness")))
    hand_in(world, documented())
    assert "is current from now on" in hand_in(world, shipped("1.0"))
    assert current(world) == FIRST


def test_all_faults_are_listed_with_their_places(world: World) -> None:
    faulty = (
        documented()
        .replace("code: B1", 'code: "B 1"')
        .replace("bars: {2: 1,", "bars: {2: 9,")
        .replace("method: cumulative", "method: guess")
    )
    told = hand_in(world, faulty)
    assert "The file has 5 faults" in told or "faults. Correct them" in told
    assert "Line 3, column 9, method: expected cumulative, got guess" in told
    assert "dimensions[0].bars.2: unreachable" in told
    assert "nothing has changed" in told.lower()
    assert current(world) is None
    assert trail(world) == []


def test_a_hundred_faults_are_counted_and_the_first_thirty_shown(world: World) -> None:
    def break_it(content: dict[str, Any]) -> None:
        for dimension in content["dimensions"]:
            for level in dimension["levels"]:
                level["label"] = {"de": "nur deutsch"}

    told = hand_in(world, shipped("1.1", break_it))
    assert "The file has 50 faults" in told
    assert told.count("Line ") == 30
    assert "… and 20 more" in told


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xff\xfe\x00binary", "no UTF-8 text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "no UTF-8 text"),
        (b"id: a\x00b", "no UTF-8 text"),
        ("ä: ö".encode("latin-1"), "no UTF-8 text"),
        (b"", "fault"),
        (b"just words", "fault"),
        (b"a: &x [*x]", "alias"),
        (b"!!python/object/apply:os.system ['true']", "tag"),
        (b"[" * 5000, "levels of nesting"),
        (b"x" * 1_000_001, "larger than 1 MB"),
        (b"<html><body>Sign in</body></html>", "fault"),
    ],
    ids=range(11),
)
def test_whatever_is_handed_in_is_refused_in_words(world: World, content: bytes, told: str) -> None:
    answer = hand_in(world, content)
    assert "The file was not imported" in answer
    assert told in answer
    assert current(world) is None


@pytest.mark.parametrize(
    ("reason", "told"),
    [("not_there", "no longer has the file"), ("not_allowed", "files:read"), ("elsewhere", "another provider")],
)
def test_a_file_that_cannot_be_had_is_told(world: World, reason: str, told: str) -> None:
    world.messenger.refused_files["F9"] = reason
    world.conversation.converse(_form(world, "ada", "F9"))
    world.deliver()
    assert told in world.messenger.said_to(account("ada"))[-1]
    assert world.outbox_states()["import"] == {("sent", None)}


def test_a_file_shared_with_the_words_is_imported_and_without_one_a_button_is_offered(world: World) -> None:
    offered = share(world, "ada", "framework import")
    assert "[Open the form]" in said(offered)
    world.messenger.files["F1"] = documented().encode()
    assert "reading the file" in said(share(world, "ada", "Framework import", "F1"))
    world.deliver()
    assert "is imported" in world.messenger.said_to(account("ada"))[-1]


def test_the_form_asks_for_one_yaml_file_and_keeps_open_without_it(world: World) -> None:
    reply = world.command("ada", "framework import")
    assert reply.form is not None
    (field,) = reply.form.fields
    assert (field.kind, field.endings) == (FieldKind.FILE, ("yaml", "yml"))
    assert world.conversation.converse(_form(world, "ada")).errors == {"file": "Please choose a file."}


def test_a_byte_order_mark_and_windows_line_ends_are_read(world: World) -> None:
    content = b"\xef\xbb\xbf" + documented().replace("\n", "\r\n").encode()
    assert "is imported and current" in hand_in(world, content)


# -- who may ---------------------------------------------------------------------------------------------------------
ACTS: dict[str, Callable[[World], Reply]] = {
    "list": lambda world: world.command("olivia", "framework"),
    "show": lambda world: world.command("olivia", "framework show"),
    "use": lambda world: world.command("olivia", "framework use poc-to-production 1.0"),
    "use pressed": lambda world: world.press("olivia", "framework_use", "poc-to-production 1.0"),
    "show pressed": lambda world: world.press("olivia", "framework_show", "poc-to-production 1.0"),
    "form": lambda world: world.command("olivia", "framework import"),
    "form pressed": lambda world: world.press("olivia", "framework_import", ""),
    "submitted": lambda world: world.conversation.converse(_form(world, "olivia", "F1")),
    "shared": lambda world: share(world, "olivia", "framework import", "F1"),
}


@pytest.mark.parametrize("act", ACTS)
def test_only_an_admin_may(world: World, act: str) -> None:
    reply = ACTS[act](world)
    assert "Only an admin can do this; nothing has changed." in said(reply)
    assert reply.form is None
    assert "import" not in world.outbox_states()


def test_who_is_no_admin_any_more_when_the_file_was_read_changes_nothing(world: World) -> None:
    world.command("olivia", "help")
    world.open_home("olivia")
    world.command("ada", f"roles <@{account('olivia')}> admin")
    world.messenger.files["F1"] = documented().encode()
    world.conversation.converse(_form(world, "olivia", "F1"))
    world.command("ada", f"roles <@{account('olivia')}> none")
    world.deliver()
    assert "Only an admin can do this" in world.messenger.said_to(account("olivia"))[-1]
    assert current(world) is None


@pytest.mark.parametrize("value", ["", "nothing 1.0", "poc-to-production 9", "poc-to-production|1.0", "' OR 1=1 --"])
def test_a_forged_button_chooses_nothing(world: World, value: str) -> None:
    assert "nothing has changed" in said(world.press("ada", "framework_use", value)).lower()
    assert current(world) is None


# -- pinned ----------------------------------------------------------------------------------------------------------
def test_an_open_assessment_ends_by_its_version_and_the_next_is_asked_by_the_new_one(world: World) -> None:
    world.found()
    world.command("olivia", "start churn")
    told = hand_in(world, shipped("1.1", without("feature-store-readiness")))
    assert "These open assessments end by the version they were started with: churn." in told
    world.answer_all("olivia", 2)
    first = world.read(lambda tx: tx.milestones.latest(world.project().id))
    assert (first.framework_id, first.framework_version) == ("poc-to-production", "1.0")
    world.deliver()

    status = said(world.command("olivia", "status churn"))
    assert "Assessed by version 1.0; 1.1 is current. Start a new assessment to compare." in status
    assert "Assessed by version 1.0; 1.1 is current." in said(world.command("olivia", "why churn"))
    assert "Feature Store Readiness" in said(world.command("olivia", "why churn"))
    assert "Assessed by version 1.0; 1.1 is current." in said(world.command("olivia", "history churn"))

    world.command("olivia", "start churn")
    assert "The open assessment is asked by the current one." in said(world.command("olivia", "status churn"))
    assert len(world.interview("olivia").questions) == 9
    world.answer_all("olivia", 1)
    second = world.read(lambda tx: tx.milestones.latest(world.project().id))
    assert second.framework_version == "1.1"
    world.deliver()
    assert any("Not like for like" in each for each in world.messenger.said_to(account("olivia"))[-3:])
    history = said(world.command("olivia", "history churn"))
    assert "Not like for like: the earlier result was made by version 1.0, this one by version 1.1." in history
    assert "is current" not in said(world.command("olivia", "status churn"))
    listed = said(world.command("ada", "framework"))
    assert "Results of 1 project stand by it: churn" in listed


def test_an_assessment_that_nobody_answered_ends_by_its_version_too(world: World) -> None:
    world.found()
    world.command("olivia", "start churn")
    hand_in(world, shipped("1.1", without("feature-store-readiness")))
    open_one = world.read(lambda tx: tx.assessments.open_of(world.project().id))
    world.press("olivia", "close_assessment", open_one.id)
    milestone = world.read(lambda tx: tx.milestones.latest(world.project().id))
    assert (milestone.framework_id, milestone.framework_version) == ("poc-to-production", "1.0")


def test_an_older_result_is_edited_and_scored_again_by_its_own_version(world: World) -> None:
    world.found()
    world.command("olivia", "start churn")
    world.answer_all("olivia", 2)
    interview = world.interview("olivia")
    hand_in(world, shipped("1.1", without("feature-store-readiness")))
    world.press("olivia", "edit_answer", f"{interview.id}|feature-store-readiness")
    world.press("olivia", "answer", f"{interview.id}|feature-store-readiness|0")
    latest = world.read(lambda tx: tx.milestones.latest(world.project().id))
    assert (latest.cause, latest.framework_version) == ("edited", "1.0")
    project = world.project()
    world.press("olivia", "move", f"{project.id}|3")
    latest = world.read(lambda tx: tx.milestones.latest(project.id))
    assert (latest.cause, latest.framework_version) == ("moved", "1.0")
    assert any(finding.dimension_id == "feature-store-readiness" for finding in latest.scorecard.findings)
    world.deliver()


PAGES: dict[str, Callable[[World], Reply]] = {
    **{
        word: partial(lambda word, world: world.command("olivia", f"{word} churn"), word)
        for word in ("status", "why", "blockers", "history", "move", "edit", "archive")
    },
    "portfolio": lambda world: world.command("olivia", "", name="portfolio"),
    "home": lambda world: world.open_home("olivia"),
    "framework": lambda world: world.command("ada", "framework"),
}


@pytest.mark.parametrize("page", PAGES)
def test_a_dimension_that_is_gone_breaks_no_page(world: World, page: str) -> None:
    world.found(exposure="3")
    world.command("olivia", "start churn")
    world.answer_all("olivia", 0, linked=False)
    world.deliver()
    hand_in(world, documented())
    reply = PAGES[page](world)
    assert "Something broke" not in said(reply)
    assert reply.view or reply.form or reply.home
    world.command("olivia", "start churn")
    reply = PAGES[page](world)
    assert "Something broke" not in said(reply)
    world.answer_all("olivia", 0, linked=False)
    world.deliver()
    assert "Something broke" not in said(PAGES[page](world))
    assert {state for states in world.outbox_states().values() for state, _ in states} <= {"sent", "dropped"}


def test_what_another_framework_no_longer_asks_was_not_resolved(world: World) -> None:
    world.found(exposure="3")
    world.command("olivia", "start churn")
    world.answer_all("olivia", 0, linked=False)
    world.deliver()
    hand_in(world, documented())
    world.command("olivia", "start churn")
    world.answer_all("olivia", 3)
    world.deliver()
    channel = world.messenger.said_to("C1")[-1]
    assert "Not like for like" in channel
    assert "Data Pipeline Stability" not in channel


def test_last_times_answer_is_offered_only_where_the_levels_read_the_same(world: World) -> None:
    world.found()
    world.command("olivia", "start churn")
    world.answer_all("olivia", 2)
    hand_in(world, shipped("1.1", relabelled("data-pipeline-stability")))
    world.command("olivia", "start churn")
    interview = world.interview("olivia")
    assert interview.questions[0] == "data-pipeline-stability"
    refused = world.press("olivia", "unchanged", f"{interview.id}|data-pipeline-stability")
    assert "There is no earlier answer" in said(refused)
    world.press("olivia", "answer", f"{interview.id}|data-pipeline-stability|1")
    same = interview.questions[1]
    assert "There is no earlier answer" not in said(world.press("olivia", "unchanged", f"{interview.id}|{same}"))


def test_an_earlier_version_is_made_current_again(world: World) -> None:
    hand_in(world, shipped("1.1"))
    assert "version 1.0, is current from now on" in said(world.command("ada", "framework use poc-to-production 1.0"))
    assert current(world) == FIRST
    assert trail(world)[-1] == "framework.chosen"
    shown = said(world.command("ada", "framework show poc-to-production 1.1"))
    assert "It is not current." in shown
    assert "D1 Data Pipeline Stability | Data challenges | 1 | 2 | 3 ! | 4 !" in shown
    assert "[Make it current]" in shown
    assert "Which framework" in said(world.command("ada", "framework use"))
    assert "There are: poc-to-production 1.0" in said(world.command("ada", "framework use poc-to-production 7"))


def test_roles_of_the_other_framework_are_kept_when_the_project_is_edited(world: World) -> None:
    world.found(team=True)
    hand_in(world, documented())
    before = world.project().roles
    world.submit("olivia", world.project().id, name="Churn", key="churn", exposure="2", owner=account("olivia"))
    assert world.project().roles == before


def test_a_page_costs_no_query_more_while_the_current_framework_is_the_pinned_one(world: World) -> None:
    world.found()
    world.command("olivia", "start churn")
    world.answer_all("olivia", 2)
    world.deliver()
    counted: list[int] = []
    statements: list[str] = []

    def count(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(world.engines.reading, "before_cursor_execute", count)
    for word in ("status", "blockers", "history", "why"):
        world.command("olivia", f"{word} churn")
    for imported in (False, True):
        if imported:
            hand_in(world, shipped("1.1"))
            world.command("ada", "framework use poc-to-production 1.0")
            world.command("olivia", "status churn")
        statements.clear()
        for word in ("status", "blockers", "history", "why"):
            world.command("olivia", f"{word} churn")
        counted.append(len([each for each in statements if "FROM" in each]))
    event.remove(world.engines.reading, "before_cursor_execute", count)
    assert counted[0] == counted[1]


def test_a_framework_that_is_neither_stored_nor_shipped_is_a_clear_fault_of_ours(world: World) -> None:
    world.found()
    library = world.conversation.library

    def look(tx: Any) -> None:
        with pytest.raises(FrameworkMissing, match=r"framework lost 9: expected it in the table"):
            library.of(tx, FrameworkKey("lost", "9"))

    world.read(look)


def test_what_was_accepted_once_is_read_again_though_the_linter_grew_stricter(world: World) -> None:
    older = documented().replace("bars: {2: 1, 3: 2", "bars: {2: 3, 3: 2")
    with pytest.raises(FrameworkFaults):
        read_framework(older)
    assert reread_framework(older).id == "claims-automation"


@pytest.mark.parametrize("taken_anyway", [False, True])
def test_an_import_whose_telling_was_lost_is_told_as_one_and_made_once(world: World, taken_anyway: bool) -> None:
    world.command("ada", "framework")
    world.messenger.files["F1"] = documented().encode()
    world.conversation.converse(_form(world, "ada", "F1"))
    world.messenger.faults, world.messenger.taken_anyway = [MaybeTaken("timeout")], taken_anyway
    world.deliver()
    world.clock.later(minutes=20)
    world.deliver()
    told = [each for each in world.messenger.said_to(account("ada")) if "Claims" in each]
    assert len(told) == 1
    assert "is imported and current from now on" in told[0]
    assert trail(world) == ["framework.imported", "framework.chosen"]


def test_a_file_that_cannot_be_had_for_now_is_asked_for_again(world: World) -> None:
    world.messenger.files["F1"] = documented().encode()
    world.messenger.download_faults = [NotTaken("no_connection")]
    world.conversation.converse(_form(world, "ada", "F1"))
    world.deliver()
    assert current(world) is None
    world.clock.later(minutes=20)
    world.deliver()
    assert current(world) == FrameworkKey("claims-automation", "1.0")
