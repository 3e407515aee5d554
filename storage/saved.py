"""Filters that people keep under names."""

from collections.abc import Mapping

from storage.bound import Bound, table_of
from storage.saved_tables import SavedFiltersRow

SAVED = table_of(SavedFiltersRow)


class SavedFilters:
    """Fulfils `bot.usecases.portfolio_ports.SavedFilters`."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def of_person(self, person_id: str) -> Mapping[str, str]:
        """Name -> filters, by name."""
        theirs = self._bound.select(SAVED).where(SAVED.c.person_id == person_id).order_by(SAVED.c.name)
        return {row.name: row.filters for row in self._bound.rows(theirs)}

    def save(self, person_id: str, name: str, filters: str) -> None:
        """Keep them, in the place of what had this name."""
        self._bound.upsert(SAVED, {"person_id": person_id, "name": name, "filters": filters})

    def remove(self, person_id: str, name: str) -> None:
        """Forget them."""
        self._bound.delete(SAVED, SAVED.c.person_id == person_id, SAVED.c.name == name)
