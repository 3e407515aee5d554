"""Yardstick: three SQLModel rows in a transaction behind worker threads; `python -m tests.bench.rows_child URL`."""

import asyncio
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import ClassVar
from uuid import uuid4

from sqlalchemy import MetaData
from sqlmodel import Field, Session, SQLModel

from storage.engine import make_engines
from tests.bench.load import quantile

CALLERS = 16


class Row(SQLModel):
    metadata: ClassVar[MetaData] = MetaData()


class Answer(Row, table=True):
    __tablename__ = "bench_answer"
    id: str = Field(primary_key=True)
    interview_id: str = Field(index=True)
    dimension_id: str
    level: int
    answered_at: datetime


class Progress(Row, table=True):
    __tablename__ = "bench_progress"
    id: str = Field(primary_key=True)
    answered: str
    current: str


class Trail(Row, table=True):
    __tablename__ = "bench_trail"
    seq: int | None = Field(default=None, primary_key=True)
    action: str
    subject: str
    at: datetime


def main(url: str) -> None:
    """For every line with a number of seconds, say how many transactions that were, and their 99th percentile."""
    engine = make_engines(url).writing
    Row.metadata.create_all(engine)
    threads = ThreadPoolExecutor(1 if url.startswith("sqlite") else 4)

    def write() -> None:
        key, now = uuid4().hex, datetime.now(UTC)
        with Session(engine) as session, session.begin():
            session.add(Answer(id=key, interview_id=key[:4], dimension_id="d", level=2, answered_at=now))
            session.add(Progress(id=key, answered='["a", "b"]', current="c"))
            session.add(Trail(action="answered", subject=key, at=now))

    async def run(seconds: float) -> dict[str, float]:
        loop = asyncio.get_running_loop()
        latencies: list[float] = []
        begun = time.perf_counter()

        async def caller() -> None:
            while (sent := time.perf_counter()) - begun < seconds:
                await loop.run_in_executor(threads, write)
                latencies.append(time.perf_counter() - sent)

        await asyncio.gather(*(caller() for _ in range(CALLERS)))
        took = time.perf_counter() - begun
        return {"rate": len(latencies) / took, "p99": quantile(latencies, 0.99)}

    print(json.dumps({"port": 0}), flush=True)
    for line in sys.stdin:
        cpu = time.process_time()
        found = asyncio.run(run(float(line)))
        print(json.dumps({**found, "cpu": time.process_time() - cpu}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
