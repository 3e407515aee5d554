"""The table of forms: what each submission does, by the form's name."""

from collections.abc import Mapping

from bot.chat.incoming import Submit
from bot.rows import May, Row
from bot.usecases import (
    administration,
    claims,
    commitments,
    digest_settings,
    evidence,
    follow_ups,
    frameworks,
    handovers,
    imports,
    own_schedule,
    projects,
    questionnaire,
    settling,
    snoozes,
    traps,
    waivers,
    whatif,
)

FORMS: Mapping[str, Row[Submit]] = {
    "project": Row(projects.save),
    "details": Row(follow_ups.details, may=May.ASKED),
    "questionnaire": Row(questionnaire.submit, may=May.ASKED),
    "hand_over": Row(handovers.submit, may=May.ASKED),
    "verify_contested": Row(settling.verify, may=May.READER),
    "doubt_evidence": Row(evidence.doubt, may=May.READER),
    "ask_to_check": Row(evidence.ask, may=May.READER),
    "schedule": Row(own_schedule.save),
    "skip_week": Row(snoozes.skip),
    "digest": Row(digest_settings.save, may=May.OWNER),
    "settings": Row(administration.save_settings, may=May.ADMIN),
    "correction": Row(traps.correct, may=May.READER),
    "commitment": Row(commitments.set_date, may=May.HOLDER),
    "resolved": Row(claims.resolve, may=May.HOLDER),
    "waiver": Row(waivers.ask, may=May.OWNER),
    "waiver_refusal": Row(waivers.refuse, may=May.APPROVER),
    "whatif": Row(whatif.submitted, reads=True, may=May.READER),
    "projects_import": Row(imports.submitted, may=May.MANAGER),
    "framework": Row(frameworks.import_submitted, may=May.ADMIN),
}
