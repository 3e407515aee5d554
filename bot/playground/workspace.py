"""The state of the workspace: people, channels, messages, views, files. No HTTP here."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bot.playground.cast import Manifest, read_cast, read_manifest
from bot.playground.clock import Clock, RealTime
from bot.playground.faults import Faults, Pace
from bot.playground.journal import Journal
from bot.playground.tickets import SlackError, Tickets

Json = dict[str, Any]
Listener = Callable[[Json], None]


class Workspace:
    """One team with its people, its channels and one app.

    All changes happen under `lock`, and are announced through `changed`. Messages are plain data in Slack's shape;
    an ephemeral message carries the key `_for` with its person and is never shown to the Web API.
    """

    def __init__(
        self,
        cast: Any = None,
        manifest: Any = None,
        *,
        bot_token: str = "xoxb-local-token",  # noqa: S107  a token of this workspace only
        app_token: str = "xapp-local-token",  # noqa: S107  the same
        real: RealTime = time.time,
        strict_pace: bool = False,
    ) -> None:
        raw = read_cast(cast)
        self.team: Json = raw["team"]
        self.app: Json = raw["app"]
        self.people: dict[str, Json] = {person["id"]: person for person in raw["people"]}
        self.manifest: Manifest = read_manifest(manifest)
        self.bot_token, self.app_token, self.revoked = bot_token, app_token, False
        self.strict_pace = strict_pace
        self.clock, self.tickets, self.pace = Clock(real), Tickets(real), Pace()
        self.faults, self.journal = Faults(), Journal()
        self.channels: dict[str, Json] = {}
        self.messages: dict[str, list[Json]] = {}
        self.homes: dict[str, Json] = {}
        self.stacks: dict[str, list[Json]] = {}
        self.view_values: dict[str, Json] = {}
        self.files: dict[str, Json] = {}
        self.file_bytes: dict[str, bytes] = {}
        self.scheduled: dict[str, Json] = {}
        self.pins: dict[str, list[str]] = {}
        self.read_marks: dict[str, str] = {}
        self.on_event: Callable[[str, Json], None] = lambda _subscription, _event: None
        self.lock = threading.RLock()
        self.moved_on = threading.Condition(self.lock)
        self.version = 0
        self._listeners: list[Listener] = []
        self._last_ts = 0.0
        self._serial = 0
        for channel in raw["channels"]:
            members = [*channel["members"], *([self.bot_user] if channel.get("bot") else [])]
            self._put_channel(channel["id"], channel["name"], members, channel)

    @property
    def bot_user(self) -> str:
        """Return the user id of the app's bot."""
        return str(self.app["bot_user"])

    def _put_channel(self, channel_id: str, name: str, members: list[str], more: Json) -> Json:
        kind = "im" if more.get("im") else "private" if more.get("private") else "channel"
        channel: Json = {"id": channel_id, "name": name, "members": members, "kind": kind, "archived": False}
        channel["topic"] = more.get("topic", "")
        channel["created"] = int(self.clock.now())
        self.channels[channel_id] = channel
        self.messages.setdefault(channel_id, [])
        return channel

    # -- change -----------------------------------------------------------------------------------------------
    def changed(self, kind: str, **more: Any) -> None:
        """Announce a change to pages (`kind`, `channel`, `user`) and wake whoever waits for one."""
        with self.moved_on:
            self.version += 1
            self.moved_on.notify_all()
            listeners = list(self._listeners)
        for listener in listeners:
            listener({"kind": kind, **more})

    @contextmanager
    def listening(self, listener: Listener) -> Iterator[None]:
        """Call `listener` with every change, on whichever thread makes it, for as long as the block runs."""
        self._listeners.append(listener)
        try:
            yield
        finally:
            self._listeners.remove(listener)

    def stamp(self) -> str:
        """Return a message stamp of the workspace's time, later than every one before."""
        with self.lock:
            self._last_ts = max(round(self.clock.now(), 6), round(self._last_ts + 0.0001, 6))
            return f"{self._last_ts:.6f}"

    def later_than(self, stamp: str) -> None:
        """Make every coming stamp later than this one (after a restart)."""
        self._last_ts = max(self._last_ts, float(stamp))

    def serial(self, prefix: str) -> str:
        """Return a fresh id such as `V0000A1`; the machine's time keeps it apart from those before a restart."""
        with self.lock:
            self._serial += 1
            return f"{prefix}{int(self.clock.real()) % 10**8:08d}{self._serial:04d}"

    # -- people and places -------------------------------------------------------------------------------------
    def person(self, name: str) -> Json:
        """Find a person by id or handle; raises KeyError with the known handles."""
        for person in self.people.values():
            if name.lstrip("@") in (person["id"], person["handle"]):
                return person
        raise KeyError(f"nobody is called {name!r}; known: {', '.join(p['handle'] for p in self.people.values())}")

    def dm(self, user: str) -> Json:
        """Return the conversation of one person with the bot, opening it when needed."""
        with self.lock:
            channel_id = "D0" + user.removeprefix("U0")
            found = self.channels.get(channel_id)
            return found or self._put_channel(channel_id, "directmessage", [user, self.bot_user], {"im": True})

    def add_channel(self, name: str, members: list[str], *, private: bool) -> Json:
        """Create a channel; `name_taken` when there is one."""
        with self.lock:
            if any(channel["name"] == name for channel in self.channels.values()):
                raise SlackError("name_taken")
            return self._put_channel(self.serial("C"), name, members, {"private": private})

    def find_channel(self, name: str) -> Json | None:
        """Find a place by id, `#name` or name; a user id means the bot's conversation with that person."""
        if name in self.channels:
            return self.channels[name]
        if name in self.people:
            return self.dm(name)
        bare = name.removeprefix("#")
        return next((c for c in self.channels.values() if c["name"] == bare and c["kind"] != "im"), None)

    def channel_for_bot(self, name: str, *, write: bool = False) -> Json:
        """Return a place the bot may see, or refuse as Slack does (`channel_not_found`, `not_in_channel`, ...)."""
        channel = self.find_channel(str(name or ""))
        if channel is None or (channel["kind"] == "private" and self.bot_user not in channel["members"]):
            raise SlackError("channel_not_found")
        if write and channel["archived"]:
            raise SlackError("is_archived")
        may_write_anywhere = not self.manifest.missing("chat:write.public") and channel["kind"] == "channel"
        if write and self.bot_user not in channel["members"] and not (may_write_anywhere and not self.manifest.open):
            raise SlackError("not_in_channel")
        return channel

    # -- messages ----------------------------------------------------------------------------------------------
    def add_message(self, channel: str, message: Json) -> Json:
        """Put a message at the end of a place, stamped now unless it carries `ts`; announces it."""
        with self.lock:
            message = {"type": "message", "ts": self.stamp(), "team": self.team["id"], **message}
            self.messages[channel].append(message)
            private = message.get("_for")
        self.changed("ephemeral" if private else "message", channel=channel, **({"user": private} if private else {}))
        return message

    def message(self, channel: str, ts: str | None) -> Json | None:
        """Find a message by its stamp, ephemeral ones included."""
        return next((message for message in self.messages.get(channel, ()) if message["ts"] == ts), None)

    def bot_message(self, text: str, **more: Any) -> Json:
        """Return the fields every message of the bot carries."""
        app = self.app
        profile = {"id": app["bot_id"], "app_id": app["id"], "name": app["name"], "team_id": self.team["id"]}
        base = {"user": self.bot_user, "bot_id": app["bot_id"], "app_id": app["id"], "text": text}
        return {**base, "bot_profile": {**profile, "deleted": False, "user_id": self.bot_user}, **more}

    def visible(self, channel: str, user: str | None) -> list[Json]:
        """Return the messages of a place as one person sees them; `None` is the Web API: no ephemerals."""
        with self.lock:
            rows = [dict(m) for m in self.messages.get(channel, ()) if m.get("_for") in (None, user)]
        replies: dict[str, list[Json]] = {}
        for row in rows:
            if row.get("thread_ts") and row["thread_ts"] != row["ts"]:
                replies.setdefault(row["thread_ts"], []).append(row)
        for row in rows:
            mine = replies.get(row["ts"], [])
            if mine:
                row |= {"thread_ts": row["ts"], "reply_count": len(mine), "latest_reply": mine[-1]["ts"]}
                row["reply_users"] = sorted({str(reply.get("user")) for reply in mine})
        return sorted(rows, key=lambda row: float(row["ts"]))

    # -- views -------------------------------------------------------------------------------------------------
    def view(self, view_id: str) -> tuple[str, Json] | None:
        """Find an open modal or a home by its id; returns its person and the view."""
        for user, stack in self.stacks.items():
            for view in stack:
                if view["id"] == view_id:
                    return user, view
        return next(((user, view) for user, view in self.homes.items() if view["id"] == view_id), None)

    def make_view(self, user: str, view: Json, previous: Json | None = None) -> Json:
        """Return a view as Slack stores it: with id, hash, app, team and filled block ids."""
        view_id = self.serial("V")
        made: Json = {"private_metadata": "", "callback_id": "", "external_id": "", "clear_on_close": False}
        made |= {"notify_on_close": False, "close": None, "submit": None, "title": None, "submit_disabled": False}
        made |= view
        made |= {"id": view_id, "team_id": self.team["id"], "app_id": self.app["id"], "bot_id": self.app["bot_id"]}
        made |= {"app_installed_team_id": self.team["id"], "hash": self.new_hash(), "_user": user}
        made["previous_view_id"] = previous["id"] if previous else None
        made["root_view_id"] = previous["root_view_id"] if previous else view_id
        made["blocks"] = self.name_blocks(view.get("blocks") or [])
        return made

    def new_hash(self) -> str:
        """Return a fresh view hash."""
        return f"{int(self.clock.real())}.{self.serial('h')}"

    def name_blocks(self, blocks: list[Json]) -> list[Json]:
        """Give every block its `block_id` and every element its `action_id`, as Slack does when they are missing."""
        named = []
        for block in blocks:
            block = {"block_id": self.serial("b"), **block}  # noqa: PLW2901  the named copy stands for the block
            for key in ("accessory", "element"):
                if isinstance(block.get(key), dict) and block[key].get("type") != "image":
                    block[key] = {"action_id": self.serial("a"), **block[key]}
            if block.get("type") == "actions":
                block["elements"] = [{"action_id": self.serial("a"), **element} for element in block["elements"]]
            named.append(block)
        return named
