"""What reaches us from a chat, said in our words and free of any platform's shapes."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acted. Ids are the platform's and opaque; `installation` is the workspace or tenant that spoke.

    `name`, `timezone` and `language` are what the platform said in passing, "" where it said nothing.
    """

    platform: str
    installation: str
    user: str
    name: str = ""
    timezone: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where it happened: the platform's channel id and name; `direct` is a conversation with the bot alone."""

    channel: str
    name: str = ""
    direct: bool = False


@dataclass(frozen=True, slots=True)
class Incoming:
    """Anything that reached us. `key` is unique per thing that happened: a second arrival carries the same one.

    `names` are those of people named in it, by their ids, where the platform said them in passing.
    """

    key: str
    actor: Actor
    spot: Spot
    names: Mapping[str, str] = field(default_factory=dict, kw_only=True)


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file shared with words: the platform's id, and the address where people open it ("" where it has none)."""

    id: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Command(Incoming):
    """A typed command: `name` without its slash, `text` the rest; mentions stand in it as `<@ID>`, channels `<#ID>`.

    `files` are shared with it, where it was said in a message.
    """

    name: str = ""
    text: str = ""
    files: tuple[SharedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Press(Incoming):
    """A pressed button or a chosen option. `press` names it in the table PRESSES, `value` is what it carries."""

    press: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Submit(Incoming):
    """A submitted form. `fields` maps a field's id to its text, its choice, or its choices; None where left empty."""

    form: str = ""
    value: str = ""
    fields: Mapping[str, str | tuple[str, ...] | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Say(Incoming):
    """Free words to the bot: a direct message or a mention (without the bot's own name).

    `files` are shared with them. `takes_forms`: where it was said, a form can be shown in answer to words.
    """

    text: str = ""
    files: tuple[SharedFile, ...] = ()
    takes_forms: bool = False

    @property
    def with_links(self) -> str:
        """The words, and behind them the addresses of the files, as links would stand."""
        return "\n".join(filter(None, (self.text, *(file.link for file in self.files))))


@dataclass(frozen=True, slots=True)
class Opened(Incoming):
    """Somebody opened the bot's home."""


@dataclass(frozen=True, slots=True)
class Joined(Incoming):
    """Somebody added the bot to their chat or to a channel."""
