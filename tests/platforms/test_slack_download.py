"""A shared file is fetched from Slack's own host alone, with our token, and never more of it than asked for."""

from typing import Any

import pytest
from aiohttp import web

from bot.platforms.slack.download import is_slacks_own
from bot.platforms.slack.messenger import SlackMessenger
from bot.usecases.sending import FileRefused, NotTaken, RateLimited, SendFault
from tests.platforms.fake_slack import desk, refusal

API = "https://slack.com/api/"


async def fetched(answer: web.StreamResponse | None = None, most: int = 100, **file: Any) -> tuple[bytes, list[Any]]:
    """What `download` gives for a file that Slack describes so, and the calls it made."""
    async with desk() as d:
        known = {"id": "F1", "url_private_download": d.slack.url("files-pri/T1-F1/own.yaml"), "size": 4} | file
        d.slack.answers["files.info"] = lambda: web.json_response({"ok": True, "file": known})
        d.slack.answers["files-pri/T1-F1/own.yaml"] = lambda: answer or web.Response(body=b"id: a")
        return await SlackMessenger(d.client).download("F1", most), d.slack.calls


async def test_a_file_is_looked_up_and_fetched() -> None:
    content, calls = await fetched()
    assert content == b"id: a"
    assert [method for method, _ in calls] == ["files.info", "files-pri/T1-F1/own.yaml"]
    assert calls[0][1]["file"] == "F1"


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ({"url_private_download": "https://evil.example/own.yaml"}, "elsewhere"),
        ({"url_private_download": "http://files.slack.com/own.yaml"}, "elsewhere"),
        ({"url_private_download": "https://slack.com.evil.example/x"}, "elsewhere"),
        ({"url_private_download": "http://169.254.169.254/latest/meta-data"}, "elsewhere"),
        ({"is_external": True}, "elsewhere"),
        ({"mode": "external"}, "elsewhere"),
        ({"mode": "tombstone"}, "not_there"),
        ({"url_private_download": "", "url_private": ""}, "elsewhere"),
        ({"size": 101}, "too_large"),
    ],
    ids=range(9),
)
async def test_what_lies_elsewhere_or_is_too_large_is_not_even_asked_for(file: dict[str, Any], reason: str) -> None:
    with pytest.raises(FileRefused) as refused:
        await fetched(web.Response(status=500), **file)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (web.Response(body=b"x" * 101), "too_large"),
        (web.Response(status=302, headers={"location": "https://slack.com/signin"}), "not_allowed"),
        (web.Response(status=403), "not_allowed"),
        (web.Response(status=404), "not_there"),
    ],
    ids=["larger than it said", "sent to sign in", "forbidden", "gone"],
)
async def test_what_slack_answers_instead_of_the_file_is_told_apart(answer: web.Response, reason: str) -> None:
    with pytest.raises(FileRefused) as refused:
        await fetched(answer)
    assert refused.value.reason == reason


@pytest.mark.parametrize(("status", "fault"), [(429, RateLimited), (503, NotTaken)])
async def test_a_passing_fault_is_tried_again(status: int, fault: type[SendFault]) -> None:
    with pytest.raises(fault):
        await fetched(web.Response(status=status))


@pytest.mark.parametrize(
    ("word", "reason"),
    [("file_not_found", "not_there"), ("file_deleted", "not_there"), ("missing_scope", "not_allowed")],
)
async def test_what_files_info_refuses_is_told_apart(word: str, reason: str) -> None:
    async with desk() as d:
        d.slack.answers["files.info"] = refusal(word)
        with pytest.raises(FileRefused) as refused:
            await SlackMessenger(d.client).download("F1", 100)
        assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("address", "ours"),
    [
        ("https://files.slack.com/files-pri/T1-F1/own.yaml", True),
        ("https://slack.com/x", True),
        ("https://files.slack.com:443/x", True),
        ("https://files.slack.com:8443/x", False),
        ("https://user@files.slack.com/x", False),
        ("http://files.slack.com/x", False),
        ("https://notslack.com/x", False),
        ("https://files.slack.com.evil.example/x", False),
        ("https://[::1/x", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_our_token_goes_to_slack_alone(address: str, ours: bool) -> None:
    assert is_slacks_own(address, API) is ours


def test_a_local_workspace_is_the_server_of_its_own_web_api() -> None:
    assert is_slacks_own("http://127.0.0.1:8300/files/F1/own.yaml", "http://127.0.0.1:8300/api/")
    assert not is_slacks_own("http://127.0.0.1:8301/files/F1/own.yaml", "http://127.0.0.1:8300/api/")
