"""Files in messages. A card shows a picture; whatever else is a link, because a message takes no file from a bot."""

import asyncio
import base64
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar
from urllib.parse import quote

from bot.chat.document import PNG, Document
from bot.chat.view import Bullets, Line, Span, View
from bot.platforms.teams.addresses import PLATFORM
from bot.usecases.ports import Destination
from bot.usecases.sending import Unreachable

T = TypeVar("T")
PICTURE_UNITS = 24_000
"""Characters of a picture in base64: with them and the words beside it, a message stays below what Teams takes."""
COLOURS = (256, 64, 16)
"""How many colours of a picture are kept, the fewer the larger it is."""
NO_ADDRESS = "no_address"
"""Why a file waits: nobody told us under which address we are reached."""
FILES_PATH = "/files"


class Shelf(Protocol):
    """Keeps files until somebody fetches them; `storage` fulfils it."""

    def put(self, platform: str, installation: str, whose: str, document: Document) -> str:
        """The word that fetches it."""
        ...

    def get(self, token: str) -> Document | None:
        """The file, as long as it is kept."""
        ...


class Threads(Protocol):
    """Runs what touches the disk beside the loop."""

    async def __call__(self, work: Callable[..., T], *arguments: object) -> T:
        """What `work` gives, from a thread that may write."""
        ...


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that travels in its message: what stands above it, what it shows, and its data."""

    title: str
    alternative: str
    url: str


@dataclass(frozen=True, slots=True)
class Documents:
    """Makes messages of documents. `address` is ours, as people reach it, "" where it is not known."""

    shelf: Shelf
    threads: Threads
    address: str = ""

    async def carried(self, to: Destination, documents: Sequence[Document], view: View) -> tuple[View, list[Picture]]:
        """The view with links to what cannot stand in a message, and the pictures that can. Raises Unreachable."""
        pictures, links = list[Picture](), list[Line]()
        for document in documents:
            shown = await asyncio.to_thread(_picture, document) if document.media_type == PNG else None
            if shown is not None:
                pictures.append(shown)
            else:
                links.append((Span(document.title, link=await self._link(to, document)),))
        return replace(view, parts=(*view.parts, Bullets(tuple(links)))) if links else view, pictures

    async def _link(self, to: Destination, document: Document) -> str:
        if not self.address:
            raise Unreachable(NO_ADDRESS)
        whose = to.user or to.channel or ""
        token = await self.threads(
            self.shelf.put, PLATFORM, to.installation, whose, await asyncio.to_thread(_whole, document)
        )
        return f"{self.address}{FILES_PATH}/{token}/{quote(document.name, safe='')}"


def _whole(document: Document) -> Document:
    """The same with its bytes at hand: what lies in a file goes when its message has gone, and the link stays."""
    return replace(document, content=Path(document.path).read_bytes(), path="") if document.path else document


def _picture(document: Document) -> Picture | None:
    """The picture in as many colours as its size allows; None where even the fewest are too much."""
    from PIL import Image  # noqa: PLC0415 - only pictures need it, and it takes a while

    content = document.content
    for colours in (0, *COLOURS):
        if colours:
            smaller = io.BytesIO()
            with Image.open(io.BytesIO(document.content)) as drawn:
                drawn.convert("RGB").quantize(colours).save(smaller, "PNG", optimize=True)
            content = smaller.getvalue()
        encoded = base64.b64encode(content).decode()
        if len(encoded) <= PICTURE_UNITS:
            return Picture(document.title, document.alternative, f"data:{PNG};base64,{encoded}")
    return None
