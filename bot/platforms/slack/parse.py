"""Slack's payloads as incomings. Pure, and never surprised: whatever is missing or misshapen gives None."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.chat.incoming import Actor, Command, Opened, Press, Say, SharedFile, Spot, Submit
from bot.platforms.payload import clean, fingerprint, inner_text

PLATFORM = "slack"
PRESS_PREFIX = "press:"
FORM_PREFIX = "form:"
_TOKEN = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_SPOKEN_SUBTYPES = ("", "file_share")


@dataclass(frozen=True, slots=True)
class WayBack:
    """How this incoming can be answered: ids and addresses of one payload, "" where it has none.

    `response_url` and `trigger_id` are secrets for as long as they live: never logged, never stored.
    """

    user: str
    channel: str = ""
    thread: str = ""
    response_url: str = ""
    trigger_id: str = ""
    view_id: str = ""
    mention: bool = False


def command(body: Mapping[str, Any]) -> Command | None:
    """A slash command: its form fields, all strings."""
    actor, name = _actor(body), inner_text(body, "command").lstrip("/")
    if actor is None or not name:
        return None
    channel, text = inner_text(body, "channel_id"), inner_text(body, "text")
    key = inner_text(body, "trigger_id") or fingerprint("command", actor.user, channel, name, text)
    spot = Spot(channel, inner_text(body, "channel_name"), direct=channel.startswith("D"))
    return Command(key=f"command:{key}", actor=actor, spot=spot, name=name, text=spoken(text).strip())


def press(body: Mapping[str, Any]) -> Press | None:
    """A block_actions payload, if its action is one of our buttons (`press:<name>:<n>`)."""
    actor, actions = _actor(body), body.get("actions")
    if actor is None or not isinstance(actions, list):
        return None
    for action in actions:
        name, _, number = inner_text(action, "action_id").removeprefix(PRESS_PREFIX).rpartition(":")
        if not inner_text(action, "action_id").startswith(PRESS_PREFIX) or not name or not number.isdigit():
            continue
        value = inner_text(action, "value") or inner_text(action, "selected_option", "value")
        moment = f"{inner_text(body, 'trigger_id')}:{inner_text(action, 'action_ts')}"
        key = moment if moment != ":" else fingerprint("press", actor.user, name, value)
        return Press(key=f"press:{key}", actor=actor, spot=_spot(body), press=name, value=value)
    return None


def submit(body: Mapping[str, Any]) -> Submit | None:
    """A view_submission of one of our forms (`form:<name>`); `private_metadata` is the form's value."""
    actor, callback = _actor(body), inner_text(body, "view", "callback_id")
    if actor is None or not callback.startswith(FORM_PREFIX):
        return None
    view = body["view"]
    return Submit(
        key=f"submit:{inner_text(view, 'id')}:{inner_text(view, 'hash')}",
        actor=actor,
        spot=Spot("", direct=True),
        form=callback.removeprefix(FORM_PREFIX),
        value=inner_text(view, "private_metadata"),
        fields=_fields(_inner(view, "state", "values")),
    )


def event(body: Mapping[str, Any], bot_user_id: str = "", bot_id: str = "") -> Say | Opened | None:
    """A direct message, a mention, or the opening of the home tab; never what a bot said, ourselves included."""
    said = body.get("event")
    if not isinstance(said, Mapping) or said.get("bot_id") or said.get("bot_profile"):
        return None
    actor = _actor({**body, "user": {"id": inner_text(said, "user")}})
    if actor is None or actor.user in (bot_user_id, bot_id, "USLACKBOT"):
        return None
    channel = inner_text(said, "channel")
    key = "event:" + (inner_text(body, "event_id") or fingerprint(actor.user, channel, json.dumps(said, default=str)))
    match inner_text(said, "type"), inner_text(said, "subtype"), inner_text(said, "channel_type"):
        case "app_home_opened", _, _ if said.get("tab") == "home":
            return Opened(key=key, actor=actor, spot=Spot(channel, direct=True))
        case "message", subtype, "im" if subtype in _SPOKEN_SUBTYPES:
            text, files = spoken(inner_text(said, "text")).strip(), _shared(said)
            return Say(key=key, actor=actor, spot=Spot(channel, direct=True), text=text, files=files)
        case "app_mention", subtype, _ if subtype in _SPOKEN_SUBTYPES:
            text = spoken(_unaddressed(inner_text(said, "text"), bot_user_id)).strip()
            return Say(key=key, actor=actor, spot=Spot(channel), text=text, files=_shared(said))
    return None


def _shared(said: Mapping[str, Any]) -> tuple[SharedFile, ...]:
    """The files shared with a message."""
    files = said.get("files")
    shared = files if isinstance(files, list) else []
    found = (SharedFile(inner_text(file, "id"), inner_text(file, "permalink")) for file in shared)
    return tuple(file for file in found if file.id)


def way_back(body: Mapping[str, Any]) -> WayBack:
    """Where an answer to this payload can go."""
    urls = body.get("response_urls")
    first = urls[0] if isinstance(urls, list) and urls else {}
    user = inner_text(body, "user_id") or inner_text(body, "user", "id") or inner_text(body, "event", "user")
    channel = (
        inner_text(body, "channel_id") or inner_text(body, "channel", "id") or inner_text(body, "event", "channel")
    )
    return WayBack(
        user=user,
        channel=channel,
        thread=inner_text(body, "event", "thread_ts"),
        response_url=inner_text(body, "response_url") or inner_text(first, "response_url"),
        trigger_id=inner_text(body, "trigger_id"),
        view_id=inner_text(body, "view", "id"),
        mention=inner_text(body, "event", "type") == "app_mention",
    )


def named(body: Mapping[str, Any]) -> str:
    """The payload in ids alone, for a log: its kind, its key and who sent it."""
    kind = (
        inner_text(body, "event", "type") or inner_text(body, "type") or ("command" if "command" in body else "unknown")
    )
    key = inner_text(body, "event_id") or inner_text(body, "view", "id")
    team = inner_text(body, "team_id") or inner_text(body, "team", "id")
    ids = {"kind": kind, "key": key, "team": team}
    return " ".join(f"{name}={_ID.sub('', value)[:80] or '-'}" for name, value in ids.items())


_ID = re.compile(r"[^A-Za-z0-9_.:-]")


def spoken(text: str) -> str:
    """What a person typed: mentions as `<@ID>`, channels as `<#ID>`, links as addresses, entities as characters."""
    plain = _TOKEN.sub(_token, text)
    return clean(plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


def _token(match: re.Match[str]) -> str:
    target, label = match[1], match[2] or ""
    if target[:1] in ("@", "#"):
        return f"<{target}>"
    if target[:1] == "!":
        return label or "@" + target[1:].partition("^")[0]
    if target.startswith(("mailto:", "tel:")):
        return label or target.partition(":")[2]
    return target if not label or target.endswith(label) else f"{label} ({target})"


def _unaddressed(text: str, bot_user_id: str) -> str:
    """A mention without the bot's name: ours wherever it stands, or the first one while we do not know our own."""
    if bot_user_id:
        return re.sub(rf"<@{re.escape(bot_user_id)}(?:\|[^<>]*)?>[,:]?", "", text)
    return re.sub(r"^\s*<@[^<>]*>[,:]?", "", text)


def _actor(body: Mapping[str, Any]) -> Actor | None:
    """Who acted; None without a user or a workspace."""
    user = inner_text(body, "user_id") or inner_text(body, "user", "id")
    installation = _installation(body)
    if not user or not installation:
        return None
    name = inner_text(body, "user_name") or inner_text(body, "user", "name") or inner_text(body, "user", "username")
    locale = inner_text(body, "user", "locale") or inner_text(body, "locale")
    return Actor(PLATFORM, installation, user, name, inner_text(body, "user", "tz"), locale.partition("-")[0].lower())


def _installation(body: Mapping[str, Any]) -> str:
    """The organization when the app is installed organization-wide, else the workspace that has it."""
    grants = body.get("authorizations")
    grant = grants[0] if isinstance(grants, list) and grants and isinstance(grants[0], Mapping) else {}
    spread = grant.get("is_enterprise_install", body.get("is_enterprise_install"))
    if spread in (True, "true"):
        return (
            inner_text(grant, "enterprise_id")
            or inner_text(body, "enterprise_id")
            or inner_text(body, "enterprise", "id")
            or inner_text(body, "team", "enterprise_id")
        )
    return (
        inner_text(body, "view", "app_installed_team_id")
        or inner_text(grant, "team_id")
        or inner_text(body, "team_id")
        or inner_text(body, "team", "id")
        or inner_text(body, "user", "team_id")
        or inner_text(body, "view", "team_id")
    )


def _spot(body: Mapping[str, Any]) -> Spot:
    """The channel of a press; a home and a form are alone with the bot and have none."""
    channel = inner_text(body, "channel", "id") or inner_text(body, "container", "channel_id")
    return Spot(channel, inner_text(body, "channel", "name"), direct=not channel or channel.startswith("D"))


def _fields(values: Mapping[str, Any]) -> dict[str, str | tuple[str, ...] | None]:
    """Field id -> value, from `state.values[block_id][action_id]`; the first element of a block counts."""
    fields: dict[str, str | tuple[str, ...] | None] = {}
    for block_id, elements in values.items():
        states = list(elements.values()) if isinstance(elements, Mapping) else []
        fields[clean(block_id)] = _value(states[0]) if states and isinstance(states[0], Mapping) else None
    return fields


def _value(state: Mapping[str, Any]) -> str | tuple[str, ...] | None:
    """What one input element holds; None where it was left empty."""
    for name in _SINGLE:
        one = state.get(name)
        if isinstance(one, Mapping):
            one = one.get("value")
        if isinstance(one, int) and not isinstance(one, bool):
            one = str(one)
        if isinstance(one, str) and one.strip():
            return clean(one)
    for name in _SEVERAL:
        several = state.get(name)
        if isinstance(several, list) and several:
            chosen = (
                entry.get("value") or entry.get("id") if isinstance(entry, Mapping) else entry for entry in several
            )
            return tuple(clean(entry) for entry in chosen if isinstance(entry, str))
    rich = state.get("rich_text_value")
    return clean(_rich(rich)).strip() or None if isinstance(rich, Mapping) else None


_SINGLE = (
    "value", "selected_option", "selected_user", "selected_conversation", "selected_channel", "selected_date",
    "selected_time", "selected_date_time",
)  # fmt: skip
_SEVERAL = ("selected_options", "selected_users", "selected_conversations", "selected_channels", "files")


def _rich(node: Mapping[str, Any]) -> str:
    """The words of a rich text, block elements on lines of their own."""
    match inner_text(node, "type"):
        case "text" | "link":
            return inner_text(node, "text") or inner_text(node, "url")
        case "user":
            return f"<@{inner_text(node, 'user_id')}>"
        case "channel":
            return f"<#{inner_text(node, 'channel_id')}>"
    inner = node.get("elements")
    words = [_rich(one) for one in inner if isinstance(one, Mapping)] if isinstance(inner, list) else []
    return ("\n" if inner_text(node, "type") in ("rich_text", "rich_text_list") else "").join(words)


def _inner(node: object, *path: str) -> Mapping[str, Any]:
    for name in path:
        node = node.get(name) if isinstance(node, Mapping) else None
    return node if isinstance(node, Mapping) else {}
