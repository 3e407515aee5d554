"""Serves an ASGI app on a thread of its own, for the local Slack and for bots under test."""

import asyncio
import io
import socket
import threading
import time
from typing import Any, Self

import uvicorn

_GRACE_SECONDS = 1.0
_STOP_SECONDS = 10.0


class _Quick(uvicorn.Server):
    """A uvicorn that says when it is up, and stops at once instead of at its next tick."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = threading.Event()
        self._quit: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def main_loop(self) -> None:
        self._quit, self._loop = asyncio.Event(), asyncio.get_running_loop()
        self.up.set()
        ticking = asyncio.ensure_future(self._ticks())
        await self._quit.wait()
        ticking.cancel()

    async def _ticks(self) -> None:
        counter = 0
        while True:  # uvicorn refreshes its Date header here
            counter += 1
            await self.on_tick(counter)
            await asyncio.sleep(0.1)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close as uvicorn does, but look every few milliseconds instead of waiting a tenth of a second first."""
        for closing in (*self.servers, *(sockets or ())):
            closing.close()
        asked: set[object] = set()
        try:
            async with asyncio.timeout(_GRACE_SECONDS):
                while True:
                    # One that was just accepted is known only a moment later.
                    await asyncio.sleep(0.002)
                    for connection in self.server_state.connections - asked:
                        connection.shutdown()
                        asked.add(connection)
                    if not self.server_state.connections and not self.server_state.tasks:
                        break
        except TimeoutError:
            for task in self.server_state.tasks:
                task.cancel()
            for connection in self.server_state.connections:
                connection.transport.abort()
        await self.lifespan.shutdown()

    def quit(self) -> None:
        self.should_exit = True
        if self._loop and self._quit:
            self._loop.call_soon_threadsafe(self._quit.set)


class Served:
    """Any ASGI app, served on a thread of its own on a loopback port. Also of use for the bot in tests."""

    def __init__(self, app: Any, *, port: int = 0, name: str = "served") -> None:
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", port))
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._app, self._name = app, name
        self._server: _Quick | None = None
        self._thread: threading.Thread | None = None

    @property
    def loop(self) -> asyncio.AbstractEventLoop | None:
        """Return the loop the app runs on."""
        return self._server._loop if self._server else None  # noqa: SLF001  the pair is one thing

    def start(self) -> Self:
        """Serve; returns when the port answers."""
        config = uvicorn.Config(
            self._app,
            log_config=None,
            access_log=False,
            lifespan="on",
            ws="websockets-sansio",
            timeout_graceful_shutdown=1,
        )
        self._server = _Quick(config)
        run, sockets = self._server.run, [self._socket]
        self._thread = threading.Thread(target=run, args=(sockets,), name=self._name, daemon=True)
        self._thread.start()
        deadline = time.monotonic() + 10
        while not self._server.up.wait(0.05):
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise RuntimeError(f"{self._name} did not start on {self.url}")
        return self

    def stop(self) -> None:
        """Stop serving and wait for the thread."""
        if self._server and self._thread:
            self._server.quit()
            self._thread.join(_STOP_SECONDS)
            if self._thread.is_alive():
                raise RuntimeError(f"{self._name} did not stop in {_STOP_SECONDS} s; it waits in:\n{self._stacks()}")
        self._socket.close()

    def _stacks(self) -> str:
        """Where every task of the app stands: what keeps it from stopping."""
        told = io.StringIO()
        for task in asyncio.all_tasks(self.loop):
            task.print_stack(file=told)
        return told.getvalue()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()
