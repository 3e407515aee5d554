"""What takes many seconds and must keep nothing waiting: a few pieces of work, beside everything else."""

import asyncio
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Aside:
    """So many places for each kind of work; `begin` where there is no room is an error."""

    places: Mapping[str, int]
    _tasks: dict[asyncio.Task[None], str] = field(default_factory=dict)

    @property
    def is_busy(self) -> bool:
        """Whether something runs."""
        return bool(self._tasks)

    def has_room(self, kind: str) -> bool:
        """Whether work of a kind may begin."""
        return list(self._tasks.values()).count(kind) < self.places[kind]

    def begin(self, kind: str, work: Coroutine[None, None, None]) -> None:
        """Let it run."""
        assert self.has_room(kind), kind
        task = asyncio.create_task(work)
        self._tasks[task] = kind
        task.add_done_callback(self._tasks.pop)

    async def finish(self) -> None:
        """Wait for it."""
        await asyncio.gather(*self._tasks)

    async def stop(self) -> None:
        """End it."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
