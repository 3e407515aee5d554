"""Web API: conversations.*."""

from typing import Any

from bot.playground.call import Call
from bot.playground.payloads import message_out
from bot.playground.tickets import SlackError

Json = dict[str, Any]
_KINDS = {"public_channel": "channel", "private_channel": "private", "im": "im", "mpim": "mpim"}


def shape(call: Call, channel: Json) -> Json:
    """Return a place in Slack's shape."""
    kind, bot = channel["kind"], call.space.bot_user
    out: Json = {"id": channel["id"], "created": channel["created"], "is_archived": channel["archived"]}
    out |= {"is_im": kind == "im", "is_mpim": False, "is_private": kind != "channel", "is_org_shared": False}
    out |= {"is_channel": kind == "channel", "is_group": kind == "private", "is_shared": False}
    out |= {"context_team_id": call.space.team["id"]}
    if kind == "im":
        return out | {"user": next(m for m in channel["members"] if m != bot), "is_open": True, "priority": 0}
    topic = {"value": channel["topic"], "creator": "", "last_set": 0}
    named = {"name": channel["name"], "name_normalized": channel["name"], "is_general": channel["name"] == "general"}
    return out | named | {"is_member": bot in channel["members"], "topic": topic, "purpose": topic, "creator": ""}


def open_dm(call: Call) -> Json:
    """Open the conversation with one person."""
    users = call.nested("users")
    wanted = users if isinstance(users, list) else [users] if users else []
    if channel := call.text("channel"):
        found = call.space.channel_for_bot(channel)
        return {"channel": shape(call, found) if call.flag("return_im") else {"id": found["id"]}}
    if not wanted:
        raise SlackError("users_list_not_supplied")
    if len(wanted) > 1:
        raise SlackError("method_not_supported_for_channel_type")
    if wanted[0] == call.space.bot_user:
        raise SlackError("cannot_dm_bot")
    if wanted[0] not in call.space.people:
        raise SlackError("user_not_found")
    already = any(c["kind"] == "im" and wanted[0] in c["members"] for c in call.space.channels.values())
    found = call.space.dm(wanted[0])
    known: Json = {"no_op": True, "already_open": True} if already else {}
    return {**known, "channel": shape(call, found) if call.flag("return_im") else {"id": found["id"]}}


def info(call: Call) -> Json:
    """Describe one place."""
    channel = call.space.channel_for_bot(call.text("channel"))
    out = shape(call, channel)
    if call.flag("include_num_members"):
        out["num_members"] = len(channel["members"])
    if call.flag("include_locale"):
        out["locale"] = "en-US"
    return {"channel": out}


def list_all(call: Call) -> Json:
    """List the places the bot may see."""
    kinds = {_KINDS.get(kind.strip()) for kind in call.text("types", "public_channel").split(",")}
    if None in kinds:
        raise SlackError("invalid_types")
    rows = [
        shape(call, channel)
        for channel in call.space.channels.values()
        if channel["kind"] in kinds
        and (channel["kind"] == "channel" or call.space.bot_user in channel["members"])
        and not (channel["archived"] and call.flag("exclude_archived"))
    ]
    page, metadata = call.page(rows)
    return {"channels": page, "response_metadata": metadata}


def members(call: Call) -> Json:
    """List who is in a place."""
    page, metadata = call.page(call.space.channel_for_bot(call.text("channel"))["members"])
    return {"members": page, "response_metadata": metadata}


def _read(call: Call) -> tuple[Json, list[Json]]:
    channel = call.space.channel_for_bot(call.text("channel"))
    if call.space.bot_user not in channel["members"]:
        raise SlackError("not_in_channel")
    oldest, latest = float(call.text("oldest", "0")), float(call.text("latest", "1e18"))
    inclusive = call.flag("inclusive")
    rows = []
    for message in call.space.visible(channel["id"], None):
        ts = float(message["ts"])
        if oldest < ts < latest or (inclusive and ts in (oldest, latest)):
            out = message_out(message)
            if not call.flag("include_all_metadata"):
                out.pop("metadata", None)
            rows.append(out)
    return channel, rows


def history(call: Call) -> Json:
    """Read a place, newest first, without replies in threads."""
    _, rows = _read(call)
    top = [r for r in rows if r.get("thread_ts") in (None, r["ts"]) or r.get("subtype") == "thread_broadcast"]
    page, metadata = call.page(top[::-1])
    more = bool(metadata["next_cursor"])
    return {"messages": page, "has_more": more, "pin_count": 0} | ({"response_metadata": metadata} if more else {})


def replies(call: Call) -> Json:
    """Read one thread, its first message first."""
    thread = call.need("ts")
    channel, rows = _read(call)
    if call.space.message(channel["id"], thread) is None:
        raise SlackError("thread_not_found")
    mine = [row for row in rows if thread in (row["ts"], row.get("thread_ts"))]
    page, metadata = call.page(mine, 1000)
    more = bool(metadata["next_cursor"])
    return {"messages": page, "has_more": more} | ({"response_metadata": metadata} if more else {})


def enter(call: Call, channel: Json, user: str) -> None:
    """Make someone a member and tell the app."""
    if user not in channel["members"]:
        channel["members"].append(user)
        event = {"type": "member_joined_channel", "user": user, "channel": channel["id"], "channel_type": "C"}
        call.space.on_event("member_joined_channel", event | {"team": call.space.team["id"]})
        call.space.changed("channel", channel=channel["id"])


def leave_place(call: Call, channel: Json, user: str) -> None:
    """Take someone out of a place and tell the app."""
    if user in channel["members"]:
        channel["members"].remove(user)
        event = {"type": "member_left_channel", "user": user, "channel": channel["id"], "channel_type": "C"}
        call.space.on_event("member_left_channel", event | {"team": call.space.team["id"]})
        call.space.changed("channel", channel=channel["id"])


def join(call: Call) -> Json:
    """Join a public channel."""
    channel = call.space.channel_for_bot(call.text("channel"))
    if channel["kind"] != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if channel["archived"]:
        raise SlackError("is_archived")
    enter(call, channel, call.space.bot_user)
    return {"channel": shape(call, channel)}


def leave(call: Call) -> Json:
    """Leave a place."""
    channel = call.space.channel_for_bot(call.text("channel"))
    if call.space.bot_user not in channel["members"]:
        return {"not_in_channel": True}
    leave_place(call, channel, call.space.bot_user)
    return {}


def invite(call: Call) -> Json:
    """Invite people to a place the bot is in."""
    channel = call.space.channel_for_bot(call.text("channel"))
    if call.space.bot_user not in channel["members"]:
        raise SlackError("not_in_channel")
    users = call.nested("users")
    for user in users if isinstance(users, list) else [str(users)]:
        if user not in call.space.people:
            raise SlackError("user_not_found")
        if user in channel["members"]:
            raise SlackError("already_in_channel")
        enter(call, channel, user)
    return {"channel": shape(call, channel)}


def create(call: Call) -> Json:
    """Create a channel with the bot in it."""
    name = call.need("name")
    if name != name.lower() or " " in name or len(name) > 80:
        raise SlackError("invalid_name_specials")
    channel = call.space.add_channel(name, [call.space.bot_user], private=call.flag("is_private"))
    call.space.changed("channel", channel=channel["id"])
    return {"channel": shape(call, channel)}


def kick(call: Call) -> Json:
    """Take a person out of a place."""
    channel, user = call.space.channel_for_bot(call.text("channel")), call.need("user")
    if user == call.space.bot_user:
        raise SlackError("cant_kick_self")
    if user not in channel["members"]:
        raise SlackError("not_in_channel")
    leave_place(call, channel, user)
    return {}


_READ = "channels:read|groups:read|im:read|mpim:read"
_HISTORY = "channels:history|groups:history|im:history|mpim:history"
METHODS = {
    "conversations.open": (open_dm, "im:write|mpim:write|channels:manage|groups:write"),
    "conversations.info": (info, _READ),
    "conversations.list": (list_all, _READ),
    "conversations.members": (members, _READ),
    "conversations.history": (history, _HISTORY),
    "conversations.replies": (replies, _HISTORY),
    "conversations.join": (join, "channels:join"),
    "conversations.leave": (leave, "channels:manage|groups:write"),
    "conversations.invite": (invite, "channels:manage|groups:write|channels:write.invites"),
    "conversations.create": (create, "channels:manage|groups:write"),
    "conversations.kick": (kick, "channels:manage|groups:write"),
}
