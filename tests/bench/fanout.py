"""A weekly reminder to 10,000 people under Slack's limits, in a time that runs faster, beside a bare client."""

import json
from contextlib import ExitStack
from datetime import timedelta
from typing import Any
from urllib.request import urlopen

from sqlalchemy import insert, update

from storage.assessments import ASSESSMENT, INTERVIEW
from storage.calendar import APPOINTMENT
from storage.due import OUTBOX
from storage.engine import make_engines
from tests.bench.child import Child, child, started
from tests.bench.crowd import FOUNDED, T, crowd
from tests.bench.databases import postgresql_server, postgresql_url, sqlite_url
from tests.bench.figures import Figure
from tests.bench.limited_app import IN_A_MINUTE, MINUTE
from tests.bench.sending_child import BEGIN

PEOPLE = 10_000
SCALE = 20.0
STRETCH = 10
"""Seconds of fan-out for each second of load; all are reached by `--seconds 11`."""
BARE_SECONDS = 2.0


def measure(seconds: float) -> list[Figure]:
    """On both databases."""
    figures = []
    with sqlite_url("fanout") as url:
        figures += _database("SQLite", url, seconds * STRETCH)
    with ExitStack() as stack:
        server = stack.enter_context(postgresql_server())
        if server:
            url = stack.enter_context(postgresql_url(server, "fanout"))
            figures += _database("PostgreSQL", url, seconds * STRETCH)
    return figures


def _database(name: str, url: str, seconds: float) -> list[Figure]:
    owe(url, PEOPLE)
    with child("limited", scale=SCALE) as slack, child("limited", limited=False) as open_to_all:
        options = {"url": url, "api_url": _api(slack), "scale": SCALE}
        with started("tests.bench.sending_child", "product", json.dumps(options)) as ours:
            spent = ours.ask(str(seconds))["cpu"]
        seen = _seen(slack)
        options = {"api_url": _api(open_to_all), "body": seen["body"]}
        with started("tests.bench.sending_child", "bare", json.dumps(options)) as yardstick:
            bare = yardstick.ask(str(BARE_SECONDS))["cpu"] / _seen(open_to_all)["posted"]
    posted, passed = seen["posted"], seen["last"] - seen["first"]
    each = spent / posted
    told = f"{posted:,} posts in {passed:.0f} s ({passed / SCALE:.0f} s at {SCALE:.0f} x), doubled {seen['doubled']}"
    opened = f"beside {seen['calls'].get('conversations.open', 0):,} conversations opened"
    allowed = IN_A_MINUTE / MINUTE * passed
    refused = 100 * seen["refused"] / (posted + seen["refused"])
    cpu = f"{each * 1e6:,.0f} to {bare * 1e6:,.0f} us"
    label = f"{name}: {PEOPLE:,} reminders"
    return [
        Figure("fanout", f"{label}, share of the allowed pace", posted / allowed, "", 0.97, beside=told),
        Figure("fanout", f"{label}, refused with 429", refused, "%", 0.5, at_least=False, beside=opened),
        Figure("fanout", f"{label}, CPU per message : bare client", each / bare, "x", 2.0, at_least=False, beside=cpu),
    ]


def owe(url: str, people: int) -> None:
    """A crowd of which everybody owes an answer, and is owed a reminder that a date brought."""
    crowd(url, people)
    engines = make_engines(url)
    with engines.writing.begin() as connection:
        connection.execute(APPOINTMENT.delete())
        connection.execute(OUTBOX.delete().where(OUTBOX.c.done_at.is_(None)))
        connection.execute(update(ASSESSMENT).values(deadline=BEGIN + timedelta(days=7)))
        connection.execute(insert(INTERVIEW), [_interview(number) for number in range(people)])
        connection.execute(insert(OUTBOX), [_reminder(number) for number in range(people)])
    with engines.writing.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("VACUUM ANALYZE")
    engines.dispose()


def _interview(number: int) -> dict[str, Any]:
    nothing: dict[str, Any] = {"notes": {}, "asked": {}, "wanted": []}
    nothing |= {name: [] for name in ("answered", "skipped", "handed", "again", "doubted", "passed")}
    return {
        **nothing,
        "tenant_id": T,
        "id": f"i{number}",
        "project_id": f"p{number}",
        "assessment_id": f"a{number}",
        "respondent_id": f"u{number}",
        "questions": ["data-pipeline-stability", "rollback-capability"],
        "opened_at": FOUNDED,
        "phase": "asking",
        "current": "data-pipeline-stability",
    }


def _reminder(number: int) -> dict[str, Any]:
    return {
        "tenant_id": T,
        "key": f"reminder:u{number}:2026-W48",
        "kind": "reminder",
        "subject": f"u{number}",
        "person_id": f"u{number}",
        "parameters": {},
        "stream": f"slack:T0BENCH:U{number}",
        "platform": "slack",
        "installation": "T0BENCH",
        "platform_user": f"U{number}",
        "not_before": BEGIN,
        "due_at": BEGIN,
        "put_at": BEGIN,
        "state": "pending",
        "attempts": 0,
        "unasked": True,
    }


def _api(slack: Child) -> str:
    return f"http://127.0.0.1:{slack.port}/api/"


def _seen(slack: Child) -> dict[str, Any]:
    with urlopen(f"http://127.0.0.1:{slack.port}/seen", timeout=10) as answer:
        seen: dict[str, Any] = json.load(answer)
    return seen
