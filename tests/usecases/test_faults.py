"""A fault of ours: said with a reference, logged under it, and no word of anybody in the log."""

import logging

import pytest
from sqlalchemy import text

from storage.engine import Engines
from tests.world import World, said

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def break_answers(engines: Engines) -> None:
    """From now on no answer with words can be stored."""
    with engines.writing.begin() as connection:
        connection.execute(
            text("CREATE TRIGGER full BEFORE INSERT ON answer_text BEGIN SELECT RAISE(ABORT, 'a SECRET remark'); END")
        )


def test_a_fault_is_logged_under_its_reference_without_what_people_said(
    world: World, engines: Engines, caplog: pytest.LogCaptureFixture
) -> None:
    world.found()
    world.command("olivia", "start churn")
    world.say("olivia", "a SECRET remark")
    break_answers(engines)
    with caplog.at_level(logging.INFO):
        reply = said(world.say("olivia", "2"))
    reference = reply.rsplit(" ", 1)[-1].strip(".")
    assert "nothing of this step was saved" in reply
    assert f"converse.fault reference={reference} kind=Say error=sqlalchemy.exc.IntegrityError" in caplog.text
    assert "interviews.py" in caplog.text
    assert "SECRET" not in caplog.text
    assert world.interview("olivia").answered == frozenset()


def test_whoever_answers_everything_in_a_test_learns_what_was_refused(world: World, engines: Engines) -> None:
    world.found()
    world.command("olivia", "start churn")
    world.say("olivia", "words are kept in a table of their own")
    break_answers(engines)
    with pytest.raises(AssertionError, match=r"answered data-pipeline-stability with 2: Something broke"):
        world.answer_all("olivia", 2)
