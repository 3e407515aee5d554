"""A shared file's bytes, from the address that came with the message: Teams signs it, and it lives for some minutes.

Source: learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4.
"""

from urllib.parse import urlsplit

import httpx

from bot.platforms.teams.connector import Web
from bot.platforms.teams.faults import DEFAULT_WAIT
from bot.usecases.sending import FileRefused, NotTaken, RateLimited

HOSTS = (".sharepoint.com", ".sharepoint.us", ".sharepoint-mil.us", ".svc.ms")
"""Where Teams keeps the files of its people."""


async def downloaded(web: Web, file_id: str, most_bytes: int) -> bytes:
    """The bytes of a file. Raises FileRefused where it cannot be had, else the faults of `sending`.

    `file_id` is the address and, behind a space, the connector that told of it.
    """
    address, _, connector = file_id.partition(" ")
    if not _is_theirs(address, connector):
        raise FileRefused("elsewhere")
    content = bytearray()
    try:
        async with web.client.stream("GET", address) as answer:
            if answer.status_code == 429:
                raise RateLimited(DEFAULT_WAIT)
            if answer.status_code >= 500:
                raise NotTaken(f"file_{answer.status_code}")
            if answer.status_code in (404, 410):
                raise FileRefused("not_there")
            if answer.status_code != 200:
                raise FileRefused("not_allowed")
            async for chunk in answer.aiter_bytes():
                content += chunk
                if len(content) > most_bytes:
                    raise FileRefused("too_large")
    except httpx.HTTPError:
        raise NotTaken("file_no_answer") from None
    return bytes(content)


def _is_theirs(address: str, connector: str) -> bool:
    """Whether it leads to where Teams keeps files, over https, or to the very server that we send to."""
    try:
        found, api = urlsplit(address), urlsplit(connector)
        host, port = found.hostname or "", found.port
    except ValueError:
        return False
    if (found.scheme, found.netloc) == (api.scheme, api.netloc):
        return True
    return found.scheme == "https" and port in (None, 443) and found.username is None and host.endswith(HOSTS)
