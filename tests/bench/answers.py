"""An answered question, from the signed press to the ack, beside three rows written without anything around them."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import chain
from statistics import median

from sqlalchemy import select

from storage.assessments import ANSWER
from storage.engine import make_engines
from tests.bench.child import Child, child, started
from tests.bench.databases import postgresql_server, postgresql_url, sqlite_url
from tests.bench.figures import Figure
from tests.bench.filled import Asked, fill
from tests.bench.load import Taken, at_once

CALLERS = 16
ROUNDS = 3
FASTEST = 1000
"""Answers per second we prepare requests for; more would end a stretch early."""

Told = tuple[str, str]


def measure(seconds: float) -> list[Figure]:
    """On both databases."""
    figures = []
    with sqlite_url("quiet") as quiet, sqlite_url("busy") as busy, sqlite_url("rows") as rows:
        figures += _database("SQLite", quiet, busy, rows, seconds)
    with postgresql_server() as server:
        if server is None:
            return figures
        with ExitStack() as stack:
            quiet, busy, rows = (
                stack.enter_context(postgresql_url(server, name)) for name in ("quiet", "busy", "rows")
            )
            figures += _database("PostgreSQL", quiet, busy, rows, seconds)
    return figures


def _database(name: str, quiet: str, busy: str, rows: str, seconds: float) -> list[Figure]:
    taken: list[Taken] = []
    bare: list[dict[str, float]] = []
    spent: list[float] = []
    with child("webapi") as webapi, started("tests.bench.rows_child", rows) as yardstick:
        api_url = f"http://127.0.0.1:{webapi.port}/api/"
        callers = _Callers(fill(quiet, _people(seconds * (ROUNDS + 0.3))))
        with child("product", database_url=quiet, api_url=api_url, delivery=False) as product:
            yardstick.ask("0.3")
            callers.answer(product, 0.3)
            for _ in range(ROUNDS):
                bare.append(yardstick.ask(str(seconds)))
                before = product.ask()["cpu"]
                taken.append(callers.answer(product, seconds))
                spent.append((product.ask()["cpu"] - before) / len(taken[-1].latencies) * 1e6)
        lost = len(callers.acked - stored(quiet))
        delivering, lost_by_killed = _delivering(busy, api_url, seconds)
    rate = median(one.rate for one in taken)
    ratio = median(one.rate / row["rate"] for one, row in zip(taken, bare, strict=True))
    rows_rate, rows_tail = median(row["rate"] for row in bare), median(row["p99"] for row in bare) * 1000
    tail, middle = (median(one.quantile(share) for one in taken) * 1000 for share in (0.99, 0.5))
    cpu = f"p50 {middle:.1f} ms, p99 {tail:.1f} ms, {median(spent):.0f} us CPU"
    return [
        Figure(
            "answers",
            f"{name}: bare three rows, {CALLERS} at once",
            rows_rate,
            "tx/s",
            beside=f"p99 {rows_tail:.1f} ms",
        ),
        Figure("answers", f"{name}: answered and kept, {CALLERS} at once", rate, "req/s", beside=cpu),
        Figure("answers", f"{name}: answer : bare three rows", ratio, "x", 0.7),
        Figure(
            "answers",
            f"{name}: the same while this process delivers",
            delivering.rate,
            "req/s",
            beside=f"p99 {delivering.quantile(0.99) * 1000:.1f} ms",
        ),
        Figure(
            "answers",
            f"{name}: acked answers that are not stored",
            lost + lost_by_killed,
            goal=0,
            at_least=False,
            beside=f"of {len(callers.acked) + len(delivering.latencies)}, after one kill -9",
        ),
    ]


def _delivering(database_url: str, api_url: str, seconds: float) -> tuple[Taken, int]:
    """The product with its delivery, killed at the last ack; and how many acked answers are missing."""
    callers = _Callers(fill(database_url, _people(seconds + 0.3)))
    with child("product", database_url=database_url, api_url=api_url) as product:
        callers.answer(product, 0.3)
        taken = callers.answer(product, seconds)
        product.process.kill()
    return taken, len(callers.acked - stored(database_url))


def _people(seconds: float) -> int:
    return int(seconds * FASTEST / 9) + 2 * CALLERS


class _Callers:
    """Every caller goes through interviews of its own, question by question."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        self.acked: set[Told] = set()
        mine = [asked[1:][number::CALLERS] for number in range(CALLERS)]
        self._pressing = [self._pressed(chain.from_iterable(one.answers() for one in theirs)) for theirs in mine]

    def answer(self, product: Child, seconds: float) -> Taken:
        """Answer for so long; every answer is acked or this fails."""
        taken = at_once(product.port, self._pressing, seconds)
        assert not taken.refused, f"{taken.refused} refused"
        return taken

    def _pressed(self, answers: Iterator[tuple[str, str, bytes]]) -> Iterator[bytes]:
        for interview_id, dimension_id, request in answers:
            self.acked.add((interview_id, dimension_id))
            yield request


def stored(database_url: str) -> set[Told]:
    """(interview, dimension) of every answer in the database."""
    engines = make_engines(database_url)
    with engines.reading.connect() as connection:
        found = {(row.interview_id, row.dimension_id) for row in connection.execute(select(ANSWER))}
    engines.dispose()
    return found
