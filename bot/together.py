"""Writing together what is ready together: one transaction for all that came while the last one ran."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class Together(Generic[T]):
    """Nothing waits for company: the first is written at once, and whatever comes meanwhile is written next, as one."""

    _waiting: list[tuple[T, "asyncio.Future[None]"]] = field(default_factory=list)
    _is_writing: bool = False

    async def write(self, one: T, write: Callable[[Sequence[T]], Awaitable[None]]) -> None:
        """Returns once `one` is written; raises what `write` raised, as it does for all that were written with it."""
        written = asyncio.get_running_loop().create_future()
        self._waiting.append((one, written))
        if not self._is_writing:
            self._is_writing = True
            try:
                while self._waiting:
                    await self._write_waiting(write)
            finally:
                self._is_writing = False
        await written

    async def _write_waiting(self, write: Callable[[Sequence[T]], Awaitable[None]]) -> None:
        several = self._waiting[:]
        self._waiting.clear()
        try:
            await write([one for one, _ in several])
        except Exception as error:
            for _, written in several:
                if not written.done():
                    written.set_exception(error)
        except asyncio.CancelledError:
            # Whoever writes is being stopped, and the others with it: they may not know what became of theirs.
            for _, written in (*several, *self._waiting):
                written.cancel()
            self._waiting.clear()
            raise
        else:
            for _, written in several:
                if not written.done():
                    written.set_result(None)
