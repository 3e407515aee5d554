"""Channels, as places the bot may post into."""

from bot.readiness.assessment import Place
from bot.usecases.people import new_id
from bot.usecases.ports import Context


def place_of(context: Context, channel: str, name: str = "") -> Place:
    """The place of a channel, written down when it is new."""
    known = context.tx.places.of_channel(channel)
    if known is not None:
        return known
    place = Place(id=new_id(), channel=channel, name=name)
    context.tx.places.add(place)
    return place
