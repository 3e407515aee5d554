"""Projects from a table: looked at first, then taken in within one transaction. For managers and admins."""

from collections.abc import Collection, Iterable, Mapping

from bot.chat.incoming import Command, Incoming, Press, Submit
from bot.readiness.assessment import Project
from bot.readiness.cards import FormOffer
from bot.readiness.framework_cards import ImportAwaited, NotImported
from bot.readiness.import_cards import (
    ChangedProject,
    NewProject,
    ProjectsForm,
    ProjectsImport,
    ProjectsNotImported,
)
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.refusals import FieldsRefused, Refusal, Refused
from bot.readiness.sheets import Sheet, SheetFaults, read_sheet
from bot.readiness.standings import columns, written
from bot.usecases import project_table, projects
from bot.usecases.fields import word_of
from bot.usecases.people import new_id, require_manager
from bot.usecases.ports import Context, Library
from bot.usecases.project_table import Understood

MOST_BYTES = 2_000_000
MOST_ROWS = 2_000
"""Both of one table: what is taken in keeps everybody else from writing meanwhile (docs/performance.md)."""
MOST_IN_CHAT = 300
"""So many for a second or two; who runs the bot chooses a quiet hour for more."""
AT_ONCE = "import"
"""What the form's choice says to take a table in without a look."""


def form(context: Context, _incoming: Incoming) -> ProjectsForm:
    """The form that takes a table."""
    require_manager(context)
    return ProjectsForm(columns(context.framework))


def said(context: Context, command: Command) -> ImportAwaited | FormOffer:
    """The words with a file shared beside them, which is looked at; without one, a button opens the form."""
    require_manager(context)
    if not command.files:
        return FormOffer("projects_import")
    return _await_file(context, (file.id for file in command.files), at_once=False)


def submitted(context: Context, submit: Submit) -> ImportAwaited | ProjectsImport | ProjectsNotImported:
    """The form with its file, or with what was pasted. Raises FieldsRefused without either, or with both."""
    require_manager(context)
    files, text = submit.fields.get("file"), word_of(submit.fields, "text")
    at_once = word_of(submit.fields, "then") == AT_ONCE
    if isinstance(files, tuple) and files:
        if text:
            raise FieldsRefused({"text": "one_of_both"})
        return _await_file(context, files, at_once=at_once)
    if not text:
        raise FieldsRefused({"file": "needed_or_text"})
    found = read(context.library, text.encode())
    return found if isinstance(found, ProjectsNotImported) else take_in(context, found, dry=not at_once)


def go_on(context: Context, press: Press) -> ImportAwaited:
    """Take in the file that was looked at. Raises Refused UNKNOWN_PRESS unless the actor has handed one in."""
    require_manager(context)
    try:
        looked = context.tx.notices.get(press.value).notice
    except KeyError:
        raise Refused(Refusal.UNKNOWN_PRESS) from None
    if looked.kind is not NoticeKind.PROJECTS_IMPORT or looked.person_id != context.actor.id:
        raise Refused(Refusal.UNKNOWN_PRESS)
    return _await_file(context, (looked.subject,), at_once=True)


def is_look(notice: Notice) -> bool:
    """Whether a notice of the kind only asks what a table would do."""
    return notice.parameters.get("then") != AT_ONCE


def read(_library: Library, content: bytes, most_rows: int = MOST_IN_CHAT) -> Sheet | ProjectsNotImported:
    """A file's table, or why it has none. Touches no database."""
    if len(content) > MOST_BYTES:
        return ProjectsNotImported(NotImported.TOO_LARGE)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ProjectsNotImported(NotImported.NOT_TEXT)
    if "\x00" in text:
        return ProjectsNotImported(NotImported.NOT_TEXT)
    try:
        return read_sheet(text, most_rows)
    except SheetFaults as found:
        return ProjectsNotImported(NotImported.FAULTS, found.faults)


def take_in(context: Context, sheet: Sheet, *, dry: bool, offered: str = "") -> ProjectsImport | ProjectsNotImported:
    """Make and change projects as the table says; with `dry`, only say what that would be.

    Doing it twice changes nothing. Where the table has a fault, everything stays as it is. `offered` is what a button
    to do it carries.
    """
    require_manager(context)
    try:
        found, left_out = project_table.understood(context, sheet, locks=not dry)
    except SheetFaults as faults:
        return ProjectsNotImported(NotImported.FAULTS, faults.faults)
    if not dry:
        # Only now that nothing is wrong anybody may be written down.
        found, left_out = project_table.understood(context, sheet, meets=True)
    news = [each for each in found if each.is_new or each.is_changed]
    names = _names(context, news)
    told = ProjectsImport(
        created=tuple(
            NewProject(each.project.key, each.project.name, names[each.project.owner_id])
            for each in news
            if each.is_new
        ),
        changed=tuple(_changed(context, each, names) for each in news if each.is_changed),
        unchanged=len(found) - len(news),
        left_out=left_out,
        done=not dry,
        offered=offered,
    )
    if not dry and news:
        _keep(context, news, told)
    return told


def _keep(context: Context, news: Collection[Understood], told: ProjectsImport) -> None:
    for each in news:
        projects.keep(context, each.old, each.project)
    projects.refresh(context, *(project for each in news for project in (each.old, each.project)))
    facts = {"created": len(told.created), "changed": len(told.changed)}
    context.tx.record("projects.imported", context.tx.tenant_id, context.actor.id, facts)


def _changed(context: Context, each: Understood, names: Mapping[str, str]) -> ChangedProject:
    assert each.old is not None
    before, after = (written(one, names, _channel(context, one)) for one in (each.old, each.project))
    changes = tuple(
        (column, _text(before.get(column)), _text(after.get(column)))
        for column in columns(context.framework)
        if before.get(column) != after.get(column)
    )
    return ChangedProject(each.project.key, each.project.name, changes)


def _names(context: Context, news: Iterable[Understood]) -> Mapping[str, str]:
    """Names of all who hold something, by id; whoever was never met goes by their account."""
    holders = {
        holder
        for each in news
        for one in (each.old, each.project)
        if one
        for holder in (one.owner_id, *one.roles.values())
    }
    known = context.tx.people.many(holders)
    return {holder: known[holder].name if holder in known else holder for holder in holders}


def _channel(context: Context, project: Project) -> str:
    if project.place_id is None:
        return ""
    known = context.tx.places.many((project.place_id,))
    # One that was never met stands there by the platform's id itself.
    return known[project.place_id].channel if project.place_id in known else project.place_id


def _text(value: str | int | None) -> str:
    return "" if value is None else str(value)


def _await_file(context: Context, files: Iterable[str], *, at_once: bool) -> ImportAwaited:
    """Owe the reading of a file: it is fetched after the answer, outside any transaction."""
    kind = NoticeKind.PROJECTS_IMPORT
    parameters = {"then": AT_ONCE} if at_once else {}
    key, file_id = f"{kind.value}:{new_id()}", next(iter(files))
    context.tx.notices.put(
        Notice(key=key, kind=kind, subject=file_id, person_id=context.actor.id, parameters=parameters)
    )
    return ImportAwaited()
