"""A strict reader of what we send: every limit and surface of slackblocks' registries, and what Slack adds to them.

The local workspace has a reader of its own, written apart from this one; both must agree."""

from collections.abc import Iterator
from typing import Any

from slackblocks import _limits as registry
from slackblocks._surfaces import _BLOCK_TYPES_BY_SURFACE, validate_surface_blocks

from bot.playground.limits import block_faults, view_faults

BLOCKS = {"message": registry.MESSAGE_BLOCKS_MAX_ITEMS, "modal": registry.VIEW_BLOCKS_MAX_ITEMS, "home": 100}
SECONDARY = {
    "message": {"table": 1},
    "modal": {"table": 0},
    "home": {"table": 0},
}


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def bounded(text: Any, most: int, least: int = 1) -> None:
    assert isinstance(text, str)
    assert least <= utf16(text) <= most, (utf16(text), most)
    assert "\x00" not in text
    text.encode()


def check_blocks(blocks: list[dict[str, Any]], surface: str) -> None:
    assert 1 <= len(blocks) <= BLOCKS[surface]
    validate_surface_blocks(blocks, surface)  # type: ignore[arg-type]
    for kind, most in SECONDARY[surface].items():
        assert sum(block["type"] == kind for block in blocks) <= most
    for block in blocks:
        assert block["type"] in _BLOCK_TYPES_BY_SURFACE[surface]  # type: ignore[index]
        CHECKS[block["type"]](block)
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    assert len(ids) == len(set(ids))
    actions = [element["action_id"] for element in elements(blocks) if element["type"] == "button"]
    assert len(actions) == len(set(actions))
    if surface == "message":
        assert sum(utf16(text) for text in texts(blocks)) <= 13_200


def check_message(payload: dict[str, Any]) -> None:
    assert payload["mrkdwn"] is False
    bounded(payload["text"], 4_000)
    bare = payload["text"].replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
    assert not set("&<>") & set(bare)
    check_blocks(payload["blocks"], "message")
    assert block_faults(payload["blocks"], "message") == []


def check_view(view: dict[str, Any]) -> None:
    assert len(json_of(view)) <= 250_000
    assert view_faults(view) == []
    check_blocks(view["blocks"], view["type"])
    if view["type"] == "home":
        return
    plain(view["title"], registry.VIEW_TITLE_MAX_LENGTH)
    for name, most in (("submit", registry.VIEW_SUBMIT_MAX_LENGTH), ("close", registry.VIEW_CLOSE_MAX_LENGTH)):
        if name in view:
            plain(view[name], most)
    bounded(view.get("private_metadata", ""), registry.VIEW_PRIVATE_METADATA_MAX_LENGTH, 0)
    bounded(view.get("callback_id", "x"), registry.VIEW_CALLBACK_ID_MAX_LENGTH)
    if any(block["type"] == "input" for block in view["blocks"]):
        assert "submit" in view


def json_of(value: Any) -> str:
    import json

    return json.dumps(value)


def texts(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for one in node:
            yield from texts(one)
    elif isinstance(node, dict):
        for name, inner in node.items():
            if name == "text" and isinstance(inner, str):
                yield inner
            else:
                yield from texts(inner)


def elements(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        if block["type"] == "actions":
            yield from block["elements"]
        elif "accessory" in block:
            yield block["accessory"]


def plain(made: dict[str, Any], most: int) -> None:
    assert made["type"] == "plain_text"
    assert made["emoji"] is False
    assert set(made) == {"type", "text", "emoji"}
    bounded(made["text"], most)
    assert made["text"].strip()


def _section(block: dict[str, Any]) -> None:
    assert set(block) <= {"type", "text", "accessory"}
    plain(block["text"], registry.SECTION_TEXT_MAX_LENGTH)
    if "accessory" in block:
        _button(block["accessory"])


def _button(button: dict[str, Any]) -> None:
    assert set(button) <= {"type", "text", "action_id", "value", "url", "style", "confirm"}
    assert button["type"] == "button"
    plain(button["text"], registry.BUTTON_TEXT_MAX_LENGTH)
    bounded(button["action_id"], registry.ACTION_ID_MAX_LENGTH)
    assert button.get("style", "primary") in ("primary", "danger")
    if "value" in button:
        bounded(button["value"], registry.BUTTON_VALUE_MAX_LENGTH)
    if "url" in button:
        bounded(button["url"], registry.BUTTON_URL_MAX_LENGTH)
        assert button["url"].startswith(("http://", "https://", "mailto:"))
    if "confirm" in button:
        confirm = button["confirm"]
        plain(confirm["title"], registry.CONFIRMATION_TITLE_MAX_LENGTH)
        plain(confirm["text"], registry.CONFIRMATION_TEXT_MAX_LENGTH)
        plain(confirm["confirm"], registry.CONFIRMATION_CONFIRM_MAX_LENGTH)
        plain(confirm["deny"], registry.CONFIRMATION_DENY_MAX_LENGTH)


def _actions(block: dict[str, Any]) -> None:
    assert 1 <= len(block["elements"]) <= registry.ACTIONS_ELEMENTS_MAX_ITEMS
    for element in block["elements"]:
        _button(element)


def _header(block: dict[str, Any]) -> None:
    plain(block["text"], registry.HEADER_TEXT_MAX_LENGTH)


def _context(block: dict[str, Any]) -> None:
    assert 1 <= len(block["elements"]) <= registry.CONTEXT_ELEMENTS_MAX_ITEMS
    for element in block["elements"]:
        plain(element, registry.TEXT_MAX_LENGTH)


def _table(block: dict[str, Any]) -> None:
    assert 1 <= len(block["rows"]) <= registry.TABLE_ROWS_MAX_ITEMS
    width = len(block["rows"][0])
    assert 1 <= width <= registry.TABLE_COLUMNS_MAX_ITEMS
    for row in block["rows"]:
        assert len(row) == width
        for cell in row:
            assert cell["type"] == "raw_text"
            bounded(cell["text"], 3_000)
            assert cell["text"].strip()


def _rich_text(block: dict[str, Any]) -> None:
    assert block["elements"]
    for element in block["elements"]:
        if element["type"] == "rich_text_list":
            assert element["style"] in ("bullet", "ordered")
            assert element["elements"]
            for section in element["elements"]:
                assert section["type"] == "rich_text_section"
                _runs(section)
        else:
            assert element["type"] in ("rich_text_section", "rich_text_preformatted")
            _runs(element)
    assert sum(utf16(text) for text in texts(block)) <= 3_000


def _runs(section: dict[str, Any]) -> None:
    assert section["elements"]
    for run in section["elements"]:
        assert set(run.get("style", {})) <= {"bold", "italic", "code", "strike"}
        match run["type"]:
            case "text":
                bounded(run["text"], 3_000)
            case "link":
                bounded(run["url"], 3_000)
                assert run["url"].lower().startswith(("http://", "https://", "mailto:"))
                bounded(run["text"], 3_000)
            case "user":
                assert run["user_id"].isalnum()
            case kind:
                raise AssertionError(kind)


def _input(block: dict[str, Any]) -> None:
    plain(block["label"], registry.INPUT_LABEL_MAX_LENGTH)
    bounded(block["block_id"], registry.BLOCK_ID_MAX_LENGTH)
    if "hint" in block:
        plain(block["hint"], registry.INPUT_HINT_MAX_LENGTH)
    element = block["element"]
    assert element["action_id"] == "field"
    if element["type"] == "plain_text_input":
        assert 1 <= element["max_length"] <= registry.PLAIN_TEXT_INPUT_MAX_LENGTH_MAX
        assert utf16(element.get("initial_value", "")) <= element["max_length"]
    if element["type"] == "static_select":
        assert 1 <= len(element["options"]) <= registry.SELECT_OPTIONS_MAX_ITEMS
        for option in element["options"]:
            plain(option["text"], registry.OPTION_TEXT_MAX_LENGTH)
            bounded(option["value"], registry.OPTION_VALUE_MAX_LENGTH)
        if "initial_option" in element:
            assert element["initial_option"] in element["options"]


CHECKS = {
    "section": _section,
    "actions": _actions,
    "header": _header,
    "context": _context,
    "table": _table,
    "rich_text": _rich_text,
    "input": _input,
    "divider": lambda block: None,
}
