"""A person in the stand-in for Teams: what they do goes to the bot as signed HTTP, what they see stands in the town."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from bot.playground.person import NotAcked, NotThere
from tests.teams import reading
from tests.teams.town import BOT, TEAM, TENANT, Conversation, TeamsTown, channel_id, member_id, stamp

Json = dict[str, Any]
CARD = "application/vnd.microsoft.card.adaptive"


@dataclass(frozen=True)
class Message:
    """One message as it reads."""

    text: str
    channel: str
    id: str
    raw: Json = field(repr=False, compare=False, default_factory=dict)

    @property
    def cards(self) -> list[Json]:
        """Its cards."""
        return [each["content"] for each in self.raw.get("attachments", []) if each["contentType"] == CARD]


@dataclass
class TeamsPerson:
    """Somebody. `bot_url` is the bot's endpoint."""

    town: TeamsTown
    handle: str
    bot_url: str
    http: httpx.Client

    @property
    def chat(self) -> Conversation:
        """Their chat with the bot."""
        return self.town.chat(self.handle)

    # -- doing -------------------------------------------------------------------------------------------------
    def activity(self, place: Conversation, **more: Any) -> Json:
        """An activity of this person in a place, as the connector sends one."""
        person = self.town.person(self.handle)
        personal = bool(place.user)
        about: Json = {"id": place.id, "conversationType": "personal" if personal else "channel", "tenantId": TENANT}
        teams: Json = {"tenant": {"id": TENANT}}
        if not personal:
            about |= {"isGroup": True}
            teams |= {"team": {"id": TEAM}, "channel": {"id": place.id, "name": place.name}}
        return {
            "type": "message",
            "id": f"f:{self.town.number()}",
            "timestamp": stamp(),
            "localTimezone": person["tz"],
            "locale": person["locale"],
            "serviceUrl": self.town.service_url,
            "channelId": "msteams",
            "from": {"id": person["id"], "name": self.handle, "aadObjectId": person["aadObjectId"]},
            "recipient": {"id": BOT, "name": "Bridgehead"},
            "conversation": about,
            "channelData": teams,
            "entities": [{"type": "clientInfo", "locale": person["locale"], "timezone": person["tz"]}],
            **more,
        }

    def send(self, activity: Json) -> httpx.Response:
        """Send an activity, signed."""
        token = self.town.signer.token(activity["serviceUrl"])
        return self.http.post(self.bot_url, json=activity, headers={"Authorization": f"Bearer {token}"})

    def deliver(self, activity: Json) -> Json:
        """The same; raises NotAcked for anything but 2xx. Gives the body."""
        answer = self.send(activity)
        if answer.status_code >= 300:
            raise NotAcked(f"http_{answer.status_code}", {"body": answer.text})
        body: Json = answer.json() if answer.content else {}
        return body

    def place(self, channel: str | None) -> Conversation:
        """A channel by name, or the person's chat."""
        if channel is None:
            return self.chat
        found = self.town.conversations.get(channel_id(channel)) or self.town.conversations.get(channel)
        if found is None:
            raise NotThere(f"there is no channel {channel!r}")
        return found

    def add(self, channel: str | None = None) -> None:
        """Install the bot there; two activities tell of it."""
        place = self.place(channel)
        place.installed, place.blocked = True, False
        self.deliver(self.activity(place, type="installationUpdate", action="add"))
        added = [{"id": BOT}, {"id": member_id(self.handle)}]
        self.deliver(self.activity(place, type="conversationUpdate", membersAdded=added))

    def remove(self, channel: str | None = None) -> None:
        """Take it away."""
        place = self.place(channel)
        place.installed = False
        self.deliver(self.activity(place, type="installationUpdate", action="remove"))

    def say(self, text: str, channel: str | None = None, files: list[Json] | None = None) -> None:
        """Type something: in a channel a new post, where `@bridgehead` and people of the cast become mentions."""
        place = self.place(channel)
        entities, said = self._mentions(text) if channel else ([], text)
        activity = self.activity(place, text=said, textFormat="plain", attachments=files or [])
        activity["entities"] += entities
        if channel:
            own = f"{1_700_000_000_000 + self.town.number()}"
            self.town.messages[place.id, own] = {"type": "message", "text": text, "from": self.handle}
            activity |= {"id": own}
            activity["conversation"]["id"] = f"{place.id};messageid={own}"
        self.deliver(activity)

    def _mentions(self, text: str) -> tuple[list[Json], str]:
        entities = []
        for name in dict.fromkeys(re.findall(r"@([\w-]+)", text)):
            mri = BOT if name == "bridgehead" else member_id(name) if name in self.town.people else ""
            if mri:
                tag = f"<at>{name.title()}</at>"
                text = text.replace(f"@{name}", tag)
                entities.append({"type": "mention", "text": tag, "mentioned": {"id": mri, "name": name.title()}})
        return entities, text

    def press(self, label: str, channel: str | None = None, message: Message | None = None) -> Json:
        """Press the newest button that reads so, or begins so; gives the HTTP answer."""
        found = self._button(label, channel, message)
        return self._act(found[0], found[1]["data"], {})

    def submit(self, values: Mapping[str, Any], message: Message | None = None) -> Json | None:
        """Fill the newest form and submit it; gives what it says against it, None when it was taken."""
        shown = message or self._form()
        card = shown.cards[0]
        given: Json = {each["id"]: each.get("value", "") for each in reading.inputs(card)}
        for name, value in values.items():
            box = _input(card, name)
            given[box["id"]] = self._value(box, value)
        missing = [box for box in reading.inputs(card) if box.get("isRequired") and not given[box["id"]]]
        if missing:
            return {box["id"]: box["errorMessage"] for box in missing}
        action = next(action for _, action in reading.buttons(card) if "form" in action.get("data", {}))
        answer = self._act(shown, action["data"], given)
        card = answer["value"] if answer.get("type") == CARD else {}
        refused = [reading.read({"body": [each]}) for each in card.get("body", []) if each["type"] == "RichTextBlock"]
        return dict(enumerate(refused)) or None  # type: ignore[arg-type]

    def _act(self, message: Message, data: Json, given: Json) -> Json:
        action = {"type": "Action.Execute", "verb": "press", "data": {**data, **given}}
        value = {"action": action, "trigger": "manual"}
        place = self.town.conversations[message.channel]
        invoked = self.activity(place, type="invoke", name="adaptiveCard/action", value=value, replyToId=message.id)
        if not place.user:
            invoked["conversation"]["id"] = f"{place.id};messageid={message.raw.get('thread') or message.id}"
        answer = self.deliver(invoked)
        assert answer.get("statusCode") == 200, answer
        return answer

    def _value(self, box: Json, value: Any) -> str:
        if isinstance(value, list | tuple):
            return ",".join(self._value(box, each) for each in value)
        if value is None:
            return ""
        if box["type"] != "Input.ChoiceSet":
            return str(value)
        choices = box["choices"]
        for fits in (str.__eq__, str.startswith):
            for choice in choices:
                if fits(choice["title"].casefold(), str(value).casefold()):
                    return str(choice["value"])
        raise NotThere(f"{box['label']} offers {[choice['title'] for choice in choices]}, not {value!r}")

    # -- reading -----------------------------------------------------------------------------------------------
    def messages(self, channel: str | None = None) -> list[Message]:
        """What stands in a place, oldest first, as far as the bot said it."""
        place = self.place(channel)
        return [_message(place.id, own, said) for own, said in self.town.shown(place.id) if "from" not in said]

    def newest_first(self, channel: str | None = None) -> Iterator[Message]:
        """By when each was said, in the person's chat and in all channels where they are."""
        mine = [self.place(channel)] if channel else [self.chat, *self.channels()]
        found = [message for place in mine for message in self.messages(place.id if not place.user else None)]
        yield from sorted(found, key=lambda message: message.id, reverse=True)

    def channels(self) -> list[Conversation]:
        """The channels where they are."""
        own = self.town.people[self.handle]["id"]
        return [each for each in self.town.conversations.values() if own in each.members]

    def _button(self, label: str, channel: str | None, message: Message | None) -> tuple[Message, Json]:
        seen: list[str] = []
        for shown in [message] if message else self.newest_first(channel):
            found = [each for card in shown.cards for each in reading.buttons(card) if "data" in each[1]]
            seen += [title for title, _ in found]
            for fits in (str.__eq__, str.startswith):
                for title, action in found:
                    if fits(title.removeprefix("✓ "), label):
                        return shown, action
        raise NotThere(f"nothing reads {label!r}; to press there is {seen[:40]}")

    def _form(self) -> Message:
        for shown in self.newest_first():
            if any(next(reading.inputs(card), None) for card in shown.cards):
                return shown
        raise NotThere("no form is open")

    def form(self) -> str:
        """The newest form as text."""
        return self._form().text


def _input(card: Json, name: str) -> Json:
    boxes = list(reading.inputs(card))
    for fits in (str.__eq__, str.startswith):
        for box in boxes:
            if fits(box["id"], name) or fits(box["label"], name):
                return box
    raise NotThere(f"the form has no input {name!r}, only {[box['label'] for box in boxes]}")


def _message(place: str, own: str, said: Json) -> Message:
    parts = [said.get("text", "")]
    for attached in said.get("attachments", []):
        if attached["contentType"] == CARD:
            parts.append(reading.read(attached["content"]))
        else:
            parts.append(f"(file {attached.get('name', '')})")
    return Message("\n".join(filter(None, parts)), place, own, said)
