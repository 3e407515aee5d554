"""Examples of the pages of a project's cadence."""

from dataclasses import replace
from datetime import timedelta

from bot.readiness.assessment import Cadence
from bot.readiness.cadence_cards import AskedAgain, Because, CadenceCard, ReassessmentCard, VisitCard
from bot.readiness.project_cards import ProjectForm
from bot.readiness.reassessment import Why
from bot.wording.pages.examples_projects import FRAMEWORK, MEI, NOW, OLIVIA, PROJECT, ZONE


def examples() -> dict[str, object]:
    """Every cadence and reason, a re-assessment of some and of one question, a visit."""
    soon = NOW + timedelta(days=22)
    ruled = replace(PROJECT, cadence=Cadence.CRON, cadence_rule="0 9 1 * *", cadence_zone="Europe/Berlin")
    whys = tuple(zip(FRAMEWORK.dimensions, Why, strict=False))
    one = (AskedAgain(MEI, whys[:1]),)
    planned = {Because.OPEN: None, Because.NEVER_ASSESSED: None}
    cadences = {each: replace(PROJECT, cadence=each) for each in Cadence if each is not Cadence.CRON}
    return {
        **{
            f"cadence_{each.value}": CadenceCard(PROJECT, planned.get(each, soon), each, 15, ZONE, may_steer=True)
            for each in Because
        },
        **{
            f"cadence_set_{each.value}": CadenceCard(
                project, soon, Because.CADENCE, 30, ZONE, may_steer=True, changed=True
            )
            for each, project in cadences.items()
        },
        "cadence_rule": CadenceCard(ruled, soon, Because.CADENCE, 30, ZONE, may_steer=False),
        "reassessment": ReassessmentCard(
            PROJECT, "assessment", (AskedAgain(OLIVIA, whys[1:]), *one), 2, NOW + timedelta(days=7), ZONE
        ),
        "reassessment_of_one": ReassessmentCard(PROJECT, "assessment", one, 1, NOW + timedelta(days=7), ZONE),
        "reassessment_of_all": ReassessmentCard(PROJECT, "assessment", one, 0, NOW + timedelta(days=7), ZONE),
        "project_form_ruled": ProjectForm(FRAMEWORK, OLIVIA, ruled),
        "visit": VisitCard(PROJECT, NOW - timedelta(days=90), ZONE),
    }
