"""The README and the manifests say what the code does."""

import re
from pathlib import Path

import pytest

from bot.app import slack_manifests
from bot.readiness import exported
from bot.settings import VARIABLES
from bot.wording.pages.examples_files import export_card

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_table_of_settings_names_every_variable() -> None:
    named = set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE))
    assert named == set(VARIABLES)


@pytest.mark.parametrize("name", ["slack.yaml", "slack-socket-mode.yaml"])
def test_a_manifest_is_what_the_command_table_gives(name: str) -> None:
    assert (ROOT / "manifests" / name).read_text(encoding="utf-8") == slack_manifests()[name]


def test_every_path_in_the_map_of_the_code_exists() -> None:
    for path in re.findall(r"^\| `([a-z_./]+)` \|", README, re.MULTILINE):
        assert (ROOT / path).exists(), path


def test_every_make_target_named_in_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", README)) <= targets


def test_the_description_of_the_export_names_every_field() -> None:
    text = (ROOT / "docs" / "export.md").read_text(encoding="utf-8")
    card = export_card()
    whole = next(exported.projects(card))
    parts = [exported.header(card), whole, whole["milestones"][0], whole["assessments"][0], whole["answers"][0]]
    for name in {name for part in parts for name in part}:
        assert f"`{name}`" in text, name
    assert f"`{', '.join(exported.STANDINGS)}`" in text
