"""Frameworks of an organization's own: list, show, import, choose. For admins; every change is on the trail."""

from collections.abc import Iterable

from bot.chat.incoming import Command, Incoming, Press, Submit
from bot.readiness.cards import FormOffer
from bot.readiness.framework import Framework
from bot.readiness.framework_cards import (
    FrameworkCard,
    FrameworkChosen,
    FrameworkForm,
    FrameworkLine,
    FrameworkList,
    ImportAwaited,
    ImportRefused,
    NotImported,
)
from bot.readiness.framework_versions import FrameworkFaults, FrameworkKey, FrameworkVersion, key_of
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.refusals import FieldsRefused, Refusal, Refused
from bot.usecases.people import new_id, require_admin
from bot.usecases.ports import Context, Library

MOST_BYTES = 1_000_000
"""Of a file that is imported."""
FAULTS_SHOWN = 30
KEYS_NAMED = 8


def versions(context: Context, _command: Command) -> FrameworkList:
    """All versions this organization can choose from, and which projects stand by which."""
    require_admin(context)
    stored, shipped = context.tx.frameworks.all(), context.library.all_shipped()
    assessed, asked = context.tx.frameworks.assessed(), context.tx.frameworks.asked()
    current = key_of(context.framework)
    names = {key: framework.name for key, framework in shipped.items()} | {each.key: each.name for each in stored}
    imported = {each.key: each for each in stored}
    importers = context.tx.people.many({each.imported_by for each in stored if each.imported_by})
    # An older version that Bridgehead shipped is of interest only where something still stands by it.
    older = set(shipped) - {key_of(context.library.shipped), current} - set(assessed) - set(asked)
    lines = [
        FrameworkLine(
            key=key,
            name=name,
            is_current=key == current,
            assessed=tuple(assessed.get(key, ())),
            asked=tuple(asked.get(key, ())),
            imported_at=imported[key].imported_at if key in imported else None,
            imported_by=importers.get(imported[key].imported_by or "") if key in imported else None,
        )
        for key, name in names.items()
        if key not in older or key in imported
    ]
    return FrameworkList(tuple(sorted(lines, key=lambda line: not line.is_current)), context.actor.timezone)


def show(context: Context, command: Command) -> FrameworkCard:
    """One framework: the current one, the newest of an id, or the version named. Raises Refused NO_SUCH_FRAMEWORK."""
    require_admin(context)
    return _shown(context, *_words(command.text))


def show_pressed(context: Context, press: Press) -> FrameworkCard:
    """The same, for the version that a button carries."""
    require_admin(context)
    return _shown(context, *_words(press.value))


def use(context: Context, command: Command) -> FrameworkChosen:
    """Make a version current that is here already. Raises Refused NO_SUCH_FRAMEWORK."""
    require_admin(context)
    return _choose(context, _named(context, *_words(command.text)))


def use_pressed(context: Context, press: Press) -> FrameworkChosen:
    """The same, for the version that a button carries."""
    require_admin(context)
    return _choose(context, _named(context, *_words(press.value)))


def import_form(context: Context, _incoming: Incoming) -> FrameworkForm:
    """The form that takes a file."""
    require_admin(context)
    return FrameworkForm(context.framework)


def import_said(context: Context, command: Command) -> ImportAwaited | FormOffer:
    """The words with a file shared beside them; without one, a button opens the form."""
    require_admin(context)
    if not command.files:
        return FormOffer("framework_import")
    return _await_file(context, (file.id for file in command.files))


def import_submitted(context: Context, submit: Submit) -> ImportAwaited:
    """The form with its file. Raises FieldsRefused without one."""
    require_admin(context)
    files = submit.fields.get("file")
    if not isinstance(files, tuple) or not files:
        raise FieldsRefused({"file": "needed"})
    return _await_file(context, files)


def read(library: Library, content: bytes, most_faults: int = FAULTS_SHOWN) -> tuple[Framework, str] | ImportRefused:
    """A file's framework and its text, or why it is none. Touches no database, as reading takes its time."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ImportRefused(NotImported.NOT_TEXT)
    if "\x00" in text:
        return ImportRefused(NotImported.NOT_TEXT)
    try:
        return library.read(text), text
    except FrameworkFaults as found:
        return ImportRefused(NotImported.FAULTS, found.faults[:most_faults], len(found.faults))


def take_in(
    context: Context, framework: Framework, text: str, *, again: bool = False
) -> FrameworkChosen | ImportRefused:
    """Keep a framework that was read from `text`, and make it current. Doing it twice changes nothing.

    The same id and version with another text is refused: results rest on what it said. `again`: this very file was
    taken in before, and only the telling of it is repeated; what was chosen since then stays.
    """
    require_admin(context)
    key = key_of(framework)
    version = FrameworkVersion(key, framework.name, context.now, context.actor.id or None)
    known = context.tx.frameworks.text(key)
    if again and known == text:
        return _chosen(context, framework, imported=True, was_current=False)
    shipped = context.library.all_shipped().get(key)
    if known is None and shipped is not None:
        return _choose(context, key, framework) if shipped == framework else ImportRefused(NotImported.TAKEN, key=key)
    is_new = known is None and context.tx.frameworks.add(version, text)
    if not is_new and (known or context.tx.frameworks.text(key)) != text:
        return ImportRefused(NotImported.TAKEN, key=key)
    if is_new:
        facts = {"framework": key.id, "version": key.version, "characters": len(text)}
        context.tx.record("framework.imported", str(key), context.actor.id, facts)
    return _choose(context, key, framework, imported=is_new)


def _await_file(context: Context, files: Iterable[str]) -> ImportAwaited:
    """Owe the reading of a file: it is fetched after the answer, outside any transaction."""
    file_id = next(iter(files))
    context.tx.notices.put(
        Notice(key=f"import:{new_id()}", kind=NoticeKind.IMPORT, subject=file_id, person_id=context.actor.id)
    )
    return ImportAwaited()


def _choose(
    context: Context, key: FrameworkKey, given: Framework | None = None, *, imported: bool = False
) -> FrameworkChosen:
    before = key_of(context.framework)
    # What was just read is not taken from the library: it keeps for ever, and this transaction may still be undone.
    framework = given or context.library.of(context.tx, key)
    if key != before or context.tx.frameworks.current is None:
        context.tx.frameworks.choose(key)
    if key != before:
        facts = {"framework": [str(before), str(key)]}
        context.tx.record("framework.chosen", str(key), context.actor.id, facts)
    return _chosen(context, framework, imported=imported, was_current=key == before)


def _chosen(context: Context, framework: Framework, *, imported: bool, was_current: bool) -> FrameworkChosen:
    key = key_of(framework)
    asked, assessed = context.tx.frameworks.asked(), context.tx.frameworks.assessed()
    others = sorted(project for each, projects in asked.items() if each != key for project in projects)
    return FrameworkChosen(
        framework=framework,
        imported=imported,
        was_current=was_current,
        asked_by_others=tuple(others),
        assessed_by_others=sum(len(projects) for each, projects in assessed.items() if each != key),
    )


def _words(text: str) -> tuple[str, str]:
    """An id and a version, "" where there is none; a version may be of several words."""
    framework_id, _, version = text.strip().partition(" ")
    return framework_id.lower(), version.strip()


def _shown(context: Context, framework_id: str, version: str) -> FrameworkCard:
    current = context.framework
    if not framework_id:
        return FrameworkCard(current, is_current=True)
    key = _named(context, framework_id, version)
    return FrameworkCard(context.library.of(context.tx, key), is_current=key == key_of(current))


def _named(context: Context, framework_id: str, version: str) -> FrameworkKey:
    """The version that is meant; with an id alone the current one of it, else the one that came last."""
    known = [*context.library.all_shipped(), *(each.key for each in context.tx.frameworks.all())]
    if (key := FrameworkKey(framework_id, version)) in known:
        return key
    same_id = [key for key in known if key.id == framework_id]
    if same_id and not version:
        current = key_of(context.framework)
        return current if current in same_id else same_id[-1]
    unique = list(dict.fromkeys(same_id or known))
    raise Refused(
        Refusal.NO_SUCH_FRAMEWORK,
        word=f"{framework_id} {version}".strip()[:80],
        known=", ".join(str(key) for key in unique[-KEYS_NAMED:]),
    )
