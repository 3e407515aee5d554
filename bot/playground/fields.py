"""The values of a view: what a form holds when opened, and what its inputs demand."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
# element type -> (property of its value, property it starts from), docs.slack.dev view state
VALUE_KEYS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(
        ("plain_text_input", "email_text_input", "url_text_input", "number_input"), ("value", "initial_value")
    ),
    "rich_text_input": ("rich_text_value", "initial_value"),
    **dict.fromkeys(("static_select", "external_select", "radio_buttons"), ("selected_option", "initial_option")),
    "overflow": ("selected_option", "initial_option"),
    **dict.fromkeys(
        ("multi_static_select", "multi_external_select", "checkboxes"), ("selected_options", "initial_options")
    ),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", "initial_files"),
}
_WITHOUT_STATE = frozenset({"overflow"})


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield every (block, element) a person can act on."""
    for block in blocks:
        single = (block.get("element"), block.get("accessory"))
        several = block.get("elements", []) if block.get("type") in ("actions", "context_actions") else []
        if block.get("type") == "card":
            several = block.get("actions", [])
        for element in (*single, *several):
            if isinstance(element, dict) and element.get("type") != "image":
                yield block, element
        yield from elements(block.get("child_blocks", []))


def starting_values(blocks: list[Json]) -> Json:
    """Return `state.values` as a fresh form holds it."""
    values: Json = {}
    for block, element in elements(blocks):
        kind = element["type"]
        if kind not in VALUE_KEYS or kind in _WITHOUT_STATE:
            continue
        key, initial = VALUE_KEYS[kind]
        empty: Any = [] if key.endswith("s") and key != "value" else None
        values.setdefault(block["block_id"], {})[element["action_id"]] = {
            "type": kind,
            key: element.get(initial, empty),
        }
    return values


def merge(*layers: Json) -> Json:
    """Return values where later layers win, element by element."""
    merged: Json = {}
    for layer in layers:
        for block_id, by_action in layer.items():
            merged.setdefault(block_id, {}).update(by_action)
    return merged


def keep_known(values: Json, blocks: list[Json]) -> Json:
    """Drop values of elements that are not in these blocks (a view update may have removed them)."""
    known = {(block["block_id"], element.get("action_id")) for block, element in elements(blocks)}
    kept: Json = {}
    for block_id, by_action in values.items():
        for action_id, value in by_action.items():
            if (block_id, action_id) in known:
                kept.setdefault(block_id, {})[action_id] = value
    return kept


def unmet(blocks: list[Json], values: Json) -> Json:
    """Return the errors Slack's own client shows before it sends a submission: block id to sentence."""
    errors: Json = {}
    for block in blocks:
        if block.get("type") != "input":
            continue
        element = block["element"]
        key, _ = VALUE_KEYS[element["type"]]
        value = values.get(block["block_id"], {}).get(element["action_id"], {}).get(key)
        if value in (None, "", []):
            if not block.get("optional"):
                errors[block["block_id"]] = "Please complete this required field."
        elif element["type"] == "plain_text_input":
            if len(value) < element.get("min_length", 0):
                errors[block["block_id"]] = f"This field needs at least {element['min_length']} characters."
            elif len(value) > element.get("max_length", 3000):
                errors[block["block_id"]] = f"This field takes at most {element.get('max_length', 3000)} characters."
    return errors
