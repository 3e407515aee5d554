"""When the connector says no, says nothing, or is slow: nothing is lost, and nothing comes twice without a mark."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.platforms.teams.connector import AppToken, Connector, Web
from bot.platforms.teams.pacing import LIMITS, Pacing
from bot.usecases.sending import MaybeTaken, NotTaken, RateLimited, SendFault, TokenDead, Unreachable
from tests.running import wait_until
from tests.teams.running import RunningTeams, running_teams
from tests.teams.town import APP, SECRET, TENANT, Fault, TeamsTown

sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
HELLO = {"type": "message", "text": "hello"}
AFTER_ONE = (("Retry-After", "1"),)


@pytest.fixture(scope="module")
def town() -> Iterator[TeamsTown]:
    with TeamsTown() as running_town:
        running_town.chat("olivia")
        yield running_town


def connector(town: TeamsTown, secret: str = SECRET) -> Connector:
    web = Web()
    return Connector(web, AppToken(web, APP, secret, TENANT, f"{town.url}/"), Pacing(limits=()), sleep=_no_sleep)


async def _no_sleep(_seconds: float) -> None:
    return None


REFUSALS: dict[str, tuple[Fault, type[SendFault], str]] = {
    "too fast": (Fault(429, headers=AFTER_ONE), RateLimited, "ratelimited"),
    "another was faster": (Fault(412), NotTaken, "http_412"),
    "not now": (Fault(503), NotTaken, "http_503"),
    "broken on the way": (Fault(502), MaybeTaken, "http_502"),
    "broken inside": (Fault(500), MaybeTaken, "http_500"),
    "too late": (Fault(504, taken=True), MaybeTaken, "http_504"),
    "blocked by the person": (Fault(403, "MessageWritesBlocked"), Unreachable, "blocked"),
    "not in the channel": (Fault(403, "BotNotInConversationRoster"), Unreachable, "not_installed"),
    "refused without a word": (Fault(403), Unreachable, "not_installed"),
    "the conversation is gone": (Fault(404, "ConversationNotFound"), Unreachable, "conversation_gone"),
    "too big": (Fault(413), Unreachable, "message_too_big"),
    "not understood": (Fault(400, "BadSyntax"), Unreachable, "BadSyntax"),
}


@pytest.mark.parametrize("case", REFUSALS)
async def test_what_an_answer_means_for_the_message(town: TeamsTown, case: str) -> None:
    fault, kind, reason = REFUSALS[case]
    town.faults.append(fault)
    one = connector(town)
    with pytest.raises(kind) as raised:
        await one.send(town.service_url, "a:olivia-chat", HELLO)
    assert raised.value.reason == reason
    if isinstance(raised.value, RateLimited):
        assert raised.value.retry_after == timedelta(seconds=1)
    await one.web.close()


async def test_a_withdrawn_token_is_asked_for_again_and_a_wrong_secret_is_told(town: TeamsTown) -> None:
    one, before = connector(town), town.logins
    town.faults.append(Fault(401))
    assert await one.send(town.service_url, "a:olivia-chat", HELLO)
    assert await one.send(town.service_url, "a:olivia-chat", HELLO)
    assert town.logins == before + 2
    wrong = connector(town, "wrong")
    with pytest.raises(TokenDead, match="invalid_client"):
        await wrong.send(town.service_url, "a:olivia-chat", HELLO)
    await wrong.web.close()
    with pytest.raises(NotTaken, match="no_connection"):
        await one.send("http://127.0.0.1:9/", "a:olivia-chat", HELLO)
    await one.web.close()


async def test_an_update_may_be_repeated_and_an_answer_is_tried_again(town: TeamsTown) -> None:
    one = connector(town)
    own = await one.send(town.service_url, "a:olivia-chat", HELLO)
    town.faults.append(Fault(502, taken=True))
    with pytest.raises(NotTaken):
        await one.update(town.service_url, "a:olivia-chat", own, {"type": "message", "text": "hello again"})
    shown = len(town.shown("a:olivia-chat"))
    town.faults.extend([Fault(429, headers=AFTER_ONE), Fault(412), Fault(503)])
    await one.patiently(lambda: one.send(town.service_url, "a:olivia-chat", HELLO))
    assert len(town.shown("a:olivia-chat")) == shown + 1
    town.faults.extend([Fault(502), Fault(502)])
    with pytest.raises(MaybeTaken):
        await one.patiently(lambda: one.send(town.service_url, "a:olivia-chat", HELLO))
    assert not town.faults
    await one.web.close()


async def test_a_conversation_takes_no_more_than_teams_allows() -> None:
    now, sent = [0.0], list[float]()

    async def sleep(seconds: float) -> None:
        now[0] += seconds

    pacing = Pacing(now=lambda: now[0], sleep=sleep)
    for _ in range(200):
        await pacing.enter("a:1")
        sent.append(now[0])
    for most, seconds in LIMITS:
        assert all(late - early >= seconds for early, late in zip(sent, sent[most:], strict=False))
    assert pacing.wait("a:2") == 0


def questions(bot: RunningTeams, handle: str = "olivia") -> int:
    return sum("question 1 of 10" in message.text for message in bot.as_(handle).messages())


def begun(bot: RunningTeams) -> None:
    olivia = bot.as_("olivia")
    olivia.say("new")
    bot.settle()
    assert olivia.submit({"Name": "Churn", "Who is exposed": "2"}) is None
    bot.settle()


def later(bot: RunningTeams, seconds: int, met: Callable[[], bool]) -> None:
    """Let the product's time pass until it came true."""
    for _ in range(12):
        if met():
            return
        bot.move_to(bot.parts.clock.now() + timedelta(seconds=seconds))
        time.sleep(0.1)
    wait_until(met, "it did not come true")


@sqlite
@pytest.mark.parametrize("case", ["too fast", "not now", "another was faster", "too late"])
def test_a_question_comes_once_or_twice_with_a_mark(case: str, database_url: str, tmp_path: Path) -> None:
    with running_teams(database_url, tmp_path) as bot:
        begun(bot)
        fault = REFUSALS[case][0]
        # The answer to what was typed goes first, then the question.
        bot.town.faults.extend([fault, fault] if case != "too late" else [])
        bot.as_("olivia").say("start churn")
        if case == "too late":
            bot.town.faults.append(fault)
        later(bot, 61, lambda: questions(bot) > 0 and not bot.town.faults)
        bot.settle()
        assert questions(bot) in ((1, 2) if fault.taken else (1,))


@sqlite
def test_who_has_taken_the_app_away_gets_everything_when_it_is_back(database_url: str, tmp_path: Path) -> None:
    with running_teams(database_url, tmp_path) as bot:
        bot.as_("ada").add("ai-portfolio")
        begun(bot)
        mei = bot.as_("mei")
        mei.chat.installed = False
        bot.as_("olivia").say("start churn @mei")
        bot.settle()
        assert not questions(bot, "mei")
        told = [message.text for message in bot.as_("olivia").messages() if "I cannot reach mei" in message.text]
        assert len(told) == 1
        assert "Ask mei to open the app" in told[0]
        mei.add()
        bot.settle()
        assert questions(bot, "mei") == 1
        assert any("1 message waited" in message.text for message in mei.messages())


@sqlite
def test_an_answer_is_not_lost_when_the_connector_hangs(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.teams.connector.SECONDS", 0.3)
    with running_teams(database_url, tmp_path) as bot:
        bot.town.faults.append(Fault(504, seconds=1.0))
        bot.as_("olivia").say("portfolio")
        bot.settle()
        assert any("No projects yet." in message.text for message in bot.as_("olivia").messages())
