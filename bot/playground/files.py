"""Files of the workspace: uploaded by people or by the bot, and who may fetch their bytes."""

import mimetypes
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from bot.playground.fields import elements
from bot.playground.payloads import message_out
from bot.playground.tickets import NotPossible
from bot.playground.workspace import Workspace

Json = dict[str, Any]
MOST_BYTES = 20_000_000
"""Far below Slack's 1 GB; the workspace keeps them in memory."""


def placed(row: Json, base_url: str) -> Json:
    """Give a file its kind and its addresses."""
    row["mimetype"] = mimetypes.guess_type(row["name"])[0] or "application/octet-stream"
    row["url_private"] = row["url_private_download"] = f"{base_url}/files/{row['id']}/{quote(row['name'], safe='')}"
    row["permalink"] = row["url_private"]
    row["filetype"] = row["name"].rpartition(".")[2]
    row |= {"mode": "hosted", "is_external": False}
    return row


def upload(space: Workspace, user: str, name: str, content: bytes, base_url: str) -> Json:
    """Keep a person's file; gives it as Slack shows it. Raises NotPossible."""
    if not name or not content:
        raise NotPossible("An empty file cannot be uploaded.")
    if len(content) > MOST_BYTES:
        raise NotPossible("That file is too large for the playground.")
    file_id = space.serial("F")
    row: Json = {"id": file_id, "name": name, "title": name, "size": len(content), "user": user}
    row |= {"created": int(space.clock.now()), "_done": True}
    space.files[file_id], space.file_bytes[file_id] = placed(row, base_url), content
    return message_out(row)


def own_files(space: Workspace, user: str, ids: Iterable[str]) -> list[Json]:
    """What is known of files that this person uploaded. Raises NotPossible for any other."""
    found = [space.files.get(file_id, {}) for file_id in ids]
    if not all(row.get("user") == user for row in found):
        raise NotPossible("That file is not there any more.")
    return [message_out(row) for row in found]


def refuse_strangers(space: Workspace, user: str, blocks: list[Json], values: Json) -> None:
    """Raise NotPossible where a form holds a file that its sender did not upload."""
    for block, element in elements(blocks):
        if element.get("type") == "file_input":
            value = values.get(block["block_id"], {}).get(element["action_id"], {})
            own_files(space, user, [str(row.get("id")) for row in value.get("files") or []])


def may_fetch(space: Workspace, row: Json, headers: Mapping[str, str]) -> bool:
    """Whether these bytes are for whoever asks.

    A person's file is for people, by the page, and for the bot with its token and `files:read`. What the bot shared
    itself is shown to all.
    """
    if row["user"] == space.bot_user:
        return True
    given = headers.get("authorization")
    if given is None:
        return "sec-fetch-site" in headers
    return given == f"Bearer {space.bot_token}" and not space.revoked and not space.manifest.missing("files:read")
