"""The product, seen from the edge of a platform."""

from typing import Protocol

from bot.chat.incoming import Incoming
from bot.chat.view import Form, Reply


class Core(Protocol):
    """What `bot.app` gives to every platform."""

    async def converse(self, incoming: Incoming) -> Reply:
        """Answer an incoming; crosses into a worker thread, presents its own faults and does not raise."""
        ...

    def opens_form(self, incoming: Incoming) -> bool:
        """Whether this command or press opens a form: a look-up in a table, nothing else."""
        ...

    def loading_form(self, incoming: Incoming) -> Form:
        """What stands in the modal until the form is there: at once, without disk."""
        ...

    def say(self, key: str, language: str) -> str:
        """A word that the edge itself needs, in a language ("" is unknown)."""
        ...
