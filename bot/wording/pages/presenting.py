"""One function for every page: the type of the card chooses it."""

from functools import singledispatch

from bot.chat.view import Form, View
from bot.wording.engine import Words


@singledispatch
def present(card: object, words: Words) -> View | Form:
    """The view or form that shows a card, in these words. TypeError when no page is written for it."""
    raise TypeError(f"no page for {type(card).__name__} ({words.language})")
