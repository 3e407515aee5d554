"""Yardstick: Bolt alone, at its best: no polling for the ack, its raw ASGI adapter, a static answer."""

import re
from typing import Any

from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from tests.bench.signed import PATH, SECRET

ANYTHING = re.compile(r"(?s).*")
BLOCKS = [
    {"type": "header", "text": {"type": "plain_text", "text": "Help"}},
    {"type": "section", "text": {"type": "mrkdwn", "text": "Start an assessment, or see where it stands."}},
]


def make() -> Any:
    """The application, with the same kinds of listeners as the product."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T0BENCH", bot_token="xoxb-bench", bot_user_id="U0BOT")

    app = AsyncApp(signing_secret=SECRET, authorize=authorize, process_before_response=True)

    @app.command(ANYTHING)
    async def command(ack: Any) -> None:
        await ack(response_type="ephemeral", text="Help", blocks=BLOCKS)

    @app.action(ANYTHING)
    async def press(ack: Any) -> None:
        await ack()

    @app.view_submission(ANYTHING)
    async def submit(ack: Any) -> None:
        await ack(response_action="clear")

    @app.event(ANYTHING)
    async def event() -> None:
        pass

    return AsyncSlackRequestHandler(app, path=PATH)


if __name__ == "__main__":
    import sys

    import uvicorn

    uvicorn.run(make(), host="127.0.0.1", port=int(sys.argv[1]), log_config=None, access_log=False)
