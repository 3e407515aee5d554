"""Files over real HTTP: one message each, whatever the platform does at which step."""

from typing import Any

import httpx
import pytest

from tests.end_to_end.deeds import finish, found, start
from tests.running import Running, described

REPORT = "(file Churn: readiness report)"
STEPS = ("files.getUploadURLExternal", "upload", "files.completeUploadExternal")
TROUBLES = {
    "503 before it is done": {"kind": "server_error", "status": 503},
    "done, and the answer is lost": {"kind": "drop"},
    "429": {"kind": "ratelimited", "retry_after": 5},
}


def without_files() -> dict[str, Any]:
    """The manifest of a workspace that granted no files."""
    made = described()
    made["oauth_config"]["scopes"]["bot_optional"] = ["chat:write.public"]
    return made


@pytest.fixture
def assessed(bot: Running) -> Running:
    found(bot)
    start(bot)
    finish(bot)
    return bot


def ask(bot: Running) -> None:
    bot.as_("olivia").command("/readiness", "report churn")
    bot.settle()


def shared(bot: Running, what: str = REPORT) -> list[Any]:
    return [message for message in bot.as_("olivia").messages() if what in message.text]


def test_a_report_arrives_as_two_files_that_can_be_fetched(assessed: Running) -> None:
    ask(assessed)
    (message,) = shared(assessed)
    page, text = message.raw["files"]
    assert (page["mimetype"], text["mimetype"]) == ("text/html", "text/markdown")
    fetched = httpx.get(page["url_private"], trust_env=False)
    assert fetched.content.startswith(b"<!DOCTYPE html>")
    assert len(fetched.content) == page["size"]
    assert "sandbox" in fetched.headers["content-security-policy"]
    assert httpx.get(text["url_private"], trust_env=False).text.startswith("# Churn: readiness report")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES.keys())
def test_whatever_happens_at_a_step_the_files_are_there_exactly_once(
    assessed: Running, step: str, trouble: dict[str, Any]
) -> None:
    assessed.slack.fault(step, count=2, **trouble)
    ask(assessed)
    for _ in range(4):
        assessed.slack.clock(advance_seconds=61)
        assessed.settle()
    assessed.slack.clear_faults()
    for _ in range(2):
        assessed.slack.clock(advance_seconds=900)
        assessed.settle()
    assert len(shared(assessed)) == 1


def test_files_that_are_there_already_are_found_by_their_name_and_not_sent_again(assessed: Running) -> None:
    assessed.slack.fault("files.completeUploadExternal", "drop")
    ask(assessed)
    assert len(shared(assessed)) == 1
    assessed.slack.clock(advance_seconds=61)
    assessed.settle()
    assert [entry["what"] for entry in assessed.slack.log()].count("files.completeUploadExternal") == 1
    assert "conversations.history" in [entry["what"] for entry in assessed.slack.log()]


@pytest.mark.parametrize("bot", [{"manifest": without_files()}], indirect=True)
def test_without_the_scope_the_person_is_told_and_the_report_comes_once_it_is_granted(assessed: Running) -> None:
    ask(assessed)
    assert shared(assessed) == []
    (told,) = shared(assessed, "A file for you is waiting")
    assert "files:write" in told.text
    granted = assessed.slack.workspace.manifest
    object.__setattr__(granted, "scopes", granted.scopes | {"files:write"})
    assessed.as_("olivia").press("Send now")
    assessed.settle()
    assert len(shared(assessed)) == 1
