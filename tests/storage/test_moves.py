"""Stage changes after a moment, on both databases: who came, who went, and nothing from before."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.readiness.flow import UNASSESSED, Moves
from storage.engine import Engines
from storage.store import Store
from tests.storage.explained import plans
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
