"""The bot comes into a chat or a channel: it says who it is, once, and what waited for this goes out."""

from bot.chat.incoming import Joined
from bot.readiness.cards import Welcome
from bot.readiness.notices import NoticeKind
from bot.usecases.places import place_of
from bot.usecases.ports import Context


def joined(context: Context, joined: Joined) -> Welcome:
    """Somebody added the bot. What it could not deliver here before is due again."""
    if joined.spot.direct:
        released = context.tx.notices.release_person(context.actor.id, NoticeKind)
    else:
        released = context.tx.notices.release(place_of(context, joined.spot.channel, joined.spot.name).id)
    return Welcome(direct=joined.spot.direct, released=released)
