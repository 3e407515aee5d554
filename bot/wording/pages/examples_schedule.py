"""One card for every page of one's own time: for the tests of the limits."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta

from bot.readiness.administration import OrganizationSettings
from bot.readiness.preferences import Absence, Preferences
from bot.readiness.schedule_cards import (
    AbsenceCard,
    AbsenceSaid,
    ScheduleCard,
    ScheduleForm,
    Send,
    SendKind,
    SkipForm,
    SkippedCard,
    SnoozeCard,
)
from bot.wording.pages.examples_projects import MEI, NOW, OLIVIA, PROJECT, ZONE

ABSENCE = Absence("x1", MEI.id, date(2026, 12, 20), date(2027, 1, 3), MEI.id)
DAY = replace(ABSENCE, last=ABSENCE.first)
LATER = NOW + timedelta(days=1)
EVERYBODY = OrganizationSettings(region="DE")
OWN = Preferences(
    "Asia/Singapore", time(8, 30), time(16), frozenset({0, 1, 2, 4}), "", 2, time(10), backup_id=OLIVIA.id
)
SENDS = (
    Send(SendKind.REMINDER, LATER),
    Send(SendKind.REASSESSMENT, LATER, PROJECT),
    Send(SendKind.DIGEST, LATER),
    Send(SendKind.WAITING, LATER),
    Send(SendKind.WAITING, LATER, count=3),
    *(Send(SendKind.DEADLINE, LATER, PROJECT),) * 20,
)


def examples() -> Mapping[str, object]:
    """Page name -> card."""
    back = date(2027, 1, 4)
    mine = ScheduleCard(MEI, OWN, EVERYBODY, SENDS, (ABSENCE, DAY) * 9, OLIVIA, LATER, saved=True)
    return {
        "absence": AbsenceCard(MEI, AbsenceSaid.SET, (ABSENCE, DAY) * 9, back, OLIVIA, is_own=False),
        "absence_own": AbsenceCard(MEI, AbsenceSaid.SHOWN, (DAY,), back, None, is_own=True),
        "absence_none": AbsenceCard(MEI, AbsenceSaid.SHOWN, (), None, None, is_own=True),
        "absence_cleared": AbsenceCard(MEI, AbsenceSaid.CLEARED, (), None, None, is_own=False),
        "snoozed": SnoozeCard(LATER, LATER, ZONE),
        "snooze_off": SnoozeCard(None, None, ZONE),
        "skip_week": SkipForm(),
        "skipped": SkippedCard(LATER, ZONE),
        "skipped_for_good": SkippedCard(None, ZONE),
        "schedule": mine,
        "schedule_bare": ScheduleCard(
            OLIVIA, Preferences(reminds=False), replace(EVERYBODY, region=""), (), (), None, None
        ),
        "schedule_form": ScheduleForm(MEI, OWN, EVERYBODY, OLIVIA),
        "schedule_form_bare": ScheduleForm(OLIVIA, Preferences(), OrganizationSettings(), None),
    }
