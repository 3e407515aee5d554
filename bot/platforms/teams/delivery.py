"""Views into conversations: which conversation a person's chat is, and the activities that carry a card."""

from dataclasses import dataclass

from bot.platforms.teams.addresses import Address, Addresses
from bot.platforms.teams.connector import Connector
from bot.platforms.teams.faults import NOT_INSTALLED
from bot.platforms.teams.roster import Roster
from bot.usecases.sending import Unreachable


@dataclass(frozen=True, slots=True)
class Chat:
    """A conversation that is open: where the connector listens for it, and its id."""

    service_url: str
    conversation: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """Sends and replaces messages. Failures are those of `bot.usecases.sending`."""

    connector: Connector
    addresses: Addresses
    roster: Roster

    async def chat_with(self, installation: str, user: str) -> Chat:
        """A person's own chat with us; opened when they never spoke to us there. Raises Unreachable."""
        known = await self.addresses.of(installation, user)
        if known is not None and known.conversation:
            return Chat(known.service_url, known.conversation)
        via = known or await self._anyone(installation)
        member = via.member if known is not None and known.member else await self.roster.member_of(installation, user)
        opened = await self.connector.create(via.service_url, via.bot, member, installation)
        await self.addresses.learn(installation, user, Address(via.service_url, opened, via.bot, member))
        return Chat(via.service_url, opened)

    async def channel(self, installation: str, channel: str, thread: str = "") -> Chat:
        """A channel, or one of its threads."""
        known = await self.addresses.of(installation, channel) or await self._anyone(installation)
        return Chat(known.service_url, f"{channel};messageid={thread}" if thread else channel)

    async def _anyone(self, installation: str) -> Address:
        """How the connector of an installation is reached; none knows before somebody spoke to us there."""
        for address in (await self.addresses.all(installation)).values():
            return address
        raise Unreachable(NOT_INSTALLED)
