"""Which projects filters choose, for what is sent as a file."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from bot.usecases.ports import Context

T = TypeVar("T")


def checked(context: Context, text: str) -> str:
    """The filters as they will be read again when the file is made. Raises Refused with every mistake."""
    raise NotImplementedError


def chosen(context: Context, filters: str) -> Sequence[str]:
    """The ids of the projects that the filters choose, in their order."""
    raise NotImplementedError


def batched(every: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """In order, so many at a time."""
    return (every[start : start + size] for start in range(0, len(every), size))
