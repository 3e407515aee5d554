"""What backs an answer, as the word for it; and which addresses of people become links."""

from urllib.parse import quote, urlsplit

from bot.readiness.assessment import Answer, AnswerKind
from bot.wording.engine import Words
from bot.wording.markup import Link


def safe_address(address: str) -> str | None:
    """An address that may become a link, with the signs that could end it written out; None for any other."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        return None
    return quote(address.strip(), safe="%:/?#[]@!$&'()*+,;=~-._")


def evidence(answer: Answer, words: Words) -> Link | str:
    """How well an answer is backed, as the link to what backs it; an address that is no link stands as it is.

    Only a level needs backing: for anything else without a link it is "".
    """
    link, strength = answer.evidence.link, words.page("report").text(f"strength_{answer.evidence.strength.value}")
    if not link:
        return strength if answer.kind is AnswerKind.LEVEL else ""
    return Link(link, strength) if safe_address(link) else f"{strength}: {link}"
