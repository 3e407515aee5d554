"""Web API: reactions, pins, files, blocks, assistant threads, api.test."""

from typing import Any

from bot.playground.call import Call
from bot.playground.files import placed
from bot.playground.limits import block_faults, refuse_blocks, view_faults
from bot.playground.methods_chat import announce
from bot.playground.payloads import message_out
from bot.playground.tickets import SlackError

Json = dict[str, Any]


def _message(call: Call, key: str = "timestamp") -> tuple[Json, Json]:
    channel = call.space.channel_for_bot(call.text("channel"))
    message = call.space.message(channel["id"], call.text(key))
    if message is None or "_for" in message:
        raise SlackError("message_not_found")
    return channel, message


def react(call: Call) -> Json:
    """Add the bot's reaction to a message."""
    channel, message = _message(call)
    name, bot = call.need("name"), call.space.bot_user
    reactions = message.setdefault("reactions", [])
    row = next((r for r in reactions if r["name"] == name), None)
    if row is None:
        reactions.append({"name": name, "users": [bot], "count": 1})
    elif bot in row["users"]:
        raise SlackError("already_reacted")
    else:
        row["users"].append(bot)
        row["count"] += 1
    call.space.changed("message", channel=channel["id"])
    return {}


def unreact(call: Call) -> Json:
    """Take the bot's reaction back."""
    channel, message = _message(call)
    name, bot = call.need("name"), call.space.bot_user
    row = next((r for r in message.get("reactions", []) if r["name"] == name and bot in r["users"]), None)
    if row is None:
        raise SlackError("no_reaction")
    row["users"].remove(bot)
    row["count"] -= 1
    message["reactions"] = [r for r in message["reactions"] if r["count"]]
    call.space.changed("message", channel=channel["id"])
    return {}


def reactions(call: Call) -> Json:
    """Return a message with its reactions."""
    channel, message = _message(call)
    return {"type": "message", "channel": channel["id"], "message": message_out(message)}


def reacted(call: Call) -> Json:
    """List the messages someone reacted to."""
    user = call.text("user", call.space.bot_user)
    rows = [
        {"type": "message", "channel": channel, "message": message_out(message)}
        for channel, messages in call.space.messages.items()
        for message in messages
        if any(user in r["users"] for r in message.get("reactions", []))
    ]
    page, metadata = call.page(rows)
    return {"items": page, "response_metadata": metadata}


def pin(call: Call) -> Json:
    """Pin a message."""
    channel, message = _message(call)
    pins = call.space.pins.setdefault(channel["id"], [])
    if message["ts"] in pins:
        raise SlackError("already_pinned")
    pins.append(message["ts"])
    call.space.changed("channel", channel=channel["id"])
    return {}


def unpin(call: Call) -> Json:
    """Unpin a message."""
    channel, message = _message(call)
    pins = call.space.pins.get(channel["id"], [])
    if message["ts"] not in pins:
        raise SlackError("no_pin")
    pins.remove(message["ts"])
    call.space.changed("channel", channel=channel["id"])
    return {}


def pinned(call: Call) -> Json:
    """List what is pinned in a place."""
    channel = call.space.channel_for_bot(call.text("channel"))
    found = (call.space.message(channel["id"], ts) for ts in call.space.pins.get(channel["id"], []))
    return {"items": [{"type": "message", "channel": channel["id"], "message": message_out(m)} for m in found if m]}


def upload_address(call: Call) -> Json:
    """Hand out where a file's bytes may be posted."""
    name, length = call.need("filename"), call.whole("length", 0)
    if length <= 0:
        raise SlackError("invalid_arguments", response_metadata={"messages": ["[ERROR] length must be positive"]})
    file_id = call.space.serial("F")
    row: Json = {"id": file_id, "name": name, "title": name, "size": length, "user": call.space.bot_user}
    row |= {"alt_txt": call.text("alt_txt") or None, "created": int(call.space.clock.now()), "_done": False}
    call.space.files[file_id] = row
    return {"upload_url": f"{call.base_url}/upload/{file_id}", "file_id": file_id}


def complete_upload(call: Call) -> Json:
    """Share uploaded files as one message."""
    space, wanted = call.space, call.nested("files")
    if not isinstance(wanted, list) or not wanted:
        raise SlackError("invalid_arguments", response_metadata={"messages": ["[ERROR] missing required field: files"]})
    rows = []
    for each in wanted:
        row = space.files.get(each.get("id", ""))
        if row is None or each["id"] not in space.file_bytes:
            raise SlackError("file_not_found")
        row |= {"title": each.get("title") or row["name"], "_done": True}
        rows.append(message_out(placed(row, call.base_url)))
    # A comment makes Slack ignore the blocks (docs.slack.dev, files.completeUploadExternal).
    blocks = None if call.text("initial_comment") else call.nested("blocks")
    refuse_blocks(blocks or [])
    for name in filter(None, call.text("channel_id", call.text("channels")).split(",")):
        channel = space.channel_for_bot(name, write=True)
        more: Json = {"files": rows, "upload": True, "subtype": "file_share"} | (
            {"blocks": space.name_blocks(blocks)} if blocks else {}
        )
        if thread := call.text("thread_ts"):
            more["thread_ts"] = thread
        message = space.add_message(channel["id"], space.bot_message(call.text("initial_comment"), **more))
        for each in wanted:
            shares = space.files[each["id"]].setdefault("shares", {}).setdefault("public", {})
            shares[channel["id"]] = [{"ts": message["ts"]}]
        announce(call, channel, message)
    return {"files": rows}


def _file(call: Call) -> Json:
    row = call.space.files.get(call.text("file"))
    if row is None:
        raise SlackError("file_not_found")
    return row


def file_info(call: Call) -> Json:
    """Describe a file."""
    return {"file": message_out(_file(call)), "comments": [], "response_metadata": {"next_cursor": ""}}


def file_delete(call: Call) -> Json:
    """Delete a file."""
    row = _file(call)
    del call.space.files[row["id"]]
    call.space.file_bytes.pop(row["id"], None)
    return {}


def validate(call: Call) -> Json:
    """Check blocks or a view without a token; the faults carry JSON pointers."""
    view = call.nested("view")
    faults = view_faults(view) if view else block_faults(call.nested("blocks"), call.text("surface", "message"))
    if faults:
        raise SlackError("invalid_blocks", errors=faults, response_metadata={"messages": faults})
    return {}


def accept(_call: Call) -> Json:
    """Accept what the page has no place for."""
    return {}


def echo(call: Call) -> Json:
    """Answer with the arguments, or with the error asked for."""
    shown = {key: value for key, value in call.args.items() if key != "token"}
    if error := call.text("error"):
        raise SlackError(error, args=shown)
    return {"args": shown}


METHODS = {
    "api.test": (echo, ""),
    "blocks.validate": (validate, ""),
    "reactions.add": (react, "reactions:write"),
    "reactions.remove": (unreact, "reactions:write"),
    "reactions.get": (reactions, "reactions:read"),
    "reactions.list": (reacted, "reactions:read"),
    "pins.add": (pin, "pins:write"),
    "pins.remove": (unpin, "pins:write"),
    "pins.list": (pinned, "pins:read"),
    "files.getUploadURLExternal": (upload_address, "files:write"),
    "files.completeUploadExternal": (complete_upload, "files:write"),
    "files.info": (file_info, "files:read"),
    "files.delete": (file_delete, "files:write"),
    "assistant.threads.setStatus": (accept, "assistant:write|chat:write"),
    "assistant.threads.setTitle": (accept, "assistant:write"),
    "assistant.threads.setSuggestedPrompts": (accept, "assistant:write"),
}
