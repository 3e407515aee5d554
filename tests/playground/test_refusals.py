"""What Slack refuses, and how it says so."""

import pytest

from bot.playground.limits import SURFACES, block_faults
from bot.playground.limits_blocks import BLOCKS
from bot.playground.server import LocalSlack
from tests.playground.wire import actions, button, call, field, home, modal, mrkdwn, option, plain, post, section

MANIFEST = {
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "chat:write.public", "users:read"]}},
    "settings": {"event_subscriptions": {"bot_events": ["message.im"]}},
}


@pytest.fixture(scope="module")
def slack():
    with LocalSlack() as running:
        running.workspace.add_channel("old", ["U0BOT"], private=False)["archived"] = True
        running.workspace.add_message("C0CHURN", {"user": "U0MEI", "text": "mine", "ts": "100.000001"})
        yield running


def cell(text: str) -> dict:
    return {"type": "raw_text", "text": text}


RADIO = {"type": "radio_buttons", "action_id": "r"}
SELECT = {"type": "static_select", "action_id": "s"}
DIVIDER = {"type": "divider"}
CONFIRM = {"title": plain("t"), "text": plain("x"), "confirm": plain("y"), "deny": plain("n")}
BLOCK_LIMITS = [
    ("51 blocks", [DIVIDER] * 51, "/blocks", "no more than 50 items"),
    ("section 3001", [section("x" * 3001)], "/blocks/0/text/text", "less than 3001"),
    ("empty text", [section("")], "/blocks/0/text/text", "more than 0"),
    ("11 fields", [{"type": "section", "fields": [mrkdwn("x")] * 11}], "/blocks/0/fields", "no more than 10"),
    ("field 2001", [{"type": "section", "fields": [mrkdwn("x" * 2001)]}], "/blocks/0/fields/0/text", "2001"),
    ("section without text", [{"type": "section"}], "/blocks/0", "missing required field"),
    ("header 151", [{"type": "header", "text": plain("x" * 151)}], "/blocks/0/text/text", "less than 151"),
    ("mrkdwn header", [{"type": "header", "text": mrkdwn("x")}], "/blocks/0/text/type", "plain_text"),
    ("context 11", [{"type": "context", "elements": [mrkdwn("x")] * 11}], "/blocks/0/elements", "no more than 10"),
    ("26 buttons", [actions(*(button(action_id=str(n)) for n in range(26)))], "/blocks/0/elements", "25 items"),
    ("no buttons", [actions()], "/blocks/0/elements", "no fewer than 1"),
    ("same action id", [actions(button(), button())], "/blocks/0/elements/1/action_id", "already exists"),
    ("button text 76", [actions(button(text=plain("x" * 76)))], "/blocks/0/elements/0/text/text", "76"),
    ("button value 2001", [actions(button(value="x" * 2001))], "/blocks/0/elements/0/value", "2001"),
    ("button url 3001", [actions(button(url="x" * 3001))], "/blocks/0/elements/0/url", "3001"),
    ("button style", [actions(button(style="loud"))], "/blocks/0/elements/0/style", "must be one of"),
    ("button extra", [actions(button(colour="red"))], "/blocks/0/elements/0/colour", "additional property"),
    ("action id 256", [actions(button(action_id="x" * 256))], "/blocks/0/elements/0/action_id", "256"),
    (
        "confirm title",
        [actions(button(confirm={**CONFIRM, "title": plain("x" * 101)}))],
        "/blocks/0/elements/0/confirm/title/text",
        "101",
    ),
    (
        "confirm deny",
        [actions(button(confirm={**CONFIRM, "deny": plain("x" * 31)}))],
        "/blocks/0/elements/0/confirm/deny/text",
        "31",
    ),
    (
        "11 radios",
        [actions({**RADIO, "options": [option(str(n), str(n)) for n in range(11)]})],
        "/blocks/0/elements/0/options",
        "no more than 10",
    ),
    (
        "101 options",
        [actions({**SELECT, "options": [option()] * 101})],
        "/blocks/0/elements/0/options",
        "no more than 100",
    ),
    (
        "option text",
        [actions({**SELECT, "options": [option("x" * 76)]})],
        "/blocks/0/elements/0/options/0/text/text",
        "76",
    ),
    (
        "option value",
        [actions({**SELECT, "options": [option("x", "x" * 151)]})],
        "/blocks/0/elements/0/options/0/value",
        "151",
    ),
    (
        "initial option",
        [actions({**SELECT, "options": [option()], "initial_option": option("b")})],
        "/blocks/0/elements/0/initial_option",
        "one of the options",
    ),
    (
        "6 in overflow",
        [actions({"type": "overflow", "options": [option()] * 6})],
        "/blocks/0/elements/0/options",
        "no more than 5",
    ),
    (
        "placeholder",
        [actions({**SELECT, "options": [option()], "placeholder": plain("x" * 151)})],
        "/blocks/0/elements/0/placeholder/text",
        "151",
    ),
    ("text input in actions", [actions({"type": "plain_text_input"})], "/blocks/0/elements/0/type", "unsupported"),
    ("image without alt", [{"type": "image", "image_url": "https://x"}], "/blocks/0/alt_text", "missing"),
    ("table rows", [{"type": "table", "rows": [[cell("x")]] * 101}], "/blocks/0/rows", "no more than 100"),
    ("table columns", [{"type": "table", "rows": [[cell("x")] * 21]}], "/blocks/0/rows/0", "1 to 20"),
    ("empty cell", [{"type": "table", "rows": [[cell("")]]}], "/blocks/0/rows/0/0/text", "more than 0"),
    ("two tables", [{"type": "table", "rows": [[cell("x")]]}] * 2, "/blocks/1", "no more than 1"),
    ("data table caption", [{"type": "data_table", "rows": [[cell("x")]] * 2}], "/blocks/0/caption", "missing"),
    ("markdown", [{"type": "markdown", "text": "x" * 12_001}], "/blocks/0/text", "12001"),
    ("alert in a message", [{"type": "alert", "text": plain("x")}], "/blocks/0/type", "not allowed in a message"),
    ("unknown block", [{"type": "hologram"}], "/blocks/0/type", "unsupported type: hologram"),
    ("same block id", [{**DIVIDER, "block_id": "b"}] * 2, "/blocks/1/block_id", "already exists"),
    ("block id 256", [{**DIVIDER, "block_id": "b" * 256}], "/blocks/0/block_id", "256"),
    (
        "chart title",
        [{"type": "data_visualization", "title": "x" * 51, "chart": {"type": "pie", "segments": [{"label": "a"}]}}],
        "/blocks/0/title",
        "51",
    ),
    ("card body", [{"type": "card", "body": mrkdwn("x" * 201)}], "/blocks/0/body/text", "201"),
    ("carousel of 11", [{"type": "carousel", "elements": [{"type": "card"}] * 11}], "/blocks/0/elements", "10"),
    ("rich text", [{"type": "rich_text", "elements": [{"type": "poem"}]}], "/blocks/0/elements/0/type", "poem"),
]


@pytest.mark.parametrize(
    ("blocks", "pointer", "words"), [row[1:] for row in BLOCK_LIMITS], ids=[row[0] for row in BLOCK_LIMITS]
)
def test_blocks_over_a_limit_are_refused_with_a_pointer(slack, blocks, pointer, words):
    answer = post(slack, blocks=blocks)
    assert answer["error"] == "invalid_blocks"
    messages = answer["response_metadata"]["messages"]
    assert any(f"[json-pointer:{pointer}" in each and words in each for each in messages), messages


def test_a_message_at_every_limit_is_taken(slack):
    blocks = [
        {"type": "header", "text": plain("x" * 150)},
        section("x" * 3000),
        actions(*(button(action_id=str(n), text=plain("x" * 75)) for n in range(25))),
        actions({**SELECT, "options": [option(str(n), str(n)) for n in range(100)]}),
        {"type": "table", "rows": [[cell("x")] * 20] * 100},
        *[DIVIDER] * 45,
    ]
    assert post(slack, blocks=blocks)["ok"] is True


VIEW_LIMITS = [
    ("title 25", modal(section("x"), title=plain("x" * 25)), "/title/text"),
    ("submit 25", modal(section("x"), submit=plain("x" * 25)), "/submit/text"),
    ("input without submit", modal(field({"type": "plain_text_input"}), submit=None), "/submit"),
    ("101 blocks", modal(*[DIVIDER] * 101), "/blocks"),
    ("private_metadata", modal(section("x"), private_metadata="x" * 3001), "/private_metadata"),
    ("callback_id", modal(section("x"), callback_id="x" * 256), "/callback_id"),
    ("table in a modal", modal({"type": "table", "rows": [[cell("x")]]}), "/blocks/0/type"),
    ("markdown in a modal", modal({"type": "markdown", "text": "x"}), "/blocks/0/type"),
    ("extra key", modal(section("x"), colour="red"), "/colour"),
    ("max_length", modal(field({"type": "plain_text_input", "max_length": 3001})), "/blocks/0/element/max_length"),
    ("button as input", modal(field(button())), "/blocks/0/element/type"),
]


@pytest.mark.parametrize(("view", "pointer"), [row[1:] for row in VIEW_LIMITS], ids=[row[0] for row in VIEW_LIMITS])
def test_views_over_a_limit_are_refused_with_a_pointer(slack, view, pointer):
    view = {key: value for key, value in view.items() if value is not None}
    answer = call(slack, "views.open", trigger_id=slack.workspace.tickets.trigger("U0MEI"), view=view)
    assert answer["error"] == "invalid_arguments"
    assert any(f"json-pointer:{pointer}]" in each for each in answer["response_metadata"]["messages"]), answer


def test_every_known_block_has_a_rule_and_a_surface():
    assert BLOCKS.keys() == SURFACES.keys()


def test_blocks_that_are_no_list_are_refused():
    assert block_faults("x", "message") == ["must be an array [json-pointer:/blocks]"]


LONG = [section("x" * 2700)] * 5
CALLS = [
    ("unknown_method", "chat.shout", {}),
    ("channel_not_found", "chat.postMessage", {"channel": "C0NOWHERE", "text": "x"}),
    ("channel_not_found", "chat.postMessage", {"channel": "C0SECRET", "text": "x"}),
    ("not_in_channel", "chat.postMessage", {"channel": "C0GENERAL", "text": "x"}),
    ("is_archived", "chat.postMessage", {"channel": "#old", "text": "x"}),
    ("no_text", "chat.postMessage", {"channel": "C0CHURN"}),
    ("invalid_blocks_format", "chat.postMessage", {"channel": "C0CHURN", "blocks": "{"}),
    ("invalid_blocks_format", "chat.postMessage", {"channel": "C0CHURN", "blocks": {}, "text": "x"}),
    ("msg_blocks_too_long", "chat.postMessage", {"channel": "C0CHURN", "text": "x", "blocks": LONG}),
    ("thread_not_found", "chat.postMessage", {"channel": "C0CHURN", "text": "x", "thread_ts": "1.000000"}),
    ("msg_too_long", "chat.postMessage", {"channel": "C0CHURN", "markdown_text": "x" * 12_001}),
    ("message_not_found", "chat.update", {"channel": "C0CHURN", "ts": "1.000000", "text": "x"}),
    ("cant_update_message", "chat.update", {"channel": "C0CHURN", "ts": "100.000001", "text": "x"}),
    ("cant_delete_message", "chat.delete", {"channel": "C0CHURN", "ts": "100.000001"}),
    ("user_not_in_channel", "chat.postEphemeral", {"channel": "C0CHURN", "user": "U0ADA", "text": "x"}),
    ("time_in_past", "chat.scheduleMessage", {"channel": "C0CHURN", "text": "x", "post_at": 1}),
    ("time_too_far", "chat.scheduleMessage", {"channel": "C0CHURN", "text": "x", "post_at": 99_999_999_999}),
    ("user_not_found", "conversations.open", {"users": "U0NOBODY"}),
    ("user_not_found", "users.info", {"user": "U0NOBODY"}),
    ("users_not_found", "users.lookupByEmail", {"email": "nobody@northwind.example"}),
    ("invalid_trigger_id", "views.open", {"trigger_id": "1.2.3", "view": modal(section("x"))}),
    ("not_found", "views.update", {"view_id": "V0", "view": modal(section("x"))}),
    ("invalid_arguments", "views.publish", {"user_id": "U0MEI", "view": modal(section("x"))}),
    ("hash_conflict", "views.publish", {"user_id": "U0MEI", "hash": "old", "view": home(section("x"))}),
    ("view_too_large", "views.publish", {"user_id": "U0MEI", "view": home(*[section("x" * 2900)] * 90)}),
    ("message_not_found", "reactions.add", {"channel": "C0CHURN", "timestamp": "1.000000", "name": "eyes"}),
    ("file_not_found", "files.completeUploadExternal", {"files": [{"id": "F0"}]}),
    ("invalid_blocks", "blocks.validate", {"blocks": [{"type": "hologram"}]}),
]


@pytest.mark.parametrize(("error", "method", "args"), CALLS, ids=[f"{row[1]} {row[0]}" for row in CALLS])
def test_a_call_is_refused_as_slack_refuses_it(slack, error, method, args):
    answer = call(slack, method, **args)
    assert (answer["ok"], answer["error"]) == (False, error), answer


def test_tokens_are_checked(slack):
    headers = {"authorization": "Bearer xoxb-wrong"}
    assert slack.http.post("/api/auth.test", headers=headers).json()["error"] == "invalid_auth"
    assert slack.http.post("/api/auth.test").json()["error"] == "not_authed"
    assert (
        slack.http.post("/api/auth.test", data={"token": slack.app_token}).json()["error"] == "not_allowed_token_type"
    )
    slack.revoke_token()
    assert call(slack, "auth.test")["error"] == "token_revoked"
    slack.workspace.revoked = False
    assert call(slack, "auth.test")["user_id"] == "U0BOT"


def test_scopes_come_from_the_manifest():
    with LocalSlack(manifest=MANIFEST) as slack:
        refused = call(slack, "conversations.list")
        assert (refused["error"], refused["needed"]) == ("missing_scope", "channels:read")
        assert refused["provided"] == "chat:write,chat:write.public,commands,users:read"
        answer = slack.http.get("/api/auth.test", params={"token": slack.bot_token})
        assert answer.headers["x-oauth-scopes"] == "chat:write,chat:write.public,commands,users:read"
        assert post(slack, "C0GENERAL")["ok"] is True
        assert post(slack, "C0SECRET")["error"] == "channel_not_found"


def test_arguments_may_come_by_query_form_or_json_with_nested_json_in_strings(slack):
    head = {"authorization": f"Bearer {slack.bot_token}"}
    blocks = '[{"type":"divider"}]'
    by_form = slack.http.post("/api/chat.postMessage", data={"channel": "C0CHURN", "blocks": blocks}, headers=head)
    by_query = slack.http.get("/api/users.info", params={"user": "U0MEI", "include_locale": "true"}, headers=head)
    mixed = slack.http.post("/api/chat.postMessage?channel=C0CHURN", json={"text": "x"}, headers=head)
    assert by_form.json()["message"]["blocks"][0]["type"] == "divider"
    assert by_query.json()["user"]["tz_offset"] == 28_800
    assert mixed.json()["ok"] is True


def test_more_than_a_burst_of_three_a_second_is_rate_limited_when_pace_is_strict():
    now = [1_000.0]
    with LocalSlack(strict_pace=True, real=lambda: now[0]) as slack:
        assert [post(slack).get("error") for _ in range(4)] == [None, None, None, "ratelimited"]
        assert post(slack, "C0PRICING")["ok"] is True
        now[0] += 1
        assert [post(slack).get("error") for _ in range(2)] == [None, "ratelimited"]
        answer = slack.http.post(
            "/api/chat.postMessage", data={"channel": "C0CHURN", "text": "x", "token": slack.bot_token}
        )
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")


def test_an_over_long_text_is_cut_with_a_warning_and_an_update_is_refused(slack):
    answer = post(slack, text="x" * 40_001)
    assert len(answer["message"]["text"]) == 40_000
    assert answer["response_metadata"]["warnings"] == ["message_truncated"]
    assert call(slack, "chat.update", channel="C0CHURN", ts=answer["ts"], text="x" * 4001)["error"] == "msg_too_long"


def test_a_trigger_works_once_and_for_three_seconds():
    now = [1_000.0]
    with LocalSlack(real=lambda: now[0]) as slack:
        trigger = slack.workspace.tickets.trigger
        first, late = trigger("U0MEI"), trigger("U0MEI")
        view = modal(section("x"))
        assert call(slack, "views.open", trigger_id=first, view=view)["ok"] is True
        assert call(slack, "views.open", trigger_id=first, view=view)["error"] == "exchanged_trigger_id"
        now[0] += 3.1
        assert call(slack, "views.open", trigger_id=late, view=view)["error"] == "expired_trigger_id"


def test_three_views_are_the_most_and_a_hash_guards_each():
    with LocalSlack() as slack:
        view, trigger = modal(section("x")), slack.workspace.tickets.trigger
        first = call(slack, "views.open", trigger_id=trigger("U0MEI"), view=view)["view"]
        for _ in range(2):
            pushed = call(slack, "views.push", trigger_id=trigger("U0MEI"), view=view)["view"]
        assert pushed["root_view_id"] == first["id"]
        assert call(slack, "views.push", trigger_id=trigger("U0MEI"), view=view)["error"] == "push_limit_reached"
        stale = call(slack, "views.update", view_id=first["id"], hash="stale", view=view)
        fresh = call(slack, "views.update", view_id=first["id"], hash=first["hash"], view=view)
        assert (stale["error"], fresh["ok"]) == ("hash_conflict", True)
        assert fresh["view"]["hash"] != first["hash"]
