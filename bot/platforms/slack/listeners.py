"""Bolt's AsyncApp with one catch-all per kind of payload; what each does stands in `flows`.

Bolt tries listeners one after another and answers 404 where none matches; behind these seven stands a table look-up,
so that every command, press and form costs the same and nothing is unmatched.
"""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse

from bot.platforms.core import Core
from bot.platforms.payload import inner_text
from bot.platforms.slack import parse
from bot.platforms.slack.client import WebClient
from bot.platforms.slack.flows import PATIENCE, Flows
from bot.platforms.slack.identity import Identity
from bot.platforms.tasks import Tasks, described

ANYTHING = re.compile("")
_log = logging.getLogger(__name__)


def slack_app(
    core: Core,
    client: WebClient,
    identity: Identity,
    signing_secret: str | None,
    tasks: Tasks,
    *,
    patience: float = PATIENCE,
) -> AsyncApp:
    """The application for `SlackEndpoint` (HTTP) or `socket_mode.run` (then `signing_secret` is None)."""
    app = AsyncApp(
        name="bridgehead",
        # Bolt's client is for Bolt alone; with a token it would warn that `authorize` makes that one useless.
        client=WebClient(None, client.base_url, client.web),
        signing_secret=signing_secret or "",
        request_verification_enabled=signing_secret is not None,
        authorize=identity,
        before_authorize=WellFormed(),
        # Bolt's other runner polls for the ack every 10 ms. The price: no listener may wait for a request of ours.
        process_before_response=True,
        # Our own messages are dropped in `parse`; the rest serves features that we do not have.
        ignoring_self_events_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    _register(app, Flows(core, client, identity, tasks, patience))
    return app


def _register(app: AsyncApp, flows: Flows) -> None:
    async def on_command(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack(await flows.command(body))

    async def on_press(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack(await flows.press(body))

    async def on_submit(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack(await flows.submit(body))

    async def on_event(body: dict[str, Any]) -> None:
        await flows.event(body)

    async def on_options(ack: AsyncAck) -> None:
        await ack(options=[])

    async def on_anything_else(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack(flows.ignored(body))

    async def on_error(error: Exception, body: dict[str, Any]) -> BoltResponse:
        _log.error("slack_listener_failed %s error=%s", parse.named(body), described(error))
        return BoltResponse(status=500, body="")

    app.command(ANYTHING)(on_command)
    app.action(ANYTHING)(on_press)
    app.event(ANYTHING)(on_event)
    app.view_submission(ANYTHING)(on_submit)
    app.view_closed(ANYTHING)(on_anything_else)
    app.options(ANYTHING)(on_options)
    app.shortcut(ANYTHING)(on_anything_else)
    app.error(on_error)


class WellFormed(AsyncMiddleware):
    """Acks what Bolt's matchers would stumble over, after the signature was checked.

    A payload of an unknown kind would be answered 404 and logged with its whole body.
    """

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002  # Bolt passes it by name
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002
    ) -> BoltResponse | None:
        """Go on with a payload of a known kind and shape."""
        if is_known(req.body):
            return await next()
        _log.info("slack_ignored %s", parse.named(req.body))
        return BoltResponse(status=200, body="")


def is_known(body: Mapping[str, Any]) -> bool:
    """Whether the payload has the fields by which Bolt chooses a listener."""
    inner = inner_text
    if isinstance(body.get("command"), str):
        return True
    match body.get("type"):
        case "event_callback":
            return bool(inner(body, "event", "type"))
        case "block_actions":
            actions = body.get("actions")
            return isinstance(actions, list) and bool(actions) and bool(inner(actions[0], "action_id"))
        case "view_submission" | "view_closed":
            return inner(body, "view", "type") == "modal" and isinstance(body["view"].get("callback_id"), str)
        case "block_suggestion":
            return bool(inner(body, "action_id"))
        case "shortcut" | "message_action":
            return bool(inner(body, "callback_id"))
        case "url_verification":
            return True
    return False
