"""When the age of evidence is told, and whether a stage rests on it. Pure.

What falls on one day is told together: fourteen days ahead to whoever gave it, and on the working day after it fell.
"""

from datetime import datetime, timedelta

from bot.readiness.assessment import AnswerKind
from bot.readiness.availability import Availability
from bot.readiness.framework import Dimension, Framework
from bot.readiness.local_time import local_day, moment_of
from bot.readiness.scoring import Rating, Scorecard, alone

WARNED_BEFORE = timedelta(days=14)
"""How long before evidence falls, on which a stage rests, whoever gave it is told."""


def told_at(fall: datetime, office: Availability) -> datetime:
    """When a fall is acted on: the next working morning, so that links given in one sitting fall together."""
    return office.next_day(fall)


def warned_at(fall: datetime, office: Availability) -> datetime:
    """The morning of the day that lies fourteen days before that of the fall."""
    return moment_of(local_day(fall, office.zone) - WARNED_BEFORE, office.begins, office.zone)


def reach(framework: Framework, card: Scorecard, dimension: Dimension, then: Rating) -> int:
    """The last stage whose bars a dimension would carry by itself with this rating."""
    return alone(framework, dimension, then, card.exposure, card.next_stage)[0]


def rests_on(framework: Framework, card: Scorecard, dimension: Dimension, then: Rating) -> bool:
    """Whether the stage of the card, or the readiness for its next one, would be lower with this rating instead."""
    if then.kind is AnswerKind.NOT_APPLICABLE:
        return False
    return reach(framework, card, dimension, then) < min(card.readiness, card.next_stage or card.exposure)
