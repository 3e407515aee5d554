"""Questions in plain words through the conversation: who gets them answered, and when they are none."""

from dataclasses import replace

import pytest

from bot.chat.incoming import Say
from bot.chat.view import Reply
from tests.world import World, account, said

READ = "Read as:"


@pytest.fixture
def assessed(world: World) -> World:
    """Churn at stage 1, exposed to real users; Marta is manager."""
    world.found(exposure="3", team=False, business_function="Sales")
    world.command("olivia", "start churn")
    world.answer_all("olivia", 1)
    world.command("ada", f"roles <@{account('marta')}> manager")
    return world


def mention(world: World, handle: str, text: str, channel: str = "C1") -> Reply:
    return world.conversation.converse(Say(**world.who(handle, channel), text=text))


def test_a_question_is_answered_by_the_command_for_it_with_its_rights(assessed: World) -> None:
    for text in ("why is churn only stage 1?", "Warum ist Churn nur auf Stufe 1?"):
        answer = said(assessed.say("marta", text))
        assert f"{READ} why churn is at its stage" in answer
        assert "Why Churn is at stage 1" in answer
    assert "may read its answers" in said(assessed.say("stranger", "why is churn only stage 1?"))
    assert READ in said(assessed.say("stranger", "how is churn doing?"))


def test_the_owners_of_what_fits_are_named(assessed: World) -> None:
    answer = said(assessed.say("marta", "who is blocked in sales?"))
    assert f"{READ} who owns the projects with blocked function:Sales" in answer
    assert "olivia: churn" in answer
    assert "nobody to name" in said(assessed.say("marta", "who is overdue in sales?"))


def test_what_is_asked_back_is_answered_by_a_press(assessed: World) -> None:
    asked = assessed.say("marta", "churn, anyone?")
    assert asked.view is not None
    (button, *_) = [button for part in asked.view.parts for button in getattr(part, "buttons", ())]
    assert (button.label, button.press, button.value) == ("How churn stands", "ask", "status churn")
    assert "Churn: stage 1" in said(assessed.press("marta", button.press, button.value))
    for nonsense in ("", "destroy churn", "why", "list nothing:at:all", "heatmap", "x" * 3000):
        assert "no longer leads anywhere" in said(assessed.press("marta", "ask", nonsense))


def test_words_to_an_interview_are_never_a_question(assessed: World) -> None:
    assessed.command("olivia", "start churn")
    before = assessed.interview("olivia")
    for text in (
        "which projects are blocked?",
        "why is churn only stage 1?",
        "Is churn blocked",
        "what would help most?",
    ):
        assert READ not in said(assessed.say("olivia", text)), text
    assert assessed.interview("olivia").current == before.current
    # What is marked, and what is said in a channel, is one; the interview stays where it was.
    assert READ in said(assessed.say("olivia", "portfolio, why is churn only stage 1?"))
    assert READ in said(assessed.say("olivia", "portfolio: who is blocked?"))
    assert READ in said(mention(assessed, "olivia", "why is churn only stage 1?"))
    assert assessed.interview("olivia").notes == before.notes | assessed.interview("olivia").notes
    # While it is paused, nothing waits for words.
    assessed.say("olivia", "pause")
    assert READ in said(assessed.say("olivia", "why is churn only stage 1?"))
    assert READ not in said(assessed.say("olivia", "we rehearsed it in August"))


def test_a_command_stays_a_command(assessed: World) -> None:
    for text in ("status churn", "why churn", "blockers churn", "history churn", "portfolio", "portfolio help", "help"):
        assert READ not in said(mention(assessed, "marta", text)), text
        assert text == "why churn" or READ not in said(assessed.say("marta", text)), text
    # In direct messages “why” is a reply first; what is more than that is a question with the same answer.
    assert "Why Churn is at stage 1" in said(assessed.say("marta", "why churn"))
    assert "I don’t know" in said(mention(assessed, "marta", "hello there"))


def test_behind_the_portfolio_filters_stay_filters_and_the_rest_is_asked(assessed: World) -> None:
    for text in (
        "stage:1 blocked",
        "blocked",
        "blocked -overdue",
        'team:"not there" blocked',
        "function:Sales overdue",
    ):
        assert READ not in said(assessed.command("marta", text, name="portfolio")), text
        assert READ not in said(assessed.say("marta", f"portfolio {text}")), text
    assert "is no filter" in said(assessed.command("marta", "stagge:3 blocked", name="portfolio"))
    for text in ("which projects are blocked?", "blocked in sales", "how many projects are at stage 1"):
        for answer in (assessed.command("marta", text, name="portfolio"), assessed.say("marta", f"portfolio {text}")):
            assert READ in said(answer), text
            assert "1 project" in said(answer)
    assert "is no filter" in said(assessed.command("marta", "hello there", name="portfolio"))


def test_it_is_the_project_of_the_channel(assessed: World) -> None:
    assert "why churn is at its stage" in said(mention(assessed, "olivia", "why is it only stage 1?"))
    assert "not sure" in said(mention(assessed, "olivia", "why is it only stage 1?", channel="C9"))


def test_an_endpoint_is_told_of_what_is_asked_back_and_only_offers(assessed: World) -> None:
    assessed.conversation = replace(assessed.conversation, asks_elsewhere=True)
    clear = assessed.say("marta", "why is churn only stage 1?")
    assert clear.unclear is None
    who = assessed.who("marta")
    asked = Say(**who, text="which projects make the auditors nervous?")
    reply = assessed.conversation.converse(asked)
    assert reply.unclear is not None
    assert reply.unclear.words == asked.text
    assert "rollback-capability" in reply.unclear.dimensions
    further = assessed.conversation.proposed(asked, "people dimension:governance-and-compliance<2")
    assert further is not None
    assert "[Who owns the projects with dimension:governance-and-compliance<2]" in said(further)
    for nonsense in ("", "drop table", "list stage:9", "people barrier:unknown", "list " + "blocked " * 200):
        assert assessed.conversation.proposed(asked, nonsense) is None


@pytest.mark.parametrize(
    ("text", "line", "shows"),
    [
        ("what would help most?", "leverage", "what would help most"),
        ("was würde am meisten helfen?", "leverage", "what would help most"),
        ("compare churn and notes", "compare churn notes", "churn and notes side by side"),
        ("what if churn had a rollback?", "whatif churn", "churn with other levels"),
        ("heat map of Sales", "heatmap function:Sales", "a heat map of the projects with function:Sales"),
        ("how did the stages develop over time?", "trend", "the stages over time"),
        ("show all projects", "list", "all projects"),
        ("how has churn developed?", "history churn", "how churn has changed"),
    ],
)
def test_every_kind_of_question_has_its_command(assessed: World, text: str, line: str, shows: str) -> None:
    assessed.found(key="notes", name="Notes", channel="C2")
    for reply in (
        assessed.say("marta", text),
        mention(assessed, "marta", text),
        assessed.command("marta", text, name="portfolio"),
        assessed.press("marta", "ask_more", line),
    ):
        assert f"{READ} {shows}" in said(reply) or text.startswith("compare"), said(reply)
        assert "Something broke" not in said(reply)
