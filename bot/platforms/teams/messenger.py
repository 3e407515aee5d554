"""ports.Messenger over the Bot Connector: one bot in one Entra tenant."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.document import Document
from bot.chat.view import View
from bot.platforms.teams.activities import message, with_pictures
from bot.platforms.teams.connector import Web
from bot.platforms.teams.delivery import Chat, Delivery
from bot.platforms.teams.documents import Documents
from bot.platforms.teams.download import downloaded
from bot.platforms.teams.words import ENGLISH, Words
from bot.usecases.ports import Destination, Profile
from bot.usecases.sending import CannotLook


@dataclass(frozen=True, slots=True)
class TeamsMessenger:
    """Sends and edits notices; failures are the exceptions of `bot.usecases.sending`.

    A ref is `conversation|activity id`, which only we read.
    """

    delivery: Delivery
    web: Web
    documents: Documents
    words: Words = ENGLISH

    async def post(self, to: Destination, view: View, key: str, thread: str | None = None) -> str:  # noqa: ARG002
        """Post a notice, in the thread of another where that is named; gives its ref. Teams keeps no key of ours."""
        chat = await self._chat(to, _activity_of(thread) if thread else "")
        return await self._send(chat, message(view, self.words))

    async def edit(self, to: Destination, ref: str, view: View) -> None:
        """Replace a posted notice."""
        conversation, _, activity = ref.rpartition("|")
        chat = await self._chat(to)
        await self.delivery.connector.update(chat.service_url, conversation, activity, message(view, self.words))

    async def upload(self, to: Destination, documents: Sequence[Document], view: View, key: str) -> str:  # noqa: ARG002
        """One message with pictures in it, and links to other files; gives its ref."""
        told, pictures = await self.documents.carried(to, documents, view)
        return await self._send(await self._chat(to), with_pictures(message(told, self.words), pictures))

    async def find(self, *_notice: object) -> str | None:
        """A bot may not read what stands in a conversation. Raises CannotLook, always."""
        raise CannotLook("no_history")

    async def publish_home(self, to: Destination, view: View) -> None:
        """Replace a person's home card, where they have asked for one."""
        known = await self.delivery.addresses.of(to.installation, to.user or "")
        if known is not None and known.home:
            said = message(view, self.words)
            await self.delivery.connector.update(known.service_url, known.conversation, known.home, said)

    async def profile(self, to: Destination) -> Profile:
        """A person's name. Zone and language come with what they say; Teams names no administrators."""
        known = {each.user: each.name for each in await self.delivery.roster.people(to.installation)}
        name = known.get(to.user or "", "")
        return Profile("" if name == to.user else name, "", "")

    async def download(self, file_id: str, most_bytes: int) -> bytes:
        """A file that somebody shared in our chat, by the address that came with it."""
        return await downloaded(self.web, file_id, most_bytes)

    async def _chat(self, to: Destination, thread: str = "") -> Chat:
        if to.channel:
            return await self.delivery.channel(to.installation, to.channel, thread)
        return await self.delivery.chat_with(to.installation, to.user or "")

    async def _send(self, chat: Chat, activity: dict[str, object]) -> str:
        sent = await self.delivery.connector.send(chat.service_url, chat.conversation, activity)
        return f"{chat.conversation}|{sent}"


def _activity_of(ref: str) -> str:
    return ref.rpartition("|")[2]
