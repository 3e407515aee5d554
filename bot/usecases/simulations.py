"""A look ahead: asked for in chat, made when it is delivered, outside any transaction (`bot.simulation`)."""

import re

from bot.chat.incoming import Command
from bot.readiness.assessment import Person
from bot.readiness.cards import Act, Done
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.refusals import Refusal, Refused
from bot.readiness.simulation import (
    DEFAULT_DAYS,
    MOST_DAYS,
    MOST_PROJECT_DAYS,
    NothingAhead,
    Simulation,
    SimulationCard,
    seen_by,
)
from bot.usecases.ports import Context

_DAYS = re.compile(r"([0-9]{1,9})\s*(?:d|days?|tage?)?", re.IGNORECASE)


def ask_simulation(context: Context, command: Command) -> Done:
    """Owe the actor a look ahead. Raises Refused DAYS_WANTED or TOO_MUCH_AHEAD.

    Asked again within the minute it is the same one.
    """
    days = days_of(command.text)
    _require_little(context, days)
    key = f"{NoticeKind.SIMULATION.value}:{context.actor.id}:{days}:{context.now:%Y-%m-%dT%H:%M}"
    context.tx.notices.put(
        Notice(
            key=key,
            kind=NoticeKind.SIMULATION,
            subject="all",
            person_id=context.actor.id,
            parameters={"days": str(days)},
        )
    )
    return Done(Act.SIMULATION_COMES, {"days": str(days)})


def is_days(text: str) -> bool:
    """Whether words name so many days."""
    return _DAYS.fullmatch(text.strip()) is not None and not text.strip().isdigit()


def days_of(text: str) -> int:
    """How many days are asked for: "60d", "60"; without a word the usual number. Raises Refused DAYS_WANTED."""
    words = text.strip()
    typed = _DAYS.fullmatch(words) if words else None
    days = int(typed[1]) if typed else DEFAULT_DAYS
    if (words and not typed) or not 1 <= days <= MOST_DAYS:
        raise Refused(Refusal.DAYS_WANTED, word=words, most=str(MOST_DAYS))
    return days


def _require_little(context: Context, days: int) -> None:
    """Raise Refused TOO_MUCH_AHEAD where it would take minutes."""
    projects = len(context.tx.projects.keys())
    if days * projects > MOST_PROJECT_DAYS:
        most = MOST_PROJECT_DAYS // projects
        raise Refused(Refusal.TOO_MUCH_AHEAD, days=str(days), projects=str(projects), most=str(most))


def card(reader: Person, days: int, found: Simulation | None) -> SimulationCard | NothingAhead:
    """What the reader may see; None is what could not be found out."""
    if found is None:
        return NothingAhead(reader, days, is_known=False)
    seen = seen_by(reader, found)
    if not seen.messages and seen.is_whole and not seen.failed:
        return NothingAhead(reader, days)
    return SimulationCard(reader, days, seen)
