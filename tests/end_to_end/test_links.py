"""A page that backs an answer dies: a real server on loopback, the real bot, the product's clock."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.playground.server import Served
from bot.readiness.appointments import AppointmentKind
from bot.readiness.links import LinkState
from tests.end_to_end.deeds import finish, found, project_of, say, start, texts
from tests.running import Running, running


class Wiki:
    """Pages by path, and what was asked for. Paths that are not there answer 404."""

    def __init__(self) -> None:
        self.pages = {"/monitoring": "Every alert has an owner."}
        self.asked: list[str] = []
        self.is_dead = False
        self.served = Served(Starlette(routes=[Route("/{path:path}", self._answer)]), name="wiki")

    def die(self) -> None:
        """Stop answering, once."""
        if not self.is_dead:
            self.is_dead = True
            self.served.stop()

    async def _answer(self, request: Request) -> Response:
        self.asked.append(request.url.path)
        page = self.pages.get(request.url.path)
        return PlainTextResponse(page or "Not here.", 200 if page else 404)


@pytest.fixture
def wiki() -> Iterator[Wiki]:
    wiki = Wiki()
    wiki.served.start()
    yield wiki
    wiki.die()


@pytest.fixture
def bot(wiki: Wiki, tmp_path: Path, sqlite_url: str) -> Iterator[Running]:
    """Churn, assessed; Olivia's first answer rests on a page of the wiki, the next on one that nobody may look at."""
    with running(sqlite_url, tmp_path, linked_port=wiki.served.port) as pair:
        found(pair, exposure="4")
        start(pair)
        for link in (f"{wiki.served.url}/monitoring", "https://wiki.example.com/b"):
            say(pair, "olivia", link)
            finish(pair, answers="2")
        finish(pair, answers="11111111")
        assert project_of(pair).summary is not None
        look(pair)
        yield pair


def look(bot: Running, *, at_work: bool = False) -> None:
    """The clock goes to the next look, or to the next hour after it at which people work."""
    at = max(
        bot.look(lambda tx: tx.appointments.of(AppointmentKind.LINKS, project_of(bot).id)).at, bot.parts.clock.now()
    )
    while at_work and (at.hour != 10 or at.weekday() > 4):
        at += timedelta(hours=1)
    bot.slack.clock(to=at.isoformat())
    bot.settle()


def state(bot: Running, link: str) -> LinkState:
    checks = bot.look(lambda tx: tx.link_checks.of_project(project_of(bot).id, [link]))
    found: LinkState = checks[link].state
    return found


def test_a_page_that_is_taken_down_is_told_to_its_author_with_a_way_to_mend_it(bot: Running, wiki: Wiki) -> None:
    page = f"{wiki.served.url}/monitoring"
    assert wiki.asked == ["/monitoring"]
    assert state(bot, page) is LinkState.ALIVE
    assert state(bot, "https://wiki.example.com/b") is LinkState.NOT_ALLOWED
    del wiki.pages["/monitoring"]
    look(bot)
    assert texts(bot, "olivia", "leads nowhere") == []
    look(bot, at_work=True)
    assert wiki.asked == ["/monitoring"] * 3
    (told,) = texts(bot, "olivia", "a link leads nowhere any more")
    assert page in told
    assert "your link has led nowhere since" in told
    wiki.pages["/new-place"] = "Every alert has an owner."
    bot.as_("olivia").press("Change my answer")
    bot.settle()
    say(bot, "olivia", f"{wiki.served.url}/new-place", "2")
    answers = bot.look(lambda tx: tx.answers.current(tx.assessments.latest_of(project_of(bot).id).id))
    assert f"{wiki.served.url}/new-place" in {answer.evidence.link for answer in answers}


def test_a_server_that_dies_is_tried_again_and_nobody_is_alarmed(bot: Running, wiki: Wiki) -> None:
    wiki.die()
    for _ in range(3):
        look(bot)
    assert state(bot, f"{wiki.served.url}/monitoring") is LinkState.UNREACHABLE
    assert texts(bot, "olivia", "leads nowhere") == []
    assert project_of(bot).hastened_at is None
