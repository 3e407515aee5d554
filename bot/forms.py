"""The table of forms: what each submission does, by the form's name."""

from collections.abc import Mapping

from bot.chat.incoming import Submit
from bot.rows import May, Row
from bot.usecases import follow_ups, projects, questionnaire

FORMS: Mapping[str, Row[Submit]] = {
    "project": Row(projects.save),
    "details": Row(follow_ups.details, may=May.ASKED),
    "questionnaire": Row(questionnaire.submit, may=May.ASKED),
}
