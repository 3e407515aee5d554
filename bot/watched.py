"""A copy's outbox under watch, and a platform that takes everything: how a simulation hears what would be sent."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from bot.chat.document import Document
from bot.chat.view import View
from bot.readiness.assessment import Person, Place, Project
from bot.readiness.availability import Closed
from bot.readiness.framework import Dimension, Framework
from bot.readiness.ledger import SUPERSEDED
from bot.readiness.local_time import local_day
from bot.readiness.notices import NoticeKind
from bot.readiness.scorecard import Scorecard
from bot.readiness.simulation import End, Foreseen, Postponement
from bot.usecases.availability import availability_of
from bot.usecases.ports import (
    NO_RATES,
    Claim,
    Context,
    Destination,
    Library,
    Outbox,
    Profile,
    Rate,
    Sent,
    Store,
    Transaction,
)
from bot.usecases.sending import FileRefused

T = TypeVar("T")

APART = frozenset(
    {NoticeKind.IMPORT, NoticeKind.PROJECTS_IMPORT, NoticeKind.EXPORT, NoticeKind.LINKS, NoticeKind.SIMULATION}
)
"""What a simulation leaves alone: files that only the platform has, or that take long, links, and itself."""
DEPTH = 5
"""How deep a project may stand on a card: in its parts, their lists, and the parts of those."""
NO_PROJECTS_IN = (Framework, Dimension, Scorecard, Person)
"""What is not looked into; it is large, and stands on many cards."""


@dataclass(slots=True)
class WatchedOutbox:
    """The copy's outbox, which remembers how every message ended; fulfils `ports.Outbox`."""

    outbox: Outbox
    store: Store
    library: Library
    _ended: list[Foreseen] = field(default_factory=list)
    _waited: dict[str, list[Postponement]] = field(default_factory=dict)
    _waiting: dict[str, Foreseen] = field(default_factory=dict)
    _digests: dict[str, str] = field(default_factory=dict)
    _about: dict[str, tuple[Project, ...]] = field(default_factory=dict)
    _people: dict[str, Person] = field(default_factory=dict)
    _places: dict[str, Place] = field(default_factory=dict)

    def told(self, claim: Claim, card: object) -> None:
        """A notice has become this card."""
        self._about[claim.id] = tuple({project.id: project for project in _projects_on(card)}.values())

    def messages(self) -> tuple[Foreseen, ...]:
        """All that ended or still waits, by time."""
        return tuple(sorted((*self._ended, *self._waiting.values()), key=lambda message: message.at))

    def readers(self) -> Sequence[Person]:
        """Everybody whom something was for."""
        found = {message.person.id: message.person for message in self.messages() if message.person is not None}
        return tuple(found.values())

    def claim(
        self, now: datetime, limit: int, lease: timedelta, rates: Mapping[str, Rate] = NO_RATES
    ) -> Sequence[Claim]:
        """What is due, but for what a simulation leaves alone."""
        claims = self.outbox.claim(now, limit, lease, rates)
        for claim in claims:
            if claim.notice.kind in APART:
                self.outbox.drop(claim, "not_simulated", now)
        return [claim for claim in claims if claim.notice.kind not in APART]

    def sent(self, claim: Claim, ref: str | None, now: datetime, pace: timedelta) -> None:
        """It went out."""
        self.outbox.sent(claim, ref, now, pace)
        self._end(claim, now, End.SENT)

    def all_sent(self, several: Sequence[Sent]) -> None:
        """They went out."""
        for each in several:
            self.sent(each.claim, each.ref, each.at, each.pace)

    def postpone(self, claim: Claim, until: datetime, why: str, now: datetime) -> None:
        """It waits for its reader."""
        self.outbox.postpone(claim, until, why, now)
        message = self._foreseen(claim, until, End.WAITING)
        holiday = self._holiday(claim, message.person, now) if why == Closed.HOLIDAY and message.person else ""
        waited = self._waited.setdefault(claim.id, [])
        waited.append(Postponement(now, Closed(why), holiday))
        self._take_back(claim, now)
        self._waiting[claim.id] = replace(message, waited=tuple(waited))

    def hold(self, claim: Claim, reason: str, now: datetime) -> None:
        """It could not be worded, however often it was tried."""
        self.outbox.hold(claim, reason, now)
        self._end(claim, now, End.HELD, reason)

    def drop(self, claim: Claim, reason: str, now: datetime) -> None:
        """It says nothing any more, or comes too late."""
        self.outbox.drop(claim, reason, now)
        self._end(claim, now, End.DROPPED, reason)

    def retry(self, claim: Claim, at: datetime, error: str, slot_free_at: datetime) -> None:
        """Due again."""
        self.outbox.retry(claim, at, error, slot_free_at)

    def leave_ambiguous(self, claim: Claim, error: str) -> None:
        """A fault of ours: tried again."""
        self.outbox.leave_ambiguous(claim, error)

    def doubt(self, claim: Claim) -> None:
        """Nothing here is sent again."""

    def extend(self, claim: Claim, until: datetime) -> None:
        """Nothing here takes any time."""

    def recover(self, now: datetime) -> int:
        """What is being sent as the copy is made is sent in the copy."""
        return self.outbox.recover(now)

    def next_due(self, now: datetime) -> datetime | None:
        """When to claim next."""
        return self.outbox.next_due(now)

    def _end(self, claim: Claim, now: datetime, end: End, reason: str = "") -> None:
        self._waiting.pop(claim.id, None)
        self._take_back(claim, now)
        if claim.notice.is_message:
            self._ended.append(self._foreseen(claim, now, end, reason))

    def _take_back(self, claim: Claim, now: datetime) -> None:
        """A digest that still waited when the next one came has gone into that."""
        if claim.notice.kind is not NoticeKind.DIGEST:
            return
        earlier = self._digests.get(claim.notice.subject, "")
        self._digests[claim.notice.subject] = claim.id
        if earlier != claim.id and (message := self._waiting.pop(earlier, None)):
            self._ended.append(replace(message, at=now, end=End.DROPPED, reason=SUPERSEDED))

    def _foreseen(self, claim: Claim, at: datetime, end: End, reason: str = "") -> Foreseen:
        person = self._person(claim)
        return Foreseen(
            at=at,
            kind=claim.notice.kind,
            person=person,
            place=self._place(claim),
            zone=person.timezone if person else "",
            projects=self._about.get(claim.id, ()),
            waited=tuple(self._waited.get(claim.id, ())),
            end=end,
            reason=reason,
        )

    # Nothing in a simulation changes people and channels: each is read once.
    def _person(self, claim: Claim) -> Person | None:
        person_id = claim.notice.person_id
        if person_id is None:
            return None
        if person_id not in self._people:
            self._people[person_id] = self._read(claim, lambda tx: tx.people.get(person_id))
        return self._people[person_id]

    def _place(self, claim: Claim) -> Place | None:
        place_id = claim.notice.place_id
        if place_id is None:
            return None
        if place_id not in self._places:
            self._places[place_id] = self._read(claim, lambda tx: tx.places.get(place_id))
        return self._places[place_id]

    def _holiday(self, claim: Claim, reader: Person, now: datetime) -> str:
        available = self._read(claim, lambda tx: availability_of(Context(tx, reader, self.library, now), reader))
        return available.holiday(local_day(now, reader.timezone))

    def _read(self, claim: Claim, look: Callable[[Transaction], T]) -> T:
        with self.store.reading_tenant(claim.tenant_id) as tx:
            return look(tx)


class TakingMessenger:
    """A platform that takes everything, and knows nothing of people beyond what is known; fulfils `ports.Messenger`."""

    async def post(self, to: Destination, view: View, key: str, thread: str | None = None) -> str:
        """Taken."""
        return key

    async def edit(self, to: Destination, ref: str, view: View) -> None:
        """Taken."""

    async def upload(self, to: Destination, documents: Sequence[Document], view: View, key: str) -> str:
        """Taken."""
        return key

    async def find(self, to: Destination, key: str, since: datetime, thread: str | None = None) -> str | None:
        """What may have arrived before the copy was made counts as not arrived."""
        return None

    async def publish_home(self, to: Destination, view: View) -> None:
        """Taken."""

    async def profile(self, to: Destination) -> Profile:
        """Nothing new: what is known stays."""
        return Profile(name="", timezone="", language="")

    async def download(self, file_id: str, most_bytes: int) -> bytes:
        """No file is here."""
        raise FileRefused("not_there")


def _projects_on(card: object, depth: int = DEPTH) -> Iterator[Project]:
    """The projects that stand on a card, by themselves or in its lists."""
    if isinstance(card, Project):
        yield card
    elif depth and not isinstance(card, NO_PROJECTS_IN):
        inner = card if isinstance(card, tuple) else _values(card)
        for each in inner:
            yield from _projects_on(each, depth - 1)


def _values(card: object) -> Iterator[object]:
    return (getattr(card, named.name) for named in fields(card)) if is_dataclass(card) else iter(())
