"""Engines: one that writes, one that reads, for SQLite (one process) and PostgreSQL (any number)."""

from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy
from sqlalchemy import URL, Engine, NullPool, StaticPool, event, make_url

BUSY_SECONDS = 30
"""How long a SQLite connection waits for another process's write lock (SQLite's own default is none)."""

POSTGRESQL_CONNECTIONS = 8
"""Writing connections; more than about four busy ones lose throughput on two cores (measured)."""


class Engines(NamedTuple):
    """`writing` opens transactions that may write, `reading` ones that the database itself keeps from writing."""

    writing: Engine
    reading: Engine

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.writing.dispose()
        self.reading.dispose()


def read_url(database_url: str) -> URL:
    """Parse an address; `postgres://` and `postgresql://` mean psycopg 3.

    Raises ValueError for another database, another driver, or SQLite without a file.
    """
    url = make_url(database_url)
    if url.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "sqlite+pysqlite"):
        raise ValueError(f"database: {url.drivername} is not supported; use sqlite:///FILE or postgresql://...")
    if not url.database or url.database == ":memory:":
        raise ValueError("database: SQLite needs a file (sqlite:///FILE); memory is not shared by two engines")
    return url


def make_engines(database_url: str) -> Engines:
    """Make both engines; nothing connects yet.

    SQLite: one writing connection, so that the pool is a fair queue (SQLite's busy handler is not), and WAL, so that
    readers never wait for it. PostgreSQL: READ COMMITTED for writing, a read-only snapshot for reading.
    """
    url = read_url(database_url)
    if url.get_backend_name() == "sqlite":
        writing = _engine(url, pool_size=1, max_overflow=0, pool_timeout=BUSY_SECONDS)
        reading = _engine(url, pool_size=4, max_overflow=4, pool_timeout=BUSY_SECONDS)
        _listen_sqlite(writing, begin="BEGIN IMMEDIATE", pragmas=("foreign_keys=ON",))
        _listen_sqlite(reading, begin="BEGIN", pragmas=("query_only=ON",))
        return Engines(writing, reading)
    writing = _engine(url, pool_size=POSTGRESQL_CONNECTIONS, max_overflow=0, pool_pre_ping=True)
    reading = _engine(
        url,
        pool_size=4,
        max_overflow=4,
        pool_pre_ping=True,
        isolation_level="REPEATABLE READ",
        execution_options={"postgresql_readonly": True},
    )
    return Engines(writing, reading)


def make_memory_engines() -> Engines:
    """Both engines on an empty database in memory, for one thread that opens one transaction at a time."""
    # One connection is the whole database: where it is closed, the rows are gone.
    url = URL.create("sqlite", database=":memory:")
    only = _engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
    _listen_sqlite(only, begin="BEGIN", pragmas=("foreign_keys=ON",))
    return Engines(only, only)


def make_migrating_engine(database_url: str) -> Engine:
    """An engine for migrations: foreign keys OFF on SQLite, as a batch copy would otherwise delete the child rows."""
    url = read_url(database_url)
    engine = _engine(url, poolclass=NullPool)
    if url.get_backend_name() == "sqlite":
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
        _listen_sqlite(engine, begin="BEGIN IMMEDIATE", pragmas=("foreign_keys=OFF",))
    return engine


def _engine(url: URL, **options: Any) -> Engine:
    # A database's fault must not carry what people wrote into a log.
    return sqlalchemy.create_engine(url, hide_parameters=True, **options)


def _listen_sqlite(engine: Engine, begin: str, pragmas: tuple[str, ...]) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: Any, _: Any) -> None:
        # Python's own BEGIN comes too late: DDL would not roll back, and read-then-write could meet a locked database.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (f"busy_timeout={BUSY_SECONDS * 1000}", "journal_mode=WAL", "synchronous=FULL", *pragmas):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Any) -> None:
        connection.exec_driver_sql(begin)
