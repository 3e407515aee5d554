"""From the command to the first ack, and the memory then, beside Bolt alone."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from tests.bench import signed
from tests.bench.child import ROOT, child
from tests.bench.databases import sqlite_url
from tests.bench.figures import Figure

TURNS = 3
MEGABYTE = 1e6


def measure(seconds: float) -> list[Figure]:
    """`bridgehead serve` as it is, in turn with Bolt alone."""
    started: dict[str, list[tuple[float, float]]] = {"bolt": [], "ours": []}
    with sqlite_url() as url, child("webapi") as webapi, tempfile.TemporaryDirectory() as data:
        environment = {
            **os.environ,
            "BRIDGEHEAD_DATA": data,
            "DATABASE_URL": url,
            "SLACK_API_URL": f"http://127.0.0.1:{webapi.port}/api/",
            "SLACK_BOT_TOKEN": "xoxb-bench",
            "SLACK_SIGNING_SECRET": signed.SECRET,
        }
        for _ in range(TURNS):
            started["bolt"].append(_first_ack(lambda port: (["-m", "tests.bench.bolt_app", str(port)], {**os.environ})))
            started["ours"].append(
                _first_ack(lambda port: (["-m", "bot", "serve"], {**environment, "PORT": str(port)}))
            )
    times = {name: median(took for took, _ in turns) for name, turns in started.items()}
    memory = {name: median(held for _, held in turns) / MEGABYTE for name, turns in started.items()}
    ratio = median(ours / bolt for (ours, _), (bolt, _) in zip(started["ours"], started["bolt"], strict=True))
    return [
        Figure("start", "bare Bolt, start to first ack", times["bolt"], "s", beside=f"{memory['bolt']:.0f} MB"),
        Figure("start", "ours, start to first ack, database up to date", times["ours"], "s"),
        Figure("start", "start to first ack : bare Bolt's", ratio, "x", 2.5, at_least=False),
        Figure("start", "memory when idle", memory["ours"], "MB", 110, at_least=False),
    ]


def _first_ack(made: Callable[[int], tuple[list[str], dict[str, str]]]) -> tuple[float, float]:
    """Seconds from the command to the first ack, and the bytes of memory a second later."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments, environment = made(port)
    request = signed.command("help")
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _acked(port, request):
            if process.poll() is not None or time.perf_counter() - begun > 30:
                raise RuntimeError(f"{arguments}: no ack")
            time.sleep(0.005)
        took = time.perf_counter() - begun
        time.sleep(1)
        return took, _resident(process.pid)
    finally:
        process.terminate()
        process.wait(20)


def _acked(port: int, request: bytes) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(request)
            return connection.recv(4096).startswith(b"HTTP/1.1 200")
    except ConnectionError:
        return False


def _resident(pid: int) -> float:
    """By ps, which Linux and macOS have."""
    told = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    if told.strip():
        return int(told) * 1024.0
    statm = Path(f"/proc/{pid}/statm").read_text(encoding="utf-8")
    return int(statm.split()[1]) * float(os.sysconf("SC_PAGE_SIZE"))
