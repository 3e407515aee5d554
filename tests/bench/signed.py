"""Requests as Slack sends them, signed beforehand, as bytes for a socket."""

import hashlib
import hmac
import json
import time
from itertools import count
from typing import Any
from urllib.parse import urlencode

SECRET = "bench-secret"
TEAM = "T0BENCH"
PATH = "/slack/events"
_numbers = count(1)


def raw(body: str, kind: str = "application/x-www-form-urlencoded") -> bytes:
    """One whole HTTP request; good for five minutes."""
    stamp = str(int(time.time()))
    signature = hmac.new(SECRET.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    content = body.encode()
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: bench\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n"
        f"X-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: v0={signature}\r\n\r\n"
    )
    return head.encode() + content


def command(text: str, user: str = "U00000", response_url: str = "http://127.0.0.1:9/respond") -> bytes:
    """`/readiness TEXT`."""
    number = next(_numbers)
    fields = {
        "command": "/readiness",
        "text": text,
        "team_id": TEAM,
        "team_domain": "bench",
        "user_id": user,
        "user_name": user.lower(),
        "channel_id": "C0BENCH",
        "channel_name": "bench",
        "api_app_id": "A0BENCH",
        "is_enterprise_install": "false",
        "trigger_id": f"1.2.{number}",
        "response_url": response_url,
    }
    return raw(urlencode(fields))


def press(name: str, value: str, user: str = "U00000", response_url: str = "http://127.0.0.1:9/respond") -> bytes:
    """A pressed button of ours; every one is a press of its own."""
    number = next(_numbers)
    return _interaction(
        {
            "type": "block_actions",
            "trigger_id": f"1.2.{number}",
            "response_url": response_url,
            "channel": {"id": "D0BENCH", "name": "directmessage"},
            "container": {"type": "message", "message_ts": f"1.{number}", "channel_id": "D0BENCH"},
            "actions": [
                {
                    "type": "button",
                    "block_id": "b",
                    "action_id": f"press:{name}:0",
                    "value": value,
                    "action_ts": f"1.{number}",
                }
            ],
        },
        user,
    )


def submit(form: str, user: str = "U00000") -> bytes:
    """A form sent off empty."""
    number = next(_numbers)
    view = {
        "id": f"V{number}",
        "hash": f"{number}.h",
        "type": "modal",
        "callback_id": f"form:{form}",
        "private_metadata": "",
        "title": {"type": "plain_text", "text": "Form"},
        "state": {"values": {}},
        "app_installed_team_id": TEAM,
    }
    return _interaction({"type": "view_submission", "trigger_id": f"1.2.{number}", "view": view}, user)


def event(kind: str, user: str = "U00000", **said: Any) -> bytes:
    """Something that happened, such as an opened home or a direct message."""
    number = next(_numbers)
    told = {"type": kind, "user": user, "channel": "D0BENCH", "event_ts": f"1.{number}", **said}
    body = {
        "type": "event_callback",
        "team_id": TEAM,
        "event_id": f"Ev{number}",
        "authorizations": [{"team_id": TEAM, "is_enterprise_install": False}],
        "event": told,
    }
    return raw(json.dumps(body), "application/json")


def _interaction(payload: dict[str, Any], user: str) -> bytes:
    who = {"user": {"id": user, "username": user.lower(), "name": user.lower(), "team_id": TEAM}}
    whole = {**payload, "team": {"id": TEAM, "domain": "bench"}, **who, "api_app_id": "A0BENCH"}
    return raw(urlencode({"payload": json.dumps(whole)}))
