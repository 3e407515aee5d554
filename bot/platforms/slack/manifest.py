"""The app manifest, generated from the command table.

| scope | why |
|---|---|
| commands | the commands, forms and the home |
| chat:write | answers, notices, edits of our own messages |
| im:write, im:history | interviews by direct message; finding a notice there whose delivery is uncertain |
| users:read | names, time zones and languages |
| app_mentions:read | being asked in a channel |
| chat:write.public (optional) | notices to public channels that nobody invited us to |
| files:read (optional) | reading a file that somebody gives us, such as a framework |
| files:write (optional) | reports, exports and pictures as files; without, their reader is told what to do |
| channels:history, groups:history (optional) | finding an uncertain notice in a channel; without, it is listed |
"""

from collections.abc import Sequence
from typing import Any

import yaml

from bot.platforms.text import shorten

Commands = Sequence[tuple[str, str, str]]
"""(name without its slash, description, usage hint)"""

SCOPES = ("commands", "chat:write", "im:write", "im:history", "users:read", "app_mentions:read")
OPTIONAL_SCOPES = ("chat:write.public", "files:write", "channels:history", "groups:history", "files:read")
EVENTS = ("app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked")
EVENTS_PATH = "/slack/events"
NAME = "Bridgehead"
DESCRIPTION = "Governs AI projects from proof of concept to production."
COMMANDS_MOST, COMMAND_UNITS, COMMAND_DESCRIPTION_UNITS, USAGE_HINT_UNITS = 50, 32, 2_000, 1_000


def manifest(commands: Commands, address: str | None) -> dict[str, Any]:
    """For HTTP under `address` (https://host, without a path), or for Socket Mode where it is None."""
    if len(commands) > COMMANDS_MOST:
        raise ValueError(f"{len(commands)} commands: Slack takes {COMMANDS_MOST}")
    url = f"{address.rstrip('/')}{EVENTS_PATH}" if address else None
    events: dict[str, Any] = {"bot_events": list(EVENTS)}
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {"name": NAME, "description": DESCRIPTION},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": NAME.lower(), "always_online": True},
            "slash_commands": [_command(*command, url) for command in commands],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES), "bot_optional": list(OPTIONAL_SCOPES)}},
        "settings": {
            "event_subscriptions": ({"request_url": url} if url else {}) | events,
            "interactivity": {"is_enabled": True} | ({"request_url": url} if url else {}),
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,
        },
    }


def manifest_yaml(commands: Commands, address: str | None) -> str:
    """The same as YAML, as Slack's page "create an app from a manifest" takes it."""
    return yaml.safe_dump(manifest(commands, address), sort_keys=False, allow_unicode=True, width=100)


def _command(name: str, description: str, usage_hint: str, url: str | None) -> dict[str, Any]:
    command = "/" + name.removeprefix("/")
    if len(command) > COMMAND_UNITS:
        raise ValueError(f"command {command!r}: Slack takes {COMMAND_UNITS} characters")
    made: dict[str, Any] = {"command": command} | ({"url": url} if url else {})
    made["description"] = shorten(description, COMMAND_DESCRIPTION_UNITS)
    if usage_hint:
        made["usage_hint"] = shorten(usage_hint, USAGE_HINT_UNITS)
    return made | {"should_escape": True}
