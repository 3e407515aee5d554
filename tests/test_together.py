"""What is ready together is written together, and nothing waits for company."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.together import Together


class Book:
    """Keeps what was written by one writing; each takes a moment in which others may come."""

    def __init__(self, *, breaks_with: str = "") -> None:
        self.writings: list[list[str]] = []
        self.breaks_with = breaks_with

    async def __call__(self, several: Sequence[str]) -> None:
        self.writings.append(list(several))
        for _ in range(3):
            await asyncio.sleep(0)
        if self.breaks_with in several:
            raise ConnectionError(self.breaks_with)


async def written(book: Book, *lines: str, together: Together[str] | None = None) -> list[BaseException | None]:
    together = together or Together()
    return list(await asyncio.gather(*(together.write(line, book) for line in lines), return_exceptions=True))


def test_the_first_goes_at_once_and_what_came_meanwhile_as_one() -> None:
    book = Book()
    assert asyncio.run(written(book, "a", "b", "c")) == [None, None, None]
    assert book.writings == [["a"], ["b", "c"]]


def test_whoever_was_written_with_a_fault_hears_of_it_and_the_others_go_on() -> None:
    book = Book(breaks_with="b")
    ends = asyncio.run(written(book, "a", "b", "c"))
    assert [str(end) for end in ends] == ["None", "b", "b"]
    assert asyncio.run(written(book, "d")) == [None]


def test_who_is_stopped_while_writing_leaves_nobody_waiting() -> None:
    book, together = Book(), Together[str]()

    async def stopped() -> None:
        writing, waiting = (asyncio.ensure_future(together.write(line, book)) for line in ("a", "b"))
        await asyncio.sleep(0)
        writing.cancel()
        for each in (writing, waiting):
            with pytest.raises(asyncio.CancelledError):
                await each

    asyncio.run(stopped())
    assert asyncio.run(written(book, "c", together=together)) == [None]
    assert book.writings == [["a"], ["c"]]
