"""Notices through the Web API: sent, edited, found again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.chat.view import Heading, View
from bot.platforms.slack.client import WebSession, web_client
from bot.platforms.slack.messenger import SlackMessenger
from bot.usecases.ports import Destination, Profile
from bot.usecases.sending import CannotLook, MaybeTaken, NotTaken, RateLimited, SendFault, TokenDead, Unreachable
from tests.platforms.fake_slack import desk, refusal

ANN = Destination("slack", "T1", user="U1")
CHANNEL = Destination("slack", "T1", channel="C1")
SINCE = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
VIEW = View("a & b", (Heading("A"),))


async def test_a_notice_to_a_person_opens_the_conversation_once() -> None:
    async with desk() as d:
        messenger = SlackMessenger(d.client)
        refs = [await messenger.post(ANN, VIEW, key) for key in ("k1", "k2", "k1")]
        assert refs == ["C1:1.5"] * 3
        assert d.slack.methods == ["conversations.open", *["chat.postMessage"] * 3]
        first, second, again = [arguments for _, arguments in d.slack.calls[1:]]
        assert first["channel"] == "D1"
        assert first["text"] == "a &amp; b"
        assert (first["mrkdwn"], first["unfurl_links"], first["unfurl_media"]) == (False, False, False)
        assert first["metadata"] == {"event_type": "bridgehead_notice", "event_payload": {"key": "k1"}}
        assert first["client_msg_id"] == again["client_msg_id"] != second["client_msg_id"]


async def test_an_edit_names_the_message_by_its_ref() -> None:
    async with desk() as d:
        await SlackMessenger(d.client).edit(CHANNEL, "C7:1.25", VIEW)
        ((method, arguments),) = d.slack.calls
        assert (method, arguments["channel"], arguments["ts"], arguments["text"]) == (
            "chat.update",
            "C7",
            "1.25",
            "a &amp; b",
        )


async def test_a_notice_is_found_by_its_key_on_a_later_page() -> None:
    def posted(ts: str, key: str) -> dict[str, Any]:
        return {"ts": ts, "metadata": {"event_type": "bridgehead_notice", "event_payload": {"key": key}}}

    pages = [
        {"ok": True, "messages": [{"ts": "9.9"}, posted("3.1", "k1")], "response_metadata": {"next_cursor": "n"}},
        {"ok": True, "messages": [posted("2.1", "k2")]},
    ]
    async with desk() as d:
        left = iter(pages)
        d.slack.answers["conversations.history"] = lambda: web.json_response(next(left))
        assert await SlackMessenger(d.client).find(CHANNEL, "k2", SINCE) == "C1:2.1"
        first, second = [arguments for _, arguments in d.slack.calls]
        assert float(first["oldest"]) == (SINCE - timedelta(seconds=60)).timestamp()
        assert first["include_all_metadata"] == "1"
        assert second["cursor"] == "n"


async def test_a_reply_stands_in_the_thread_of_its_message() -> None:
    async with desk() as d:
        messenger = SlackMessenger(d.client)
        assert await messenger.post(CHANNEL, VIEW, "k", "C1:1.25") == "C1:1.5"
        await messenger.post(CHANNEL, VIEW, "k2")
        reply, alone = [arguments for _, arguments in d.slack.calls]
        assert (reply["channel"], reply["thread_ts"]) == ("C1", "1.25")
        assert "thread_ts" not in alone
        assert "reply_broadcast" not in reply


async def test_a_reply_is_looked_for_in_its_thread() -> None:
    answered = {"ts": "2.5", "metadata": {"event_type": "bridgehead_notice", "event_payload": {"key": "k"}}}
    async with desk() as d:
        messenger = SlackMessenger(d.client)
        d.slack.answers["conversations.replies"] = lambda: web.json_response({"ok": True, "messages": [answered]})
        assert await messenger.find(CHANNEL, "k", SINCE, "C1:1.25") == "C1:2.5"
        assert await messenger.find(CHANNEL, "other", SINCE, "C1:1.25") is None
        (method, arguments), _ = d.slack.calls
        assert (method, arguments["channel"], arguments["ts"]) == ("conversations.replies", "C1", "1.25")
        assert arguments["include_all_metadata"] == "1"
        d.slack.answers["conversations.replies"] = refusal("thread_not_found")
        with pytest.raises(SendFault):
            await messenger.find(CHANNEL, "k", SINCE, "C1:1.25")


async def test_a_notice_that_is_not_there_is_none_and_one_that_may_not_be_looked_for_is_not() -> None:
    async with desk() as d:
        messenger = SlackMessenger(d.client)
        assert await messenger.find(CHANNEL, "k", SINCE) is None
        d.slack.answers["conversations.history"] = refusal("missing_scope")
        with pytest.raises(CannotLook, match="missing_scope"):
            await messenger.find(CHANNEL, "k", SINCE)
        d.slack.answers["conversations.history"] = refusal("channel_not_found")
        with pytest.raises(Unreachable, match="channel_not_found"):
            await messenger.find(CHANNEL, "k", SINCE)


def full_road() -> web.StreamResponse:
    return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "9"})


def broken() -> web.StreamResponse:
    return web.Response(status=502, text="<html>", content_type="text/html")


@pytest.mark.parametrize(
    ("answer", "posting", "editing"),
    [
        (full_road, RateLimited, RateLimited),
        (broken, MaybeTaken, NotTaken),
        (refusal("internal_error"), MaybeTaken, NotTaken),
        (refusal("not_in_channel"), Unreachable, Unreachable),
        (refusal("token_revoked"), TokenDead, TokenDead),
    ],
)
async def test_a_failed_call_is_one_of_four_outcomes(
    answer: Callable[[], web.StreamResponse], posting: type[SendFault], editing: type[SendFault]
) -> None:
    async with desk() as d:
        d.slack.answers |= {"chat.postMessage": answer, "chat.update": answer}
        messenger = SlackMessenger(d.client)
        with pytest.raises(posting) as posted:
            await messenger.post(CHANNEL, VIEW, "k")
        with pytest.raises(editing):
            await messenger.edit(CHANNEL, "C1:1.1", VIEW)
        if isinstance(posted.value, RateLimited):
            assert posted.value.retry_after == timedelta(seconds=9)
        assert len(d.slack.calls) == 2


async def test_nobody_listening_means_not_taken() -> None:
    async with desk() as d:
        await d.slack.server.close()
        with pytest.raises(NotTaken, match="no_connection"):
            await SlackMessenger(d.client).post(CHANNEL, VIEW, "k")


async def test_a_home_is_published_to_its_owner() -> None:
    async with desk() as d:
        await SlackMessenger(d.client).publish_home(ANN, VIEW)
        ((method, arguments),) = d.slack.calls
        assert (method, arguments["user_id"], arguments["view"]["type"]) == ("views.publish", "U1", "home")


async def test_a_profile_says_what_slack_knows() -> None:
    known = {
        "id": "U1",
        "name": "ann",
        "tz": "Europe/Berlin",
        "locale": "de-DE",
        "profile": {"display_name": "", "real_name": "Ann B"},
    }
    async with desk() as d:
        d.slack.answers["users.info"] = lambda: web.json_response({"ok": True, "user": known})
        assert await SlackMessenger(d.client).profile(ANN) == Profile("Ann B", "Europe/Berlin", "de")
        d.slack.answers["users.info"] = lambda: web.json_response({"ok": True, "user": {"id": "U2"}})
        assert await SlackMessenger(d.client).profile(Destination("slack", "T1", user="U2")) == Profile("", "", "")


async def test_all_calls_share_one_session_until_it_is_closed() -> None:
    session = WebSession()
    client = web_client("xoxb-1", "http://127.0.0.1:9/api", session)
    assert client.retry_handlers == []
    first = session.get()
    assert session.get() is first
    await session.close()
    assert first.closed
    assert session.get() is not first
    await session.close()
