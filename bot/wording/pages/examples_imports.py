"""Examples of projects that come from a table."""

from collections.abc import Mapping

from bot.readiness.cards import FormOffer
from bot.readiness.framework_cards import NotImported
from bot.readiness.import_cards import ChangedProject, NewProject, ProjectsForm, ProjectsImport, ProjectsNotImported
from bot.readiness.sheets import SheetFault, SheetMistake
from bot.readiness.standings import columns
from bot.wording.pages.examples_projects import FRAMEWORK

_NEW = tuple(NewProject(f"invoice-{number}", f"Invoice reader {number}", "Mei Tan") for number in range(1, 31))
_CHANGED = (
    ChangedProject("churn", "Churn prediction", (("exposure", "2", "3"), ("team", "", "Growth"))),
    ChangedProject("notes", "Visit notes " * 15, tuple((column, "x" * 200, "") for column in columns(FRAMEWORK)[:9])),
)
_FAULTS = tuple(
    SheetFault(mistake, number, "exposure", "w" * 90, ("1", "2", "3"))
    for number, mistake in enumerate(SheetMistake, start=2)
)


def examples() -> Mapping[str, object]:
    """Name of an example -> its card."""
    return {
        "projects_offer": FormOffer("projects_import"),
        "projects_form": ProjectsForm(columns(FRAMEWORK)),
        "projects_looked_at": ProjectsImport(_NEW, _CHANGED, 7, 2, done=False, offered="12"),
        "projects_looked_at_pasted": ProjectsImport(_NEW[:1], _CHANGED[:1], 1, 1, done=False),
        "projects_imported": ProjectsImport(_NEW[:2], (), 0, 0, done=True),
        "projects_as_they_are": ProjectsImport((), (), 12, 0, done=True),
        "projects_faults": ProjectsNotImported(NotImported.FAULTS, _FAULTS * 2),
        "projects_one_fault": ProjectsNotImported(NotImported.FAULTS, _FAULTS[:1]),
        **{
            f"projects_{reason.value}": ProjectsNotImported(reason)
            for reason in NotImported
            if reason not in (NotImported.FAULTS, NotImported.TAKEN)
        },
    }
