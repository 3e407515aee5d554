"""Files that the platform would not take: told to the person, kept, and sent again once repaired."""

from bot.chat.incoming import Press
from bot.readiness.cards import Act, Done
from bot.readiness.file_cards import FilesHeldCard
from bot.readiness.notices import FILES, Notice, NoticeKind
from bot.usecases.ports import Context


def owe_word(context: Context, notice: Notice, attempts: int, reason: str) -> None:
    """Tell the person, once for each time a file is held, that it waits and how to repair it."""
    context.tx.notices.put(
        Notice(
            key=f"{NoticeKind.FILES_HELD.value}:{notice.key}:{attempts}",
            kind=NoticeKind.FILES_HELD,
            subject=notice.subject,
            person_id=notice.person_id,
            parameters={"reason": reason},
        )
    )


def held_files(_context: Context, notice: Notice) -> FilesHeldCard:
    """What the person reads."""
    return FilesHeldCard(notice.parameters["reason"])


def send_again(context: Context, _press: Press) -> Done:
    """Make the actor's own held files due again."""
    count = context.tx.notices.release_person(context.actor.id, FILES)
    return Done(Act.FILES_COME, {"count": str(count)})
