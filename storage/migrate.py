"""Migrations, run by our own commands; there is no ini file."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage.engine import make_migrating_engine, read_url


def migrate(database_url: str, revision: str = "head") -> None:
    """Bring the database to `revision`; several nodes may call it at once."""
    command.upgrade(configuration(database_url), revision)


def revision_fault(database_url: str) -> str | None:
    """None when the database is at the revision this program needs; else one sentence with the way out."""
    url = read_url(database_url)
    needed = ScriptDirectory.from_config(configuration(database_url)).get_current_head()
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
        return f"The database {url.database} does not exist. Run: bridgehead migrate"
    engine = make_migrating_engine(database_url)
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    engine.dispose()
    if found == needed:
        return None
    return f"The database is at revision {found or 'none'}, this program needs {needed}. Run: bridgehead migrate"


def configuration(database_url: str) -> Config:
    """Alembic's settings for this database."""
    config = Config()
    folder = Path(__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["database_url"] = database_url
    return config
