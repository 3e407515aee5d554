"""What a failed call means for the message."""

from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from bot.platforms.slack.faults import fault_of, translated
from bot.usecases.sending import MaybeTaken, NotTaken, RateLimited, SendFault, TokenDead, Unreachable


class Answer:
    def __init__(self, status: int, data: Any, headers: dict[str, str] | None = None) -> None:
        self.status_code, self.data, self.headers = status, data, headers or {}


def refused(word: str, status: int = 200) -> SlackApiError:
    return SlackApiError("refused", Answer(status, {"ok": False, "error": word}))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("not_in_channel channel_not_found is_archived restricted_action cannot_dm_bot user_not_found", Unreachable),
        ("invalid_blocks msg_too_long msg_blocks_too_long missing_scope user_disabled", Unreachable),
        ("a_word_we_do_not_know", Unreachable),
        ("invalid_auth token_revoked token_expired account_inactive not_authed", TokenDead),
        ("internal_error fatal_error request_timeout service_unavailable", MaybeTaken),
        ("team_added_to_org org_login_required", NotTaken),
        ("ratelimited rate_limited", RateLimited),
    ],
)
def test_a_refusal_by_its_word(words: str, kind: type[SendFault]) -> None:
    for word in words.split():
        fault = fault_of(refused(word))
        assert type(fault) is kind
        assert fault.reason == ("ratelimited" if kind is RateLimited else word)


@pytest.mark.parametrize(
    ("headers", "wait"),
    [({"Retry-After": "7"}, 7), ({"retry-after": "0"}, 0), ({}, 30), ({"Retry-After": "soon"}, 30)],
)
def test_a_full_road_names_the_wait(headers: dict[str, str], wait: int) -> None:
    fault = fault_of(SlackApiError("slow", Answer(429, {"ok": False, "error": "ratelimited"}, headers)))
    assert isinstance(fault, RateLimited)
    assert fault.retry_after == timedelta(seconds=wait)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (SlackApiError("x", Answer(500, "<html>")), MaybeTaken),
        (SlackApiError("x", Answer(503, {})), MaybeTaken),
        (SlackApiError("x", Answer(200, {})), MaybeTaken),
        (SlackApiError("x", object()), MaybeTaken),
        (SlackApiError("x", Answer(403, {})), NotTaken),
        (aiohttp.ServerDisconnectedError(), MaybeTaken),
        (aiohttp.ClientPayloadError(), MaybeTaken),
        (aiohttp.ServerTimeoutError(), MaybeTaken),
        (TimeoutError(), MaybeTaken),
        (ConnectionResetError(), MaybeTaken),
        (aiohttp.ConnectionTimeoutError(), NotTaken),
        (aiohttp.ClientConnectorError(None, OSError("refused")), NotTaken),  # type: ignore[arg-type]
    ],
)
def test_a_lost_answer_may_have_been_taken_and_a_failed_connection_was_not(
    error: Exception, kind: type[SendFault]
) -> None:
    assert type(fault_of(error)) is kind


def test_what_can_be_repeated_was_not_taken() -> None:
    with pytest.raises(NotTaken, match="timeout"), translated(repeatable=True):
        raise TimeoutError
    with pytest.raises(MaybeTaken, match="timeout"), translated():
        raise TimeoutError
