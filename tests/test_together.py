"""What is ready together is written together, and nothing waits for company."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.together import Together


class Slow:
    """Writes when it is let, and remembers what it was given at a time."""

    def __init__(self) -> None:
        self.written: list[list[int]] = []
        self.let = asyncio.Event()
        self.fault: Exception | None = None

    async def __call__(self, several: Sequence[int]) -> None:
        self.written.append(list(several))
        await self.let.wait()
        if self.fault is not None:
            raise self.fault


async def started(together: Together[int], slow: Slow, *numbers: int) -> list[asyncio.Task[None]]:
    tasks = [asyncio.create_task(together.write(number, slow)) for number in numbers]
    await asyncio.sleep(0)
    return tasks


async def test_the_first_goes_at_once_and_what_comes_meanwhile_goes_as_one() -> None:
    together, slow = Together[int](), Slow()
    tasks = await started(together, slow, 1)
    tasks += await started(together, slow, 2, 3, 4)
    assert slow.written == [[1]]
    slow.let.set()
    await asyncio.gather(*tasks)
    assert slow.written == [[1], [2, 3, 4]]


async def test_after_it_was_idle_the_next_goes_at_once_again() -> None:
    together, slow = Together[int](), Slow()
    slow.let.set()
    await together.write(1, slow)
    await together.write(2, slow)
    assert slow.written == [[1], [2]]


async def test_a_fault_reaches_all_that_were_written_with_it_and_nobody_after() -> None:
    together, slow = Together[int](), Slow()
    first = await started(together, slow, 1)
    rest = await started(together, slow, 2, 3)
    slow.fault = ValueError("no room")
    slow.let.set()
    ends = await asyncio.gather(*first, *rest, return_exceptions=True)
    assert [str(end) for end in ends] == ["no room"] * 3
    slow.fault = None
    await together.write(4, slow)
    assert slow.written == [[1], [2, 3], [4]]


async def test_who_is_stopped_while_writing_stops_those_who_wait_and_blocks_nobody_later() -> None:
    together, slow = Together[int](), Slow()
    (writing,) = await started(together, slow, 1)
    (waiting,) = await started(together, slow, 2)
    writing.cancel()
    for task in (writing, waiting):
        with pytest.raises(asyncio.CancelledError):
            await task
    slow.let.set()
    await together.write(3, slow)
    assert slow.written == [[1], [3]]
