"""Whom a look at a link never reaches, whatever people write, whoever sends us on, and whatever a name leads to."""

import shutil
import socket
import ssl
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.links import is_public
from bot.readiness.links import LinkState, Look
from tests.hosts import LOOPBACK, WIKI, Names, host, look, looker, page, sent_on

ALIVE, GONE = LinkState.ALIVE, LinkState.GONE
NOT_ALLOWED, UNREACHABLE = LinkState.NOT_ALLOWED, LinkState.UNREACHABLE
PUBLIC = "93.184.216.34"


NOWHERE = [
    "ftp://wiki.example.com/a",
    "file:///etc/passwd",
    "gopher://wiki.example.com/1",
    "javascript:alert(1)",
    "wiki.example.com/a",
    "",
    "https:///a",
    "https://wiki.example.com:8443/",
    "https://wiki.example.com:80/",
    "http://wiki.example.com:443/",
    "http://wiki.example.com:0/",
    "http://wiki.example.com:22/",
    "https://mei:secret@wiki.example.com/",
    "https://wiki.example.com@evil.example/",
    "https://wiki.example.com\\@evil.example/",
    "https://wiki.example.com%2eevil.example/",
    "https://evil.example/https://wiki.example.com/",
    "https://evil.example?wiki.example.com",
    "https://evil.example#.wiki.example.com",
    "https://evilwiki.example.com/",
    "https://wiki.example.com.evil.example/",
    "https://example.com/",
    "https://wiki\t.example.com/",
    "https://ⓦiki.example.com/",
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://localhost/",
    "http://169.254.169.254/latest/meta-data/",
    "http://metadata.google.internal/",
]
"""Addresses that are not even resolved."""


@pytest.mark.parametrize("link", NOWHERE)
async def test_what_is_not_listed_is_not_even_asked_for(link: str) -> None:
    names = Names()
    assert await looker(names=names).look(link) == Look(NOT_ALLOWED)
    assert names.asked == []


@pytest.mark.parametrize(
    "link", ["https://WIKI.Example.com/", "https://wiki.example.com./", "https://a.b.wiki.example.com"]
)
async def test_a_listed_name_stands_for_all_below_it_however_it_is_written(link: str) -> None:
    asked: list[str] = []

    async def nobody(name: str, _port: int) -> Sequence[str]:
        asked.append(name)
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    assert (await looker(names=nobody).look(link)).state is GONE  # type: ignore[arg-type]
    assert asked[0].endswith(WIKI)


PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.0.0.5",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:93.184.216.34",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::7f00:1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]


@pytest.mark.parametrize("address", PRIVATE)
async def test_a_name_that_leads_to_what_only_we_reach_is_not_looked_at(address: str) -> None:
    assert not is_public(address)
    for addresses in ([address], [PUBLIC, address]):
        names = Names({WIKI: [addresses]})
        assert await looker(names=names).look(f"https://{WIKI}/") == Look(NOT_ALLOWED)


@pytest.mark.parametrize("address", [PUBLIC, "172.32.0.1", "2606:2800:220:1::1", "2a00:1450::1", "64:ff9b::808:808"])
def test_a_public_address_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("second", ["169.254.169.254", "10.0.0.5", "::ffff:127.0.0.1"])
async def test_a_name_is_resolved_once_and_its_second_answer_never_counts(second: str) -> None:
    async with host({"/": page()}) as running:
        names = Names({WIKI: [[LOOPBACK], [second]]})
        assert (await look(running, names=names)).state is ALIVE
    assert names.asked == [WIKI]
    assert len(running.asked) == 1


@pytest.mark.parametrize(
    "to",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "https://evil.example/",
        "//evil.example/",
        "http://wiki.example.com:22/",
        "http://mei@wiki.example.com:{port}/in",
        "file:///etc/passwd",
        "ftp://wiki.example.com/",
        "http://[::1",
        "http://wiki.example.com/",
    ],
)
async def test_a_redirect_leads_nowhere_else(to: str) -> None:
    async with host() as running:
        running.replies["/"] = sent_on(to.format(port=running.port))
        names = Names({WIKI: [[LOOPBACK]]})
        assert await look(running, names=names) == Look(NOT_ALLOWED)
    assert running.paths == ["/"]


async def test_a_redirect_to_the_same_name_resolves_it_again_and_judges_it_again() -> None:
    async with host({"/": sent_on("/in"), "/in": page()}) as running:
        names = Names({WIKI: [[LOOPBACK], ["10.0.0.5"]]})
        assert await look(running, names=names) == Look(NOT_ALLOWED)
    assert running.paths == ["/"]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and certificate of the wiki, signed by itself."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("no openssl on this machine to make a certificate with")
    folder = tmp_path_factory.mktemp("tls")
    name = ["-subj", f"/CN={WIKI}", "-addext", f"subjectAltName=DNS:{WIKI}"]
    kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    files = ["-keyout", folder / "key.pem", "-out", folder / "cert.pem"]
    subprocess.run([program, "req", *kind, *name, *files], check=True, capture_output=True)
    return folder


@pytest.mark.parametrize(
    ("name", "state"), [(WIKI, ALIVE), ("docs.example.org", UNREACHABLE)], ids=["its own name", "another name"]
)
async def test_a_certificate_counts_for_the_name_and_not_for_the_address(
    certificate: Path, name: str, state: LinkState
) -> None:
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    trusting = ssl.create_default_context(cafile=certificate / "cert.pem")
    async with host({"/": page()}, tls=serving) as running:
        secure = looker([running.port], tls=trusting)
        assert (await secure.look(f"https://{name}:{running.port}/")).state is state


async def test_a_certificate_that_nobody_vouches_for_is_not_believed(certificate: Path) -> None:
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    async with host({"/": page()}, tls=serving) as running:
        assert (await looker([running.port]).look(f"https://{WIKI}:{running.port}/")).state is UNREACHABLE
    assert running.asked == []
