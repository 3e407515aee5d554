"""Who is who in an installation: people by the ids and names by which they are meant, channels by name."""

import re
import time
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TypeVar

from bot.chat.incoming import Command, Incoming, Say, Submit
from bot.chat.view import Field, FieldKind, Form, Option
from bot.platforms.payload import inner_text
from bot.platforms.teams.addresses import Address, Addresses
from bot.platforms.teams.connector import Connector
from bot.usecases.sending import SendFault, Unreachable

T = TypeVar("T")
LIVES = 600.0
"""Seconds for which a roster is taken as it was read."""
RESTS = 60.0
"""Seconds before it is read again after that failed: somebody waits for an answer each time."""
_MEMBER = re.compile(r"<@(29:[^>\s]+)>")
_MENTION = re.compile(r"<@([^>|\s]+)>")
_OBJECT_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12,13}", re.ASCII | re.IGNORECASE)
_NAME = re.compile(r"(?<![\w@<])@([^\W_][\w.'’-]*)(?:( +)([^\W_][\w.'’-]*))?")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who can be named. `user` is their Entra object id, `member` their id for us, `handle` of their mail."""

    user: str
    name: str
    member: str = ""
    handle: str = ""


@dataclass(slots=True)
class Roster:
    """Reads who is in the teams where we are, and keeps it for a while."""

    connector: Connector
    addresses: Addresses
    now: Callable[[], float] = time.monotonic
    _people: dict[str, tuple[float, Sequence[Member]]] = field(default_factory=dict)
    _channels: dict[str, tuple[float, Sequence[Option]]] = field(default_factory=dict)

    async def people(self, installation: str) -> Sequence[Member]:
        """Everybody whom we have met, and the members of the teams where we still are; by name."""
        return await self._kept(self._people, installation, self._read_people)

    async def channels(self, installation: str) -> Sequence[Option]:
        """The channels into which we could post, by name."""
        return await self._kept(self._channels, installation, self._read_channels)

    async def meant(self, incoming: Incoming, service_url: str, conversation: str) -> Incoming:
        """Words in which people are named by their Entra object id: mentions as such, and an "@name" that is known.

        In a chat with us nobody else can be mentioned, so that there the name is all that people can type.
        """
        if isinstance(incoming, Submit):
            return replace(incoming, names=await self._names(incoming.actor.installation, _values(incoming)))
        if not isinstance(incoming, Say | Command) or "@" not in incoming.text:
            return incoming
        text = incoming.text
        for member in dict.fromkeys(_MEMBER.findall(text)):
            user = await self._user_of(incoming.actor.installation, member, service_url, conversation)
            text = text.replace(f"<@{member}>", f"<@{user}>")
        if _NAME.search(text):
            people = await self.people(incoming.actor.installation)
            text = _NAME.sub(lambda found: _named(found, people), text)
        names = await self._names(incoming.actor.installation, set(_MENTION.findall(text)))
        return replace(incoming, text=text, names=names)

    async def with_options(self, form: Form, installation: str) -> Form:
        """The form with a list to choose from where it asks for people or a channel."""
        return replace(form, fields=tuple([await self._field(each, installation) for each in form.fields]))

    async def member_of(self, installation: str, user: str) -> str:
        """Somebody's id for us, where any team has it; else their Entra object id, which Teams takes as well."""
        return next((each.member for each in await self.people(installation) if each.user == user), "") or user

    async def _names(self, installation: str, users: Collection[str]) -> Mapping[str, str]:
        """The names of those of these ids that are people's."""
        if not users:
            return {}
        return {each.user: each.name for each in await self.people(installation) if each.user in users}

    async def _field(self, asked: Field, installation: str) -> Field:
        if asked.kind in (FieldKind.PERSON, FieldKind.PEOPLE):
            people = await self.people(installation)
            return replace(asked, options=tuple(Option(each.name, each.user) for each in people))
        if asked.kind is FieldKind.CHANNEL:
            return replace(asked, options=tuple(await self.channels(installation)))
        return asked

    async def _user_of(self, installation: str, member: str, service_url: str, conversation: str) -> str:
        for person in (await self.addresses.all(installation)).items():
            if person[1].member == member:
                return person[0]
        try:
            found = await self.connector.member(service_url, conversation, member)
        except SendFault:
            return member
        return inner_text(found, "aadObjectId") or inner_text(found, "objectId") or member

    async def _read_people(self, known: Mapping[str, Address]) -> Sequence[Member]:
        found = {
            user: Member(user, address.name or user, address.member)
            for user, address in known.items()
            if address.member
        }
        for team, service_url in _teams(known).items():
            with suppress(Unreachable):
                async for each in self.connector.members(service_url, team):
                    user = inner_text(each, "aadObjectId") or inner_text(each, "objectId")
                    mail = inner_text(each, "userPrincipalName") or inner_text(each, "email")
                    if user:
                        name = inner_text(each, "name") or mail or user
                        found[user] = Member(user, name, inner_text(each, "id"), mail.partition("@")[0])
        return sorted(found.values(), key=lambda member: (member.name.casefold(), member.user))

    async def _read_channels(self, known: Mapping[str, Address]) -> Sequence[Option]:
        found = {
            channel: address.name or channel
            for channel, address in known.items()
            if not address.member and channel not in _teams(known)
        }
        for team, service_url in _teams(known).items():
            with suppress(Unreachable):
                for each in await self.connector.channels(service_url, team):
                    if channel := inner_text(each, "id"):
                        found[channel] = inner_text(each, "name") or known.get(team, Address("")).name or channel
        return sorted(
            (Option(name, channel) for channel, name in found.items()), key=lambda each: each.label.casefold()
        )

    async def _kept(
        self,
        kept: dict[str, tuple[float, Sequence[T]]],
        installation: str,
        read: Callable[[Mapping[str, Address]], Awaitable[Sequence[T]]],
    ) -> Sequence[T]:
        """What was read not long ago. What cannot be read now leaves what was known before."""
        ends_at, found = kept.get(installation, (self.now(), ()))
        if self.now() < ends_at:
            return found
        try:
            found = await read(await self.addresses.all(installation))
            lives = LIVES if found else 0.0
        except SendFault:
            lives = RESTS
        kept[installation] = self.now() + lives, found
        return found

    def forget(self, installation: str) -> None:
        """Somebody or some channel is new."""
        self._people.pop(installation, None)
        self._channels.pop(installation, None)


def _values(submit: Submit) -> set[str]:
    """What stands in the fields, as an Entra object id would."""
    found = (each if isinstance(each, tuple) else (each or "",) for each in submit.fields.values())
    return {value for several in found for value in several if _OBJECT_ID.fullmatch(value)}


def _teams(known: Mapping[str, Address]) -> Mapping[str, str]:
    """The teams where we are, and where the connector listens for each."""
    return {address.team: address.service_url for address in known.values() if address.team}


def _named(found: re.Match[str], people: Sequence[Member]) -> str:
    """A name that means one person alone, as their mention; the longer name first. Else what stands there."""
    first, second = found[1].rstrip(".,"), found[3] or ""
    if second:
        last = second.rstrip(".,")
        named = [each for each in people if each.name.casefold() == f"{first} {last}".casefold()]
        if len(named) == 1:
            return f"<@{named[0].user}>{second[len(last) :]}"
    word = first.casefold()
    whole = [each for each in people if word in (each.handle.casefold(), each.name.casefold())]
    begun = [each for each in people if each.name.casefold().partition(" ")[0] == word]
    for named in (whole, begun):
        if len(named) == 1:
            return f"<@{named[0].user}>{found[0][1 + len(first) :]}"
    return found[0]
