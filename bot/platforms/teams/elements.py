"""The smallest pieces of a card's body."""

import json

from bot.platforms.text import Json, units


def text_block(markdown: str, **style: object) -> Json:
    """A text that wraps."""
    return {"type": "TextBlock", "text": markdown, "wrap": True, **style}


def note(markdown: str, **style: object) -> Json:
    """Small print."""
    return text_block(markdown, isSubtle=True, size="Small", **style)


def title(markdown: str) -> Json:
    """What the whole card is about."""
    return text_block(markdown, size="Large", weight="Bolder", style="heading")


def weight(node: object) -> int:
    """UTF-16 units of JSON, with the comma behind it."""
    return units(json.dumps(node, ensure_ascii=False, separators=(",", ":"))) + 1
