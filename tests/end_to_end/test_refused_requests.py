"""What must not come in does not: the right status, and nothing in the database is other than before."""

import time
import urllib.parse
from collections.abc import Callable
from typing import Any

import pytest

from tests.end_to_end.deeds import (
    as_json,
    form_payload,
    found,
    interview_of,
    press_payload,
    project_of,
    rows,
    send,
    signed_post,
    start,
    texts,
)
from tests.running import Running

FORM, JSON = "application/x-www-form-urlencoded", "application/json"


def a_command(bot: Running, text: str = "archive churn") -> bytes:
    space = bot.slack.workspace
    fields = {"team_id": space.team["id"], "channel_id": space.dm("U0OLIVIA")["id"], "user_id": "U0OLIVIA"}
    fields |= {"command": "/readiness", "text": text, "trigger_id": space.tickets.trigger("U0OLIVIA")}
    return urllib.parse.urlencode({**fields, "response_url": "http://127.0.0.1:9/x"}).encode()


Headers = Callable[[Running, bytes], dict[str, str]]
UNSIGNED: dict[str, Headers] = {
    "no signature": lambda _bot, _body: {},
    "another secret's signature": lambda bot, body: bot.slack.signed(body) | {"X-Slack-Signature": "v0=" + "0" * 64},
    "another body's signature": lambda bot, body: bot.slack.signed(body + b" "),
    "301 seconds old": lambda bot, body: bot.slack.signed(body, time.time() - 301),
    # Stamps are whole seconds and time goes on: exactly 301 ahead would be 300 by the time it is read.
    "310 seconds ahead": lambda bot, body: bot.slack.signed(body, time.time() + 310),
    "no timestamp": lambda bot, body: {"X-Slack-Signature": bot.slack.signed(body)["X-Slack-Signature"]},
    "a timestamp that is none": lambda bot, body: bot.slack.signed(body) | {"X-Slack-Request-Timestamp": "soon"},
    "an empty signature": lambda bot, body: bot.slack.signed(body) | {"X-Slack-Signature": ""},
}


@pytest.fixture
def before(bot: Running) -> Any:
    """The database when a project is being assessed."""
    found(bot, channel="churn-prediction")
    start(bot)
    return rows(bot)


def test_a_request_that_slack_did_not_sign_is_refused(bot: Running, before: Any) -> None:
    body = a_command(bot)
    for name, headers in UNSIGNED.items():
        answer = bot.slack.send(body=body, headers={"content-type": FORM, **headers(bot, body)})
        assert answer.status_code == 401, name
        assert "Churn" not in answer.text, name
    assert rows(bot) == before
    assert bot.slack.send(body=body, headers={"content-type": FORM, **bot.slack.signed(body)}).status_code == 200


GARBAGE: dict[str, tuple[str, bytes]] = {
    "nothing": (JSON, b""),
    "no JSON": (JSON, b"{"),
    "a number": (JSON, b"7"),
    "a list": (JSON, b"[]"),
    "null": (JSON, b"null"),
    "an empty object": (JSON, b"{}"),
    "an event without an event": (JSON, as_json({"type": "event_callback", "team_id": "T1"})),
    "an event that is a word": (JSON, as_json({"type": "event_callback", "team_id": "T1", "event": "message"})),
    "an event of numbers": (
        JSON,
        as_json({"type": "event_callback", "team_id": 1, "event": {"type": "message", "user": 2, "text": []}}),
    ),
    "deep nesting": (JSON, b"[" * 50_000 + b"]" * 50_000),
    "bytes that are no text": (JSON, b"\xff\xfe\x00"),
    "a form without fields": (FORM, b"&&&="),
    "a payload that is no JSON": (FORM, b"payload=%7Bnot"),
    "a payload that is a list": (FORM, b"payload=%5B%5D"),
    "a press without actions": (FORM, b"payload=" + urllib.parse.quote('{"type":"block_actions"}').encode()),
    "a form without a view": (FORM, b"payload=" + urllib.parse.quote('{"type":"view_submission"}').encode()),
    "a view without values": (
        FORM,
        b"payload="
        + urllib.parse.quote(
            '{"type":"view_submission","user":{"id":"U0OLIVIA"},"team":{"id":"T0"},"view":{"callback_id":"form:x"}}'
        ).encode(),
    ),
    "a command without a command": (FORM, b"user_id=U0OLIVIA&team_id=T0"),
    "NUL in a command": (FORM, b"command=%2Freadiness&text=sta%00tus&user_id=U0OLIVIA&team_id=T0&channel_id=D1"),
}


def test_garbage_is_refused_without_a_signature_and_swallowed_with_one(bot: Running, before: Any) -> None:
    for name, (kind, body) in GARBAGE.items():
        assert bot.slack.send(body=body, headers={"content-type": kind}).status_code in {400, 401}, name
        if name != "bytes that are no text":  # what Slack signs is text
            assert signed_post(bot, body, kind) < 500, name
    bot.settle()
    assert rows(bot) == before


def test_a_body_over_a_megabyte_is_refused_unread(bot: Running, before: Any) -> None:
    body = a_command(bot, "status " + "x" * 1_100_000)
    assert 400 <= signed_post(bot, body, FORM) < 500
    assert bot.slack.send(body=b"x" * 5_000_000).status_code in {400, 401, 413}
    assert rows(bot) == before
    assert signed_post(bot, a_command(bot, "status churn"), FORM) == 200


def test_other_addresses_and_methods_are_not_there(bot: Running) -> None:
    for path in ("/", "/slack", "/slack/events/x", "/docs", "/openapi.json", "/metrics", "/.env"):
        assert bot.slack.send(path, b"").status_code in {404, 405}, path


MADE_UP = [
    ("answer", "nobody|data-pipeline-stability|2"),
    ("answer", "{interview}|no-such-question|2"),
    ("answer", "{interview}|data-pipeline-stability|5"),
    ("answer", "{interview}|data-pipeline-stability|-1"),
    ("answer", "{interview}|data-pipeline-stability|²"),
    ("answer", "{interview}"),
    ("answer", "||"),
    ("answer", "' OR 1=1 --|x|2"),
    ("unknown", "{interview}|no-such-question"),
    ("reason", "{interview}|user-adoption-plan|no-such-reason"),
    ("not_applicable", "{interview}|data-pipeline-stability"),
    ("unchanged", "{interview}|data-pipeline-stability"),
    ("not_now", "{interview}|data-pipeline-stability|evidence"),
    ("not_now", "nobody|data-pipeline-stability|evidence"),
    ("promise", "{interview}|data-pipeline-stability|tomorrow"),
    ("promise", "{interview}|no-such-question|2099-01-01"),
    ("promise", "{interview}|data-pipeline-stability|2099-01-01"),
    ("same_facts", "{interview}|data-pipeline-stability|no-such-follow-up"),
    ("same_facts", "{interview}|data-pipeline-stability|data-contract"),
    ("own_answers", "nobody"),
    ("stop", "nobody"),
    ("stop", "{interview}"),
    ("edit_answer", "{interview}|no-such-question"),
    ("skip", "nobody"),
    ("why_asked", "no-such-question"),
    ("status", "no-such-project"),
    ("why", ""),
    ("start", "no-such-project"),
    ("move", "{project}|5"),
    ("move", "{project}|0"),
    ("move", "{project}|one"),
    ("move", "no-such-project|2"),
    ("archive", "no-such-project"),
    ("close_assessment", "no-such-assessment"),
    ("release", "no-such-place"),
    ("no_such_button", "x"),
    ("answer", "x" * 1900),
]


def test_a_button_with_made_up_ids_changes_nothing_and_says_so(bot: Running, before: Any) -> None:
    interview, project = interview_of(bot).id, project_of(bot).id
    for press, pattern in MADE_UP:
        value = pattern.replace("{interview}", interview).replace("{project}", project)
        said = len(bot.as_("olivia").messages())
        assert send(bot, press_payload(bot, "olivia", press, value)).status == 200, (press, value)
        (answer,) = bot.as_("olivia").messages()[said:]
        assert answer.ephemeral, (press, value)
        assert "Something broke" not in answer.text, (press, value)
        assert rows(bot) == before, (press, value)


def test_a_button_is_worth_no_more_than_the_person_who_presses_it(bot: Running, before: Any) -> None:
    project = project_of(bot)
    values = {"move": f"{project.id}|2", "close_assessment": interview_of(bot).assessment_id}
    values |= {"release": project.place_id}
    mei = bot.as_("mei")
    for number, press in enumerate(("start", "archive", "move", "close_assessment", "release"), start=1):
        send(bot, press_payload(bot, "mei", press, values.get(press, project.id)))
        assert len(texts(bot, "mei", "Only the owner of Churn or an admin can do this")) == number, press
        assert (rows(bot)["project"], rows(bot)["assessment"]) == (before["project"], before["assessment"]), press
    send(bot, press_payload(bot, "mei", "edit", project.id))
    assert "Only the owner of Churn or an admin can do this" in mei.modal()


def test_a_form_with_made_up_ids_changes_nothing(bot: Running, before: Any) -> None:
    fields = {"name": "Mine now", "key": "mine", "exposure": "1"}
    for who, form, value in (
        ("olivia", "project", "no-such-project"),
        ("olivia", "no-such-form", ""),
        ("dan", "project", project_of(bot).id),
        ("olivia", "questionnaire", "nobody"),
        ("dan", "questionnaire", interview_of(bot).id),
        ("olivia", "details", "x"),
        ("olivia", "details", f"{interview_of(bot).id}|no-such-question|evidence|"),
        ("olivia", "details", f"{interview_of(bot).id}|data-pipeline-stability|no-such-follow-up|"),
        ("dan", "details", f"{interview_of(bot).id}|data-pipeline-stability|evidence|"),
    ):
        assert send(bot, form_payload(bot, who, form, value, fields)).status == 200, (who, form)
    for wrong in ({"exposure": "9"}, {"exposure": "1", "target": "x"}, {"exposure": "1", "cadence": "hourly"}):
        assert b"errors" in send(bot, form_payload(bot, "olivia", "project", "", {"name": "X", **wrong})).body, wrong
    assert rows(bot)["project"] == before["project"]
    assert rows(bot)["project_role"] == before["project_role"]


def test_a_person_whom_nobody_knows_is_met_and_may_read_no_answer(bot: Running, before: Any) -> None:
    body = a_command(bot, "why churn").replace(b"U0OLIVIA", b"U0NOBODY")
    assert signed_post(bot, body, FORM) == 200
    assert rows(bot) == before
