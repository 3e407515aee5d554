"""The two platforms on which a transcript plays: what people do there, and what they see."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.app import Parts
from bot.playground.person import NotThere
from tests.running import DEADLINE, Running
from tests.teams.person import Message, TeamsPerson
from tests.teams.running import RunningTeams

Upload = tuple[str, bytes]
Value = str | Upload | None


@dataclass(frozen=True)
class Seen:
    """A message in a place. `private`: one person alone sees it."""

    place: str
    id: str
    text: str
    private: bool


class House(Protocol):
    """A platform with the bot in it. `where` is a channel's name, None the chat with the bot."""

    name: str

    @property
    def parts(self) -> Parts: ...
    def settle(self) -> None: ...
    def zone(self, who: str) -> str: ...
    def advance(self, seconds: int) -> None: ...
    def move_to(self, moment: str) -> None: ...
    def bot_joins(self, channel: str) -> None: ...
    def bot_leaves(self, channel: str) -> None: ...
    def command(self, who: str, name: str, text: str, where: str | None) -> None: ...
    def say(self, who: str, text: str, where: str | None, files: Sequence[Upload] = ()) -> None: ...
    def press(self, who: str, label: str, where: str | None, *, home: bool) -> None: ...
    def submit(self, who: str, values: Mapping[str, Value]) -> Mapping[str, str] | None: ...
    def open_home(self, who: str) -> None: ...
    def seen_by(self, who: str) -> list[Seen]:
        """What the bot said where this person is, or in a channel (`#name`), the oldest first."""
        ...

    def shown(self, words: str) -> str:
        """How words of a transcript read here."""
        ...

    def is_in(self, seen: Seen, channel: str, who: str) -> bool:
        """Whether an answer to something said in a channel stands where the person looks for it."""
        ...

    def surface(self, who: str, surface: str, words: str) -> None:
        """Raise unless the open form, or the home, holds these words."""
        ...

    def problems(self) -> Sequence[object]:
        """What the platform refused, and nobody was told of."""
        ...


@dataclass
class SlackHouse:
    """The local Slack."""

    bot: Running
    name: str = "Slack"

    @property
    def parts(self) -> Parts:
        return self.bot.parts

    def settle(self) -> None:
        self.bot.settle()

    def zone(self, who: str) -> str:
        return str(self.bot.slack.workspace.person(who)["tz"])

    def advance(self, seconds: int) -> None:
        moved = self.bot.slack.clock(advance_seconds=seconds)
        assert "bot_error" not in moved, moved

    def move_to(self, moment: str) -> None:
        moved = self.bot.slack.clock(to=moment)
        assert "bot_error" not in moved, moved

    def bot_joins(self, channel: str) -> None:
        self.bot.slack.invite_bot(channel)

    def bot_leaves(self, channel: str) -> None:
        self.bot.slack.remove_bot(channel)

    def command(self, who: str, name: str, text: str, where: str | None) -> None:
        self.bot.as_(who).command(f"/{name}", text, channel=where)

    def say(self, who: str, text: str, where: str | None, files: Sequence[Upload] = ()) -> None:
        self.bot.as_(who).say(text, channel=where, files=files)

    def press(self, who: str, label: str, where: str | None, *, home: bool) -> None:
        self.bot.as_(who).press(label, channel=where, home=home)

    def submit(self, who: str, values: Mapping[str, Value]) -> Mapping[str, str] | None:
        errors: Mapping[str, str] | None = self.bot.as_(who).submit(values)
        return errors

    def open_home(self, who: str) -> None:
        self.bot.as_(who).open_home()

    def seen_by(self, who: str) -> list[Seen]:
        if who.startswith("#"):
            found = self.bot.as_("marta").messages(who.removeprefix("#"))
        else:
            person = self.bot.as_(who)
            mine = [c["id"] for c in self.bot.slack.workspace.channels.values() if person.id in c["members"]]
            found = [message for place in mine for message in person.messages(place)]
        return [Seen(m.channel, m.ts, m.text, m.ephemeral or m.channel.startswith("D")) for m in found if m.from_bot]

    def shown(self, words: str) -> str:
        return words

    def is_in(self, seen: Seen, channel: str, who: str) -> bool:
        return bool(seen.place == self.bot.as_(who)._channel(channel))

    def surface(self, who: str, surface: str, words: str) -> None:
        person = self.bot.as_(who)
        (person.wait_for_modal if surface == "form" else person.wait_for_home)(words, DEADLINE)

    def problems(self) -> Sequence[object]:
        return [entry for entry in self.bot.slack.log() if entry["direction"] == "problem"]


@dataclass
class TeamsHouse:
    """The stand-in for Teams. What Slack shows to one person in a channel stands in that person's chat here."""

    bot: RunningTeams
    name: str = "Teams"
    homes: dict[str, str] = field(default_factory=dict)
    commanded: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.bot.as_("ada").add("ai-portfolio")
        self.bot.settle()
        self.bot.town.messages.clear()

    @property
    def parts(self) -> Parts:
        return self.bot.parts

    def settle(self) -> None:
        self.bot.settle()

    def zone(self, who: str) -> str:
        return str(self.bot.town.people[who]["tz"])

    def advance(self, seconds: int) -> None:
        self.bot.move_to(self.bot.parts.clock.now() + timedelta(seconds=seconds))

    def move_to(self, moment: str) -> None:
        self.bot.move_to(datetime.fromisoformat(f"{moment}+00:00"))

    def bot_joins(self, channel: str) -> None:
        self.bot.as_("ada").place(channel).installed = True

    def bot_leaves(self, channel: str) -> None:
        self.bot.as_("ada").place(channel).installed = False

    def command(self, who: str, name: str, text: str, where: str | None) -> None:
        self.commanded[who] = text if name == "readiness" else f"{name} {text}"
        self.say(who, f"@bridgehead {name} {text}" if where else f"/{name} {text}", where)

    def say(self, who: str, text: str, where: str | None, files: Sequence[Upload] = ()) -> None:
        self.bot.as_(who).say(text, where, [self.bot.town.shared(*each) for each in files])

    def press(self, who: str, label: str, where: str | None, *, home: bool) -> None:
        self.bot.as_(who).press(label, where, self._home(who) if home else None)

    def submit(self, who: str, values: Mapping[str, Value]) -> Mapping[str, str] | None:
        files = [value for value in values.values() if isinstance(value, tuple)]
        if files:
            # A card takes no file: it is shared beside the command that asked for it.
            self.say(who, self.commanded[who], None, files)
            return None
        return self.bot.as_(who).submit(values)

    def open_home(self, who: str) -> None:
        self.say(who, "home", None)
        self.settle()
        self.homes[who] = self.bot.as_(who).messages()[-1].id

    def seen_by(self, who: str) -> list[Seen]:
        if who.startswith("#"):
            return [self._seen(m, private=False) for m in self._person("marta").messages(who.removeprefix("#"))]
        there = [m for place in self._person(who).channels() for m in self._person(who).messages(place.id)]
        own = [m for m in self._person(who).messages() if m.id != self.homes.get(who)]
        return [self._seen(m, private=False) for m in there] + [self._seen(m, private=True) for m in own]

    def shown(self, words: str) -> str:
        # Only Slack's commands begin with a slash.
        words = words.replace("/readiness", "readiness").replace("/portfolio", "portfolio")
        # A file is a link of its title.
        return re.sub(r"\(file (.*)\)", r"\1", words)

    def is_in(self, seen: Seen, channel: str, who: str) -> bool:
        return seen.place in (self._person(who).chat.id, self._person(who).place(channel).id)

    def surface(self, who: str, surface: str, words: str) -> None:
        person = self._person(who)
        # A form that is refused, for want of a role, is answered like anything else.
        shown = self._home(who) if surface == "home" else person.messages()[-1]
        if words not in shown.text:
            raise NotThere(f"{who}'s {surface} reads {shown.text!r}, not {words!r}")

    def problems(self) -> Sequence[object]:
        return self.bot.town.problems

    def _person(self, who: str) -> TeamsPerson:
        return self.bot.as_(who)

    def _home(self, who: str) -> Message:
        own = self.homes.get(who)
        found = next((m for m in self._person(who).messages() if m.id == own), None)
        if found is None:
            raise NotThere(f"{who} has not asked for a home")
        return found

    def _seen(self, message: Message, *, private: bool) -> Seen:
        return Seen(message.channel, message.id, message.text, private)
