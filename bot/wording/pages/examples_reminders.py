"""One card for every page of reminders, as full as it gets: for the tests of the limits."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.readiness.assessment import Assessment
from bot.readiness.ladder import Rung
from bot.readiness.reminder_cards import (
    EscalationCard,
    EscalationsCard,
    Owed,
    OwedCheck,
    OwedCommitment,
    OwedContest,
    OwedInterview,
    OwedWaiver,
    ReminderCard,
    Silent,
)
from bot.readiness.schedule_cards import Reach
from bot.wording.pages.examples_blockers import COMMITMENT, WAIVER
from bot.wording.pages.examples_interviews import INTERVIEW
from bot.wording.pages.examples_projects import ANSWERS, FRAMEWORK, MEI, NOW, OLIVIA, PROJECT, ZONE
from bot.wording.pages.examples_respondents import CONTEST, DIMENSION

ASKED = OwedInterview(PROJECT, INTERVIEW, NOW + timedelta(days=4))
BEGUN = replace(
    ASKED,
    interview=replace(INTERVIEW, answered=frozenset(INTERVIEW.questions[1:])),
    handed=((DIMENSION, OLIVIA), (FRAMEWORK.dimensions[2], MEI)),
)
FULL = Owed(
    interviews=(BEGUN, *(ASKED,) * 11),
    waivers=(OwedWaiver(PROJECT, DIMENSION, WAIVER, OLIVIA),) * 6,
    checks=(OwedCheck(PROJECT, DIMENSION, ANSWERS[1], OLIVIA),) * 6,
    contests=(OwedContest(PROJECT, DIMENSION, CONTEST, (MEI, OLIVIA)),) * 6,
    commitments=tuple(OwedCommitment(PROJECT, DIMENSION, COMMITMENT, overdue) for overdue in (0, 1, 2, 3, 4, 5)),
)
HINDERED = Reach(MEI, (NOW + timedelta(days=2)).date(), OLIVIA, reminds=False, skip_reason="The <audit> comes first.")
SILENT = Silent(MEI, INTERVIEW, NOW, (HINDERED,))
WAITING = Assessment("as1", PROJECT.id, "example", "1", NOW, OLIVIA.id, NOW + timedelta(days=4))
ESCALATION = EscalationCard(PROJECT, WAITING, Rung.OWNER, (SILENT,), ZONE)


MANY = tuple(
    replace(
        ESCALATION,
        project=replace(PROJECT, id=f"p{number}", name=f"{PROJECT.name} {number}"),
        rung=Rung.MANAGERS,
        silent=(SILENT, replace(SILENT, respondent=OLIVIA, hindered=())) * 10,
    )
    for number in range(60)
)


def examples() -> Mapping[str, object]:
    """Page name -> card."""
    return {
        "reminder": ReminderCard(FULL, ZONE),
        "reminder_of_one": ReminderCard(Owed(interviews=(ASKED,)), ZONE),
        **{f"escalation_{rung.name.lower()}": replace(ESCALATION, rung=rung) for rung in Rung if rung},
        "escalation_ended": replace(ESCALATION, rung=Rung.MANAGERS, ended=True),
        "escalations": EscalationsCard((*MANY[:2], replace(ESCALATION, rung=Rung.MANAGERS, ended=True)), ZONE),
        "escalations_of_many": EscalationsCard(MANY, ZONE),
        **{
            f"escalation_of_many_{rung.name.lower()}": replace(ESCALATION, rung=rung, silent=(SILENT,) * 20)
            for rung in Rung
            if rung
        },
    }
