"""What the command line does with an organization: the same use cases as in chat, for whoever runs the bot.

Prints nothing.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from bot.app import compose
from bot.chat.incoming import Actor, Command, Spot
from bot.chat.plain import plain
from bot.chat.view import Buttons, View
from bot.documents import simulation_table, simulation_text
from bot.exporting import JsonWriter, table_of_history, table_of_projects, write
from bot.offline import copies_of, process_library
from bot.readiness.assessment import Person
from bot.readiness.export_format import ExportFormat
from bot.readiness.framework import Framework
from bot.readiness.framework_cards import FrameworkCard, FrameworkChosen, FrameworkList, ImportRefused, NotImported
from bot.readiness.import_cards import ProjectsNotImported
from bot.readiness.refusals import Refused
from bot.readiness.simulation import SimulationCard
from bot.settings import Settings
from bot.simulation import Simulator
from bot.usecases import frameworks, imports, selection, simulations
from bot.usecases.exports import export_of
from bot.usecases.portfolio_reports import report_of
from bot.usecases.ports import Context
from bot.wording.engine import Words
from bot.wording.pages import present, present_refusal
from bot.wording.pages.imports import said_of_faults, said_of_import
from bot.wording.report import portfolio_page
from storage.engine import make_engines

ENGLISH = Words("en")
ALL = 1_000_000
"""No file of 1 MB has more faults."""


class NotDone(Exception):
    """What was asked for was not done; the text says why and what to do."""


def listed(settings: Settings, workspace: str = "") -> str:
    """All versions and what stands by them."""
    with _opened(settings, workspace) as context:
        return _said(frameworks.versions(context, _typed("")))


def shown(settings: Settings, framework_id: str = "", version: str = "", workspace: str = "") -> str:
    """One framework. Raises NotDone where there is no such one."""
    with _opened(settings, workspace) as context:
        return _said(frameworks.show(context, _typed(f"{framework_id} {version}")))


def checked(path: Path) -> Framework:
    """The framework in a file, without any database. Raises NotDone with every fault; OSError."""
    return _read(path)[0]


def imported(settings: Settings, path: Path, workspace: str = "") -> str:
    """Take a file in and make it current. Raises NotDone with every fault; OSError."""
    framework, text = _read(path)
    with _opened(settings, workspace) as context:
        card = frameworks.take_in(context, framework, text)
        if isinstance(card, ImportRefused):
            raise NotDone(_said(card))
        return _said(card)


def simulated(settings: Settings, text: str, workspace: str = "", *, as_table: bool = False) -> str:
    """What would be sent to whom in the coming days, however long it takes to find out. Raises NotDone."""
    with _opened(settings, workspace) as context:
        days, tenant_id, now, reader = simulations.days_of(text), context.tx.tenant_id, context.now, context.actor
    engines = make_engines(settings.database_url)
    try:
        simulator = Simulator(copies_of(engines), process_library(settings.link_hosts), settings.admins)
        card = SimulationCard(reader, days, asyncio.run(simulator.simulate(tenant_id, now, days)))
    finally:
        engines.dispose()
    return simulation_table(card, ENGLISH).decode("utf-8-sig") if as_table else simulation_text(card, ENGLISH)


def projects_imported(settings: Settings, path: Path, workspace: str = "", *, dry: bool = False) -> str:
    """Take projects in from a table, or say what that would do. Raises NotDone with every fault; OSError."""
    with path.open("rb") as file:
        found = imports.read(process_library(), file.read(imports.MOST_BYTES + 1), imports.MOST_ROWS)
    with _opened(settings, workspace) as context:
        card = found if isinstance(found, ProjectsNotImported) else imports.take_in(context, found, dry=dry)
        if isinstance(card, ProjectsNotImported):
            raise NotDone("\n".join(said_of_faults(card, ENGLISH, str(path))))
        return "\n".join(said_of_import(card, ENGLISH))


def exported(
    settings: Settings, form: ExportFormat, filters: str, out: TextIO, workspace: str = "", *, history: bool = False
) -> None:
    """Write an export to `out` while it is read; as CSV, the table of milestones with `history`. Raises NotDone."""
    with _opened(settings, workspace, writes=False) as context:
        chosen = selection.checked(context, filters)
        if form is ExportFormat.HTML:
            out.writelines(portfolio_page(report_of(context, chosen), ENGLISH))
            return
        card = export_of(context, form, chosen)
        make = JsonWriter if form is ExportFormat.JSON else table_of_history if history else table_of_projects
        write(card, make(card, out))


def _read(path: Path) -> tuple[Framework, str]:
    with path.open("rb") as file:
        content = file.read(frameworks.MOST_BYTES + 1)
    found = (
        ImportRefused(NotImported.TOO_LARGE)
        if len(content) > frameworks.MOST_BYTES
        else frameworks.read(process_library(), content, ALL)
    )
    if not isinstance(found, ImportRefused):
        return found
    if found.faults:
        raise NotDone("\n".join(f"{path}: {fault}" for fault in found.faults))
    raise NotDone(_said(found))


@contextmanager
def _opened(settings: Settings, workspace: str, *, writes: bool = True) -> Iterator[Context]:
    """A transaction of the one workspace there is, or of the one that is named by the platform's id."""
    parts = compose(settings)
    try:
        known = parts.store.installations()
        meant = [each for each in known if workspace in ("", each[2])]
        tenants = {tenant_id for tenant_id, _, _ in meant}
        if len(tenants) != 1:
            names = ", ".join(external for _, _, external in known)
            raise NotDone(
                f"Which workspace? Name one with --workspace: {names}"
                if known
                else "No workspace has spoken to the bot yet. Say something to it in chat first."
            )
        opened = parts.store.of_tenant if writes else parts.store.reading_tenant
        with opened(tenants.pop()) as tx:
            nobody = Person(id="", name="", timezone=settings.timezone, is_admin=True)
            yield Context(tx=tx, actor=nobody, library=parts.conversation.library, now=parts.clock.now())
    except Refused as refused:
        raise NotDone(plain(present_refusal(refused, ENGLISH))) from None
    finally:
        parts.core.close()
        parts.engines.dispose()


def _typed(text: str) -> Command:
    return Command(key="", actor=Actor("", "", ""), spot=Spot(""), text=text)


def _said(card: FrameworkList | FrameworkCard | FrameworkChosen | ImportRefused) -> str:
    """A page as text; nobody presses buttons here."""
    view = present(card, ENGLISH)
    assert isinstance(view, View), card
    return plain(View(view.text, tuple(part for part in view.parts if not isinstance(part, Buttons))))
