"""What Slack sends to the app, as plain data. Shapes: slackapi/java-slack-sdk `json-logs/samples/app-backend`."""

import json
from typing import Any

from bot.playground.workspace import Workspace

Json = dict[str, Any]


def person(space: Workspace, user: str) -> Json:
    """Return the short form of a person in interactions."""
    handle = space.people[user]["handle"]
    return {"id": user, "username": handle, "name": handle, "team_id": space.team["id"]}


def _head(space: Workspace, kind: str, user: str) -> Json:
    return {
        "type": kind,
        "user": person(space, user),
        "api_app_id": space.app["id"],
        "token": "x",
        "team": {"id": space.team["id"], "domain": space.team["domain"]},
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": space.tickets.trigger(user),
    }


def channel_name(space: Workspace, channel: str) -> str:
    """Return the name Slack puts into payloads."""
    return str(space.channels[channel]["name"])


def view_out(view: Json) -> Json:
    """Return a view as it leaves the workspace: without our own keys, always with a state."""
    shown = {key: value for key, value in view.items() if not key.startswith("_")}
    return {**shown, "state": view.get("state") or {"values": {}}}


def message_out(message: Json) -> Json:
    """Return a message as the Web API and payloads show it."""
    return {key: value for key, value in message.items() if not key.startswith("_")}


def command(space: Workspace, user: str, channel: str, name: str, *, text: str, response_url: str) -> Json:
    """Return the form fields of a slash command."""
    return {
        "token": "x",
        "team_id": space.team["id"],
        "team_domain": space.team["domain"],
        "channel_id": channel,
        "channel_name": channel_name(space, channel),
        "user_id": user,
        "user_name": space.people[user]["handle"],
        "command": name,
        "text": text,
        "api_app_id": space.app["id"],
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": space.tickets.trigger(user),
    }


def message_press(
    space: Workspace, user: str, channel: str, message: Json, *, action: Json, values: Json, response_url: str
) -> Json:
    """Return `block_actions` from a message. An ephemeral message is named but not repeated."""
    ephemeral = "_for" in message
    container = {"type": "message", "message_ts": message["ts"], "channel_id": channel, "is_ephemeral": ephemeral}
    if message.get("thread_ts"):
        container["thread_ts"] = message["thread_ts"]
    payload = _head(space, "block_actions", user) | {"container": container, "state": {"values": values}}
    payload["channel"] = {"id": channel, "name": channel_name(space, channel)}
    if not ephemeral:
        payload["message"] = message_out(message)
    return payload | {"response_url": response_url, "actions": [action]}


def view_press(space: Workspace, user: str, view: Json, action: Json, values: Json) -> Json:
    """Return `block_actions` from a modal or the home."""
    shown = view_out(view) | {"state": {"values": values}}
    payload = _head(space, "block_actions", user) | {"container": {"type": "view", "view_id": view["id"]}}
    return payload | {"view": shown, "state": {"values": values}, "actions": [action]}


def submission(space: Workspace, user: str, view: Json, values: Json, response_urls: list[Json]) -> Json:
    """Return `view_submission`."""
    shown = view_out(view) | {"state": {"values": values}}
    return _head(space, "view_submission", user) | {"view": shown, "response_urls": response_urls}


def closed(space: Workspace, user: str, view: Json, *, cleared: bool) -> Json:
    """Return `view_closed`; it carries no trigger."""
    payload = _head(space, "view_closed", user) | {"view": view_out(view), "is_cleared": cleared}
    del payload["trigger_id"]
    return payload


def suggestion(space: Workspace, user: str, where: Json, *, block_id: str, action_id: str, value: str) -> Json:
    """Return `block_suggestion`; `where` gives the container, and the view or the channel and message."""
    payload = _head(space, "block_suggestion", user) | where
    del payload["trigger_id"]
    return payload | {"block_id": block_id, "action_id": action_id, "value": value}


def shortcut(space: Workspace, user: str, callback_id: str) -> Json:
    """Return a global `shortcut`."""
    return _head(space, "shortcut", user) | {"callback_id": callback_id, "action_ts": space.stamp()}


def message_shortcut(
    space: Workspace, user: str, callback_id: str, *, channel: str, message: Json, response_url: str
) -> Json:
    """Return a `message_action`."""
    payload = _head(space, "message_action", user) | {"callback_id": callback_id, "action_ts": space.stamp()}
    payload |= {"channel": {"id": channel, "name": channel_name(space, channel)}, "message_ts": message["ts"]}
    return payload | {"message": message_out(message), "response_url": response_url}


def event_callback(space: Workspace, event: Json) -> Json:
    """Return the wrapper around an event."""
    authorization = {"enterprise_id": None, "team_id": space.team["id"], "user_id": space.bot_user}
    return {
        "token": "x",
        "team_id": space.team["id"],
        "api_app_id": space.app["id"],
        "event": event,
        "type": "event_callback",
        "event_id": space.serial("Ev"),
        "event_time": int(space.clock.now()),
        "authorizations": [{**authorization, "is_bot": True, "is_enterprise_install": False}],
        "is_ext_shared_channel": False,
        "event_context": f"4-{space.serial('x')}",
    }


def as_json(value: object) -> bytes:
    """Return compact JSON bytes: what is signed is what is sent."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
