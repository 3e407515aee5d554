"""A shared file's bytes: looked up by files.info, fetched with our token from Slack's own host and no other.

Sources: docs.slack.dev/reference/objects/file-object (url_private, mode), docs.slack.dev/messaging/working-with-files.
"""

from urllib.parse import urlsplit

from yarl import URL

from bot.platforms.slack.client import WebClient
from bot.platforms.slack.faults import DEFAULT_WAIT, translated
from bot.usecases.sending import FileRefused, NotTaken, RateLimited, Unreachable

SLACK_HOSTS = ("slack.com", ".slack.com")
GONE_WORDS = frozenset({"file_not_found", "file_deleted", "file_not_visible"})
SCOPE_WORDS = frozenset({"missing_scope", "no_permission", "not_allowed_token_type", "access_denied"})
CHUNK_BYTES = 65_536


async def downloaded(client: WebClient, file_id: str, most_bytes: int) -> bytes:
    """The bytes of a file. Raises FileRefused where it cannot be had, else the faults of `sending`."""
    address = await _address(client, file_id, most_bytes)
    headers = {"Authorization": f"Bearer {client.token}"}
    # A redirect leads to a page for signing in, or away from Slack with our token: neither is the file.
    with translated(repeatable=True):
        async with client.web.get().get(URL(address, encoded=True), headers=headers, allow_redirects=False) as answer:
            if answer.status == 429:
                raise RateLimited(DEFAULT_WAIT)
            if answer.status >= 500:
                raise NotTaken(f"file_{answer.status}")
            if answer.status == 404:
                raise FileRefused("not_there")
            if answer.status != 200:
                raise FileRefused("not_allowed")
            content = bytearray()
            async for chunk in answer.content.iter_chunked(CHUNK_BYTES):
                content += chunk
                if len(content) > most_bytes:
                    raise FileRefused("too_large")
    return bytes(content)


async def _address(client: WebClient, file_id: str, most_bytes: int) -> str:
    """Where the file lies, if that is on Slack's host and the file is small enough."""
    try:
        with translated(repeatable=True):
            answer = await client.files_info(file=file_id)
    except Unreachable as fault:
        if fault.reason in GONE_WORDS:
            raise FileRefused("not_there") from None
        if fault.reason in SCOPE_WORDS:
            raise FileRefused("not_allowed") from None
        raise
    file = answer.get("file") or {}
    address = str(file.get("url_private_download") or file.get("url_private") or "")
    if file.get("is_external") or file.get("mode") in ("external", "tombstone") or not address:
        raise FileRefused("elsewhere" if file.get("mode") != "tombstone" else "not_there")
    if not is_slacks_own(address, client.base_url):
        raise FileRefused("elsewhere")
    size = file.get("size")
    if isinstance(size, int) and size > most_bytes:
        raise FileRefused("too_large")
    return address


def is_slacks_own(address: str, api_url: str) -> bool:
    """Whether our token may go there: a host of Slack's over https, or the very server whose Web API we use."""
    try:
        found, api = urlsplit(address), urlsplit(api_url)
        host, port = found.hostname or "", found.port
    except ValueError:
        return False
    if (found.scheme, host, port) == (api.scheme, api.hostname, api.port):
        return True
    is_slack = host == SLACK_HOSTS[0] or host.endswith(SLACK_HOSTS[1])
    return found.scheme == "https" and is_slack and port in (None, 443) and found.username is None
