"""Which addresses of people become links."""

from urllib.parse import quote, urlsplit


def safe_address(address: str) -> str | None:
    """An address that may become a link, with the signs that could end it written out; None for any other."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        return None
    return quote(address.strip(), safe="%:/?#[]@!$&'()*+,;=~-._")
