"""Blocks as plain text: good enough to read a conversation aloud."""

import re
from collections.abc import Callable
from typing import Any

from bot.playground.fields import elements
from bot.playground.markup import unescape

Json = dict[str, Any]
_LINK = re.compile(r"<(https?://[^>|]+|mailto:[^>|]+)(?:\|([^>]*))?>")
_MENTION = re.compile(r"<([@#!])([^>|]+)(?:\|([^>]*))?>")


def plain_mrkdwn(text: str) -> str:
    """Return mrkdwn as a person reads it: links by label, marks of emphasis dropped, signs unescaped."""
    text = _LINK.sub(lambda match: match[2] or match[1], text)
    text = _MENTION.sub(_mention, text)
    text = re.sub(r"(?<!\w)([*_~])(?=\S)(.+?)(?<=\S)\1(?!\w)", r"\2", text)
    return unescape(text.replace("```", "").replace("`", ""))


def _mention(match: re.Match[str]) -> str:
    sign, name, label = match[1], match[2], match[3]
    if sign == "!":
        return label or "@" + name.partition("^")[0]
    return sign + (label or name)


def _text(node: Any) -> str:
    if not isinstance(node, dict):
        return ""
    text = str(node.get("text", ""))
    return plain_mrkdwn(text) if node.get("type") == "mrkdwn" else text


def element_label(element: Json) -> str:
    """Return what an element shows: `[Button]`, `(o) choices`, a placeholder."""
    kind = element.get("type")
    if kind in ("button", "workflow_button"):
        return f"[{_text(element.get('text'))}]"
    if kind in ("radio_buttons", "checkboxes", "overflow"):
        return " ".join(f"[{_text(option['text'])}]" for option in element.get("options", []))
    if kind == "image":
        return f"({element.get('alt_text', '')})"
    if kind == "feedback_buttons":
        return f"[{_text(element['positive_button']['text'])}] [{_text(element['negative_button']['text'])}]"
    if kind == "icon_button":
        return f"[{_text(element.get('text'))}]"
    initial = element.get("initial_option")
    shown = _text(initial["text"]) if initial else element.get("initial_value") or element.get("initial_date")
    return f"<{shown or _text(element.get('placeholder')) or str(kind).removesuffix('_select')}>"


def plain_rich_text(block: Json) -> str:
    """Return a rich text block: sections, lists, quotes, preformatted."""
    lines = []
    for n, part in enumerate(block.get("elements", [])):
        kind = part.get("type")
        if kind == "rich_text_list":
            indent = "  " * part.get("indent", 0)
            for number, inner in enumerate(part.get("elements", []), start=1 + part.get("offset", 0)):
                sign = f"{number}." if part.get("style") == "ordered" else "-"
                lines.append(f"{indent}{sign} {_inline(inner)}")
        elif kind == "rich_text_quote":
            lines += [f"> {line}" for line in _inline(part).split("\n")]
        else:
            text = _inline(part)
            lines.append(text.rstrip("\n") if n + 1 < len(block["elements"]) or text.endswith("\n") else text)
    return "\n".join(lines)


def _inline(node: Json) -> str:
    shown = []
    for part in node.get("elements", []):
        kind = part.get("type")
        shown.append(
            {
                "text": part.get("text", ""),
                "link": part.get("text") or part.get("url", ""),
                "user": f"@{part.get('user_id', '')}",
                "channel": f"#{part.get('channel_id', '')}",
                "emoji": f":{part.get('name', '')}:",
                "broadcast": f"@{part.get('range', '')}",
                "date": part.get("fallback", ""),
            }.get(str(kind), "")
        )
    return "".join(shown)


def _cell(cell: Json) -> str:
    if cell.get("type") == "rich_text":
        return plain_rich_text(cell)
    return str(cell.get("text", cell.get("value", "")))


def _section(block: Json) -> str:
    lines = [_text(block.get("text")), *(_text(field) for field in block.get("fields", []))]
    accessory = block.get("accessory")
    if accessory:
        lines.append(element_label(accessory))
    return "\n".join(line for line in lines if line)


def _card(block: Json) -> str:
    lines = [_text(block.get(key)) for key in ("title", "subtitle", "body", "subtext")]
    lines.append(" ".join(element_label(each) for each in block.get("actions", [])))
    return "\n".join(line for line in lines if line)


def _chart(block: Json) -> str:
    chart = block.get("chart", {})
    rows = [f"{each['label']}: {each.get('value')}" for each in chart.get("segments", [])]
    for series in chart.get("series", []):
        points = ", ".join(f"{point['label']} {point.get('value')}" for point in series["data"])
        rows.append(f"{series['name']}: {points}")
    return "\n".join([str(block.get("title", "")), *rows])


def _input(block: Json) -> str:
    hint = _text(block.get("hint"))
    label = _text(block["label"]) + (" (optional)" if block.get("optional") else "")
    return f"{label}: {element_label(block['element'])}" + (f"\n{hint}" if hint else "")


def plain_block(block: Json) -> str:
    """Return one block as text."""
    kind = block.get("type")
    rows: dict[str, Callable[[Json], str]] = {
        "section": _section,
        "header": lambda b: _text(b.get("text")),
        "context": lambda b: " ".join(element_label(e) if e["type"] == "image" else _text(e) for e in b["elements"]),
        "actions": lambda b: " ".join(element_label(e) for e in b["elements"]),
        "context_actions": lambda b: " ".join(element_label(e) for e in b["elements"]),
        "divider": lambda _b: "---",
        "image": lambda b: f"({b.get('alt_text', '')})",
        "input": _input,
        "rich_text": plain_rich_text,
        "markdown": lambda b: str(b.get("text", "")),
        "table": lambda b: "\n".join(" | ".join(map(_cell, row)) for row in b["rows"]),
        "data_table": lambda b: "\n".join([str(b["caption"]), *(" | ".join(map(_cell, row)) for row in b["rows"])]),
        "data_visualization": _chart,
        "alert": lambda b: _text(b.get("text")),
        "card": _card,
        "carousel": lambda b: "\n".join(map(_card, b["elements"])),
        "container": lambda b: "\n".join([_text(b.get("title")), plain_blocks(b.get("child_blocks", []))]),
        "video": lambda b: _text(b.get("title")),
    }
    show = rows.get(str(kind))
    return show(block) if show else f"({kind})"


def plain_blocks(blocks: list[Json]) -> str:
    """Return blocks as text, one under the other."""
    return "\n".join(filter(None, map(plain_block, blocks)))


def plain_message(message: Json) -> str:
    """Return what a person reads of a message: its blocks, or its text when there are none."""
    shown = plain_blocks(message.get("blocks") or []) or plain_mrkdwn(message.get("text", ""))
    files = [f"(file {row.get('title') or row.get('name')})" for row in message.get("files", [])]
    return "\n".join(filter(None, [shown, *files]))


def plain_view(view: Json) -> str:
    """Return a modal or home as text: title, blocks, and the form's own buttons."""
    foot = " ".join(f"[{_text(view[key])}]" for key in ("submit", "close") if view.get(key))
    return "\n".join(filter(None, [_text(view.get("title")), plain_blocks(view.get("blocks", [])), foot]))


def labels(blocks: list[Json]) -> list[str]:
    """Return the texts of everything that can be pressed."""
    found = []
    for _, element in elements(blocks):
        if element["type"] in ("button", "workflow_button"):
            found.append(_text(element.get("text")))
        found += [_text(option["text"]) for option in element.get("options", [])]
        found += [_text(o["text"]) for group in element.get("option_groups", []) for o in group["options"]]
    return found
