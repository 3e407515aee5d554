"""Links behind answers, looked at over HTTP: whether they are still there, and still as they were.

People write these addresses, so a look must not reach what only we can reach. A host stands on the allow-list; its name
is resolved once, every address it has must be public, and the connection goes to one of those very addresses, so that
no second answer of the name's server counts. Redirects are followed by hand, each under the same rules. Nothing is sent
that would tell who we are, and little is read.
"""

import asyncio
import contextlib
import hashlib
import logging
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import httpx

from bot.readiness.links import LinkState, Look

logger = logging.getLogger(__name__)

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""A host's name and a port -> its addresses. Raises socket.gaierror."""

PATIENCE = 10.0
"""Seconds for one look, redirects included."""
CONNECT_PATIENCE = 3.0
"""Seconds until the next address of a host is tried."""
WHOLE_PATIENCE = 45.0
"""Seconds for all links of a project; less than the lease of the notice that asks for it."""
AT_ONCE = 4
MOST_BYTES = 64 * 1024
MOST_REDIRECTS = 5
MOST_ADDRESSES = 3
PORTS = {"http": 80, "https": 443}
HEADERS = {
    "User-Agent": "Bridgehead (looks whether linked evidence is still there)",
    "Accept": "*/*",
    "Accept-Encoding": "identity",  # nothing is unpacked, so nothing small unfolds to something large
    "Connection": "close",
}

_NO_SUCH_NAME = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})

_V4_NEVER = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # carriers' NAT; Alibaba's metadata
        "127.0.0.0/8",
        "168.63.129.16/32",  # public by number, and the host of every Azure machine
        "169.254.0.0/16",  # link-local; metadata of most clouds
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
"""IANA's special-purpose registry and multicast. Our own list: `ipaddress` of an older Python lacks some of them."""
_V6_GLOBAL = IPv6Network("2000::/3")
"""All that is given out as global unicast; loopback, local, mapped and multicast addresses lie outside."""
_V6_NEVER = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments; Teredo holds an IPv4 address
        "2001:db8::/32",
        "2002::/16",  # 6to4 holds an IPv4 address
        "3fff::/20",
    )
)
_V6_NAT64 = IPv6Network("64:ff9b::/96")
"""How a host with IPv4 alone looks from a network with IPv6 alone; the last 32 bits say where it leads."""


class _NotAllowed(Exception):
    """We do not look there."""


class _NoSuchName(Exception):
    """The name's server says that there is no such name."""


@dataclass(frozen=True, slots=True)
class HttpLinkLooker:
    """Fulfils `outside_ports.LinkLooker`.

    hosts           names whose links are looked at, each with everything below it
    loopback_ports  ports of this machine that may be looked at as well: for tests and the playground only
    resolve         finds the addresses of a name
    tls             checks certificates, always by the host's name
    patience        seconds for one look
    whole_patience  seconds for all links of one call
    """

    hosts: tuple[str, ...]
    loopback_ports: frozenset[int] = frozenset()
    resolve: Resolve = field(default_factory=lambda: resolved)
    tls: ssl.SSLContext = field(default_factory=httpx.create_ssl_context)
    patience: float = PATIENCE
    whole_patience: float = WHOLE_PATIENCE

    async def look_at(self, known: Mapping[str, str]) -> Mapping[str, Look]:
        """What each link is like now; `known` maps them to the fingerprints of the last look, "" where there is none.

        A few at a time, in this order. Those for which the time does not suffice are left out.
        """
        found: dict[str, Look] = {}
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(link: str, fingerprint: str) -> None:
            async with gate:
                found[link] = await self.look(link, fingerprint)

        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.whole_patience), asyncio.TaskGroup() as group:
                for link, fingerprint in known.items():
                    group.create_task(one(link, fingerprint))
        return found

    async def look(self, link: str, known: str = "") -> Look:
        """What one link is like now. A page that is another one at every look has no fingerprint, and never changed."""
        first = await self._once(link, known)
        if first.state is not LinkState.CHANGED:
            return first
        second = await self._once(link, first.fingerprint)
        return Look(LinkState.ALIVE) if second.state is LinkState.CHANGED else first

    async def _once(self, link: str, known: str) -> Look:
        try:
            async with asyncio.timeout(self.patience):
                return await self._follow(link, known)
        except (_NotAllowed, httpx.InvalidURL):
            return Look(LinkState.NOT_ALLOWED)
        except _NoSuchName:
            return Look(LinkState.GONE)
        except (TimeoutError, OSError, httpx.TransportError, httpx.StreamError) as fault:
            # Only the kind of fault: its text may quote the address.
            logger.info("links.unreachable kind=%s", type(fault).__name__)
            return Look(LinkState.UNREACHABLE)

    async def _follow(self, link: str, known: str) -> Look:
        url = httpx.URL(link.strip())
        for _ in range(MOST_REDIRECTS + 1):
            answer = await self._ask(url, known)
            if isinstance(answer, Look):
                return answer
            url = answer
        # Whoever keeps sending us on, such as to a sign-in that needs a cookie, is there and not for us.
        return Look(LinkState.REFUSED)

    async def _ask(self, url: httpx.URL, known: str) -> Look | httpx.URL:
        """What stands at an address, or the next address where it sends us on."""
        host, port = self._allowed(url)
        fault: Exception | None = None
        for address in (await self._addresses(host, port))[:MOST_ADDRESSES]:
            try:
                return await self._get(url, host, address, known)
            except (httpx.ConnectError, httpx.ConnectTimeout) as failed:
                fault = failed
        raise fault or _NoSuchName

    def _allowed(self, url: httpx.URL) -> tuple[str, int]:
        """Host and port of an address that we may look at. Raises _NotAllowed."""
        host = url.raw_host.decode("ascii").lower().removesuffix(".")
        if url.scheme not in PORTS or url.userinfo or not any(_is_below(host, listed) for listed in self.hosts):
            raise _NotAllowed
        port = PORTS[url.scheme] if url.port is None else url.port
        if port != PORTS[url.scheme] and port not in self.loopback_ports:
            raise _NotAllowed
        return host, port

    async def _addresses(self, host: str, port: int) -> Sequence[str]:
        """The addresses of a host, looked up once. Raises _NotAllowed unless we may connect to every one of them."""
        try:
            addresses = await self.resolve(host, port)
        except socket.gaierror as fault:
            if fault.errno in _NO_SUCH_NAME:
                raise _NoSuchName from None
            raise
        except UnicodeError:
            raise _NotAllowed from None
        here = port in self.loopback_ports
        if not all(_is_loopback(address) if here else is_public(address) for address in addresses):
            raise _NotAllowed
        return addresses

    async def _get(self, url: httpx.URL, host: str, address: str, known: str) -> Look | httpx.URL:
        # A transport of its own for each request: it follows nothing, keeps no cookie, knows no proxy, and no
        # connection that was made for one host's certificate serves another host of the same address.
        transport = httpx.AsyncHTTPTransport(verify=self.tls, trust_env=False)
        patience = {"connect": CONNECT_PATIENCE, "read": self.patience, "write": self.patience, "pool": self.patience}
        request = httpx.Request(
            "GET",
            url.copy_with(host=address),
            headers={**HEADERS, "Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": host, "timeout": patience},
        )
        async with transport:
            response = await transport.handle_async_request(request)
            try:
                if response.has_redirect_location:
                    return url.join(response.headers["location"])
                return await _judged(response, known)
            finally:
                await response.aclose()


async def resolved(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, in the order in which the system would try them. Raises socket.gaierror."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(place[0]) for *_, place in found))


def is_public(address: str) -> bool:
    """Whether an address belongs to the public net, and leads to no other that does not."""
    match ip_address(address):
        case IPv4Address() as four:
            return not any(four in network for network in _V4_NEVER)
        case IPv6Address() as six:
            if six in _V6_NAT64:
                return is_public(str(IPv4Address(int(six) & 0xFFFF_FFFF)))
            return six in _V6_GLOBAL and not any(six in network for network in _V6_NEVER)


def _is_loopback(address: str) -> bool:
    found = ip_address(address)
    return found.is_loopback and getattr(found, "ipv4_mapped", None) is None


def _is_below(host: str, listed: str) -> bool:
    return host == listed or host.endswith(f".{listed}")


async def _judged(response: httpx.Response, known: str) -> Look:
    """What an answer says about the link, by its status; what can be read is compared with what was there before."""
    match response.status_code:
        case status if 200 <= status < 300:
            fingerprint = await _fingerprint(response)
            return Look(LinkState.CHANGED if _differs(fingerprint, known) else LinkState.ALIVE, fingerprint)
        case 404 | 410 as status:
            return Look(LinkState.GONE, for_good=status == 410)
        case status if status >= 500 or status in (408, 425, 429):
            return Look(LinkState.UNREACHABLE)
    return Look(LinkState.REFUSED)


async def _fingerprint(response: httpx.Response) -> str:
    """The first of these that there is: its version tag, its date, the beginning of what it says."""
    for name in ("etag", "last-modified"):
        if given := response.headers.get(name):
            return _digest(name, given.removeprefix("W/").encode())
    body = b""
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) >= MOST_BYTES:
            break
    return _digest("body", body[:MOST_BYTES])


def _digest(kind: str, content: bytes) -> str:
    return f"{kind}:{hashlib.sha256(content).hexdigest()}"


def _differs(fingerprint: str, known: str) -> bool:
    """Whether two fingerprints tell two states apart; those of two kinds tell nothing."""
    return fingerprint.partition(":")[0] == known.partition(":")[0] and fingerprint != known
