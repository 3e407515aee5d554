"""The habits of this code that no linter knows; why, in `docs/decisions`."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PRODUCT = sorted(path for folder in ("bot", "storage") for path in (ROOT / folder).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
NOT_OUR_WORDS = re.compile(r"(^|_)(handler|helper|helpers|util|utils|service|processor|manager)s?$")
CATCH_ALL = {
    "bot/conversation.py",
    "bot/courier.py",
    "bot/desk.py",
    "bot/platforms/teams/endpoint.py",
    "bot/together.py",
    "bot/worker.py",
}
"""`converse`, the two loops of the worker (the courier and the tick), and the endpoint that never answers 500; where
messages are read together, so that one breaks alone; where they are put on record together, to tell all of them."""


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", [*PRODUCT, *TESTS], ids=relative)
def test_a_file_is_about_one_subject(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
    assert not NOT_OUR_WORDS.search(path.stem)


def test_everything_is_caught_only_where_a_loop_or_a_conversation_must_go_on() -> None:
    catching = {
        relative(path)
        for path in PRODUCT
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler) and isinstance(node.type, ast.Name) and node.type.id == "Exception"
    }
    assert catching == CATCH_ALL


def test_no_module_prints_but_the_command_line() -> None:
    printing = {
        relative(path)
        for path in PRODUCT
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert printing <= {"bot/command_line.py", "bot/play.py", "bot/play_teams.py"}


def test_no_wall_clock_in_the_domain() -> None:
    for path in (ROOT / "bot" / "readiness").rglob("*.py"):
        assert "datetime.now" not in path.read_text(encoding="utf-8"), relative(path)


def test_what_a_button_names_is_found_and_locked_in_one_place() -> None:
    for path in (ROOT / "bot" / "usecases").glob("*.py"):
        assert ".lock(context.tx." not in path.read_text(encoding="utf-8"), f"{relative(path)}: see locking.py"


def test_no_address_of_a_registry_in_the_requirements() -> None:
    for path in (ROOT / "requirements").iterdir():
        assert "://" not in path.read_text(encoding="utf-8"), path.name


def test_every_requirement_is_hashed() -> None:
    for name in ("app.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        for requirement in re.split(r"\n(?=\S)", text):
            if "==" in requirement:
                assert "--hash=sha256:" in requirement, requirement.splitlines()[0]
