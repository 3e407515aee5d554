"""What Slack refuses in messages and views: sizes, surfaces, doubled ids.

Faults carry a JSON pointer, worded like Slack's `response_metadata.messages`. Numbers: docs.slack.dev block-kit
reference; `TOTAL_TEXT` is the observed bound on a message's blocks together (bolt-js issue 2509).
"""

import json
from collections.abc import Iterator
from typing import Any

from bot.playground.limits_blocks import BLOCKS
from bot.playground.limits_elements import Check
from bot.playground.tickets import SlackError

Json = dict[str, Any]
MESSAGE_BLOCKS, VIEW_BLOCKS, ATTACHMENTS = 50, 100, 100
TOTAL_TEXT = 13_200
MARKDOWN_TOTAL = 12_000
TEXT_TRUNCATED = 40_000
UPDATE_TEXT = 4_000
VIEW_BYTES = 250_000

_EVERYWHERE = frozenset({"message", "modal", "home"})
_MESSAGE = frozenset({"message"})
SURFACES: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("section", "header", "context", "actions", "divider", "image", "rich_text", "video", "input"), _EVERYWHERE
    ),
    "alert": frozenset({"modal"}),
    **dict.fromkeys(("card", "carousel", "container"), frozenset({"message", "home"})),
    # Sources disagree about tables on the home tab; the stricter reading keeps us safe.
    **dict.fromkeys(("table", "data_table", "data_visualization"), _MESSAGE),
    **dict.fromkeys(("markdown", "plan", "task_card", "context_actions"), _MESSAGE),
}
_ONCE = {"table": 1, "data_visualization": 2}
_VIEW_KEYS = frozenset(
    [
        "type",
        "title",
        "blocks",
        "close",
        "submit",
        "private_metadata",
        "callback_id",
        "clear_on_close",
        "notify_on_close",
        "external_id",
        "submit_disabled",
    ]
)


def block_faults(blocks: object, surface: str) -> list[str]:
    """Return what Slack would refuse in these blocks on a surface (message, modal, home)."""
    check = Check(surface)
    if not isinstance(blocks, list):
        check.fault("must be an array", "/blocks")
        return check.faults
    most = MESSAGE_BLOCKS if surface == "message" else VIEW_BLOCKS
    if len(blocks) > most:
        check.fault(f"no more than {most} items allowed", "/blocks")
    seen: set[str] = set()
    count: dict[str, int] = {}
    for n, block in enumerate(blocks):
        at = f"/blocks/{n}"
        kind = block.get("type") if isinstance(block, dict) else None
        if kind not in BLOCKS or kind not in SURFACES:
            check.fault(f"unsupported type: {kind}", f"{at}/type")
            continue
        if surface not in SURFACES[kind]:
            check.fault(f"unsupported type: {kind} is not allowed in a {surface}", f"{at}/type")
        check.string(block, "block_id", at, 255)
        block_id = block.get("block_id")
        if block_id is not None and block_id in seen:
            check.fault(f"`block_id` already exists: {block_id}", f"{at}/block_id")
        seen.add(str(block_id))
        count[kind] = count.get(kind, 0) + 1
        if count[kind] > _ONCE.get(kind, count[kind]):
            check.fault(f"no more than {_ONCE[kind]} {kind} allowed", at)
        BLOCKS[kind](check, block, at)
    marked = [str(b.get("text", "")) for b in blocks if isinstance(b, dict) and b.get("type") == "markdown"]
    if sum(map(len, marked)) > MARKDOWN_TOTAL:
        check.fault(f"markdown blocks must be less than {MARKDOWN_TOTAL + 1} characters together", "/blocks")
    return check.faults


def texts(node: object) -> Iterator[str]:
    """Yield every text people would read in blocks."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value)


def view_faults(view: object) -> list[str]:
    """Return what Slack would refuse in a modal or a home."""
    if not isinstance(view, dict):
        return ["[ERROR] must be an object [json-pointer:/view]"]
    kind = view.get("type")
    if kind not in ("modal", "home"):
        return [f"[ERROR] unsupported type: {kind} [json-pointer:/view/type]"]
    check = Check(kind)
    check.keys(view, "", _VIEW_KEYS)
    for key, most in (("private_metadata", 3000), ("callback_id", 255), ("external_id", 255)):
        check.string(view, key, "", most, least=0)
    blocks = view.get("blocks")
    if kind == "modal":
        check.text(view, "title", "", 24, plain=True, required=True)
        check.text(view, "submit", "", 24, plain=True)
        check.text(view, "close", "", 24, plain=True)
        has_input = isinstance(blocks, list) and any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)
        if has_input and not view.get("submit"):
            check.fault("missing required field: submit", "/submit")
    return check.faults + block_faults(blocks, kind)


def refuse_blocks(blocks: object, surface: str = "message") -> None:
    """Raise what chat methods answer to bad blocks: `invalid_blocks` or `msg_blocks_too_long`."""
    faults = block_faults(blocks, surface)
    if faults:
        messages = [f"[ERROR] {fault}" for fault in faults]
        raise SlackError("invalid_blocks", errors=faults, response_metadata={"messages": messages})
    if sum(map(len, texts(blocks))) > TOTAL_TEXT:
        raise SlackError("msg_blocks_too_long")


def refuse_view(view: object, expected: str | None = None) -> None:
    """Raise what views methods answer to a bad view: `view_too_large`, `invalid_arguments`."""
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise SlackError("view_too_large")
    faults = view_faults(view)
    if not faults and expected and isinstance(view, dict) and view["type"] != expected:
        faults = [f"unsupported type: expected {expected} [json-pointer:/view/type]"]
    if faults:
        messages = [f"[ERROR] {fault.removeprefix('[ERROR] ')}" for fault in faults]
        raise SlackError("invalid_arguments", response_metadata={"messages": messages})
