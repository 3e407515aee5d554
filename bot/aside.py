"""What takes many seconds and must keep nothing waiting: one piece of work at a time, beside everything else."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field


@dataclass(slots=True)
class Aside:
    """One place for one task; `begin` where it is taken is an error."""

    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def is_busy(self) -> bool:
        """Whether something runs."""
        return bool(self._tasks)

    def begin(self, work: Coroutine[None, None, None]) -> None:
        """Let it run."""
        assert not self._tasks
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self) -> None:
        """Wait for it."""
        await asyncio.gather(*self._tasks)

    async def stop(self) -> None:
        """End it."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
