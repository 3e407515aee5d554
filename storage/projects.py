"""Projects with their roles."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Table, bindparam, exists, or_, select

from bot.readiness.assessment import Project
from storage import mapping, tally
from storage.bound import THESE, Bound, of_tenant, pieces, table_of
from storage.project_tables import ProjectRoleRow, ProjectRow

PROJECT = table_of(ProjectRow)
ROLE = table_of(ProjectRoleRow)


@cache
def is_of_active(table: Table) -> ColumnElement[bool]:
    """Whether a row's project is not archived: one look for each row, while a list of ids grows with the portfolio."""
    same = (PROJECT.c.tenant_id == table.c.tenant_id, PROJECT.c.id == table.c.project_id)
    return exists().where(*same, PROJECT.c.archived_at.is_(None))


@cache
def is_not_of_archived(table: Table) -> ColumnElement[bool]:
    """The same where many rows are counted: archived projects are listed once, instead of a look for each row."""
    archived = select(PROJECT.c.id).where(of_tenant(PROJECT), PROJECT.c.archived_at.is_not(None))
    return table.c.project_id.not_in(archived)


class Projects:
    """A list costs two statements, and one more for each 500. `get`, `by_key`, `all` and `keys` know archived ones."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def get(self, project_id: str) -> Project:
        """Raises KeyError."""
        return made_of(self._bound, [self._bound.one(self._bound.select(PROJECT), PROJECT, project_id)])[0]

    def lock(self, project_id: str) -> Project:
        """Like `get`; a writing transaction holds the row to its end. Raises KeyError."""
        statement = self._bound.select(PROJECT)
        locked = statement.with_for_update(key_share=True) if self._bound.writes else statement
        return made_of(self._bound, [self._bound.one(locked, PROJECT, project_id)])[0]

    def by_key(self, key: str) -> Project | None:
        """The project of this key, archived or not."""
        found = made_of(self._bound, self._bound.rows(_of_key(), key=key))
        return found[0] if found else None

    def of_keys(self, keys: Collection[str], *, lock: bool = False) -> Sequence[Project]:
        """Those of these keys, archived or not, by key; `lock` as `lock` does, all in one order."""
        theirs = self._bound.select(PROJECT).where(PROJECT.c.key.in_(list(keys))).order_by(PROJECT.c.key)
        if lock and self._bound.writes:
            theirs = theirs.with_for_update(key_share=True)
        rows = self._bound.rows(theirs)
        return made_of(self._bound, rows)

    def add(self, project: Project) -> None:
        """Store the project and its roles."""
        columns = {**mapping.project_columns(project), "counted": True}
        self._bound.insert(PROJECT, columns)
        self._insert_roles(project)
        tally.append(self._bound, Counter(), tally.of_project(columns))

    def save(self, project: Project) -> None:
        """Raises KeyError. The roles are replaced where they differ."""
        columns = {**mapping.project_columns(project), "counted": True}
        # Two that save at a time would both take away what was there.
        held = self._bound.select(PROJECT).with_for_update(key_share=True)
        before = self._bound.one(held, PROJECT, project.id)
        self._bound.update(PROJECT, project.id, columns)
        counted = tally.of_project(before._asdict()) if before.counted else Counter[tally.Sort]()
        tally.append(self._bound, counted, tally.of_project(columns))
        stored = self._bound.rows(_roles(), these=[project.id])
        if {row.role: row.person_id for row in stored} != dict(project.roles):
            self._bound.delete(ROLE, ROLE.c.project_id == project.id)
            self._insert_roles(project)

    def ids(self) -> Sequence[str]:
        """Of all, archived or not, in the order of their keys."""
        mine = select(PROJECT.c.id).where(self._bound.mine(PROJECT)).order_by(PROJECT.c.key)
        return [row.id for row in self._bound.rows(mine)]

    def many(self, project_ids: Sequence[str]) -> Sequence[Project]:
        """Those of these ids that exist, in the order given."""
        return of_ids(self._bound, project_ids)

    def active(self) -> Sequence[Project]:
        """Not archived, by key."""
        return made_of(self._bound, self._bound.rows(_active()))

    def all(self) -> Sequence[Project]:
        """Archived or not, by key."""
        rows = self._bound.rows(self._bound.select(PROJECT).order_by(PROJECT.c.key))
        return made_of(self._bound, rows)

    def keys(self) -> Sequence[str]:
        """Every key, in order."""
        mine = select(PROJECT.c.key).where(self._bound.mine(PROJECT)).order_by(PROJECT.c.key)
        return [row.key for row in self._bound.rows(mine)]

    def of_person(self, person_id: str) -> Sequence[Project]:
        """Not archived ones that the person owns or has a role in, by key."""
        return made_of(self._bound, self._bound.rows(_of_person(), person=person_id))

    def of_place(self, place_id: str) -> Sequence[Project]:
        """Not archived ones bound to the place, by key."""
        return made_of(self._bound, self._bound.rows(_of_place(), place=place_id))

    def _insert_roles(self, project: Project) -> None:
        roles = ({"project_id": project.id, "role": role, "person_id": who} for role, who in project.roles.items())
        self._bound.insert(ROLE, roles)


@cache
def _of_key() -> Select[Any]:
    return select(*PROJECT.c).where(of_tenant(PROJECT), PROJECT.c.key == bindparam("key"))


@cache
def _of_person() -> Select[Any]:
    by_role = select(ROLE.c.project_id).where(of_tenant(ROLE), ROLE.c.person_id == bindparam("person"))
    return _active().where(or_(PROJECT.c.owner_id == bindparam("person"), PROJECT.c.id.in_(by_role)))


@cache
def _of_place() -> Select[Any]:
    here = (column == bindparam("place") for column in (PROJECT.c.place_id, PROJECT.c.also_place_id))
    return _active().where(or_(*here))


@cache
def _active() -> Select[Any]:
    theirs = select(*PROJECT.c).where(of_tenant(PROJECT), PROJECT.c.archived_at.is_(None))
    return theirs.order_by(PROJECT.c.key)


@cache
def _of_ids() -> Select[Any]:
    return select(*PROJECT.c).where(of_tenant(PROJECT), PROJECT.c.id.in_(THESE))


@cache
def _roles() -> Select[Any]:
    theirs = select(*ROLE.c).where(of_tenant(ROLE), ROLE.c.project_id.in_(THESE))
    return theirs.order_by(ROLE.c.role)


def of_ids(bound: Bound, project_ids: Sequence[str]) -> list[Project]:
    """Those of these ids that exist, in the order given, as often as they are given."""
    found = {
        row.id: row for some in pieces(list(dict.fromkeys(project_ids))) for row in bound.rows(_of_ids(), these=some)
    }
    return made_of(bound, [found[each] for each in project_ids if each in found])


def made_of(bound: Bound, rows: Sequence[Row[Any]]) -> list[Project]:
    """The projects of these rows, in their order, with their roles."""
    roles: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for some in pieces([row.id for row in rows]):
        for row in bound.rows(_roles(), these=some):
            roles[row.project_id][row.role] = row.person_id
    return [mapping.project(row, roles.get(row.id, {})) for row in rows]
