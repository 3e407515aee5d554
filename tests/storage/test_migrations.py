"""One set of migrations serves both databases, up and down, and says the same as the tables."""

import pytest
from alembic import command
from sqlalchemy import Connection, inspect, select, text

from bot.readiness.notices import Notice, NoticeKind
from storage.append_only import protect
from storage.due import OUTBOX
from storage.engine import Engines, make_migrating_engine, read_url
from storage.migrate import configuration, migrate, revision_fault
from storage.store import Store
from storage.tables import Row
from tests.storage.values import ADA, fill


def _schema(connection: Connection) -> set[tuple[str, ...]]:
    """What `alembic check` does not see: triggers, checks and the predicates of partial indexes."""
    if connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql(
            "SELECT type, name, replace(replace(replace(sql, char(10), ''), char(9), ''), ' ', '') "
            "FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('trigger', 'index')"
        )
        checks = {
            ("check", table, str(check["name"]), check["sqltext"])
            for table in Row.metadata.tables
            for check in inspect(connection).get_check_constraints(table)
        }
        return {tuple(row) for row in found} | checks
    found = connection.exec_driver_sql(
        "SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' "
        "UNION ALL SELECT 'constraint', conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace "
        "UNION ALL SELECT 'trigger', tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal "
        "UNION ALL SELECT 'collation', table_name || '.' || column_name, collation_name "
        "FROM information_schema.columns WHERE table_schema = 'public' AND collation_name IS NOT NULL"
    )
    return {tuple(row) for row in found if "alembic_version" not in row[1]}


def test_up_down_up_leaves_nothing_to_do(empty_url: str) -> None:
    for _ in range(2):
        migrate(empty_url)
        command.check(configuration(empty_url))
        command.downgrade(configuration(empty_url), "base")
    engine = make_migrating_engine(empty_url)
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]


def test_migrations_and_tables_agree_on_triggers_checks_and_predicates(empty_url: str) -> None:
    engine = make_migrating_engine(empty_url)
    with engine.begin() as connection:
        Row.metadata.create_all(connection)
        protect(connection)
        created = _schema(connection)
        Row.metadata.drop_all(connection)
    migrate(empty_url)
    with engine.begin() as connection:
        migrated = _schema(connection)
    assert {row[0] for row in created} >= {"trigger", "index"}
    assert migrated == {row for row in created if "alembic_version" not in row[1]}


def test_a_second_run_changes_nothing(database_url: str) -> None:
    engine = make_migrating_engine(database_url)
    with engine.begin() as connection:
        before = _schema(connection)
    migrate(database_url)
    with engine.begin() as connection:
        assert _schema(connection) == before


def test_a_program_refuses_a_database_of_another_revision(empty_url: str) -> None:
    if read_url(empty_url).get_backend_name() == "sqlite":
        assert "does not exist. Run: bridgehead migrate" in (revision_fault(empty_url) or "")
    else:
        assert "is at revision none" in (revision_fault(empty_url) or "")
    migrate(empty_url)
    assert revision_fault(empty_url) is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_migration_runs_without_foreign_keys_as_a_batch_copy_would_delete_the_children(database_url: str) -> None:
    engine = make_migrating_engine(database_url)
    with engine.begin() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 0


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("postgres://u:p@h/d", "postgresql+psycopg"),
        ("postgresql://u:p@h/d", "postgresql+psycopg"),
        ("postgresql+psycopg://u:p@h/d", "postgresql+psycopg"),
        ("sqlite:///a.db", "sqlite"),
    ],
)
def test_an_address_names_its_driver(given: str, driver: str) -> None:
    assert read_url(given).drivername == driver


@pytest.mark.parametrize("given", ["sqlite://", "sqlite:///:memory:", "mysql://h/d", "postgresql+asyncpg://h/d"])
def test_an_address_that_cannot_serve_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match="database: "):
        read_url(given)


def test_words_of_gaps_that_waited_before_the_upgrade_name_their_projects_after_it(
    database_url: str, engines: Engines, store: Store
) -> None:
    of_one, of_two = {"b1": "p1", "b2": "p1"}, {"b1": "p1", "b3": "p2"}
    with store.writing(ADA) as tx:
        fill(tx)
        tx.notices.put(Notice("k1", NoticeKind.OLD_BLOCKERS, "p1", person_id="ada", parameters=of_one))
        tx.notices.put(Notice("k2", NoticeKind.UNKNOWN, "ada", person_id="ada", parameters=of_two))

    def waiting() -> dict[str, tuple[str, dict[str, str]]]:
        with engines.reading.connect() as connection:
            found = select(OUTBOX.c.key, OUTBOX.c.subject, OUTBOX.c.parameters).where(OUTBOX.c.key.in_(["k1", "k2"]))
            return {row.key: (row.subject, row.parameters) for row in connection.execute(found)}

    engines.dispose()
    command.downgrade(configuration(database_url), "0024")
    assert waiting() == {"k1": ("p1", {"blockers": "b1,b2"}), "k2": ("p1", {"blockers": "b1"})}
    engines.dispose()
    migrate(database_url)
    assert waiting() == {"k1": ("p1", of_one), "k2": ("p1", {"b1": "p1"})}
