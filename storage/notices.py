"""The outbox seen from a use case: put, and what is held for a place."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, and_, bindparam, func, literal_column, select, text

from bot.readiness.ledger import SUPERSEDED, Backlog, Entry, EntryState
from bot.readiness.notices import Notice, NoticeKind
from bot.usecases.repositories import Waiting
from bot.usecases.sending import KEY_DEAD
from storage import mapping
from storage.bound import Bound, insert_new, of_tenant, table_of
from storage.due import OPEN, OUTBOX, SLOT, stream_of
from storage.people import ACCOUNT, PLACE
from storage.tables import InstallationRow
from storage.types import as_utc

INSTALLATION = table_of(InstallationRow)
HELD = OUTBOX.c.state == literal_column("'held'")
"""A literal, as its index has no parameter."""

UNASKED = text("outbox.unasked")
"""The same; as a column of SQLAlchemy it would be compared with 1 on SQLite, and the index be passed over."""

_WAITS = and_(OPEN, OUTBOX.c.state == "pending")
_IS_HELD = and_(HELD, OUTBOX.c.place_id.is_(None))
"""For a person; in the words of its index."""

AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
"""When a notice without `due_at` is due: before any clock, as the product's time may differ from the machine's."""

NO_ACCOUNT = "no_account"
"""Why a notice for somebody without any account is held."""

APART = frozenset({NoticeKind.HOME, NoticeKind.SIMULATION, NoticeKind.LINKS})
"""Kinds with a stream of their own, so that no message waits for them: they are no message, or take long."""
DUE_AGAIN = {"state": "pending", "done_at": None, "due_at": AT_ONCE, "error": None}
"""What releasing sets on a held notice."""

_PLACE = (
    select(PLACE.c.channel, INSTALLATION.c.platform, INSTALLATION.c.external_id)
    .join(INSTALLATION, INSTALLATION.c.id == PLACE.c.installation_id)
    .where(of_tenant(PLACE), of_tenant(INSTALLATION), PLACE.c.id == bindparam("place"))
)
_ACCOUNTS = (
    select(ACCOUNT.c.platform_user, ACCOUNT.c.installation_id, INSTALLATION.c.platform, INSTALLATION.c.external_id)
    .join(INSTALLATION, INSTALLATION.c.id == ACCOUNT.c.installation_id)
    .where(of_tenant(ACCOUNT), of_tenant(INSTALLATION), ACCOUNT.c.person_id == bindparam("person"))
    .order_by(INSTALLATION.c.seq)
)
"""Where every notice goes; put together once."""


_UNASKED_FOR = select(func.count().label("number")).where(
    UNASKED, of_tenant(OUTBOX), OUTBOX.c.person_id == bindparam("person")
)
_GOT_UNASKED = _UNASKED_FOR.where(OUTBOX.c.done_at >= bindparam("since"), OUTBOX.c.state == "sent")
_GOT_UNASKED_OF_KIND = _GOT_UNASKED.where(OUTBOX.c.kind == bindparam("kind"))
_UNASKED_WAITING = (
    select(OUTBOX.c.due_at)
    .where(UNASKED, of_tenant(OUTBOX), OUTBOX.c.person_id == bindparam("person"), OUTBOX.c.done_at.is_(None))
    .where(OUTBOX.c.state == "pending", OUTBOX.c.kind != bindparam("but"))
    .order_by(OUTBOX.c.due_at)
)
_UNASKED_OWED = _UNASKED_FOR.where(OUTBOX.c.done_at.is_(None), OUTBOX.c.kind == bindparam("kind"))


class _Address(NamedTuple):
    platform: str
    installation: str
    platform_user: str | None
    channel: str | None


class Notices:
    """What is owed to the persons and places of the tenant."""

    def __init__(self, bound: Bound, now: Callable[[], datetime]) -> None:
        self._bound = bound
        self._now = now

    def put(self, notice: Notice) -> bool:
        """Owe it; False when its key is there already.

        Raises ValueError unless it is for a person or for a place, KeyError for an unknown place. What is owed to a
        person without an account is held.
        """
        if (notice.person_id is None) == (notice.place_id is None):
            raise ValueError(f"notice {notice.key}: is for one person or for one place")
        address = self._address(notice)
        reachable = (address.platform_user or address.channel) is not None
        stream = _stream(notice, address)
        row = {
            **mapping.notice_columns(notice),
            **address._asdict(),
            "stream": stream,
            "not_before": notice.due_at,
            "due_at": notice.due_at or AT_ONCE,
            "state": "pending" if reachable else "held",
            "error": None if reachable else NO_ACCOUNT,
            "done_at": None if reachable else AT_ONCE,
            "attempts": 0,
            "put_at": self._now(),
            "unasked": self._bound.by_clock and notice.person_id is not None and notice.is_message,
        }
        is_new = self._bound.insert_new(OUTBOX, row)
        if is_new:
            self._make_slot(stream)
        return is_new

    def gather(self, several: Iterable[Notice], same: str) -> None:
        """Owe each, or add its parameters to one that waits for its reader: of its kind and subject, alike in `same`.

        One that waits for a repair takes it, too; none that somebody asked for. At the end of a transaction: others who
        do so for one of these readers wait, and nobody words it before.
        """
        addressed = [(_stream(notice, self._address(notice)), notice) for notice in several]
        # All who hold several slots take them in this order, so that nobody waits in a ring.
        for stream, notice in sorted(addressed, key=lambda pair: pair[0]):
            self._make_slot(stream)
            # Whoever claims a message holds its slot first, so that nothing of it is read while this goes on.
            self._bound.connection.execute(select(SLOT.c.stream).where(SLOT.c.stream == stream).with_for_update())
            waits = chain.from_iterable(self._like(notice, stream, how) for how in (_WAITS, _IS_HELD))
            alike = (row for row in waits if row.parameters.get(same) == notice.parameters.get(same))
            row = next(alike, None)
            if row is None:
                self.put(notice)
            else:
                joined = {**row.parameters, **notice.parameters}
                self._bound.change(OUTBOX, {"parameters": joined}, OUTBOX.c.id == row.id)

    def _like(self, notice: Notice, stream: str, how: ColumnElement[bool]) -> Iterator[Row[Any]]:
        theirs = (OUTBOX.c.person_id == notice.person_id, OUTBOX.c.stream == stream)
        about = (OUTBOX.c.kind == notice.kind.value, OUTBOX.c.subject == notice.subject)
        yield from self._bound.rows(
            self._bound.select(OUTBOX).where(UNASKED, how, *theirs, *about).order_by(OUTBOX.c.id)
        )

    def _make_slot(self, stream: str) -> None:
        slot = {"tenant_id": self._bound.tenant_id, "stream": stream, "free_at": AT_ONCE}
        insert_new(self._bound.connection, SLOT, slot)

    def held(self, place_id: str) -> Sequence[Waiting]:
        """What waits for this place, oldest first."""
        theirs = self._bound.select(OUTBOX).where(HELD, OUTBOX.c.place_id == place_id)
        return [_waiting(row) for row in self._bound.rows(theirs.order_by(OUTBOX.c.id))]

    def all_held(self, limit: int) -> Sequence[Entry]:
        """Whatever waits for a repair, oldest first."""
        theirs = self._bound.select(OUTBOX).where(HELD).order_by(OUTBOX.c.id).limit(limit)
        return [_entry(row) for row in self._bound.rows(theirs)]

    def of_person(self, person_id: str, limit: int) -> Sequence[Entry]:
        """What was and is owed to a person and is no edit of an earlier message, newest first."""
        theirs = self._bound.select(OUTBOX).where(OUTBOX.c.person_id == person_id, OUTBOX.c.edits.is_(None))
        return [_entry(row) for row in self._bound.rows(theirs.order_by(OUTBOX.c.id.desc()).limit(limit))]

    def backlog(self, now: datetime) -> Backlog:
        """What is due and not sent."""
        due = (self._bound.mine(OUTBOX), OPEN, OUTBOX.c.due_at <= now)
        oldest = func.min(func.coalesce(OUTBOX.c.not_before, OUTBOX.c.put_at))
        row = self._bound.rows(select(func.count().label("late"), oldest.label("since")).where(*due))[0]
        return Backlog(int(row.late), as_utc(row.since))

    def get(self, notice_id: str) -> Waiting:
        """A notice by the id of its row, whatever its state. Raises KeyError."""
        if not notice_id.isdecimal():
            raise KeyError(f"outbox {notice_id}")
        row = self._bound.first(self._bound.select(OUTBOX).where(OUTBOX.c.id == int(notice_id)))
        if row is None:
            raise KeyError(f"outbox {notice_id}")
        return _waiting(row)

    def token_fault(self) -> str | None:
        """The platform's word for why it no longer knows us, while messages wait because of it."""
        refused = self._bound.select(OUTBOX).where(OPEN, OUTBOX.c.error.startswith(KEY_DEAD)).limit(1)
        row = self._bound.first(refused)
        return str(row.error).removeprefix(KEY_DEAD) if row else None

    def unasked_since(self, person_id: str, since: datetime, kind: NoticeKind | None = None) -> int:
        """How many messages that nobody asked for a person got since then, of one kind where it is given."""
        if kind is None:
            return int(self._bound.rows(_GOT_UNASKED, person=person_id, since=since)[0].number)
        return int(self._bound.rows(_GOT_UNASKED_OF_KIND, person=person_id, since=since, kind=kind.value)[0].number)

    def is_owed(self, person_id: str, kind: NoticeKind) -> bool:
        """Whether a message of this kind that nobody asked for has still to reach a person."""
        return int(self._bound.rows(_UNASKED_OWED, person=person_id, kind=kind.value)[0].number) > 0

    def waiting_for(self, person_id: str, but: NoticeKind) -> Sequence[datetime]:
        """When messages come that nobody asked for and that wait for their reader, but those of this kind."""
        found = self._bound.rows(_UNASKED_WAITING, person=person_id, but=but.value)
        return [row.due_at for row in found]

    def reconsider(self, person_id: str) -> None:
        """What waits for a person's working hours is looked at again: they have changed."""
        waiting = (OUTBOX.c.done_at.is_(None), OUTBOX.c.state == "pending", OUTBOX.c.postponed.is_not(None))
        self._bound.change(OUTBOX, {"due_at": AT_ONCE}, UNASKED, OUTBOX.c.person_id == person_id, *waiting)

    def release(self, place_id: str) -> int:
        """Make what is held for this place due at once; says how many."""
        return self._bound.change(OUTBOX, DUE_AGAIN, OUTBOX.c.state == "held", OUTBOX.c.place_id == place_id)

    def release_person(self, person_id: str, kinds: Iterable[NoticeKind]) -> int:
        """The same for what of these kinds is held for a person."""
        theirs = (OUTBOX.c.person_id == person_id, OUTBOX.c.kind.in_([kind.value for kind in kinds]))
        return self._bound.change(OUTBOX, DUE_AGAIN, OUTBOX.c.state == "held", *theirs)

    def release_one(self, notice_id: str) -> bool:
        """The same for one row; False where it is not held."""
        return self._bound.change(OUTBOX, DUE_AGAIN, OUTBOX.c.state == "held", OUTBOX.c.id == int(notice_id)) > 0

    def take_back(self, key: str) -> Notice | None:
        """Drop what waits under this key, for its reader or for a repair, as a newer one takes its place.

        None where nothing does: it was sent, or is being sent.
        """
        waits = (OUTBOX.c.key == key, OUTBOX.c.state.in_(["pending", "held"]))
        row = self._bound.first(self._bound.select(OUTBOX).where(*waits))
        superseded = {"state": "dropped", "error": SUPERSEDED, "done_at": self._now()}
        if row is None or not self._bound.change(OUTBOX, superseded, *waits):
            return None
        return mapping.notice(row)

    def _address_of(self, key: str) -> _Address | None:
        row = self._bound.first(self._bound.select(OUTBOX).where(OUTBOX.c.key == key))
        return _Address(row.platform, row.installation, row.platform_user, row.channel) if row else None

    def _address(self, notice: Notice) -> _Address:
        here = self._bound.installation
        if notice.place_id is not None:
            for place in self._bound.rows(_PLACE, place=notice.place_id):
                return _Address(place.platform, place.external_id, None, place.channel)
            raise KeyError(f"place {notice.place_id}")
        accounts = self._bound.rows(_ACCOUNTS, person=notice.person_id)
        if not accounts:
            return _Address(here.platform, here.external_id, None, None)
        if len(accounts) > 1 and notice.edits is not None and (stands := self._address_of(notice.edits)):
            # Somebody on two platforms may go on elsewhere; a message is replaced where it stands.
            return stands
        nearest = next((row for row in accounts if row.installation_id == here.id), accounts[0])
        return _Address(nearest.platform, nearest.external_id, nearest.platform_user, None)


def _stream(notice: Notice, address: _Address) -> str:
    whom = address.platform_user or address.channel or f"nobody:{notice.person_id}"
    aside = f"{notice.kind}:" if notice.kind in APART else ""
    return stream_of(address.platform, address.installation, f"{aside}{whom}")


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        id=str(row.id),
        notice=mapping.notice(row),
        state=EntryState(row.state),
        planned_at=row.not_before or row.put_at,
        due_at=row.due_at,
        done_at=row.done_at,
        ref=row.ref,
        error=row.error or "",
        attempts=row.attempts,
        postponed=row.postponed or "",
        doubtful=row.doubtful,
    )


def _waiting(row: Row[Any]) -> Waiting:
    since = row.done_at or row.first_tried_at or row.due_at
    return Waiting(notice_id=str(row.id), notice=mapping.notice(row), reason=row.error or "", since=since)
