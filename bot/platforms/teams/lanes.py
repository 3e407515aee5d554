"""One thing after another in each conversation, and all conversations side by side."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from bot.platforms.tasks import Tasks

T = TypeVar("T")


class Lanes:
    """Work that begins in the order in which it was put into a lane, each when the one before has ended."""

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks
        self._last: dict[str, asyncio.Task[Any]] = {}

    def start(self, lane: str, work: Coroutine[Any, Any, T], name: Callable[[], str]) -> "asyncio.Task[T]":
        """Put work into a lane; its failure is logged under `name()` and keeps nothing behind it waiting."""
        task = self._tasks.start(self._after(self._last.get(lane), work), name)
        self._last[lane] = task
        task.add_done_callback(lambda ended: self._ended(lane, ended))
        return task

    async def _after(self, before: "asyncio.Task[Any] | None", work: Coroutine[Any, Any, T]) -> T:
        try:
            if before is not None:
                await asyncio.wait({before})
        except asyncio.CancelledError:
            work.close()
            raise
        return await work

    def _ended(self, lane: str, task: "asyncio.Task[Any]") -> None:
        if self._last.get(lane) is task:
            del self._last[lane]
