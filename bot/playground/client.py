"""The JSON API of the page, under `/client`, and its stream of changes."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.playground.call import Call
from bot.playground.faults import Fault
from bot.playground.gestures import Gestures, Press
from bot.playground.methods_conversations import leave_place
from bot.playground.payloads import message_out, view_out
from bot.playground.tickets import NotPossible

Json = dict[str, Any]
Deed = Callable[[Json], Awaitable[Json]]


class ClientApi:
    """What the page asks and does. Every answer of a deed carries `bot: {status, ms}` when the bot was asked."""

    def __init__(self, gestures: Gestures) -> None:
        self.gestures, self.space, self.sender = gestures, gestures.space, gestures.sender
        self.stopping = asyncio.Event()
        self.deliver_due: Callable[[], int] = lambda: 0

    def routes(self) -> list[Route]:
        """Return the routes under `/client`."""
        reads = {"boot": self.boot, "state": self.state, "messages": self.messages, "log": self.log}
        deeds: dict[str, Deed] = {
            "say": self.say,
            "upload": self.upload,
            "command": self.command,
            "press": self.press,
            "submit": self.submit,
            "close": self.close,
            "options": self.options,
            "open_home": self.open_home,
            "read": self.read,
            "clock": self.clock,
            "faults": self.faults,
            "shortcut": self.shortcut,
            "react": self.react,
            "invite": self.invite,
        }
        return [
            *(Route(f"/client/{name}", _reading(run)) for name, run in reads.items()),
            *(Route(f"/client/{name}", _doing(run), methods=["POST"]) for name, run in deeds.items()),
            Route("/client/events", self.events),
        ]

    # -- reading -----------------------------------------------------------------------------------------------
    def boot(self, _asked: Json) -> Json:
        """Return what never changes."""
        space = self.space
        commands = [
            {"command": c["command"], "description": c.get("description", ""), "usage_hint": c.get("usage_hint", "")}
            for c in space.manifest.commands
        ]
        base: Json = {"team": space.team, "app": space.app, "people": list(space.people.values())}
        base |= {"commands": commands, "shortcuts": list(space.manifest.shortcuts)}
        return base | {"now": space.clock.iso(), "clock_moved": space.clock.moved}

    def state(self, asked: Json) -> Json:
        """Return one person's workspace: places, home, open forms."""
        space, user = self.space, self.me(asked)
        space.dm(user)
        rows = []
        for channel in space.channels.values():
            member = user in channel["members"]
            if not member and channel["kind"] != "channel":
                continue
            mark = float(space.read_marks.get(f"{user}/{channel['id']}", "0"))
            unread = sum(float(m["ts"]) > mark and m.get("user") != user for m in space.visible(channel["id"], user))
            row = {"id": channel["id"], "name": channel["name"], "kind": channel["kind"], "member": member}
            row |= {"topic": channel["topic"], "unread": unread if member else 0}
            row["bot"] = space.bot_user in channel["members"]
            if channel["kind"] == "im":
                row["with"] = space.bot_user
            rows.append(row)
        home = space.homes.get(user)
        stack = [self._shown(view) for view in space.stacks.get(user, [])]
        state: Json = {"me": user, "channels": rows, "home": self._shown(home) if home else None, "views": stack}
        return state | {"now": space.clock.iso()}

    def _shown(self, view: Json) -> Json:
        return view_out({**view, "state": {"values": self.gestures.held(view)}})

    def messages(self, asked: Json) -> Json:
        """Return a place as one person sees it, oldest first."""
        user = self.me(asked)
        place = self.gestures.place(user, asked.get("channel", ""))
        rows = self.space.visible(place["id"], user)
        if thread := asked.get("thread_ts"):
            rows = [row for row in rows if thread in (row["ts"], row.get("thread_ts"))]
        return {"messages": [message_out(row) | ({"ephemeral": True} if "_for" in row else {}) for row in rows]}

    def log(self, asked: Json) -> Json:
        """Return the log after a number."""
        return {"entries": self.space.journal.after(int(asked.get("after") or 0))}

    def me(self, asked: Json) -> str:
        """Return the id of the acting person."""
        return str(self.space.person(str(asked.get("as") or ""))["id"])

    # -- doing -------------------------------------------------------------------------------------------------
    async def say(self, asked: Json) -> Json:
        """Say something."""
        user, files = self.me(asked), list(asked.get("files") or [])
        return await self.gestures.say(user, asked["channel"], asked["text"], asked.get("thread_ts"), files)

    async def upload(self, asked: Json) -> Json:
        """Upload a file; `content` is its bytes in base64."""
        content = base64.b64decode(asked["content"], validate=True)
        return self.gestures.upload(self.me(asked), str(asked["name"]), content)

    async def command(self, asked: Json) -> Json:
        """Type a command."""
        user, text = self.me(asked), asked.get("text", "")
        return await self.gestures.command(user, asked["channel"], asked["command"], text)

    async def press(self, asked: Json) -> Json:
        """Press or choose in a message, a form or the home."""
        user, action = self.me(asked), dict(asked.get("action") or {})
        press = Press(asked["block_id"], asked["action_id"], action, asked.get("values") or {})
        if asked.get("message_ts"):
            return await self.gestures.press_message(user, asked["channel"], asked["message_ts"], press)
        if asked.get("home"):
            if user not in self.space.homes:
                raise NotPossible("There is no home yet.")
            return await self.gestures.press_view(user, self.space.homes[user], press)
        return await self.gestures.press_view(user, self.gestures.open_view(user, asked.get("view_id")), press)

    async def submit(self, asked: Json) -> Json:
        """Submit a form."""
        return await self.gestures.submit(self.me(asked), asked.get("view_id"), asked.get("values"))

    async def close(self, asked: Json) -> Json:
        """Close a form, or all with `everything`."""
        everything = bool(asked.get("everything"))
        return await self.gestures.close(self.me(asked), asked.get("view_id"), everything=everything)

    async def options(self, asked: Json) -> Json:
        """Ask for the options of an external select."""
        user = self.me(asked)
        if asked.get("message_ts"):
            place = self.gestures.place(user, asked["channel"])
            message = self.space.message(place["id"], asked["message_ts"]) or {}
            container = {"type": "message", "message_ts": asked["message_ts"], "channel_id": place["id"]}
            channel = {"id": place["id"], "name": place["name"]}
            where: Json = {"container": container, "channel": channel, "message": message_out(message)}
        else:
            home = self.space.homes.get(user) if asked.get("home") else None
            view = home or self.gestures.open_view(user, asked.get("view_id"))
            where = {"container": {"type": "view", "view_id": view["id"]}, "view": self._shown(view)}
        return await self.gestures.options(user, where, asked["block_id"], asked["action_id"], asked.get("value", ""))

    async def open_home(self, asked: Json) -> Json:
        """Open the home."""
        return await self.gestures.open_home(self.me(asked), asked.get("tab", "home"))

    async def shortcut(self, asked: Json) -> Json:
        """Use a shortcut."""
        more = (asked.get("channel", ""), asked.get("message_ts", ""))
        return await self.gestures.shortcut(self.me(asked), asked["callback_id"], *more)

    async def react(self, asked: Json) -> Json:
        """React to a message."""
        return await self.gestures.react(self.me(asked), asked["channel"], asked["message_ts"], asked["name"])

    async def invite(self, asked: Json) -> Json:
        """Add the bot to a channel."""
        self.gestures.invite_bot(asked["channel"])
        return {"ok": True}

    async def read(self, asked: Json) -> Json:
        """Mark a place as read."""
        user = self.me(asked)
        place = self.gestures.place(user, asked["channel"])
        rows = self.space.visible(place["id"], user)
        if rows:
            self.space.read_marks[f"{user}/{place['id']}"] = rows[-1]["ts"]
            self.space.changed("channel", channel=place["id"], user=user)
        return {"ok": True}

    async def clock(self, asked: Json) -> Json:
        """Move the workspace's time, tell the bot, post what is due. `bot_error` says when the bot did not take it."""
        if asked.get("to"):
            self.space.clock.move_to(str(asked["to"]))
        else:
            self.space.clock.advance(float(asked.get("advance_seconds") or 0))
        self.deliver_due()
        self.space.changed("clock")
        answer: Json = {"now": self.space.clock.iso()}
        if self.sender.bot_url:
            ack = await self.sender.move_clock()
            answer["bot"] = {"status": ack.status, "ms": round(ack.ms, 1)}
            if not ack.ok:
                answer["bot_error"] = "The bot has no clock to move." if ack.status == 404 else ack.error
        return answer

    async def faults(self, asked: Json) -> Json:
        """Switch troubles on and off.

        A trouble has the keys of `Fault`. Others: `clear`, `revoke_token`, `restore_token`, `remove_bot_from`,
        `hold_events`, `event_delay` (seconds), `repeat_last`.
        """
        space, faults = self.space, self.space.faults
        if asked.get("clear"):
            faults.clear()
        if "method" in asked:
            faults.add(Fault(**{key: asked[key] for key in Fault.__dataclass_fields__ if key in asked}))
        if asked.get("revoke_token") or asked.get("restore_token"):
            space.revoked = bool(asked.get("revoke_token"))
        if channel := asked.get("remove_bot_from"):
            place = space.find_channel(channel)
            if place is None:
                raise NotPossible(f"There is no channel {channel}.")
            leave_place(Call(space, {}), place, space.bot_user)
        if "event_delay" in asked:
            faults.event_delay = float(asked["event_delay"])
        if asked.get("hold_events"):
            faults.hold_events = True
        elif asked.get("hold_events") is False:
            self.sender.release_events()
        if asked.get("repeat_last"):
            ack = await self.sender.repeat_last()
            return {"ok": ack.ok, "bot": {"status": ack.status, "ms": round(ack.ms, 1)}}
        return {"ok": True}

    # -- the stream --------------------------------------------------------------------------------------------
    async def events(self, request: Request) -> Response:
        """Stream the changes one person may know of."""
        user = self.me(dict(request.query_params))
        return StreamingResponse(
            self._stream(user), media_type="text/event-stream", headers={"cache-control": "no-store"}
        )

    async def _stream(self, user: str) -> AsyncIterator[str]:
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def listen(change: Json) -> None:
            if change.get("user") in (None, user):
                loop.call_soon_threadsafe(queue.put_nowait, change)

        async def end() -> None:
            await self.stopping.wait()
            queue.put_nowait(None)

        ending = asyncio.ensure_future(end())
        try:
            with self.space.listening(listen):
                yield ": open\n\n"
                while True:
                    try:
                        change = await asyncio.wait_for(queue.get(), 15)
                    except TimeoutError:
                        yield ": still here\n\n"
                        continue
                    if change is None:
                        return
                    yield f"data: {json.dumps({k: v for k, v in change.items() if k != 'user'})}\n\n"
        finally:
            ending.cancel()


def _refusal(error: Exception) -> Response:
    missing = isinstance(error, KeyError) and str(error.args[0]).isidentifier()
    sentence = f"{error.args[0]} is missing." if missing else str(error.args[0] if error.args else error)
    return JSONResponse({"error": sentence}, status_code=400)


def _reading(run: Callable[[Json], Json]) -> Callable[[Request], Awaitable[Response]]:
    async def read(request: Request) -> Response:
        try:
            return JSONResponse(run(dict(request.query_params)))
        except (NotPossible, KeyError, ValueError) as error:
            return _refusal(error)

    return read


def _doing(run: Deed) -> Callable[[Request], Awaitable[Response]]:
    async def do(request: Request) -> Response:
        try:
            return JSONResponse(await run(await request.json()))
        except (NotPossible, LookupError, ValueError, TypeError) as error:
            return _refusal(error)

    return do
