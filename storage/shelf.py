"""Files that wait to be fetched by a link, for platforms that take none in a message."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select

from bot.chat.document import Document
from bot.chat.incoming import Actor
from storage.addresses import SHELVED
from storage.engine import Engines
from storage.store import Store

LIVES = timedelta(days=7)
TOKEN_BYTES = 32


class Shelf:
    """Fulfils `bot.platforms.teams.documents.Shelf`. `now` is the product's time."""

    def __init__(self, engines: Engines, store: Store, now: Callable[[], datetime]) -> None:
        self._engines, self._store, self._now = engines, store, now

    def put(self, platform: str, installation: str, whose: str, document: Document) -> str:
        """Keep a file for a person or a channel; gives the word that fetches it. What has expired goes."""
        token, now = secrets.token_urlsafe(TOKEN_BYTES), self._now()
        with self._store.writing(Actor(platform, installation, whose)) as tx:
            tx.addresses.clear_shelf(now)
            tx.addresses.shelve(whose, _digest(token), document, now + LIVES)
        return token

    def get(self, token: str) -> Document | None:
        """The file, as long as it is kept."""
        wanted = select(*SHELVED.c).where(SHELVED.c.digest == _digest(token), SHELVED.c.expires_at > self._now())
        with self._engines.reading.connect() as connection:
            row = connection.execute(wanted).first()
        return Document(row.name, row.name, row.media_type, row.content) if row else None


def _digest(token: str) -> str:
    """Whoever reads the database cannot fetch by it."""
    return sha256(token.encode()).hexdigest()
