"""The table of forms: what each submission does, by the form's name."""

from collections.abc import Mapping

from bot.chat.incoming import Submit
from bot.rows import May, Row
from bot.usecases import claims, commitments, projects, waivers

FORMS: Mapping[str, Row[Submit]] = {
    "project": Row(projects.save),
    "commitment": Row(commitments.set_date, may=May.HOLDER),
    "resolved": Row(claims.resolve, may=May.HOLDER),
    "waiver": Row(waivers.ask, may=May.OWNER),
    "waiver_refusal": Row(waivers.refuse, may=May.APPROVER),
}
