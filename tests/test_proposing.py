"""The endpoint that proposes levels, over a real socket: what is sent, what is believed, and what is not."""

import asyncio
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.app import compose
from bot.chat.incoming import Actor, Say, Spot
from bot.chat.plain import plain
from bot.content.reader import shipped_framework
from bot.playground.server import Served
from bot.proposing import EndpointProposer
from bot.readiness.asking import Unclear
from bot.readiness.matching import Proposal
from bot.settings import Settings, SettingsFault, read_settings
from tests.world import FrozenClock

ROLLBACK = shipped_framework().dimension("rollback-capability")
WORDS = "We rehearsed it in August, on the Canary"
PATIENCE = 1.5
SECRET = "sk-very-secret"

Answer = Callable[[], Response]


@contextmanager
def endpoint(answer: Answer, asked: list[Any], *, hangs: bool = False) -> Iterator[str]:
    """A local endpoint that always answers so, and keeps what it was asked."""

    async def complete(request: Request) -> Response:
        asked.append((dict(request.headers), await request.json()))
        if hangs:
            await asyncio.sleep(PATIENCE * 3)
        return answer()

    app = Starlette(routes=[Route("/v1/chat/completions", complete, methods=["POST"])])
    with Served(app, name="endpoint") as served:
        yield f"{served.url}/v1/"


def completion(content: object) -> Response:
    text = content if isinstance(content, str) else json.dumps(content)
    return JSONResponse({"choices": [{"message": {"role": "assistant", "content": text}}]})


def ask(url: str, words: str = WORDS, times: int = 1, clock: FrozenClock | None = None) -> list[Proposal | None]:
    async def asking() -> list[Proposal | None]:
        proposer = EndpointProposer(url, "small-model", SECRET, clock or FrozenClock(), patience=PATIENCE)
        try:
            return [await proposer.propose(ROLLBACK, words, "en") for _ in range(times)]
        finally:
            await proposer.close()

    return asyncio.run(asking())


def test_a_good_answer_is_a_proposal_with_the_persons_own_words() -> None:
    asked: list[Any] = []
    with endpoint(lambda: completion({"level": 3, "words": ["rehearsed it", "ON THE CANARY"]}), asked) as url:
        assert ask(url) == [Proposal(3, ("rehearsed it", "on the Canary"))]
    ((headers, body),) = asked
    assert headers["authorization"] == f"Bearer {SECRET}"
    assert (body["model"], body["temperature"]) == ("small-model", 0)
    system, user = body["messages"]
    assert user == {"role": "user", "content": WORDS}
    for level in ROLLBACK.levels:
        assert level.statement["en"] in system["content"]


def test_only_what_is_still_meant_is_sent() -> None:
    asked: list[Any] = []
    with endpoint(lambda: completion({"level": None, "words": []}), asked) as url:
        assert ask(url, "we rehearsed it\nno\nwell, once") == [None]
        assert ask(url, "we rehearsed it\nno") == [None]
    assert [body["messages"][1]["content"] for _, body in asked] == ["well, once"]


def test_json_in_a_code_block_is_read() -> None:
    with endpoint(lambda: completion('```json\n{"level": 2, "words": ["rehearsed"]}\n```'), []) as url:
        assert ask(url) == [Proposal(2, ("rehearsed",))]


@pytest.mark.parametrize(
    "answer",
    [
        lambda: completion({"level": 5, "words": ["rehearsed"]}),
        lambda: completion({"level": -1, "words": ["rehearsed"]}),
        lambda: completion({"level": True, "words": ["rehearsed"]}),
        lambda: completion({"level": "3", "words": ["rehearsed"]}),
        lambda: completion({"level": 3, "words": ["automatic rollback"]}),
        lambda: completion({"level": 3, "words": ["rehearsed", "made up"]}),
        lambda: completion({"level": 3, "words": []}),
        lambda: completion({"level": 3, "words": "rehearsed"}),
        lambda: completion({"level": 3, "words": [None]}),
        lambda: completion({"level": 3}),
        lambda: completion("[3]"),
        lambda: completion("level 3, I should say"),
        lambda: completion("} {"),
        lambda: completion("[" * 10_000),
        lambda: JSONResponse({"choices": []}),
        lambda: JSONResponse({"choices": [{"message": {"content": None}}]}),
        lambda: JSONResponse([]),
        lambda: PlainTextResponse("<html>"),
        lambda: PlainTextResponse(b"\xff\xfe\x00"),
        lambda: PlainTextResponse("{" * 200_000),
    ],
)
def test_nonsense_is_no_proposal(answer: Answer) -> None:
    with endpoint(answer, []) as url:
        assert ask(url) == [None]


@pytest.mark.parametrize(
    "answer",
    [
        lambda: PlainTextResponse("no", 500),
        lambda: PlainTextResponse("no", 429),
        lambda: RedirectResponse("/elsewhere"),
    ],
    ids=["500", "429", "redirect"],
)
def test_after_a_fault_it_is_left_alone_for_a_minute(answer: Answer) -> None:
    asked: list[Any] = []
    clock = FrozenClock()
    with endpoint(answer, asked) as url:
        assert ask(url, times=3, clock=clock) == [None] * 3
        assert len(asked) == 1


def test_it_is_asked_again_after_the_minute() -> None:
    asked: list[Any] = []
    clock = FrozenClock()

    async def asking(url: str) -> None:
        proposer = EndpointProposer(url, "small-model", "", clock, patience=PATIENCE)
        await proposer.propose(ROLLBACK, WORDS, "en")
        clock.later(seconds=59)
        await proposer.propose(ROLLBACK, WORDS, "en")
        clock.later(seconds=2)
        await proposer.propose(ROLLBACK, WORDS, "en")
        await proposer.close()

    with endpoint(lambda: PlainTextResponse("no", 500), asked) as url:
        asyncio.run(asking(url))
    assert len(asked) == 2
    assert "authorization" not in asked[0][0]


def test_a_hanging_endpoint_is_given_up_in_time() -> None:
    asked: list[Any] = []
    with endpoint(lambda: completion({"level": 3, "words": ["rehearsed"]}), asked, hangs=True) as url:
        assert ask(url, times=2) == [None, None]
    assert len(asked) == 1


def test_nobody_there_is_no_proposal() -> None:
    assert ask("http://127.0.0.1:9/v1/") == [None]


def test_the_settings_join_it_and_their_absence_leaves_it_out(database_url: str, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, database_url=database_url)
    for url in ("", "http://127.0.0.1:9/v1/"):
        parts = compose(replace(settings, llm_url=url, llm_model="small-model"))
        assert (parts.proposer is not None) == bool(url)
        assert parts.courier.dispatcher.proposer is parts.proposer
        assert parts.conversation.asks_elsewhere == bool(url)
        asyncio.run(parts.close())


def test_its_settings_are_checked_and_the_key_is_never_repeated() -> None:
    good = {"BRIDGEHEAD_LLM_URL": "https://llm.example/v1", "BRIDGEHEAD_LLM_MODEL": "m", "BRIDGEHEAD_LLM_KEY": SECRET}
    assert read_settings(good).llm_url == "https://llm.example/v1/"
    with pytest.raises(SettingsFault) as fault:
        read_settings({"BRIDGEHEAD_LLM_URL": "llm.example", "BRIDGEHEAD_LLM_KEY": "schlüssel"})
    assert [said.partition(":")[0] for said in fault.value.faults] == [
        "BRIDGEHEAD_LLM_URL",
        "BRIDGEHEAD_LLM_KEY",
        "BRIDGEHEAD_LLM_MODEL is missing",
    ]
    assert "schlüssel" not in str(fault.value)


def test_no_secret_and_no_words_stand_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with endpoint(lambda: PlainTextResponse(WORDS, 500), []) as url:
        ask(url)
    with endpoint(lambda: completion({"level": 3, "words": [WORDS + "!"]}), []) as url:
        ask(url)
    assert "proposing.fault dimension=rollback-capability kind=HTTPStatusError" in caplog.text
    assert SECRET not in caplog.text
    assert "rehearsed" not in caplog.text


UNCLEAR = Unclear("which projects make the auditors nervous?", ("data", "business"), ("rollback-capability",))


def read(url: str) -> str | None:
    async def reading() -> str | None:
        proposer = EndpointProposer(url, "small-model", SECRET, FrozenClock(), patience=PATIENCE)
        try:
            return await proposer.read(UNCLEAR)
        finally:
            await proposer.close()

    return asyncio.run(reading())


def test_a_question_is_sent_with_the_names_of_the_framework_alone() -> None:
    asked: list[Any] = []
    with endpoint(lambda: completion({"line": "list barrier:data"}), asked) as url:
        assert read(url) == "list barrier:data"
    ((_, body),) = asked
    system, user = body["messages"]
    assert user == {"role": "user", "content": UNCLEAR.words}
    assert "Names of barriers: data, business" in system["content"]
    assert "Names of dimensions: rollback-capability" in system["content"]


@pytest.mark.parametrize(
    "said", [{"line": None}, {"line": 3}, {"line": "x" * 501}, {}, "list barrier:data", "[1]", "{"]
)
def test_what_is_no_line_is_no_reading(said: object) -> None:
    with endpoint(lambda: completion(said), []) as url:
        assert read(url) is None


def test_a_hanging_endpoint_keeps_no_question_waiting() -> None:
    with endpoint(lambda: completion({"line": "list blocked"}), [], hangs=True) as url:
        assert read(url) is None


def test_its_reading_is_offered_once_the_first_reply_was_unclear(database_url: str, tmp_path: Path) -> None:
    """The whole way: a question, the endpoint, a button."""
    asked: list[Any] = []

    async def ask_twice(url: str) -> list[str]:
        settings = replace(Settings(data=tmp_path, database_url=database_url), llm_url=url, llm_model="small-model")
        parts = compose(settings, clock=FrozenClock())
        actor, spot = Actor("slack", "T1", "U0MARTA", name="marta"), Spot("D1", direct=True)
        try:
            replies = [
                await parts.core.converse(Say(key=f"k{number}", actor=actor, spot=spot, text=text))
                for number, text in enumerate((UNCLEAR.words, "where do we stand?"))
            ]
        finally:
            await parts.close()
        return [plain(reply.view) for reply in replies if reply.view]

    with endpoint(lambda: completion({"line": "people overdue"}), asked) as url:
        unclear, clear = asyncio.run(ask_twice(url))
    assert "[Who owns the projects with overdue]" in unclear
    assert "Read as: the whole portfolio" in clear
    assert len(asked) == 1
