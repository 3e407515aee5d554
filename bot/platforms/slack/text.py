"""Text as Slack counts, cuts and escapes it."""

import re
from typing import Any

Json = dict[str, Any]

ELLIPSIS = "…"
NOTHING = "–"
_UNSPEAKABLE = re.compile("[\x00\ud800-\udfff]")
_BEYOND = re.compile("[\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Without NUL and lone surrogates, which neither UTF-8 nor PostgreSQL can hold."""
    return text if text.isprintable() and text.isascii() else _UNSPEAKABLE.sub("", text)


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


def escape(text: str) -> str:
    """Slack's three escapes, so that no text becomes a mention, a link or an entity."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain_text(text: str, limit: int) -> Json:
    """A plain_text object; Slack refuses an empty or blank one, so that becomes a dash."""
    short = shorten(text, limit)
    return {"type": "plain_text", "text": short if short.strip() else NOTHING, "emoji": False}
