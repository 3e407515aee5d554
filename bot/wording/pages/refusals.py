"""Refusals, faults of fields, and the fault of ours: what happened, what still holds, what to do next."""

from collections.abc import Mapping

from bot.chat.plain import plain_line
from bot.chat.view import Form, Paragraph, View
from bot.readiness.filters import FilterFault, FiltersRefused, Mistake
from bot.readiness.refusals import FieldsRefused, Refused
from bot.wording.engine import Words

FAULTS_SHOWN = 3
"""Mistakes that are named at once."""
WORDS_SHOWN = 8
"""Words that are named as allowed."""


def present_refusal(refused: Refused, words: Words) -> View:
    """Two lines, for the actor alone."""
    if isinstance(refused, FiltersRefused):
        said = "; ".join(_filter_fault(fault, words) for fault in refused.faults[:FAULTS_SHOWN])
        return _two_lines(words, refused.refusal.value, {"faults": said})
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


def _filter_fault(fault: FilterFault, words: Words) -> str:
    """What is wrong with one word of a query, and what is allowed in its place."""
    page, allowed = words.page("portfolio_filters"), ", ".join(fault.allowed[:WORDS_SHOWN])
    if fault.mistake is Mistake.OUT_OF_RANGE:
        allowed = page.text("range", least=fault.allowed[0], most=fault.allowed[1])
    elif len(fault.allowed) > WORDS_SHOWN:
        allowed = page.text("and_more", words=allowed)
    said = {"word": fault.word, "place": fault.place, "field": fault.field, "nearest": fault.nearest}
    return page.text(fault.mistake.value, allowed=allowed, **said)


def _two_lines(words: Words, slot: str, facts: Mapping[str, str]) -> View:
    said = words.page("refusals").line(slot, **facts)
    return View(text=plain_line(said), parts=(Paragraph(said),))
