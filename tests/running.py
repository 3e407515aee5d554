"""The real bot and a local Slack, joined over signed HTTP on two loopback ports."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

from bot.app import Parts, compose
from bot.chat.incoming import Actor
from bot.clock import MovableClock
from bot.manifests import slack_commands
from bot.platforms.slack.manifest import manifest
from bot.playground.server import LocalSlack, Served
from bot.settings import Settings
from bot.web import web_app
from bot.worker import ticking
from tests.databases import kept_engines

T = TypeVar("T")

ADMINS = frozenset({"U0ADA"})
AT_ONCE = timedelta(0)
"""Tests answer faster than a person; pacing has tests of its own."""
DEADLINE = 45.0
"""Only what fails waits so long; a busy machine may need many seconds."""


@dataclass
class Running:
    """A running pair. `parts` may be looked into; whatever a test does goes through `slack`."""

    slack: LocalSlack
    parts: Parts
    clock: MovableClock = field(default_factory=MovableClock)

    def as_(self, handle: str) -> Any:
        """One person of the cast."""
        return self.slack.as_(handle)

    def look(self, at: Callable[[Any], T]) -> T:
        """What `at(transaction)` finds in the database."""
        team = self.slack.workspace.team["id"]
        with self.parts.store.reading(Actor("slack", team, "U0ADA")) as tx:
            return at(tx)

    def settle(self, timeout: float = DEADLINE) -> None:
        """Wait until nothing runs behind an ack and the courier sleeps with nothing to send now."""
        wait_until(lambda: is_settled(self.parts), f"still busy after {timeout} s", timeout)


def is_settled(parts: Parts) -> bool:
    """Whether nothing runs behind an ack of any platform and the courier sleeps with nothing to send now."""
    written = parts.courier._written
    sleeps = bool(written._waiters) and not written.is_set()  # type: ignore[attr-defined]  # asyncio names no other
    replies = any(bool(side.tasks._running) for side in (parts.slack, parts.teams) if side)
    now = parts.clock.now()
    if parts.courier.dispatcher.aside.is_busy:
        return False
    return sleeps and not replies and parts.courier.dispatcher.outbox.next_due(now) != now


def wait_until(met: Callable[[], Any], otherwise: str, timeout: float = DEADLINE) -> None:
    """Look every few milliseconds until `met()` is true."""
    deadline = time.monotonic() + timeout
    while not met():
        if time.monotonic() > deadline:
            raise AssertionError(otherwise)
        time.sleep(0.005)


def settings_for(database_url: str, slack: LocalSlack, data: Path) -> Settings:
    """The settings of a bot in this local Slack."""
    return Settings(
        data=data,
        database_url=database_url,
        admins=ADMINS,
        slack_api_url=slack.api_url,
        slack_bot_token=slack.bot_token,
        slack_signing_secret=slack.signing_secret,
    )


def described() -> dict[str, Any]:
    """The manifest with which the bot stands in the local Slack."""
    return manifest(slack_commands(), "https://bot.example")


def composed(*of: Any, **more: Any) -> Parts:
    """What `compose` gives, on engines that know the statements of earlier tests."""
    with patch("bot.app.make_engines", kept_engines):
        return compose(*of, **more)


@contextmanager
def running(
    database_url: str, data: Path, pace: timedelta = AT_ONCE, linked_port: int | None = None, **slack_options: Any
) -> Iterator[Running]:
    """Start both, stop both. `slack_options` are those of `LocalSlack`, such as another `manifest`.

    `linked_port`: a port of this machine on which links are looked at.
    """
    with LocalSlack(**{"manifest": described(), **slack_options}) as slack:
        clock = MovableClock()
        settings, ports = settings_for(database_url, slack, data), frozenset[int]()
        if linked_port is not None:
            settings, ports = replace(settings, link_hosts=("127.0.0.1",)), frozenset({linked_port})
        parts = composed(settings, clock, pace, loopback_ports=ports)
        with Served(web_app(parts, ticking), name="bridgehead") as served:
            slack.bot_url = f"{served.url}/slack/events"
            yield Running(slack, parts, clock)
