"""Many messages, a platform full of troubles, and workers that are killed: what arrives, and how often."""

import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from bot.chat.incoming import Actor
from bot.playground.server import LocalSlack
from bot.readiness.assessment import Place
from bot.readiness.notices import Notice, NoticeKind
from storage.due import OPEN, OUTBOX
from storage.engine import make_engines
from storage.outbox import Outbox
from storage.store import Store
from tests.end_to_end.processes import environment
from tests.forked import Forked
from tests.running import described
from tests.soak.worker import worker
from tests.world import World

TROUBLES: Mapping[str, float] = {"ratelimited": 0.02, "server_error": 0.02, "drop": 0.02, "hang": 0.002}
"""Shares of the calls: refused for a second, broken before doing, done but the answer lost, no answer at all."""
POST = "chat.postMessage"


@dataclass(frozen=True, slots=True)
class Size:
    """How much is sent through how many channels, by how many workers, and how many of these are killed on the way."""

    notices: int
    channels: int
    workers: int
    kills: int
    pace: float = 0.05
    lease: float = 12.0
    hang: float = 11.0
    patience: float = 600.0


@dataclass
class Outcome:
    """What a storm came to: times each message was posted, what the ledger says, and how long it took."""

    posted: Counter[str]
    ledger: Mapping[str, Mapping[str, Any]]
    seconds: float
    kills: int
    caught: int
    troubles: Counter[str] = field(default_factory=Counter)

    @property
    def missing(self) -> list[str]:
        """Owed and never posted."""
        return sorted(key for key in self.ledger if not self.posted[key])

    @property
    def doubled(self) -> list[str]:
        """Posted more than once."""
        return sorted(key for key, times in self.posted.items() if times > 1)

    def told(self) -> str:
        """The figures in one line."""
        rate, named = len(self.ledger) / self.seconds, sum(bool(row["doubtful"]) for row in self.ledger.values())
        troubles = ", ".join(f"{count} {kind}" for kind, count in sorted(self.troubles.items()))
        return (
            f"{len(self.ledger)} messages in {self.seconds:.0f} s ({rate:.0f}/s), {self.kills} kills "
            f"({self.caught} with a message in hand), {troubles}: "
            f"{len(self.missing)} missing, {len(self.doubled)} doubled, {named} named as possibly doubled"
        )


@contextmanager
def troubled_slack(seed: int, size: Size, troubles: Mapping[str, float] = TROUBLES) -> Iterator[LocalSlack]:
    """A local Slack with enough channels, and troubles by a seed."""
    with LocalSlack(manifest=described()) as slack:
        for number in range(size.channels):
            channel = slack.workspace.add_channel(f"storm-{number}", ["U0OLIVIA"], private=False)
            channel["members"].append(slack.workspace.bot_user)
        slack.workspace.faults.by_chance(POST, seed, troubles, seconds=size.hang)
        yield slack


def owe(database_url: str, slack: LocalSlack, size: Size) -> None:
    """Owe one alert after another to all the channels, about a project that was really assessed."""
    engines = make_engines(database_url)
    world = World(Store(engines), Outbox(engines), engines)
    world.found()
    world.command("olivia", "start churn")
    world.answer_all("olivia", 2)
    world.deliver()
    milestone = world.read(lambda tx: tx.milestones.latest(world.project().id))
    channels = [c["id"] for c in slack.workspace.channels.values() if c["name"].startswith("storm-")]
    with world.store.writing(Actor("slack", "T1", "U0ADA", name="ada")) as tx:
        for channel in channels:
            tx.places.add(Place(id=f"place-{channel}", channel=channel, name=channel))
        for number in range(size.notices):
            place = f"place-{channels[number % len(channels)]}"
            tx.notices.put(Notice(f"storm:{number}", NoticeKind.ALERT, milestone.id, place_id=place))
    engines.dispose()


def rage(
    database_url: str, folder: Path, slack: LocalSlack, size: Size, seed: int, *, during: Callable[[], None]
) -> Outcome:
    """Let the workers deliver, killing one after another; `during` happens once in the middle."""
    chance = random.Random(seed)
    given = {
        **environment(database_url, folder, slack, 1),
        "SOAK_PACE": str(size.pace),
        "SOAK_LEASE": str(size.lease),
    }
    engines = make_engines(database_url)
    begun, kills, caught = time.monotonic(), 0, 0
    running = [_start(given, folder) for _ in range(size.workers)]
    try:
        while not _is_done(engines):
            assert time.monotonic() - begun < size.patience, "the storm did not end"
            if kills < size.kills and _posts(slack) >= (kills + 1) * size.notices // (size.kills + 2):
                # Somewhere between a claim, a call and its record.
                time.sleep(chance.uniform(0, 0.3))
                victim = chance.randrange(len(running))
                running[victim].send_signal(signal.SIGKILL)
                running[victim].wait()
                caught += _in_hand(engines)
                kills += 1
                if kills == size.kills // 2:
                    during()
                running[victim] = _start(given, folder)
            else:
                time.sleep(0.05)
        seconds = time.monotonic() - begun
    finally:
        for each in running:
            each.kill()
            each.wait()
    outcome = Outcome(_posted(slack), _ledger(engines), seconds, kills, caught, _met(slack))
    engines.dispose()
    return outcome


def _start(given: Mapping[str, str], folder: Path) -> Forked:
    return Forked(worker, given=given, log=folder / "workers.log")


def _storm() -> Any:
    return OUTBOX.c.key.startswith("storm:")


def _is_done(engines: Any) -> bool:
    """Whether nothing is open. A database that is just restarting says nothing."""
    try:
        with engines.reading.connect() as connection:
            return connection.execute(select(func.count()).select_from(OUTBOX).where(OPEN, _storm())).scalar_one() == 0
    except SQLAlchemyError:
        return False


def _in_hand(engines: Any) -> int:
    try:
        with engines.reading.connect() as connection:
            sending = (OUTBOX.c.state == "sending", _storm())
            return int(connection.execute(select(func.count()).select_from(OUTBOX).where(*sending)).scalar_one() > 0)
    except SQLAlchemyError:
        return 0


def _posts(slack: LocalSlack) -> int:
    return sum(_posted(slack).values())


def _posted(slack: LocalSlack) -> Counter[str]:
    """How often each message is there, by the key in its metadata."""
    with slack.workspace.lock:
        messages = [m for place in slack.workspace.messages.values() for m in place]
    keys = ((m.get("metadata") or {}).get("event_payload", {}).get("key", "") for m in messages)
    return Counter(key for key in keys if key.startswith("storm:"))


def _ledger(engines: Any) -> Mapping[str, Mapping[str, Any]]:
    with engines.reading.connect() as connection:
        rows = connection.execute(
            select(OUTBOX.c.key, OUTBOX.c.state, OUTBOX.c.attempts, OUTBOX.c.doubtful, OUTBOX.c.error).where(_storm())
        )
        return {row.key: dict(row._mapping) for row in rows}


def _met(slack: LocalSlack) -> Counter[str]:
    """The troubles that were met, as the local Slack counted them."""
    return Counter(slack.workspace.faults.met)
