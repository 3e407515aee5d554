"""The real bot and a local Slack, joined over signed HTTP on two loopback ports."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.app import Parts, compose, slack_commands
from bot.clock import MovableClock
from bot.platforms.slack.manifest import manifest
from bot.playground.server import LocalSlack, Served
from bot.settings import Settings
from bot.web import web_app
from bot.worker import ticking

ADMINS = frozenset({"U0ADA"})
AT_ONCE = timedelta(0)
"""Tests answer faster than a person; pacing has tests of its own."""


@dataclass
class Running:
    """A running pair. `parts` may be looked into; whatever a test does goes through `slack`."""

    slack: LocalSlack
    parts: Parts
    clock: MovableClock = field(default_factory=MovableClock)

    def as_(self, handle: str) -> Any:
        """One person of the cast."""
        return self.slack.as_(handle)


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


@contextmanager
def running(database_url: str, data: Path, pace: timedelta = AT_ONCE, **slack_options: Any) -> Iterator[Running]:
    """Start both, stop both."""
    described = manifest(slack_commands(), "https://bot.example")
    with LocalSlack(manifest=described, **slack_options) as slack:
        clock = MovableClock()
        parts = compose(settings_for(database_url, slack, data), clock, pace)
        with Served(web_app(parts, ticking), name="bridgehead") as served:
            slack.bot_url = f"{served.url}/slack/events"
            yield Running(slack, parts, clock)
