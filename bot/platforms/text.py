"""Text as both platforms count and cut it: in UTF-16 units."""

import re
from typing import Any

from bot.platforms.payload import clean

Json = dict[str, Any]

ELLIPSIS = "…"
NOTHING = "–"
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_ADDRESS = re.compile(r"(?:https?://[^\s<>\"|]+|mailto:[^\s<>\"|]+@[^\s<>\"|]+)", re.ASCII | re.IGNORECASE)


def units(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text) if text.isascii() else len(text) + len(_BEYOND.findall(text))


def cut(text: str, limit: int) -> str:
    """The longest beginning of at most `limit` units."""
    if units(text) <= limit:
        return text
    kept = text[:limit]
    while units(kept) > limit:
        kept = kept[: len(kept) - max(1, (units(kept) - limit) // 2)]
    return kept


def shorten(text: str, limit: int) -> str:
    """The text, or its beginning and an ellipsis, in at most `limit` units."""
    text = clean(text)
    return text if units(text) <= limit else cut(text, limit - 1).rstrip() + ELLIPSIS


def web_address(link: str | None, limit: int) -> str | None:
    """The address if it is one that a person can open, of the web or of mail, in at most `limit` characters."""
    link = clean(link or "")
    return link if len(link) <= limit and _ADDRESS.fullmatch(link) else None
