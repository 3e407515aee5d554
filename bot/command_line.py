"""The command line: parsing only; what each command does stands where its subject is.

A command imports what it alone needs: help, a score or a missing setting should not wait three seconds for the bot.
"""

import gc
import io
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn, TextIO

import typer

from bot.content.case import CaseFaults, score_case
from bot.content.reader import shipped_framework
from bot.readiness.export_format import ExportFormat
from bot.readiness.framework import Framework
from bot.settings import EXAMPLE_ADDRESS, Settings, SettingsFault, read_settings

BAD_INPUT = 2

cli = typer.Typer(
    name="bridgehead",
    help="Governs AI projects from proof of concept to production, in chat.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
frameworks = typer.Typer(help="Frameworks of one's own: list, show, check, import.", no_args_is_help=True)
cli.add_typer(frameworks, name="framework")

FrameworkFile = Annotated[Path, typer.Argument(help="A framework as a YAML file.", show_default=False)]
Workspace = Annotated[str, typer.Option(help="The platform's id of a workspace, where several use this bot.")]


@cli.command()
def serve() -> None:
    """Everything in one process: migrate, answer Slack, keep the clock, deliver."""
    settings = _settings(chat=True)
    _prepare(settings)
    from bot import serving

    _begin()
    serving.serve(settings)


@cli.command()
def web() -> None:
    """Answer Slack and deliver what that leads to; the clock is the worker's. Any number may run on PostgreSQL."""
    settings = _settings(chat=True)
    _prepare(settings)
    _demand_revision(settings)
    from bot import serving

    _begin()
    serving.web(settings)


@cli.command()
def worker() -> None:
    """Keep the clock and deliver. Any number may run on PostgreSQL."""
    settings = _settings(chat=True)
    _prepare(settings)
    _demand_revision(settings)
    from bot import serving

    _begin()
    serving.worker(settings)


@cli.command()
def migrate() -> None:
    """Bring the database to the revision this program needs."""
    settings = _settings()
    _prepare(settings)
    from storage.migrate import migrate as migrate_database

    _begin()
    migrate_database(settings.database_url)
    typer.echo("The database is up to date.")


@cli.command()
def play(
    port: Annotated[int | None, typer.Option(help="Port of the page (8300), or of the bot for Teams (3978).")] = None,
    *,
    fresh: Annotated[bool, typer.Option("--fresh", help="Start over with a new portfolio.")] = False,
    teams: Annotated[bool, typer.Option("--teams", help="For Microsoft's 365 Agents Playground instead.")] = False,
) -> None:
    """A local Slack workspace in the browser, with the real bot and a portfolio to look at."""
    settings = _settings()
    _prepare(settings)
    from bot import play, play_teams

    _begin()
    if teams:
        play_teams.play_teams(settings, port or play_teams.PORT, fresh=fresh)
    else:
        play.play(settings, port or play.PORT, fresh=fresh)


@cli.command()
def manifests(
    folder: Annotated[Path, typer.Argument(help="Where to write them.")] = Path("manifests"),
    address: Annotated[str, typer.Option(help="Where the bot is reached over HTTP.")] = EXAMPLE_ADDRESS,
) -> None:
    """Write the app manifests for Slack and Teams, generated from the command table."""
    from bot.manifests import slack_manifests, teams_files

    made = {name: text.encode() for name, text in slack_manifests(address).items()}
    made |= {f"teams/{name}": content for name, content in teams_files(address=address).items()}
    for name, content in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        typer.echo(f"{path}")


@cli.command()
def teams_package(
    file: Annotated[Path, typer.Argument(help="Where to write it.")] = Path("bridgehead-teams.zip"),
    address: Annotated[str, typer.Option(help="Where people read about the bot.")] = EXAMPLE_ADDRESS,
) -> None:
    """Write the package to be uploaded to Teams, for the bot of TEAMS_APP_ID."""
    app_id = _settings().teams_app_id
    if not app_id:
        _refuse("TEAMS_APP_ID is not set: the package has to name the bot. It is the Application (client) id in Entra.")
    from bot.manifests import teams_files
    from bot.platforms.teams.manifest import package

    file.write_bytes(package(teams_files(app_id, address)))
    typer.echo(f"{file}")


@cli.command()
def score(
    file: Annotated[str, typer.Argument(help="A case as JSON, or - for standard input.")],
    framework: Annotated[Path | None, typer.Option(help="A framework of your own, as a YAML file.")] = None,
) -> None:
    """Score one case, by the shipped framework or by one of your own, and print the result as JSON."""
    by = _checked(framework) if framework else shipped_framework()
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
        scored = score_case(by, json.loads(text))
    except OSError as error:
        _refuse(f"{file}: {error.strerror}")
    except CaseFaults as faults:
        _refuse(str(faults))
    except ValueError as error:
        _refuse(f"{file}: not JSON: {error}")
    typer.echo(json.dumps(scored, indent=1))


@cli.command()
def simulate(
    days: Annotated[str, typer.Argument(metavar="[60d]", help="How far: 1d to 366d.")] = "60d",
    workspace: Workspace = "",
    *,
    csv: Annotated[bool, typer.Option("--csv", help="As a table for spreadsheets.")] = False,
) -> None:
    """Who would get what and when in the coming days, as if nobody answered. Sends and changes nothing."""
    from bot import administration

    _say(lambda: administration.simulated(_database(), days, workspace, as_table=csv))


@cli.command("import")
def import_projects(
    file: Annotated[Path, typer.Argument(help="Projects as a CSV table.", show_default=False)],
    workspace: Workspace = "",
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
) -> None:
    """Make and change projects from a CSV table: all of it, or nothing where a line has a fault."""
    from bot import administration

    _say(lambda: administration.projects_imported(_database(), file, workspace, dry=dry_run))


@cli.command()
def export(
    form: Annotated[ExportFormat, typer.Option("--format", help="csv, json or html.")] = ExportFormat.JSON,
    filters: Annotated[list[str] | None, typer.Option("--filter", help="Such as stage:>=3; may be repeated.")] = None,
    out: Annotated[str, typer.Option(metavar="FILE|-", help="Where to write; - is standard output.")] = "-",
    workspace: Workspace = "",
    *,
    history: Annotated[bool, typer.Option("--history", help="As CSV: the milestones instead of the projects.")] = False,
) -> None:
    """Write projects with their history, while they are read: a large portfolio needs no more memory."""
    if form is ExportFormat.ALL:
        _refuse("--format: csv, json or html")
    from bot import administration

    settings, words = _database(), " ".join(filters or ())

    def written() -> str:
        with _written_to(out) as file:
            administration.exported(settings, form, words, file, workspace, history=history)
        return "" if out == "-" else f"{out} is written."

    _say(written)


@contextmanager
def _written_to(out: str) -> Iterator[TextIO]:
    """Standard output, or a file that is there once it is whole."""
    if out == "-":
        printed = io.TextIOWrapper(typer.get_binary_stream("stdout"), encoding="utf-8", newline="")
        yield printed
        printed.detach().flush()
        return
    unfinished = Path(f"{out}.part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            yield file
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)


@frameworks.command("list")
def framework_list(workspace: Workspace = "") -> None:
    """All frameworks and versions, and the projects that stand by each."""
    from bot import administration

    _say(lambda: administration.listed(_database(), workspace))


@frameworks.command("show")
def framework_show(
    framework_id: Annotated[str, typer.Argument(metavar="[ID]", help="Left out: the current one.")] = "",
    version: Annotated[str, typer.Argument(metavar="[VERSION]", help="Left out: the newest.")] = "",
    workspace: Workspace = "",
) -> None:
    """Dimensions, bars, barriers and stages of one framework."""
    from bot import administration

    _say(lambda: administration.shown(_database(), framework_id, version, workspace))


@frameworks.command("check")
def framework_check(file: FrameworkFile) -> None:
    """Whether a file holds together; every fault with its place. Needs no database."""
    found = _checked(file)
    typer.echo(f"{file} holds together: {found.id} {found.version}, dimensions: {len(found.dimensions)}.")


@frameworks.command("import")
def framework_import(file: FrameworkFile, workspace: Workspace = "") -> None:
    """Take a file in and make it current: new assessments are asked by it."""
    from bot import administration

    _say(lambda: administration.imported(_database(), file, workspace))


def _say(act: Callable[[], str]) -> None:
    from bot import administration

    _begin()
    try:
        if said := act():
            typer.echo(said)
    except administration.NotDone as error:
        _refuse(str(error))
    except OSError as error:
        _refuse(f"{error.filename}: {error.strerror}")


def _checked(file: Path) -> Framework:
    from bot import administration

    try:
        return administration.checked(file)
    except administration.NotDone as error:
        _refuse(str(error))
    except OSError as error:
        _refuse(f"{file}: {error.strerror}")


def _database() -> Settings:
    """The settings, once the database is there and at this program's revision."""
    settings = _settings()
    _demand_revision(settings)
    return settings


def _settings(*, chat: bool = False) -> Settings:
    try:
        return read_settings(os.environ, chat=chat)
    except SettingsFault as fault:
        _refuse(str(fault))


def _prepare(settings: Settings) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # These say every request at INFO; the ids and the outcome are in our own lines.
    for chatty in ("httpx", "apscheduler", "alembic", "uvicorn.access"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    settings.data.mkdir(parents=True, exist_ok=True)


def _demand_revision(settings: Settings) -> None:
    from storage.migrate import revision_fault

    if fault := revision_fault(settings.database_url):
        _refuse(fault)


def _begin() -> None:
    """All is imported: garbage is looked for from here on, and not among what stays."""
    gc.freeze()
    gc.enable()


def _refuse(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    raise typer.Exit(BAD_INPUT)
