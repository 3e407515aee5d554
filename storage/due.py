"""What of the outbox may be sent at a moment: the statements by which a claim finds it and makes it its own.

Claiming is what all workers do all the time, so every statement is put together once, and none of those that are run
as a rule reads more than a few claims' worth of rows, however much is due.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    Text,
    TextClause,
    and_,
    bindparam,
    exists,
    func,
    select,
    text,
    update,
)

from bot.usecases.ports import Rate
from storage.bound import MOST, NOW, insert_new, table_of
from storage.delivery_tables import ASKED_FOR, OutboxRow, SendSlotRow

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
WORTH_IT = 2
"""What nobody waits for is taken from a workspace once it takes this part of a burst: one claim each would cost more
than the messages do."""
LOOKED_AT = 5
"""How many times what a claim takes it looks at, in the order of the dates, before it looks for all that is due."""

_STREAMS = bindparam("streams", type_=Text, expanding=True)
_IDS = bindparam("ids", type_=Integer, expanding=True)

_WAITS_FOR_ITS_MESSAGE = and_(
    LEADER_KEY.is_not(None),
    exists().where(LEADER.c.tenant_id == OUTBOX.c.tenant_id, LEADER.c.key == LEADER_KEY, LEADER.c.done_at.is_(None)),
)
"""An edit or a reply whose message is neither sent nor given up yet."""

_DUE = (OPEN, OUTBOX.c.due_at <= NOW, ~_WAITS_FOR_ITS_MESSAGE)


def _next(*of: ColumnElement[bool] | TextClause) -> Select[Any]:
    """What is due `of` these in streams that are free, by its date; it ends as soon as it has found enough."""
    free = and_(SLOT.c.stream == OUTBOX.c.stream, SLOT.c.free_at <= NOW)
    found = select(OUTBOX.c.stream, OUTBOX.c.unasked).join(SLOT, free).where(*_DUE, *of)
    return found.order_by(OUTBOX.c.due_at, OUTBOX.c.stream).limit(MOST)


def _free_slots(*conditions: ColumnElement[bool]) -> Select[Any]:
    longest_idle = (SLOT.c.free_at, SLOT.c.stream)
    free = select(SLOT.c.stream).where(SLOT.c.free_at <= NOW, *conditions).order_by(*longest_idle)
    return free.limit(MOST).with_for_update(skip_locked=True)


_NEXT, _NEXT_ASKED = _next(), _next(ASKED)
_THESE = _free_slots(SLOT.c.stream.in_(_STREAMS))
_ANY = _free_slots(SLOT.c.stream.in_(select(OUTBOX.c.stream).where(*_DUE)))
"""Every slot that has something due: as dear as what is due is much, and blind to none of it."""
_BUSY = select(SLOT.c.stream, SLOT.c.free_at).where(
    SLOT.c.stream.startswith(WORKSPACE, autoescape=True), SLOT.c.free_at > NOW
)
"""The workspaces among them; found by the time, as few slots are busy at a moment."""
_WORKSPACE = select(SLOT.c.free_at).where(SLOT.c.stream == bindparam("workspace")).with_for_update()
_WORKSPACE_TAKEN = update(SLOT).where(SLOT.c.stream == bindparam("workspace")).values(free_at=bindparam("through"))
_FIRST_OF_STREAM = (
    select(OUTBOX.c.id)
    .where(OUTBOX.c.stream == SLOT.c.stream, *_DUE)
    .order_by(OUTBOX.c.unasked, OUTBOX.c.due_at, OUTBOX.c.id)
    .limit(1)
    .correlate(SLOT)
    .scalar_subquery()
)
_FIRST_IDS = select(_FIRST_OF_STREAM).where(SLOT.c.stream.in_(_STREAMS))
_BY_NEED = select(*OUTBOX.c).where(OUTBOX.c.id.in_(_IDS)).order_by(OUTBOX.c.unasked, OUTBOX.c.id)
_TENANTS, _KEYS = (bindparam(name, type_=Text, expanding=True) for name in ("tenants", "keys"))
_MESSAGES = select(OUTBOX.c.tenant_id, OUTBOX.c.key, OUTBOX.c.ref).where(
    OUTBOX.c.tenant_id.in_(_TENANTS), OUTBOX.c.key.in_(_KEYS)
)
_NEWEST_EDITS = (
    select(OUTBOX.c.tenant_id, OUTBOX.c.edits, func.max(OUTBOX.c.id))
    .where(
        OUTBOX.c.tenant_id.in_(_TENANTS),
        OUTBOX.c.edits.in_(_KEYS),
        OUTBOX.c.state.in_(["pending", "sending", "sent"]),
    )
    .group_by(OUTBOX.c.tenant_id, OUTBOX.c.edits)
)
_STARTED = (
    update(OUTBOX)
    .where(OUTBOX.c.id.in_(_IDS))
    .values(
        state="sending",
        owner=bindparam("by"),
        attempts=OUTBOX.c.attempts + 1,
        first_tried_at=func.coalesce(OUTBOX.c.first_tried_at, NOW),
    )
)
_BUSY_UNTIL = update(SLOT).where(SLOT.c.stream.in_(_STREAMS)).values(free_at=bindparam("until"))


class Found(NamedTuple):
    """Free streams that have something due; in the `asked` ones somebody waits for it.

    `full`: how the streams of those workspaces begin from which nothing but that is taken now. `is_cut`: there may be
    more than was looked at.
    """

    asked: Sequence[str]
    others: Sequence[str]
    full: tuple[str, ...]
    is_cut: bool


def stream_of(platform: str, installation: str, whom: str) -> str:
    """How the messages are named that go one after the other: those of a person, or of a channel."""
    return f"{platform}:{installation}:{whom}"


def look(connection: Connection, now: datetime, limit: int, rates: Mapping[str, Rate]) -> Found | None:
    """What a claim of `limit` may take; None when nothing is due. It locks nothing and may be out of date at once."""
    most = {"now": now, "most": LOOKED_AT * limit}
    found = connection.execute(_NEXT, most).all()
    if not found:
        return None
    room, is_cut = _room(connection, rates, now), len(found) == most["most"]
    none_for_asked = tuple(workspace for workspace, (left, _) in room.items() if left < 1)
    full = tuple(workspace for workspace, (left, burst) in room.items() if left < max(1, burst // WORTH_IT))
    asked = [row.stream for row in found if not row.unasked]
    if is_cut:
        asked += connection.execute(_NEXT_ASKED, most).scalars()
    if full and is_cut:
        # A workspace that takes nothing now must not hide the others behind its many messages.
        found = connection.execute(_next_outside(full), most).all()
        is_cut = len(found) == most["most"]
        asked += [row.stream for row in found if not row.unasked]
    asked = [stream for stream in dict.fromkeys(asked) if not stream.startswith(none_for_asked)]
    others = dict.fromkeys(row.stream for row in found if not row.stream.startswith(full))
    return Found(asked, [stream for stream in others if stream not in set(asked)], full, is_cut)


def lock(connection: Connection, now: datetime, limit: int, found: Found) -> list[str]:
    """At most `limit` of the streams that were found, whose slots are ours to the end of the transaction.

    Those first in which somebody waits, then the longest idle: else the next question of an interview would wait behind
    all reminders of a morning.
    """
    streams: list[str] = []
    for several in (found.asked, found.others):
        if several and len(streams) < limit:
            these = {"now": now, "most": limit - len(streams), "streams": several}
            streams += connection.execute(_THESE, these).scalars()
    if found.is_cut and len(streams) < limit:
        # Many messages for few streams, or others are at these: now whatever is due is looked for.
        rest = _ANY.where(SLOT.c.stream.not_in(streams), *_outside(SLOT.c.stream, found.full))
        streams += connection.execute(rest, {"now": now, "most": limit - len(streams)}).scalars()
    return streams


def _room(connection: Connection, rates: Mapping[str, Rate], now: datetime) -> dict[str, tuple[int, int]]:
    """How many messages a workspace takes now, and how many at most, by how its streams begin; not of those at rest."""
    if not rates:
        return {}
    room = {}
    for row in connection.execute(_BUSY, {"now": now}):
        workspace = row.stream.removeprefix(WORKSPACE)
        if rate := rates.get(workspace.partition(":")[0]):
            room[f"{workspace}:"] = _taken_by(rate, row.free_at, now), rate.burst
    return dict(sorted(room.items()))


def _taken_by(rate: Rate, through: datetime, now: datetime) -> int:
    """How many messages a workspace takes at this moment, all that it took so far being through by then."""
    return max(0, (now + rate.burst * rate.interval - through) // rate.interval)


@lru_cache(64)
def _next_outside(full: tuple[str, ...]) -> Select[Any]:
    return _next(*_outside(OUTBOX.c.stream, full))


def _outside(stream: ColumnElement[str], full: tuple[str, ...]) -> list[ColumnElement[bool]]:
    return [func.substr(stream, 1, len(workspace)) != workspace for workspace in full]


def within(
    connection: Connection, picked: list[tuple[Row[Any], str | None]], rates: Mapping[str, Rate], now: datetime
) -> list[tuple[Row[Any], str | None]]:
    """As many of these rows as their workspaces take now.

    A workspace has a slot as a stream has: its `free_at` is when everything taken so far would be through at the rate
    (the theoretical arrival time of GCRA), and may lie a burst ahead. Its row is locked, one workspace after another in
    one order, so that all workers count together.
    """
    workspaces = sorted({(row.platform, row.installation, row.tenant_id) for row, _ in picked if row.platform in rates})
    left: dict[tuple[str, str], int] = {}
    for platform, installation, tenant_id in workspaces:
        rate, slot = rates[platform], {"workspace": f"{WORKSPACE}{platform}:{installation}"}
        if (free_at := connection.execute(_WORKSPACE, slot).scalar()) is None:
            insert_new(connection, SLOT, {"stream": slot["workspace"], "tenant_id": tenant_id, "free_at": now})
            free_at = connection.execute(_WORKSPACE, slot).scalar_one()
        through = max(now, free_at)
        wanted = sum((row.platform, row.installation) == (platform, installation) for row, _ in picked)
        taken = min(wanted, _taken_by(rate, through, now))
        left[platform, installation] = taken
        connection.execute(_WORKSPACE_TAKEN, {**slot, "through": through + taken * rate.interval})
    kept = []
    for row, ref in picked:
        workspace = (row.platform, row.installation)
        if row.platform in rates:
            if not left[workspace]:
                continue
            left[workspace] -= 1
        kept.append((row, ref))
    return kept


def heads(connection: Connection, streams: Sequence[str], now: datetime) -> Sequence[Row[Any]]:
    """The first due row of each stream; what somebody waits for goes before the rest, in it and among them."""
    ids = connection.execute(_FIRST_IDS, {"streams": streams, "now": now}).scalars().all()
    return connection.execute(_BY_NEED, {"ids": [each for each in ids if each is not None]}).all()


def led(
    connection: Connection, rows: Sequence[Row[Any]]
) -> tuple[dict[tuple[str, str], str | None], dict[tuple[str, str], int]]:
    """For the edits and replies among these rows: the ref of each message, and its newest edit not given up."""
    theirs = [row for row in rows if row.edits is not None or row.under is not None]
    if not theirs:
        return {}, {}
    of = {"tenants": list({row.tenant_id for row in theirs}), "keys": list({row.edits or row.under for row in theirs})}
    return (
        {(tenant, key): ref for tenant, key, ref in connection.execute(_MESSAGES, of)},
        {(tenant, key): row_id for tenant, key, row_id in connection.execute(_NEWEST_EDITS, of)},
    )


def start(connection: Connection, rows: Sequence[Row[Any]], by: str, now: datetime, until: datetime) -> None:
    """These are being sent, by one worker, whose streams are its own until then."""
    connection.execute(_STARTED, {"ids": [row.id for row in rows], "by": by, "now": now})
    connection.execute(_BUSY_UNTIL, {"streams": [row.stream for row in rows], "until": until})
