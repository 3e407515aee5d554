"""The courier: the loop that drains the outbox in a process."""

import asyncio
import contextlib
import logging
from dataclasses import dataclass, field

from bot.dispatch import Dispatcher
from bot.traces import traced

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Courier:
    """Drains the outbox whenever somebody has written to it in this process, and looks again from time to time."""

    dispatcher: Dispatcher
    patience: float = 1.0
    _written: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self) -> None:
        """Something was committed that may be due."""
        self._written.set()

    async def deliver_until(self, stop: asyncio.Event) -> None:
        """Deliver until `stop` is set; what was claimed is settled first. A fault of ours is logged, never the end."""
        while not stop.is_set():
            self._written.clear()
            try:
                await self.dispatcher.drain(stop)
            except Exception as error:
                logger.error("delivery.failed error=%s", traced(error))  # noqa: TRY400 - an exception's text may quote
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._written.wait(), self.patience)
        await self.dispatcher.aside.stop()
