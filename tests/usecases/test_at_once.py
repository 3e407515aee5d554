"""Two things at the same moment, on PostgreSQL, where they really overlap: one waits for the other, neither is lost."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import pytest

from bot.usecases import assessments
from tests.world import World, account, said

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
WAIT = 5.0


@contextmanager
def held_in(module: ModuleType, name: str) -> Iterator[threading.Event]:
    """Hold the first caller of `module.name` in the middle of its transaction until a second act has begun.

    Yields the event that says that the first one is there; it goes on a moment after the second started.
    """
    real: Callable[..., Any] = getattr(module, name)
    there, once = threading.Event(), threading.Lock()

    def slow(*arguments: Any, **named: Any) -> Any:
        if once.acquire(blocking=False):
            there.set()
            threading.Event().wait(0.3)
        return real(*arguments, **named)

    setattr(module, name, slow)
    try:
        yield there
    finally:
        setattr(module, name, real)


def both(first: Callable[[], str], second: Callable[[], str], there: threading.Event) -> tuple[str, str]:
    """What both read; the second begins when the first is in the middle of its work."""
    answers: dict[str, str] = {}

    def run_second() -> None:
        assert there.wait(WAIT)
        answers["second"] = second()

    threads = [threading.Thread(target=lambda: answers.update(first=first())), threading.Thread(target=run_second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    return answers["first"], answers["second"]


@pytest.fixture
def last_question(world: World) -> World:
    """Olivia has answered all questions but the last."""
    world.found()
    world.command("olivia", "start churn")
    interview = world.interview("olivia")
    for _ in interview.questions[:-1]:
        world.say("olivia", "https://wiki.example/x")
        world.press("olivia", "answer", f"{interview.id}|{world.interview('olivia').current}|2")
        world.pass_all("olivia", interview.id)
    world.say("olivia", "https://wiki.example/x")
    return world


def answer_last(world: World) -> str:
    interview = world.interview("olivia")
    return said(world.press("olivia", "answer", f"{interview.id}|{interview.questions[-1]}|2"))


def test_closing_while_the_last_answer_arrives(last_question: World) -> None:
    assessment_id = last_question.interview("olivia").assessment_id
    with held_in(assessments, "close_interviews") as there:
        closed, answered = both(
            lambda: said(last_question.press("ada", "close_assessment", assessment_id)),
            lambda: answer_last(last_question),
            there,
        )
    assert "is closed" in closed
    assert "has ended" in answered
    assert len(last_question.read(lambda tx: tx.milestones.of_project(last_question.project().id))) == 1


def test_editing_the_project_while_the_last_answer_arrives(last_question: World) -> None:
    project = last_question.project()
    form = {"name": "Renamed", "key": "churn", "exposure": "2", "owner": account("olivia"), "channel": "C1"}
    with held_in(assessments, "take_milestone") as there:
        _, saved = both(
            lambda: answer_last(last_question),
            lambda: said(last_question.submit("olivia", value=project.id, **form)),
            there,
        )
    assert "Renamed" in saved
    after = last_question.project()
    assert (after.name, after.summary is not None) == ("Renamed", True)


def test_archiving_while_the_last_answer_arrives(last_question: World) -> None:
    project = last_question.project()
    with held_in(assessments, "take_milestone") as there:
        _, archived = both(
            lambda: answer_last(last_question),
            lambda: said(last_question.press("olivia", "archive", project.id)),
            there,
        )
    assert "is archived" in archived
    after = last_question.project()
    assert (after.archived_at is not None, after.summary is not None) == (True, True)


def test_two_starts_open_one_assessment(world: World) -> None:
    world.found()
    with held_in(assessments, "questions_by_person") as there:
        first, second = both(
            lambda: said(world.command("olivia", "start churn")),
            lambda: said(world.command("ada", "start churn")),
            there,
        )
    assert "assessment started" in first
    assert "is open already" in second
