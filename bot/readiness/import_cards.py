"""Cards about projects that come from a table: the form that takes it, and what became of it."""

from dataclasses import dataclass

from bot.readiness.framework_cards import NotImported
from bot.readiness.sheets import SheetFault


@dataclass(frozen=True, slots=True)
class ProjectsForm:
    """The form that takes a table of projects, as a file or pasted; `columns` are those it may have."""

    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewProject:
    """A project that was not there."""

    key: str
    name: str
    owner: str


@dataclass(frozen=True, slots=True)
class ChangedProject:
    """A project of which something is different: (column, what it was, what it is)."""

    key: str
    name: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ProjectsImport:
    """What a table makes or changes; `unchanged` are as it says already, `left_out` are archived by its own word.

    `done` says whether it happened or only would; `offered` is what a button to do it carries, "" without one.
    """

    created: tuple[NewProject, ...]
    changed: tuple[ChangedProject, ...]
    unchanged: int
    left_out: int
    done: bool
    offered: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.created or self.changed)


@dataclass(frozen=True, slots=True)
class ProjectsNotImported:
    """A table was not taken in, and nothing has changed; `faults` are all of them."""

    reason: NotImported
    faults: tuple[SheetFault, ...] = ()
