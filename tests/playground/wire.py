"""What tests of the wire share: a bare Web API client and short payloads."""

from typing import Any

import httpx

from bot.playground.server import LocalSlack

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str) -> Json:
    return {"type": "section", "text": mrkdwn(text)}


def option(text: str = "a", value: str = "a") -> Json:
    return {"text": plain(text), "value": value}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("Go"), "action_id": "go", **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def field(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain("Label"), "element": element, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("Form"), "submit": plain("Go"), "blocks": list(blocks), **more}


def home(*blocks: Json) -> Json:
    return {"type": "home", "blocks": list(blocks)}


def raw(slack: LocalSlack, method: str, token: str | None = None, **args: Any) -> httpx.Response:
    """Call a Web API method with JSON arguments."""
    headers = {"authorization": f"Bearer {slack.bot_token if token is None else token}"}
    return slack.http.post(f"/api/{method}", json=args, headers=headers)


def call(slack: LocalSlack, method: str, **args: Any) -> Json:
    answer: Json = raw(slack, method, **args).json()
    return answer


def post(slack: LocalSlack, channel: str = "C0CHURN", **args: Any) -> Json:
    return call(slack, "chat.postMessage", channel=channel, **({"text": "x"} | args))
