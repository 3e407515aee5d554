"""Limits of blocks, one rule a kind."""

from collections.abc import Callable
from typing import Any

from bot.playground.limits_elements import IN_ACTIONS, IN_INPUT, IN_SECTION, Check, element

Json = dict[str, Any]
BlockRule = Callable[[Check, Json, str], None]
_CELLS = frozenset({"raw_text", "raw_number", "rich_text"})
_CHARTS = frozenset({"bar", "line", "area"})
_RICH = frozenset({"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"})


def section(check: Check, block: Json, at: str) -> None:
    """Text or fields, and one accessory."""
    check.keys(block, at, {"type", "block_id", "text", "fields", "accessory", "expand"})
    if "text" not in block and "fields" not in block:
        check.fault("missing required field: text or fields", at)
    check.text(block, "text", at, 3000)
    if "fields" in block:
        for n, each in enumerate(check.many(block, "fields", at, 10)):
            check.text_object(each, f"{at}/fields/{n}", 2000)
    if "accessory" in block:
        element(check, block["accessory"], f"{at}/accessory", IN_SECTION)


def header(check: Check, block: Json, at: str) -> None:
    """One plain line of 150 characters."""
    check.keys(block, at, {"type", "block_id", "text", "level"})
    check.text(block, "text", at, 150, plain=True, required=True)


def context(check: Check, block: Json, at: str) -> None:
    """Ten small texts or images."""
    check.keys(block, at, {"type", "block_id", "elements"})
    for n, each in enumerate(check.many(block, "elements", at, 10)):
        place = f"{at}/elements/{n}"
        if isinstance(each, dict) and each.get("type") == "image":
            element(check, each, place, {"image"})
        else:
            check.text_object(each, place, 3000)


def actions(check: Check, block: Json, at: str) -> None:
    """25 elements with different action ids."""
    check.keys(block, at, {"type", "block_id", "elements"})
    seen: set[str] = set()
    for n, each in enumerate(check.many(block, "elements", at, 25)):
        place = f"{at}/elements/{n}"
        element(check, each, place, IN_ACTIONS)
        action_id = each.get("action_id") if isinstance(each, dict) else None
        if action_id in seen:
            check.fault(f"`action_id` already exists: {action_id}", f"{place}/action_id")
        if action_id is not None:
            seen.add(action_id)


def context_actions(check: Check, block: Json, at: str) -> None:
    """Five small buttons under a message."""
    for n, each in enumerate(check.many(block, "elements", at, 5)):
        element(check, each, f"{at}/elements/{n}", {"feedback_buttons", "icon_button"})


def divider(check: Check, block: Json, at: str) -> None:
    """Only a line."""
    check.keys(block, at, {"type", "block_id"})


def image(check: Check, block: Json, at: str) -> None:
    """A picture with its description."""
    check.keys(block, at, {"type", "block_id", "image_url", "slack_file", "alt_text", "title"})
    check.string(block, "alt_text", at, 2000, required=True)
    check.string(block, "image_url", at, 3000, required="slack_file" not in block)
    check.text(block, "title", at, 2000, plain=True)


def input_block(check: Check, block: Json, at: str) -> None:
    """One labelled element."""
    check.keys(block, at, {"type", "block_id", "label", "element", "dispatch_action", "hint", "optional"})
    check.text(block, "label", at, 2000, plain=True, required=True)
    check.text(block, "hint", at, 2000, plain=True)
    if "element" not in block:
        check.fault("missing required field: element", f"{at}/element")
    else:
        element(check, block["element"], f"{at}/element", IN_INPUT)


def rich_text(check: Check, block: Json, at: str) -> None:
    """Sections, lists, quotes and preformatted text."""
    for n, each in enumerate(check.many(block, "elements", at, 1000, least=0)):
        place = f"{at}/elements/{n}"
        if not isinstance(each, dict) or each.get("type") not in _RICH:
            check.fault(f"unsupported type: {each.get('type') if isinstance(each, dict) else None}", f"{place}/type")
        elif each["type"] == "rich_text_list":
            if each.get("style") not in ("bullet", "ordered"):
                check.fault("must be one of: bullet, ordered", f"{place}/style")
            check.number(each, "indent", place, 0, 8)
            for m, inner in enumerate(check.many(each, "elements", place, 1000)):
                _rich_parts(check, inner, f"{place}/elements/{m}")
        else:
            _rich_parts(check, each, place)


def _rich_parts(check: Check, node: Json, at: str) -> None:
    needs = {"text": "text", "link": "url", "user": "user_id", "channel": "channel_id", "emoji": "name"}
    for n, part in enumerate(check.many(node, "elements", at, 1000, least=0)):
        kind = part.get("type") if isinstance(part, dict) else None
        place = f"{at}/elements/{n}"
        if kind in needs:
            check.string(part, needs[kind], place, 12_000, required=True)
        elif kind not in ("broadcast", "usergroup", "date", "color", "team"):
            check.fault(f"unsupported type: {kind}", f"{place}/type")


def markdown(check: Check, block: Json, at: str) -> None:
    """Standard Markdown."""
    check.keys(block, at, {"type", "block_id", "text"})
    check.string(block, "text", at, 12_000, required=True)


def table(check: Check, block: Json, at: str) -> None:
    """100 rows of 20 columns."""
    check.keys(block, at, {"type", "block_id", "rows", "column_settings"})
    _rows(check, block, at, 100, 1)
    if "column_settings" in block:
        check.many(block, "column_settings", at, 20, least=0)


def data_table(check: Check, block: Json, at: str) -> None:
    """A header and 200 rows of 20 columns, captioned."""
    check.string(block, "caption", at, 2000, required=True)
    check.number(block, "page_size", at, 1, 100)
    total = _rows(check, block, at, 201, 2)
    if total > 20_000:
        check.fault("must be less than 20001 characters", f"{at}/rows")


def _rows(check: Check, block: Json, at: str, most: int, least: int) -> int:
    total = 0
    for n, row in enumerate(check.many(block, "rows", at, most, least=least)):
        if not isinstance(row, list) or not 1 <= len(row) <= 20:
            check.fault("a row has 1 to 20 cells", f"{at}/rows/{n}")
            continue
        for m, cell in enumerate(row):
            place = f"{at}/rows/{n}/{m}"
            kind = cell.get("type") if isinstance(cell, dict) else None
            if kind not in _CELLS:
                check.fault(f"unsupported type: {kind}", f"{place}/type")
            elif kind == "raw_text":
                check.string(cell, "text", place, 20_000, required=True)
                total += len(str(cell.get("text")))
            elif kind == "rich_text":
                rich_text(check, cell, place)
    return total


def data_visualization(check: Check, block: Json, at: str) -> None:
    """A pie of 12 segments, or 12 series of 20 points."""
    check.string(block, "title", at, 50, required=True)
    chart = block.get("chart")
    kind = chart.get("type") if isinstance(chart, dict) else None
    place = f"{at}/chart"
    if not isinstance(chart, dict) or kind not in _CHARTS | {"pie"}:
        check.fault(f"unsupported type: {kind}", f"{place}/type")
    elif kind == "pie":
        for n, segment in enumerate(check.many(chart, "segments", place, 12)):
            check.string(segment, "label", f"{place}/segments/{n}", 20, required=True)
    else:
        for n, series in enumerate(check.many(chart, "series", place, 12)):
            here = f"{place}/series/{n}"
            check.string(series, "name", here, 20, required=True)
            for m, point in enumerate(check.many(series, "data", here, 20)):
                check.string(point, "label", f"{here}/data/{m}", 20, required=True)


def card(check: Check, block: Json, at: str) -> None:
    """Title, subtitle, body, subtext and three buttons."""
    for key, most in (("title", 150), ("subtitle", 150), ("body", 200), ("subtext", 200)):
        check.text(block, key, at, most)
    if "actions" in block:
        for n, each in enumerate(check.many(block, "actions", at, 3)):
            element(check, each, f"{at}/actions/{n}", {"button"})


def carousel(check: Check, block: Json, at: str) -> None:
    """One to ten cards."""
    for n, each in enumerate(check.many(block, "elements", at, 10)):
        card(check, each, f"{at}/elements/{n}")


def container(check: Check, block: Json, at: str) -> None:
    """One to ten blocks under a title."""
    check.text(block, "title", at, 150, required=True)
    check.text(block, "subtitle", at, 150)
    for n, each in enumerate(check.many(block, "child_blocks", at, 10)):
        kind = each.get("type") if isinstance(each, dict) else None
        if kind not in BLOCKS or kind in ("container", "carousel", "input"):
            check.fault(f"unsupported type: {kind}", f"{at}/child_blocks/{n}/type")
        else:
            BLOCKS[kind](check, each, f"{at}/child_blocks/{n}")


def alert(check: Check, block: Json, at: str) -> None:
    """One notice of 200 characters in a modal."""
    check.text(block, "text", at, 200, required=True)
    if block.get("level") not in (None, "default", "info", "warning", "error", "success"):
        check.fault("must be one of: default, info, warning, error, success", f"{at}/level")


def video(check: Check, block: Json, at: str) -> None:
    """An embedded film."""
    check.text(block, "title", at, 199, plain=True, required=True)
    check.text(block, "description", at, 200, plain=True)
    check.string(block, "author_name", at, 49)
    check.string(block, "alt_text", at, 2000, required=True)
    check.string(block, "video_url", at, 3000, required=True)
    check.string(block, "thumbnail_url", at, 3000, required=True)


def plan(check: Check, block: Json, at: str) -> None:
    """Fifty tasks."""
    check.many(block, "tasks", at, 50, least=0)


def task_card(check: Check, block: Json, at: str) -> None:
    """One task."""
    check.string(block, "title", at, 3000, required=True)


BLOCKS: dict[str, BlockRule] = {
    "section": section,
    "header": header,
    "context": context,
    "actions": actions,
    "context_actions": context_actions,
    "divider": divider,
    "image": image,
    "input": input_block,
    "rich_text": rich_text,
    "markdown": markdown,
    "table": table,
    "data_table": data_table,
    "data_visualization": data_visualization,
    "card": card,
    "carousel": carousel,
    "container": container,
    "alert": alert,
    "video": video,
    "plan": plan,
    "task_card": task_card,
}
