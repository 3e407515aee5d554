"""Channels, as places the bot may post into."""

from dataclasses import replace

from bot.readiness.assessment import Place
from bot.usecases.people import new_id
from bot.usecases.ports import Context


def is_elsewhere(context: Context, place_id: str | None) -> bool:
    """Whether a channel is one of another platform than the actor's."""
    if place_id is None:
        return False
    here = context.tx.places.of_channel(context.tx.places.get(place_id).channel)
    return here is None or here.id != place_id


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
