"""What Slack does to the text a person types: escaping, mentions, and the rich text beside it."""

import re
import zlib
from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]
_TOKEN = re.compile(r"(?<![\w@#])([@#])([a-z0-9][a-z0-9._-]*)", re.IGNORECASE)
_MARK = re.compile(r"<([@#])([A-Z0-9]+)(?:\|[^>]*)?>|<(https?://[^>|]+)(?:\|([^>]*))?>")
_URL = re.compile(r"(?<![<|])\bhttps?://[^\s<>]+")


def escape(text: str) -> str:
    """Escape the three signs Slack escapes, and no others."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Undo `escape`."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def mark_mentions(
    text: str, people: Mapping[str, str], channels: Mapping[str, str], *, person_names: bool, escaped: bool = True
) -> str:
    """Turn `@olivia` and `#churn-prediction` into Slack's marks.

    `people` and `channels` give the id of a handle or name. `person_names` adds `|olivia`, as commands do and
    messages do not. `escaped=False` leaves `& < >` alone.
    """

    def mark(match: re.Match[str]) -> str:
        sign, name = match[1], match[2].rstrip(".")
        rest = match[2][len(name) :]
        found = (people if sign == "@" else channels).get(name.lower())
        if found is None:
            return match[0]
        label = f"|{name.lower()}" if sign == "#" or person_names else ""
        return f"<{sign}{found}{label}>{rest}"

    return _TOKEN.sub(mark, escape(text) if escaped else text)


def link_urls(text: str) -> str:
    """Put bare addresses into angle brackets, as Slack does with typed messages."""
    return _URL.sub(lambda match: f"<{match[0]}>", text)


def rich_text(text: str) -> list[Json]:
    """Return the `rich_text` block Slack sends beside a typed message."""
    parts: list[Json] = []
    end = 0
    for match in _MARK.finditer(text):
        if match.start() > end:
            parts.append({"type": "text", "text": unescape(text[end : match.start()])})
        if match[1] == "@":
            parts.append({"type": "user", "user_id": match[2]})
        elif match[1] == "#":
            parts.append({"type": "channel", "channel_id": match[2]})
        else:
            parts.append({"type": "link", "url": unescape(match[3])})
        end = match.end()
    if end < len(text):
        parts.append({"type": "text", "text": unescape(text[end:])})
    section = {"type": "rich_text_section", "elements": parts}
    return [{"type": "rich_text", "block_id": f"r{zlib.crc32(text.encode()):08x}", "elements": [section]}]
