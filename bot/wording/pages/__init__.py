"""Pages: from what a use case found out to a view. A page picks slots and buttons; it holds no sentence."""

from bot.wording.pages import (  # noqa: F401 - importing a subject registers its pages with `present`
    administration,
    aged_gaps,
    ageing,
    asking,
    blockers,
    cadence,
    commands,
    digests,
    evidence,
    files,
    follow_ups,
    frameworks,
    gaps,
    history,
    home,
    imports,
    interview,
    ledger,
    leverage,
    links,
    pictures,
    portfolio,
    portfolio_lists,
    projects,
    questionnaire,
    receipt,
    reminders,
    respondents,
    results,
    schedule,
    simulation,
    status,
    traps,
    waivers,
    whatif,
)
from bot.wording.pages.commands import command_descriptions
from bot.wording.pages.presenting import present
from bot.wording.pages.refusals import present_fault, present_field_faults, present_loading, present_refusal

__all__ = [
    "command_descriptions",
    "present",
    "present_fault",
    "present_field_faults",
    "present_loading",
    "present_refusal",
]
