"""Refusals, faults of fields, and the fault of ours: what happened, what still holds, what to do next."""

from collections.abc import Mapping

from bot.chat.plain import plain_line
from bot.chat.view import Form, Paragraph, View
from bot.readiness.refusals import FieldsRefused, Refused
from bot.wording.engine import Words


def present_refusal(refused: Refused, words: Words) -> View:
    """Two lines, for the actor alone."""
    return _two_lines(words, refused.refusal.value, refused.facts)


def present_fault(reference: str, words: Words) -> View:
    """Something broke on our side; the reference finds it in the log."""
    return _two_lines(words, "fault", {"reference": reference})


def present_field_faults(refused: FieldsRefused, words: Words) -> Mapping[str, str]:
    """One sentence per faulty field."""
    page = words.page("field_faults")
    return {field: page.text(code) for field, code in refused.faults.items()}


def present_loading(words: Words) -> Form:
    """What stands in a window until its form is there."""
    page = words.page("edge")
    return Form(
        form="loading",
        title=page.text("loading_title"),
        submit="",
        fields=(),
        intro=(Paragraph(page.line("loading")),),
        cancel=page.text("cancel"),
    )


def _two_lines(words: Words, slot: str, facts: Mapping[str, str]) -> View:
    said = words.page("refusals").line(slot, **facts)
    return View(text=plain_line(said), parts=(Paragraph(said),))
