"""The table of forms: what each submission does, by the form's name."""

from collections.abc import Mapping

from bot.chat.incoming import Submit
from bot.rows import May, Row
from bot.usecases import administration, evidence, projects

FORMS: Mapping[str, Row[Submit]] = {
    "project": Row(projects.save),
    "doubt_evidence": Row(evidence.doubt, may=May.READER),
    "ask_to_check": Row(evidence.ask, may=May.READER),
    "settings": Row(administration.save_settings, may=May.ADMIN),
}
