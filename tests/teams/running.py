"""The real bot and the stand-in for Teams, joined over signed HTTP on two loopback ports."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import httpx
from slack_sdk.signature import SignatureVerifier

from bot.app import Parts
from bot.chat.incoming import Actor
from bot.clock import MovableClock
from bot.playground.served import Served
from bot.settings import Settings
from bot.web import web_app
from bot.worker import ticking
from tests.running import AT_ONCE, DEADLINE, composed, is_settled, wait_until
from tests.teams.person import TeamsPerson
from tests.teams.town import APP, SECRET, TENANT, TeamsTown, user_id

T = TypeVar("T")
CLOCK_SECRET = "who may move the clock"


def teams_settings(database_url: str, town: TeamsTown, data: Path) -> Settings:
    """The settings of a bot in this town."""
    return Settings(
        data=data,
        database_url=database_url,
        admins=frozenset({user_id("ada")}),
        url="https://bridgehead.example",
        slack_signing_secret=CLOCK_SECRET,
        teams_app_id=APP,
        teams_app_secret=SECRET,
        teams_tenant_id=TENANT,
        teams_login_url=f"{town.url}/",
        teams_openid_url=f"{town.url}/v1/openid",
    )


@dataclass
class RunningTeams:
    """A running pair. `parts` may be looked into; whatever a test does goes through the people of the town."""

    town: TeamsTown
    parts: Parts
    url: str
    http: httpx.Client
    clock: MovableClock = field(default_factory=MovableClock)

    def as_(self, handle: str) -> TeamsPerson:
        """One person of the cast."""
        return TeamsPerson(self.town, handle, f"{self.url}/teams/messages", self.http)

    def look(self, at: Callable[[Any], T]) -> T:
        """What `at(transaction)` finds in the database."""
        with self.parts.store.reading(Actor("teams", TENANT, user_id("ada"))) as tx:
            return at(tx)

    def move_to(self, moment: datetime) -> None:
        """Move the product's clock, and do what is due then."""
        body, at = json.dumps({"now": moment.isoformat()}), str(int(time.time()))
        signature = SignatureVerifier(CLOCK_SECRET).generate_signature(timestamp=at, body=body)
        headers = {"x-slack-request-timestamp": at, "x-slack-signature": str(signature)}
        self.http.post(f"{self.url}/play/clock", content=body, headers=headers).raise_for_status()

    def settle(self, timeout: float = DEADLINE) -> None:
        """Wait until nothing runs and nothing is to be sent now."""
        wait_until(lambda: is_settled(self.parts), f"still busy after {timeout} s", timeout)


@contextmanager
def running_teams(
    database_url: str, data: Path, pace: timedelta = AT_ONCE, *, rated: bool = False
) -> Iterator[RunningTeams]:
    """Start both, stop both."""
    with TeamsTown(rated=rated) as town:
        clock = MovableClock()
        parts = composed(teams_settings(database_url, town, data), clock, pace)
        with (
            Served(web_app(parts, ticking), name="bridgehead") as served,
            httpx.Client(trust_env=False, timeout=DEADLINE) as http,
        ):
            yield RunningTeams(town, parts, str(served.url), http, clock)
