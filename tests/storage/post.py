"""A store with somebody to write to, and one worker: what the tests of the outbox share."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from bot.chat.incoming import Actor
from bot.readiness.assessment import Person, Place
from bot.readiness.notices import Notice, NoticeKind
from bot.usecases.ports import Claim
from storage.engine import Engines
from storage.outbox import Outbox
from storage.store import Store

ADA = Actor("slack", "T1", "U1")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LEASE = timedelta(seconds=60)
PACE = timedelta(seconds=1)
NONE = timedelta()


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def notice(key: str, person: str | None = "ada", **more: object) -> Notice:
    return Notice(**{"key": key, "kind": NoticeKind.RESULT, "subject": "s", "person_id": person, **more})


@dataclass
class Post:
    """A store with two persons and a channel, and one worker."""

    engines: Engines
    store: Store
    worker: Outbox = field(init=False)

    def __post_init__(self) -> None:
        self.worker = Outbox(self.engines, "first")
        with self.store.writing(ADA) as tx:
            tx.people.add(Person("ada", "Ada", account="U1"))
            tx.people.add(Person("bob", "Bob", account="U2"))
            tx.people.add(Person("eve", "Eve"))
            tx.places.add(Place("here", "C1", "general"))

    def put(self, *notices: Notice) -> list[bool]:
        with self.store.writing(ADA) as tx:
            return [tx.notices.put(notice) for notice in notices]

    def claim(self, at: datetime = NOW, limit: int = 10, worker: Outbox | None = None) -> list[Claim]:
        return list((worker or self.worker).claim(at, limit, LEASE))

    def keys(self, at: datetime = NOW, limit: int = 10) -> list[str]:
        return [claim.notice.key for claim in self.claim(at, limit)]

    def send_all(self, at: datetime = NOW) -> list[str]:
        sent = []
        while claims := self.claim(at):
            for claim in claims:
                self.worker.sent(claim, f"ref-{claim.notice.key}", at, NONE)
                sent.append(claim.notice.key)
        return sent

    def state(self, key: str) -> tuple[str, str | None, str | None]:
        with self.engines.reading.begin() as connection:
            statement = text("SELECT state, ref, error FROM outbox WHERE key = :key")
            return tuple(connection.execute(statement, {"key": key}).one())

    def slots(self) -> set[str]:
        with self.engines.reading.begin() as connection:
            return set(connection.execute(text("SELECT stream FROM send_slot")).scalars())
