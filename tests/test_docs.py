"""The README and the manifests say what the code does."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.commands import READINESS
from bot.manifests import slack_manifests, teams_files
from bot.readiness import exported
from bot.readiness.standings import HISTORY, STANDINGS
from bot.settings import VARIABLES
from bot.wording.pages.examples_files import export_card

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
TESTS = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))


def test_the_table_of_settings_names_every_variable() -> None:
    named = set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE))
    assert named == set(VARIABLES)


@pytest.mark.parametrize("name", ["slack.yaml", "slack-socket-mode.yaml"])
def test_a_manifest_is_what_the_command_table_gives(name: str) -> None:
    assert (ROOT / "manifests" / name).read_text(encoding="utf-8") == slack_manifests()[name]


def test_the_manifest_for_teams_is_what_the_command_table_gives() -> None:
    folder, made = ROOT / "manifests" / "teams", teams_files()
    assert sorted(path.name for path in folder.iterdir()) == sorted(made)
    for name, content in made.items():
        found = (folder / name).read_bytes()
        if name.endswith(".png"):
            # Another zlib may pack the same points in other bytes.
            with Image.open(BytesIO(found)) as stored, Image.open(BytesIO(content)) as drawn:
                assert stored.tobytes() == drawn.tobytes(), name
        else:
            assert found == content, name


def test_every_path_in_the_map_of_the_code_exists() -> None:
    for path in re.findall(r"^\| `([a-z_./]+)` \|", README, re.MULTILINE):
        assert (ROOT / path).exists(), path


def test_every_make_target_named_in_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", README)) <= targets


def test_the_description_of_the_export_names_every_field() -> None:
    text = (ROOT / "docs" / "export.md").read_text(encoding="utf-8")
    card = export_card()
    whole = exported.project(next(iter(card.projects)))
    lists = {name: value for name, value in whole.items() if isinstance(value, list)}
    assert all(lists.values()), "the example has one of each"
    parts = [
        exported.header(card),
        whole,
        *map(exported.person, card.people()),
        *(value[0] for value in lists.values()),
        whole["blockers"][0]["history"][0],
    ]
    for name in {name for part in parts for name in part}:
        assert f"`{name}`" in text, name
    assert f"`{', '.join(STANDINGS)}`" in text
    assert f"`{', '.join(HISTORY)}`" in text


def test_every_command_is_in_the_readme() -> None:
    rows = "".join(re.findall(r"^\| `/.*", README, re.MULTILINE))
    for word in {word.partition(" ")[0] for word in READINESS}:
        assert re.search(rf"`(/readiness )?{word}`", rows), word


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_page_points_at_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#:\s]+)\)", text):
        assert (page.parent / link).exists(), link
    for path in re.findall(r"`((?:bot|docs|storage|tests)/[\w./*-]+)`", text):
        assert any(ROOT.glob(path.rstrip("/"))), path
    for test in re.findall(r"`(test_\w+)`", text):
        assert f"def {test}(" in TESTS, test


def test_every_decision_has_a_number_of_its_own_and_stands_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    names = [path.name for path in sorted(folder.glob("0*.md"))]
    assert len({name[:4] for name in names}) == len(names)
    for name in names:
        assert int(re.findall(r"\d+", (folder / name).read_text(encoding="utf-8"))[0]) == int(name[:4]), name
    index = (folder / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\]\((0[^)]+)\)", index) == names
