"""What admins set, and the trail, read."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from bot.readiness.administration import OrganizationSettings, TrailEntry
from storage.administration_tables import OrganizationSettingsRow
from storage.bound import Bound, table_of
from storage.delivery_tables import AuditEventRow

SETTINGS = table_of(OrganizationSettingsRow)
AUDIT = table_of(AuditEventRow)


class Settings:
    """The organization's settings; the defaults until something was set."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def get(self) -> OrganizationSettings:
        """What holds now."""
        row = self._bound.first(self._bound.select(SETTINGS))
        return OrganizationSettings(row.portfolio_place_id, row.working_days) if row else OrganizationSettings()

    def save(self, settings: OrganizationSettings) -> None:
        """Set them all."""
        self._bound.delete(SETTINGS)
        columns = {"portfolio_place_id": settings.portfolio_place_id, "working_days": settings.working_days}
        self._bound.insert(SETTINGS, columns)


class Trail:
    """Who changed what; written by `Transaction.record`."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def newest(self, limit: int, subjects: Iterable[str] | None = None) -> Sequence[TrailEntry]:
        """The last entries, newest first; only of these subjects where they are given."""
        entries = select(*AUDIT.c).where(self._bound.mine(AUDIT))
        if subjects is not None:
            entries = entries.where(AUDIT.c.subject.in_(list(subjects)))
        rows = self._bound.rows(entries.order_by(AUDIT.c.seq.desc()).limit(limit))
        return [TrailEntry(row.at, row.action, row.subject, row.actor_id, row.facts) for row in rows]
