"""What a submitted form holds, read field by field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from bot.readiness.refusals import FieldsRefused
from bot.readiness.typed_times import NotUnderstood

T = TypeVar("T")

Fields = Mapping[str, str | tuple[str, ...] | None]
"""A field's id to its text, its choice, or its choices; None where it was left empty."""


@dataclass(slots=True)
class Reading:
    """Fields that are read one after another; what is wrong with them is told all at once."""

    fields: Fields
    faults: dict[str, str] = field(default_factory=dict)

    def read(self, name: str, understood: Callable[[str], T]) -> T | None:
        """What a field says; None where it was left empty or could not be understood (NotUnderstood names why)."""
        return self._understood(name, understood) if word_of(self.fields, name) else None

    def must(self, name: str, understood: Callable[[str], T], before: T) -> T:
        """The same for a field that must not be left empty; `before` where it is faulty, or the form has none such."""
        found = self._understood(name, understood) if name in self.fields else before
        return before if found is None else found

    def may(self, name: str, understood: Callable[[str], T], before: T, empty: T) -> T:
        """The same for a field that may be left empty, which then means `empty`."""
        found = self.read(name, understood)
        return before if name not in self.fields else empty if found is None else found

    def _understood(self, name: str, understood: Callable[[str], T]) -> T | None:
        try:
            return understood(word_of(self.fields, name))
        except NotUnderstood as fault:
            self.faults[name] = fault.code
            return None

    def end(self) -> None:
        """Raise FieldsRefused with every fault, if there is any."""
        if self.faults:
            raise FieldsRefused(self.faults)


def whole_number(most: int, code: str) -> Callable[[str], int]:
    """Reads a whole number from 1 to `most`."""

    def understood(written: str) -> int:
        if not (written.isascii() and written.isdigit() and 1 <= int(written) <= most):
            raise NotUnderstood(written, code)
        return int(written)

    return understood


def day_of(fields: Fields, field: str) -> date:
    """A day that a form must name. Raises FieldsRefused."""
    written = word_of(fields, field)
    if not written:
        raise FieldsRefused({field: "missing"})
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise FieldsRefused({field: "date_form"}) from None


def word_of(fields: Fields, field: str) -> str:
    """What a field holds, without the blanks around it; "" when it was left empty or is not there."""
    value = fields.get(field)
    return ((value[0] if value else "") if isinstance(value, tuple) else value or "").strip()
