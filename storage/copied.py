"""A tenant's rows in a database of their own, in memory: whatever is done there is done nowhere else."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Table, insert, select

from storage.addresses import SHELVED
from storage.append_only import protect
from storage.engine import Engines, make_memory_engines
from storage.store import TENANT
from storage.tables import Row

BATCH = 1_000


@contextmanager
def copied(engines: Engines, tenant_id: str) -> Iterator[Engines]:
    """Engines of a copy of one tenant as it is at one moment; it is gone afterwards.

    Every table there is, from whichever database, read in batches; nothing is written there, and nothing waits. Only
    files that wait to be fetched are left: they are large, and nothing follows from them.
    """
    copy = make_memory_engines()
    try:
        Row.metadata.create_all(copy.writing)
        # One transaction of the reading engine is one snapshot.
        with engines.reading.connect() as source, copy.writing.begin() as target:
            # A row may refer to a later one of its own table.
            target.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            for table in (each for each in Row.metadata.sorted_tables if each is not SHELVED):
                _copy(source, target, table, tenant_id)
            protect(target)
        yield copy
    finally:
        copy.dispose()


def _copy(source: Connection, target: Connection, table: Table, tenant_id: str) -> None:
    owner = TENANT.c.id if table is TENANT else table.c.tenant_id
    rows = source.execute(select(*table.c).where(owner == tenant_id), execution_options={"yield_per": BATCH})
    for batch in rows.mappings().partitions():
        target.execute(insert(table), [dict(row) for row in batch])
