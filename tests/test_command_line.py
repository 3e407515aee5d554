"""Frameworks on the command line: every fault at once with exit code 2, and the same pages as in chat."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.chat.incoming import Actor
from bot.command_line import BAD_INPUT, cli
from storage.engine import make_engines
from storage.migrate import migrate
from storage.store import Store
from tests.frameworks import documented, faulty

CASE = {"exposure_E": 2, "answers": {"D1": {"level": 3, "ev": "linked"}}}


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path / 'bot.sqlite'}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("BRIDGEHEAD_DATA", str(tmp_path))
    return url


def speak(url: str, *workspaces: str) -> None:
    """Somebody of each workspace speaks to the bot for the first time."""
    migrate(url)
    engines = make_engines(url)
    for workspace in workspaces:
        with Store(engines).writing(Actor("slack", workspace, "U1")):
            pass
    engines.dispose()


def run(*words: str, given: str | None = None) -> Any:
    return CliRunner().invoke(cli, list(words), input=given)


def written(folder: Path, content: str) -> str:
    path = folder / "own.yaml"
    path.write_text(content, encoding="utf-8")
    return str(path)


def test_check_names_every_fault_with_its_place_and_needs_no_database(tmp_path: Path) -> None:
    path = written(tmp_path, faulty())
    found = run("framework", "check", path)
    assert found.exit_code == BAD_INPUT
    assert f"{path}: line 3, column 9: method: expected cumulative, got average" in found.stderr
    assert len(found.stderr.strip().splitlines()) == 3
    assert found.stdout == ""


def test_check_says_that_a_file_holds_together(tmp_path: Path) -> None:
    found = run("framework", "check", written(tmp_path, documented()))
    assert found.exit_code == 0
    assert "holds together: claims-automation 1.0, dimensions: 1." in found.stdout


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"\xff\xfe", "no UTF-8 text"), (b"x" * 1_000_001, "larger than 1 MB"), (b"", "line 1, column 1")],
    ids=["binary", "large", "empty"],
)
def test_what_is_no_framework_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_bytes(content)
    found = run("framework", "check", str(path))
    assert found.exit_code == BAD_INPUT
    assert told in found.stderr


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    found = run("framework", "check", str(tmp_path / "none.yaml"))
    assert found.exit_code == BAD_INPUT
    assert "none.yaml: No such file" in found.stderr


def test_an_import_is_current_and_listed(tmp_path: Path, database: str) -> None:
    speak(database, "T1")
    found = run("framework", "import", written(tmp_path, documented()))
    assert found.exit_code == 0, found.stderr
    assert "Claims automation, version 1.0, is imported and current from now on." in found.stdout
    listed = run("framework", "list").stdout
    assert "Claims automation, version 1.0 (claims-automation 1.0) · current · imported" in listed
    assert "on the command line" in listed
    assert "D1 Second look | Trust | 1 ! | 2 ! | 3 ! | 3 !" in run("framework", "show").stdout
    assert "D10 User Adoption Plan" in run("framework", "show", "poc-to-production").stdout
    refused = run("framework", "import", written(tmp_path, documented().replace("Look at ten", "Look at two")))
    assert refused.exit_code == BAD_INPUT
    assert "says something else" in refused.stderr


def test_an_import_with_faults_changes_nothing(tmp_path: Path, database: str) -> None:
    speak(database, "T1")
    found = run("framework", "import", written(tmp_path, faulty()))
    assert found.exit_code == BAD_INPUT
    assert len(found.stderr.strip().splitlines()) == 3
    assert "Claims" not in run("framework", "list").stdout


def test_several_workspaces_have_to_be_told_apart(tmp_path: Path, database: str) -> None:
    speak(database)
    assert "No workspace has spoken to the bot yet" in run("framework", "list").stderr
    speak(database, "T1", "T2")
    assert "Name one with --workspace: T1, T2" in run("framework", "list").stderr
    path = written(tmp_path, documented())
    assert run("framework", "import", path, "--workspace", "T2").exit_code == 0
    assert "Claims" in run("framework", "list", "--workspace", "T2").stdout
    assert "Claims" not in run("framework", "list", "--workspace", "T1").stdout


def test_without_a_database_the_way_out_is_named(database: str) -> None:
    found = run("framework", "list")
    assert found.exit_code == BAD_INPUT
    assert "Run: bridgehead migrate" in found.stderr


def test_a_version_that_is_none_is_refused_with_those_there_are(database: str) -> None:
    speak(database, "T1")
    found = run("framework", "show", "poc-to-production", "7")
    assert found.exit_code == BAD_INPUT
    assert "There are: poc-to-production 1.0" in found.stderr


def test_a_case_is_scored_by_a_framework_of_ones_own(tmp_path: Path) -> None:
    path = written(tmp_path, documented())
    found = run("score", "-", "--framework", path, given=json.dumps(CASE))
    assert found.exit_code == 0, found.stderr
    assert json.loads(found.stdout)
    assert run("score", "-", given=json.dumps(CASE)).exit_code == BAD_INPUT
    assert "column 9" in run("score", "-", "--framework", written(tmp_path, faulty()), given="{}").stderr


TABLE = "key,name,exposure,owner\nchurn,=Churn,2,U0OLIVIA\nnotes,Notes,1,U0OLIVIA\n"


def test_projects_come_from_a_table_and_go_out_as_files(tmp_path: Path, database: str) -> None:
    speak(database, "T1")
    path = written(tmp_path, TABLE)
    looked = run("import", path, "--dry-run")
    assert looked.exit_code == 0, looked.stderr
    assert "2 projects are new" in looked.stdout
    assert run("export", "--format", "csv").stdout.count("\n") == 1
    assert "The table is imported" in run("import", path).stdout
    assert "There is nothing to do" in run("import", path).stdout
    table = run("export", "--format", "csv").stdout
    assert "churn,'=Churn,," in table
    assert "There is nothing to do" in run("import", written(tmp_path, table)).stdout
    chosen = run("export", "--format", "json", "--filter", "exposure:2", "--filter", "unassessed")
    assert [each["key"] for each in json.loads(chosen.stdout)["projects"]] == ["churn"]
    page = tmp_path / "portfolio.html"
    assert f"{page} is written." in run("export", "--format", "html", "--out", str(page)).stdout
    assert "<code>notes</code>" in page.read_text(encoding="utf-8")
    assert run("export", "--format", "csv", "--history").stdout.startswith("\ufeffkey,number,taken_at")


def test_a_table_with_faults_is_refused_whole_and_every_fault_is_named(tmp_path: Path, database: str) -> None:
    speak(database, "T1")
    path = written(tmp_path, TABLE.replace("notes,Notes,1", "notes,,7"))
    refused = run("import", path)
    assert refused.exit_code == BAD_INPUT
    assert refused.stderr.splitlines() == [
        f"{path}: Line 3, column name: this is empty, and a new project needs it",
        f"{path}: Line 3, column exposure: “7” is none of 1, 2, 3, 4, 5",
        "Nothing has changed, not even by the lines without a fault.",
    ]
    assert json.loads(run("export").stdout)["projects"] == []
    assert "none.csv: No such file" in run("import", str(tmp_path / "none.csv")).stderr


def test_filters_that_cannot_be_read_leave_no_file(tmp_path: Path, database: str) -> None:
    speak(database, "T1")
    out = tmp_path / "out.json"
    refused = run("export", "--filter", "stagee:3", "--out", str(out))
    assert refused.exit_code == BAD_INPUT
    assert "stagee" in refused.stderr
    assert list(tmp_path.glob("out*")) == []
    assert run("export", "--format", "all").exit_code == BAD_INPUT
