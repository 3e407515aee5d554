"""Where people and channels can be reached: what the connector told us about each conversation, kept for later."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Protocol, TypeVar

T = TypeVar("T")
PLATFORM = "teams"


@dataclass(frozen=True, slots=True)
class Address:
    """One conversation of ours. Ids are opaque.

    service_url   where the connector listens for it
    conversation  a person's chat with us, a group chat or a channel, without any thread; "" where none is known
    bot           our own id there
    member        a person's id there (`29:…`), for a chat
    team          the team of a channel, whose roster and channels may be read
    name          what people call it
    home          the id of a person's home card
    """

    service_url: str
    conversation: str = ""
    bot: str = ""
    member: str = ""
    team: str = ""
    name: str = ""
    home: str = ""


class Kept(Protocol):
    """What remembers addresses as plain texts, by installation and by person or channel; `storage` fulfils it."""

    def keep(self, platform: str, installation: str, whose: str, facts: Mapping[str, str]) -> None:
        """Instead of what was known."""
        ...

    def of(self, platform: str, installation: str) -> Mapping[str, Mapping[str, str]]:
        """All of an installation."""
        ...

    def one(self, platform: str, installation: str, whose: str) -> Mapping[str, str] | None:
        """One of them."""
        ...

    def forget(self, platform: str, installation: str, whose: str) -> None:
        """Nothing is known any more."""
        ...


class Core(Protocol):
    """Runs what touches the disk beside the loop."""

    async def __call__(self, work: Callable[..., T], *arguments: object) -> T:
        """What `work` gives, from a thread that may write."""
        ...

    async def reading(self, work: Callable[..., T], *arguments: object) -> T:
        """What `work` gives, from a thread that only reads."""
        ...


@dataclass(slots=True)
class Addresses:
    """The addresses of all installations, with what was said last in memory: most activities say nothing new."""

    kept: Kept
    core: Core
    _last: dict[tuple[str, str], Address] = field(default_factory=dict)

    async def learn(self, installation: str, whose: str, address: Address) -> None:
        """Keep where somebody is reached, if that is new; what this time says nothing about stays as it was."""
        known = self._last.get((installation, whose)) or await self.of(installation, whose)
        told = {name: value for name, value in asdict(address).items() if value}
        learned = replace(known, **told) if known else address
        if learned != known:
            await self.core(self.kept.keep, PLATFORM, installation, whose, asdict(learned))
        self._last[installation, whose] = learned

    async def of(self, installation: str, whose: str) -> Address | None:
        """The address of a person or channel, as any process learned it last."""
        facts = await self.core.reading(self.kept.one, PLATFORM, installation, whose)
        return Address(**facts) if facts else None

    async def all(self, installation: str) -> Mapping[str, Address]:
        """Everybody and everything that we can reach there."""
        facts = await self.core.reading(self.kept.of, PLATFORM, installation)
        return {whose: Address(**each) for whose, each in facts.items()}

    async def forget(self, installation: str, whose: str) -> None:
        """We were removed there."""
        self._last.pop((installation, whose), None)
        await self.core(self.kept.forget, PLATFORM, installation, whose)
