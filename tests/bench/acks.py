"""How fast we answer: beside a bare endpoint and beside Bolt alone, in turn, in one run."""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import cycle
from statistics import median

from tests.bench import signed
from tests.bench.child import Child, child
from tests.bench.databases import sqlite_url
from tests.bench.figures import Figure
from tests.bench.filled import NAMED, fill
from tests.bench.load import Taken, at_once, poisson, said
from tests.bench.product_app import FIRST, LAST

CALLERS = 16
ROUNDS = 3
RATE = 50.0


def measure(seconds: float) -> list[Figure]:
    """Help, status and two presses."""
    with ExitStack() as stack:
        url = stack.enter_context(sqlite_url())
        fill(url, 40)
        webapi = stack.enter_context(child("webapi"))
        product = stack.enter_context(
            child("product", database_url=url, api_url=f"http://127.0.0.1:{webapi.port}/api/")
        )
        bolt = stack.enter_context(child("bolt"))
        bare = stack.enter_context(child("bare"))
        targets = {
            "bare": (bare, signed.command("help")),
            "bolt": (bolt, signed.command("help")),
            "help": (product, signed.command("help")),
            "status": (product, signed.command(f"status {NAMED}")),
            "first press": (product, signed.press(FIRST, "")),
            "last press": (product, signed.press(LAST, "")),
        }
        assert b"Project 0" in said(product.port, targets["status"][1]), "status does not speak of its project"
        assert b"/readiness" in said(product.port, targets["help"][1]), "help does not name a command"
        return _figures(targets, seconds)


def _figures(targets: dict[str, tuple[Child, bytes]], seconds: float) -> list[Figure]:
    taken: dict[str, list[Taken]] = {name: [] for name in targets}
    cpu: dict[str, list[float]] = {name: [] for name in targets}
    for process, request in targets.values():
        _full(process, request, 0.3)
    for turn in range(ROUNDS):
        # There and back, so that no target always follows the same one.
        for name in list(targets)[:: -1 if turn % 2 else 1]:
            process, request = targets[name]
            one, spent = _full(process, request, seconds)
            assert not one.refused, f"{name}: {one.refused} of {len(one.latencies)} refused"
            taken[name].append(one)
            cpu[name].append(spent)
    figures = []
    for name in targets:
        rate, spent = median(one.rate for one in taken[name]), median(cpu[name])
        tail = median(one.quantile(0.99) for one in taken[name]) * 1000
        middle = median(one.quantile(0.5) for one in taken[name]) * 1000
        beside = f"p50 {middle:.2f} ms, p99 {tail:.2f} ms, {spent:.0f} us CPU"
        figures.append(Figure("acks", f"{name}, {CALLERS} at once", rate, "req/s", beside=beside))

    def ratio(name: str, yardstick: str) -> tuple[float, str]:
        pairs = zip(taken[name], taken[yardstick], strict=True)
        burnt = [theirs / ours for ours, theirs in zip(cpu[name], cpu[yardstick], strict=True)]
        return median(ours.rate / theirs.rate for ours, theirs in pairs), f"by CPU {median(burnt):.2f}"

    for name, goal in (("help", 0.6), ("status", 0.35)):
        found, beside = ratio(name, "bolt")
        figures.append(Figure("acks", f"{name} : bare Bolt, throughput", found, "x", goal, beside=beside))
    found, beside = ratio("first press", "last press")
    figures.append(Figure("acks", "first : last registered press", found, "x", 1.03, at_least=False, beside=beside))
    quiet = {name: poisson(targets[name][0].port, cycle([targets[name][1]]), RATE, 3 * seconds) for name in _QUIET}
    for name, one in quiet.items():
        tail, middle = one.quantile(0.99) * 1000, one.quantile(0.5) * 1000
        figures.append(Figure("acks", f"{name}, {RATE:.0f}/s Poisson, p99", tail, "ms", beside=f"p50 {middle:.2f} ms"))
    return figures


_QUIET = ("bare", "bolt", "help", "status")


def _full(process: Child, request: bytes, seconds: float) -> tuple[Taken, float]:
    """What a stretch gave, and microseconds of CPU for each answer."""
    before = process.ask()["cpu"]
    asked: list[Iterator[bytes]] = [cycle([request]) for _ in range(CALLERS)]
    taken = at_once(process.port, asked, seconds)
    return taken, (process.ask()["cpu"] - before) / len(taken.latencies) * 1e6
