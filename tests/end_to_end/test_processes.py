"""The command line and the addresses of a running process."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import create_engine

from bot.playground.server import LocalSlack, Served
from bot.web import web_app
from storage.migrate import migrate
from tests.end_to_end.deeds import as_json
from tests.end_to_end.processes import environment, free_port, process, run
from tests.readiness.conftest import CASES
from tests.running import Running, described, settings_for


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with LocalSlack(manifest=described()) as local:
        yield local


@pytest.fixture
def given(slack: LocalSlack, tmp_path: Path) -> dict[str, str]:
    return environment(f"sqlite:///{tmp_path / 'b.sqlite'}", tmp_path, slack, free_port())


def get(bot: Running, path: str) -> httpx.Response:
    return httpx.get(httpx.URL(bot.slack.bot_url or "").join(path), trust_env=False)


def test_a_running_bot_is_healthy_and_ready(bot: Running) -> None:
    bot.as_("olivia").command("/readiness", "help")
    assert (get(bot, "/healthz").status_code, get(bot, "/healthz").json()) == (200, {"ok": True})
    assert get(bot, "/readyz").json()["ok"] is True


def test_on_a_wrong_revision_it_is_healthy_and_not_ready(bot: Running) -> None:
    engine = create_engine(bot.parts.settings.database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'another'")
    engine.dispose()
    assert get(bot, "/healthz").status_code == 200
    answer = get(bot, "/readyz")
    assert answer.status_code == 503
    assert "another" in answer.json()["database"] or "migrate" in answer.json()["database"]


def test_the_clock_moves_only_for_who_signs(bot: Running) -> None:
    body = as_json({"now": "2031-01-01T09:00:00+00:00"})
    before = bot.clock.offset
    for headers in ({}, bot.slack.signed(b"another"), bot.slack.signed(body, at=1)):
        assert bot.slack.send("/play/clock", body, headers).status_code == 401
    for wrong in (b"", b"{}", b"[]", b'{"now": 7}', b'{"now": "soon"}'):
        assert bot.slack.send("/play/clock", wrong, bot.slack.signed(wrong)).status_code == 400, wrong
    assert bot.clock.offset == before
    assert bot.slack.send("/play/clock", body, bot.slack.signed(body)).status_code == 200
    assert bot.clock.now().year == 2031


def test_without_the_playground_there_is_no_clock_to_move(
    slack: LocalSlack, tmp_path: Path, sqlite_template: Path
) -> None:
    from bot.app import compose

    (tmp_path / "b.db").write_bytes(sqlite_template.read_bytes())
    parts = compose(settings_for(f"sqlite:///{tmp_path / 'b.db'}", slack, tmp_path))
    with Served(web_app(parts)) as served:
        body = as_json({"now": "2031-01-01T09:00:00+00:00"})
        answer = httpx.post(f"{served.url}/play/clock", content=body, headers=slack.signed(body), trust_env=False)
    assert answer.status_code == 404


def test_score_scores_a_case(given: dict[str, str], tmp_path: Path) -> None:
    case: Any = CASES["cases"][0]
    file = tmp_path / "case.json"
    file.write_text(json.dumps(case))
    for done in (run("score", str(file), given=given), run("score", "-", given=given, text=json.dumps(case))):
        assert (done.returncode, done.stderr) == (0, "")
        assert json.loads(done.stdout) == case["expected"]


def test_score_names_every_fault_of_a_case_at_once(given: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps({"exposure_E": 7, "answers": {"D1": {"level": 9, "ev": "asserted"}, "X": {}}}))
    done = run("score", str(file), given=given)
    assert (done.returncode, done.stdout) == (2, "")
    for fault in ("exposure_E: expected 1 to 5, got 7", "D1", "9", "X"):
        assert fault in done.stderr
    assert "Traceback" not in done.stderr
    assert "not JSON" not in done.stderr


@pytest.mark.parametrize(("name", "text"), [("nothing.json", None), ("broken.json", "{"), ("bytes.json", "\udcff")])
def test_score_refuses_a_file_that_is_none(given: dict[str, str], tmp_path: Path, name: str, text: str | None) -> None:
    if text is not None:
        (tmp_path / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    done = run("score", str(tmp_path / name), given=given)
    assert (done.returncode, done.stdout) == (2, "")
    assert name in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["serve", "web", "worker"])
def test_every_missing_setting_is_named_in_one_message(given: dict[str, str], command: str) -> None:
    kept = {name: value for name, value in given.items() if not name.startswith("SLACK_")}
    done = run(command, given=kept | {"PORT": "many", "BRIDGEHEAD_TIMEZONE": "Mars/Olympus"})
    assert (done.returncode, done.stdout) == (2, "")
    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "PORT", "BRIDGEHEAD_TIMEZONE"):
        assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_web_and_worker_refuse_a_database_without_its_tables_and_migrate_repairs_it(given: dict[str, str]) -> None:
    for command in ("web", "worker"):
        done = run(command, given=given)
        assert (done.returncode, done.stdout) == (2, "")
        assert "migrate" in done.stderr
        assert "Traceback" not in done.stderr
    for _ in range(2):
        done = run("migrate", given=given)
        assert (done.returncode, done.stdout) == (0, "The database is up to date.\n")
    migrate(given["DATABASE_URL"])


def test_help_names_every_command(given: dict[str, str]) -> None:
    done = run("--help", given=given)
    assert done.returncode == 0
    for command in ("serve", "web", "worker", "migrate", "play", "manifests", "score"):
        assert command in done.stdout


def test_a_served_request_leaves_no_line_in_the_log(given: dict[str, str], tmp_path: Path) -> None:
    log = tmp_path / "log"
    with process("serve", given=given, log=log, is_anew=True) as served:
        assert httpx.get(f"{served.url}/healthz", trust_env=False).status_code == 200
        served.kill(signal.SIGTERM)
    assert "startup complete" in log.read_text()
    assert "healthz" not in log.read_text()
