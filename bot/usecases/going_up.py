"""What goes up to managers: of all projects in one message, and once a day, however many projects there are."""

from dataclasses import replace

from bot.readiness.local_time import local_day, midnight
from bot.readiness.notices import Notice, NoticeKind
from bot.usecases.availability import availability_of
from bot.usecases.ports import Context


def go_up(context: Context, key: str, kind: NoticeKind, person_id: str, facts: dict[str, str]) -> None:
    """Owe a manager word of something. What still waits for them takes it along; after one today it waits for tomorrow.

    `facts` name what it is about by ids, so that those of several projects can stand in one notice.
    """
    notice = Notice(key, kind, subject=person_id, person_id=person_id, parameters=facts)
    if context.tx.notices.join(notice):
        return
    manager = availability_of(context, context.tx.people.get(person_id))
    today = midnight(local_day(context.now, manager.zone), manager.zone)
    had_one = context.tx.notices.unasked_since(person_id, today, kind) > 0
    context.tx.notices.put(replace(notice, due_at=manager.next_day(context.now) if had_one else None))
