"""What is done about gaps: commitments, claims, waivers, the history of blockers, the organization's findings."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, case, exists, func, select, text

from bot.readiness.blockers import BlockerEvent, Claim, ClaimState, Happening
from bot.readiness.commitments import Commitment, CommitmentState
from bot.readiness.organization import SharedFinding
from bot.readiness.scoring import Severity
from bot.readiness.waivers import Waiver, WaiverState
from storage.blocker_tables import (
    NOT_ENDED,
    BlockerEventRow,
    ClaimRow,
    CommitmentRow,
    SharedFindingRow,
    WaiverRow,
)
from storage.bound import NOW, THESE, Bound, of_tenant, table_of
from storage.milestones import BLOCKER
from storage.projects import PROJECT, is_of_active

COMMITMENT = table_of(CommitmentRow)
CLAIM = table_of(ClaimRow)
WAIVER = table_of(WaiverRow)
EVENT = table_of(BlockerEventRow)
SHARED = table_of(SharedFindingRow)


class Commitments:
    """Fulfils `bot.usecases.gap_ports.Commitments`."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def add(self, commitment: Commitment) -> None:
        """Raises IntegrityError where the dimension of the project has an open one."""
        self._bound.insert(COMMITMENT, _commitment_columns(commitment))

    def get(self, commitment_id: str) -> Commitment:
        """Raises KeyError."""
        return _commitment(self._bound.one(self._bound.select(COMMITMENT), COMMITMENT, commitment_id))

    def save(self, commitment: Commitment) -> None:
        """Raises KeyError."""
        self._bound.update(COMMITMENT, commitment.id, _commitment_columns(commitment))

    def open_of(self, project_id: str) -> Mapping[str, Commitment]:
        """By dimension id."""
        return {each.dimension_id: each for each in self.open_of_many([project_id])}

    def open_of_many(self, project_ids: Iterable[str]) -> Sequence[Commitment]:
        """Of several projects, in order of project and dimension."""
        return [_commitment(row) for row in self._bound.rows(_open_commitments(), these=list(project_ids))]

    def of_person(self, person_id: str) -> Sequence[Commitment]:
        """Of active projects; those with a day first, the nearest before the others."""
        return [_commitment(row) for row in self._bound.rows(_commitments_of(), person=person_id)]


class Claims:
    """Fulfils `bot.usecases.gap_ports.Claims`."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def add(self, claim: Claim) -> None:
        """Raises IntegrityError where one stands for the blocker."""
        self._bound.insert(CLAIM, _claim_columns(claim))

    def get(self, claim_id: str) -> Claim:
        """Raises KeyError."""
        return _claim(self._bound.one(self._bound.select(CLAIM), CLAIM, claim_id))

    def save(self, claim: Claim) -> None:
        """Raises KeyError."""
        self._bound.update(CLAIM, claim.id, _claim_columns(claim))

    def standing(self, project_id: str) -> Mapping[str, Claim]:
        """By blocker id."""
        return self._by_blocker(self._of(project_id).where(CLAIM.c.ended_at.is_(None)))

    def latest(self, project_id: str) -> Mapping[str, Claim]:
        """By blocker id."""
        return self._by_blocker(self._of(project_id))

    def of_projects(self, project_ids: Collection[str]) -> Sequence[Claim]:
        """Every one, oldest first."""
        theirs = self._bound.select(CLAIM).where(CLAIM.c.project_id.in_(list(project_ids)))
        return [_claim(row) for row in self._bound.rows(theirs.order_by(CLAIM.c.claimed_at, CLAIM.c.id))]

    def _of(self, project_id: str) -> Select[Any]:
        return self._bound.select(CLAIM).where(CLAIM.c.project_id == project_id).order_by(CLAIM.c.claimed_at)

    def _by_blocker(self, statement: Select[Any]) -> Mapping[str, Claim]:
        return {row.blocker_id: _claim(row) for row in self._bound.rows(statement)}


class Waivers:
    """Fulfils `bot.usecases.gap_ports.Waivers`."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def add(self, waiver: Waiver) -> None:
        """Raises IntegrityError where the dimension of the project has one that is not ended."""
        self._bound.insert(WAIVER, _waiver_columns(waiver))

    def get(self, waiver_id: str) -> Waiver:
        """Raises KeyError."""
        return _waiver(self._bound.one(self._bound.select(WAIVER), WAIVER, waiver_id))

    def save(self, waiver: Waiver) -> None:
        """Raises KeyError."""
        self._bound.update(WAIVER, waiver.id, _waiver_columns(waiver))

    def open_of(self, project_id: str) -> Mapping[str, Waiver]:
        """By dimension id."""
        return {row.dimension_id: _waiver(row) for row in self._bound.rows(_open_waivers(), these=[project_id])}

    def of_project(self, project_id: str) -> Sequence[Waiver]:
        """In the order asked for."""
        return self.of_projects([project_id])

    def of_projects(self, project_ids: Collection[str]) -> Sequence[Waiver]:
        """The same for several projects."""
        return [_waiver(row) for row in self._bound.rows(_waivers(), these=list(project_ids))]

    def waiting_for(self, approver_id: str, now: datetime) -> Sequence[Waiver]:
        """Of active projects, the one that lapses first before the others."""
        return [_waiver(row) for row in self._bound.rows(_waivers_for(), person=approver_id, now=now)]


class BlockerEvents:
    """Fulfils `bot.usecases.gap_ports.BlockerEvents`."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def add(self, event: BlockerEvent) -> None:
        """Append."""
        self._bound.insert(
            EVENT,
            {
                "blocker_id": event.blocker_id,
                "at": event.at,
                "happening": str(event.happening),
                "severity": int(event.severity),
                "milestone_id": event.milestone_id,
                "person_id": event.person_id,
            },
        )

    def of_blockers(self, blocker_ids: Iterable[str]) -> Sequence[BlockerEvent]:
        """Of several blockers, in the order they happened."""
        return self._list(EVENT.c.blocker_id.in_(list(blocker_ids)))

    def of_milestone(self, milestone_id: str) -> Sequence[BlockerEvent]:
        """What one milestone did to the project's blockers."""
        return self._list(EVENT.c.milestone_id == milestone_id)

    def _list(self, condition: ColumnElement[bool]) -> Sequence[BlockerEvent]:
        rows = self._bound.rows(self._bound.select(EVENT).where(condition).order_by(EVENT.c.seq))
        return [
            BlockerEvent(
                blocker_id=row.blocker_id,
                at=row.at,
                happening=Happening(row.happening),
                severity=Severity(row.severity),
                milestone_id=row.milestone_id,
                person_id=row.person_id,
            )
            for row in rows
        ]


class SharedFindings:
    """Fulfils `bot.usecases.gap_ports.SharedFindings`."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def add(self, finding: SharedFinding) -> bool:
        """Store it unless its dimension has an open one; says whether it did."""
        return self._bound.insert_new(SHARED, _shared_columns(finding))

    def get(self, finding_id: str) -> SharedFinding:
        """Raises KeyError."""
        return _shared(self._bound.one(self._bound.select(SHARED), SHARED, finding_id))

    def save(self, finding: SharedFinding) -> None:
        """Raises KeyError."""
        self._bound.update(SHARED, finding.id, _shared_columns(finding))

    def open(self) -> Mapping[str, SharedFinding]:
        """By dimension id."""
        return {row.dimension_id: _shared(row) for row in self._bound.rows(_shared_now())}

    def blocked(self, default_targets: Mapping[int, int], now: datetime) -> tuple[int, Mapping[str, int]]:
        """Two statements, whatever the number of projects; a waived blocker does not count."""
        aimed = func.coalesce(PROJECT.c.target, case(dict(default_targets), value=PROJECT.c.exposure, else_=0))
        advancing = and_(
            self._bound.mine(PROJECT),
            PROJECT.c.archived_at.is_(None),
            PROJECT.c.summary_milestone_id.is_not(None),
            aimed > PROJECT.c.exposure,
        )
        waived = exists().where(
            self._bound.mine(WAIVER),
            WAIVER.c.project_id == BLOCKER.c.project_id,
            WAIVER.c.dimension_id == BLOCKER.c.dimension_id,
            *in_force(now),
        )
        counted = (
            select(BLOCKER.c.dimension_id, func.count().label("projects"))
            .where(
                self._bound.mine(BLOCKER),
                BLOCKER.c.cleared_at.is_(None),
                BLOCKER.c.project_id.in_(select(PROJECT.c.id).where(advancing)),
                ~waived,
            )
            .group_by(BLOCKER.c.dimension_id)
        )
        (total,) = self._bound.rows(select(func.count().label("projects")).select_from(PROJECT).where(advancing))
        return total.projects, {row.dimension_id: row.projects for row in self._bound.rows(counted)}


@cache
def _commitments() -> Select[Any]:
    return select(*COMMITMENT.c).where(of_tenant(COMMITMENT), text(f"commitment.{NOT_ENDED}"))


@cache
def _open_commitments() -> Select[Any]:
    theirs = _commitments().where(COMMITMENT.c.project_id.in_(THESE))
    return theirs.order_by(COMMITMENT.c.project_id, COMMITMENT.c.dimension_id)


@cache
def _commitments_of() -> Select[Any]:
    theirs = _commitments().where(COMMITMENT.c.person_id == bindparam("person"), is_of_active(COMMITMENT))
    return theirs.order_by(COMMITMENT.c.due.is_(None), COMMITMENT.c.due, COMMITMENT.c.id)


@cache
def _waivers() -> Select[Any]:
    theirs = select(*WAIVER.c).where(of_tenant(WAIVER), WAIVER.c.project_id.in_(THESE))
    return theirs.order_by(WAIVER.c.asked_at, WAIVER.c.id)


@cache
def _open_waivers() -> Select[Any]:
    return _waivers().where(text(f"waiver.{NOT_ENDED}"))


@cache
def _waivers_for() -> Select[Any]:
    theirs = select(*WAIVER.c).where(
        of_tenant(WAIVER),
        text(f"waiver.{NOT_ENDED} AND waiver.approved_at IS NULL"),
        WAIVER.c.approver_id == bindparam("person"),
        WAIVER.c.until > NOW,
        is_of_active(WAIVER),
    )
    return theirs.order_by(WAIVER.c.until, WAIVER.c.id)


@cache
def _shared_now() -> Select[Any]:
    return select(*SHARED.c).where(of_tenant(SHARED), SHARED.c.gone_at.is_(None))


def in_force(now: datetime | ColumnElement[datetime]) -> tuple[ColumnElement[bool], ...]:
    """Which waivers hold at a moment."""
    predicate = text("waiver.approved_at IS NOT NULL AND waiver.ended_at IS NULL")
    return predicate, WAIVER.c.approved_at <= now, WAIVER.c.until > now  # type: ignore[return-value]  # text is a clause


def _commitment_columns(commitment: Commitment) -> dict[str, Any]:
    return {
        "id": commitment.id,
        "project_id": commitment.project_id,
        "dimension_id": commitment.dimension_id,
        "person_id": commitment.person_id,
        "stage": commitment.stage,
        "taken_at": commitment.taken_at,
        "due": commitment.due,
        "state": str(commitment.state),
        "ended_at": commitment.ended_at,
    }


def _commitment(row: Row[Any]) -> Commitment:
    return Commitment(
        id=row.id,
        project_id=row.project_id,
        dimension_id=row.dimension_id,
        person_id=row.person_id,
        stage=row.stage,
        taken_at=row.taken_at,
        due=row.due,
        state=CommitmentState(row.state),
        ended_at=row.ended_at,
    )


def _claim_columns(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "project_id": claim.project_id,
        "blocker_id": claim.blocker_id,
        "person_id": claim.person_id,
        "claimed_at": claim.claimed_at,
        "words": claim.words,
        "link": claim.link,
        "state": str(claim.state),
        "ended_at": claim.ended_at,
    }


def _claim(row: Row[Any]) -> Claim:
    return Claim(
        id=row.id,
        project_id=row.project_id,
        blocker_id=row.blocker_id,
        person_id=row.person_id,
        claimed_at=row.claimed_at,
        words=row.words,
        link=row.link,
        state=ClaimState(row.state),
        ended_at=row.ended_at,
    )


def _waiver_columns(waiver: Waiver) -> dict[str, Any]:
    return {
        "id": waiver.id,
        "project_id": waiver.project_id,
        "dimension_id": waiver.dimension_id,
        "asked_by": waiver.asked_by,
        "approver_id": waiver.approver_id,
        "asked_at": waiver.asked_at,
        "until": waiver.until,
        "stage": waiver.stage,
        "reason": waiver.reason,
        "state": str(waiver.state),
        "approved_at": waiver.approved_at,
        "ended_at": waiver.ended_at,
        "refusal": waiver.refusal,
    }


def _waiver(row: Row[Any]) -> Waiver:
    return Waiver(
        id=row.id,
        project_id=row.project_id,
        dimension_id=row.dimension_id,
        asked_by=row.asked_by,
        approver_id=row.approver_id,
        asked_at=row.asked_at,
        until=row.until,
        stage=row.stage,
        reason=row.reason,
        state=WaiverState(row.state),
        approved_at=row.approved_at,
        ended_at=row.ended_at,
        refusal=row.refusal,
    )


def _shared_columns(finding: SharedFinding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "dimension_id": finding.dimension_id,
        "found_at": finding.found_at,
        "gone_at": finding.gone_at,
    }


def _shared(row: Row[Any]) -> SharedFinding:
    return SharedFinding(row.id, row.dimension_id, row.found_at, row.gone_at)
