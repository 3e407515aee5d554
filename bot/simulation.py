"""What would be sent: the code that keeps dates and the code that sends, run on a copy under a clock that jumps.

Nothing is written to the real database, nothing goes over a network, and nobody waits.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar

from bot.dispatch import Dispatcher
from bot.readiness.assessment import Person
from bot.readiness.availability import Availability, Closed
from bot.readiness.local_time import local_day
from bot.readiness.simulation import DaysOff, Simulation
from bot.tick import Ticker
from bot.usecases.availability import availability_of
from bot.usecases.ports import Context, Library, Outbox, Store
from bot.watched import TakingMessenger, WatchedOutbox

T = TypeVar("T")

STEP = timedelta(seconds=1)
"""How far the clock goes at least, so that whatever is due for ever stops nothing."""

Copies = Callable[[str, Callable[[], datetime]], AbstractContextManager[tuple[Store, Outbox]]]
"""Gives the copy of a tenant's rows, by its id and a clock, as a store and an outbox."""


@dataclass(frozen=True, slots=True)
class Simulator:
    """Fulfils `outside_ports.Simulator`, here and now. `stopwatch` counts real seconds, of `patience` at most."""

    copies: Copies
    library: Library
    admins: frozenset[str] = frozenset()
    patience: float = float("inf")
    stopwatch: Callable[[], float] = time.monotonic

    async def simulate(self, tenant_id: str, begins: datetime, days: int) -> Simulation:
        """Everything from this moment on for so many days. It keeps the loop busy to its end."""
        clock = _JumpingClock(begins)
        with self.copies(tenant_id, clock.now) as (store, outbox):
            run = _Run(self, tenant_id, clock, store, WatchedOutbox(outbox, store, self.library))
            return await run.until(begins + timedelta(days=days))


@dataclass(slots=True)
class _JumpingClock:
    at: datetime

    def now(self) -> datetime:
        return self.at


class _InPlace:
    """The core without threads."""

    async def __call__(self, work: Callable[..., T], *arguments: object) -> T:
        return work(*arguments)

    reading = __call__


@dataclass(slots=True)
class _Run:
    """One look ahead."""

    simulator: Simulator
    tenant_id: str
    clock: _JumpingClock
    store: Store
    outbox: WatchedOutbox
    failed: set[str] = field(default_factory=set)

    async def until(self, ends: datetime) -> Simulation:
        """Jump from one due moment to the next."""
        begins, begun = self.clock.at, self.simulator.stopwatch()
        library, admins, core = self.simulator.library, self.simulator.admins, _InPlace()
        ticker = Ticker(self.store, library, self.clock, core, admins)
        messengers = {platform: TakingMessenger() for _, platform, _ in self.store.installations()}
        dispatcher = Dispatcher(
            self.outbox,
            self.store,
            library,
            messengers,
            self.clock,
            core,
            admins,
            pace=timedelta(0),
            told=self.outbox.told,
        )
        self.outbox.recover(begins)
        is_whole = True
        while True:
            await self._tick(ticker)
            await dispatcher.drain()
            following = self._following()
            if following is None or following >= ends:
                break
            if self.simulator.stopwatch() - begun > self.simulator.patience:
                is_whole, ends = False, self.clock.at
                break
            self.clock.at = max(following, self.clock.at + STEP)
        with self.store.reading_tenant(self.tenant_id) as tx:
            context = Context(tx, Person("", ""), library, begins)
            days_off = tuple(_days_off(context, self.outbox.readers(), begins, ends))
        return Simulation(begins, ends, self.outbox.messages(), days_off, len(self.failed), is_whole)

    async def _tick(self, ticker: Ticker) -> None:
        try:
            await ticker.tick()
        except ExceptionGroup as group:
            # What cannot be kept is tried again and again; it is one appointment.
            self.failed |= {"".join(error.__notes__) for error in group.exceptions}

    def _following(self) -> datetime | None:
        times = (self.store.next_due(), self.outbox.next_due(self.clock.at))
        return min((time for time in times if time is not None), default=None)


def _days_off(context: Context, people: Sequence[Person], begins: datetime, ends: datetime) -> Iterator[DaysOff]:
    """Who is off on which of their working days, by person and day."""
    for person in people:
        available = availability_of(context, person)
        day, last = local_day(begins, person.timezone), local_day(ends, person.timezone)
        while day <= last:
            first, why = day, _off(available, day)
            day += timedelta(days=1)
            # Days of one absence stand together; a holiday stands by itself.
            while why is Closed.AWAY and day <= last and _is_away(available, day):
                day += timedelta(days=1)
            if why is not None:
                name = available.holiday(first) if why is Closed.HOLIDAY else ""
                yield DaysOff(person, first, day - timedelta(days=1), why, name)


def _off(available: Availability, day: date) -> Closed | None:
    """Why nothing comes on a day on which they usually work, or are said to be away."""
    why = available.why_off(day)
    is_workday = why is Closed.AWAY or day.weekday() in available.days
    return why if is_workday and why in (Closed.AWAY, Closed.HOLIDAY) else None


def _is_away(available: Availability, day: date) -> bool:
    return available.why_off(day) is Closed.AWAY
