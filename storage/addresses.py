"""Where people and channels of a platform are reached, as its edge learned it: texts that the edge alone reads."""

from collections.abc import Mapping
from datetime import datetime

from bot.chat.document import Document
from storage.address_tables import AddressRow, ShelvedFileRow
from storage.bound import Bound, table_of

ADDRESS = table_of(AddressRow)
SHELVED = table_of(ShelvedFileRow)


class Addresses:
    """The addresses of the bound installation, by a person's account or a channel's id."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def keep(self, whose: str, facts: Mapping[str, str]) -> None:
        """Remember these facts instead of what was known."""
        here = {"installation_id": self._bound.installation.id}
        self._bound.upsert(ADDRESS, {**here, "whose": whose, "facts": dict(facts)})

    def shelve(self, whose: str, digest: str, document: Document, until: datetime) -> None:
        """Keep a file for somebody until then."""
        kept = {"name": document.name, "media_type": document.media_type, "content": document.content}
        here = {"installation_id": self._bound.installation.id, "whose": whose}
        self._bound.insert(SHELVED, {**kept, **here, "digest": digest, "expires_at": until})

    def clear_shelf(self, now: datetime) -> None:
        """Files that have expired go."""
        self._bound.delete(SHELVED, SHELVED.c.expires_at <= now)
