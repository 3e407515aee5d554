"""What happens between respondents: questions handed over, answers that differ, checks asked for."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, bindparam, exists, select, text

from bot.readiness.contested import Contest, Settled
from bot.readiness.evidence import CheckRequest
from bot.readiness.handovers import Handover
from storage.assessments import ANSWER, of_these
from storage.bound import Bound, of_tenant, table_of
from storage.mapping import Columns
from storage.projects import is_of_active
from storage.respondent_tables import CheckRequestRow, ContestRow, HandoverRow

HANDOVER = table_of(HandoverRow)
CONTEST = table_of(ContestRow)
REQUEST = table_of(CheckRequestRow)
TOLD = ANSWER.alias("told_later")


_HANDOVERS = (
    select(*HANDOVER.c)
    .where(of_tenant(HANDOVER), HANDOVER.c.assessment_id == bindparam("assessment"))
    .order_by(HANDOVER.c.seq)
)
_CONTESTS_WITH = (
    select(*CONTEST.c)
    .where(
        of_tenant(CONTEST),
        text("contest.settled_at IS NULL"),
        exists().where(
            of_tenant(ANSWER),
            ANSWER.c.assessment_id == CONTEST.c.assessment_id,
            ANSWER.c.dimension_id == CONTEST.c.dimension_id,
            ANSWER.c.respondent_id == bindparam("person"),
        ),
        is_of_active(CONTEST),
    )
    .order_by(CONTEST.c.seq)
)
_STANDS = exists().where(
    of_tenant(ANSWER),
    ANSWER.c.id == REQUEST.c.answer_id,
    ANSWER.c.strength == "linked",
    ~exists().where(
        TOLD.c.tenant_id == ANSWER.c.tenant_id,
        TOLD.c.assessment_id == ANSWER.c.assessment_id,
        TOLD.c.dimension_id == ANSWER.c.dimension_id,
        TOLD.c.respondent_id == ANSWER.c.respondent_id,
        TOLD.c.seq > ANSWER.c.seq,
    ),
)
_CHECKS_OF = (
    select(*REQUEST.c)
    .where(of_tenant(REQUEST), REQUEST.c.asked_of == bindparam("person"), _STANDS, is_of_active(REQUEST))
    .order_by(REQUEST.c.at, REQUEST.c.id)
)
"""What waits for a person is read with every reminder; put together once."""


class Handovers:
    """The chains of an assessment's questions; append-only."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def add(self, step: Handover) -> None:
        """Append a step."""
        self._bound.insert(HANDOVER, {name: getattr(step, name) for name in Handover.__dataclass_fields__})

    def of_assessment(self, assessment_id: str) -> Sequence[Handover]:
        """Every step, oldest first."""
        return [_handover(row) for row in self._bound.rows(_HANDOVERS, assessment=assessment_id)]

    def of_projects(self, project_ids: Collection[str]) -> Sequence[Handover]:
        """Every step, oldest first."""
        theirs = self._bound.select(HANDOVER).where(HANDOVER.c.assessment_id.in_(of_these(self._bound, project_ids)))
        return [_handover(row) for row in self._bound.rows(theirs.order_by(HANDOVER.c.seq))]


class Contests:
    """Disagreements, open and settled."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def get(self, contest_id: str) -> Contest:
        """Raises KeyError."""
        return _contest(self._bound.one(self._bound.select(CONTEST), CONTEST, contest_id))

    def add(self, contest: Contest) -> None:
        """Raises IntegrityError where one is open for the dimension."""
        self._bound.insert(CONTEST, _contest_columns(contest))

    def save(self, contest: Contest) -> None:
        """Raises KeyError."""
        self._bound.update(CONTEST, contest.id, _contest_columns(contest))

    def of_assessment(self, assessment_id: str) -> Sequence[Contest]:
        """Every one, oldest first."""
        theirs = self._bound.select(CONTEST).where(CONTEST.c.assessment_id == assessment_id)
        return [_contest(row) for row in self._bound.rows(theirs.order_by(CONTEST.c.seq))]

    def of_projects(self, project_ids: Collection[str]) -> Sequence[Contest]:
        """Every one, oldest first."""
        theirs = self._bound.select(CONTEST).where(CONTEST.c.project_id.in_(list(project_ids)))
        return [_contest(row) for row in self._bound.rows(theirs.order_by(CONTEST.c.seq))]

    def open_with(self, person_id: str) -> Sequence[Contest]:
        """Those of active projects to which this person has given an answer, oldest first."""
        return [_contest(row) for row in self._bound.rows(_CONTESTS_WITH, person=person_id)]


class Checks:
    """Who was asked to check what."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def add(self, request: CheckRequest) -> bool:
        """Keep it, unless the same person was asked for the same answer before; says whether it did."""
        return self._bound.insert_new(REQUEST, asdict(request))

    def open_of(self, person_id: str) -> Sequence[CheckRequest]:
        """What this person was asked and nobody has done: the answer still stands with its link; oldest first."""
        rows = self._bound.rows(_CHECKS_OF, person=person_id)
        return [
            CheckRequest(**{name: getattr(row, name) for name in CheckRequest.__dataclass_fields__}) for row in rows
        ]


def _handover(row: Row[Any]) -> Handover:
    return Handover(**{name: getattr(row, name) for name in Handover.__dataclass_fields__})


def _contest_columns(contest: Contest) -> Columns:
    columns = {name: getattr(contest, name) for name in Contest.__dataclass_fields__}
    return columns | {"how": str(contest.how) if contest.how else None}


def _contest(row: Row[Any]) -> Contest:
    columns = {name: getattr(row, name) for name in Contest.__dataclass_fields__}
    return Contest(**columns | {"how": Settled(row.how) if row.how else None})
