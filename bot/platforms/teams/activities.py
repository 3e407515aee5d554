"""Cards as activities. Pure."""

from collections.abc import Sequence
from typing import Any

from bot.chat.document import PNG
from bot.chat.view import View
from bot.platforms.teams.documents import Picture
from bot.platforms.teams.limits import SUMMARY_UNITS
from bot.platforms.teams.render import cards, rendered
from bot.platforms.teams.words import Words
from bot.platforms.text import shorten

Json = dict[str, Any]
CARD = "application/vnd.microsoft.card.adaptive"


def message(view: View, words: Words) -> Json:
    """A message that shows a view; its plain sentence is what a notification says."""
    return card_message(rendered(view, words), view.text)


def messages(view: View, words: Words) -> list[Json]:
    """The messages that show a view as a whole, where no later one replaces it; the first one says what it is."""
    return [card_message(card, "" if number else view.text) for number, card in enumerate(cards(view, words))]


def with_pictures(said: Json, pictures: Sequence[Picture]) -> Json:
    """The same message with pictures under its card."""
    shown = ({"contentType": PNG, "contentUrl": each.url, "name": each.title} for each in pictures)
    return {**said, "attachments": [*said["attachments"], *shown]}


def card_message(card: Json, summary: str) -> Json:
    """A message that shows a card."""
    said = {"summary": shorten(summary, SUMMARY_UNITS)} if summary else {}
    return {"type": "message", **said, "attachments": [{"contentType": CARD, "content": card}]}
