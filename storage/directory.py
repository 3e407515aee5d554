"""The addresses of whole installations, for a platform's edge; it works beside the transactions of the core."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, and_, delete, select

from bot.chat.incoming import Actor
from storage.addresses import ADDRESS
from storage.engine import Engines
from storage.notices import INSTALLATION
from storage.store import Store


class Directory:
    """Fulfils `bot.platforms.teams.addresses.Kept`."""

    def __init__(self, engines: Engines, store: Store) -> None:
        self._engines, self._store = engines, store

    def keep(self, platform: str, installation: str, whose: str, facts: Mapping[str, str]) -> None:
        """Remember; the installation is made at its first contact."""
        with self._store.writing(Actor(platform, installation, whose)) as tx:
            tx.addresses.keep(whose, facts)

    def one(self, platform: str, installation: str, whose: str) -> Mapping[str, str] | None:
        """One of an installation."""
        return self._found(platform, installation, ADDRESS.c.whose == whose).get(whose)

    def of(self, platform: str, installation: str) -> Mapping[str, Mapping[str, str]]:
        """All of an installation."""
        return self._found(platform, installation)

    def forget(self, platform: str, installation: str, whose: str) -> None:
        """Forget one."""
        there = select(INSTALLATION.c.id).where(*_at(platform, installation)).scalar_subquery()
        with self._engines.writing.begin() as connection:
            connection.execute(delete(ADDRESS).where(ADDRESS.c.installation_id == there, ADDRESS.c.whose == whose))

    def _found(self, platform: str, installation: str, *more: ColumnElement[bool]) -> Mapping[str, Mapping[str, str]]:
        here = and_(INSTALLATION.c.tenant_id == ADDRESS.c.tenant_id, INSTALLATION.c.id == ADDRESS.c.installation_id)
        theirs = select(ADDRESS.c.whose, ADDRESS.c.facts).join(INSTALLATION, here)
        with self._engines.reading.connect() as connection:
            rows = connection.execute(theirs.where(*_at(platform, installation), *more)).all()
        return {row.whose: row.facts for row in rows}


def _at(platform: str, installation: str) -> tuple[ColumnElement[bool], ...]:
    return INSTALLATION.c.platform == platform, INSTALLATION.c.external_id == installation
