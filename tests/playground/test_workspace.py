"""The rest of the workspace: faults, scheduled messages, files, the state file, Socket Mode, the page's API."""

import asyncio
import json
import threading

import httpx
import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from websockets.asyncio.client import connect

from bot.playground.plain import plain_blocks, plain_mrkdwn
from bot.playground.server import LocalSlack
from tests.playground.wire import actions, button, call, field, home, modal, mrkdwn, option, plain, post, raw, section


def test_faults_meet_one_method_as_often_as_asked(slack):
    slack.fault("chat.postMessage", "ratelimited", retry_after=7)
    slack.fault("chat.postMessage", "server_error", count=1)
    slack.fault("chat.postMessage", "error", error="fatal_error")
    limited, broken, refused, fine = (raw(slack, "chat.postMessage", channel="C0CHURN", text="x") for _ in range(4))
    assert (limited.status_code, limited.headers["retry-after"]) == (429, "7")
    assert broken.status_code == 503
    assert refused.json() == {"ok": False, "error": "fatal_error"}
    assert fine.json()["ok"] is True


def test_a_dropped_connection_comes_after_the_message_was_kept(slack):
    slack.http.post("/client/faults", json={"method": "chat.postMessage", "kind": "drop"}).raise_for_status()
    with pytest.raises(httpx.RemoteProtocolError):
        post(slack, text="kept")
    assert slack.as_("mei").last("churn-prediction").text == "kept"
    assert slack.wait_for_log("chat.postMessage")["status"] == "dropped"


def test_a_hanging_method_ends_with_the_clients_patience(slack):
    slack.fault("auth.test", "hang")
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{slack.api_url}auth.test", timeout=0.1)


def test_an_unknown_fault_is_refused(slack):
    answer = slack.http.post("/client/faults", json={"method": "auth.test", "kind": "gremlins"})
    assert (answer.status_code, "gremlins" in answer.json()["error"]) == (400, True)


def test_a_bot_taken_out_of_a_channel_may_not_write_there(slack):
    slack.remove_bot("churn-prediction")
    assert post(slack)["error"] == "not_in_channel"
    slack.invite_bot("churn-prediction")
    assert post(slack)["ok"] is True


def test_scheduled_messages_post_when_the_clock_gets_there_but_never_with_metadata(slack):
    at = int(slack.workspace.clock.now()) + 3600
    kept = call(slack, "chat.scheduleMessage", channel="C0CHURN", text="later", post_at=at)
    metadata = {"event_type": "t", "event_payload": {}}
    call(slack, "chat.scheduleMessage", channel="C0CHURN", text="never", post_at=at, metadata=metadata)
    listed = call(slack, "chat.scheduledMessages.list")["scheduled_messages"]
    assert kept["scheduled_message_id"] == listed[0]["id"]
    slack.clock(advance_seconds=3601)
    assert [message.text for message in slack.as_("mei").messages("churn-prediction")] == ["later"]


def test_history_pages_and_shows_metadata_only_when_asked(slack):
    metadata = {"event_type": "outbox", "event_payload": {"key": "k1"}}
    sent = [post(slack, text=str(n), metadata=metadata)["ts"] for n in range(3)]
    post(slack, text="reply", thread_ts=sent[0])
    first = call(slack, "conversations.history", channel="C0CHURN", limit=2, include_all_metadata=True)
    assert [m["text"] for m in first["messages"]] == ["2", "1"]
    assert first["messages"][0]["metadata"] == metadata
    cursor = first["response_metadata"]["next_cursor"]
    second = call(slack, "conversations.history", channel="C0CHURN", limit=2, cursor=cursor)
    assert [(m["text"], m["reply_count"], "metadata" in m) for m in second["messages"]] == [("0", 1, False)]
    between = call(slack, "conversations.history", channel="C0CHURN", oldest=sent[0], latest=sent[2])
    assert [m["text"] for m in between["messages"]] == ["1"]
    replies = call(slack, "conversations.replies", channel="C0CHURN", ts=sent[0])
    assert [m["text"] for m in replies["messages"]] == ["0", "reply"]


def test_ephemeral_messages_are_not_in_the_history(slack):
    call(slack, "chat.postEphemeral", channel="C0CHURN", user="U0MEI", text="psst")
    assert call(slack, "conversations.history", channel="C0CHURN")["messages"] == []
    assert slack.as_("mei").last("churn-prediction").ephemeral is True


def test_a_file_is_uploaded_and_shared(slack):
    place = call(slack, "files.getUploadURLExternal", filename="trend.png", length=3)
    assert httpx.post(place["upload_url"], content=b"png").text == "OK - 3"
    files = [{"id": place["file_id"], "title": "Trend"}]
    shared = call(slack, "files.completeUploadExternal", files=files, channel_id="C0CHURN", initial_comment="Look")
    assert shared["files"][0]["mimetype"] == "image/png"
    assert slack.as_("mei").last("churn-prediction").text == "Look\n(file Trend)"
    assert httpx.get(shared["files"][0]["url_private"]).content == b"png"


def test_a_state_file_keeps_the_workspace_over_a_restart(tmp_path):
    path = tmp_path / "slack.sqlite"
    with LocalSlack(state_path=path) as slack:
        slack.as_("mei").say("remember me")
        call(slack, "views.publish", user_id="U0MEI", view=home(section("Mine")))
        before = post(slack, "U0MEI", text="kept")["ts"]
        slack.clock(advance_seconds=1000)
    with LocalSlack(state_path=path) as slack:
        mei = slack.as_("mei")
        assert [message.text for message in mei.messages()] == ["remember me", "kept"]
        assert mei.home() == "Mine"
        assert slack.workspace.clock.offset == 1000
        assert float(post(slack, "U0MEI")["ts"]) > float(before)


def test_a_state_file_written_by_a_moving_clock_is_read_by_the_next(tmp_path):
    path = tmp_path / "deep" / "slack.sqlite"
    LocalSlack(state_path=path).start().stop()
    assert path.exists()


async def test_socket_mode_says_hello_sends_envelopes_and_takes_answers(slack):
    opened = await asyncio.to_thread(raw, slack, "apps.connections.open", slack.app_token)
    async with connect(opened.json()["url"]) as link:
        assert json.loads(await link.recv())["type"] == "hello"
        mei = slack.as_("mei")
        command = asyncio.create_task(asyncio.to_thread(mei.command, "/readiness", "x"))
        envelope = json.loads(await link.recv())
        assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
        assert envelope["payload"]["command"] == "/readiness"
        await link.send(json.dumps({"envelope_id": envelope["envelope_id"], "payload": {"text": "by socket"}}))
        await command
        assert mei.last().text == "by socket"
        said = asyncio.create_task(asyncio.to_thread(mei.say, "3"))
        envelope = json.loads(await link.recv())
        assert (envelope["type"], envelope["payload"]["event"]["text"]) == ("events_api", "3")
        await link.send(json.dumps({"envelope_id": envelope["envelope_id"]}))
        await said
        await asyncio.to_thread(slack.refresh_links)
        assert json.loads(await link.recv())["reason"] == "refresh_requested"


async def test_a_bolt_bot_works_over_socket_mode(slack):
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])
    app = AsyncApp(client=client, process_before_response=True)

    @app.command("/readiness")
    async def command(ack):
        await ack("from Bolt")

    handler = AsyncSocketModeHandler(app, slack.app_token)
    await handler.connect_async()
    try:
        mei = slack.as_("mei")
        await asyncio.to_thread(mei.command, "/readiness")
        assert mei.last().text == "from Bolt"
    finally:
        await handler.close_async()


def test_socket_mode_wants_the_app_token(slack):
    assert call(slack, "apps.connections.open")["error"] == "not_allowed_token_type"


def test_the_page_reads_its_state(slack):
    boot = slack.http.get("/client/boot").json()
    assert (boot["team"]["name"], boot["clock_moved"], len(boot["people"])) == ("Northwind Labs", False, 10)
    post(slack, text="hello")
    state = slack.http.get("/client/state", params={"as": "U0ADA"}).json()
    names = {channel["name"]: channel for channel in state["channels"]}
    assert "secret-lab" not in names
    assert (names["churn-prediction"]["member"], names["churn-prediction"]["unread"]) == (False, 0)
    mine = {c["name"]: c for c in slack.http.get("/client/state", params={"as": "U0MEI"}).json()["channels"]}
    assert (mine["churn-prediction"]["unread"], mine["secret-lab"]["kind"]) == (1, "private")
    slack.http.post("/client/read", json={"as": "U0MEI", "channel": "C0CHURN"})
    mine = {c["name"]: c for c in slack.http.get("/client/state", params={"as": "U0MEI"}).json()["channels"]}
    assert mine["churn-prediction"]["unread"] == 0
    missing = slack.http.get("/client/messages", params={"as": "U0ADA", "channel": "C0SECRET"})
    assert (missing.status_code, missing.json()) == (400, {"error": "Ada Lindqvist is not in secret-lab."})


def test_the_page_hears_of_changes_as_they_happen(slack):
    with slack.http.stream("GET", "/client/events", params={"as": "U0MEI"}) as stream:
        lines = stream.iter_lines()
        assert next(lines) == ": open"
        posting = threading.Thread(target=post, args=(slack,))
        posting.start()
        change = next(line for line in lines if line.startswith("data"))
    posting.join()
    assert json.loads(change.removeprefix("data: ")) == {"kind": "message", "channel": "C0CHURN"}


def test_another_host_name_is_refused(slack):
    assert slack.http.get("/client/boot", headers={"host": "evil.example"}).status_code == 400


def test_blocks_are_read_aloud():
    blocks = [
        {"type": "header", "text": plain("Churn")},
        {**section("*Stage 2*, see <https://x.example|the report> & <@U0MEI>"), "accessory": button()},
        {"type": "section", "fields": [mrkdwn("a"), mrkdwn("b")]},
        {"type": "divider"},
        {"type": "context", "elements": [mrkdwn("_small_")]},
        actions(button(), {"type": "radio_buttons", "action_id": "r", "options": [option("One"), option("Two", "2")]}),
        {"type": "image", "image_url": "https://x", "alt_text": "a trend"},
        field({"type": "plain_text_input", "action_id": "t", "placeholder": plain("why")}, optional=True),
        {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}, {"type": "raw_number", "value": 3}]]},
        {
            "type": "rich_text",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "bold", "style": {"bold": True}}]},
                {
                    "type": "rich_text_list",
                    "style": "ordered",
                    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}],
                },
                {"type": "rich_text_quote", "elements": [{"type": "text", "text": "said"}]},
                {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "code"}]},
            ],
        },
    ]
    assert plain_blocks(blocks).split("\n") == [
        "Churn",
        "Stage 2, see the report & @U0MEI",
        "[Go]",
        "a",
        "b",
        "---",
        "small",
        "[Go] [One] [Two]",
        "(a trend)",
        "Label (optional): <why>",
        "x | 3",
        "bold",
        "1. one",
        "> said",
        "code",
    ]


def test_marks_are_read_as_signs():
    assert plain_mrkdwn("a_b_c &lt;x&gt; <!date^1^{date}|today> <!channel> ~old~") == "a_b_c <x> today @channel old"


def test_pressing_what_is_not_there_names_what_is(slack):
    post(slack, blocks=[actions(button())])
    with pytest.raises(AssertionError, match=r"nothing reads 'Stop'; to press there is \['Go'\]"):
        slack.as_("mei").press("Stop")


def test_a_modal_keeps_typed_values_over_an_update(slack):
    text = field({"type": "plain_text_input", "action_id": "t"}, block_id="text")
    view = modal(text, {**actions(button()), "block_id": "more"})
    opened = call(slack, "views.open", trigger_id=slack.workspace.tickets.trigger("U0MEI"), view=view)["view"]
    typed = {"text": {"t": {"type": "plain_text_input", "value": "typed"}}}
    where = {"as": "U0MEI", "view_id": opened["id"], "block_id": "more", "action_id": "go", "action": {}}
    slack.http.post("/client/press", json={**where, "values": typed})
    call(slack, "views.update", view_id=opened["id"], view=modal(text, section("more")))
    state = slack.http.get("/client/state", params={"as": "U0MEI"}).json()["views"][-1]["state"]
    assert state["values"] == typed
