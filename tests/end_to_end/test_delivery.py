"""What is owed arrives once, whatever the platform does in between."""

from datetime import timedelta
from typing import Any

import pytest

from bot.dispatch import PACE
from tests.end_to_end.deeds import count, finish, found, interview_of, say, start, texts
from tests.running import Running, described

ALERT = "first result, stage 1"


def without_public_posting() -> dict[str, Any]:
    """The manifest of a workspace that granted no optional scope."""
    made = described()
    made["oauth_config"]["scopes"]["bot_optional"] = ["channels:history", "groups:history"]
    return made


def assessed(bot: Running, channel: str = "churn-prediction") -> None:
    found(bot, channel=channel)
    start(bot)
    finish(bot)


def alerts(bot: Running, channel: str = "churn-prediction") -> int:
    return len(texts(bot, "marta", ALERT, channel))


@pytest.mark.parametrize("bot", [{"manifest": without_public_posting()}], indirect=True)
def test_a_bot_that_is_no_member_tells_the_owner_who_invites_it_and_sends(bot: Running) -> None:
    bot.slack.remove_bot("churn-prediction")
    assessed(bot)
    assert alerts(bot) == 0
    (told,) = texts(bot, "olivia", "I could not post to")
    assert "I am not a member there. Invite me" in told
    bot.slack.invite_bot("churn-prediction")
    bot.as_("olivia").press("Send now")
    bot.settle()
    assert alerts(bot) == 1
    bot.as_("olivia").press("Send now")
    bot.settle()
    assert alerts(bot) == 1


@pytest.mark.parametrize("bot", [{"manifest": without_public_posting()}], indirect=True)
def test_binding_the_channel_again_sends_what_waited(bot: Running) -> None:
    bot.slack.remove_bot("churn-prediction")
    assessed(bot)
    bot.slack.invite_bot("churn-prediction")
    bot.as_("olivia").command("/readiness", "here churn", channel="churn-prediction")
    bot.settle()
    assert alerts(bot) == 1
    assert len(texts(bot, "marta", "1 message that had waited is on the way.", "churn-prediction")) == 1


def test_an_archived_channel_holds_its_alerts_and_the_owner_is_told_once_a_day(bot: Running) -> None:
    assessed(bot, channel="pricing")
    bot.slack.workspace.find_channel("pricing")["archived"] = True
    for level in "01":
        bot.as_("olivia").command("/readiness", "back")
        bot.settle()
        say(bot, "olivia", level)
        bot.as_("olivia").command("/readiness", "move churn")
        bot.settle()
        bot.as_("olivia").press("Move to" if level == "0" else "Back to 1")
        bot.settle()
    (told,) = texts(bot, "olivia", "I could not post to")
    assert "The channel is archived." in told
    before = len(bot.as_("marta").messages("pricing"))
    bot.slack.workspace.find_channel("pricing")["archived"] = False
    bot.as_("olivia").press("Send now")
    bot.settle()
    assert len(bot.as_("marta").messages("pricing")) > before


def test_a_429_is_waited_out_for_as_long_as_it_says(bot: Running) -> None:
    found(bot)
    bot.slack.fault("chat.postMessage", "ratelimited", retry_after=90)
    start(bot)
    assert texts(bot, "olivia", "question 1 of 10") == []
    bot.slack.clock(advance_seconds=80)
    bot.settle()
    assert texts(bot, "olivia", "question 1 of 10") == []
    bot.slack.clock(advance_seconds=15)
    bot.settle()
    assert len(texts(bot, "olivia", "question 1 of 10")) == 1


TROUBLES = {
    "503 before it is done": {"kind": "server_error", "status": 503},
    "500 before it is done": {"kind": "server_error", "status": 500},
    "no answer": {"kind": "hang", "seconds": 0.2},
    "done, and the answer is lost": {"kind": "drop"},
    "internal_error": {"kind": "error", "error": "internal_error"},
    "fatal_error": {"kind": "error", "error": "fatal_error"},
}


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES.keys())
def test_a_message_whose_fate_is_unknown_is_there_exactly_once(bot: Running, trouble: dict[str, Any]) -> None:
    found(bot, channel="churn-prediction")
    start(bot)
    finish(bot, answers="111111111")
    say(bot, "olivia", "1")
    bot.slack.fault("chat.postMessage", count=3, **trouble)
    bot.as_("olivia").say("not now")
    for _ in range(4):
        bot.settle()
        bot.slack.clock(advance_seconds=61)
    bot.slack.clear_faults()
    for _ in range(3):
        bot.slack.clock(advance_seconds=900)
        bot.settle()
    assert len(texts(bot, "olivia", "Thank you, that was all")) == 1
    assert len(texts(bot, "olivia", "First result.")) == 1
    assert alerts(bot) == 1


def test_an_edit_that_fails_is_made_later(bot: Running) -> None:
    found(bot)
    start(bot)
    bot.slack.fault("chat.update", "server_error", count=2)
    bot.as_("olivia").say("1")
    for _ in range(4):
        bot.settle()
        bot.slack.clock(advance_seconds=61)
    bot.settle()
    assert len(texts(bot, "olivia", "Data Pipeline Stability · Level 1")) == 1
    assert len(texts(bot, "olivia", "question 2 of 10")) == 1


def test_with_a_revoked_token_nothing_is_lost(bot: Running) -> None:
    found(bot, channel="churn-prediction")
    start(bot)
    bot.slack.revoke_token()
    say(bot, "olivia", "1")
    assert len(interview_of(bot).answered) == 1
    assert texts(bot, "olivia", "question 2 of 10") == []
    bot.slack.workspace.revoked = False
    bot.slack.clock(advance_seconds=301)
    bot.settle()
    assert len(texts(bot, "olivia", "question 2 of 10")) == 1
    finish(bot, answers="111111111")
    assert (len(interview_of(bot).answered), alerts(bot)) == (10, 1)


def test_a_bot_that_is_down_gets_the_events_again(bot: Running) -> None:
    found(bot)
    start(bot)
    there, bot.slack.bot_url = bot.slack.bot_url, "http://127.0.0.1:9/slack/events"
    bot.slack.sender.retry_scale = 0.005
    bot.as_("olivia").say("1")
    bot.slack.bot_url = there
    bot.as_("olivia").wait_for("question 2 of 10", timeout=10)
    bot.settle()
    assert count(bot, "answer") == 1


def test_events_that_come_late_and_in_another_order_lose_nothing(bot: Running) -> None:
    found(bot)
    start(bot)
    bot.slack.hold_events()
    for words in ("1", "a note to it"):
        bot.as_("olivia").say(words)
    bot.slack.release_events()
    bot.as_("olivia").wait_for("question 2 of 10", timeout=10)
    bot.settle()
    notes = bot.look(lambda tx: [a.note for a in tx.answers.current(interview_of(bot).assessment_id)])
    kept = [*notes, *interview_of(bot).notes.values()]
    assert [note for note in kept if note] == ["a note to it"]


@pytest.mark.parametrize("bot", [{"strict_pace": True, "pace": PACE}], indirect=True)
def test_at_the_real_pace_slack_never_says_429(bot: Running) -> None:
    assert timedelta(seconds=1) == PACE
    found(bot, channel="churn-prediction")
    start(bot)
    for level in "111":
        bot.as_("olivia").say(level)
    bot.as_("olivia").wait_for("question 4 of 10", timeout=15)
    assert [entry for entry in bot.slack.log() if "ratelimited" in str(entry["answer"])] == []
