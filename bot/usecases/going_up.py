"""What goes up: what waits for its reader takes more of the same along, and managers read of all projects at once.

It is owed at the end of the transaction, as it may be owed to several, and two such must not wait for each other.
"""

from collections.abc import Mapping
from datetime import timedelta

from bot.readiness.ladder import RUNG
from bot.readiness.notices import Notice, NoticeKind
from bot.usecases.people import new_id
from bot.usecases.ports import Context

GATHERED = timedelta(hours=1)
"""How long the first word to a manager waits for more: what is due on one morning is kept one after the other."""


def go_up(context: Context, notice: Notice) -> None:
    """Owe somebody this, or what is new in it beside what they have not read yet. Its parameters are named by ids."""
    context.going_up.append(notice)


def to_manager(context: Context, kind: NoticeKind, person_id: str, facts: Mapping[str, str]) -> Notice:
    """A notice that takes more from whatever project; its subject is its reader."""
    key = f"{kind.value}:{person_id}:{new_id()}"
    return Notice(key, kind, person_id, person_id, parameters=facts, due_at=context.now + GATHERED)


def settle(context: Context) -> None:
    """Owe what has gone up in this transaction."""
    context.tx.notices.gather(context.going_up, RUNG)
    context.going_up.clear()
