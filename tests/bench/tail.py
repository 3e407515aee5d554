"""Acks of all kinds while the Web API is far away and faulty: none of them may wait for it."""

import random
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import chain

from tests.bench import signed
from tests.bench.answers import stored
from tests.bench.child import child
from tests.bench.databases import sqlite_url
from tests.bench.figures import Figure
from tests.bench.filled import NAMED, Asked, fill
from tests.bench.load import Taken, poisson

RATE = 50.0
AWAY = 0.1
FAULTY = 0.02
TURNS = 3


def measure(seconds: float) -> list[Figure]:
    """The product with a far Web API, with a near one, and Bolt alone, in turn, the same mixture for all."""
    with ExitStack() as stack:
        bolt = stack.enter_context(child("bolt"))
        near = stack.enter_context(_product(stack, seconds, 0.0, 0.0))
        far = stack.enter_context(_product(stack, seconds, AWAY, FAULTY))
        pure = _Served(bolt.port, "", near.asked, "http://127.0.0.1:9/respond")
        for turn in range(TURNS):
            for served in (pure, near, far):
                served.load(4 * seconds, turn)
        lost = len((near.acked - stored(near.url)) | (far.acked - stored(far.url)))
    bolt_tail, near_tail, tail = (1000 * served.taken.quantile(0.99) for served in (pure, near, far))
    number, kept = f"of {len(far.taken.latencies)}", len(near.acked) + len(far.acked)
    refused = near.taken.refused + far.taken.refused
    waited, at_home = (sum(one >= AWAY for one in served.taken.latencies) for served in (far, near))
    return [
        Figure("tail", f"bare Bolt, {RATE:.0f}/s Poisson, p99", bolt_tail, "ms", beside=_middle(pure)),
        Figure("tail", "ours, Web API near and well, p99", near_tail, "ms", beside=_middle(near)),
        Figure("tail", "ours, Web API 100 ms away and 2 % faulty, p99", tail, "ms", beside=_middle(far)),
        Figure("tail", "p99 : bare Bolt's", tail / bolt_tail, "x", 2, at_least=False),
        Figure("tail", "p99, Web API far : near", tail / near_tail, "x"),
        Figure("tail", "slowest ack", 1000 * max(far.taken.latencies), "ms", 3000, at_least=False),
        Figure("tail", "acks over 100 ms", waited, beside=f"{number}; {at_home} with the Web API near"),
        Figure("tail", "refused acks", refused, goal=0, at_least=False, beside=number),
        Figure("tail", "acked answers that are not stored", lost, goal=0, at_least=False, beside=f"of {kept}"),
    ]


class _Served:
    """One process under the mixture, and what it gave."""

    def __init__(self, port: int, url: str, asked: Sequence[Asked], response_url: str) -> None:
        self.url, self.asked = url, asked
        self.taken, self.acked = Taken(), set[tuple[str, str]]()
        self._port, self._requests = port, _mixture(asked, response_url, self.acked)

    def load(self, seconds: float, seed: int) -> None:
        one = poisson(self._port, self._requests, RATE, seconds, seed)
        self.taken.latencies += one.latencies
        self.taken.refused += one.refused


@contextmanager
def _product(stack: ExitStack, seconds: float, away: float, faulty: float) -> Iterator[_Served]:
    url = stack.enter_context(sqlite_url())
    asked = fill(url, 30 + int(RATE * seconds * TURNS * 4 / 9))[1:]
    webapi = stack.enter_context(child("webapi", seconds=away, faulty=faulty))
    base = f"http://127.0.0.1:{webapi.port}"
    with child("product", database_url=url, api_url=f"{base}/api/") as product:
        yield _Served(product.port, url, asked, f"{base}/respond")


def _middle(served: _Served) -> str:
    return f"p50 {1000 * served.taken.quantile(0.5):.1f} ms"


def _mixture(asked: Sequence[Asked], response_url: str, acked: set[tuple[str, str]]) -> Iterator[bytes]:
    """Four answers in ten, and some of everything else; `acked` learns which answers were sent."""
    chance = random.Random(3)
    users = [one.user for one in asked]
    answers = chain.from_iterable(one.answers() for one in asked)
    while True:
        user = chance.choice(users)
        match chance.randrange(10):
            case 0:
                yield signed.command("help", user, response_url)
            case 1:
                yield signed.command(f"status {NAMED}", user, response_url)
            case 2:
                yield signed.press("overview", "", user, response_url)
            case 3:
                yield signed.submit("project", user)
            case 4:
                yield signed.event("app_home_opened", user, tab="home")
            case 5:
                yield (
                    signed.event("message", user, channel_type="im", text=f"readiness status {NAMED}", ts="1.1")
                    if chance.random() < 0.5
                    else signed.command("new", user, response_url)
                )
            case _:
                interview_id, dimension_id, request = next(answers)
                acked.add((interview_id, dimension_id))
                yield request
