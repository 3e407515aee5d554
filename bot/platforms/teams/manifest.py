"""The app package that is uploaded to Teams: its manifest, the same words in German, and two icons.

| asked for | why |
|---|---|
| identity | who somebody is |
| messageTeamMembers | interviews, reminders and alerts, which nobody asked for at that moment |
| supportsFiles | a framework shared as a file in our chat |

Nothing of a team is read that is not said to the bot, and no permission on Microsoft Graph is asked for.
Source: developer.microsoft.com/json-schemas/teams/v1.22.
"""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from bot.platforms.teams.icons import ACCENT, colour_icon, outline_icon
from bot.platforms.text import shorten

Menus = Mapping[str, Sequence[tuple[str, str]]]
"""Scope -> what is typed and what it does, in one language."""

VERSION = "1.22"
SCHEMA = f"https://developer.microsoft.com/json-schemas/teams/v{VERSION}/MicrosoftTeams.schema.json"
LOCALIZATION = SCHEMA.replace("MicrosoftTeams.schema", "MicrosoftTeams.Localization.schema")
NO_ID = "00000000-0000-0000-0000-000000000000"
"""Stands in the manifest until it is known which bot it is for."""
SCOPES = ("personal", "team", "groupChat")
NAME = "Bridgehead"
COMMANDS_MOST, COMMAND_UNITS, COMMAND_DESCRIPTION_UNITS, DESCRIPTION_UNITS, TEXT_UNITS = 10, 128, 4_000, 80, 4_000
WHEN = (2026, 1, 1, 0, 0, 0)
"""Of every file in the package, so that the same bot makes the same package."""


def manifest(app_id: str, menus: Menus, description: tuple[str, str], version: str, address: str) -> dict[str, Any]:
    """For the bot of this Entra app id; `address` is where people read about it. `description`: short and whole."""
    lists = [_listed(scope, menus[scope]) for scope in SCOPES if scope in menus]
    return {
        "$schema": SCHEMA,
        "manifestVersion": VERSION,
        "version": version,
        "id": app_id,
        "developer": {
            "name": NAME,
            "websiteUrl": address,
            "privacyUrl": address,
            "termsOfUseUrl": address,
        },
        "name": {"short": NAME, "full": NAME},
        "description": {
            "short": shorten(description[0], DESCRIPTION_UNITS),
            "full": shorten(description[1], TEXT_UNITS),
        },
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": ACCENT,
        "localizationInfo": {
            "defaultLanguageTag": "en",
            "additionalLanguages": [{"languageTag": "de", "file": "de.json"}],
        },
        "defaultInstallScope": "personal",
        "defaultGroupCapability": {"team": "bot", "groupchat": "bot"},
        "bots": [
            {
                "botId": app_id,
                "scopes": list(SCOPES),
                "isNotificationOnly": False,
                "supportsFiles": True,
                "commandLists": lists,
            }
        ],
        "permissions": ["identity", "messageTeamMembers"],
    }


def localization(menus: Menus, description: tuple[str, str]) -> dict[str, str]:
    """What is read of the manifest, in another language; what is typed is the same in every one."""
    said = {
        "$schema": LOCALIZATION,
        "name.short": NAME,
        "name.full": NAME,
        "description.short": shorten(description[0], DESCRIPTION_UNITS),
        "description.full": shorten(description[1], TEXT_UNITS),
    }
    for number, scope in enumerate(scope for scope in SCOPES if scope in menus):
        for place, command in enumerate(_listed(scope, menus[scope])["commands"]):
            said[f"bots[0].commandLists[{number}].commands[{place}].description"] = command["description"]
    return said


def files(whole: Mapping[str, Any], german: Mapping[str, str]) -> Mapping[str, bytes]:
    """Name -> content of everything that belongs into the package."""
    return {
        "manifest.json": _json(whole),
        "de.json": _json(german),
        "color.png": colour_icon(),
        "outline.png": outline_icon(),
    }


def package(content: Mapping[str, bytes]) -> bytes:
    """The files as the zip that Teams takes: all at its root."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as into:
        for name, each in content.items():
            into.writestr(zipfile.ZipInfo(name, WHEN), each, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _listed(scope: str, commands: Sequence[tuple[str, str]]) -> dict[str, Any]:
    if len(commands) > COMMANDS_MOST:
        raise ValueError(f"{len(commands)} commands in {scope!r}: Teams shows {COMMANDS_MOST}")
    return {
        "scopes": [scope],
        "commands": [
            {
                "title": shorten(title, COMMAND_UNITS),
                "description": shorten(description, COMMAND_DESCRIPTION_UNITS),
            }
            for title, description in commands
        ],
    }


def _json(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
