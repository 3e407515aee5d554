"""The table of forms: what each submission does, by the form's name."""

from collections.abc import Mapping

from bot.chat.incoming import Submit
from bot.rows import May, Row
from bot.usecases import frameworks, projects

FORMS: Mapping[str, Row[Submit]] = {
    "project": Row(projects.save),
    "framework": Row(frameworks.import_submitted, may=May.ADMIN),
}
