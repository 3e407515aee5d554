"""Files into a conversation: an address for each, its bytes there, and one call that shares them all.

| step | done twice |
|---|---|
| files.getUploadURLExternal | no harm: an address nobody uses is forgotten |
| POST of the bytes | no harm: nothing is shared yet |
| files.completeUploadExternal | the files would stand there twice: when its answer is lost, nobody knows |

Slack has no key of ours for files, so their names carry a mark of the notice, by which history shows them again.
The words go as blocks and not as `initial_comment`, which is read as markup.
Source: docs.slack.dev/messaging/working-with-files; docs.slack.dev/reference/methods/files.completeUploadExternal.
"""

import asyncio
import hashlib
import json
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import aiohttp

from bot.chat.document import LONGEST_ALTERNATIVE, Document
from bot.platforms.slack.client import CONNECT_SECONDS, WebClient
from bot.platforms.slack.faults import translated
from bot.platforms.text import Json, shorten
from bot.usecases.sending import NotTaken, Unreachable

TITLE_UNITS = 250
"""Ours: Slack states no limit."""
UPLOAD_SECONDS = 15
"""For the bytes of one file."""
PREPARING_SECONDS = 35
"""For all steps but the last; with that one, it ends before the lease of a claim does."""
SLOWEST = 500_000
"""Bytes a second of a large file: it has more time, as whoever sends it holds its claim meanwhile."""
MARK_DIGITS = 10


async def share(
    client: WebClient, channel: str, documents: Sequence[Document], blocks: Sequence[Json], key: str
) -> str:
    """Share documents as one message with these blocks above them; gives the id of the first file."""
    with translated(repeatable=True):
        async with asyncio.timeout(PREPARING_SECONDS + sum(map(_size, documents)) / SLOWEST):
            ids = [await _put(client, each, key) for each in documents]
    titles = (shorten(each.title, TITLE_UNITS) for each in documents)
    files = [{"id": file_id, "title": title} for file_id, title in zip(ids, titles, strict=True)]
    with translated():
        # The SDK's own method would put everything into the query string, which has no room for blocks.
        shared = {"files": json.dumps(files), "channel_id": channel, "blocks": json.dumps(list(blocks))}
        await client.api_call("files.completeUploadExternal", data=shared)
    return f"file:{ids[0]}"


def is_of(name: str, key: str) -> bool:
    """Whether a file of this name was sent for the notice of this key."""
    return PurePosixPath(name).stem.endswith(_mark(key))


async def _put(client: WebClient, document: Document, key: str) -> str:
    """The id of a file whose bytes are at Slack and which nobody sees yet."""
    path = PurePosixPath(document.name)
    place = await client.files_getUploadURLExternal(
        filename=f"{path.stem}{_mark(key)}{path.suffix}",
        length=_size(document),
        alt_txt=shorten(document.alternative, LONGEST_ALTERNATIVE) or None,
    )
    with ExitStack() as opened:
        await _post(
            client, str(place["upload_url"]), _body(document, opened), UPLOAD_SECONDS + _size(document) / SLOWEST
        )
    return str(place["file_id"])


async def _post(client: WebClient, address: str, content: bytes | BinaryIO, seconds: float) -> None:
    """The address is a secret of its own: no token goes there, and it is not logged."""
    timeout = aiohttp.ClientTimeout(total=seconds, connect=CONNECT_SECONDS)
    headers = {"content-type": "application/octet-stream"}
    async with client.web.get().post(
        address, data=content, headers=headers, timeout=timeout, allow_redirects=False
    ) as answer:
        if answer.status == 413:
            raise Unreachable("file_too_large")
        if answer.status != 200:
            raise NotTaken(f"upload_http_{answer.status}")


def _body(document: Document, opened: ExitStack) -> bytes | BinaryIO:
    return opened.enter_context(Path(document.path).open("rb")) if document.path else document.content


def _size(document: Document) -> int:
    return Path(document.path).stat().st_size if document.path else len(document.content)


def _mark(key: str) -> str:
    return f"-{hashlib.sha256(key.encode()).hexdigest()[:MARK_DIGITS]}"
