"""Text as Slack escapes and frames it."""

from bot.platforms.text import NOTHING, Json, shorten


def escape(text: str) -> str:
    """Slack's three escapes, so that no text becomes a mention, a link or an entity."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain_text(text: str, limit: int) -> Json:
    """A plain_text object; Slack refuses an empty or blank one, so that becomes a dash."""
    short = shorten(text, limit)
    return {"type": "plain_text", "text": short if short.strip() else NOTHING, "emoji": False}
