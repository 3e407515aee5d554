"""A local Slack of one's own for every test: memory only, on a free port."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import pytest
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.playground.server import LocalSlack, Served

FORM = {
    "type": "modal",
    "callback_id": "start",
    "title": {"type": "plain_text", "text": "Start"},
    "submit": {"type": "plain_text", "text": "Go"},
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "name",
            "label": {"type": "plain_text", "text": "Name"},
            "element": {"type": "plain_text_input", "action_id": "name_text"},
        },
        {
            "type": "input",
            "block_id": "people",
            "optional": True,
            "label": {"type": "plain_text", "text": "Who takes part"},
            "element": {"type": "multi_users_select", "action_id": "people_pick"},
        },
        {
            "type": "input",
            "block_id": "level",
            "optional": True,
            "label": {"type": "plain_text", "text": "Level"},
            "element": {
                "type": "static_select",
                "action_id": "level_pick",
                "options": [{"text": {"type": "plain_text", "text": f"Level {n}"}, "value": str(n)} for n in (1, 2)],
            },
        },
    ],
}


def button(text: str, action_id: str, value: str = "1") -> dict[str, Any]:
    """Return a button."""
    return {
        "type": "button",
        "text": {"type": "plain_text", "text": text},
        "action_id": action_id,
        "value": value,
    }


class Bot:
    """A tiny real bot: Bolt's AsyncApp behind real HTTP. `seen` keeps what reached it."""

    def __init__(self, slack: LocalSlack) -> None:
        self.slack = slack
        self.seen: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.tasks: set[asyncio.Task[Any]] = set()
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])
        self.app = AsyncApp(client=client, signing_secret=slack.signing_secret, process_before_response=True)
        self._listen()
        handler = AsyncSlackRequestHandler(self.app)

        async def endpoint(request: Request) -> Response:
            self.headers.append(dict(request.headers))
            return await handler.handle(request)

        async def clock(request: Request) -> Response:
            self.seen.append({"clock": await request.json()})
            return Response(status_code=204)

        self.served = Served(
            Starlette(
                routes=[
                    Route("/slack/events", endpoint, methods=["POST"]),
                    Route("/play/clock", clock, methods=["POST"]),
                ]
            )
        )

    def later(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def _listen(self) -> None:  # noqa: C901  one small listener a kind
        app = self.app

        @app.command("/readiness")
        async def command(ack: Any, body: dict[str, Any], client: Any) -> None:
            self.seen.append(body)
            if body["text"] == "start":
                self.later(client.views_open(trigger_id=body["trigger_id"], view=FORM))
                await ack()
            elif body["text"] == "ask":
                blocks = [{"type": "actions", "elements": [button("Level 1", "l1"), button("Level 2", "l2")]}]
                await ack(text="Which level?", blocks=blocks)
            elif body["text"] == "post":
                blocks = [{"type": "actions", "elements": [button("Accept", "yes")]}]
                self.later(client.chat_postMessage(channel=body["user_id"], text="Accept it?", blocks=blocks))
                await ack()
            else:
                await ack(f"You said {body['text']}")

        @app.action({"action_id": "l2"})
        async def chosen(ack: Any, body: dict[str, Any], respond: Any) -> None:
            self.seen.append(body)
            self.later(respond(text="Level 2 it is.", replace_original=True))
            await ack()

        @app.action("yes")
        async def accepted(ack: Any, body: dict[str, Any], client: Any) -> None:
            self.seen.append(body)
            where = body["container"]
            self.later(client.chat_update(channel=where["channel_id"], ts=where["message_ts"], text="Done", blocks=[]))
            await ack()

        @app.view("start")
        async def submitted(ack: Any, body: dict[str, Any]) -> None:
            self.seen.append(body)
            name = body["view"]["state"]["values"]["name"]["name_text"]["value"]
            if name == "taken":
                await ack(response_action="errors", errors={"name": "That name is taken."})
            elif name == "wrong":
                await ack(response_action="errors", errors={"nowhere": "No such block."})
            else:
                await ack()

        @app.view_closed("start")
        async def closed(ack: Any, body: dict[str, Any]) -> None:
            self.seen.append(body)
            await ack()

        @app.event("app_home_opened")
        async def home(event: dict[str, Any], client: Any, body: dict[str, Any]) -> None:
            self.seen.append(body)
            blocks = [
                {"type": "header", "text": {"type": "plain_text", "text": "Your projects"}},
                {"type": "actions", "elements": [button("Refresh", "yes_home")]},
            ]
            self.later(client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks}))

        @app.event("message")
        async def heard(event: dict[str, Any], body: dict[str, Any], say: Any) -> None:
            self.seen.append(body)
            if event["text"].isdigit():
                self.later(say(f"{event['text']} noted"))

        @app.event("app_mention")
        async def mentioned(body: dict[str, Any]) -> None:
            self.seen.append(body)


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with LocalSlack(retry_scale=0.0) as running:
        yield running


@pytest.fixture
def bot(slack: LocalSlack) -> Iterator[Bot]:
    made = Bot(slack)
    with made.served:
        slack.bot_url = f"{made.served.url}/slack/events"
        yield made


class Recorder:
    """A bot that only writes down what reached it, raw, and answers as it is told to."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[tuple[int, Any]] = []
        self.wait = asyncio.Event()
        self.hang = False
        self.served = Served(Starlette(routes=[Route("/slack/events", self.take, methods=["POST"])]))

    async def take(self, request: Request) -> Response:
        self.requests.append((dict(request.headers), await request.body()))
        if self.hang:
            await asyncio.sleep(0.3)
        status, body = self.answers.pop(0) if self.answers else (200, None)
        return Response(status_code=status) if body is None else JSONResponse(body, status_code=status)

    def forms(self) -> list[dict[str, str]]:
        return [
            dict(parse_qsl(body.decode(), keep_blank_values=True))
            for headers, body in self.requests
            if "form" in headers["content-type"]
        ]

    def payload(self) -> dict[str, Any]:
        """Return the newest interaction."""
        return json.loads(self.forms()[-1]["payload"])

    def events(self) -> list[dict[str, Any]]:
        return [json.loads(body) for headers, body in self.requests if "json" in headers["content-type"]]


@pytest.fixture
def recorder(slack: LocalSlack) -> Iterator[Recorder]:
    made = Recorder()
    with made.served:
        slack.bot_url = f"{made.served.url}/slack/events"
        yield made
