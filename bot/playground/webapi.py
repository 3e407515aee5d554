"""Slack's Web API over HTTP: reads a call however it is sent, checks token and scope, answers as Slack does."""

import asyncio
import contextlib
import json
import time
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.playground import methods_chat, methods_conversations, methods_other, methods_users, methods_views
from bot.playground.call import Call
from bot.playground.faults import Fault
from bot.playground.tickets import SlackError
from bot.playground.workspace import Workspace

Json = dict[str, Any]
METHODS = {
    **methods_chat.METHODS,
    **methods_conversations.METHODS,
    **methods_other.METHODS,
    **methods_users.METHODS,
    **methods_views.METHODS,
}
_WITHOUT_TOKEN = frozenset({"api.test", "blocks.validate"})
SOCKET_METHOD = "apps.connections.open"


async def read_arguments(request: Request) -> Json:
    """Merge query, form and JSON, whatever the verb."""
    args: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if "json" in kind:
        body = await request.body()
        loaded = json.loads(body) if body else {}
        args |= loaded if isinstance(loaded, dict) else {}
    elif "form" in kind:
        async with request.form() as form:
            args |= {key: value for key, value in form.items() if isinstance(value, str)}
    return args


def _token(request: Request, args: Json) -> str:
    header = request.headers.get("authorization", "")
    return header.partition(" ")[2].strip() if header.lower().startswith("bearer ") else str(args.get("token") or "")


class WebApi:
    """Answers `/api/{method}`."""

    def __init__(self, space: Workspace) -> None:
        self.space = space
        self.stopping = asyncio.Event()

    def answer(self, method: str, args: Json, token: str, base_url: str) -> Json:
        """Run one method and return Slack's answer; refusals become `ok: false`."""
        try:
            with self.space.lock:
                return {"ok": True, **self._run(method, args, token, base_url)}
        except SlackError as refusal:
            return {"ok": False, "error": refusal.error, **refusal.fields}

    def _run(self, method: str, args: Json, token: str, base_url: str) -> Json:
        space = self.space
        if method == SOCKET_METHOD:
            self._check_token(token, space.app_token)
            return {"url": f"{base_url.replace('http', 'ws', 1)}/link?ticket={space.serial('L')}"}
        if method not in METHODS:
            raise SlackError("unknown_method", req_method=method)
        run, scope = METHODS[method]
        if method not in _WITHOUT_TOKEN:
            self._check_token(token, space.bot_token)
            if space.manifest.missing(scope):
                provided = ",".join(sorted(space.manifest.scopes))
                raise SlackError("missing_scope", needed=scope.split("|")[0], provided=provided)
        return run(Call(space, args, base_url))

    def _check_token(self, token: str, expected: str) -> None:
        if not token:
            raise SlackError("not_authed")
        if token != expected:
            both = (self.space.bot_token, self.space.app_token)
            raise SlackError("not_allowed_token_type" if token in both else "invalid_auth")
        if self.space.revoked:
            raise SlackError("token_revoked")

    async def __call__(self, request: Request) -> Response:
        """Answer one HTTP request, meeting whatever fault is switched on for its method."""
        begun = time.perf_counter()
        method = request.path_params["method"]
        try:
            args = await read_arguments(request)
        except ValueError:
            return JSONResponse({"ok": False, "error": "invalid_json"})
        fault = self.space.faults.take(method)
        response, answer = await self._meet(fault, method, args, request)
        status: int | str = "dropped" if fault and fault.kind == "drop" else response.status_code
        shown = {key: value for key, value in args.items() if key != "token"}
        ms = (time.perf_counter() - begun) * 1000
        self.space.journal.note(
            self.space.clock.iso(), "from bot", method, status=status, ms=ms, request=shown, answer=answer
        )
        self.space.changed("log")
        return response

    async def _meet(self, fault: Fault | None, method: str, args: Json, request: Request) -> tuple[Response, Json]:
        headers = {"x-oauth-scopes": ",".join(sorted(self.space.manifest.scopes)), "x-slack-req-id": "local"}
        if fault and fault.kind == "hang":
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), fault.seconds)
            return Response(status_code=504), {"fault": "hang"}
        if fault and fault.kind == "server_error":
            return Response("upstream trouble", status_code=fault.status), {"fault": "server_error"}
        if fault and fault.kind == "error":
            answer: Json = {"ok": False, "error": fault.error}
        elif fault and fault.kind == "ratelimited":
            answer = {"ok": False, "error": "ratelimited", "retry_after": fault.retry_after}
        else:
            answer = self.answer(method, args, _token(request, args), str(request.base_url).rstrip("/"))
        if fault and fault.kind == "drop":
            await cut(request)
        if answer.get("error") == "ratelimited":
            wait = str(answer.pop("retry_after", 1))
            return JSONResponse(answer, status_code=429, headers={**headers, "retry-after": wait}), answer
        return JSONResponse(answer, headers=headers), answer


async def cut(request: Request) -> None:
    """Cut the connection under a request, so that its sender learns nothing of what was done."""
    # uvicorn's request cycle owns the socket and is the object `receive` is bound to; ASGI has no word for this.
    transport = getattr(getattr(request.receive, "__self__", None), "transport", None)
    if transport is not None:
        transport.abort()
        await asyncio.sleep(0)
