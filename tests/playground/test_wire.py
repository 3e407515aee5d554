"""What leaves for the bot: signatures, payload shapes, events with retries, and what bots write back."""

import json
import time

import httpx
import pytest
from slack_sdk.signature import SignatureVerifier

from bot.playground.person import NotAcked
from bot.playground.server import LocalSlack
from tests.playground.wire import actions, button, call, field, home, modal, option, plain, post, section

HEAD = {"type", "user", "api_app_id", "token", "team", "enterprise", "is_enterprise_install", "trigger_id"}
MEI = {"id": "U0MEI", "username": "mei", "name": "mei", "team_id": "T0BRIDGE"}


def test_every_request_is_signed_as_slack_signs(slack, recorder):
    slack.as_("mei").command("/readiness", "ünï & <text>")
    slack.as_("mei").say("hello")
    verifier = SignatureVerifier(slack.signing_secret)
    for headers, body in recorder.requests:
        assert verifier.is_valid_request(body, headers)
        assert not verifier.is_valid_request(body + b" ", headers)


def test_a_moved_clock_does_not_age_signatures(slack, recorder):
    slack.clock(advance_seconds=900_000)
    slack.as_("mei").say("hello")
    headers, body = recorder.requests[-1]
    assert SignatureVerifier(slack.signing_secret).is_valid_request(body, headers)
    assert abs(int(headers["x-slack-request-timestamp"]) - time.time()) < 60


def test_a_bolt_bot_refuses_what_is_unsigned_or_old(slack, bot):
    body = b"command=%2Freadiness&text=x"
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert slack.send(body=body, headers=form).status_code == 401
    assert slack.send(body=body, headers=form | slack.signed(body, time.time() - 301)).status_code == 401
    assert slack.send(body=body, headers=form | slack.signed(body) | {"X-Slack-Signature": "v0=0"}).status_code == 401
    assert slack.send("/slack/events", body=b"garbage", headers={}).status_code == 401


def test_a_command_carries_slacks_fields():
    manifest = {
        "features": {"slash_commands": [{"command": "/readiness", "should_escape": True}, {"command": "/plain"}]}
    }
    with LocalSlack(manifest=manifest, bot_url="http://127.0.0.1:9/none") as slack:
        mei = slack.as_("mei")
        assert mei.command("/unknown", check=False)["error"] == "/unknown is not a valid command."
        with pytest.raises(NotAcked, match="dispatch_failed"):
            mei.command("/readiness", "assign @olivia in #churn-prediction & <b>", channel="churn-prediction")
        sent = slack.log()[-1]["request"]
        assert sent.pop("response_url").startswith(f"{slack.url}/response/")
        assert len(sent.pop("trigger_id").split(".")) == 3
        assert sent == {
            "token": "x",
            "team_id": "T0BRIDGE",
            "team_domain": "northwind",
            "channel_id": "C0CHURN",
            "channel_name": "churn-prediction",
            "user_id": "U0MEI",
            "user_name": "mei",
            "command": "/readiness",
            "text": "assign <@U0OLIVIA|olivia> in <#C0CHURN|churn-prediction> &amp; &lt;b&gt;",
            "api_app_id": "A0BRIDGE",
            "is_enterprise_install": "false",
        }
        mei.command("/plain", "ask @olivia", check=False)
        assert slack.log()[-1]["request"]["text"] == "ask @olivia"


def test_a_press_in_a_message_carries_the_message_and_its_state(slack, recorder):
    pick = {"type": "static_select", "action_id": "pick", "options": [option("One", "1"), option("Two", "2")]}
    sent = post(slack, blocks=[{**actions(button(value="7"), pick), "block_id": "b1"}], metadata=None)
    slack.as_("mei").press("Two")
    payload = recorder.payload()
    assert set(payload) == HEAD | {"container", "state", "channel", "message", "response_url", "actions"}
    assert payload["user"] == MEI
    assert payload["container"] == {
        "type": "message",
        "message_ts": sent["ts"],
        "channel_id": "C0CHURN",
        "is_ephemeral": False,
    }
    assert payload["message"]["bot_id"] == "B0BOT"
    assert payload["state"]["values"]["b1"]["pick"]["selected_option"]["value"] == "2"
    assert set(payload["actions"][0]) == {"type", "action_id", "block_id", "selected_option", "action_ts"}
    slack.as_("mei").press("Go")
    assert recorder.payload()["actions"][0]["value"] == "7"
    assert recorder.payload()["state"]["values"]["b1"]["pick"]["selected_option"]["value"] == "2"


def test_a_form_carries_every_kind_of_value_and_response_urls(slack, recorder):
    blocks = [
        field({"type": "plain_text_input", "action_id": "t", "initial_value": "old"}, block_id="text"),
        field({"type": "radio_buttons", "action_id": "r", "options": [option("One", "1")]}, block_id="radio"),
        field({"type": "checkboxes", "action_id": "c", "options": [option("A"), option("B", "b")]}, block_id="checks"),
        field({"type": "users_select", "action_id": "u"}, block_id="user"),
        field({"type": "datepicker", "action_id": "d"}, block_id="date"),
        field({"type": "number_input", "action_id": "n", "is_decimal_allowed": False}, block_id="number"),
        field({"type": "conversations_select", "action_id": "w", "response_url_enabled": True}, block_id="where"),
        field({"type": "multi_static_select", "action_id": "m", "options": [option()]}, block_id="many", optional=True),
    ]
    trigger = slack.workspace.tickets.trigger("U0MEI")
    call(slack, "views.open", trigger_id=trigger, view=modal(*blocks, private_metadata="p"))
    mei = slack.as_("mei")
    filled = {"radio": "One", "c": ["A", "B"], "user": "olivia", "date": "2026-12-01", "n": 5, "where": "pricing"}
    assert mei.submit(filled) is None
    payload = recorder.payload()
    assert set(payload) == HEAD | {"view", "response_urls"}
    values = payload["view"]["state"]["values"]
    assert {key: next(iter(each.values())) for key, each in values.items()} == {
        "text": {"type": "plain_text_input", "value": "old"},
        "radio": {"type": "radio_buttons", "selected_option": option("One", "1")},
        "checks": {"type": "checkboxes", "selected_options": [option("A"), option("B", "b")]},
        "user": {"type": "users_select", "selected_user": "U0OLIVIA"},
        "date": {"type": "datepicker", "selected_date": "2026-12-01"},
        "number": {"type": "number_input", "value": "5"},
        "where": {"type": "conversations_select", "selected_conversation": "C0PRICING"},
        "many": {"type": "multi_static_select", "selected_options": []},
    }
    assert payload["view"]["private_metadata"] == "p"
    assert payload["response_urls"][0]["channel_id"] == "C0PRICING"


def test_a_view_answer_may_update_push_or_clear_and_is_held_to_the_limits(slack, recorder):
    trigger = slack.workspace.tickets.trigger("U0MEI")
    call(slack, "views.open", trigger_id=trigger, view=modal(section("one")))
    mei = slack.as_("mei")
    recorder.answers = [
        (200, {"response_action": "update", "view": modal(section("two"))}),
        (200, {"response_action": "push", "view": modal(section("three"), notify_on_close=True)}),
        (200, {"response_action": "push", "view": modal(section("x" * 3001))}),
        (200, {"response_action": "clear"}),
    ]
    mei.submit()
    assert "two" in mei.modal()
    mei.submit()
    assert "three" in mei.modal()
    with pytest.raises(NotAcked, match="invalid_arguments"):
        mei.submit()
    mei.submit()
    assert mei.modal() == ""


def test_an_external_select_asks_the_bot(slack, recorder):
    search = {"type": "external_select", "action_id": "find", "min_query_length": 0}
    trigger = slack.workspace.tickets.trigger("U0MEI")
    call(slack, "views.open", trigger_id=trigger, view=modal(field(search, block_id="project")))
    recorder.answers = [(200, {"options": [option("Churn", "7")]})] * 2
    mei = slack.as_("mei")
    assert mei.options("find", "chu") == ["Churn"]
    asked = recorder.payload()
    assert (asked["type"], asked["value"], asked["container"]["type"]) == ("block_suggestion", "chu", "view")
    assert "trigger_id" not in asked
    assert mei.submit({"Label": "Churn"}) is None
    assert recorder.payload()["view"]["state"]["values"]["project"]["find"]["selected_option"]["value"] == "7"


def test_a_press_on_the_home_and_a_shortcut(slack, recorder):
    call(slack, "views.publish", user_id="U0MEI", view=home({**actions(button()), "block_id": "h"}))
    mei = slack.as_("mei")
    mei.press("Go", home=True)
    payload = recorder.payload()
    assert set(payload) == HEAD | {"container", "view", "state", "actions"}
    assert payload["view"]["type"] == "home"
    mei.shortcut("new_interview")
    assert set(recorder.payload()) == HEAD | {"callback_id", "action_ts"}


def test_an_event_has_slacks_wrapper(slack, recorder):
    slack.as_("mei").say("a & b <c>")
    (sent,) = recorder.events()
    assert set(sent) == {
        *("token", "team_id", "api_app_id", "event", "type", "event_id", "event_time"),
        *("authorizations", "is_ext_shared_channel", "event_context"),
    }
    assert sent["authorizations"][0]["user_id"] == "U0BOT"
    assert sent["event"]["text"] == "a &amp; b &lt;c&gt;"
    assert {"client_msg_id", "ts", "event_ts", "channel", "channel_type", "team", "user"} <= set(sent["event"])


def test_only_subscribed_events_are_sent_and_bots_hear_themselves():
    manifest = {"settings": {"event_subscriptions": {"bot_events": ["message.im"]}}}
    manifest["oauth_config"] = {"scopes": {"bot": ["chat:write"]}}
    with LocalSlack(manifest=manifest, bot_url="http://127.0.0.1:9/none", retry_scale=100) as slack:
        slack.as_("mei").say("@bridgehead hello", "churn-prediction")
        slack.as_("mei").open_home()
        assert slack.log() == []
        post(slack, "U0MEI", text="for mei")
        event = slack.wait_for_log("event message")["request"]["event"]
        assert (event["bot_id"], event["channel_type"], event["text"]) == ("B0BOT", "im", "for mei")


def test_a_failed_event_is_retried_three_times_and_says_why(slack, recorder):
    recorder.answers = [(500, None)] * 3
    slack.as_("mei").say("hello")
    slack.wait_for_log("(retry 3)")
    heads = [headers for headers, _ in recorder.requests]
    assert [head.get("x-slack-retry-num") for head in heads] == [None, "1", "2", "3"]
    assert heads[1]["x-slack-retry-reason"] == "http_error"
    assert len({body for _, body in recorder.requests}) == 1


def test_the_last_event_and_the_last_press_can_be_repeated(slack, recorder):
    mei = slack.as_("mei")
    mei.say("hello")
    slack.repeat_last()
    assert recorder.requests[0][1] == recorder.requests[1][1]
    assert recorder.requests[1][0]["x-slack-retry-num"] == "1"
    mei.command("/readiness", "x")
    slack.repeat_last()
    assert recorder.requests[2][1] == recorder.requests[3][1]


def test_events_can_come_late_and_out_of_order(slack, recorder):
    slack.hold_events()
    slack.as_("mei").say("first")
    slack.as_("mei").say("second")
    assert recorder.requests == []
    slack.release_events()
    slack.wait_for_log("event")
    with slack.workspace.moved_on:
        assert slack.workspace.moved_on.wait_for(lambda: len(slack.log()) == 2, 5)
    assert {event["event"]["text"] for event in recorder.events()} == {"first", "second"}


def test_a_bot_that_is_too_slow_shows_operation_timeout():
    with LocalSlack(ack_seconds=0.05) as slack:
        from tests.playground.conftest import Recorder

        slow = Recorder()
        slow.hang = True
        with slow.served:
            slack.bot_url = f"{slow.served.url}/slack/events"
            with pytest.raises(NotAcked, match="operation_timeout"):
                slack.as_("mei").command("/readiness")


def answer_url(recorder) -> str:
    return recorder.forms()[-1]["response_url"]


def test_a_response_url_takes_five_answers_within_thirty_minutes():
    now = [1_000.0]
    with LocalSlack(real=lambda: now[0]) as slack:
        tickets = slack.workspace.tickets
        url, late = (f"/response/{tickets.response('U0MEI', 'C0CHURN')}" for _ in range(2))
        assert [slack.http.post(url, json={"text": str(n)}).status_code for n in range(6)] == [200] * 5 + [404]
        now[0] += 1801
        assert slack.http.post(late, json={"text": "x"}).text == "expired_url"


def test_a_response_is_ephemeral_unless_it_says_in_channel_and_keeps_to_the_limits(slack, recorder):
    mei, olivia = slack.as_("mei"), slack.as_("olivia")
    mei.command("/readiness", "x", channel="churn-prediction")
    url = answer_url(recorder)
    httpx.post(url, json={"text": "only mei"})
    httpx.post(url, json={"text": "all", "response_type": "in_channel"})
    assert [message.text for message in mei.messages("churn-prediction")] == ["only mei", "all"]
    assert [message.text for message in olivia.messages("churn-prediction")] == ["all"]
    refused = httpx.post(url, json={"blocks": [section("x" * 3001)]})
    assert (refused.status_code, refused.text) == (400, "invalid_blocks")
    assert httpx.post(url, json={}).text == "no_text"


def test_a_response_may_replace_or_delete_what_was_pressed(slack, recorder):
    post(slack, blocks=[actions(button())])
    mei = slack.as_("mei")
    mei.press("Go")
    url = recorder.payload()["response_url"]
    httpx.post(url, json={"text": "pressed", "replace_original": True})
    assert [message.text for message in mei.messages("churn-prediction")] == ["pressed"]
    httpx.post(url, json={"delete_original": True})
    assert mei.messages("churn-prediction") == []


def test_an_ack_slack_would_refuse_is_not_shown_but_logged(slack, recorder):
    recorder.answers = [(200, {"text": "x", "blocks": [{"type": "header", "text": plain("x" * 151)}]})]
    mei = slack.as_("mei")
    assert mei.command("/readiness")["refused"] == "invalid_blocks"
    assert mei.messages() == []
    assert slack.log()[-1]["what"] == "answer refused"


def test_the_log_keeps_both_directions(slack, recorder):
    slack.as_("mei").command("/readiness", "x")
    post(slack)
    entries = slack.http.get("/client/log").json()["entries"]
    assert [(e["direction"], e["what"], e["status"]) for e in entries if "event" not in e["what"]] == [
        ("to bot", "/readiness x", 200),
        ("from bot", "chat.postMessage", 200),
    ]
    assert slack.bot_token not in json.dumps(entries)
