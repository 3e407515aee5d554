"""Frameworks of one's own: imported by admins, and chosen; whatever is wrong with a file is told with its place."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.chat.view import FieldKind, Reply
from bot.content.reader import read_framework, reread_framework
from bot.readiness.framework_versions import FrameworkFaults, FrameworkKey
from bot.usecases.sending import MaybeTaken, NotTaken
from tests.frameworks import documented, shipped, without
from tests.usecases.frameworks import FIRST, current, framework_form, hand_in, share, trail
from tests.world import World, account, said


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
    world.conversation.converse(framework_form(world, "ada", "F9"))
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
    assert world.conversation.converse(framework_form(world, "ada")).errors == {"file": "Please choose a file."}


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
    "submitted": lambda world: world.conversation.converse(framework_form(world, "olivia", "F1")),
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
    world.conversation.converse(framework_form(world, "olivia", "F1"))
    world.command("ada", f"roles <@{account('olivia')}> none")
    world.deliver()
    assert "Only an admin can do this" in world.messenger.said_to(account("olivia"))[-1]
    assert current(world) is None


@pytest.mark.parametrize("value", ["", "nothing 1.0", "poc-to-production 9", "poc-to-production|1.0", "' OR 1=1 --"])
def test_a_forged_button_chooses_nothing(world: World, value: str) -> None:
    assert "nothing has changed" in said(world.press("ada", "framework_use", value)).lower()
    assert current(world) is None


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


def test_what_was_accepted_once_is_read_again_though_the_linter_grew_stricter(world: World) -> None:
    older = documented().replace("bars: {2: 1, 3: 2", "bars: {2: 3, 3: 2")
    with pytest.raises(FrameworkFaults):
        read_framework(older)
    assert reread_framework(older).id == "claims-automation"


@pytest.mark.parametrize("taken_anyway", [False, True])
def test_an_import_whose_telling_was_lost_is_told_as_one_and_made_once(world: World, taken_anyway: bool) -> None:
    world.command("ada", "framework")
    world.messenger.files["F1"] = documented().encode()
    world.conversation.converse(framework_form(world, "ada", "F1"))
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
    world.conversation.converse(framework_form(world, "ada", "F1"))
    world.deliver()
    assert current(world) is None
    world.clock.later(minutes=20)
    world.deliver()
    assert current(world) == FrameworkKey("claims-automation", "1.0")
