"""The product's courier in a scaled time, or a bare client: `python -m tests.bench.sending_child KIND OPTIONS`."""

import asyncio
import contextlib
import json
import resource
import sys
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import compose
from bot.courier import Courier
from bot.dispatch import BATCH, LEASE
from tests.bench.crowd import DUE
from tests.bench.product_app import settings

BEGIN = DUE + timedelta(hours=10)
"""A Monday morning in everybody's working hours."""


@dataclass(frozen=True)
class ScaledClock:
    """From BEGIN on, `scale` seconds pass in each."""

    scale: float
    begun: float = field(default_factory=time.perf_counter)

    def now(self) -> datetime:
        """The scaled now."""
        return BEGIN + timedelta(seconds=(time.perf_counter() - self.begun) * self.scale)


async def product(seconds: float, url: str, api_url: str, scale: float) -> None:
    """Deliver what is owed for so many seconds."""
    parts = compose(settings(url, api_url), ScaledClock(scale), lease=LEASE * scale)
    courier = Courier(parts.courier.dispatcher, patience=1 / scale)
    # Told to stop it would first send all that is due.
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(courier.deliver_until(asyncio.Event()), seconds)
    await parts.close()


async def bare(seconds: float, api_url: str, body: dict[str, Any]) -> None:
    """Post as fast as it goes, as many side by side as the product, over one session."""
    numbers, begun = count(), time.perf_counter()
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(token="xoxb-bench", base_url=api_url, session=session)

        async def post() -> None:
            while time.perf_counter() - begun < seconds:
                await client.chat_postMessage(**{**body, "channel": f"D{next(numbers)}"})

        await asyncio.gather(*(post() for _ in range(BATCH)))


def main(kind: str, options: dict[str, Any]) -> None:
    """For every line with a number of seconds, send for so long and say how much CPU that took."""
    send: Callable[..., Coroutine[Any, Any, None]] = {"product": product, "bare": bare}[kind]
    print(json.dumps({"port": 0}), flush=True)
    for line in sys.stdin:
        before = _spent()
        asyncio.run(send(float(line), **options))
        print(json.dumps({"cpu": _spent() - before}), flush=True)


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
