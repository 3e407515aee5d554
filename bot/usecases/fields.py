"""What a submitted form holds, read field by field."""

from collections.abc import Mapping
from datetime import date

from bot.readiness.refusals import FieldsRefused

Fields = Mapping[str, str | tuple[str, ...] | None]
"""A field's id to its text, its choice, or its choices; None where it was left empty."""


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
