"""Yardstick: an ASGI endpoint that checks the signature and answers, and nothing else."""

import json
from typing import Any

from slack_sdk.signature import SignatureVerifier

from tests.bench.signed import SECRET


def make() -> Any:
    """The application."""
    verifier = SignatureVerifier(SECRET)
    body = json.dumps({"response_type": "ephemeral", "text": "Start an assessment or see where it stands."}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        raw = (await receive())["body"]
        told = {name.decode(): value.decode() for name, value in scope["headers"]}
        valid = verifier.is_valid(raw, told["x-slack-request-timestamp"], told["x-slack-signature"])
        await send({"type": "http.response.start", "status": 200 if valid else 401, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app
