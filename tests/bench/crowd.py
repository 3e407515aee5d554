"""Very many projects with a past, inserted at once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, insert

from storage.assessments import ASSESSMENT
from storage.calendar import APPOINTMENT
from storage.due import OUTBOX, SLOT
from storage.engine import make_engines
from storage.notices import INSTALLATION
from storage.people import ACCOUNT, PERSON
from storage.projects import PROJECT
from storage.store import TENANT

FOUNDED = datetime(2026, 1, 1, tzinfo=UTC)
DUE = datetime(2026, 11, 23, tzinfo=UTC)
"""From now on 50 notices are due; their deadline is a day later for 50 assessments, a year later for all others."""
DEADLINE = DUE + timedelta(days=1)
LATER = DUE + timedelta(days=365)
HURRIED = 50
SENT = 3
"""Notices each project has behind it."""
BATCH = 5_000
T = "t"


def crowd(database_url: str, projects: int) -> None:
    """A person, a project, an open assessment, three sent notices and one that waits, `projects` times."""
    engines = make_engines(database_url)
    with engines.writing.begin() as connection:
        connection.execute(insert(TENANT).values(id=T, created_at=FOUNDED))
        named = {"tenant_id": T, "id": "i", "platform": "slack", "external_id": "T0BENCH"}
        connection.execute(insert(INSTALLATION).values(**named))
        _insert(connection, PERSON, (_person(number) for number in range(projects)))
        _insert(connection, ACCOUNT, (_account(number) for number in range(projects)))
        _insert(connection, PROJECT, (_project(number) for number in range(projects)))
        _insert(connection, ASSESSMENT, (_assessment(number) for number in range(projects)))
        _insert(connection, APPOINTMENT, (_appointment(number) for number in range(projects)))
        _insert(connection, SLOT, (_slot(number) for number in range(projects)))
        _insert(connection, OUTBOX, (row for number in range(projects) for row in _owed(number)))
    with engines.writing.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("VACUUM ANALYZE")
    engines.dispose()


def _insert(connection: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    while batch := list(islice(rows, BATCH)):
        connection.execute(insert(table), batch)


def _person(number: int) -> dict[str, Any]:
    flags = dict.fromkeys(("is_admin", "is_manager", "home_opened"), False)
    return {
        "tenant_id": T,
        "id": f"u{number}",
        "name": f"Person {number}",
        "timezone": "UTC",
        "language": "en",
        **flags,
    }


def _account(number: int) -> dict[str, Any]:
    return {"tenant_id": T, "installation_id": "i", "platform_user": f"U{number}", "person_id": f"u{number}"}


def _project(number: int) -> dict[str, Any]:
    return {
        "tenant_id": T,
        "id": f"p{number}",
        "key": f"p{number:06}",
        "name": f"Project {number}",
        "owner_id": f"u{number}",
        "exposure": 1 + number % 5,
        "created_at": FOUNDED,
        "business_function": "",
        "team": "",
        "cadence": "automatic",
        "cadence_rule": "",
        "cadence_zone": "",
        "rank": 0,
        "counted": False,
        "folded": f"p{number:06}\nproject {number}",
        "folded_name": f"project {number}",
    }


def _assessment(number: int) -> dict[str, Any]:
    return {
        "tenant_id": T,
        "id": f"a{number}",
        "project_id": f"p{number}",
        "framework_id": "poc-to-production",
        "framework_version": "1.0",
        "opened_at": FOUNDED,
        "opened_by": f"u{number}",
        "deadline": DEADLINE if number < HURRIED else LATER,
        "state": "open",
    }


def _appointment(number: int) -> dict[str, Any]:
    at = DEADLINE if number < HURRIED else LATER
    of = {"tenant_id": T, "kind": "deadline", "subject": f"a{number}", "project_id": f"p{number}"}
    return {**of, "at": at, "due_at": at, "step": 0, "attempts": 0}


def _slot(number: int) -> dict[str, Any]:
    return {"tenant_id": T, "stream": _stream(number), "free_at": FOUNDED}


def _stream(number: int) -> str:
    return f"slack:T0BENCH:U{number}"


def _owed(number: int) -> Iterator[dict[str, Any]]:
    base = {
        "tenant_id": T,
        "kind": "question",
        "subject": f"a{number}",
        "person_id": f"u{number}",
        "parameters": {"dimension": "d", "asking": "1"},
        "stream": _stream(number),
        "platform": "slack",
        "installation": "T0BENCH",
        "platform_user": f"U{number}",
    }
    for past in range(SENT):
        done = {"state": "sent", "attempts": 1, "due_at": FOUNDED, "done_at": FOUNDED, "ref": "D:1.1"}
        yield {**base, **done, "key": f"sent:{number}:{past}"}
    due = DUE if number < HURRIED else LATER
    waiting = {"state": "pending", "attempts": 0, "due_at": due, "done_at": None, "ref": None}
    yield {**base, **waiting, "key": f"waiting:{number}"}
