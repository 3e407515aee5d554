"""How Alembic runs here: its own connection, batch mode, triggers afterwards."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, text

from storage import delivery_tables, frameworks_tables, tables
from storage.append_only import protect
from storage.engine import make_migrating_engine
from storage.types import UTCDateTime

_LOCK = 4_270_001
"""Any number, the same on every node: the key of PostgreSQL's advisory lock."""

assert delivery_tables.OutboxRow.metadata is tables.Row.metadata
assert frameworks_tables.FrameworkRow.metadata is tables.Row.metadata


def render(kind: str, value: Any, _: AutogenContext) -> str | Literal[False]:
    """Migrations name no type of this program, as those may change after them."""
    if kind == "type" and isinstance(value, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and type(value).__name__ == "AutoString":
        return "sa.String()"
    return False


def run(connection: Connection) -> None:
    """Run the migrations on one connection, each in its transaction."""
    on_sqlite = connection.dialect.name == "sqlite"
    if not on_sqlite:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
        connection.commit()
    context.configure(
        connection=connection,
        target_metadata=tables.Row.metadata,
        render_as_batch=True,
        render_item=render,
        compare_type=True,
        compare_server_default=True,
        transaction_per_migration=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    protect(connection)
    if on_sqlite:
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        assert not orphans, f"rows that refer to nothing: {orphans[:5]}"
    connection.commit()
    if not on_sqlite:
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _LOCK})
        connection.commit()


engine = make_migrating_engine(context.config.attributes["database_url"])
with engine.connect() as connection:
    run(connection)
engine.dispose()
