"""Triggers that keep facts from being changed. A batch copy on SQLite drops them, so every migration ends with them."""

from sqlalchemy import Connection, inspect, text

APPEND_ONLY = (
    "answer",
    "audit_event",
    "blocker_event",
    "framework",
    "handover",
    "milestone",
    "stage_change",
    "trap_correction",
)

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION bridgehead_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""
_POSTGRESQL = tuple(
    f"CREATE OR REPLACE TRIGGER {{table}}_{name} BEFORE {acts} ON {{table}} "
    f"FOR EACH {each} EXECUTE FUNCTION bridgehead_append_only()"
    for name, acts, each in (("append_only", "UPDATE OR DELETE", "ROW"), ("not_emptied", "TRUNCATE", "STATEMENT"))
)
_SQLITE = tuple(
    f"CREATE TRIGGER IF NOT EXISTS {{table}}_no_{act} BEFORE {act.upper()} ON {{table}} "
    "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    for act in ("update", "delete")
)


def protect(connection: Connection) -> None:
    """Make every append-only table that exists refuse changes; harmless when repeated."""
    tables = [name for name in APPEND_ONLY if inspect(connection).has_table(name)]
    statements = _SQLITE
    if connection.dialect.name == "postgresql" and tables:
        statements = _POSTGRESQL
        connection.execute(text(_POSTGRESQL_FUNCTION))
    for table in tables:
        for statement in statements:
            connection.execute(text(statement.format(table=table)))
