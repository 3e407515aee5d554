"""Stage changes after a moment, on both databases: who came, who went, and nothing from before."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from alembic import command
from sqlalchemy import func, select

from bot.readiness.flow import UNASSESSED, Moves
from storage.engine import Engines
from storage.leverage import HOLD, _hold
from storage.migrate import configuration, migrate
from storage.milestones import CHANGE
from storage.milestones import MILESTONE as MILESTONES
from storage.projects import PROJECT as PROJECTS
from storage.store import Store
from storage.tally import BARRIER_RISE, RISE, TALLY, of_hold
from storage.tally import HOLD as ALIKE
from tests.storage.explained import plans
from tests.storage.test_leverage import random_hold
from tests.storage.values import ADA, ASSESSMENT, EVE, MILESTONE, NOW, PERSON, PLACE, PROJECT, SCORECARD, SUMMARY, fill


def test_the_moves_after_a_moment_are_all_that_changed_a_stage(store: Store) -> None:
    def day(number: int) -> datetime:
        return NOW + timedelta(days=number)

    lives = {  # key -> created, day and stage of each milestone, archived
        "old": (-99, ((-50, 1), (-40, 2), (3, 2), (5, 3), (7, 1)), None),
        "new": (1, ((2, 4),), None),
        "gone": (-99, ((-50, 5),), 4),
        "long-gone": (-99, ((-60, 2), (-50, 3)), -30),
        "waiting": (6, (), None),
        "patient": (6, (), None),
    }
    for actor in (ADA, EVE):  # the second is another tenant, and counts nowhere
        with store.writing(actor) as tx:
            tx.people.add(PERSON)
            if actor == ADA:
                tx.places.add(PLACE)
            for key, (came, results, went) in lives.items():
                summary = replace(SUMMARY, stage=results[-1][1]) if results else None
                project = replace(PROJECT, id=key, key=key, created_at=day(came), summary=summary, roles={})
                archived_at = None if went is None else day(went)
                tx.projects.add(replace(project, archived_at=archived_at, place_id=None))
                tx.assessments.add(replace(ASSESSMENT, id=f"a-{key}", project_id=key))
                for number, (at, stage) in enumerate(results, start=7):
                    card = replace(SCORECARD, stage=stage)
                    taken = replace(MILESTONE, id=f"{key}-{number}", project_id=key, assessment_id=f"a-{key}")
                    tx.milestones.add(replace(taken, sequence=number, taken_at=day(at), scorecard=card))
    with store.reading(ADA) as tx:
        moves = tx.milestones.moves([day(0), day(5), day(7)])
        assert sum(move.count for move in tx.milestones.moves([day(0)])) == 7
    assert len(moves) == 6
    assert set(moves) == {
        Moves(0, 5, None),
        Moves(0, UNASSESSED, 4),
        Moves(0, None, UNASSESSED),
        Moves(1, 2, 3),
        Moves(1, None, UNASSESSED, 2),
        Moves(2, 3, 1),
    }


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_moves_are_found_by_when_they_were_in_an_index_alone(engines: Engines, store: Store) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
        plan = plans(engines, lambda: tx.milestones.moves([NOW]))
    assert "SEARCH stage_change USING COVERING INDEX ix_stage_change_at" in plan
    assert "milestone" not in plan


HOLDS = (ALIKE, RISE, BARRIER_RISE)


def kept(engines: Engines) -> set[tuple[object, ...]]:
    """Every change that is kept, every name as it is looked up, and how many are held alike."""
    with engines.reading.connect() as connection:
        changes = connection.execute(select(*CHANGE.c))
        names = connection.execute(select(PROJECTS.c.id, PROJECTS.c.folded_name))
        theirs = select(TALLY.c.which, TALLY.c.what, func.sum(TALLY.c.amount)).where(TALLY.c.what.in_(HOLDS))
        held = connection.execute(theirs.group_by(TALLY.c.which, TALLY.c.what))
        return {tuple(row) for row in (*changes, *names, *((*sort, int(amount)) for *sort, amount in held))}


def counted_again(engines: Engines) -> set[tuple[object, ...]]:
    """The same from every scorecard there is."""
    found: set[tuple[object, ...]] = set()
    with engines.reading.connect() as connection:
        wanted = select(MILESTONES).order_by(MILESTONES.c.tenant_id, MILESTONES.c.project_id, MILESTONES.c.sequence)
        last: dict[tuple[str, str], int] = {}
        for row in connection.execute(wanted):
            whose, stage = (row.tenant_id, row.project_id), row.scorecard["stage"]
            if last.get(whose) != stage:
                found.add((*whose, row.sequence, row.taken_at, last.get(whose), stage))
            last[whose] = stage
        found |= {(row.id, row.name.casefold()) for row in connection.execute(select(PROJECTS))}
        held = sum((of_hold(_hold(row)) for row in connection.execute(select(HOLD))), Counter[tuple[str, str]]())
        found |= {(which, what, amount) for (what, which), amount in held.items()}
    return found


def test_what_is_kept_of_changes_is_what_the_scorecards_say_also_after_an_upgrade(
    engines: Engines, store: Store, database_url: str
) -> None:
    random = Random(8)
    with store.writing(ADA) as tx:
        fill(tx)
        for key in ("a", "b", "c", "d", "e"):
            name = f"{key} GRÖSSE Straße\n2"
            tx.projects.add(replace(PROJECT, id=key, key=key, name=name, summary=None, roles={}, place_id=None))
            tx.holds.save(key, random_hold(random))
            tx.assessments.add(replace(ASSESSMENT, id=f"a-{key}", project_id=key))
            for number in range(3, 15):
                card = replace(SCORECARD, stage=random.choice((1, 2, 2, 3)))
                taken = replace(MILESTONE, id=f"{key}-{number}", project_id=key, assessment_id=f"a-{key}")
                at = NOW + timedelta(hours=number)
                tx.milestones.add(replace(taken, sequence=number, taken_at=at, scorecard=card))
    expected = kept(engines)
    assert len(expected) > 20
    assert expected == counted_again(engines)
    engines.dispose()
    command.downgrade(configuration(database_url), "0022")
    migrate(database_url)
    assert kept(engines) == expected
