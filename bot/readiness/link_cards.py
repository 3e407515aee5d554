"""Cards of links that lead nowhere any more. Nothing here holds a sentence."""

from dataclasses import dataclass
from datetime import datetime

from bot.readiness.assessment import Answer, Person, Project
from bot.readiness.framework import Dimension


@dataclass(frozen=True, slots=True)
class DeadLink:
    """An answer whose link is dead; `gone_since` is the first look that found nothing there."""

    dimension: Dimension
    answer: Answer
    claimant: Person
    gone_since: datetime


@dataclass(frozen=True, slots=True)
class DeadLinksCard:
    """Told to whoever gave them and to the owner, once: links that are dead. `zone` is the reader's."""

    project: Project
    lines: tuple[DeadLink, ...]
    reader_id: str
    zone: str
