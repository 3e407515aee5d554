"""One tick: every appointment that is due is kept, each in a transaction of its own."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass

from bot.calendar import keep
from bot.dispatch import Core
from bot.readiness.appointments import Appointment
from bot.readiness.assessment import Person
from bot.usecases.ports import Clock, Context, Library, Store


@dataclass(frozen=True, slots=True)
class Ticker:
    """Keeps what is due; the cost is that of what is due. Any number of them may run on one database.

    `wake` is called once something may have been put into the outbox.
    """

    store: Store
    library: Library
    clock: Clock
    core: Core
    admins: frozenset[str] = frozenset()
    wake: Callable[[], None] = lambda: None

    async def tick(self) -> int:
        """Keep every appointment that is due; says how many were kept.

        One by one, so that answers come in between. One that cannot be kept is put off. Raises ExceptionGroup when
        everything was tried and some failed.
        """
        kept, tried = 0, 0
        faults: list[Exception] = []
        while due := await self.core.reading(self.store.due, self.clock.now()):
            before = kept + len(faults)
            # In no common order: processes that wake at one moment do not all wait for the same project.
            for tenant_id, appointment in random.sample(due, len(due)):
                # Gathering keeps the fault of one from those behind it.
                (end,) = await asyncio.gather(self.core(self._keep, tenant_id, appointment), return_exceptions=True)
                if isinstance(end, Exception):
                    end.add_note(f"tenant={tenant_id} {appointment.kind}={appointment.subject}")
                    faults.append(end)
                    await self.core(self.store.put_off, tenant_id, appointment, self.clock.now())
                kept += end is True
                tried += 1
            self.wake()
            if kept + len(faults) == before:
                break  # other processes have what is left
        if faults:
            raise ExceptionGroup(f"{len(faults)} of {tried} appointments were not kept", faults)
        return kept

    def _keep(self, tenant_id: str, appointment: Appointment) -> bool:
        with self.store.of_tenant(tenant_id, by_clock=True) as tx:
            nobody = Person(id="", name="")
            now = self.clock.now()
            return keep(Context(tx=tx, actor=nobody, library=self.library, now=now, admins=self.admins), appointment)
