"""What opened a form, in a few words that its card carries: from them the same form can be made again. Pure."""

from collections.abc import Mapping

from bot.chat.incoming import Command, Incoming, Press, Say, Spot, Submit


def opener_of(incoming: Incoming) -> dict[str, str]:
    """The words for whatever a form answers."""
    place = {} if incoming.spot.direct else {"channel": incoming.spot.channel}
    match incoming:
        case Press(press=press, value=value):
            return {"press": press, "value": value, **place}
        case Command(name=name, text=text):
            return {"command": name, "text": text, **place}
        case Say(text=text):
            return {"said": text, **place}
    return {}


def opened_again(opener: Mapping[str, str], submit: Submit) -> Incoming | None:
    """The incoming that asks for that form again, by whoever submitted it."""
    channel = opener.get("channel", "")
    spot = Spot(channel) if channel else submit.spot
    key, value = f"{submit.key}:again", opener.get("value", "")
    if "press" in opener:
        return Press(key, submit.actor, spot, press=opener["press"], value=value)
    if "command" in opener:
        return Command(key, submit.actor, spot, name=opener["command"], text=opener.get("text", ""))
    if "said" in opener:
        return Say(key, submit.actor, spot, text=opener["said"], takes_forms=True)
    return None
