"""Teams' activities as incomings. Pure, and never surprised: whatever is missing or misshapen gives None.

Source: learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations, Bot Framework activity schema.
"""

import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.chat.incoming import Actor, Command, Incoming, Joined, Opened, Press, Say, SharedFile, Spot, Submit
from bot.platforms.payload import clean, fingerprint, inner_text
from bot.platforms.teams.addresses import PLATFORM, Address

HOME_WORDS = frozenset({"home", "startseite"})
"""Teams has no home of an app that we could fill; whoever types this gets it as a card, which is kept fresh."""
COMMANDS = ("readiness", "portfolio")
FILE = "application/vnd.microsoft.teams.file.download.info"
CARRIED = ("press", "form", "value", "several", "msteams", "opener")
"""What a card's action holds beside the fields of a form."""
_TAG = re.compile(r"<at[^<>]*>(.*?)</at>", re.DOTALL)
_MARKS = dict.fromkeys((0xE000, 0xE001))
"""Characters of nobody's, which we put around a mention while we read."""
_SPACES = re.compile(r"[ \t\u00a0]+")


@dataclass(frozen=True, slots=True)
class WayBack:
    """How one activity can be answered; ids are opaque, "" where it has none.

    conversation   where it was said, with its thread
    chat           whether that is the person's own chat with us
    channel        the channel or group chat without any thread, "" in a person's chat
    activity       the id of what was said
    card           the id of the message whose button was pressed
    opener         what opened the form that was submitted, as the form's card carries it
    """

    service_url: str
    conversation: str
    chat: bool
    user: str
    member: str = ""
    bot: str = ""
    tenant: str = ""
    channel: str = ""
    team: str = ""
    name: str = ""
    activity: str = ""
    card: str = ""
    opener: Mapping[str, str] | None = None

    @property
    def address(self) -> Address:
        """Where the person is reached, as far as this tells."""
        chat = self.conversation if self.chat else ""
        return Address(self.service_url, chat, self.bot, self.member)

    @property
    def place(self) -> Address:
        """The same of the channel."""
        return Address(self.service_url, self.channel, self.bot, team=self.team, name=self.name)


def way_back(activity: Mapping[str, Any]) -> WayBack:
    """Where an answer to this activity can go."""
    conversation = inner_text(activity, "conversation", "id")
    kind = inner_text(activity, "conversation", "conversationType") or "personal"
    chat = kind == "personal"
    value = _mapping(activity.get("value"))
    data = _mapping(_mapping(value.get("action")).get("data")) if "action" in value else value
    opener = data.get("opener")
    return WayBack(
        service_url=inner_text(activity, "serviceUrl"),
        conversation=conversation,
        chat=chat,
        user=_user(activity),
        member=inner_text(activity, "from", "id"),
        bot=inner_text(activity, "recipient", "id"),
        tenant=tenant_of(activity),
        channel="" if chat else conversation.partition(";")[0],
        team=inner_text(activity, "channelData", "team", "id"),
        name=inner_text(activity, "channelData", "channel", "name") or inner_text(activity, "conversation", "name"),
        activity=inner_text(activity, "id"),
        card=inner_text(activity, "replyToId"),
        opener={str(name): clean(str(said)) for name, said in opener.items()} if isinstance(opener, dict) else None,
    )


def message(activity: Mapping[str, Any]) -> Incoming | None:
    """A message: words, or a card's Action.Submit. In a channel only what is said to us."""
    actor = _actor(activity)
    if actor is None:
        return None
    data = activity.get("value")
    if isinstance(data, dict):
        return _acted(activity, actor, data)
    spot = _spot(activity)
    if not spot.direct and not _names_us(activity):
        return None
    text, files = words(activity), _shared(activity)
    if not text and not files:
        return None
    key = _key(activity)
    if spot.direct and text.lower() in HOME_WORDS:
        return Opened(key, actor, spot)
    name, _, rest = text.removeprefix("/").partition(" ")
    if text.startswith("/") and name.lower() in COMMANDS:
        return Command(key, actor, spot, name=name.lower(), text=rest.strip(), files=files)
    return Say(key, actor, spot, text=text, files=files, takes_forms=not files)


def card_action(activity: Mapping[str, Any]) -> Press | Submit | None:
    """A card's Action.Execute, as the invoke `adaptiveCard/action`."""
    actor, action = _actor(activity), _mapping(_mapping(activity.get("value")).get("action"))
    if actor is None:
        return None
    return _acted(activity, actor, _mapping(action.get("data")))


def cancelled(activity: Mapping[str, Any]) -> Incoming | None:
    """Whose form was given up, if that is what a card's action says."""
    value, actor = _mapping(activity.get("value")), _actor(activity)
    data = _mapping(_mapping(value.get("action")).get("data")) or value
    return Incoming(_key(activity), actor, _spot(activity)) if actor and inner_text(data, "cancel") else None


def is_automatic(activity: Mapping[str, Any]) -> bool:
    """Whether nobody pressed: Teams refreshes a card by itself. Nothing may be sent because of it."""
    return inner_text(activity, "value", "trigger") == "automatic"


def joined(activity: Mapping[str, Any], day: str) -> Joined | None:
    """We were added to a chat or channel. Two activities say so, and are one event of that day."""
    actor, spot = _actor(activity), _spot(activity)
    if actor is None or not spot.channel:
        return None
    return Joined(f"joined:{spot.channel}:{day}", actor, spot)


def is_arrival(activity: Mapping[str, Any]) -> bool:
    """Whether it says that we were added."""
    match activity.get("type"):
        case "installationUpdate":
            return inner_text(activity, "action").startswith("add")
        case "conversationUpdate":
            return _is_among(activity, "membersAdded")
    return False


def is_departure(activity: Mapping[str, Any]) -> bool:
    """Whether it says that we were removed."""
    match activity.get("type"):
        case "installationUpdate":
            # An upgrade removes the former version of the app: we stay.
            return inner_text(activity, "action") == "remove"
        case "conversationUpdate":
            return _is_among(activity, "membersRemoved")
    return False


def tenant_of(activity: Mapping[str, Any]) -> str:
    """The Entra tenant in which it was said."""
    return inner_text(activity, "channelData", "tenant", "id") or inner_text(activity, "conversation", "tenantId")


def words(activity: Mapping[str, Any]) -> str:
    """What was said, without our name; another person mentioned stands in it as `<@ID>`, by their id for us.

    The words of a mention's tag may be anything, so it is found by what stands between the tags.
    """
    text = inner_text(activity, "text").translate(_MARKS)
    ours = inner_text(activity, "recipient", "id")
    for entity in _entities(activity, "mention"):
        tag, mentioned = inner_text(entity, "text").translate(_MARKS), inner_text(entity, "mentioned", "id")
        if tag and mentioned:
            text = text.replace(tag, " " if mentioned == ours else f"\ue000{mentioned}\ue001", 1)
    text = _TAG.sub(r"\1", text)
    text = html.unescape(text)
    # What a person typed never looks like a mention; only what Teams marked as one becomes one.
    text = text.replace("<@", "<\u200b@").replace("\ue000", "<@").replace("\ue001", ">")
    return "\n".join(_SPACES.sub(" ", each).strip() for each in clean(text).splitlines()).strip()


def named(activity: Mapping[str, Any]) -> str:
    """The activity in ids alone, for a log."""
    ids = {
        "kind": inner_text(activity, "type"),
        "name": inner_text(activity, "name"),
        "key": inner_text(activity, "id"),
        "tenant": tenant_of(activity),
    }
    return " ".join(f"{name}={_ID.sub('', value)[:80] or '-'}" for name, value in ids.items())


_ID = re.compile(r"[^A-Za-z0-9_.:/-]")


def _acted(activity: Mapping[str, Any], actor: Actor, data: Mapping[str, Any]) -> Press | Submit | None:
    """What a card's action carries."""
    press, form, value = inner_text(data, "press"), inner_text(data, "form"), inner_text(data, "value")
    key, spot = _key(activity), _spot(activity)
    if press:
        return Press(key, actor, spot, press=press, value=value)
    if form:
        several = inner_text(data, "several").split()
        given = {clean(name): _given(said, several=name in several) for name, said in data.items()}
        fields = {name: said for name, said in given.items() if name not in CARRIED}
        return Submit(key, actor, spot, form=form, value=value, fields=fields)
    return None


def _given(said: object, *, several: bool) -> str | tuple[str, ...] | None:
    """What an input held; None where it was left empty."""
    text = clean(str(said)).strip() if isinstance(said, str | int | float) and not isinstance(said, bool) else ""
    if several:
        return tuple(each for each in (part.strip() for part in text.split(",")) if each) or None
    return text or None


def _key(activity: Mapping[str, Any]) -> str:
    place = inner_text(activity, "conversation", "id")
    own = inner_text(activity, "id") or fingerprint(json.dumps(activity, sort_keys=True, default=str))
    return f"activity:{fingerprint(place, inner_text(activity, 'type'), own)}"


def _user(activity: Mapping[str, Any]) -> str:
    return inner_text(activity, "from", "aadObjectId") or inner_text(activity, "from", "id")


def _actor(activity: Mapping[str, Any]) -> Actor | None:
    """Who acted; None without a person or a tenant, and for bots."""
    user, tenant = _user(activity), tenant_of(activity)
    is_bot = inner_text(activity, "from", "id").startswith("28:") or inner_text(activity, "from", "role") == "bot"
    if not user or not tenant or is_bot:
        return None
    device = next(iter(_entities(activity, "clientInfo")), {})
    zone = inner_text(activity, "localTimezone") or inner_text(device, "timezone")
    locale = inner_text(activity, "locale") or inner_text(device, "locale")
    language = locale.replace("_", "-").partition("-")[0].lower()
    return Actor(PLATFORM, tenant, user, inner_text(activity, "from", "name"), zone, language)


def _spot(activity: Mapping[str, Any]) -> Spot:
    back = way_back(activity)
    return Spot(back.conversation, direct=True) if back.chat else Spot(back.channel, back.name)


def _names_us(activity: Mapping[str, Any]) -> bool:
    ours = inner_text(activity, "recipient", "id")
    return any(inner_text(entity, "mentioned", "id") == ours for entity in _entities(activity, "mention"))


def _is_among(activity: Mapping[str, Any], whom: str) -> bool:
    listed, ours = activity.get(whom), inner_text(activity, "recipient", "id")
    return isinstance(listed, list) and any(inner_text(each, "id") == ours != "" for each in listed)


def _shared(activity: Mapping[str, Any]) -> tuple[SharedFile, ...]:
    """The files shared with a message. A file's id is where its bytes lie for some minutes, and who told us so."""
    origin = inner_text(activity, "serviceUrl")
    listed = activity.get("attachments")
    files = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    found = (
        (inner_text(file, "content", "downloadUrl"), inner_text(file, "contentUrl"))
        for file in files
        if file.get("contentType") == FILE
    )
    return tuple(SharedFile(f"{address} {origin}", link) for address, link in found if address)


def _entities(activity: Mapping[str, Any], kind: str) -> Sequence[Mapping[str, Any]]:
    listed = activity.get("entities")
    if not isinstance(listed, list):
        return ()
    return [each for each in listed if isinstance(each, dict) and each.get("type") == kind]


def _mapping(node: object) -> Mapping[str, Any]:
    return node if isinstance(node, dict) else {}
