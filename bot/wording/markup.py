"""The little markup of our templates, and the fence that keeps people's text out of it.

Templates may write **bold**, _italic_ and `code`. Every value put into a template is wrapped in two characters of
Unicode's private use area, so nothing a person wrote is ever read as markup. `parse` turns the result into spans.
"""

import re
from dataclasses import dataclass, replace

from bot.chat.view import Line, Span

_OPEN, _CLOSE, _MENTION, _LINK = "\ue000", "\ue001", "\ue002", "\ue003"
_FENCE = str.maketrans("", "", _OPEN + _CLOSE + _MENTION + _LINK)
_TOKEN = re.compile(
    rf"{_OPEN}(?P<value>[^{_CLOSE}]*){_CLOSE}"
    rf"|{_MENTION}(?P<account>[^{_CLOSE}]*){_CLOSE}(?P<name>[^{_CLOSE}]*){_CLOSE}"
    rf"|{_LINK}(?P<address>[^{_CLOSE}]*){_CLOSE}(?P<label>[^{_CLOSE}]*){_CLOSE}"
    r"|(?P<bold>\*\*)|(?P<italic>(?<!\w)_|_(?!\w))|(?P<code>`)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A person to be named, and rung where the platform knows the account."""

    account: str
    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Link:
    """An address under a text; only http and https become links, anything else stays text."""

    address: str
    text: str

    def __str__(self) -> str:
        return self.text


def fence(value: object) -> str:
    """A value as it goes into a template: fenced, and without any fence of its own."""
    match value:
        case Mention(account, name) if account:
            return f"{_MENTION}{_clean(account)}{_CLOSE}{_clean(name)}{_CLOSE}"
        case Link(address, text) if address.startswith(("https://", "http://")):
            return f"{_LINK}{_clean(address)}{_CLOSE}{_clean(text)}{_CLOSE}"
    return f"{_OPEN}{_clean(str(value))}{_CLOSE}"


def parse(text: str) -> Line:
    """Template output to spans; neighbours of one style are joined."""
    spans: list[Span] = []
    run: list[str] = []
    bold = italic = code = False
    place = 0

    def close() -> None:
        said = "".join(run)
        run.clear()
        if not said:
            return
        last = spans[-1] if spans else None
        if last and not (last.link or last.mention) and (last.bold, last.italic, last.code) == (bold, italic, code):
            spans[-1] = replace(last, text=last.text + said)
        else:
            spans.append(Span(said, bold=bold, italic=italic, code=code))

    for token in _TOKEN.finditer(text):
        run.append(text[place : token.start()])
        place = token.end()
        kind = token.lastgroup
        if kind == "value":
            run.append(token["value"])
            continue
        close()
        if kind == "name":
            spans.append(Span(token["name"], bold=bold, italic=italic, code=code, mention=token["account"]))
        elif kind == "label":
            if token["label"]:
                spans.append(Span(token["label"], bold=bold, italic=italic, code=code, link=token["address"]))
        else:
            bold, italic, code = bold ^ (kind == "bold"), italic ^ (kind == "italic"), code ^ (kind == "code")
    run.append(text[place:])
    close()
    return tuple(spans)


def bare(text: str) -> str:
    """Template output as plain text: the names and labels stay, the markup goes."""
    return _TOKEN.sub(lambda token: token["value"] or token["name"] or token["label"] or "", text)


def _clean(text: str) -> str:
    return text.translate(_FENCE)
