"""What is written to a response URL."""

from typing import Any

from bot.playground.call import Call
from bot.playground.gestures import Gestures
from bot.playground.methods_chat import content
from bot.playground.tickets import SlackError

Json = dict[str, Any]


def respond(gestures: Gestures, name: str, said: Json) -> tuple[int, str]:
    """Carry out what was written to a response URL; returns the HTTP status and body Slack answers."""
    space = gestures.space
    try:
        ticket = space.tickets.use_response(name)
    except SlackError as refusal:
        return 404, refusal.error
    old = space.message(ticket.channel, ticket.message_ts) if ticket.message_ts else None
    if said.get("delete_original"):
        if old is not None:
            with space.lock:
                space.messages[ticket.channel].remove(old)
            space.changed("message", channel=ticket.channel)
        return 200, "ok"
    call = Call(space, said)
    try:
        made = content(call)
    except SlackError as refusal:
        gestures.problem("response refused", said, {"error": refusal.error, **refusal.fields})
        return (500 if refusal.error == "no_text" else 400), refusal.error
    if said.get("replace_original") and old is not None:
        with space.lock:
            old.pop("blocks", None)
            old.update(made)
            if "_for" not in old:
                old["edited"] = {"user": space.bot_user, "ts": space.stamp()}
        space.changed("message", channel=ticket.channel)
        return 200, "ok"
    more: Json = {} if said.get("response_type") == "in_channel" else {"_for": ticket.user}
    # An answer inside a thread stays there when the app says so; Slack puts it into the channel otherwise.
    if thread := said.get("thread_ts"):
        more["thread_ts"] = thread
    space.add_message(ticket.channel, space.bot_message(made.pop("text"), **made, **more))
    return 200, "ok"
