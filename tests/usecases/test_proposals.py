"""A level proposed for free words: shown with the question, stored by a confirmation only."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.dispatch import Dispatcher
from bot.readiness.framework import Dimension
from bot.readiness.matching import Proposal
from tests.world import InPlace, World, account, said

ON_STAGE = "data-pipeline-stability"
WORDS = "The pipeline is documented and load tested once at the expected volume"
PROPOSED = "That sounds like level 2"


@pytest.fixture
def asked(world: World) -> World:
    """Olivia's first question stands on her screen."""
    world.found()
    world.command("olivia", "start churn")
    world.deliver()
    return world


def shown(world: World) -> str:
    """How the question reads after its newest edit."""
    world.deliver()
    return world.messenger.edits[-1][1]


def level(world: World) -> int | None:
    interview = world.interview("olivia")
    given = world.read(lambda tx: tx.answers.of_respondent(interview.assessment_id, interview.respondent_id))
    return given[ON_STAGE].level if ON_STAGE in given else None


def test_words_get_a_level_proposed_and_nothing_is_stored(asked: World) -> None:
    assert "Which level fits?" in said(asked.say("olivia", WORDS))
    page = shown(asked)
    assert f"{PROPOSED}: The pipeline is documented" in page
    assert f"Because you wrote “{WORDS}”" in page
    assert "[Yes, level 2]" in page
    assert level(asked) is None


def test_the_button_is_the_press_of_the_level_itself(asked: World) -> None:
    asked.say("olivia", WORDS)
    asked.deliver()
    view = asked.messenger.views["ref1"]
    values = [
        button.value for part in view.parts for button in getattr(part, "buttons", ()) if button.press == "answer"
    ]
    interview = asked.interview("olivia")
    assert values == [f"{interview.id}|{ON_STAGE}|2"]
    asked.press("olivia", "answer", values[0])
    assert level(asked) == 2
    assert PROPOSED not in shown(asked)


@pytest.mark.parametrize("yes", ["yes", "Ja!", "passt", "that fits"])
def test_a_typed_yes_confirms_what_is_proposed(asked: World, yes: str) -> None:
    asked.say("olivia", WORDS)
    asked.say("olivia", yes)
    assert level(asked) == 2
    answer = asked.read(lambda tx: tx.answers.current(asked.interview("olivia").assessment_id))[0]
    assert answer.note == WORDS


def test_without_a_proposal_yes_is_words_like_any_other(asked: World) -> None:
    asked.say("olivia", "yes")
    assert level(asked) is None
    assert asked.interview("olivia").notes[ON_STAGE] == "yes"
    assert "That sounds like" not in shown(asked)


@pytest.mark.parametrize("no", ["no", "Nein.", "Doesn’t fit", "stimmt nicht"])
def test_a_typed_no_takes_the_proposal_away_and_keeps_the_words(asked: World, no: str) -> None:
    asked.say("olivia", WORDS)
    told = said(asked.say("olivia", no))
    assert told.startswith("All right, not that one. Which level fits?")
    assert "That sounds like" not in shown(asked)
    assert WORDS in asked.interview("olivia").notes[ON_STAGE]
    asked.say("olivia", "yes")
    assert level(asked) is None


def test_a_typed_no_is_never_quoted(asked: World) -> None:
    asked.say("olivia", WORDS)
    for _ in range(2):
        asked.say("olivia", "no")
    assert f"Your note: {WORDS}\n" in shown(asked)
    asked.say("olivia", "A script pulls a fixed extract")
    asked.say("olivia", "1")
    answer = asked.read(lambda tx: tx.answers.current(asked.interview("olivia").assessment_id))[0]
    assert answer.note == f"{WORDS}\nA script pulls a fixed extract"


def test_without_a_proposal_no_is_words_like_any_other(asked: World) -> None:
    assert said(asked.say("olivia", "no")).startswith("Noted.")
    assert asked.interview("olivia").noted(ON_STAGE) == "no"


def test_another_level_may_be_chosen(asked: World) -> None:
    asked.say("olivia", WORDS)
    asked.say("olivia", "1")
    assert level(asked) == 1


def test_words_to_a_question_that_has_an_answer_are_a_note_to_it_and_propose_nothing(asked: World) -> None:
    asked.say("olivia", WORDS)
    asked.say("olivia", "1")
    asked.say("olivia", "back")
    asked.deliver()
    assert "That sounds like" not in asked.messenger.said_to(account("olivia"))[-1]
    asked.say("olivia", "A script pulls a fixed extract")
    assert "That sounds like" not in shown(asked)
    assert level(asked) == 1


def test_a_paused_question_proposes_nothing(asked: World) -> None:
    asked.say("olivia", WORDS)
    asked.say("olivia", "pause")
    assert "That sounds like" not in shown(asked)
    assert "resume" in said(asked.say("olivia", "yes"))
    assert level(asked) is None


@dataclass
class Somebody:
    """A proposer that gives one answer and remembers what it was asked."""

    answer: Proposal | None
    asked: list[tuple[str, str, str]] = field(default_factory=list)

    async def propose(self, dimension: Dimension, words: str, language: str) -> Proposal | None:
        self.asked.append((dimension.id, words, language))
        return self.answer


def delivered(world: World, proposer: Somebody) -> str:
    dispatcher = Dispatcher(
        outbox=world.outbox,
        store=world.store,
        library=world.conversation.library,
        messengers={"slack": world.messenger},
        clock=world.clock,
        core=InPlace(),
        pace=timedelta(0),
        proposer=proposer,
    )
    asyncio.run(dispatcher.drain())
    return world.messenger.edits[-1][1]


def test_an_endpoint_proposes_instead(asked: World) -> None:
    asked.say("olivia", WORDS)
    somebody = Somebody(Proposal(3, ("load tested",)))
    page = delivered(asked, somebody)
    assert "That sounds like level 3" in page
    assert "“load tested”" in page
    assert somebody.asked == [(ON_STAGE, WORDS, "en")]


def test_without_its_answer_the_local_proposal_stands(asked: World) -> None:
    asked.say("olivia", WORDS)
    assert PROPOSED in delivered(asked, Somebody(None))


def test_an_endpoint_is_asked_about_words_that_wait_for_a_level_only(asked: World) -> None:
    somebody = Somebody(None)
    asked.say("olivia", "2")
    delivered(asked, somebody)
    asked.say("olivia", "skip")
    delivered(asked, somebody)
    assert somebody.asked == []


def test_where_an_endpoint_proposes_a_typed_yes_is_not_taken_for_a_level(asked: World) -> None:
    asked.conversation = replace(asked.conversation, asks_elsewhere=True)
    asked.say("olivia", WORDS)
    assert "I cannot tell which level" in said(asked.say("olivia", "yes"))
    assert level(asked) is None
    assert asked.interview("olivia").notes[ON_STAGE] == WORDS
    assert said(asked.say("olivia", "no")).startswith("All right, not that one.")
    assert asked.interview("olivia").noted(ON_STAGE) == WORDS
    somebody = Somebody(Proposal(3, ("load tested",)))
    assert "That sounds like" not in delivered(asked, somebody)
    assert somebody.asked == []
