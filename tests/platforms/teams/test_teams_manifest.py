"""The app package: what Teams takes, and that it says what the table of commands says."""

import io
import json
import re
import zipfile
from typing import Any

import pytest
from jsonschema import Draft4Validator
from PIL import Image

from bot.commands import COMMANDS, MENUS
from bot.manifests import teams_files, teams_menus
from bot.platforms.teams import manifest as made
from bot.platforms.teams.icons import COLOUR_SIZE, OUTLINE_SIZE, colour_icon, outline_icon
from bot.platforms.teams.manifest import localization, manifest, package
from bot.wording.engine import LANGUAGES
from tests.npm import installed

APP_ID = "22222222-2222-4222-8222-22222222222b"
ADDRESS = "https://bot.example.com"


def whole() -> dict[str, Any]:
    return manifest(APP_ID, teams_menus("en"), ("Short", "Long"), "1.2.3", ADDRESS)


@pytest.mark.parametrize(
    ("schema", "name"),
    [("MicrosoftTeams.schema.json", "manifest.json"), ("MicrosoftTeams.Localization.schema.json", "de.json")],
)
def test_teams_takes_it(schema: str, name: str) -> None:
    folder = installed("@microsoft/app-manifest", "1.1.2") / "build/json-schemas/teams" / f"v{made.VERSION}"
    validator = Draft4Validator(json.loads((folder / schema).read_text("utf-8-sig")))
    content = json.loads(teams_files(APP_ID, ADDRESS)[name])
    assert [fault.message for fault in validator.iter_errors(content)] == []
    assert list(validator.iter_errors(content | {"commands": []})), "the schema refuses what it does not know"


def test_the_bot_is_the_app_and_serves_chats_teams_and_groups() -> None:
    (bot,) = whole()["bots"]
    assert (whole()["id"], bot["botId"]) == (APP_ID, APP_ID)
    assert bot["scopes"] == ["personal", "team", "groupChat"]
    assert [each["scopes"] for each in bot["commandLists"]] == [["personal"], ["team"], ["groupChat"]]
    assert bot["supportsFiles"] is True


def test_every_permission_is_explained() -> None:
    for permission in whole()["permissions"]:
        assert f"| {permission} |" in (made.__doc__ or "")
    assert "authorization" not in whole()


def test_a_menu_offers_what_the_table_has() -> None:
    for menu in MENUS.values():
        assert len(set(menu)) == len(menu)
        assert all(word in COMMANDS[command] for command, word in menu)


def test_a_line_of_the_menu_says_what_is_typed_and_what_it_does() -> None:
    assert teams_menus("en")["team"][0] == (
        "readiness status",
        "Stage, blockers and next steps: readiness status <project>",
    )
    assert teams_menus("de")["personal"][8] == (
        "portfolio",
        "Alle Projekte: Stufen, Blocker und die Stufe der Organisation",
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_limits_of_a_menu_are_kept(language: str) -> None:
    for commands in teams_menus(language).values():
        assert len(commands) <= made.COMMANDS_MOST
        assert all(len(typed) <= made.COMMAND_UNITS and 0 < len(text) <= 200 for typed, text in commands)


def test_every_description_is_said_in_german_as_well() -> None:
    german = localization(teams_menus("de"), ("Kurz", "Lang"))
    placed = {
        f"bots[0].commandLists[{number}].commands[{place}].description": command["title"]
        for number, each in enumerate(whole()["bots"][0]["commandLists"])
        for place, command in enumerate(each["commands"])
    }
    assert {name for name in german if name.startswith("bots")} == set(placed)
    assert german["bots[0].commandLists[0].commands[0].description"] == "Mit deiner nächsten Frage weitermachen"


def test_an_eleventh_command_is_refused_here() -> None:
    with pytest.raises(ValueError, match="11 commands in 'team'"):
        manifest(APP_ID, {"team": [("x", "y")] * 11}, ("", ""), "1.0.0", ADDRESS)


def test_the_package_holds_its_files_at_the_root_and_is_always_the_same() -> None:
    content = teams_files(APP_ID, ADDRESS)
    packed = package(content)
    assert packed == package(content)
    with zipfile.ZipFile(io.BytesIO(packed)) as inside:
        assert inside.namelist() == ["manifest.json", "de.json", "color.png", "outline.png"]
        said = json.loads(inside.read("manifest.json"))
    assert said["id"] == APP_ID
    assert re.fullmatch(r"\d+\.\d+\.\d+", said["version"])
    assert set(said["icons"].values()) == {"color.png", "outline.png"}


def test_the_icons_are_as_large_as_teams_wants_them() -> None:
    with Image.open(io.BytesIO(colour_icon())) as colour:
        assert (colour.size, colour.format) == ((COLOUR_SIZE, COLOUR_SIZE), "PNG")
        assert colour.convert("RGBA").getchannel("A").getextrema() == (255, 255)
        assert colour.getpixel((0, 0)) == (0x14, 0x5C, 0x72, 255)
    with Image.open(io.BytesIO(outline_icon())) as outline:
        assert (outline.size, outline.format) == ((OUTLINE_SIZE, OUTLINE_SIZE), "PNG")
        red, green, blue, opacity = outline.convert("RGBA").split()
        assert [band.getextrema() for band in (red, green, blue)] == [(255, 255)] * 3
        assert opacity.getextrema() == (0, 255)
