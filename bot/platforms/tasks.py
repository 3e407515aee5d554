"""What goes on after an ack. The loop itself holds its tasks weakly; these are kept until they end."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from bot.usecases.sending import SendFault

_log = logging.getLogger(__name__)
T = TypeVar("T")


class Tasks:
    """Running tasks of one application, each with its event name and ids for the log."""

    def __init__(self) -> None:
        self._running: dict[asyncio.Task[Any], Callable[[], str]] = {}

    def start(self, work: Coroutine[Any, Any, T], name: Callable[[], str]) -> "asyncio.Task[T]":
        """Run `work`; its failure is logged under `name()` (an event and ids), never with a text."""
        task = asyncio.get_running_loop().create_task(work)
        self._running[task] = name
        task.add_done_callback(self._ended)
        return task

    async def drain(self, timeout: float) -> int:  # noqa: ASYNC109  # what is left is cancelled here, not by a caller
        """Wait for what runs, at most `timeout` seconds; then cancel the rest and say how many that were."""
        waiting = {task for task in self._running if task is not asyncio.current_task()}
        if not waiting:
            return 0
        _, late = await asyncio.wait(waiting, timeout=timeout)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late, timeout=1)
        return len(late)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        name = self._running.pop(task)
        if task.cancelled():
            _log.warning("task_cancelled %s", name())
        elif error := task.exception():
            _log.error("task_failed %s error=%s", name(), described(error))


def described(error: BaseException) -> str:
    """An exception without its text, which may quote people: its type, its reason or its line of code."""
    if isinstance(error, SendFault):
        return f"{type(error).__name__}:{error.reason}"
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__}@{place}"
