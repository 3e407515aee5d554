"""What people said about something."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row

from bot.readiness.remarks import Remark
from storage.bound import Bound, table_of
from storage.remark_tables import RemarkRow

REMARK = table_of(RemarkRow)


class Remarks:
    """Words about subjects, oldest first."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def add(self, remark: Remark) -> None:
        """Keep it."""
        columns = {"id": remark.id, "subject": remark.subject, "author_id": remark.author_id}
        self._bound.insert(REMARK, {**columns, "said_at": remark.said_at, "words": remark.words})

    def get(self, remark_id: str) -> Remark:
        """Raises KeyError."""
        return _remark(self._bound.one(self._bound.select(REMARK), REMARK, remark_id))

    def about(self, subjects: Iterable[str]) -> Sequence[Remark]:
        """What was said about any of these."""
        theirs = self._bound.select(REMARK).where(REMARK.c.subject.in_(list(subjects)))
        return [_remark(row) for row in self._bound.rows(theirs.order_by(REMARK.c.said_at, REMARK.c.id))]


def _remark(row: Row[Any]) -> Remark:
    return Remark(row.id, row.subject, row.author_id, row.said_at, row.words)
