"""What a question in plain words is answered with, ready to be worded. Nothing here holds a sentence."""

from dataclasses import dataclass

from bot.readiness.asking import Reading, Understood
from bot.readiness.assessment import Person, Project


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer with the reading it belongs to, which is said first. `card` is that of the command for it."""

    reading: Reading
    card: object


@dataclass(frozen=True, slots=True)
class AskedBack:
    """A question that may mean several things, or nothing that can be answered; the readings are offered."""

    understood: Understood


@dataclass(frozen=True, slots=True)
class OwnersCard:
    """Who owns the projects that fit: each with theirs, those with the most first. `total` counts the projects.

    `unread` as in a list.
    """

    owners: tuple[tuple[Person, tuple[Project, ...]], ...]
    total: int
    shown: int
    unread: int = 0
