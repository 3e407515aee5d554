"""Examples of questions in plain words."""

from collections.abc import Mapping
from dataclasses import replace

from bot.readiness.asking import OF_PROJECTS, Ask, Reading, Understood
from bot.readiness.asking_cards import Answered, AskedBack, OwnersCard
from bot.readiness.query import Compared, Flag, Flagged, Name, Named, Number, Numbered, Query, Sign
from bot.wording.pages.examples_projects import MEI, OLIVIA, PROJECT

BLOCKED = Query().with_clause(Flagged(Flag.BLOCKED))
LONG = BLOCKED.with_clause(Named(Name.TEAM, ("<!channel> *x* مرحبا 🎉 " * 9,))).with_clause(
    Numbered(Number.STAGE, (Compared(Sign.LEAST, 3),)), negated=True
)
OWNERS = OwnersCard(owners=((OLIVIA, (PROJECT,)),), total=1, shown=1)
MANY = OwnersCard(
    owners=tuple(
        (replace(person, id=f"{person.id}{number}"), tuple(replace(PROJECT, key=f"p{n}") for n in range(9)))
        for number in range(15)
        for person in (OLIVIA, MEI)
    ),
    total=900,
    shown=270,
)


def examples() -> Mapping[str, object]:
    """Page name -> card."""
    of_projects = tuple(Reading(ask, query) for ask in OF_PROJECTS for query in (Query(), BLOCKED))
    of_one = tuple(Reading(ask, projects=("churn",)) for ask in (Ask.WHY, Ask.STATUS, Ask.BLOCKERS, Ask.HISTORY))
    whole = tuple(Reading(ask) for ask in (Ask.OVERVIEW, Ask.LEVERAGE, Ask.TREND))
    others = (Reading(Ask.COMPARE, projects=("churn", "notes")), Reading(Ask.WHATIF, projects=("churn",)))
    several = (*of_projects, *of_one, *whole, *others)
    return {
        **{f"asked_{reading.written()}": Answered(reading, OWNERS) for reading in several},
        "asked_long": Answered(Reading(Ask.LIST, LONG), MANY),
        "asked_nobody": OwnersCard((), 0, 0, unread=3),
        "asked_back": AskedBack(Understood((several[1], of_one[0], others[0]), sure=False, unread=("<b>merger</b>",))),
        "asked_back_one": AskedBack(Understood((Reading(Ask.LIST, LONG),), sure=False)),
        "asked_back_nothing": AskedBack(Understood((), sure=False, unread=tuple(f"word{n}" for n in range(9)))),
    }
