"""Frameworks of an organization: the texts it brought, which one is current, and by which its projects stand."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, and_, bindparam, select, update

from bot.readiness.framework_versions import FrameworkKey, FrameworkVersion
from storage.bound import TENANT as OF_TENANT
from storage.bound import Bound, of_tenant, table_of
from storage.frameworks_tables import FrameworkRow
from storage.projects import PROJECT
from storage.tables import AssessmentRow, MilestoneRow, TenantRow

FRAMEWORK = table_of(FrameworkRow)
TENANT = table_of(TenantRow)
ASSESSMENT = table_of(AssessmentRow)
MILESTONE = table_of(MilestoneRow)

_LISTED = (FRAMEWORK.c.id, FRAMEWORK.c.version, FRAMEWORK.c.name, FRAMEWORK.c.imported_at, FRAMEWORK.c.imported_by)
_ASSESSED = (
    select(PROJECT.c.key, MILESTONE.c.framework_id, MILESTONE.c.framework_version)
    .join_from(
        PROJECT,
        MILESTONE,
        and_(MILESTONE.c.tenant_id == PROJECT.c.tenant_id, MILESTONE.c.id == PROJECT.c.summary_milestone_id),
    )
    .where(of_tenant(PROJECT), PROJECT.c.archived_at.is_(None))
    .order_by(PROJECT.c.key)
)
_ASKED = (
    select(PROJECT.c.key, ASSESSMENT.c.framework_id, ASSESSMENT.c.framework_version)
    .join_from(
        ASSESSMENT,
        PROJECT,
        and_(PROJECT.c.tenant_id == ASSESSMENT.c.tenant_id, PROJECT.c.id == ASSESSMENT.c.project_id),
    )
    .where(of_tenant(ASSESSMENT), ASSESSMENT.c.state == "open")
    .order_by(PROJECT.c.key)
)


class Frameworks:
    """Append-only. `current` is known since the transaction began, without a statement of its own."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound
        self._current = bound.installation.framework

    @property
    def current(self) -> FrameworkKey | None:
        """What this tenant chose; None while it never chose."""
        return self._current

    def text(self, key: FrameworkKey) -> str | None:
        """The YAML text of one version that this tenant brought."""
        one = select(FRAMEWORK.c.body).where(
            of_tenant(FRAMEWORK), FRAMEWORK.c.id == key.id, FRAMEWORK.c.version == key.version
        )
        row = self._bound.first(one)
        return row.body if row else None

    def add(self, version: FrameworkVersion, text: str) -> bool:
        """Append; False where this version is there already, whatever its text."""
        columns = {
            "id": version.key.id,
            "version": version.key.version,
            "name": dict(version.name),
            "body": text,
            "imported_at": version.imported_at,
            "imported_by": version.imported_by,
        }
        return self._bound.insert_new(FRAMEWORK, columns)

    def choose(self, key: FrameworkKey) -> None:
        """Make a version current, from this transaction on."""
        chosen = update(TENANT).where(TENANT.c.id == bindparam(OF_TENANT)).returning(TENANT.c.id)
        self._bound.write(TENANT, chosen.values(framework_id=key.id, framework_version=key.version))
        self._current = key

    def all(self) -> Sequence[FrameworkVersion]:
        """What this tenant brought, oldest first; no text is read."""
        listed = select(*_LISTED).where(of_tenant(FRAMEWORK)).order_by(FRAMEWORK.c.seq)
        return [_version(row) for row in self._bound.rows(listed)]

    def assessed(self) -> Mapping[FrameworkKey, Sequence[str]]:
        """Keys of the active projects by the version of their latest result."""
        return _grouped(self._bound.rows(_ASSESSED))

    def asked(self) -> Mapping[FrameworkKey, Sequence[str]]:
        """Keys of the projects by the version of the assessment that is open."""
        return _grouped(self._bound.rows(_ASKED))


def _version(row: Row[Any]) -> FrameworkVersion:
    return FrameworkVersion(FrameworkKey(row.id, row.version), row.name, row.imported_at, row.imported_by)


def _grouped(rows: Sequence[Row[Any]]) -> Mapping[FrameworkKey, Sequence[str]]:
    found: defaultdict[FrameworkKey, list[str]] = defaultdict(list)
    for row in rows:
        found[FrameworkKey(row.framework_id, row.framework_version)].append(row.key)
    return found
