"""Examples of a look ahead."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.readiness.assessment import Person, Place
from bot.readiness.availability import Closed
from bot.readiness.notices import SILENT, NoticeKind
from bot.readiness.simulation import DaysOff, End, Foreseen, NothingAhead, Postponement, Simulation, SimulationCard
from bot.wording.pages.examples_projects import MEI, OLIVIA, PROJECT

BEGINS = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
OTHER = replace(PROJECT, id="p2", key="notes", name="Visit notes")
MANAGER = Person(id="marta", name="Marta Keller", timezone="Europe/Berlin", is_manager=True)
OWNER = replace(OLIVIA, is_admin=False, is_manager=False)
CHANNEL = Place(id="pl1", channel="C1", name="churn")
APART = frozenset({NoticeKind.IMPORT, NoticeKind.PROJECTS_IMPORT, NoticeKind.EXPORT, NoticeKind.SIMULATION})


def simulation() -> Simulation:
    """A message of every kind, and everything that may be said beside one."""
    kinds = [kind for kind in NoticeKind if kind not in SILENT | APART]
    every = tuple(
        Foreseen(BEGINS + timedelta(days=day), kind, MEI, None, MEI.timezone, (PROJECT,))
        for day, kind in enumerate(kinds)
    )
    waited = tuple(Postponement(BEGINS, why, "Karfreitag" if why is Closed.HOLIDAY else "") for why in Closed)
    first, second, third, fourth, fifth = every[:5]
    told = (
        replace(first, projects=(PROJECT, OTHER), waited=waited),
        replace(second, end=End.DROPPED, reason="nothing_to_say", projects=()),
        replace(third, end=End.DROPPED, reason="too_late"),
        replace(fourth, end=End.HELD, reason="fault"),
        replace(fifth, end=End.WAITING, waited=waited[:1]),
        replace(
            first, at=datetime(2027, 3, 26, tzinfo=UTC), person=None, place=CHANNEL, zone="", kind=NoticeKind.ALERT
        ),
    )
    days_off = (
        DaysOff(MEI, date(2027, 3, 26), date(2027, 3, 26), Closed.HOLIDAY, "Karfreitag"),
        DaysOff(MEI, date(2027, 3, 29), date(2027, 4, 9), Closed.AWAY),
    )
    ends = BEGINS + timedelta(days=60)
    return Simulation(BEGINS, ends, tuple(sorted((*told, *every), key=lambda each: each.at)), days_off)


def examples() -> Mapping[str, object]:
    """Page name -> card."""
    whole = simulation()
    short = replace(whole, messages=whole.messages[-1:], days_off=())
    return {
        "simulation": SimulationCard(MANAGER, 60, whole),
        "simulation_for_owner": SimulationCard(OWNER, 60, short),
        "simulation_stopped": SimulationCard(MANAGER, 366, replace(whole, is_whole=False, failed=2)),
        "nothing_ahead": NothingAhead(OWNER, 60),
        "nothing_ahead_for_managers": NothingAhead(MANAGER, 1),
        "nothing_known_ahead": NothingAhead(OWNER, 366, is_known=False),
    }
