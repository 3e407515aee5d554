"""Who waits for whom: writing work is a fair queue, reading work runs beside it."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import READING_THREADS, Parts, compose
from bot.chat.incoming import Actor, Command, Opened, Spot
from bot.settings import Settings

PATIENCE = 10.0
ADA = Actor("slack", "T1", "U0ADA", name="ada")
HERE = Spot("D1", direct=True)


@pytest.fixture
def parts(database_url: str, tmp_path: Path) -> Iterator[Parts]:
    """The product without a platform, on either database."""
    made = compose(Settings(data=tmp_path, database_url=database_url))
    yield made
    asyncio.run(made.close())


def is_sqlite(parts: Parts) -> bool:
    return parts.engines.writing.dialect.name == "sqlite"


def test_sqlite_has_one_writing_thread_and_postgresql_four(parts: Parts) -> None:
    expected = 1 if is_sqlite(parts) else 4
    together = threading.Barrier(expected)

    def meet() -> int:
        together.wait(PATIENCE)
        return threading.get_ident()

    async def crowd() -> set[int]:
        return set(await asyncio.gather(*(parts.core(meet) for _ in range(expected * 4))))

    assert len(asyncio.run(crowd())) == expected


def test_who_only_reads_does_not_wait_for_who_writes(parts: Parts) -> None:
    released = threading.Event()

    async def read_during_writing() -> None:
        writing = [asyncio.ensure_future(parts.core(released.wait, PATIENCE)) for _ in range(4)]
        try:
            reply = await asyncio.wait_for(parts.core.converse(Command("k1", ADA, HERE, "readiness", "help")), PATIENCE)
            assert reply.view is not None
            assert not any(each.done() for each in writing)
        finally:
            released.set()
            await asyncio.gather(*writing)

    asyncio.run(read_during_writing())


def test_who_writes_does_not_wait_for_who_reads(parts: Parts) -> None:
    released = threading.Event()

    async def write_during_reading() -> None:
        reading = [asyncio.ensure_future(parts.core.reading(released.wait, PATIENCE)) for _ in range(READING_THREADS)]
        try:
            reply = await asyncio.wait_for(parts.core.converse(Opened("k1", ADA, HERE)), PATIENCE)
            assert reply.home is not None
            assert not any(each.done() for each in reading)
        finally:
            released.set()
            await asyncio.gather(*reading)

    asyncio.run(write_during_reading())


def test_only_who_may_have_written_wakes_the_courier(parts: Parts) -> None:
    woken = []
    parts.core.after = lambda: woken.append("woken")

    async def twice() -> list[int]:
        await parts.core.converse(Command("k1", ADA, HERE, "readiness", "help"))
        after_reading = len(woken)
        await parts.core.converse(Opened("k2", ADA, HERE))
        return [after_reading, len(woken)]

    assert asyncio.run(twice()) == [0, 1]
