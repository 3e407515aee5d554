"""Reads the cast (who and where) and the app manifest (what the app may do)."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Json = dict[str, Any]
CAST_PATH = Path(__file__).parent / "cast.json"


def read_cast(source: Json | Path | str | None = None) -> Json:
    """Return the cast as plain data: team, app, people, channels. `None` reads the one shipped here."""
    if isinstance(source, dict):
        return source
    text = Path(source or CAST_PATH).read_text(encoding="utf-8")
    cast: Json = json.loads(text)
    return cast


@dataclass(frozen=True)
class Manifest:
    """What the app declared. Without a manifest everything is granted and subscribed (`open` is true)."""

    commands: tuple[Json, ...] = ()
    scopes: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    shortcuts: tuple[Json, ...] = ()
    open: bool = True
    raw: Json = field(default_factory=dict)

    def command(self, name: str) -> Json | None:
        """Return the declared command, or an empty declaration when the manifest is open."""
        found = next((command for command in self.commands if command["command"] == name), None)
        return found if found is not None or not self.open else {"command": name}

    def subscribes(self, subscription: str) -> bool:
        """Tell whether Slack would send this kind of event (`message.im`, `app_home_opened`, ...)."""
        return self.open or subscription in self.events

    def missing(self, needed: str) -> bool:
        """Tell whether a scope was not granted. `a|b` needs one of them."""
        return bool(needed) and not self.open and not self.scopes & set(needed.split("|"))


def read_manifest(source: Json | Path | str | None) -> Manifest:
    """Read a manifest from plain data or a JSON or YAML file. Optional scopes count as granted."""
    if source is None:
        return Manifest()
    raw: Json = source if isinstance(source, dict) else yaml.safe_load(Path(source).read_text(encoding="utf-8"))
    features = raw.get("features", {})
    scopes = raw.get("oauth_config", {}).get("scopes", {})
    return Manifest(
        commands=tuple(features.get("slash_commands", ())),
        scopes=frozenset(scopes.get("bot", ())) | frozenset(scopes.get("bot_optional", ())),
        events=frozenset(raw.get("settings", {}).get("event_subscriptions", {}).get("bot_events", ())),
        shortcuts=tuple(features.get("shortcuts", ())),
        open=False,
        raw=raw,
    )
