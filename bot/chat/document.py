"""A file for somebody, whatever the platform."""

from dataclasses import dataclass

HTML = "text/html"
MARKDOWN = "text/markdown"
PNG = "image/png"
JSON = "application/json"
CSV = "text/csv"
TEXT = "text/plain"
ZIP = "application/zip"

LONGEST_ALTERNATIVE = 1_000
"""UTF-16 units of what a picture shows in words. Ours: Slack states no limit, and nobody listens for longer."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file: `name` is what it is saved under, `title` what stands above it, `alternative` what a picture shows.

    Its bytes are `content`, or lie in the file at `path` of this machine, where they may be too many to hold.
    """

    name: str
    title: str
    media_type: str
    content: bytes = b""
    alternative: str = ""
    path: str = ""
