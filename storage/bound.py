"""What the repositories of one transaction share: the connection, and the tenant every statement is bound to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Date,
    Insert,
    Integer,
    Row,
    Select,
    Table,
    TextClause,
    Update,
    bindparam,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel

from bot.readiness.framework_versions import FrameworkKey
from storage.types import UTCDateTime

Values = Mapping[str, Any]

TENANT, INSTALLATION, ROW = "of_tenant", "of_installation", "of_row"
"""Parameters that `Bound` fills in. So a statement can be put together once, which costs more than to run it."""

NOW, TODAY = bindparam("now", type_=UTCDateTime()), bindparam("today", type_=Date())
SINCE, UNTIL = (bindparam(name, type_=UTCDateTime()) for name in ("since", "until"))
MOST, START = (bindparam(name, type_=Integer()) for name in ("most", "start"))
THESE: BindParameter[Any] = bindparam("these", expanding=True)
"""What statements that are put together once ask for when they run: `Bound.rows(statement, now=..., these=[...])`."""

LONGEST_LIST = 500
"""Ids, or words, in one statement."""


class WritingRefused(RuntimeError):
    """A transaction that was opened for reading was asked to write."""


def table_of(row: type[SQLModel]) -> Table:
    """The table behind a row class. Statements are made over tables: no unit of work, no lazy load, no stale row."""
    return cast("Table", vars(row)["__table__"])


@dataclass(frozen=True, slots=True)
class Installation:
    """The installation a transaction is bound to; all "" when it is not known yet (reading before first contact).

    `framework` is what its tenant chose as current, as the transaction began.
    """

    tenant_id: str = ""
    id: str = ""
    platform: str = ""
    external_id: str = ""
    framework: FrameworkKey | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """A connection bound to a tenant and an installation.

    `writes` is False on the reading engine; `by_clock`: nobody acts, it is a date that came.
    """

    connection: Connection
    installation: Installation
    writes: bool
    by_clock: bool = False

    @property
    def tenant_id(self) -> str:
        """Whose rows these are."""
        return self.installation.tenant_id

    @property
    def _own(self) -> dict[str, str]:
        return {TENANT: self.tenant_id, INSTALLATION: self.installation.id}

    def mine(self, table: Table) -> ColumnElement[bool]:
        """The rows of this tenant, in a statement that runs through this class."""
        return of_tenant(table)

    def select(self, table: Table, *more: Any) -> Select[Any]:
        """All columns of the tenant's rows of `table`, and `more` columns."""
        return select(*table.c, *more).where(of_tenant(table)) if more else _all_of(table)

    def rows(self, statement: Select[Any], **values: object) -> Sequence[Row[Any]]:
        """All rows; `values` are those of the statement's own parameters."""
        return self.connection.execute(statement, {**self._own, **values}).all()

    def row(self, statement: Select[Any], **values: object) -> Row[Any] | None:
        """The row, if any, of a statement that gives one at most; `values` as for `rows`."""
        return self.connection.execute(statement, {**self._own, **values}).first()

    def first(self, statement: Select[Any]) -> Row[Any] | None:
        """The first row, if any, of a statement that might give many."""
        return self.connection.execute(statement.limit(1), self._own).first()

    def one(self, statement: Select[Any], table: Table, row_id: str) -> Row[Any]:
        """The row of this id. Raises KeyError when this tenant has none."""
        of_id = _one_of(table) if statement is _all_of(table) else statement.where(table.c.id == bindparam(ROW))
        row = self.connection.execute(of_id, {**self._own, ROW: row_id}).first()
        if row is None:
            raise KeyError(f"{table.name} {row_id}")
        return row

    def insert(self, table: Table, rows: Values | Iterable[Values]) -> None:
        """Insert one row or several, each with this tenant's id."""
        self._require_writing(table)
        several = [rows] if isinstance(rows, Mapping) else list(rows)
        if several:
            self.connection.execute(insert(table), [{"tenant_id": self.tenant_id, **values} for values in several])

    def insert_new(self, table: Table, values: Values) -> bool:
        """Insert a row unless one of its keys is taken; says whether it did."""
        self._require_writing(table)
        return insert_new(self.connection, table, {"tenant_id": self.tenant_id, **values})

    def upsert(self, table: Table, values: Values) -> None:
        """Insert a row, or give the one of its primary key these values."""
        self._require_writing(table)
        self.connection.execute(_upsert(table, self.connection.dialect.name), {"tenant_id": self.tenant_id, **values})

    def update(self, table: Table, row_id: str, values: Values) -> None:
        """Set the columns of one row. Raises KeyError when this tenant has none of this id."""
        self._require_writing(table)
        # SQLite looks for rows that refer to this one in every child table where its key is set, even to what it was.
        changed = {name: value for name, value in values.items() if name != "id"}
        if self.connection.execute(_update_of(table), {**changed, **self._own, ROW: row_id}).first() is None:
            raise KeyError(f"{table.name} {row_id}")

    def delete(self, table: Table, *conditions: ColumnElement[bool] | TextClause) -> None:
        """Delete this tenant's rows that meet all conditions."""
        self._require_writing(table)
        self.connection.execute(delete(table).where(of_tenant(table), *conditions), self._own)

    def change(self, table: Table, values: Values, *conditions: ColumnElement[bool] | TextClause) -> int:
        """Set the columns of this tenant's rows that meet all conditions; says how many they were."""
        self._require_writing(table)
        key = next(iter(table.primary_key.columns))
        changed = update(table).where(of_tenant(table), *conditions).values(**values).returning(key)
        return len(self.connection.execute(changed, self._own).all())

    def write(self, table: Table, statement: Update) -> None:
        """Run an update that holds its own conditions and asks for a row back. Raises KeyError when it meets none."""
        self._require_writing(table)
        if self.connection.execute(statement, self._own).first() is None:
            raise KeyError(f"{table.name} of tenant {self.tenant_id}")

    def _require_writing(self, table: Table) -> None:
        if not self.writes:
            raise WritingRefused(f"{table.name}: this transaction was opened for reading")


def pieces(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """As many at a time as one statement takes."""
    return (values[at : at + LONGEST_LIST] for at in range(0, len(values), LONGEST_LIST))


def insert_new(connection: Connection, table: Table, values: Values) -> bool:
    """Insert a row unless one of its keys is taken; says whether it did.

    It asks for the row back, as psycopg does not tell the number of rows of such a statement.
    """
    return connection.execute(_insert_new(table, connection.dialect.name), values).first() is not None


@cache
def of_tenant(table: Table) -> ColumnElement[bool]:
    """The rows of the tenant whom the statement is run for."""
    return table.c.tenant_id == bindparam(TENANT)


@cache
def _all_of(table: Table) -> Select[Any]:
    return select(*table.c).where(of_tenant(table))


@cache
def _one_of(table: Table) -> Select[Any]:
    return _all_of(table).where(table.c.id == bindparam(ROW))


@cache
def _update_of(table: Table) -> Update:
    """What it sets are the parameters that are columns."""
    return update(table).where(of_tenant(table), table.c.id == bindparam(ROW)).returning(table.c.id)


@cache
def _insert_new(table: Table, dialect: str) -> Insert:
    key = next(iter(table.primary_key.columns))
    if dialect == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing().returning(key)
    return sqlite.insert(table).on_conflict_do_nothing().returning(key)


@cache
def _upsert(table: Table, dialect: str) -> Insert:
    key = [column.name for column in table.primary_key.columns]
    made = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    rest = {column.name: made.excluded[column.name] for column in table.c if column.name not in key}
    return made.on_conflict_do_update(index_elements=key, set_=rest)
