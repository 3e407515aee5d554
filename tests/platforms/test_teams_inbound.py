"""Requests to the endpoint: whose they are, what they say, and that nothing is answered 500."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest

from tests.teams.running import RunningTeams, running_teams
from tests.teams.signing import ISSUER, Signer
from tests.teams.town import APP

Json = dict[str, Any]


@pytest.fixture(scope="module")
def bot(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningTeams]:
    """One bot for all cases: none of them may keep it from answering the next."""
    folder = tmp_path_factory.mktemp("inbound")
    (folder / "bridgehead.db").write_bytes(sqlite_template.read_bytes())
    with running_teams(f"sqlite:///{folder / 'bridgehead.db'}", folder) as running:
        yield running


def post(
    bot: RunningTeams, body: Json | bytes, authorization: str | None, path: str = "/teams/messages"
) -> httpx.Response:
    headers = {"content-type": "application/json"}
    headers |= {} if authorization is None else {"Authorization": authorization}
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return bot.http.post(f"{bot.url}{path}", content=content, headers=headers)


def said(bot: RunningTeams, **more: Any) -> Json:
    olivia = bot.as_("olivia")
    return olivia.activity(olivia.chat, **{"text": "help", **more})


def signed(bot: RunningTeams, **claims: Any) -> str:
    return bot.town.signer.token(bot.town.service_url, **claims)


def hmac(bot: RunningTeams) -> str:
    """Signed with the public key as if it were a secret, as the library would not by itself."""
    claims = {"iss": ISSUER, "aud": APP, "exp": int(time.time()) + 60, "serviceurl": bot.town.service_url}
    return jwt.encode(claims, "k" * 32, algorithm="HS256", headers={"kid": "key-1"})


def unsigned(bot: RunningTeams) -> str:
    claims = {"iss": ISSUER, "aud": APP, "exp": int(time.time()) + 60, "serviceurl": bot.town.service_url}
    return jwt.encode(claims, None, algorithm="none", headers={"kid": "key-1"})


def of_another_key(bot: RunningTeams) -> str:
    return Signer(APP, number=1).token(bot.town.service_url)


NOT_AUTHENTIC: dict[str, Callable[[RunningTeams], str | None]] = {
    "no token": lambda _: None,
    "nothing behind the scheme": lambda _: "Bearer",
    "another scheme": lambda bot: f"Basic {signed(bot)}",
    "no scheme": signed,
    "garbage": lambda _: "Bearer abc.def.ghi",
    "not even three parts": lambda _: "Bearer abc",
    "expired": lambda bot: f"Bearer {signed(bot, exp=int(time.time()) - 301)}",
    "not valid yet": lambda bot: f"Bearer {signed(bot, nbf=int(time.time()) + 400)}",
    "no end": lambda bot: f"Bearer {signed(bot, exp=None)}",
    "not signed": lambda bot: f"Bearer {unsigned(bot)}",
    "signed with a secret": lambda bot: f"Bearer {hmac(bot)}",
    "for another bot": lambda bot: f"Bearer {signed(bot, aud='another')}",
    "for nobody": lambda bot: f"Bearer {signed(bot, aud=None)}",
    "of another issuer": lambda bot: f"Bearer {signed(bot, iss='https://sts.windows.net/x/')}",
    "of no issuer": lambda bot: f"Bearer {signed(bot, iss=None)}",
    "another key by the same name": lambda bot: f"Bearer {of_another_key(bot)}",
    "an unknown key": lambda bot: f"Bearer {Signer(APP, kid='key-9').token(bot.town.service_url)}",
    "for another address": lambda bot: f"Bearer {signed(bot, serviceurl='https://evil.example/')}",
    "for no address": lambda bot: f"Bearer {signed(bot, serviceurl=None)}",
}


@pytest.mark.parametrize("case", NOT_AUTHENTIC)
def test_what_is_not_the_connectors_is_refused(bot: RunningTeams, case: str) -> None:
    calls = len(bot.town.calls)
    answer = post(bot, said(bot), NOT_AUTHENTIC[case](bot))
    assert (answer.status_code, len(bot.town.calls)) == (401, calls)


ELSEWHERE: dict[str, tuple[Callable[[RunningTeams], Json], int]] = {
    "a good token and another address": (lambda bot: said(bot, serviceUrl="https://evil.example/"), 401),
    "a good token and no address": (lambda bot: said(bot, serviceUrl=""), 401),
    "a channel that the key may not sign": (lambda bot: said(bot, channelId="directline"), 401),
    "no channel": (lambda bot: said(bot, channelId=None), 401),
    "another tenant": (lambda bot: said(bot, channelData={"tenant": {"id": "another"}}), 403),
}


@pytest.mark.parametrize("case", ELSEWHERE)
def test_a_good_token_is_good_for_its_own_activity_alone(bot: RunningTeams, case: str) -> None:
    body, status = ELSEWHERE[case]
    assert post(bot, body(bot), f"Bearer {signed(bot)}").status_code == status


def test_a_web_chat_is_refused_whatever_its_key_may_sign(bot: RunningTeams) -> None:
    """In a web chat anybody can say that they are Ada."""
    bot.town.signer.endorsements, before = ["msteams", "webchat"], bot.town.signer.endorsements
    try:
        assert post(bot, said(bot, channelId="webchat"), f"Bearer {signed(bot)}").status_code == 401
    finally:
        bot.town.signer.endorsements = before


KINDS: dict[str, tuple[Json, int]] = {
    "an unknown kind": ({"type": "somethingNew"}, 200),
    "a reaction": ({"type": "messageReaction", "reactionsAdded": [{"type": "like"}]}, 200),
    "an edit": ({"type": "messageUpdate", "text": "help"}, 200),
    "a deletion": ({"type": "messageDelete"}, 200),
    "the end of a conversation": ({"type": "endOfConversation"}, 200),
    "an event": ({"type": "event", "name": "application/vnd.microsoft.readReceipt", "value": {}}, 200),
    "an upgrade of the app": ({"type": "installationUpdate", "action": "add-upgrade"}, 200),
    "an installation of a kind to come": ({"type": "installationUpdate", "action": "moved"}, 200),
    "somebody joined": ({"type": "conversationUpdate", "membersAdded": [{"id": "29:1dan"}]}, 200),
    "members of another shape": ({"type": "conversationUpdate", "membersAdded": "29:1dan"}, 200),
    "words of another shape": ({"text": ["help"]}, 202),
    "nobody said it": ({"from": None}, 202),
    "a bot said it": ({"from": {"id": "28:another", "role": "bot"}}, 202),
    "entities of another shape": ({"entities": {"type": "mention"}}, 202),
    "no conversation": ({"conversation": None}, 202),
    "attachments of another shape": ({"attachments": "none"}, 202),
    "a submit that is not ours": ({"text": "", "value": {"x": 1}}, 202),
    "an unknown press": ({"text": "", "value": {"press": "no such press"}}, 202),
    "a press of another shape": ({"text": "", "value": {"press": {"deep": []}, "value": 3}}, 202),
    "an unknown invoke": ({"type": "invoke", "name": "composeExtension/query", "value": {}}, 501),
    "an invoke without a name": ({"type": "invoke"}, 501),
    "a dialogue": ({"type": "invoke", "name": "task/fetch", "value": {"data": {}}}, 501),
    "a refresh by itself": (
        {"type": "invoke", "name": "adaptiveCard/action", "value": {"trigger": "automatic", "action": {"verb": "x"}}},
        200,
    ),
    "an action without data": (
        {"type": "invoke", "name": "adaptiveCard/action", "value": {"action": {"type": "Action.Execute"}}},
        200,
    ),
    "an action of another shape": ({"type": "invoke", "name": "adaptiveCard/action", "value": [1]}, 200),
    "an unknown form": (
        {"type": "invoke", "name": "adaptiveCard/action", "value": {"action": {"data": {"form": "none"}}}},
        200,
    ),
    "typed garbage": ({"text": "\x00\ud800 <at></at> &#x110000; <@29:x>"}, 202),
}


@pytest.mark.parametrize("path", ["/teams/messages", "/api/messages"])
@pytest.mark.parametrize("case", KINDS)
def test_whatever_comes_is_answered_and_never_500(bot: RunningTeams, case: str, path: str) -> None:
    more, status = KINDS[case]
    answer = post(bot, said(bot, **more), f"Bearer {signed(bot)}", path)
    assert answer.status_code == status
    bot.settle()


BODIES: dict[str, tuple[bytes, int]] = {
    "nothing": (b"", 400),
    "no JSON": (b"{", 400),
    "a list": (b"[]", 400),
    "no type": (b"{}", 400),
    "not UTF-8": (b'{"type":"\xff\xfe"}', 400),
    "nested without end": (b"[" * 100_000, 400),
    "too long": (b" " * 1_100_000, 413),
}


@pytest.mark.parametrize("case", BODIES)
def test_a_body_that_is_no_activity_is_refused(bot: RunningTeams, case: str) -> None:
    body, status = BODIES[case]
    assert post(bot, body, f"Bearer {signed(bot)}").status_code == status


def test_what_arrives_twice_is_done_once(bot: RunningTeams) -> None:
    """After all that: the same bot still works."""
    form = {"form": "project", "value": "", "name": "Churn", "exposure": "2"}
    activity = said(bot, text="", value=form)
    for _ in range(2):
        assert post(bot, activity, f"Bearer {signed(bot)}").status_code == 202
    bot.settle()
    assert [project.name for project in bot.look(lambda tx: tx.projects.all())] == ["Churn"]
