"""Long beginnings are played once a process: whoever begins the same way gets a copy of what came of it."""

import copy
import functools
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from tests.fakes import RememberingMessenger
from tests.world import World

P = ParamSpec("P")
T = TypeVar("T")
NOTHING = ""
"""How a world stands in which nothing happened yet."""


@dataclass(frozen=True)
class Kept:
    """A world after a beginning, and what the beginning gave."""

    database: bytes
    number: int
    at: datetime
    messenger: RememberingMessenger
    given: Any
    gives_world: bool


@dataclass(frozen=True)
class Standing:
    """How a world came to where it is, as long as nothing else happens in it."""

    way: str
    at: datetime
    messenger: RememberingMessenger
    written: list[tuple[int, int]]


def begun(play: Callable[Concatenate[World, P], T]) -> Callable[Concatenate[World, P], T]:
    """Make a beginning of an act: it is played where it was not yet, or where something else came before it.

    Whatever `play` gives must be the world, or plain. On PostgreSQL it is played each time.
    """
    kept: dict[str, Kept] = {}

    @functools.wraps(play)
    def begin(world: World, *of: P.args, **more: P.kwargs) -> T:
        way = _way(world)
        if way is None:
            return play(world, *of, **more)
        way = f"{way}, {play.__module__}.{play.__qualname__}{of}{more} at {world.clock.at}"
        if way not in kept:
            kept[way] = _kept(world, play(world, *of, **more))
        else:
            _become(world, kept[way])
        world.came = _standing(world, way)
        given: T = world if kept[way].gives_world else kept[way].given  # type: ignore[assignment]  # as `play` gave
        return given

    return begin


def _way(world: World) -> str | None:
    """None where the copy of a beginning would not be what playing it gives."""
    if world.engines.writing.dialect.name != "sqlite" or world.links is not None:
        return None
    if world.came is None:
        with world.engines.reading.connect() as connection:
            is_new = connection.exec_driver_sql("SELECT count(*) FROM tenant").scalar() == 0
        return NOTHING if is_new else None
    return world.came.way if world.came == _standing(world, world.came.way) else None


def _kept(world: World, given: Any) -> Kept:
    number = next(world.numbers)
    with closing(sqlite3.connect(_file(world))) as connection:
        database = connection.serialize()
    messenger = copy.deepcopy(world.messenger)
    world.numbers = count(number)
    return Kept(database, number, world.clock.at, messenger, given, given is world)


def _become(world: World, kept: Kept) -> None:
    world.engines.dispose()
    for left in _file(world).parent.glob(f"{_file(world).name}*"):
        left.unlink()
    _file(world).write_bytes(kept.database)
    world.numbers = count(kept.number)
    world.clock.at = kept.at
    vars(world.messenger).update(vars(copy.deepcopy(kept.messenger)))


def _standing(world: World, way: str) -> Standing:
    files = (_file(world), _file(world).with_name(f"{_file(world).name}-wal"))
    written = [(file.stat().st_size, file.stat().st_mtime_ns) for file in files if file.exists()]
    return Standing(way, world.clock.at, copy.deepcopy(world.messenger), [each for each in written if each[0]])


def _file(world: World) -> Path:
    return Path(str(world.engines.writing.url.database))
