"""The processes under load: `python -m tests.bench.child KIND OPTIONS` serves until its standard input closes.

It says its port in one line of JSON; for every line it reads, it says its CPU seconds and its memory in bytes.
"""

import asyncio
import importlib
import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import uvicorn

ROOT = Path(__file__).parents[2]


class Child:
    """A running process, seen from the generator."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.port: int = self._read()["port"]

    def ask(self, order: str = "usage") -> dict[str, Any]:
        """Its `cpu` seconds and `rss` bytes, or what an order of its kind gives."""
        assert self.process.stdin
        self.process.stdin.write(order + "\n")
        self.process.stdin.flush()
        return self._read()

    def _read(self) -> dict[str, Any]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the process under load ended with {self.process.wait()}: {self.process.args!r}")
        said: dict[str, Any] = json.loads(line)
        return said


def child(kind: str, **options: Any) -> AbstractContextManager[Child]:
    """Serve the application of `tests.bench.KIND_app`."""
    return started("tests.bench.child", kind, json.dumps(options))


@contextmanager
def started(module: str, *arguments: str) -> Iterator[Child]:
    """Run a module that says its port and obeys; its log goes to the file BENCH_LOG or nowhere."""
    with Path(os.environ.get("BENCH_LOG", os.devnull)).open("a", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            yield Child(process)
        finally:
            assert process.stdin
            process.stdin.close()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def resident() -> int:
    """Bytes of memory this process holds now; its peak where the system does not tell."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text(encoding="utf-8").split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _obey(server: uvicorn.Server) -> None:
    for _ in sys.stdin:
        print(json.dumps({"cpu": time.process_time(), "rss": resident()}), flush=True)
    server.should_exit = True


async def _serve(kind: str, options: dict[str, Any]) -> None:
    app = importlib.import_module(f"tests.bench.{kind}_app").make(**options)
    config = uvicorn.Config(app, host="127.0.0.1", port=0, loop="uvloop", http="httptools", log_config=None)
    config.access_log = kind == "product"
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        if serving.done():
            serving.result()
            raise SystemExit(3)
        await asyncio.sleep(0.01)
    threading.Thread(target=_obey, args=(server,), daemon=True).start()
    print(json.dumps({"port": server.servers[0].sockets[0].getsockname()[1]}), flush=True)
    await serving


if __name__ == "__main__":
    import uvloop

    uvloop.run(_serve(sys.argv[1], json.loads(sys.argv[2])))
