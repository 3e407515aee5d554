"""The outbox seen from delivery: claim, settle, sleep. Any number of workers may use one database.

A stream (a person's messages, a channel, a person's home) has one slot row. Claiming takes the slot until a lease runs
out, so a stream is worked on by one worker at a time; settling frees it, at once or after a pace or a back-off.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, TextClause, and_, exists, func, select, text, update
from sqlalchemy.orm import Session

from bot.usecases.ports import NO_RATES, Claim, Destination, Rate
from storage import mapping
from storage.bound import insert_new, table_of
from storage.delivery_tables import ASKED_FOR, OutboxRow, SendSlotRow
from storage.engine import Engines

OUTBOX = table_of(OutboxRow)
SLOT = table_of(SendSlotRow)
LEADER = OUTBOX.alias("leader")
"""The table once more, for the message that is edited or replied to; made once, as an alias copies every column."""

LEADER_KEY = func.coalesce(OUTBOX.c.edits, OUTBOX.c.under)

OPEN = OUTBOX.c.done_at.is_(None)
"""The predicate of its indexes; holds no parameter."""

ASKED = text(ASKED_FOR)
"""What somebody's act brought, and somebody may wait for."""

WORKSPACE = "workspace:"
"""How the slot of a whole workspace is named; no stream begins like it."""
NOTHING_TO_EDIT = "nothing_to_edit"
SUPERSEDED = "superseded"


def _waits_for_its_message() -> ColumnElement[bool]:
    """An edit or a reply whose message is neither sent nor given up yet."""
    return and_(
        LEADER_KEY.is_not(None),
        exists().where(
            LEADER.c.tenant_id == OUTBOX.c.tenant_id, LEADER.c.key == LEADER_KEY, LEADER.c.done_at.is_(None)
        ),
    )


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (OPEN, OUTBOX.c.due_at <= now, ~_waits_for_its_message())


def _slots(
    now: datetime, limit: int, of: Sequence[ColumnElement[bool] | TextClause] = (), without: Sequence[str] = ()
) -> Select[Any]:
    """The free slots that have something due `of` these, the longest idle first; none whose stream begins `without`."""
    due = select(OUTBOX.c.stream).where(*_due(now), *of)
    # PostgreSQL thinks that a quarter of what is open is due, and reads every slot; this look at one row spares it the
    # rest when nothing is.
    is_something_due = select(func.min(OUTBOX.c.due_at)).where(OPEN).scalar_subquery() <= now
    free = select(SLOT.c.stream).where(is_something_due, SLOT.c.free_at <= now, SLOT.c.stream.in_(due))
    others = (~SLOT.c.stream.startswith(place, autoescape=True) for place in without)
    return free.where(*others).order_by(SLOT.c.free_at, SLOT.c.stream).limit(limit)


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
        if not self._anything(now):
            return ()
        with Session(self._engines.writing) as session, session.begin():
            # A workspace that takes nothing now must not hide the others behind its many streams.
            streams = _locked(session, now, limit, _full(session, rates, now))
            claimed = _within(session, self._pick(session, streams, now), rates, now)
            if not claimed:
                return ()
            started = {"state": "sending", "owner": self.owner, "attempts": OUTBOX.c.attempts + 1}
            session.execute(
                update(OUTBOX)
                .where(OUTBOX.c.id.in_([row.id for row, _ in claimed]))
                .values(first_tried_at=func.coalesce(OUTBOX.c.first_tried_at, now), **started)
            )
            busy = [row.stream for row, _ in claimed]
            session.execute(update(SLOT).where(SLOT.c.stream.in_(busy)).values(free_at=now + lease))
        return tuple(_claim(row, ref, now) for row, ref in claimed)

    def sent(self, claim: Claim, ref: str | None, now: datetime, pace: timedelta) -> None:
        """Done; the slot stays busy for `pace`. An edit keeps the id of the message it replaced."""
        reached = ref if ref is not None else claim.edits_ref
        self._settle(claim, {"state": "sent", "ref": reached, "error": None, "done_at": now}, now + pace)

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
        with Session(self._engines.writing) as session, session.begin():
            left = select(OUTBOX.c.stream).where(OPEN, OUTBOX.c.state == "sending")
            streams = list(session.execute(left).scalars())
            session.execute(update(SLOT).where(SLOT.c.stream.in_(streams)).values(free_at=now))
        return len(streams)

    def next_due(self, now: datetime) -> datetime | None:
        """When to claim next: `now` if something waits, None if nothing does. It may be early, never late."""
        if self._anything(now):
            return now
        later = select(func.min(OUTBOX.c.due_at)).where(OPEN, OUTBOX.c.due_at > now)
        due = select(OUTBOX.c.stream).where(OPEN, OUTBOX.c.due_at <= now)
        busy = select(func.min(SLOT.c.free_at)).where(SLOT.c.free_at > now, SLOT.c.stream.in_(due))
        with Session(self._engines.reading) as session:
            times = [session.execute(later).scalar(), session.execute(busy).scalar()]
        return min((time for time in times if time is not None), default=None)

    def _anything(self, now: datetime) -> bool:
        # On the reading engine: an idle claim takes no lock and writes nothing.
        with Session(self._engines.reading) as session:
            return session.execute(_slots(now, 1)).first() is not None

    def _pick(self, session: Session, streams: list[str], now: datetime) -> list[tuple[Row[Any], str | None]]:
        picked: list[tuple[Row[Any], str | None]] = []
        while streams:
            heads = _heads(session, streams, now)
            refs, newest = _led(session, heads)
            streams = []
            for row in heads:
                of = (row.tenant_id, row.edits or row.under)
                if row.edits is None:
                    picked.append((row, refs.get(of)))
                elif newest.get(of, row.id) > row.id:
                    _drop(session, row, SUPERSEDED, now)
                    streams.append(row.stream)
                elif refs.get(of) is None:
                    _drop(session, row, NOTHING_TO_EDIT, now)
                    streams.append(row.stream)
                else:
                    picked.append((row, refs[of]))
        return picked

    def _settle(self, claim: Claim, values: dict[str, Any], free_at: datetime | None) -> None:
        with Session(self._engines.writing) as session, session.begin():
            fenced = update(OUTBOX).where(
                OUTBOX.c.id == int(claim.id),
                OUTBOX.c.owner == self.owner,
                OUTBOX.c.attempts == claim.attempts,
                OUTBOX.c.state == "sending",
            )
            settled = session.execute(fenced.values(**values).returning(OUTBOX.c.stream)).first()
            # Without a row somebody took over after our lease: the slot is theirs, too.
            if settled is not None and free_at is not None:
                session.execute(update(SLOT).where(SLOT.c.stream == settled.stream).values(free_at=free_at))


def _locked(session: Session, now: datetime, limit: int, without: Sequence[str]) -> list[str]:
    """The streams whose slots are ours now: those first in which somebody waits, then the longest idle.

    Else the next question of an interview would wait behind all reminders of a morning.
    """
    streams = list(session.execute(_slots(now, limit, (ASKED,), without).with_for_update(skip_locked=True)).scalars())
    if len(streams) < limit:
        others = _slots(now, limit - len(streams), without=without).where(SLOT.c.stream.not_in(streams))
        streams += session.execute(others.with_for_update(skip_locked=True)).scalars()
    return streams


def _full(session: Session, rates: Mapping[str, Rate], now: datetime) -> list[str]:
    """How the streams of those workspaces begin that take nothing now."""
    found = []
    for platform, rate in rates.items():
        # Found by the time: few slots are busy for that long.
        theirs = SLOT.c.stream.startswith(f"{WORKSPACE}{platform}:", autoescape=True)
        busy = select(SLOT.c.stream).where(theirs, SLOT.c.free_at > now + (rate.burst - 1) * rate.interval)
        found += [f"{stream.removeprefix(WORKSPACE)}:" for stream in session.execute(busy).scalars()]
    return found


def _within(
    session: Session, picked: list[tuple[Row[Any], str | None]], rates: Mapping[str, Rate], now: datetime
) -> list[tuple[Row[Any], str | None]]:
    """As many of these rows as their workspaces take now.

    A workspace has a slot as a stream has: its `free_at` is when everything taken so far would be through at the rate
    (the theoretical arrival time of GCRA), and may lie a burst ahead. Its row is locked, one workspace after another in
    one order, so that all workers count together.
    """
    places = sorted({(row.platform, row.installation, row.tenant_id) for row, _ in picked if row.platform in rates})
    left: dict[tuple[str, str], int] = {}
    for platform, installation, tenant_id in places:
        rate, slot = rates[platform], {"stream": f"{WORKSPACE}{platform}:{installation}", "tenant_id": tenant_id}
        insert_new(session, SLOT, {**slot, "free_at": now})
        mine = select(SLOT.c.free_at).where(SLOT.c.stream == slot["stream"])
        through = max(now, session.execute(mine.with_for_update()).scalar_one())
        wanted = sum((row.platform, row.installation) == (platform, installation) for row, _ in picked)
        taken = min(wanted, max(0, (now + rate.burst * rate.interval - through) // rate.interval))
        left[platform, installation] = taken
        session.execute(
            update(SLOT).where(SLOT.c.stream == slot["stream"]).values(free_at=through + taken * rate.interval)
        )
    kept = []
    for row, ref in picked:
        place = (row.platform, row.installation)
        if row.platform in rates:
            if not left[place]:
                continue
            left[place] -= 1
        kept.append((row, ref))
    return kept


def _heads(session: Session, streams: list[str], now: datetime) -> Sequence[Row[Any]]:
    """The first due row of each stream; what somebody waits for goes before the rest, in it and among them."""
    first = (
        select(OUTBOX.c.id)
        .where(OUTBOX.c.stream == SLOT.c.stream, *_due(now))
        .order_by(OUTBOX.c.unasked, OUTBOX.c.due_at, OUTBOX.c.id)
        .limit(1)
        .correlate(SLOT)
        .scalar_subquery()
    )
    ids = list(session.execute(select(first).where(SLOT.c.stream.in_(streams))).scalars())
    by_need = select(*OUTBOX.c).where(OUTBOX.c.id.in_(ids)).order_by(OUTBOX.c.unasked, OUTBOX.c.id)
    return session.execute(by_need).all()


def _led(
    session: Session, heads: Sequence[Row[Any]]
) -> tuple[dict[tuple[str, str], str | None], dict[tuple[str, str], int]]:
    """For the edits and replies among these rows: the ref of each message, and its newest edit not given up."""
    led = [row for row in heads if row.edits is not None or row.under is not None]
    if not led:
        return {}, {}
    tenants = {row.tenant_id for row in led}
    keys = {row.edits or row.under for row in led}
    messages = select(OUTBOX.c.tenant_id, OUTBOX.c.key, OUTBOX.c.ref).where(
        OUTBOX.c.tenant_id.in_(tenants), OUTBOX.c.key.in_(keys)
    )
    newest = (
        select(OUTBOX.c.tenant_id, OUTBOX.c.edits, func.max(OUTBOX.c.id))
        .where(
            OUTBOX.c.tenant_id.in_(tenants),
            OUTBOX.c.edits.in_(keys),
            OUTBOX.c.state.in_(["pending", "sending", "sent"]),
        )
        .group_by(OUTBOX.c.tenant_id, OUTBOX.c.edits)
    )
    return (
        {(tenant, key): ref for tenant, key, ref in session.execute(messages)},
        {(tenant, key): row_id for tenant, key, row_id in session.execute(newest)},
    )


def _drop(session: Session, row: Row[Any], reason: str, now: datetime) -> None:
    done = {"state": "dropped", "error": reason, "done_at": now}
    session.execute(update(OUTBOX).where(OUTBOX.c.id == row.id).values(**done))


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
