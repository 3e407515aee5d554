"""How many projects there are of each sort, kept up as they change: counting reads sums, never the projects.

Whoever changes a project appends what that adds and takes away, so that nobody waits for a common row; from time to
time one of them folds what is there into one row of each sort. Record 0070.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, delete, func, insert, select

from bot.readiness.framework_versions import FrameworkKey
from bot.readiness.holds import Hold, Lifts
from bot.readiness.leverage import Held
from bot.readiness.organization import Member
from bot.readiness.portfolio import ProjectLevel
from bot.readiness.scorecard import Severity
from storage.bound import THESE, Bound, of_tenant, table_of
from storage.tally_tables import TallyRow

TALLY = table_of(TallyRow)
FOLDED_EVERY = 256
"""Rows, over all tenants."""

Sort = tuple[str, str]
"""What is counted, and of which kind: a JSON list where several things make one."""

MEMBER, FRAMEWORK, BLOCKED, BARRIER, HELD = "member", "framework", "blocked", "barrier", "held"
HOLD, RISE, BARRIER_RISE = "hold", "rise", "barrier_rise"
"""Projects that are held alike, and by how many stages they would rise in all: by what holds them, by its barrier."""

NAMED = 2
"""So many dimensions that hold a project are told apart; of more, only their number matters to anybody."""


def of_project(row: Mapping[str, Any]) -> Counter[Sort]:
    """What a row of the table of projects adds to the counts: nothing once it is archived."""
    found: Counter[Sort] = Counter()
    if row["archived_at"] is not None:
        return found
    stage = row["summary_stage"] or 0
    sort = [
        stage,
        row["exposure"],
        row["summary_standing"] or "",
        bool(row["summary_founded"]),
        # A team matters from stage 4 on, a function from stage 5.
        row["team"] if stage >= 4 else "",
        row["business_function"] if stage >= 5 else "",
    ]
    found[MEMBER, json.dumps(sort)] = 1
    if stage:
        found[FRAMEWORK, json.dumps([row["summary_framework_id"], row["summary_framework_version"]])] = 1
        found[BLOCKED, ""] = int(row["summary_blockers"] > 0)
    return found


def of_levels(levels: Iterable[ProjectLevel]) -> Counter[Sort]:
    """What the levels of one project add."""
    found: Counter[Sort] = Counter()
    held = set()
    for level in levels:
        if level.blocks:
            found[BARRIER, json.dumps([level.barrier_id, level.severity])] += 1
            held.add(level.barrier_id)
    found.update({(HELD, barrier_id): 1 for barrier_id in held})
    return found


def of_hold(hold: Hold | None) -> Counter[Sort]:
    """What the hold of one project adds."""
    if hold is None:
        return Counter()
    named = hold.dimensions if len(hold.dimensions) <= NAMED else ()
    which = json.dumps([hold.lifts.value, " ".join(named), hold.barrier])
    stages, barrier_stages = hold.after - hold.before, hold.barrier_after - hold.before
    return Counter({(HOLD, which): 1, (RISE, which): stages, (BARRIER_RISE, which): barrier_stages})


def append(bound: Bound, before: Counter[Sort], after: Counter[Sort]) -> None:
    """Something was `before` and is `after`."""
    changed = {sort: after[sort] - before[sort] for sort in before | after}
    rows = [
        {"tenant_id": bound.tenant_id, "what": what, "which": which, "amount": count}
        for (what, which), count in sorted(changed.items())
        if count
    ]
    if rows:
        added = bound.connection.execute(insert(TALLY).returning(TALLY.c.seq), rows)
        if any(seq % FOLDED_EVERY == 0 for seq in added.scalars()):
            fold(bound)


def fold(bound: Bound) -> None:
    """One row of each sort in the place of all that this transaction sees and nobody else is folding."""
    seen = select(TALLY).where(of_tenant(TALLY)).order_by(TALLY.c.seq).with_for_update(skip_locked=True)
    rows = bound.rows(seen)
    sums: Counter[Sort] = Counter()
    for row in rows:
        sums[row.what, row.which] += row.amount
    # First the sums, so that numbers only grow, also where the database takes the next free one.
    append_all(bound, sums)
    bound.connection.execute(delete(TALLY).where(TALLY.c.seq.in_([row.seq for row in rows])))


def append_all(bound: Bound, sums: Counter[Sort]) -> None:
    """Write sums that were counted elsewhere."""
    made = ({"what": what, "which": which, "amount": count} for (what, which), count in sums.items() if count)
    bound.insert(TALLY, made)


class Tally:
    """Sums of a tenant, read at once."""

    def __init__(self, rows: Sequence[Row[Any]]) -> None:
        self._sums: dict[str, dict[str, int]] = {}
        for row in rows:
            # PostgreSQL sums to a Decimal.
            self._sums.setdefault(row.what, {})[row.which] = int(row.amount)

    def of(self, what: str) -> Mapping[str, int]:
        """Kind -> how many; kinds of which there are none are left out."""
        return {which: count for which, count in self._sums.get(what, {}).items() if count}

    def members(self) -> list[tuple[Member, int, str]]:
        """Groups of projects that are alike, each with its stage (0: without a result) and its standing."""
        return [
            (Member(stage or 1, exposure, founded, team, function, count), stage, standing)
            for which, count in self.of(MEMBER).items()
            for stage, exposure, standing, founded, team, function in (json.loads(which),)
        ]

    def frameworks(self) -> Mapping[FrameworkKey, int]:
        """Framework version -> results that it made; those of which it is not known yet are left out."""
        found = {tuple(json.loads(which)): count for which, count in self.of(FRAMEWORK).items()}
        return {FrameworkKey(*key): count for key, count in found.items() if all(key)}

    def barriers(self) -> Mapping[str, Counter[Severity]]:
        """Barrier -> its blockers by severity."""
        found: dict[str, Counter[Severity]] = {}
        for which, count in self.of(BARRIER).items():
            barrier_id, severity = json.loads(which)
            found.setdefault(barrier_id, Counter())[Severity(severity)] = count
        return found

    def holds(self) -> list[Held]:
        """What holds projects, those that are held alike together."""
        rises, barrier_rises = self.of(RISE), self.of(BARRIER_RISE)
        return [
            Held(Lifts(lifts), tuple(named.split()), barrier, count, rises.get(which, 0), barrier_rises.get(which, 0))
            for which, count in self.of(HOLD).items()
            for lifts, named, barrier in (json.loads(which),)
        ]


def read(bound: Bound, *what: str) -> Tally:
    """One statement, over as many rows as there are sorts of this and late changes."""
    return Tally(bound.rows(_summed(), these=what))


@cache
def _summed() -> Select[Any]:
    sums = select(TALLY.c.what, TALLY.c.which, func.sum(TALLY.c.amount).label("amount"))
    return sums.where(of_tenant(TALLY), TALLY.c.what.in_(THESE)).group_by(TALLY.c.what, TALLY.c.which)
