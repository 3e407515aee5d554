"""A tiny real Bolt bot and people, through real HTTP both ways."""

import pytest

from bot.playground.person import NotAcked, NotThere


def test_an_ack_with_text_is_an_ephemeral_message(slack, bot):
    mei = slack.as_("mei")
    mei.command("/readiness", "hello", channel="churn-prediction")
    said = mei.last("churn-prediction")
    assert (said.text, said.ephemeral, said.from_bot) == ("You said hello", True, True)
    assert slack.as_("olivia").messages("churn-prediction") == []
    assert mei.bot_answer.status == 200


def test_a_press_on_an_ephemeral_answer_replaces_it(slack, bot):
    mei = slack.as_("mei")
    mei.command("/readiness", "ask", channel="churn-prediction")
    assert mei.last("churn-prediction").text == "[Level 1] [Level 2]"
    mei.press("Level 2")
    assert mei.wait_for("Level 2 it is.", "churn-prediction").buttons == ()
    assert len(mei.messages("churn-prediction")) == 1
    assert "message" not in bot.seen[-1]
    assert bot.seen[-1]["container"]["is_ephemeral"] is True


def test_a_posted_message_is_pressed_and_updated(slack, bot):
    mei = slack.as_("mei")
    mei.command("/readiness", "post")
    asked = mei.wait_for("[Accept]")
    mei.press("Accept")
    done = mei.wait_for("Done")
    assert done.ts == asked.ts
    assert bot.seen[-1]["message"]["ts"] == asked.ts
    assert bot.seen[-1]["message"]["blocks"][0]["elements"][0]["action_id"] == "yes"


def test_a_form_is_opened_refused_corrected_and_taken(slack, bot):
    mei = slack.as_("mei")
    mei.command("/readiness", "start")
    mei.wait_for_modal("Start")
    assert mei.submit() == {"name": "Please complete this required field."}
    assert mei.submit({"Name": "taken"}) == {"name": "That name is taken."}
    assert mei.submit({"Name": "Churn", "Who": ["olivia", "dan"], "level_pick": "Level 2"}) is None
    assert mei.modal() == ""
    values = bot.seen[-1]["view"]["state"]["values"]
    assert values["name"]["name_text"] == {"type": "plain_text_input", "value": "Churn"}
    assert values["people"]["people_pick"] == {
        "type": "multi_users_select",
        "selected_users": ["U0OLIVIA", "U0DAN"],
    }
    assert values["level"]["level_pick"]["selected_option"]["value"] == "2"


def test_errors_for_a_block_that_is_no_input_are_refused_and_logged(slack, bot):
    mei = slack.as_("mei")
    mei.command("/readiness", "start")
    mei.wait_for_modal()
    with pytest.raises(NotAcked, match="errors must be keyed by input blocks"):
        mei.submit({"Name": "wrong"})
    assert [e["what"] for e in slack.log() if e["direction"] == "problem"] == ["view answer refused"]
    assert "Start" in mei.modal()


def test_closing_a_form_tells_the_bot(slack, bot):
    mei = slack.as_("mei")
    mei.command("/readiness", "start")
    mei.wait_for_modal()
    mei.close()
    assert (bot.seen[-1]["type"], bot.seen[-1]["is_cleared"]) == ("view_closed", False)
    with pytest.raises(NotThere):
        mei.submit()


def test_what_is_said_to_the_bot_is_heard_and_answered(slack, bot):
    mei = slack.as_("mei")
    mei.say("3")
    mei.wait_for("3 noted")
    event = bot.seen[0]["event"]
    assert (event["type"], event["channel_type"], event["text"], event["user"]) == ("message", "im", "3", "U0MEI")
    assert event["blocks"][0]["elements"][0]["elements"] == [{"type": "text", "text": "3"}]


def test_the_home_is_published_when_opened(slack, bot):
    mei = slack.as_("mei")
    mei.open_home()
    assert mei.wait_for_home("Your projects") == "Your projects\n[Refresh]"
    with pytest.raises(NotAcked, match="dispatch_failed"):
        mei.press("Refresh", home=True)
    assert mei.press("Refresh", home=True, check=False)["error"] == "dispatch_failed"


def test_a_mention_in_a_channel_is_an_app_mention(slack, bot):
    slack.as_("mei").say("@bridgehead how is #churn-prediction?", "churn-prediction")
    event = next(body["event"] for body in bot.seen if body["event"]["type"] == "app_mention")
    assert event["text"] == "<@U0BOT> how is <#C0CHURN|churn-prediction>?"


def test_the_clock_moves_for_slack_and_the_bot(slack, bot):
    moved = slack.clock(advance_seconds=86_400)
    assert bot.seen[-1]["clock"]["now"][:10] == moved["now"][:10]
    assert "bot_error" not in moved
    slack.bot_url = slack.bot_url.replace("/slack/events", "/elsewhere")
    assert slack.as_("mei").say("x")["bot"]["status"] == 404
    stamp = float(slack.as_("mei").last().ts)
    assert stamp - slack.workspace.clock.real() > 86_000
