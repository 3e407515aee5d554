"""The load: kept-alive sockets that send ready bytes and note when the answer was there."""

import asyncio
import random
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import uvloop

DEADLINE = 10.0
"""Seconds after which an answer counts as lost."""


@dataclass
class Taken:
    """What a stretch of load gave; seconds. `refused` are answers other than 200."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    refused: int = 0

    @property
    def rate(self) -> float:
        """Answers per second."""
        return len(self.latencies) / self.seconds

    def quantile(self, share: float) -> float:
        """The latency that this share stays below."""
        return quantile(self.latencies, share)


def quantile(values: list[float], share: float) -> float:
    """The nearest value of rank `share`."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


class _Socket(asyncio.Protocol):
    """One request at a time. Every answer of ours and of the yardsticks names its length."""

    def __init__(self) -> None:
        self._buffer = b""
        self._waiting: asyncio.Future[int] | None = None

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def ask(self, request: bytes) -> "asyncio.Future[int]":
        """Send; the future holds the status."""
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return self._waiting

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return
        _, _, after = head.lower().partition(b"content-length:")
        length = int(after.split(b"\r\n", 1)[0] or 0)
        if len(rest) < length:
            return
        self._buffer = rest[length:]
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(int(head[9:12]))

    def connection_lost(self, exc: Exception | None) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(ConnectionError("the server hung up"))

    def close(self) -> None:
        self._transport.close()


async def _sockets(port: int, number: int) -> list[_Socket]:
    loop = asyncio.get_running_loop()
    return [(await loop.create_connection(_Socket, "127.0.0.1", port))[1] for _ in range(number)]


def at_once(port: int, requests: list[Iterator[bytes]], seconds: float) -> Taken:
    """One socket for each iterator, asking again as soon as it was answered, until time or requests are over."""

    async def run() -> Taken:
        taken = Taken()
        sockets = await _sockets(port, len(requests))
        begun = time.perf_counter()

        async def caller(own: _Socket, asked: Iterator[bytes]) -> None:
            while (sent := time.perf_counter()) - begun < seconds:
                # Taken only when it is sent, so that the caller knows what was acked.
                if (request := next(asked, None)) is None:
                    return
                status = await asyncio.wait_for(own.ask(request), DEADLINE)
                taken.latencies.append(time.perf_counter() - sent)
                taken.refused += status != 200

        await asyncio.gather(*(caller(*pair) for pair in zip(sockets, requests, strict=True)))
        taken.seconds = time.perf_counter() - begun
        for one in sockets:
            one.close()
        return taken

    return uvloop.run(run())


def poisson(port: int, requests: Iterator[bytes], rate: float, seconds: float, seed: int = 1) -> Taken:
    """Requests at random moments, `rate` per second; each is timed from the moment it was meant to leave."""

    async def run() -> Taken:
        taken = Taken(seconds)
        idle = await _sockets(port, 8)
        chance = random.Random(seed)
        begun = time.perf_counter()
        due, asked = 0.0, set[asyncio.Task[None]]()

        async def one(request: bytes, meant: float) -> None:
            own = idle.pop() if idle else (await _sockets(port, 1))[0]
            status = await asyncio.wait_for(own.ask(request), DEADLINE)
            taken.latencies.append(time.perf_counter() - meant)
            taken.refused += status != 200
            idle.append(own)

        while (due := due + chance.expovariate(rate)) < seconds:
            await asyncio.sleep(max(0.0, begun + due - time.perf_counter()))
            # A timer of the loop wakes up to a millisecond late; that is the generator's fault, not the server's.
            meant = max(begun + due, time.perf_counter() - 0.001)
            asked.add(asyncio.create_task(one(next(requests), meant)))
        await asyncio.gather(*asked)
        for free in idle:
            free.close()
        return taken

    return uvloop.run(run())


def said(port: int, request: bytes) -> bytes:
    """What one request is answered, head and body."""
    with socket.create_connection(("127.0.0.1", port), DEADLINE) as connection:
        connection.sendall(request.replace(b"Host: bench\r\n", b"Host: bench\r\nConnection: close\r\n"))
        return b"".join(iter(lambda: connection.recv(65536), b""))
