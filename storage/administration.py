"""What admins set, and the trail, read."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import or_, select

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
        self._read: OrganizationSettings | None = None

    def get(self) -> OrganizationSettings:
        """What holds now; a transaction that only reads sees one moment, and reads them once."""
        if self._read is None or self._bound.writes:
            self._read = self._load()
        return self._read

    def _load(self) -> OrganizationSettings:
        row = self._bound.row(self._bound.select(SETTINGS))
        if row is None:
            return OrganizationSettings()
        kept = {name: getattr(row, name) for name in OrganizationSettings.__dataclass_fields__}
        closed = {date.fromisoformat(day): name for day, name in row.closed.items()}
        return OrganizationSettings(**{**kept, "days": frozenset(row.days), "closed": closed})

    def save(self, settings: OrganizationSettings) -> None:
        """Set them all."""
        columns = {name: getattr(settings, name) for name in OrganizationSettings.__dataclass_fields__}
        closed = {day.isoformat(): name for day, name in settings.closed.items()}
        self._bound.upsert(SETTINGS, {**columns, "days": sorted(settings.days), "closed": closed})


class Trail:
    """Who changed what; written by `Transaction.record`."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def newest(self, limit: int, project_id: str | None = None, subjects: Iterable[str] = ()) -> Sequence[TrailEntry]:
        """The last entries, newest first; of one project where it is given.

        Then those of the project, those whose facts name it, and those of the other subjects given.
        """
        entries = select(*AUDIT.c).where(self._bound.mine(AUDIT))
        if project_id is not None:
            names_it = AUDIT.c.facts["project"].as_string() == project_id
            entries = entries.where(or_(AUDIT.c.subject.in_([project_id, *subjects]), names_it))
        rows = self._bound.rows(entries.order_by(AUDIT.c.seq.desc()).limit(limit))
        return [TrailEntry(row.at, row.action, row.subject, row.actor_id, row.facts) for row in rows]
