"""The manifest: what we ask for, and that Slack takes it."""

import pytest
import yaml

from bot.platforms.slack import manifest as made
from bot.platforms.slack.manifest import manifest, manifest_yaml

COMMANDS = [("readiness", "Start, status, report", "[start|status|report]"), ("bridgehead", "Help", "")]
URL = "https://bot.example.com/slack/events"


def test_over_http_every_address_is_ours() -> None:
    whole = manifest(COMMANDS, "https://bot.example.com/")
    assert whole["features"]["slash_commands"] == [
        {
            "command": "/readiness",
            "url": URL,
            "description": "Start, status, report",
            "usage_hint": "[start|status|report]",
            "should_escape": True,
        },
        {"command": "/bridgehead", "url": URL, "description": "Help", "should_escape": True},
    ]
    assert whole["settings"]["event_subscriptions"]["request_url"] == URL
    assert whole["settings"]["interactivity"] == {"is_enabled": True, "request_url": URL}
    assert whole["settings"]["socket_mode_enabled"] is False


def test_over_a_socket_there_is_no_address() -> None:
    whole = manifest(COMMANDS, None)
    assert whole["settings"]["socket_mode_enabled"] is True
    assert "https://" not in manifest_yaml(COMMANDS, None)


def test_people_can_write_to_the_bot() -> None:
    assert manifest(COMMANDS, None)["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


def test_every_scope_and_event_is_explained_or_needed() -> None:
    whole = manifest(COMMANDS, None)
    scopes = whole["oauth_config"]["scopes"]
    assert scopes == {
        "bot": ["commands", "chat:write", "im:write", "im:history", "users:read", "app_mentions:read"],
        "bot_optional": ["chat:write.public", "files:write", "channels:history", "groups:history", "files:read"],
    }
    for scope in (*scopes["bot"], *scopes["bot_optional"]):
        assert scope in (made.__doc__ or "")
    assert whole["settings"]["event_subscriptions"]["bot_events"] == [
        "app_home_opened",
        "app_mention",
        "app_uninstalled",
        "message.im",
        "tokens_revoked",
    ]


def test_the_limits_of_a_manifest_are_kept() -> None:
    whole = manifest([("x" * 31, "y" * 3_000, "z" * 3_000)] * 50, None)
    shown = whole["display_information"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert len(whole["features"]["bot_user"]["display_name"]) <= 80
    for command in whole["features"]["slash_commands"]:
        assert len(command["command"]) <= 32
        assert len(command["description"]) <= 2_000
        assert len(command["usage_hint"]) <= 1_000


def test_what_slack_would_refuse_is_refused_here() -> None:
    with pytest.raises(ValueError, match="51 commands"):
        manifest([("x", "y", "")] * 51, None)
    with pytest.raises(ValueError, match="32 characters"):
        manifest([("x" * 32, "y", "")], None)


def test_the_text_is_the_manifest() -> None:
    assert yaml.safe_load(manifest_yaml(COMMANDS, "https://b.c")) == manifest(COMMANDS, "https://b.c")
