"""Keeps a workspace in a small SQLite file, so that a restart keeps the conversation."""

import asyncio
import base64
import contextlib
import json
import sqlite3
from pathlib import Path
from typing import Any

from bot.playground.workspace import Workspace

Json = dict[str, Any]
_DEBOUNCE_SECONDS = 0.3
_PLAIN = ("homes", "stacks", "view_values", "files", "scheduled", "pins", "read_marks")


def snapshot(space: Workspace) -> dict[str, str]:
    """Return the workspace as JSON texts, one per channel and per subject."""
    with space.lock:
        parts: dict[str, Any] = {name: getattr(space, name) for name in _PLAIN}
        parts["clock"] = {"offset": space.clock.offset}
        parts["channels"] = space.channels
        parts["bytes"] = {name: base64.b64encode(data).decode() for name, data in space.file_bytes.items()}
        parts |= {f"messages/{channel}": rows for channel, rows in space.messages.items()}
        return {name: json.dumps(part, ensure_ascii=False) for name, part in parts.items()}


def restore(space: Workspace, parts: dict[str, str]) -> None:
    """Put a snapshot back. Channels and people of the cast that are new since then stay."""
    with space.lock:
        for name, text in parts.items():
            value = json.loads(text)
            if name in _PLAIN:
                getattr(space, name).update(value)
            elif name == "clock":
                space.clock.offset = value["offset"]
            elif name == "channels":
                space.channels.update(value)
            elif name == "bytes":
                space.file_bytes.update({key: base64.b64decode(data) for key, data in value.items()})
            else:
                space.messages[name.removeprefix("messages/")] = value
                for message in value:
                    space.later_than(message["ts"])
        for channel in space.channels:
            space.messages.setdefault(channel, [])


class StateFile:
    """The file. Only parts that changed are written."""

    def __init__(self, path: Path | str) -> None:
        self._path = Path(path)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._written: dict[str, str] = {}
        self.dirty = asyncio.Event()
        with contextlib.closing(self._open()) as db:
            db.execute("create table if not exists part (name text primary key, body text not null)")
            db.commit()

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path)

    def load(self, space: Workspace) -> None:
        """Put what the file holds into a workspace."""
        with contextlib.closing(self._open()) as db:
            self._written = dict(db.execute("select name, body from part"))
        restore(space, self._written)

    def save(self, space: Workspace) -> None:
        """Write what changed since the last time."""
        parts = snapshot(space)
        fresh = [(name, body) for name, body in parts.items() if self._written.get(name) != body]
        if fresh:
            with contextlib.closing(self._open()) as db:
                db.executemany("insert or replace into part values (?, ?)", fresh)
                db.commit()
        self._written = parts

    async def follow(self, space: Workspace) -> None:
        """Write a little after every change, until cancelled."""
        loop = asyncio.get_running_loop()

        def note(change: Json) -> None:
            if change["kind"] != "log":
                loop.call_soon_threadsafe(self.dirty.set)

        with space.listening(note):
            while True:
                await self.dirty.wait()
                await asyncio.sleep(_DEBOUNCE_SECONDS)
                self.dirty.clear()
                await asyncio.to_thread(self.save, space)
