"""Files through the Web API: an address, the bytes, one message; and what each lost answer means."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web

from bot.chat.document import Document
from bot.chat.view import Paragraph, Span, View
from bot.platforms.slack.messenger import SlackMessenger
from bot.usecases.ports import Destination
from bot.usecases.sending import MaybeTaken, NotTaken, RateLimited, SendFault, TokenDead, Unreachable
from tests.platforms.fake_slack import Desk, desk, refusal

ANN = Destination("slack", "T1", user="U1")
SINCE = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
VIEW = View("The report", (Paragraph((Span("*Churn* <!channel>"),)),))
DOCUMENTS = (
    Document("churn.html", "Churn: report", "text/html", b"<p>report</p>"),
    Document("churn.png", "Churn: history", "image/png", b"png", "Stage 1, then 2"),
)
ADDRESS, BYTES, SHARE = "files.getUploadURLExternal", "upload/F1", "files.completeUploadExternal"


def ready(d: Desk) -> SlackMessenger:
    place = {"ok": True, "upload_url": d.slack.url("/upload/F1"), "file_id": "F1"}
    d.slack.answers[ADDRESS] = lambda: web.json_response(place)
    d.slack.answers[BYTES] = lambda: web.Response(text="OK")
    return SlackMessenger(d.client)


async def test_files_are_shared_as_one_message_in_blocks() -> None:
    async with desk() as d:
        assert await ready(d).upload(ANN, DOCUMENTS, VIEW, "report:p1:olivia:1") == "file:F1"
        assert d.slack.methods == ["conversations.open", *[ADDRESS, BYTES] * 2, SHARE]
        asked = [arguments for method, arguments in d.slack.calls if method == ADDRESS]
        assert [(each["length"], each.get("alt_txt")) for each in asked] == [("13", None), ("3", "Stage 1, then 2")]
        shared = await d.slack.called(SHARE)
        assert shared["channel_id"] == "D1"
        assert [each["title"] for each in json.loads(shared["files"])] == ["Churn: report", "Churn: history"]
        # A person's words are plain text there, so nothing of them is markup.
        assert "initial_comment" not in shared
        assert "*Churn* <!channel>" in json.dumps(shared["blocks"])
        assert "mrkdwn" not in json.dumps(shared["blocks"])


async def test_the_bytes_go_without_the_token() -> None:
    heard: list[web.Request] = []

    async with desk() as d:
        d.slack.listening = heard.append
        await ready(d).upload(ANN, DOCUMENTS[:1], VIEW, "k")
    posted = [request for request in heard if request.path == "/upload/F1"]
    assert [("Authorization" in request.headers, request.method) for request in posted] == [(False, "POST")]


def too_many() -> web.StreamResponse:
    return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "9"})


def broken() -> web.StreamResponse:
    return web.Response(status=502, text="<html>", content_type="text/html")


@pytest.mark.parametrize(
    ("step", "answer", "outcome"),
    [
        (ADDRESS, broken, NotTaken),
        (ADDRESS, refusal("internal_error"), NotTaken),
        (ADDRESS, too_many, RateLimited),
        (ADDRESS, refusal("missing_scope"), Unreachable),
        (ADDRESS, refusal("token_revoked"), TokenDead),
        (BYTES, broken, NotTaken),
        (BYTES, lambda: web.Response(status=404), NotTaken),
        (BYTES, lambda: web.Response(status=302, headers={"location": "http://elsewhere.example/"}), NotTaken),
        (BYTES, lambda: web.Response(status=413), Unreachable),
        (SHARE, broken, MaybeTaken),
        (SHARE, refusal("internal_error"), MaybeTaken),
        (SHARE, too_many, RateLimited),
        (SHARE, refusal("file_not_found"), Unreachable),
    ],
)
async def test_only_the_last_step_can_end_uncertain(
    step: str, answer: Callable[[], web.StreamResponse], outcome: type[SendFault]
) -> None:
    async with desk() as d:
        messenger = ready(d)
        d.slack.answers[step] = answer
        with pytest.raises(outcome):
            await messenger.upload(ANN, DOCUMENTS[:1], VIEW, "k")


async def test_files_are_found_again_by_their_names() -> None:
    async with desk() as d:
        messenger = ready(d)
        await messenger.upload(ANN, DOCUMENTS[:1], VIEW, "report:1")
        name = (await d.slack.called(ADDRESS))["filename"]
        assert name.startswith("churn-")
        assert name.endswith(".html")
        posted: list[dict[str, Any]] = [{"ts": "2.0", "text": ""}, {"ts": "1.9", "files": [{"id": "F1", "name": name}]}]
        d.slack.answers["conversations.history"] = lambda: web.json_response({"ok": True, "messages": posted})
        assert await messenger.find(ANN, "report:1", SINCE) == "D1:1.9"
        assert await messenger.find(ANN, "report:2", SINCE) is None
