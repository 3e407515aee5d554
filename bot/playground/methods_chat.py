"""Web API: chat.*."""

from typing import Any

from bot.playground.call import Call
from bot.playground.limits import ATTACHMENTS, MARKDOWN_TOTAL, TEXT_TRUNCATED, UPDATE_TEXT, refuse_blocks
from bot.playground.payloads import message_out
from bot.playground.tickets import SlackError

Json = dict[str, Any]
_SCHEDULE_MOST_DAYS = 120
_SCHEDULE_WINDOW, _SCHEDULE_MOST = 300, 30


def content(call: Call, *, text_most: int | None = None) -> Json:
    """Return the checked content of a message: text, blocks, attachments. Refuses what Slack refuses."""
    blocks, text = _with_markdown(call, call.nested("blocks"), call.text("text"))
    attachments = call.nested("attachments") or []
    if blocks is not None and not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    if not text and not blocks and not attachments:
        raise SlackError("no_text")
    if text_most and len(text) > text_most:
        raise SlackError("msg_too_long")
    refuse_blocks(blocks or [])
    if len(attachments) > ATTACHMENTS:
        raise SlackError("too_many_attachments")
    for attachment in attachments:
        refuse_blocks(attachment.get("blocks") or [])
    made: Json = {"text": text[:TEXT_TRUNCATED]}
    if blocks:
        made["blocks"] = call.space.name_blocks(blocks)
    if attachments:
        made["attachments"] = attachments
    return made


def _with_markdown(call: Call, blocks: Any, text: str) -> tuple[Any, str]:
    markdown = call.text("markdown_text")
    if not markdown:
        return blocks, text
    if blocks or text:
        raise SlackError("markdown_text_conflict")
    if len(markdown) > MARKDOWN_TOTAL:
        raise SlackError("msg_too_long")
    return [{"type": "markdown", "text": markdown}], markdown


def _metadata(call: Call) -> Json:
    found = call.nested("metadata")
    if found is None:
        return {}
    if not isinstance(found, dict) or not found.get("event_type") or not isinstance(found.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    return {"metadata": found}


def post_message(call: Call) -> Json:
    """Post to a place; a user id as channel opens the conversation with that person."""
    space = call.space
    channel = space.channel_for_bot(call.text("channel"), write=True)
    made = content(call) | _metadata(call)
    if space.strict_pace:
        space.pace.spend(channel["id"], space.clock.real())
    if thread := call.text("thread_ts"):
        if space.message(channel["id"], thread) is None:
            raise SlackError("thread_not_found")
        made["thread_ts"] = thread
        if call.flag("reply_broadcast"):
            made["subtype"] = "thread_broadcast"
    if given := call.text("client_msg_id"):
        made["client_msg_id"] = given
    message = space.add_message(channel["id"], space.bot_message(made.pop("text"), **made))
    announce(call, channel, message)
    answer = {"channel": channel["id"], "ts": message["ts"], "message": message_out(message)}
    if len(call.text("text")) > TEXT_TRUNCATED:
        answer["response_metadata"] = {"warnings": ["message_truncated"], "messages": ["[WARN] message_truncated"]}
    return answer


def announce(call: Call, channel: Json, message: Json) -> None:
    """Send the app the event of its own message, as Slack does where it subscribed."""
    kind = {"im": "im", "private": "groups", "channel": "channels"}[channel["kind"]]
    channel_type = {"im": "im", "private": "group", "channel": "channel"}[channel["kind"]]
    if call.space.bot_user in channel["members"]:
        event = message_out(message) | {"channel": channel["id"], "channel_type": channel_type}
        call.space.on_event(f"message.{kind}", event | {"event_ts": message["ts"]})


def _own(call: Call, channel: Json, ts: str, refusal: str) -> Json:
    message = call.space.message(channel["id"], ts)
    if message is None or "_for" in message:
        raise SlackError("message_not_found")
    if message.get("bot_id") != call.space.app["bot_id"]:
        raise SlackError(refusal)
    return message


def update(call: Call) -> Json:
    """Replace the content of one of the bot's messages."""
    space = call.space
    channel = space.channel_for_bot(call.text("channel"))
    message = _own(call, channel, call.need("ts"), "cant_update_message")
    made = content(call, text_most=UPDATE_TEXT) | _metadata(call)
    with space.lock:
        before = message_out(message)
        # Blocks left out are kept; an empty list removes them (docs.slack.dev chat.update).
        if call.nested("blocks") == []:
            message.pop("blocks", None)
        message.update(made, edited={"user": space.bot_user, "ts": space.stamp()})
    space.changed("message", channel=channel["id"])
    _changed(call, channel, "message_changed", {"message": message_out(message), "previous_message": before})
    return {"channel": channel["id"], "ts": message["ts"], "text": message["text"], "message": message_out(message)}


def _changed(call: Call, channel: Json, subtype: str, more: Json) -> None:
    stamp = call.space.stamp()
    announce(call, channel, {"type": "message", "subtype": subtype, "hidden": True, "ts": stamp, **more})


def delete(call: Call) -> Json:
    """Delete one of the bot's messages."""
    space = call.space
    channel = space.channel_for_bot(call.text("channel"))
    message = _own(call, channel, call.need("ts"), "cant_delete_message")
    with space.lock:
        space.messages[channel["id"]].remove(message)
    space.changed("message", channel=channel["id"])
    more = {"deleted_ts": message["ts"], "previous_message": message_out(message)}
    _changed(call, channel, "message_deleted", more)
    return {"channel": channel["id"], "ts": message["ts"]}


def post_ephemeral(call: Call) -> Json:
    """Show a message to one person in a place."""
    space = call.space
    channel = space.channel_for_bot(call.text("channel"), write=True)
    user = call.need("user")
    if user not in channel["members"] or user not in space.people:
        raise SlackError("user_not_in_channel")
    made = content(call)
    if thread := call.text("thread_ts"):
        made["thread_ts"] = thread
    message = space.add_message(channel["id"], space.bot_message(made.pop("text"), **made, _for=user))
    return {"message_ts": message["ts"]}


def schedule_message(call: Call) -> Json:
    """Keep a message for later. With `metadata` it never posts: Slack's own bug, kept on purpose."""
    space = call.space
    channel = space.channel_for_bot(call.text("channel"), write=True)
    made = content(call) | _metadata(call)
    post_at, now = call.whole("post_at", 0), space.clock.now()
    if post_at <= now:
        raise SlackError("time_in_past")
    if post_at > now + _SCHEDULE_MOST_DAYS * 86_400:
        raise SlackError("time_too_far")
    near = [row for row in space.scheduled.values() if row["channel_id"] == channel["id"]]
    if sum(row["post_at"] // _SCHEDULE_WINDOW == post_at // _SCHEDULE_WINDOW for row in near) >= _SCHEDULE_MOST:
        raise SlackError("restricted_too_many")
    row = {"id": space.serial("Q"), "channel_id": channel["id"], "post_at": post_at, "date_created": int(now)}
    if thread := call.text("thread_ts"):
        made["thread_ts"] = thread
    space.scheduled[row["id"]] = {**row, "text": made["text"], "_made": made}
    message = space.bot_message(made["text"], type="delayed_message")
    answer = {"scheduled_message_id": row["id"], "channel": channel["id"], "post_at": post_at}
    return answer | {"message": message}


def delete_scheduled(call: Call) -> Json:
    """Take back a kept message."""
    found = call.space.scheduled.get(call.need("scheduled_message_id"))
    if found is None or found["channel_id"] != call.space.channel_for_bot(call.text("channel"))["id"]:
        raise SlackError("invalid_scheduled_message_id")
    del call.space.scheduled[found["id"]]
    return {}


def list_scheduled(call: Call) -> Json:
    """List kept messages, soonest first."""
    rows = sorted(call.space.scheduled.values(), key=lambda row: int(row["post_at"]))
    wanted = call.text("channel")
    rows = [message_out(row) for row in rows if wanted in ("", row["channel_id"])]
    page, metadata = call.page(rows)
    return {"scheduled_messages": page, "response_metadata": metadata}


def deliver_due(call: Call) -> int:
    """Post every kept message whose time has come; returns how many."""
    space, now, posted = call.space, call.space.clock.now(), 0
    for row in sorted(space.scheduled.values(), key=lambda each: int(each["post_at"])):
        if row["post_at"] > now:
            continue
        del space.scheduled[row["id"]]
        made = dict(row["_made"])
        channel = space.channels[row["channel_id"]]
        if "metadata" in made or space.bot_user not in channel["members"]:
            continue
        message = space.add_message(channel["id"], space.bot_message(made.pop("text"), **made))
        announce(call, channel, message)
        posted += 1
    return posted


def permalink(call: Call) -> Json:
    """Return the address of a message."""
    channel = call.space.channel_for_bot(call.text("channel"))
    ts = call.need("message_ts")
    if call.space.message(channel["id"], ts) is None:
        raise SlackError("message_not_found")
    base = f"https://{call.space.team['domain']}.slack.com/archives"
    return {"channel": channel["id"], "permalink": f"{base}/{channel['id']}/p{ts.replace('.', '')}"}


METHODS = {
    "chat.postMessage": (post_message, "chat:write"),
    "chat.update": (update, "chat:write"),
    "chat.delete": (delete, "chat:write"),
    "chat.postEphemeral": (post_ephemeral, "chat:write"),
    "chat.scheduleMessage": (schedule_message, "chat:write"),
    "chat.deleteScheduledMessage": (delete_scheduled, "chat:write"),
    "chat.scheduledMessages.list": (list_scheduled, ""),
    "chat.getPermalink": (permalink, ""),
}
