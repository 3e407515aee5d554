"""Web servers on loopback that answer byte for byte as a test says, the names they go by, and who looks at them."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.links import HttpLinkLooker
from bot.readiness.links import Look

LOOPBACK = "127.0.0.1"
WIKI = "wiki.example.com"
PATIENCE = 0.4
Reply = bytes | Callable[[str], bytes]


def page(body: bytes = b"all is well", status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer; `content_type="x"` becomes the header content-type."""
    named = {"content-length": str(len(body)), **{name.replace("_", "-"): value for name, value in headers.items()}}
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def sent_on(to: str, status: str = "302 Found", **headers: str) -> bytes:
    """An answer that leads elsewhere."""
    return page(b"", status, location=to, **headers)


@dataclass
class Host:
    """A running server. `replies` map a path to its answer; None for a path answers nothing until the client leaves.

    `drips`: after its answer it goes on for ever, a little at a time.
    """

    replies: dict[str, Reply | None] = field(default_factory=dict)
    drips: bool = False
    asked: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def paths(self) -> list[str]:
        return [request.split(" ")[1] for request in self.asked]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            self.asked.append(request)
            path = request.split(" ")[1]
            reply = self.replies.get(path, page(b"", "404 Not Found"))
            if reply is None:
                await reader.read()
                return
            writer.write(reply(path) if callable(reply) else reply)
            await writer.drain()
            while self.drips:
                writer.write(b"x" * 4096)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def host(
    replies: dict[str, Reply | None] | None = None, *, drips: bool = False, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Host]:
    """Serve until the end of the block."""
    running = Host(dict(replies or {}), drips)
    server = await asyncio.start_server(running.serve, LOOPBACK, 0, ssl=tls)
    running.port = server.sockets[0].getsockname()[1]
    try:
        yield running
    finally:
        server.close()


def one_after_another(*replies: bytes) -> Callable[[str], bytes]:
    """Another answer each time; the last one stays."""
    left: Iterator[bytes] = iter(replies)
    last = replies[-1]
    return lambda _path: next(left, last)


@dataclass
class Names:
    """A name's server: one answer after another per name, the last one stays; it remembers who was asked for."""

    known: dict[str, list[Sequence[str] | Exception]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def __call__(self, name: str, port: int) -> Sequence[str]:
        self.asked.append(name)
        answers = self.known[name]
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def looker(ports: Sequence[int] = (), names: Names | None = None, **options: object) -> HttpLinkLooker:
    return HttpLinkLooker(
        hosts=(WIKI, "docs.example.org"),
        loopback_ports=frozenset(ports),
        resolve=names or Names({WIKI: [[LOOPBACK]], "docs.example.org": [[LOOPBACK]]}),
        **{"patience": PATIENCE, **options},  # type: ignore[arg-type]
    )


async def look(running: Host, path: str = "/", known: str = "", names: Names | None = None) -> Look:
    return await looker([running.port], names).look(f"http://{WIKI}:{running.port}{path}", known)
