"""Links are looked at over real sockets: what is said of them, what is sent, and how little is read."""

import asyncio
import gzip
import socket
from collections.abc import Sequence

import pytest

from bot.readiness.links import LinkState, Look
from tests.hosts import LOOPBACK, PATIENCE, WIKI, Names, host, look, looker, one_after_another, page, sent_on

ALIVE, CHANGED, GONE = LinkState.ALIVE, LinkState.CHANGED, LinkState.GONE
REFUSED, UNREACHABLE = LinkState.REFUSED, LinkState.UNREACHABLE


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        (page(), ALIVE),
        (page(b"", "204 No Content"), ALIVE),
        (page(b"", "404 Not Found"), GONE),
        (page(b"", "410 Gone"), GONE),
        (page(b"", "401 Unauthorized"), REFUSED),
        (page(b"", "403 Forbidden"), REFUSED),
        (page(b"", "405 Method Not Allowed"), REFUSED),
        (page(b"", "451 Unavailable For Legal Reasons"), REFUSED),
        (page(b"", "302 Found"), REFUSED),
        (page(b"", "429 Too Many Requests"), UNREACHABLE),
        (page(b"", "500 Internal Server Error"), UNREACHABLE),
        (page(b"", "503 Service Unavailable"), UNREACHABLE),
        (b"SSH-2.0-OpenSSH_9.6\r\n", UNREACHABLE),
        (b"", UNREACHABLE),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\nshort", UNREACHABLE),
        (b"HTTP/1.1 200 OK\r\nx: " + b"y" * 200_000 + b"\r\n\r\n", UNREACHABLE),
        (None, UNREACHABLE),
    ],
)
async def test_what_an_answer_says_about_a_link(reply: bytes | None, state: LinkState) -> None:
    async with host({"/": reply}) as running:
        found = await look(running)
    assert found.state is state
    assert found.for_good == (reply is not None and b" 410 " in reply)


async def test_a_connection_that_is_refused_and_a_name_that_cannot_be_asked_for_now_are_tried_later() -> None:
    with socket.create_server((LOOPBACK, 0)) as free:
        port = free.getsockname()[1]
    assert (await looker([port]).look(f"http://{WIKI}:{port}/")).state is UNREACHABLE
    names = Names({WIKI: [socket.gaierror(socket.EAI_AGAIN, "try again")]})
    assert (await looker(names=names).look(f"https://{WIKI}/")).state is UNREACHABLE


async def test_a_name_that_is_not_there_is_gone() -> None:
    names = Names({WIKI: [socket.gaierror(socket.EAI_NONAME, "no such name")]})
    assert await looker(names=names).look(f"https://{WIKI}/") == Look(GONE)


async def test_the_next_address_of_a_name_is_tried_when_one_does_not_answer() -> None:
    async with host({"/": page()}) as running:
        names = Names({WIKI: [["::1", "127.0.0.9", LOOPBACK]]})
        assert (await look(running, names=names)).state is ALIVE


@pytest.mark.parametrize(
    ("before", "now", "state"),
    [
        (page(b"one"), page(b"one"), ALIVE),
        (page(b"one"), page(b"two"), CHANGED),
        (page(b"one", etag='"1"'), page(b"two", etag='"1"'), ALIVE),
        (page(b"one", etag='"1"'), page(b"two", etag='W/"1"'), ALIVE),
        (page(b"one", etag='"1"'), page(b"one", etag='"2"'), CHANGED),
        (page(b"one", last_modified="Mon, 02 Nov 2026 09:00:00 GMT"), page(b"one"), ALIVE),
        (
            page(b"one", last_modified="Mon, 02 Nov 2026 09:00:00 GMT"),
            page(b"one", last_modified="Tue, 03 Nov 2026 09:00:00 GMT"),
            CHANGED,
        ),
        (page(b"x" * 70_000 + b"1"), page(b"x" * 70_000 + b"2"), ALIVE),
    ],
    ids=["same", "other", "same tag", "weak tag", "other tag", "nothing to compare", "other date", "beyond 64 kB"],
)
async def test_a_page_is_compared_with_what_it_was(before: bytes, now: bytes, state: LinkState) -> None:
    async with host({"/": before}) as running:
        first = await look(running)
        running.replies["/"] = now
        second = await look(running, known=first.fingerprint)
    assert first.state is ALIVE
    assert second.state is state


async def test_a_page_that_is_another_one_at_every_look_never_changed() -> None:
    async with host({"/": one_after_another(*(page(b"token %d" % number) for number in range(9)))}) as running:
        first = await look(running)
        assert await look(running, known=first.fingerprint) == Look(ALIVE)


async def test_a_redirect_is_followed_and_the_end_counts() -> None:
    async with host({"/": sent_on("/a?b=c")}) as running:
        running.replies["/a?b=c"] = sent_on(f"//docs.example.org:{running.port}/end", "307 Temporary Redirect")
        assert (await look(running)).state is GONE
        running.replies["/end"] = page()
        assert (await look(running)).state is ALIVE
    assert running.paths == ["/", "/a?b=c", "/end"] * 2
    assert f"Host: docs.example.org:{running.port}" in running.asked[-1]


async def test_who_keeps_sending_us_on_is_there_and_not_for_us() -> None:
    async with host({"/": sent_on("/")}) as running:
        assert (await look(running)).state is REFUSED
    assert len(running.asked) == 6


async def test_what_is_sent_names_nobody_and_keeps_nothing() -> None:
    cookie = {"set_cookie": "session=1; Path=/"}
    async with host({"/": sent_on("/in", **cookie), "/in": page(**cookie)}) as running:
        for _ in range(2):
            await look(running)
    for request in running.asked:
        _, *headers = request.strip().split("\r\n")
        assert sorted(header.partition(":")[0].lower() for header in headers) == [
            "accept",
            "accept-encoding",
            "connection",
            "host",
            "user-agent",
        ]


async def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async with host({"/": page()}) as running, host() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
            monkeypatch.setenv(name, f"http://{LOOPBACK}:{proxy.port}")
        assert (await look(running)).state is ALIVE
    assert proxy.asked == []


async def test_no_more_is_read_than_needed_and_nothing_is_unpacked() -> None:
    bomb = gzip.compress(bytes(10_000_000))
    async with host({"/": b"HTTP/1.1 200 OK\r\n\r\n"}, drips=True) as endless:
        assert (await look(endless)).state is ALIVE
    async with host({"/": page(bomb, content_encoding="gzip")}) as running:
        assert (await look(running)).state is ALIVE
    async with host({"/": page(b"", etag='"1"') + b"no"}) as tagged:
        assert (await look(tagged)).fingerprint.startswith("etag:")


async def test_several_are_looked_at_side_by_side_and_the_whole_ends_in_time() -> None:
    async with host({"/": page(), "/slow": None}) as running:
        links = {f"http://{WIKI}:{running.port}{path}": "" for path in ("/slow", "/", "/slow?2", "/none")}
        running.replies["/slow?2"] = None
        hasty = looker([running.port], patience=60.0, whole_patience=PATIENCE)
        found = await hasty.look_at(links)
    assert [(link.rpartition("/")[2], seen.state) for link, seen in found.items()] == [("", ALIVE), ("none", GONE)]


async def test_an_answer_that_never_ends_is_given_up_in_time() -> None:
    async with host({"/": None}) as running:
        began = asyncio.get_running_loop().time()
        assert (await look(running)).state is UNREACHABLE
        assert asyncio.get_running_loop().time() - began < 10 * PATIENCE


async def test_a_name_that_takes_too_long_to_resolve_is_given_up_in_time() -> None:
    async def asleep(_name: str, _port: int) -> Sequence[str]:
        await asyncio.Event().wait()
        return ()

    assert (await looker(names=asleep).look(f"https://{WIKI}/")).state is UNREACHABLE  # type: ignore[arg-type]


async def test_a_name_without_any_address_is_gone() -> None:
    assert await looker(names=Names({WIKI: [[]]})).look(f"https://{WIKI}/") == Look(GONE)


async def test_the_log_holds_no_address(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    async with host({"/secret": None}) as running:
        await look(running, "/secret")
    assert "links.unreachable kind=TimeoutError" in caplog.text
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("bot")]
    assert not [said for said in ours if "secret" in said or WIKI in said]
