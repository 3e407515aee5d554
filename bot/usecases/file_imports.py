"""Files that are taken in at delivery: how each kind is read, and what becomes of what was read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.readiness.framework_cards import ImportRefused, NotImported
from bot.readiness.import_cards import ProjectsNotImported
from bot.readiness.notices import Notice, NoticeKind
from bot.usecases import frameworks, imports
from bot.usecases.ports import Context, Library


@dataclass(frozen=True, slots=True)
class FileImport:
    """One kind of file.

    most_bytes  how large it may be
    read        its bytes to what is taken in, or to a card that says why not; touches no database
    refused     the card for a file that cannot be had, from the platform's reason
    take_in     what was read, within one transaction, to the card that says what came of it; given the outbox row's id
                and whether this very file was taken in before, and only the telling of it is repeated
    is_look     whether a notice only asks what would come of it
    """

    most_bytes: int
    read: Callable[[Library, bytes], object]
    refused: Callable[[str], object]
    take_in: Callable[[Context, Notice, str, Any, bool], object]
    is_look: Callable[[Notice], bool] = lambda _: False


def _framework(context: Context, _notice: Notice, _row_id: str, found: Any, again: bool) -> object:  # noqa: FBT001
    return found if isinstance(found, ImportRefused) else frameworks.take_in(context, *found, again=again)


def _projects(context: Context, notice: Notice, row_id: str, found: Any, _again: bool) -> object:  # noqa: FBT001
    if isinstance(found, ProjectsNotImported):
        return found
    dry = imports.is_look(notice)
    return imports.take_in(context, found, dry=dry, offered=row_id if dry else "")


IMPORTS: Mapping[NoticeKind, FileImport] = {
    NoticeKind.IMPORT: FileImport(
        most_bytes=frameworks.MOST_BYTES,
        read=frameworks.read,
        refused=lambda reason: ImportRefused(NotImported(reason)),
        take_in=_framework,
    ),
    NoticeKind.PROJECTS_IMPORT: FileImport(
        most_bytes=imports.MOST_BYTES,
        read=imports.read,
        refused=lambda reason: ProjectsNotImported(NotImported(reason)),
        take_in=_projects,
        is_look=imports.is_look,
    ),
}
