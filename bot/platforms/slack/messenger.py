"""ports.Messenger over Slack's Web API: one workspace, one client."""

import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.chat.document import Document
from bot.chat.view import View
from bot.platforms.slack.answers import QUIET
from bot.platforms.slack.client import WebClient
from bot.platforms.slack.download import downloaded
from bot.platforms.slack.faults import translated
from bot.platforms.slack.render import ENGLISH, Words, home, message
from bot.platforms.slack.uploads import is_of, share
from bot.platforms.text import Json
from bot.usecases.ports import Destination, Profile
from bot.usecases.sending import CannotLook, Unreachable

EVENT_TYPE = "bridgehead_notice"
KEY_SPACE = uuid.UUID("5f0e5d2c-94d2-5a0b-9a35-0f6f5e1c7b10")
"""Namespace of client_msg_id: the same notice has the same id at every attempt."""
CLOCK_SLACK = timedelta(seconds=60)
"""How far Slack's clock may stand behind ours when we look for a message."""
HISTORY_PAGES = 5
HISTORY_PAGE = 200


class SlackMessenger:
    """Sends, edits and finds notices; failures are the exceptions of `bot.usecases.sending`."""

    def __init__(self, client: WebClient, words: Words = ENGLISH) -> None:
        self._client, self._words = client, words
        self._conversations: dict[str, str] = {}

    async def post(self, to: Destination, view: View, key: str, thread: str | None = None) -> str:
        """Post a notice, in the thread of another where that is named; gives `channel:ts`, which only we read."""
        channel = await self._channel(to)
        within: Json = {"thread_ts": thread.rpartition(":")[2]} if thread else {}
        with translated():
            answer = await self._client.chat_postMessage(
                channel=channel,
                client_msg_id=str(uuid.uuid5(KEY_SPACE, key)),
                metadata={"event_type": EVENT_TYPE, "event_payload": {"key": key}},
                **message(view, self._words),
                **within,
                **QUIET,
            )
        return f"{answer['channel']}:{answer['ts']}"

    async def edit(self, to: Destination, ref: str, view: View) -> None:  # noqa: ARG002  # the ref names the channel
        """Replace a posted notice."""
        channel, _, ts = ref.rpartition(":")
        said = message(view, self._words)
        with translated(repeatable=True):
            await self._client.chat_update(channel=channel, ts=ts, text=said["text"], blocks=said["blocks"])

    async def upload(self, to: Destination, documents: Sequence[Document], view: View, key: str) -> str:
        """Share files as one message; gives the first file's id. Only the last of its steps can end uncertain."""
        channel = await self._channel(to)
        return await share(self._client, channel, documents, message(view, self._words)["blocks"], key)

    async def find(self, to: Destination, key: str, since: datetime, thread: str | None = None) -> str | None:
        """The notice with this key, post or files, if history or thread shows it. Raises CannotLook."""
        channel = await self._channel(to)
        look: Callable[..., Awaitable[AsyncSlackResponse]] = self._client.conversations_history
        if thread:
            look = partial(self._client.conversations_replies, ts=thread.rpartition(":")[2])
        asked: Json = {"oldest": f"{(since - CLOCK_SLACK).timestamp():.6f}", "limit": HISTORY_PAGE}
        for _ in range(HISTORY_PAGES):
            try:
                with translated(repeatable=True):
                    answer = await look(channel=channel, include_all_metadata=True, **asked)
            except Unreachable as fault:
                if fault.reason == "missing_scope":
                    raise CannotLook(fault.reason) from None
                raise
            for posted in answer.get("messages") or []:
                if _carries(posted, key):
                    return f"{channel}:{posted['ts']}"
            asked["cursor"] = (answer.get("response_metadata") or {}).get("next_cursor")
            if not asked["cursor"]:
                return None
        return None

    async def publish_home(self, to: Destination, view: View) -> None:
        """Put a person's home."""
        with translated(repeatable=True):
            await self._client.views_publish(user_id=to.user or "", view=home(view, self._words))

    async def profile(self, to: Destination) -> Profile:
        """Name, IANA time zone, language and standing of a person, by users.info."""
        with translated(repeatable=True):
            answer = await self._client.users_info(user=to.user or "", include_locale=True)
        person = answer["user"]
        shown = person.get("profile") or {}
        name = shown.get("display_name") or shown.get("real_name") or person.get("real_name") or person.get("name")
        language = str(person.get("locale") or "").partition("-")[0].lower()
        return Profile(name or "", person.get("tz") or "", language, is_admin=bool(person.get("is_admin")))

    async def download(self, file_id: str, most_bytes: int) -> bytes:
        """A file that somebody shared, by files.info and its private address; needs `files:read`."""
        return await downloaded(self._client, file_id, most_bytes)

    async def _channel(self, to: Destination) -> str:
        """The channel, or a person's direct messages: opened once per process."""
        if to.channel:
            return to.channel
        user = to.user or ""
        if user not in self._conversations:
            with translated(repeatable=True):
                answer = await self._client.conversations_open(users=user)
            self._conversations[user] = answer["channel"]["id"]
        return self._conversations[user]


def _carries(posted: Mapping[str, Any], key: str) -> bool:
    """Whether a message of the history is the one of this notice: a post by its metadata, files by their names."""
    metadata = posted.get("metadata") or {}
    if (metadata.get("event_payload") or {}).get("key") == key:
        return True
    return any(is_of(str(file.get("name") or ""), key) for file in posted.get("files") or [])
