"""A stand-in for Teams: people and channels, the Bot Connector that a bot sends to, its keys and its login.

It enforces what `teams.md` of the platform's documentation says: tokens, sizes, rates, who may be written to. What it
is told to do wrong it does: `faults` are answers that take the place of the right ones, one after another.
"""

import asyncio
import json
import re
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any, Self

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.playground.cast import read_cast
from bot.playground.served import Served
from tests.teams.signing import Signer

Json = dict[str, Any]
TENANT = "11111111-1111-4111-8111-111111111111"
APP = "00000000-0000-4000-8000-00000000000b"
BOT = f"28:{APP}"
TEAM = "19:general@thread.tacv2"
SECRET = "a secret of the app"
TOKEN = "the token of the app"
LARGEST = 100_000
"""Bytes of a message as UTF-16."""
RATES = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))


@dataclass
class Conversation:
    """A chat with one person (`user`), or a channel. `installed`: the bot may write there."""

    id: str
    user: str = ""
    name: str = ""
    members: list[str] = field(default_factory=list)
    installed: bool = True
    blocked: bool = False


@dataclass(frozen=True)
class Fault:
    """An answer that takes the place of the right one. `taken`: the message is there all the same.

    `status` 0 hangs up without an answer after `seconds`.
    """

    status: int
    code: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    taken: bool = False
    seconds: float = 0.0


class TeamsTown:
    """Teams on a port of its own; use it as a context. `rated`: it refuses whoever sends too fast."""

    def __init__(self, *, rated: bool = False, cast: Json | None = None) -> None:
        self.signer = Signer(APP)
        self.rated, self.key_delay = rated, 0.0
        self.people = {person["handle"]: person for person in read_cast(cast)["people"]}
        self.conversations: dict[str, Conversation] = {}
        self.messages: dict[tuple[str, str], Json] = {}
        self.calls: list[Json] = []
        self.logins = self.key_reads = 0
        self.faults: deque[Fault] = deque()
        self.problems: list[Json] = []
        self.files: dict[str, bytes] = {}
        self.changed_at: dict[tuple[str, str], int] = {}
        self._numbers, self._sent = count(1), dict[str, deque[float]]()
        for channel in read_cast(cast)["channels"]:
            members = [person["id"] for person in self.people.values() if person["id"] in channel["members"]]
            self.conversations[channel_id(channel["name"])] = Conversation(
                channel_id(channel["name"]), name=channel["name"], members=members, installed=not channel["private"]
            )
        self._served: Served | None = None

    def __enter__(self) -> Self:
        self._served = Served(self._app(), name="teams")
        self._served.__enter__()
        return self

    def __exit__(self, *raised: object) -> None:
        assert self._served is not None
        self._served.__exit__(*raised)  # type: ignore[arg-type]

    @property
    def url(self) -> str:
        """Where everything is."""
        assert self._served is not None
        return str(self._served.url)

    @property
    def service_url(self) -> str:
        """What activities name as their connector."""
        return f"{self.url}/emea/"

    def number(self) -> int:
        """Later than everything before."""
        return next(self._numbers)

    def person(self, handle: str) -> Json:
        """Somebody of the cast, as Teams knows them."""
        known = self.people[handle]
        return {
            "id": member_id(handle),
            "name": handle,
            "aadObjectId": user_id(handle),
            "userPrincipalName": f"{handle}@northwind.example",
            "tz": known["tz"],
            "locale": known["locale"],
        }

    def chat(self, handle: str) -> Conversation:
        """Somebody's chat with the bot."""
        chat_id = f"a:{handle}-chat"
        return self.conversations.setdefault(chat_id, Conversation(chat_id, user=handle))

    def shown(self, conversation: str) -> list[tuple[str, Json]]:
        """What stands in a conversation, threads included, oldest first: (id, activity)."""
        return [(own, said) for (place, own), said in self.messages.items() if place == conversation]

    def shared(self, name: str, content: bytes) -> Json:
        """A file as it is attached to a message in a chat."""
        own = f"{self.number()}-{name}"
        self.files[own] = content
        return {
            "contentType": "application/vnd.microsoft.teams.file.download.info",
            "name": name,
            "contentUrl": f"https://northwind.sharepoint.com/{name}",
            "content": {"downloadUrl": f"{self.url}/files/{own}", "uniqueId": own, "fileType": name.partition(".")[2]},
        }

    # -- the connector -----------------------------------------------------------------------------------------
    def _app(self) -> Starlette:
        base = "/emea/v3/conversations"
        return Starlette(
            routes=[
                Route("/v1/openid", self._openid),
                Route("/v1/keys", self._keys),
                Route("/{tenant}/oauth2/v2.0/token", self._login, methods=["POST"]),
                Route(base, self._create, methods=["POST"]),
                Route(base + "/{conversation}/activities", self._send, methods=["POST"]),
                Route(base + "/{conversation}/activities/{activity}", self._update, methods=["PUT"]),
                Route(base + "/{conversation}/pagedmembers", self._members),
                Route(base + "/{conversation}/members/{member}", self._member),
                Route("/emea/v3/teams/{team}/conversations", self._channels),
                Route("/files/{name}", self._file),
            ]
        )

    async def _file(self, request: Request) -> Response:
        content = self.files.get(request.path_params["name"])
        return Response(status_code=404) if content is None else Response(content)

    async def _openid(self, _: Request) -> Response:
        return JSONResponse({"issuer": "https://api.botframework.com", "jwks_uri": f"{self.url}/v1/keys"})

    async def _keys(self, _: Request) -> Response:
        self.key_reads += 1
        await asyncio.sleep(self.key_delay)
        return JSONResponse({"keys": [self.signer.jwk]})

    async def _login(self, request: Request) -> Response:
        self.logins += 1
        form = await request.form()
        wanted = {"grant_type": "client_credentials", "client_id": APP, "client_secret": SECRET}
        if request.path_params["tenant"] != TENANT or any(form.get(name) != value for name, value in wanted.items()):
            return JSONResponse({"error": "invalid_client"}, status_code=401)
        return JSONResponse({"access_token": TOKEN, "expires_in": 3600, "token_type": "Bearer"})

    async def _answered(self, request: Request, place: str, take: Callable[[Json], Response]) -> Response:
        raw = await request.body()
        body: Json = json.loads(raw) if raw else {}
        self.calls.append({"method": request.method, "path": request.url.path, "place": place, "body": body})
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return refused(401, "Unauthorized")
        if self.faults:
            return await self._fault(self.faults.popleft(), body, take)
        if len(json.dumps(body, ensure_ascii=False).encode("utf-16-le")) > LARGEST:
            return refused(413, "MessageSizeTooBig")
        if self.rated and (wait := self._too_fast(place)):
            return refused(429, "TooManyRequests", {"Retry-After": str(wait)})
        return take(body)

    async def _fault(self, fault: Fault, body: Json, take: Callable[[Json], Response]) -> Response:
        if fault.taken:
            take(body)
        await asyncio.sleep(fault.seconds)
        return refused(fault.status, fault.code, dict(fault.headers))

    def _too_fast(self, place: str) -> int:
        sent, now = self._sent.setdefault(place, deque(maxlen=1800)), time.monotonic()
        if any(len(sent) >= most and now - sent[-most] < seconds for most, seconds in RATES):
            return 1
        sent.append(now)
        return 0

    async def _create(self, request: Request) -> Response:
        def take(body: Json) -> Response:
            member = body["members"][0]["id"]
            handle = next((name for name in self.people if member in (member_id(name), user_id(name))), None)
            if handle is None or body.get("tenantId") != TENANT:
                return refused(400, "BadArgument")
            if not self.chat(handle).installed:
                return refused(403, "ForbiddenOperationException")
            return JSONResponse({"id": self.chat(handle).id}, status_code=201)

        return await self._answered(request, "create", take)

    async def _send(self, request: Request) -> Response:
        place, _, thread = request.path_params["conversation"].partition(";messageid=")

        def take(body: Json) -> Response:
            if refusal := self._unwelcome(place, body):
                return refusal
            if thread and (place, thread) not in self.messages:
                return refused(404, "ActivityNotFoundInConversation")
            if body["type"] == "typing":
                return Response(status_code=202)
            own = f"{1_700_000_000_000 + self.number()}"
            self._show(place, own, {**body, "thread": thread})
            return JSONResponse({"id": own}, status_code=201)

        return await self._answered(request, place, take)

    async def _update(self, request: Request) -> Response:
        place = request.path_params["conversation"].partition(";")[0]
        own = request.path_params["activity"]

        def take(body: Json) -> Response:
            if refusal := self._unwelcome(place, body):
                return refusal
            known = self.messages.get((place, own))
            if known is None or "from" in known:
                return refused(404, "ActivityNotFoundInConversation")
            self._show(place, own, {**body, "thread": known.get("thread", "")})
            return JSONResponse({"id": own})

        return await self._answered(request, place, take)

    def _show(self, place: str, own: str, said: Json) -> None:
        self.messages[place, own] = said
        self.changed_at[place, own] = self.number()

    def _unwelcome(self, place: str, body: Json) -> Response | None:
        there = self.conversations.get(place)
        if there is None:
            return refused(404, "ConversationNotFound")
        if there.blocked:
            return refused(403, "MessageWritesBlocked")
        if not there.installed:
            return refused(403, "BotNotInConversationRoster")
        if body.get("type") == "message" and not body.get("text") and not body.get("attachments"):
            return refused(400, "BadSyntax")
        return None

    async def _members(self, request: Request) -> Response:
        def take(_: Json) -> Response:
            listed = [self._listed(handle) for handle in self.people]
            return JSONResponse({"members": listed})

        return await self._answered(request, "read", take)

    async def _member(self, request: Request) -> Response:
        asked = request.path_params["member"]

        def take(_: Json) -> Response:
            handle = next((name for name in self.people if asked in (member_id(name), user_id(name))), None)
            return JSONResponse(self._listed(handle)) if handle else refused(404, "MemberNotFoundInConversation")

        return await self._answered(request, "read", take)

    def _listed(self, handle: str) -> Json:
        return {name: value for name, value in self.person(handle).items() if name not in ("tz", "locale")}

    async def _channels(self, request: Request) -> Response:
        def take(_: Json) -> Response:
            named = [{"id": each.id, "name": each.name} for each in self.conversations.values() if each.name]
            return JSONResponse({"conversations": [{"id": TEAM}, *named]})

        return await self._answered(request, "read", take)


def refused(status: int, code: str, headers: dict[str, str] | None = None) -> Response:
    """The connector's way to say no."""
    return JSONResponse({"error": {"code": code, "message": code}}, status_code=status, headers=headers)


def user_id(handle: str) -> str:
    """An Entra object id."""
    return f"22222222-2222-4222-8222-{handle.encode().hex()[:12].rjust(12, '0')}"


def member_id(handle: str) -> str:
    """A person's id for this bot."""
    return f"29:1{handle}"


def channel_id(name: str) -> str:
    """A channel's id."""
    return f"19:{re.sub(r'[^a-z]', '', name)}@thread.tacv2"


def stamp() -> str:
    """Now, as activities say it."""
    return datetime.now(UTC).isoformat()
