"""What became of the links of projects."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from sqlalchemy import Row

from bot.readiness.links import LinkCheck, LinkState
from storage.bound import Bound, table_of
from storage.link_tables import LinkCheckRow

LINK_CHECK = table_of(LinkCheckRow)


class LinkChecks:
    """Fulfils `repositories.LinkChecks`."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def of_project(self, project_id: str, links: Iterable[str]) -> Mapping[str, LinkCheck]:
        """What is known of these links; those that nobody has looked at are not there."""
        by_digest = {_digest(link): link for link in links}
        theirs = self._bound.select(LINK_CHECK).where(
            LINK_CHECK.c.project_id == project_id, LINK_CHECK.c.digest.in_(sorted(by_digest))
        )
        found = {row.digest: row for row in self._bound.rows(theirs)}
        return {link: _check(found[digest], link) for digest, link in by_digest.items() if digest in found}

    def save(self, check: LinkCheck) -> None:
        """What is known from now on."""
        columns = {**asdict(check), "state": check.state.value, "digest": _digest(check.link)}
        del columns["link"]
        self._bound.upsert(LINK_CHECK, columns)


def _digest(link: str) -> str:
    return sha256(link.encode()).hexdigest()


def _check(row: Row[Any], link: str) -> LinkCheck:
    columns = {name: getattr(row, name) for name in LinkCheck.__dataclass_fields__ if name != "link"}
    return LinkCheck(**{**columns, "link": link, "state": LinkState(row.state)})
