"""The outbox seen from delivery: claim, settle, sleep. Any number of workers may use one database.

A stream (a person's messages, a channel, a person's home) has one slot row. Claiming takes the slot until a lease runs
out, so a stream is worked on by one worker at a time; settling frees it, at once or after a pace or a back-off.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, func, select, update

from bot.readiness.ledger import SUPERSEDED
from bot.usecases.ports import NO_RATES, Claim, Destination, Rate, Sent
from storage import due, mapping
from storage.due import OPEN, OUTBOX, SLOT
from storage.engine import Engines

NOTHING_TO_EDIT = "nothing_to_edit"

_OURS = and_(
    OUTBOX.c.id == bindparam("claim"), OUTBOX.c.owner == bindparam("by"), OUTBOX.c.attempts == bindparam("attempt")
)
"""The fence: a row that somebody took over after our lease is no longer ours."""
_SENT = (
    update(OUTBOX)
    .where(_OURS, OUTBOX.c.state == "sending")
    .values(state="sent", ref=bindparam("reached"), error=None, done_at=bindparam("at"))
)
_SENT_FREES = (
    update(SLOT)
    .where(SLOT.c.stream == select(OUTBOX.c.stream).where(_OURS, OUTBOX.c.state == "sent").scalar_subquery())
    .values(free_at=bindparam("until"))
)
"""After `_SENT`, whose row lock waits for whoever may have taken over: then the slot is theirs, too."""


class Outbox:
    """Fulfils `bot.usecases.ports.Outbox`. One per worker: `owner` is half of the fence, the attempt the other."""

    def __init__(self, engines: Engines, owner: str | None = None) -> None:
        self._engines = engines
        self.owner = owner or secrets.token_hex(8)

    def claim(
        self, now: datetime, limit: int, lease: timedelta, rates: Mapping[str, Rate] = NO_RATES
    ) -> Sequence[Claim]:
        """At most `limit` rows, each from another stream, to be settled within `lease`; () when nothing is due.

        `rates` by platform: a workspace gets no more than that from all workers together; the rest stays due.
        Edits that have nothing to edit, or a newer one behind them, are dropped on the way.
        """
        with self._engines.reading.connect() as connection:
            # An idle claim takes no lock and writes nothing.
            found = due.look(connection, now, limit, rates)
        if found is None or not (found.asked or found.others):
            return ()
        with self._engines.writing.begin() as connection:
            streams = due.lock(connection, now, limit, found)
            claimed = due.within(connection, self._pick(connection, streams, now), rates, now)
            if not claimed:
                return ()
            due.start(connection, [row for row, _ in claimed], self.owner, now, now + lease)
        return tuple(_claim(row, ref, now) for row, ref in claimed)

    def sent(self, claim: Claim, ref: str | None, now: datetime, pace: timedelta) -> None:
        """Done; the slot stays busy for `pace`. An edit keeps the id of the message it replaced."""
        self.all_sent([Sent(claim, ref, now, pace)])

    def all_sent(self, several: Sequence[Sent]) -> None:
        """The same for several, in one transaction."""
        rows = [
            {
                "claim": int(each.claim.id),
                "attempt": each.claim.attempts,
                "by": self.owner,
                "reached": each.ref if each.ref is not None else each.claim.edits_ref,
                "at": each.at,
                "until": each.at + each.pace,
            }
            # Several slots of people and channels are held in the order of their streams by all who do so.
            for each in sorted(several, key=lambda each: _stream(each.claim.destination))
        ]
        with self._engines.writing.begin() as connection:
            connection.execute(_SENT, rows)
            connection.execute(_SENT_FREES, rows)

    def retry(self, claim: Claim, at: datetime, error: str, slot_free_at: datetime) -> None:
        """It surely did not arrive: due again at `at`, the stream open to others from `slot_free_at`."""
        self._settle(claim, {"state": "pending", "error": error, "due_at": at}, slot_free_at)

    def postpone(self, claim: Claim, until: datetime, why: str, now: datetime) -> None:
        """Its reader is not to be disturbed: due again at `until`, as if it had not been tried; keeps the reason."""
        untried = {"first_tried_at": None} if claim.attempts == 1 else {}
        waiting = {"state": "pending", "due_at": until, "not_before": until, "postponed": why}
        waiting["attempts"] = claim.attempts - 1
        self._settle(claim, {**waiting, **untried}, now)

    def hold(self, claim: Claim, reason: str, now: datetime) -> None:
        """Kept until somebody repairs what `reason` names and releases it."""
        self._settle(claim, {"state": "held", "error": reason, "done_at": now}, now)

    def leave_ambiguous(self, claim: Claim, error: str) -> None:
        """It may have arrived: stays `sending`, the stream waits for the lease, the next claim is ambiguous."""
        self._settle(claim, {"error": error}, None)

    def doubt(self, claim: Claim) -> None:
        """It may have arrived, nobody may look, and it is sent again: whatever comes of that, this stays on record."""
        self._settle(claim, {"doubtful": True}, None)

    def extend(self, claim: Claim, until: datetime) -> None:
        """It takes longer than usual: the claim is ours until then."""
        self._settle(claim, {"owner": self.owner}, until)

    def drop(self, claim: Claim, reason: str, now: datetime) -> None:
        """Not worth sending any more."""
        self._settle(claim, {"state": "dropped", "error": reason, "done_at": now}, now)

    def recover(self, now: datetime) -> int:
        """Free what a killed process left half sent, without waiting for its lease; says how many rows that is.

        Only for a process that is alone on its database. The rows stay ambiguous: they are looked for before resending.
        """
        with self._engines.writing.begin() as connection:
            left = select(OUTBOX.c.stream).where(OPEN, OUTBOX.c.state == "sending")
            streams = list(connection.execute(left).scalars())
            connection.execute(update(SLOT).where(SLOT.c.stream.in_(streams)).values(free_at=now))
        return len(streams)

    def next_due(self, now: datetime) -> datetime | None:
        """When to claim next: `now` if something waits, None if nothing does. It may be early, never late."""
        with self._engines.reading.connect() as connection:
            if due.look(connection, now, 1, NO_RATES) is not None:
                return now
        later = select(func.min(OUTBOX.c.due_at)).where(OPEN, OUTBOX.c.due_at > now)
        waiting = select(OUTBOX.c.stream).where(OPEN, OUTBOX.c.due_at <= now)
        busy = select(func.min(SLOT.c.free_at)).where(SLOT.c.free_at > now, SLOT.c.stream.in_(waiting))
        with self._engines.reading.connect() as connection:
            times = [connection.execute(later).scalar(), connection.execute(busy).scalar()]
        return min((time for time in times if time is not None), default=None)

    def _pick(self, connection: Connection, streams: Sequence[str], now: datetime) -> list[tuple[Row[Any], str | None]]:
        picked: list[tuple[Row[Any], str | None]] = []
        while streams:
            heads = due.heads(connection, streams, now)
            refs, newest = due.led(connection, heads)
            further = []
            for row in heads:
                of = (row.tenant_id, row.edits or row.under)
                if row.edits is None:
                    picked.append((row, refs.get(of)))
                elif newest.get(of, row.id) > row.id:
                    _drop(connection, row, SUPERSEDED, now)
                    further.append(row.stream)
                elif refs.get(of) is None:
                    _drop(connection, row, NOTHING_TO_EDIT, now)
                    further.append(row.stream)
                else:
                    picked.append((row, refs[of]))
            streams = further
        return picked

    def _settle(self, claim: Claim, values: dict[str, Any], free_at: datetime | None) -> None:
        with self._engines.writing.begin() as connection:
            fenced = update(OUTBOX).where(
                OUTBOX.c.id == int(claim.id),
                OUTBOX.c.owner == self.owner,
                OUTBOX.c.attempts == claim.attempts,
                OUTBOX.c.state == "sending",
            )
            settled = connection.execute(fenced.values(**values).returning(OUTBOX.c.stream)).first()
            # Without a row somebody took over after our lease: the slot is theirs, too.
            if settled is not None and free_at is not None:
                connection.execute(update(SLOT).where(SLOT.c.stream == settled.stream).values(free_at=free_at))


def _stream(to: Destination) -> str:
    return due.stream_of(to.platform, to.installation, to.user or to.channel or "")


def _drop(connection: Connection, row: Row[Any], reason: str, now: datetime) -> None:
    done = {"state": "dropped", "error": reason, "done_at": now}
    connection.execute(update(OUTBOX).where(OUTBOX.c.id == row.id).values(**done))


def _claim(row: Row[Any], leader_ref: str | None, now: datetime) -> Claim:
    return Claim(
        id=str(row.id),
        tenant_id=row.tenant_id,
        notice=mapping.notice(row),
        destination=Destination(row.platform, row.installation, row.platform_user, row.channel),
        attempts=row.attempts + 1,
        # Its slot is free again and the result was never recorded: the worker died, or could not tell.
        ambiguous=row.state == "sending",
        first_tried_at=row.first_tried_at or now,
        unasked=row.unasked,
        wanted_at=row.not_before or row.put_at or row.first_tried_at or now,
        edits_ref=leader_ref if row.edits else None,
        thread_ref=leader_ref if row.under else None,
    )
