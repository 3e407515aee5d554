"""Stand-ins for what is outside the process: they remember. The database is never faked."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from bot.chat.document import Document
from bot.chat.plain import plain
from bot.chat.view import View
from bot.readiness.links import LinkState, Look
from bot.usecases.ports import Destination, Profile
from bot.usecases.sending import FileRefused, SendFault, Unreachable


@dataclass
class RememberingMessenger:
    """A platform that takes everything, or fails as told.

    `faults` are raised one by one, None takes the message; `taken_anyway` makes them come after it was taken, as a
    lost answer does. `unreachable` names channels that take nothing, and why; `broken` accounts that break us.
    `sent_files` came with a notice. `files` can be downloaded, but for the `refused_files` with why not.
    """

    faults: list[SendFault | None] = field(default_factory=list)
    taken_anyway: bool = False
    posts: list[tuple[str, str, str]] = field(default_factory=list)
    threads: list[str | None] = field(default_factory=list)
    edits: list[tuple[str, str]] = field(default_factory=list)
    homes: list[tuple[str, str]] = field(default_factory=list)
    sent_files: dict[str, tuple[Document, ...]] = field(default_factory=dict)
    looked_for: list[str] = field(default_factory=list)
    unreachable: dict[str, str] = field(default_factory=dict)
    find_faults: list[SendFault] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    profiles: dict[str, Profile] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    refused_files: dict[str, str] = field(default_factory=dict)
    download_faults: list[SendFault] = field(default_factory=list)

    async def post(self, to: Destination, view: View, key: str, thread: str | None = None) -> str:
        fault = self.faults.pop(0) if self.faults else None
        if to.user in self.broken:
            raise ZeroDivisionError("a fault of ours")
        if reason := self.unreachable.get(to.user or to.channel or ""):
            raise Unreachable(reason)
        ref = f"ref{len(self.posts) + 1}"
        if fault is None or self.taken_anyway:
            self.posts.append((to.user or to.channel or "", plain(view), key))
            self.threads.append(thread)
            self.views[ref] = view
        if fault is not None:
            raise fault
        return ref

    async def upload(self, to: Destination, documents: Sequence[Document], view: View, key: str) -> str:
        ref = await self.post(to, view, key)
        self.sent_files[key] = tuple(_whole(each) for each in documents)
        return ref

    async def edit(self, to: Destination, ref: str, view: View) -> None:
        self.edits.append((ref, plain(view)))
        self.views[ref] = view

    async def find(self, to: Destination, key: str, since: datetime, thread: str | None = None) -> str | None:
        self.looked_for.append(key)
        if self.find_faults:
            raise self.find_faults.pop(0)
        keys = [posted for _, _, posted in self.posts]
        return f"ref{keys.index(key) + 1}" if key in keys else None

    async def publish_home(self, to: Destination, view: View) -> None:
        self.homes.append((to.user or "", plain(view)))

    async def profile(self, to: Destination) -> Profile:
        user = to.user or ""
        return self.profiles.get(user, Profile(user.removeprefix("U0").title(), "Europe/Berlin", "en"))

    async def download(self, file_id: str, most_bytes: int) -> bytes:
        if self.download_faults:
            raise self.download_faults.pop(0)
        if reason := self.refused_files.get(file_id):
            raise FileRefused(reason)
        if len(self.files[file_id]) > most_bytes:
            raise FileRefused("too_large")
        return self.files[file_id]

    def said_to(self, account: str) -> Sequence[str]:
        """What one person or channel has got, oldest first."""
        return [text for to, text, _ in self.posts if to == account]


@dataclass
class RememberingHosts:
    """Web hosts seen through a looker: every link is there, but for those that `found` says something else of.

    `looks` holds what was looked at, call by call; nothing ends before `is_open` is set.
    """

    found: dict[str, Look] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    looks: list[list[str]] = field(default_factory=list)
    is_open: asyncio.Event | None = None

    async def look_at(self, known: Mapping[str, str]) -> Mapping[str, Look]:
        self.looks.append(list(known))
        if self.is_open is not None:
            await self.is_open.wait()
        return {link: self.found.get(link) or self._there(link, known[link]) for link in known}

    def _there(self, link: str, known: str) -> Look:
        page = f"body:{self.pages.get(link, 'first')}"
        return Look(LinkState.CHANGED if known not in ("", page) else LinkState.ALIVE, page)


def _whole(document: Document) -> Document:
    """With its bytes: files are gone once they were sent."""
    return replace(document, content=Path(document.path).read_bytes(), path="") if document.path else document
