"""`kill -9` at the worst moments: after the restart nothing is lost, and nothing was said twice."""

import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.playground.server import LocalSlack
from storage.due import OPEN, OUTBOX
from storage.engine import make_engines
from tests.end_to_end.processes import Process, environment, free_port, process
from tests.running import described, wait_until

PATIENCE = 45.0
ROLES = {"role_data-engineering": "dan", "role_operations": "omar", "role_risk": "emma", "role_user-lead": "ravi"}


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with LocalSlack(manifest=described(), retry_scale=0.01) as local:
        yield local


@pytest.fixture
def served(slack: LocalSlack, tmp_path: Path, sqlite_url: str) -> Iterator[Process]:
    """`bridgehead serve` on an empty database."""
    given = environment(sqlite_url, tmp_path, slack, free_port())
    slack.bot_url = f"http://127.0.0.1:{given['PORT']}/slack/events"
    with process("serve", given=given, log=tmp_path / "log") as made:
        yield made


def project(slack: LocalSlack, **fields: Any) -> None:
    olivia = slack.as_("olivia")
    olivia.command("/readiness", "new")
    olivia.wait_for_modal("Save", PATIENCE)
    assert olivia.submit({"name": "Churn", "key": "churn", "exposure": "1", **fields}) is None
    olivia.wait_for("Churn is set up", timeout=PATIENCE)


def said(slack: LocalSlack, who: str, words: str, channel: str | None = None) -> int:
    return sum(words in m.text for m in slack.as_(who).messages(channel) if m.from_bot)


def hangs(slack: LocalSlack, times: int = 1) -> None:
    wait_until(lambda: _posts(slack) >= times, "nothing was about to be sent", PATIENCE)


def _posts(slack: LocalSlack) -> int:
    with slack.workspace.lock:
        return PENDING["hang"] - sum(f.count or 0 for f in slack.workspace.faults._faults)


PENDING: Counter[str] = Counter()


def nothing_is_owed(database_url: str) -> None:
    """Wait until every notice is settled: what a killed process holds would wait for its lease."""
    engines = make_engines(database_url)

    def settled() -> bool:
        with engines.reading.connect() as connection:
            return connection.execute(select(func.count()).select_from(OUTBOX).where(OPEN)).scalar_one() == 0

    try:
        wait_until(settled, "something is still owed", PATIENCE)
    finally:
        engines.dispose()


def let_hang(slack: LocalSlack, count: int) -> None:
    PENDING["hang"] = count
    slack.fault("chat.postMessage", "hang", count=count, seconds=60)


def test_killed_between_the_commit_and_the_sending(slack: LocalSlack, served: Process) -> None:
    project(slack)
    let_hang(slack, 1)
    slack.as_("olivia").command("/readiness", "start churn")
    hangs(slack)
    served.kill()
    slack.clear_faults()
    assert said(slack, "olivia", "question 1 of 10") == 0
    served.start()
    slack.as_("olivia").wait_for("question 1 of 10", timeout=PATIENCE)
    slack.as_("olivia").say("1")
    slack.as_("olivia").wait_for("question 2 of 10", timeout=PATIENCE)
    assert said(slack, "olivia", "question 1 of 10") == 0, "it shrank to its answer, and there is no second one"
    assert said(slack, "olivia", "Data Pipeline Stability ·") == 1


def test_killed_after_slack_took_the_message_and_before_we_knew(slack: LocalSlack, served: Process) -> None:
    project(slack)
    slack.fault("chat.postMessage", "drop")
    slack.as_("olivia").command("/readiness", "start churn")
    slack.as_("olivia").wait_for("question 1 of 10", timeout=PATIENCE)
    served.kill()
    served.start()
    slack.as_("olivia").say("1")
    slack.as_("olivia").wait_for("question 2 of 10", timeout=PATIENCE)
    assert said(slack, "olivia", "question 1 of 10") == 0
    assert said(slack, "olivia", "Data Pipeline Stability · Level 1") == 1


def test_killed_in_the_middle_of_an_interview_right_after_each_answer(slack: LocalSlack, served: Process) -> None:
    project(slack, **{"role_ml-engineering": "dan"})
    slack.as_("olivia").command("/readiness", "start churn")
    dan = slack.as_("dan")
    for number in (1, 2):
        dan.wait_for(f"question {number} of 2", timeout=PATIENCE)
        dan.say("1")
        served.kill()
        served.start()
    dan.wait_for("Thank you, that was all", timeout=PATIENCE)
    dan.wait_for("Model Monitoring · Level 1", timeout=PATIENCE)
    assert said(slack, "dan", "Feature Store Readiness · Level 1") == 1
    assert said(slack, "dan", "2 of 2.") == 1


def test_killed_while_messages_for_many_wait(slack: LocalSlack, served: Process) -> None:
    project(slack, **ROLES)
    let_hang(slack, 5)
    slack.as_("olivia").command("/readiness", "start churn")
    hangs(slack, 5)
    served.kill()
    slack.clear_faults()
    served.start()
    for who in ("olivia", *ROLES.values()):
        slack.as_(who).wait_for("question 1 of", timeout=PATIENCE)
    served.kill()
    served.start()
    slack.as_("dan").say("1")
    slack.as_("dan").wait_for("Thank you, that was all", timeout=PATIENCE)
    for who in ("olivia", "omar", "emma", "ravi"):
        assert said(slack, who, "question 1 of") == 1


def test_an_event_that_came_while_it_was_dead_is_taken_when_slack_repeats_it(
    slack: LocalSlack, served: Process
) -> None:
    project(slack)
    slack.as_("olivia").command("/readiness", "start churn")
    slack.as_("olivia").wait_for("question 1 of 10", timeout=PATIENCE)
    served.kill()
    slack.sender.retry_scale = 0.05  # again after 0, 3 and 18 s
    slack.as_("olivia").say("1")
    served.start()
    slack.as_("olivia").wait_for("question 2 of 10", timeout=PATIENCE)
    assert said(slack, "olivia", "Data Pipeline Stability · Level 1") == 1


def test_a_polite_end_finishes_what_it_began(slack: LocalSlack, served: Process) -> None:
    project(slack)
    slack.as_("olivia").command("/readiness", "start churn")
    served.kill(signal.SIGTERM)
    assert served.running
    assert served.running.poll() in (0, -signal.SIGTERM)
    served.start()
    slack.as_("olivia").wait_for("question 1 of 10", timeout=PATIENCE)
    assert said(slack, "olivia", "question 1 of 10") == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_several_processes_on_postgresql_go_on_without_the_one_that_died(
    slack: LocalSlack, database_url: str, tmp_path: Path
) -> None:
    """What the dead one was about to send waits for its lease of a minute; the rest goes on at once."""
    given = environment(database_url, tmp_path, slack, free_port())
    other = given | {"PORT": str(free_port())}
    with (
        process("web", given=given, log=tmp_path / "web") as web,
        process("web", given=other, log=tmp_path / "other") as second,
        process("worker", given=other, log=tmp_path / "worker") as worker,
    ):
        slack.bot_url = f"{web.url}/slack/events"
        project(slack, **{"role_ml-engineering": "dan", "role_operations": "dan"})
        slack.as_("olivia").command("/readiness", "start churn")
        dan = slack.as_("dan")
        for number in (1, 2):
            dan.wait_for(f"question {number} of 4", timeout=PATIENCE)
            dan.say("1")
        dan.wait_for("question 3 of 4", timeout=PATIENCE)
        nothing_is_owed(database_url)
        web.kill()
        worker.kill()
        slack.bot_url = f"{second.url}/slack/events"
        for number in (3, 4):
            dan.wait_for(f"question {number} of 4", timeout=PATIENCE)
            dan.say("1")
        dan.wait_for("Thank you, that was all", timeout=PATIENCE)
        nothing_is_owed(database_url)
        assert said(slack, "dan", "Thank you, that was all") == 1
        assert said(slack, "dan", " · Level 1") == 4
