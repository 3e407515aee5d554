"""What every platform's payloads need: strings out of JSON that may be anything, and digests of them. Pure."""

import hashlib
import re

_UNSPEAKABLE = re.compile("[\x00\ud800-\udfff]")


def clean(text: str) -> str:
    """Without NUL and lone surrogates, which neither UTF-8 nor PostgreSQL can hold."""
    return text if text.isprintable() and text.isascii() else _UNSPEAKABLE.sub("", text)


def inner_text(node: object, *path: str) -> str:
    """The string at a path, "" for anything else."""
    for name in path:
        if not isinstance(node, dict):  # JSON and forms give dicts; asking for a Mapping costs ten times as much
            return ""
        node = node.get(name)
    return clean(node) if isinstance(node, str) else ""


def fingerprint(*parts: str) -> str:
    """A stable digest of some strings."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
