"""Raised traps, and the corrections that people gave."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, and_, select, union

from bot.readiness.trap_findings import TrapSeverity
from bot.readiness.trap_watch import Correction, RaisedTrap, reasons_as_plain, reasons_from_plain
from storage.bound import Bound, table_of
from storage.traps_tables import RaisedTrapRow, TrapCorrectionRow, TrapCorrectionTextRow

RAISED = table_of(RaisedTrapRow)
CORRECTION = table_of(TrapCorrectionRow)
TEXT = table_of(TrapCorrectionTextRow)


class Traps:
    """Fulfils `bot.usecases.ports.Traps`."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def get(self, raised_id: str) -> RaisedTrap:
        """Raises KeyError."""
        return _raised(self._bound.one(self._bound.select(RAISED), RAISED, raised_id))

    def add(self, raised: RaisedTrap) -> None:
        """Raises IntegrityError where this trap of the project stands already."""
        self._bound.insert(RAISED, _columns(raised))

    def save(self, raised: RaisedTrap) -> None:
        """Raises KeyError."""
        self._bound.update(RAISED, raised.id, _columns(raised))

    def open_of(self, project_id: str) -> Sequence[RaisedTrap]:
        """Not gone; the heaviest first, then the oldest."""
        return self.open_of_many([project_id])

    def open_of_many(self, project_ids: Collection[str]) -> Sequence[RaisedTrap]:
        """The same for several projects."""
        these = RAISED.c.project_id.in_(list(project_ids))
        standing = self._bound.select(RAISED).where(these, RAISED.c.gone_at.is_(None))
        in_order = standing.order_by(RAISED.c.severity.desc(), RAISED.c.found_at, RAISED.c.trap_id)
        return [_raised(row) for row in self._bound.rows(in_order)]

    def told_or_gone_by(self, milestone_id: str) -> Sequence[RaisedTrap]:
        """Those that this milestone's alert names, and those that it no longer finds; the heaviest first."""
        # One after the other: asked for either, SQLite goes through all traps of the tenant.
        told, gone = (
            select(RAISED.c.id).where(self._bound.mine(RAISED), by == milestone_id)
            for by in (RAISED.c.told_by, RAISED.c.gone_by)
        )
        touched = self._bound.select(RAISED).where(RAISED.c.id.in_(union(told, gone)))
        in_order = touched.order_by(RAISED.c.severity.desc(), RAISED.c.trap_id)
        return [_raised(row) for row in self._bound.rows(in_order)]

    def correct(self, correction: Correction) -> None:
        """Append a correction, and its words apart."""
        fact = {
            "id": correction.id,
            "raised_id": correction.raised_id,
            "person_id": correction.person_id,
            "said_at": correction.said_at,
            "reasons": reasons_as_plain(correction.reasons),
        }
        self._bound.insert(CORRECTION, fact)
        if correction.text:
            self._bound.insert(TEXT, {"correction_id": correction.id, "body": correction.text})

    def corrections(self, project_id: str) -> Mapping[str, Sequence[Correction]]:
        """All that was ever said against a project's traps, by trap, in the order recorded."""
        return self.corrections_of_many([project_id]).get(project_id, {})

    def corrections_of_many(self, project_ids: Collection[str]) -> Mapping[str, Mapping[str, Sequence[Correction]]]:
        """The same for several projects, by project."""
        words = and_(TEXT.c.tenant_id == CORRECTION.c.tenant_id, TEXT.c.correction_id == CORRECTION.c.id)
        against = and_(RAISED.c.tenant_id == CORRECTION.c.tenant_id, RAISED.c.id == CORRECTION.c.raised_id)
        said = self._bound.select(CORRECTION, TEXT.c.body, RAISED.c.trap_id, RAISED.c.project_id)
        theirs = said.outerjoin_from(CORRECTION, TEXT, words).join(RAISED, against)
        raised = select(RAISED.c.id).where(self._bound.mine(RAISED), RAISED.c.project_id.in_(list(project_ids)))
        these = theirs.where(CORRECTION.c.raised_id.in_(raised))
        by_project: dict[str, dict[str, list[Correction]]] = {}
        for row in self._bound.rows(these.order_by(CORRECTION.c.seq)):
            correction = Correction(
                id=row.id,
                raised_id=row.raised_id,
                person_id=row.person_id,
                said_at=row.said_at,
                reasons=reasons_from_plain(row.reasons),
                text=row.body or "",
            )
            by_project.setdefault(row.project_id, {}).setdefault(row.trap_id, []).append(correction)
        return by_project


def _columns(raised: RaisedTrap) -> dict[str, Any]:
    return {
        "id": raised.id,
        "project_id": raised.project_id,
        "trap_id": raised.trap_id,
        "severity": int(raised.severity),
        "reasons": reasons_as_plain(raised.reasons),
        "found_at": raised.found_at,
        "found_by": raised.found_by,
        "told_by": raised.told_by,
        "gone_at": raised.gone_at,
        "gone_by": raised.gone_by,
    }


def _raised(row: Row[Any]) -> RaisedTrap:
    return RaisedTrap(
        id=row.id,
        project_id=row.project_id,
        trap_id=row.trap_id,
        severity=TrapSeverity(row.severity),
        reasons=reasons_from_plain(row.reasons),
        found_at=row.found_at,
        found_by=row.found_by,
        told_by=row.told_by,
        gone_at=row.gone_at,
        gone_by=row.gone_by,
    )
