"""One card for every page of administration: for the tests of the limits."""

from collections.abc import Mapping
from datetime import date, timedelta

from bot.readiness.administration import OrganizationSettings, TrailEntry
from bot.readiness.administration_cards import (
    ErasureCard,
    NudgeCard,
    NudgedCard,
    SettingsForm,
    SettingsSaved,
    TrailCard,
)
from bot.wording.pages.examples_interviews import INTERVIEW
from bot.wording.pages.examples_projects import MEI, NOW, OLIVIA, PROJECT, ZONE

OTHERS = {
    "blocker": ("claimed",),
    "commitment": ("begun", "dated", "given_back", "met", "taken"),
    "contest": ("agreed", "settled"),
    "evidence": ("confirmed", "doubted", "verified"),
    "framework": ("chosen", "imported"),
    "ladder": ("climbed", "passed"),
    "link": ("dead",),
    "person": ("away", "back", "erased"),
    "question": ("handed",),
    "reminder": ("skipped",),
    "reminders": ("off", "on"),
    "trap": ("corrected",),
    "unknown": ("escalated",),
    "waiver": ("approved", "asked", "lapsed", "met", "refused", "void", "withdrawn"),
}
CLOSED = {date(2026, 12, number): "Company day" for number in range(1, 31)}
ACTIONS: tuple[tuple[str, str, Mapping[str, object]], ...] = (
    ("project.created", PROJECT.id, {"key": "churn"}),
    ("projects.imported", "tenant", {"created": 12, "changed": 3}),
    ("project.edited", PROJECT.id, {"owner_id": [MEI.id, OLIVIA.id], "roles": [{}, {"risk": MEI.id}]}),
    ("project.moved", PROJECT.id, {"exposure": [2, 3], "target_date": [None, "2026-12-24"]}),
    ("project.archived", PROJECT.id, {}),
    ("project.nudged", PROJECT.id, {"people": [MEI.id]}),
    ("notice.released", "12", {}),
    ("digest.on", "x2", {"project": PROJECT.id, "weekday": ["0", "4"], "at": ["09:00", "14:30"]}),
    ("digest.off", "x2", {}),
    ("assessment.due", "assessment", {"project": "project", "questions": 4}),
    ("assessment.widened", "assessment", {"project": "project"}),
    ("assessment.started", "as1", {"project": PROJECT.id}),
    ("answer.agreed", "a1", {"dimension": "dimension-2"}),
    ("person.role", MEI.id, {"manager": [False, True]}),
    ("settings.changed", "settings", {"working_days": [5, 7]}),
    *((f"{subject}.{done}", "x1", {"dimension": "dimension-2"}) for subject, deeds in OTHERS.items() for done in deeds),
    ("something.else", "x" * 80, {"text": "y" * 200}),
)


def examples() -> Mapping[str, object]:
    """Page name -> card."""
    entries = tuple(
        TrailEntry(NOW, action, subject, OLIVIA.id if number else "", facts)
        for number, (action, subject, facts) in enumerate(ACTIONS)
    )
    persons = {MEI.id: MEI, OLIVIA.id: OLIVIA}
    return {
        "settings": SettingsForm(
            OrganizationSettings("place", 5, region="DE-BE", closed=CLOSED), "C0PORTFOLIO", ("wiki.example.com",) * 200
        ),
        "settings_bare": SettingsForm(OrganizationSettings()),
        "settings_saved": SettingsSaved(
            OrganizationSettings("place", 7, region="DE-BE", closed=CLOSED), "#ai-portfolio"
        ),
        "settings_saved_bare": SettingsSaved(OrganizationSettings()),
        "trail": TrailCard(entries, persons, {PROJECT.id: PROJECT}, None, ZONE),
        "trail_of": TrailCard(entries, persons, {PROJECT.id: PROJECT}, PROJECT, ZONE),
        "trail_empty": TrailCard((), {}, {}, PROJECT, ZONE),
        "erasure": ErasureCard(MEI, (PROJECT, PROJECT), 2, 2),
        "erasure_of_little": ErasureCard(MEI, (PROJECT,), 1, 1),
        "nudged": NudgedCard(PROJECT, (MEI,), (OLIVIA,)),
        "nudged_nobody": NudgedCard(PROJECT, (), (MEI,)),
        "nudge": NudgeCard(PROJECT, INTERVIEW, OLIVIA, NOW + timedelta(days=3), ZONE),
    }
