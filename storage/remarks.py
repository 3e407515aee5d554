"""What people said about something."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Row, Select, or_, select

from bot.readiness.remarks import Remark
from storage.assessments import ANSWER, of_these
from storage.bound import Bound, table_of
from storage.remark_tables import RemarkRow
from storage.respondents import CONTEST, HANDOVER

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
        return self._list(self._bound.select(REMARK).where(REMARK.c.subject.in_(list(subjects))))

    def of_projects(self, project_ids: Collection[str]) -> Sequence[Remark]:
        """About any answer, handing over or contest of these projects."""
        these = of_these(self._bound, project_ids)
        subjects = (
            select(ANSWER.c.id).where(self._bound.mine(ANSWER), ANSWER.c.assessment_id.in_(these)),
            select(HANDOVER.c.id).where(self._bound.mine(HANDOVER), HANDOVER.c.assessment_id.in_(these)),
            select(CONTEST.c.id).where(self._bound.mine(CONTEST), CONTEST.c.project_id.in_(list(project_ids))),
        )
        return self._list(self._bound.select(REMARK).where(or_(*(REMARK.c.subject.in_(each) for each in subjects))))

    def _list(self, statement: Select[Any]) -> Sequence[Remark]:
        return [_remark(row) for row in self._bound.rows(statement.order_by(REMARK.c.said_at, REMARK.c.id))]


def _remark(row: Row[Any]) -> Remark:
    return Remark(row.id, row.subject, row.author_id, row.said_at, row.words)
