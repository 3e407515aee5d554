"""A submitted modal shown again: with what was typed, and with what is wrong with it. Pure."""

from collections.abc import Mapping
from typing import Any

from bot.platforms.slack import limits
from bot.platforms.slack.text import plain_text
from bot.platforms.text import Json

_KEPT = ("type", "callback_id", "title", "submit", "close", "private_metadata")
_INITIAL = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_channel": "initial_channel",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
}


def reopened(view: Mapping[str, Any], errors: Mapping[str, str]) -> Json:
    """The view of a view_submission, to be shown after the ack was spent: errors stand above their inputs."""
    values = view.get("state", {}).get("values", {})
    shown: list[Json] = []
    for block in view.get("blocks", []):
        block_id = block.get("block_id", "")
        if block.get("type") != "input":
            shown.append({name: value for name, value in block.items() if name != "block_id"})
            continue
        if block_id in errors:
            shown.append({"type": "section", "text": plain_text("⚠ " + errors[block_id], limits.TEXT_UNITS)})
        shown.append(block | {"element": _filled(block.get("element", {}), values.get(block_id, {}))})
    kept = {name: view[name] for name in _KEPT if view.get(name)}
    return kept | {"blocks": shown[: limits.VIEW_BLOCKS]}


def _filled(element: Json, states: Mapping[str, Any]) -> Json:
    state = states.get(element.get("action_id", ""), {})
    bare = {name: value for name, value in element.items() if not name.startswith("initial_")}
    filled = {initial: state[name] for name, initial in _INITIAL.items() if state.get(name)}
    if filled:
        bare.pop("default_to_current_conversation", None)
    return bare | filled
