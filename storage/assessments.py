"""Assessments, interviews and answers."""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, func, literal_column, or_, select

from bot.readiness.assessment import Answer, Assessment
from bot.readiness.interview import Interview
from storage import mapping
from storage.bound import THESE, Bound, of_tenant, table_of
from storage.tables import AnswerRow, AnswerTextRow, AssessmentRow, InterviewRow

ASSESSMENT = table_of(AssessmentRow)
INTERVIEW = table_of(InterviewRow)
ANSWER = table_of(AnswerRow)
TEXT = table_of(AnswerTextRow)
TOLD = ANSWER.alias("told")
"""The table once more, for the latest of each; made once, as an alias copies every column."""

OPEN = ASSESSMENT.c.state == literal_column("'open'")
"""A literal: SQLite uses a partial index only where the query repeats its predicate without parameters."""

_OPEN_OF = select(*ASSESSMENT.c).where(of_tenant(ASSESSMENT), ASSESSMENT.c.project_id == bindparam("project"), OPEN)

_INTERVIEWS = (
    select(*INTERVIEW.c)
    .where(of_tenant(INTERVIEW), INTERVIEW.c.assessment_id == bindparam("assessment"))
    .order_by(INTERVIEW.c.seq)
)
_INTERVIEWS_OF = (
    select(*INTERVIEW.c)
    .where(of_tenant(INTERVIEW), INTERVIEW.c.respondent_id == bindparam("respondent"))
    .order_by(INTERVIEW.c.opened_at.desc(), INTERVIEW.c.seq.desc())
)
_UNFINISHED_OF = _INTERVIEWS_OF.where(INTERVIEW.c.phase.not_in(["finished", "closed"]))
_LATEST_OF = _INTERVIEWS_OF.limit(1)

_ANSWERS = (
    select(*ANSWER.c, TEXT.c.body, TEXT.c.facts)
    .outerjoin_from(ANSWER, TEXT, and_(TEXT.c.tenant_id == ANSWER.c.tenant_id, TEXT.c.answer_id == ANSWER.c.id))
    .where(of_tenant(ANSWER))
)
_MANY = _ANSWERS.where(ANSWER.c.id.in_(THESE)).order_by(ANSWER.c.seq)
_CURRENT = _ANSWERS.where(
    # Follows from the inner condition; without figures about its tables SQLite would read the tenant's whole past.
    ANSWER.c.assessment_id == bindparam("assessment"),
    ANSWER.c.seq.in_(
        select(func.max(TOLD.c.seq))
        .where(of_tenant(TOLD), TOLD.c.assessment_id == bindparam("assessment"))
        .group_by(TOLD.c.dimension_id, TOLD.c.respondent_id)
    ),
)
_CURRENT_IN_ORDER = _CURRENT.order_by(ANSWER.c.seq)
_CURRENT_OF = _CURRENT_IN_ORDER.where(ANSWER.c.respondent_id == bindparam("respondent"))
"""What a step of an interview asks; put together once."""


def of_these(bound: Bound, project_ids: Collection[str]) -> Select[Any]:
    """The ids of these projects' assessments: what hangs on assessments is indexed by them."""
    return select(ASSESSMENT.c.id).where(bound.mine(ASSESSMENT), ASSESSMENT.c.project_id.in_(list(project_ids)))


def asked_last(person_id: str) -> Select[Any]:
    """The ids of the projects whose latest assessment asked this person."""
    latest = (
        select(ASSESSMENT.c.id)
        .where(of_tenant(ASSESSMENT), ASSESSMENT.c.project_id == INTERVIEW.c.project_id)
        .order_by(ASSESSMENT.c.opened_at.desc(), ASSESSMENT.c.seq.desc())
        .limit(1)
        .correlate(INTERVIEW)
        .scalar_subquery()
    )
    return select(INTERVIEW.c.project_id).where(
        of_tenant(INTERVIEW), INTERVIEW.c.respondent_id == person_id, INTERVIEW.c.assessment_id == latest
    )


class Assessments:
    """Ratings of projects; of one project at most one is open (an index sees to it)."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def get(self, assessment_id: str) -> Assessment:
        """Raises KeyError."""
        return mapping.assessment(self._bound.one(self._bound.select(ASSESSMENT), ASSESSMENT, assessment_id))

    def add(self, assessment: Assessment) -> None:
        """Raises IntegrityError where the project has an open one."""
        self._bound.insert(ASSESSMENT, mapping.assessment_columns(assessment))

    def save(self, assessment: Assessment) -> None:
        """Raises KeyError."""
        self._bound.update(ASSESSMENT, assessment.id, mapping.assessment_columns(assessment))

    def open_of(self, project_id: str) -> Assessment | None:
        """The open one."""
        row = self._bound.row(_OPEN_OF, project=project_id)
        return mapping.assessment(row) if row else None

    def latest_of(self, project_id: str) -> Assessment | None:
        """The one opened last, in any state."""
        theirs = self._bound.select(ASSESSMENT).where(ASSESSMENT.c.project_id == project_id)
        row = self._bound.first(theirs.order_by(ASSESSMENT.c.opened_at.desc(), ASSESSMENT.c.seq.desc()))
        return mapping.assessment(row) if row else None

    def ids_of(self, project_id: str) -> Sequence[str]:
        """Of all of a project's assessments."""
        return [row.id for row in self._bound.rows(of_these(self._bound, [project_id]))]

    def of_projects(self, project_ids: Collection[str]) -> Sequence[Assessment]:
        """All, oldest first."""
        theirs = self._bound.select(ASSESSMENT).where(ASSESSMENT.c.project_id.in_(list(project_ids)))
        rows = self._bound.rows(theirs.order_by(ASSESSMENT.c.opened_at, ASSESSMENT.c.seq))
        return [mapping.assessment(row) for row in rows]


class Interviews:
    """The conversations of assessments."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def get(self, interview_id: str) -> Interview:
        """Raises KeyError."""
        return mapping.interview(self._bound.one(self._bound.select(INTERVIEW), INTERVIEW, interview_id))

    def add(self, interview: Interview) -> None:
        """Store a new one."""
        self._bound.insert(INTERVIEW, mapping.interview_columns(interview))

    def save(self, interview: Interview) -> None:
        """Raises KeyError."""
        self._bound.update(INTERVIEW, interview.id, mapping.interview_columns(interview))

    def of_assessment(self, assessment_id: str) -> Sequence[Interview]:
        """In the order they were opened."""
        return [mapping.interview(row) for row in self._bound.rows(_INTERVIEWS, assessment=assessment_id)]

    def of_projects(self, project_ids: Collection[str]) -> Sequence[Interview]:
        """In the order they were opened."""
        theirs = self._bound.select(INTERVIEW).where(INTERVIEW.c.assessment_id.in_(of_these(self._bound, project_ids)))
        return [mapping.interview(row) for row in self._bound.rows(theirs.order_by(INTERVIEW.c.seq))]

    def asked_last(self, person_id: str) -> Set[str]:
        """The projects whose latest assessment asked this person."""
        return {row.project_id for row in self._bound.rows(asked_last(person_id))}

    def unfinished_of(self, person_id: str) -> Sequence[Interview]:
        """Neither finished nor closed, newest first."""
        return [mapping.interview(row) for row in self._bound.rows(_UNFINISHED_OF, respondent=person_id)]

    def latest_of(self, person_id: str) -> Interview | None:
        """The one opened last, in any phase."""
        row = self._bound.row(_LATEST_OF, respondent=person_id)
        return mapping.interview(row) if row else None


class Answers:
    """Append-only. The latest answer is the one recorded last."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def add(self, answer: Answer) -> None:
        """Store the fact, and its words apart."""
        self._bound.insert(ANSWER, mapping.answer_columns(answer))
        if words := mapping.answer_text_columns(answer):
            self._bound.insert(TEXT, words)

    def get(self, answer_id: str) -> Answer:
        """Raises KeyError."""
        return mapping.answer(self._bound.one(_ANSWERS, ANSWER, answer_id))

    def many(self, answer_ids: Iterable[str]) -> Sequence[Answer]:
        """In the order recorded; ids of nobody are left out."""
        return [mapping.answer(row) for row in self._bound.rows(_MANY, these=list(answer_ids))]

    def current(self, assessment_id: str) -> Sequence[Answer]:
        """The latest per respondent and dimension, in the order recorded."""
        return [mapping.answer(row) for row in self._bound.rows(_CURRENT_IN_ORDER, assessment=assessment_id)]

    def of_assessment(self, assessment_id: str) -> Sequence[Answer]:
        """All, those that were replaced as well, in the order recorded."""
        theirs = _ANSWERS.where(ANSWER.c.assessment_id == assessment_id)
        return [mapping.answer(row) for row in self._bound.rows(theirs.order_by(ANSWER.c.seq))]

    def of_projects(self, project_ids: Collection[str]) -> Sequence[Answer]:
        """All, those that were replaced as well, in the order recorded."""
        theirs = _ANSWERS.where(ANSWER.c.assessment_id.in_(of_these(self._bound, project_ids)))
        return [mapping.answer(row) for row in self._bound.rows(theirs.order_by(ANSWER.c.seq))]

    def of_respondent(self, assessment_id: str, respondent_id: str) -> Mapping[str, Answer]:
        """The latest by dimension id."""
        rows = self._bound.rows(_CURRENT_OF, assessment=assessment_id, respondent=respondent_id)
        return {row.dimension_id: mapping.answer(row) for row in rows}

    def before(self, project_id: str, dimension_id: str, assessment_id: str) -> Sequence[Answer]:
        """The latest per respondent for a dimension, in the last earlier assessment that has any; newest first."""
        this = self._bound.first(self._bound.select(ASSESSMENT).where(ASSESSMENT.c.id == assessment_id))
        if this is None:
            return []
        opened, seq = ASSESSMENT.c.opened_at, ASSESSMENT.c.seq
        answered = exists().where(
            self._bound.mine(ANSWER),
            ANSWER.c.assessment_id == ASSESSMENT.c.id,
            ANSWER.c.dimension_id == dimension_id,
        )
        earlier = self._bound.first(
            self._bound.select(ASSESSMENT)
            .where(
                ASSESSMENT.c.project_id == project_id,
                or_(opened < this.opened_at, and_(opened == this.opened_at, seq < this.seq)),
                answered,
            )
            .order_by(opened.desc(), seq.desc())
        )
        if earlier is None:
            return []
        theirs = _CURRENT.where(ANSWER.c.dimension_id == dimension_id).order_by(ANSWER.c.seq.desc())
        return [mapping.answer(row) for row in self._bound.rows(theirs, assessment=earlier.id)]
