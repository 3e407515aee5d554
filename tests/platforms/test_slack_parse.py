"""Payloads as Slack sends them, and the incomings that they become."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.incoming import Actor, Command, Opened, Press, Say, Spot, Submit
from bot.platforms.slack import parse

ANN = Actor("slack", "T1", "U1")
COMMAND: dict[str, Any] = {
    "token": "t",
    "team_id": "T1",
    "team_domain": "acme",
    "channel_id": "C1",
    "channel_name": "churn",
    "user_id": "U1",
    "user_name": "ann",
    "command": "/readiness",
    "text": "start churn <@U2|bob> in <#C9|vision> &lt;b&gt; &amp; co ",
    "api_app_id": "A1",
    "is_enterprise_install": "false",
    "response_url": "https://hooks.slack.com/commands/1",
    "trigger_id": "1.2.abc",
}
PRESSED: dict[str, Any] = {
    "type": "block_actions",
    "user": {"id": "U1", "username": "ann", "name": "ann", "team_id": "T1"},
    "api_app_id": "A1",
    "container": {"type": "message", "message_ts": "1.1", "channel_id": "C1", "is_ephemeral": True},
    "trigger_id": "1.2.abc",
    "team": {"id": "T1", "domain": "acme"},
    "enterprise": None,
    "is_enterprise_install": False,
    "channel": {"id": "C1", "name": "churn"},
    "state": {"values": {}},
    "response_url": "https://hooks.slack.com/actions/1",
    "actions": [
        {
            "action_id": "press:answer:3",
            "block_id": "x",
            "type": "button",
            "value": "i1:q1:a",
            "action_ts": "1700000000.1",
            "text": {"type": "plain_text", "text": "A", "emoji": False},
        }
    ],
}
EVENT: dict[str, Any] = {
    "token": "t",
    "team_id": "T1",
    "api_app_id": "A1",
    "type": "event_callback",
    "event_id": "Ev1",
    "event_time": 1700000000,
    "authorizations": [
        {"enterprise_id": None, "team_id": "T1", "user_id": "UBOT", "is_bot": True, "is_enterprise_install": False}
    ],
    "is_ext_shared_channel": False,
}
MESSAGE = {"type": "message", "channel": "D1", "channel_type": "im", "user": "U1", "text": "hi &amp; bye", "ts": "1.1"}


def event(**said: Any) -> dict[str, Any]:
    return EVENT | {"event": said}


def submitted(values: dict[str, Any], **view: Any) -> dict[str, Any]:
    return {
        "type": "view_submission",
        "team": {"id": "T1", "domain": "acme"},
        "user": {"id": "U1", "username": "ann", "name": "ann", "team_id": "T1"},
        "trigger_id": "9.9.z",
        "view": {
            "id": "V1",
            "hash": "h1",
            "type": "modal",
            "callback_id": "form:start",
            "private_metadata": "p1",
            "state": {"values": values},
        }
        | view,
    }


def test_a_command() -> None:
    assert parse.command(COMMAND) == Command(
        key="command:1.2.abc",
        actor=Actor("slack", "T1", "U1", "ann"),
        spot=Spot("C1", "churn"),
        name="readiness",
        text="start churn <@U2> in <#C9> <b> & co",
    )


def test_a_command_without_a_trigger_has_a_key_of_its_fields() -> None:
    bare = {name: value for name, value in COMMAND.items() if name != "trigger_id"}
    one, again, other = parse.command(bare), parse.command(bare), parse.command(bare | {"text": "status"})
    assert one
    assert again
    assert other
    assert one.key == again.key != other.key


def test_an_organization_wide_installation_is_the_organization() -> None:
    spread = parse.command(COMMAND | {"is_enterprise_install": "true", "enterprise_id": "E1"})
    assert spread
    assert spread.actor.installation == "E1"
    pressed = parse.press(PRESSED | {"is_enterprise_install": True, "enterprise": {"id": "E1"}, "team": None})
    assert pressed
    assert pressed.actor.installation == "E1"
    grant = {"enterprise_id": "E1", "team_id": "T7", "is_enterprise_install": True}
    said = parse.event(EVENT | {"event": MESSAGE, "authorizations": [grant]})
    assert said
    assert said.actor.installation == "E1"


def test_a_workspace_inside_an_organization_is_the_workspace() -> None:
    inside = parse.command(COMMAND | {"enterprise_id": "E1"})
    assert inside
    assert inside.actor.installation == "T1"


def test_a_press() -> None:
    assert parse.press(PRESSED) == Press(
        key="press:1.2.abc:1700000000.1",
        actor=Actor("slack", "T1", "U1", "ann"),
        spot=Spot("C1", "churn"),
        press="answer",
        value="i1:q1:a",
    )


def test_a_press_on_the_home_is_alone_with_the_bot() -> None:
    body = {name: value for name, value in PRESSED.items() if name not in ("channel", "response_url")}
    pressed = parse.press(body | {"container": {"type": "view", "view_id": "V1"}, "view": {"id": "V1", "type": "home"}})
    assert pressed
    assert pressed.spot == Spot("", direct=True)


@pytest.mark.parametrize(
    "action_id", ["link:0", "field", "press:", "press:x", "press::1", "", "xpress:a:1", "press:a:b"]
)
def test_an_action_that_is_not_ours_is_nothing(action_id: str) -> None:
    assert parse.press(PRESSED | {"actions": [{"action_id": action_id, "value": "v"}]}) is None


def test_a_name_may_hold_a_colon() -> None:
    pressed = parse.press(PRESSED | {"actions": [{"action_id": "press:a:b:7", "value": "v"}]})
    assert pressed
    assert pressed.press == "a:b"


@pytest.mark.parametrize(
    ("state", "value"),
    [
        ({"type": "plain_text_input", "value": "x"}, "x"),
        ({"type": "plain_text_input", "value": None}, None),
        ({"type": "plain_text_input", "value": "  "}, None),
        ({"type": "number_input", "value": "3"}, "3"),
        ({"type": "static_select", "selected_option": {"text": {}, "value": "v"}}, "v"),
        ({"type": "static_select", "selected_option": None}, None),
        ({"type": "checkboxes", "selected_options": [{"value": "a"}, {"value": "b"}]}, ("a", "b")),
        ({"type": "checkboxes", "selected_options": []}, None),
        ({"type": "users_select", "selected_user": "U1"}, "U1"),
        ({"type": "multi_users_select", "selected_users": ["U1", "U2"]}, ("U1", "U2")),
        ({"type": "multi_users_select", "selected_users": []}, None),
        ({"type": "conversations_select", "selected_conversation": "C1"}, "C1"),
        ({"type": "channels_select", "selected_channel": "C1"}, "C1"),
        ({"type": "datepicker", "selected_date": "2026-11-30"}, "2026-11-30"),
        ({"type": "datepicker", "selected_date": None}, None),
        ({"type": "timepicker", "selected_time": "16:00", "timezone": "Europe/Berlin"}, "16:00"),
        ({"type": "datetimepicker", "selected_date_time": 1700000000}, "1700000000"),
        ({"type": "file_input", "files": [{"id": "F1"}]}, ("F1",)),
        (
            {
                "type": "rich_text_input",
                "rich_text_value": {
                    "type": "rich_text",
                    "elements": [
                        {"type": "rich_text_section", "elements": [{"type": "text", "text": "a"}]},
                        {"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U1"}]},
                    ],
                },
            },
            "a\n<@U1>",
        ),
    ],
)
def test_every_kind_of_field(state: dict[str, Any], value: object) -> None:
    assert parse.submit(submitted({"name": {"field": state}})) == Submit(
        key="submit:V1:h1",
        actor=Actor("slack", "T1", "U1", "ann"),
        spot=Spot("", direct=True),
        form="start",
        value="p1",
        fields={"name": value},
    )


def test_a_form_submitted_again_after_an_error_is_another_submission() -> None:
    first, second = parse.submit(submitted({})), parse.submit(submitted({}, hash="h2"))
    assert first
    assert second
    assert first.key != second.key


@pytest.mark.parametrize("said", [MESSAGE, MESSAGE | {"subtype": "file_share"}])
def test_a_direct_message(said: dict[str, Any]) -> None:
    assert parse.event(event(**said)) == Say(key="event:Ev1", actor=ANN, spot=Spot("D1", direct=True), text="hi & bye")


def test_a_mention_is_what_was_said_without_our_name() -> None:
    said = {"type": "app_mention", "channel": "C1", "user": "U1", "ts": "1.1"}
    expected = Say(key="event:Ev1", actor=ANN, spot=Spot("C1"), text="status of churn for <@U2>")
    for bot_user_id in ("UBOT", ""):
        heard = parse.event(event(**said, text="<@UBOT>, status of churn for <@U2|bob>"), bot_user_id)
        assert heard == expected


def test_the_home_opened() -> None:
    said = {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home", "event_ts": "1.1"}
    assert parse.event(event(**said)) == Opened(key="event:Ev1", actor=ANN, spot=Spot("D1", direct=True))
    assert parse.event(event(**said | {"tab": "messages"})) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"bot_id": "B1"},
        {"bot_profile": {"id": "B1"}},
        {"user": "UBOT"},
        {"user": "USLACKBOT"},
        {"subtype": "bot_message"},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"channel_type": "channel"},
        {"channel_type": "mpim"},
        {"user": None},
        {"type": "team_join"},
    ],
)
def test_what_nobody_said_to_us_is_nothing(changed: dict[str, Any]) -> None:
    assert parse.event(event(**MESSAGE | changed), "UBOT", "BBOT") is None


@pytest.mark.parametrize(
    ("raw", "heard"),
    [
        ("<https://x.y/z>", "https://x.y/z"),
        ("<http://example.com|example.com>", "http://example.com"),
        ("<https://x.y|the report>", "the report (https://x.y)"),
        ("<mailto:a@b.c|a@b.c>", "a@b.c"),
        ("<!here> <!subteam^S1|@devs>", "@here @devs"),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"),
        ("&amp;lt;", "&lt;"),
        ("a\x00b", "ab"),
    ],
)
def test_what_a_person_typed(raw: str, heard: str) -> None:
    assert parse.spoken(raw) == heard


def test_the_language_comes_along_where_slack_says_it() -> None:
    said = parse.press(PRESSED | {"user": {"id": "U1", "locale": "de-DE", "tz": "Europe/Berlin"}})
    assert said
    assert (said.actor.language, said.actor.timezone) == ("de", "Europe/Berlin")


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def damaged(body: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(sorted(body)), JUNK, max_size=3).map(lambda junk: body | junk)


@given(st.one_of(*(damaged(body) for body in (COMMAND, PRESSED, submitted({}), event(**MESSAGE)))))
def test_no_payload_is_a_surprise(body: dict[str, Any]) -> None:
    for read in (parse.command, parse.press, parse.submit, parse.event, parse.way_back, parse.named):
        read(body)


@given(JUNK)
def test_no_state_is_a_surprise(junk: Any) -> None:
    for state in (junk, {"field": junk}):
        parse.submit(submitted({"f": state}))
    parse.submit(submitted({}, state=junk))
    parse.event(event(**MESSAGE | {"text": junk, "channel": junk}))
