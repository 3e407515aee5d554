"""The manifests by which the platforms know us, from the table of commands and its words."""

from collections.abc import Mapping
from importlib.metadata import version

from bot.commands import COMMANDS, MENUS
from bot.platforms.slack.manifest import Commands, manifest_yaml
from bot.platforms.teams.manifest import NO_ID, Menus, files, localization, manifest
from bot.settings import EXAMPLE_ADDRESS
from bot.wording.engine import Words
from bot.wording.pages.commands import command_descriptions

SCOPES = {"personal": "alone", "team": "together", "groupChat": "together"}
"""Where Teams shows a menu -> the one it shows there."""


def slack_commands() -> Commands:
    """The slash commands as the manifests name them: name, description, usage hint."""
    page = Words.of("en").page("help")
    return tuple(
        (name, page.text(f"slash_{name}"), f"[{' | '.join(word for word in table if word and ' ' not in word)}]")
        for name, table in COMMANDS.items()
    )


def slack_manifests(address: str = EXAMPLE_ADDRESS) -> Mapping[str, str]:
    """File name -> manifest as YAML, for HTTP under `address` and for Socket Mode."""
    return {
        "slack.yaml": manifest_yaml(slack_commands(), address),
        "slack-socket-mode.yaml": manifest_yaml(slack_commands(), None),
    }


def teams_menus(language: str) -> Menus:
    """The menus of commands by where they are shown: what is typed, and what it does in a language."""
    described = command_descriptions(Words.of(language))

    def line(command: str, word: str) -> tuple[str, str]:
        typed, usage = f"{command} {word}".rstrip(), COMMANDS[command][word].usage
        return typed, f"{described[command, word]}: {typed} {usage}" if usage else described[command, word]

    return {scope: [line(*each) for each in MENUS[menu]] for scope, menu in SCOPES.items()}


def teams_files(app_id: str = NO_ID, address: str = EXAMPLE_ADDRESS) -> Mapping[str, bytes]:
    """File name -> content of the package for Teams: the bot of this Entra app id, and where people read about it."""
    english, german = (Words.of(language).page("help") for language in ("en", "de"))
    whole = manifest(
        app_id, teams_menus("en"), (english.text("about_short"), english.text("about")), version("bridgehead"), address
    )
    return files(whole, localization(teams_menus("de"), (german.text("about_short"), german.text("about"))))
