"""A Web API that agrees to everything, as far away and as faulty as it is told."""

import asyncio
import json
import random
from itertools import count
from typing import Any

ANSWERS: dict[str, dict[str, Any]] = {
    "auth.test": {"user_id": "U0BOT", "bot_id": "B0BOT", "team_id": "T0BENCH"},
    "conversations.open": {"channel": {"id": "D0BENCH"}},
    "chat.postMessage": {"channel": "D0BENCH"},
    "views.open": {"view": {"id": "V0BENCH"}},
    "users.info": {"user": {"name": "someone", "tz": "Europe/Berlin", "locale": "en-GB"}},
    "conversations.history": {"messages": []},
}


def make(seconds: float = 0.0, faulty: float = 0.0) -> Any:
    """The application; `faulty` is the share of answers that are a 500."""
    numbers, chance = count(1), random.Random(1)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        while (await receive()).get("more_body"):
            pass
        if seconds:
            await asyncio.sleep(seconds)
        status = 500 if faulty and chance.random() < faulty else 200
        method = scope["path"].rpartition("/")[2]
        body = json.dumps({"ok": True, "ts": f"{next(numbers)}.000001", **ANSWERS.get(method, {})}).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app
