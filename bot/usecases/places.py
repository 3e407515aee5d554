"""Channels, as places the bot may post into."""

from dataclasses import replace

from bot.readiness.assessment import Place
from bot.usecases.people import new_id
from bot.usecases.ports import Context


def place_of(context: Context, channel: str, name: str = "") -> Place:
    """The place of a channel, written down when it is new; a form gives no name, a command in the channel does."""
    known = context.tx.places.of_channel(channel)
    if known is None:
        known = Place(id=new_id(), channel=channel, name=name)
        context.tx.places.add(known)
    elif name and name != known.name:
        known = replace(known, name=name)
        context.tx.places.save(known)
    return known
