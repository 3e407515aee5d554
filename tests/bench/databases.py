"""Databases to measure on: a SQLite file, and a PostgreSQL that really writes to the disk."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, make_url

from storage.migrate import migrate
from tests import databases


@contextmanager
def sqlite_url(name: str = "bench") -> Iterator[str]:
    """A migrated file of its own."""
    with tempfile.TemporaryDirectory(prefix="bridgehead-bench-") as folder:
        url = f"sqlite:///{Path(folder) / name}.db"
        migrate(url)
        yield url


@contextmanager
def postgresql_server() -> Iterator[str | None]:
    """The address of a server, or None where there is none. The packaged one is told to be as safe as by default."""
    ours = not any(
        os.environ.get(name, "").startswith("postgres") for name in ("DATABASE_URL_POSTGRES", "DATABASE_URL")
    )
    serving = contextmanager(databases.postgresql_server._get_wrapped_function())()
    try:
        server = serving.__enter__()
    except pytest.skip.Exception:
        yield None
        return
    try:
        if ours:
            for setting in ("fsync", "full_page_writes"):
                execute(server, f"ALTER SYSTEM SET {setting} = on")
            execute(server, "SELECT pg_reload_conf()")
        yield server
    finally:
        serving.__exit__(None, None, None)


@contextmanager
def postgresql_url(server: str, name: str) -> Iterator[str]:
    """A migrated database of its own."""
    database = f"bench_{os.getpid()}_{name}"
    execute(server, f'CREATE DATABASE "{database}"')
    url = make_url(server).set(database=database).render_as_string(hide_password=False)
    try:
        migrate(url)
        yield url
    finally:
        execute(server, f'DROP DATABASE "{database}" WITH (FORCE)')


def execute(server: str, statement: str) -> None:
    """One statement outside a transaction."""
    engine = create_engine(server, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
