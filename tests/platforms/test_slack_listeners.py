"""From a signed request of Slack to its ack, and what follows the ack."""

import asyncio
import logging
import time
from typing import Any

import pytest

from bot.chat.incoming import Command, Opened, Press, Say, Submit
from bot.chat.view import Field, FieldKind, Form, Heading, Reply, View
from bot.platforms.slack.identity import Identity
from tests.platforms.fake_slack import Desk, desk, refusal

AT_ONCE = 0.0
"""Patience of a core that always counts as slow."""
FORM = Form("start", "Start", "Go", (Field("name", FieldKind.TEXT, "Name"),), value="p1")


def command(d: Desk, **changed: str) -> dict[str, str]:
    return {
        "team_id": "T1",
        "user_id": "U1",
        "user_name": "ann",
        "channel_id": "C1",
        "command": "/readiness",
        "text": "status",
        "trigger_id": "1.2.abc",
        "response_url": d.slack.url("/respond"),
    } | changed


def pressed(d: Desk, **changed: Any) -> dict[str, Any]:
    return {
        "type": "block_actions",
        "team": {"id": "T1"},
        "user": {"id": "U1", "name": "ann"},
        "channel": {"id": "C1", "name": "churn"},
        "trigger_id": "1.2.abc",
        "response_url": d.slack.url("/respond"),
        "actions": [{"type": "button", "action_id": "press:answer:0", "value": "q1:a", "action_ts": "1.1"}],
    } | changed


def submitted(**view: Any) -> dict[str, Any]:
    return {
        "type": "view_submission",
        "team": {"id": "T1"},
        "user": {"id": "U1", "name": "ann"},
        "view": {
            "id": "V1",
            "hash": "h1",
            "type": "modal",
            "callback_id": "form:start",
            "title": {"type": "plain_text", "text": "Start"},
            "submit": {"type": "plain_text", "text": "Go"},
            "private_metadata": "p1",
            "blocks": [
                {"type": "input", "block_id": "name", "element": {"type": "plain_text_input", "action_id": "field"}}
            ],
            "state": {"values": {"name": {"field": {"type": "plain_text_input", "value": "churn"}}}},
        }
        | view,
    }


def event(**said: Any) -> dict[str, Any]:
    return {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": said}


SAID = {"type": "message", "channel": "D1", "channel_type": "im", "user": "U1", "text": "hi", "ts": "1.1"}


async def test_a_quick_reply_travels_in_the_ack() -> None:
    async with desk() as d:
        for public, kind in ((False, "ephemeral"), (True, "in_channel")):
            d.core.reply = Reply(View("a & b", (Heading("A"),)), public=public)
            answer = await d.form(command(d))
            assert answer.status_code == 200
            assert answer.json() == {
                "response_type": kind,
                "text": "a &amp; b",
                "mrkdwn": False,
                "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "A", "emoji": False}}],
            }
        assert d.slack.calls == []
        assert isinstance(d.core.heard[0], Command)


async def test_a_slow_reply_follows_by_response_url() -> None:
    async with desk(AT_ONCE) as d:
        d.core.slow = True
        answer = await d.form(command(d))
        assert (answer.status_code, answer.text, d.slack.calls) == (200, "", [])
        d.core.finish.set()
        late = await d.slack.called("respond")
        assert (late["response_type"], late["replace_original"], late["text"]) == ("ephemeral", False, "done")


async def test_a_used_up_response_url_becomes_a_direct_message() -> None:
    from aiohttp import web

    async with desk(AT_ONCE) as d:
        d.slack.answers["respond"] = lambda: web.Response(status=404, text="used_url")
        d.core.slow = True
        await d.form(command(d))
        d.core.finish.set()
        assert (await d.slack.called("chat.postMessage"))["channel"] == "U1"


@pytest.mark.parametrize(
    "how", [{"secret": "wrong"}, {"age": 301}, {"age": -400}, {"extra": {"x-slack-signature": ""}}]
)
@pytest.mark.parametrize("stamp", [None, "soon"])
async def test_who_cannot_sign_is_not_heard(
    how: dict[str, Any], stamp: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with desk() as d:
        how = how | ({"extra": {"x-slack-request-timestamp": stamp}} if stamp else {})
        answer = await d.form(command(d, text="a secret word"), **how)
        assert answer.status_code == 401
        assert (d.core.heard, d.slack.calls) == ([], [])
    assert "secret" not in caplog.text


async def test_the_address_is_verified_by_its_challenge() -> None:
    async with desk() as d:
        answer = await d.event({"type": "url_verification", "challenge": "c1", "token": "t"})
        assert (answer.status_code, answer.json()) == (200, {"challenge": "c1"})


UNKNOWN: list[dict[str, Any]] = [
    {},
    {"type": "nope"},
    {"type": "block_actions", "actions": []},
    {"type": "block_actions", "actions": [5]},
    {"type": "block_actions", "team": {"id": "T1"}, "user": {"id": "U1"}, "actions": [{"action_id": "link:1"}]},
    {"type": "view_submission", "view": {"callback_id": "other", "id": "V1"}},
    {"type": "view_submission", "view": {"callback_id": "other", "id": "V1", "type": "modal"}},
    {"type": "view_submission", "view": {"callback_id": "form:x", "type": "workflow_step"}},
    {"type": "view_submission", "view": None},
    {"type": "view_closed", "view": {"callback_id": "form:start", "id": "V1"}},
    {"type": "shortcut", "callback_id": "x", "user": {"id": "U1"}},
    {"type": "message_action", "callback_id": "x"},
    {"type": "interactive_message", "callback_id": "x", "actions": [{}]},
    {"type": "event_callback", "event": 5},
    {"type": "event_callback", "event": {"type": None}},
    event(type="team_join", user={"id": "U2"}),
    event(type="app_uninstalled"),
    event(type="tokens_revoked", tokens={"bot": ["U1"]}),
    event(**SAID | {"bot_id": "B7"}),
]


@pytest.mark.parametrize("body", UNKNOWN, ids=lambda body: str(body.get("type")))
async def test_what_is_not_ours_is_acked_and_ignored(body: dict[str, Any], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with desk() as d:
        answers = [await d.payload(body), await d.event(body)]
        assert [answer.status_code for answer in answers] == [200, 200]
        assert (d.core.heard, d.slack.calls) == ([], [])
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


@pytest.mark.parametrize("body", ["{", "[1]", "payload=%7B", "payload=[]", "5", "", "null"])
async def test_a_signed_body_that_is_no_payload_is_acked(body: str) -> None:
    async with desk() as d:
        assert (await d.post(body, "application/json")).status_code == 200
        assert (await d.post(body, "application/x-www-form-urlencoded")).status_code == 200
        assert (await d.post(body, "application/json", secret="x")).status_code == 401


async def test_too_long_a_body_is_refused_unread() -> None:
    async with desk() as d:
        assert (await d.post("x" * 1_100_000, "application/json")).status_code == 413


async def test_options_are_answered_with_none() -> None:
    async with desk() as d:
        answer = await d.payload({"type": "block_suggestion", "action_id": "x", "value": "a"})
        assert answer.json() == {"options": []}


async def test_a_second_delivery_carries_the_same_key() -> None:
    async with desk() as d:
        for extra in ({}, {"x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout"}):
            assert (await d.event(event(**SAID), extra=extra)).status_code == 200
        await d.slack.called("chat.postMessage", 2)
        assert [incoming.key for incoming in d.core.heard] == ["event:Ev1"] * 2


async def test_no_ack_waits_for_the_web_api() -> None:
    async with desk() as d:
        d.slack.hang = True
        d.core.reply = Reply(View("v"), home=View("h"), form=FORM)
        started = time.monotonic()
        for forms in (False, True):
            d.core.forms = forms
            await d.form(command(d))
            await d.payload(pressed(d))
        await d.payload(submitted())
        await d.event(event(**SAID))
        await d.event(event(type="app_home_opened", user="U1", tab="home"))
        assert time.monotonic() - started < 1.0
        await d.slack.called("views.open")


async def test_a_press_that_replaces_takes_the_place_of_its_message() -> None:
    async with desk() as d:
        d.core.reply = Reply(View("answered"), replaces=True)
        answer = await d.payload(pressed(d))
        assert (answer.status_code, answer.text) == (200, "")
        replaced = await d.slack.called("respond")
        assert (replaced["replace_original"], replaced["text"]) == (True, "answered")
        assert isinstance(d.core.heard[0], Press)


async def test_a_press_that_adds_answers_beside_its_message() -> None:
    async with desk() as d:
        d.core.reply = Reply(View("why"), home=View("home"))
        await d.payload(pressed(d))
        added = await d.slack.called("respond")
        assert (added["response_type"], added["replace_original"]) == ("ephemeral", False)
        assert (await d.slack.called("views.publish"))["user_id"] == "U1"


async def test_a_press_on_the_home_is_answered_by_direct_message() -> None:
    async with desk() as d:
        await d.payload(pressed(d, channel=None, response_url=None, view={"id": "V1", "type": "home"}))
        said = await d.slack.called("chat.postMessage")
        assert (said["channel"], said["text"]) == ("U1", "done")


async def test_a_form_nobody_announced_is_opened() -> None:
    async with desk() as d:
        d.core.reply = Reply(form=FORM)
        await d.payload(pressed(d))
        opened = await d.slack.called("views.open")
        assert (opened["trigger_id"], opened["view"]["callback_id"]) == ("1.2.abc", "form:start")


@pytest.mark.parametrize("send", ["command", "press"])
async def test_a_form_opens_loading_and_is_filled(send: str) -> None:
    async with desk() as d:
        d.core.forms = d.core.slow = True
        d.core.reply = Reply(form=FORM)
        answer = await (d.form(command(d)) if send == "command" else d.payload(pressed(d)))
        assert (answer.status_code, answer.text) == (200, "")
        loading = await d.slack.called("views.open")
        assert (loading["trigger_id"], loading["view"]["blocks"]) == ("1.2.abc", [])
        d.core.finish.set()
        filled = await d.slack.called("views.update")
        assert (filled["view_id"], filled["view"]["private_metadata"]) == ("V9", "p1")
        assert [block["block_id"] for block in filled["view"]["blocks"]] == ["name"]


async def test_a_refusal_stands_in_the_form_and_cannot_be_submitted() -> None:
    async with desk() as d:
        d.core.forms = True
        d.core.reply = Reply(View("No such project."))
        await d.form(command(d))
        view = (await d.slack.called("views.update"))["view"]
        assert view["blocks"][0]["elements"][0]["elements"] == [{"type": "text", "text": "No such project."}]
        assert "submit" not in view


@pytest.mark.parametrize(("reply", "words"), [(Reply(form=FORM), "[form_failed]"), (Reply(View("No.")), "No.")])
async def test_a_form_that_slack_did_not_open_is_explained(reply: Reply, words: str) -> None:
    async with desk() as d:
        d.core.forms = True
        d.core.reply = reply
        d.slack.answers["views.open"] = refusal("expired_trigger_id")
        await d.form(command(d))
        assert (await d.slack.called("respond"))["text"] == words
        assert "views.update" not in d.slack.methods


async def test_a_form_closed_meanwhile_is_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    async with desk() as d:
        d.core.forms = True
        d.core.reply = Reply(form=FORM)
        d.slack.answers["views.update"] = refusal("not_found")
        await d.form(command(d))
        await d.slack.called("views.update")
        assert await d.tasks.drain(5) == 0
    assert not caplog.records


async def test_a_submission_closes_its_form_and_answers_by_direct_message() -> None:
    async with desk() as d:
        answer = await d.payload(submitted())
        assert answer.json() == {"response_action": "clear"}
        assert (await d.slack.called("chat.postMessage"))["channel"] == "U1"
        (incoming,) = d.core.heard
        assert isinstance(incoming, Submit)
        assert (incoming.key, incoming.fields) == ("submit:V1:h1", {"name": "churn"})


async def test_errors_keep_the_form_open_and_the_next_submission_is_another() -> None:
    async with desk() as d:
        d.core.reply = Reply(errors={"name": "There is one already."})
        answer = await d.payload(submitted())
        assert answer.json() == {"response_action": "errors", "errors": {"name": "There is one already."}}
        await d.payload(submitted(hash="h2"))
        assert [incoming.key for incoming in d.core.heard] == ["submit:V1:h1", "submit:V1:h2"]
        assert d.slack.calls == []


async def test_a_slow_submission_says_saving_and_then_the_answer() -> None:
    async with desk(AT_ONCE) as d:
        d.core.slow = True
        answer = (await d.payload(submitted())).json()
        assert answer["response_action"] == "update"
        assert answer["view"]["blocks"][0]["elements"][0]["elements"][0]["text"] == "[saving]"
        d.core.finish.set()
        told = await d.slack.called("views.update")
        assert told["view_id"] == "V1"
        assert told["view"]["blocks"][0]["elements"][0]["elements"][0]["text"] == "done"


async def test_errors_of_a_slow_submission_bring_the_form_back_with_what_was_typed() -> None:
    async with desk(AT_ONCE) as d:
        d.core.slow = True
        d.core.reply = Reply(errors={"name": "There is one already."})
        await d.payload(submitted())
        d.core.finish.set()
        view = (await d.slack.called("views.update"))["view"]
        assert (view["callback_id"], view["private_metadata"]) == ("form:start", "p1")
        error, field = view["blocks"]
        assert error["text"]["text"] == "⚠ There is one already."
        assert field["element"]["initial_value"] == "churn"


async def test_a_direct_message_is_answered_where_it_was_written() -> None:
    async with desk() as d:
        answer = await d.event(event(**SAID))
        assert answer.status_code == 200
        said = await d.slack.called("chat.postMessage")
        assert (said["channel"], said["unfurl_links"], "thread_ts" in said) == ("D1", False, False)
        assert isinstance(d.core.heard[0], Say)


@pytest.mark.parametrize(("public", "method"), [(True, "chat.postMessage"), (False, "chat.postEphemeral")])
async def test_a_mention_is_answered_in_its_thread(public: bool, method: str) -> None:
    async with desk() as d:
        d.core.reply = Reply(View("done"), public=public)
        await d.event(event(type="app_mention", channel="C1", user="U1", text="<@UBOT> hi", ts="1.2", thread_ts="1.1"))
        said = await d.slack.called(method)
        assert (said["channel"], said["thread_ts"]) == ("C1", "1.1")


async def test_the_opened_home_is_published() -> None:
    async with desk() as d:
        d.core.reply = Reply(home=View("h", (Heading("Home"),)))
        await d.event(event(type="app_home_opened", user="U1", channel="D1", tab="home"))
        published = await d.slack.called("views.publish")
        assert (published["user_id"], published["view"]["type"]) == ("U1", "home")
        assert isinstance(d.core.heard[0], Opened)
        assert d.slack.methods == ["views.publish"]


async def test_a_core_that_fails_is_excused_and_logged_without_words(caplog: pytest.LogCaptureFixture) -> None:
    async with desk() as d:
        d.core.broken = True
        assert (await d.form(command(d, text="a secret word"))).status_code == 200
        assert (await d.slack.called("respond"))["text"] == "[failed]"
    assert "task_failed converse kind=Command" in caplog.text
    assert "RuntimeError@FakeCore.converse" in caplog.text
    assert not [word for word in ("secret", "abc") if word in caplog.text]


async def test_what_runs_is_finished_before_the_end_and_the_rest_is_cancelled() -> None:
    async with desk(AT_ONCE) as d:
        d.core.slow = True
        await d.form(command(d))
        assert await d.tasks.drain(0.01) == 2
        assert await d.tasks.drain(0.01) == 0


async def test_identity_is_asked_once_and_nothing_waits_for_it() -> None:
    async with desk() as d:
        identity = Identity()
        assert (identity.bot_user_id, identity.bot_id) == ("", "")
        assert await identity.learn(d.client)
        assert (identity.bot_user_id, identity.bot_id, identity.team) == ("UBOT", "BBOT", "T1")
        assert identity.scopes == {"commands", "chat:write"}
        assert d.slack.methods == ["auth.test"]
        d.slack.answers["auth.test"] = refusal("invalid_auth")
        assert not await identity.learn(d.client)


async def test_twelve_slow_commands_are_acked_together() -> None:
    async with desk(0.2) as d:
        d.core.slow = True
        started = time.monotonic()
        answers = await asyncio.gather(*(d.form(command(d, trigger_id=str(n))) for n in range(12)))
        assert {answer.status_code for answer in answers} == {200}
        assert time.monotonic() - started < 1.5
