"""What people do in the workspace, each turned into the request Slack would send to the bot."""

from dataclasses import dataclass, field
from typing import Any

from bot.playground import payloads
from bot.playground.call import Call
from bot.playground.fields import elements, keep_known, merge, starting_values, unmet
from bot.playground.files import own_files, refuse_strangers, upload
from bot.playground.limits import refuse_view
from bot.playground.markup import link_urls, mark_mentions, rich_text
from bot.playground.methods_chat import content
from bot.playground.methods_conversations import enter
from bot.playground.methods_views import replace, show
from bot.playground.sender import Ack, Sender
from bot.playground.tickets import NotPossible, SlackError
from bot.playground.workspace import Workspace

Json = dict[str, Any]


@dataclass(frozen=True)
class Press:
    """One press or choice: which element, its dynamic part, and the values of the form around it."""

    block_id: str
    action_id: str
    chosen: Json = field(default_factory=dict)
    values: Json = field(default_factory=dict)

    def as_values(self, kind: str) -> Json:
        """Return the choice as it stands in `state.values`."""
        chosen = {key: value for key, value in self.chosen.items() if key != "type"}
        return {self.block_id: {self.action_id: {"type": kind, **chosen}}}


def _outcome(ack: Ack, **more: Any) -> Json:
    answer: Json = {"ok": ack.ok, "bot": {"status": ack.status, "ms": round(ack.ms, 1)}}
    return answer | ({"error": ack.error} if ack.error else {}) | more


class Gestures:
    """Everything a person can do."""

    def __init__(self, space: Workspace, sender: Sender, base_url: str = "") -> None:
        self.space, self.sender, self.base_url = space, sender, base_url

    def place(self, user: str, channel: str) -> Json:
        """Return a place this person is in."""
        found = self.space.find_channel(channel)
        if found is None:
            raise NotPossible(f"There is no channel {channel}.")
        if user not in found["members"] and found["kind"] != "channel":
            raise NotPossible(f"{self.space.people[user]['name']} is not in {found['name']}.")
        return found

    def _mark(self, text: str, user: str, *, names: bool, escaped: bool = True) -> str:
        people = {p["handle"]: p["id"] for p in self.space.people.values()}
        people[self.space.app["name"].lower()] = self.space.bot_user
        rooms = self.space.channels.values()
        channels = {c["name"]: c["id"] for c in rooms if c["kind"] == "channel" or user in c["members"]}
        return mark_mentions(text, people, channels, person_names=names, escaped=escaped)

    def _response_url(self, user: str, channel: str, message: Json | None = None) -> str:
        ts, thread = (message["ts"], message.get("thread_ts")) if message else (None, None)
        return f"{self.base_url}/response/{self.space.tickets.response(user, channel, ts, thread)}"

    # -- speaking ----------------------------------------------------------------------------------------------
    async def say(
        self, user: str, channel: str, text: str, thread_ts: str | None = None, files: list[str] | None = None
    ) -> Json:
        """Say something, with uploaded files if any; the bot hears it where Slack would tell it."""
        place = self.place(user, channel)
        if place["archived"] or user not in place["members"]:
            raise NotPossible(f"{self.space.people[user]['name']} cannot write in {place['name']}.")
        marked = link_urls(self._mark(text, user, names=False))
        said: Json = {"user": user, "text": marked, "blocks": rich_text(marked) if marked else []}
        said["client_msg_id"] = self.space.serial("cm")
        if files:
            said |= {"files": own_files(self.space, user, files), "upload": False, "subtype": "file_share"}
        if thread_ts:
            said["thread_ts"] = thread_ts
        message = self.space.add_message(place["id"], said)
        kind = {"im": ("message.im", "im"), "private": ("message.groups", "group")}
        subscription, channel_type = kind.get(place["kind"], ("message.channels", "channel"))
        event = payloads.message_out(message) | {"channel": place["id"], "event_ts": message["ts"]}
        acks = []
        if self.space.bot_user in place["members"]:
            heard = event | {"channel_type": channel_type}
            acks.append(await self.sender.send_event(subscription, heard))
            if f"<@{self.space.bot_user}>" in marked and place["kind"] != "im":
                acks.append(await self.sender.send_event("app_mention", event | {"type": "app_mention"}))
        ack = next((ack for ack in reversed(acks) if ack is not None), None)
        return {"ok": True, "ts": message["ts"]} | ({"bot": {"status": ack.status, "ms": ack.ms}} if ack else {})

    async def command(self, user: str, channel: str, name: str, text: str) -> Json:
        """Type a slash command; what the ack says is shown."""
        place = self.place(user, channel)
        declared = self.space.manifest.command(name)
        if declared is None:
            return {"ok": False, "error": f"{name} is not a valid command."}
        if declared.get("should_escape"):
            text = self._mark(text, user, names=True, escaped=True)
        fields = payloads.command(
            self.space, user, place["id"], name, text=text, response_url=self._response_url(user, place["id"])
        )
        ack = await self.sender.command(fields)
        if not ack.ok:
            return _outcome(ack)
        said = ack.json()
        if not isinstance(said, dict):
            plain = ack.body.decode(errors="replace").strip()
            said = {"text": plain} if plain and said is None else {}
        return _outcome(ack) | self.show_answer(user, place["id"], said)

    def show_answer(self, user: str, channel: str, said: Json, thread_ts: str | None = None) -> Json:
        """Show what an ack or a response URL says, or note why Slack would not."""
        if not said.get("text") and not said.get("blocks") and not said.get("attachments"):
            return {}
        try:
            made = content(Call(self.space, said))
        except SlackError as refusal:
            self.problem("answer refused", said, {"error": refusal.error, **refusal.fields})
            return {"refused": refusal.error, **refusal.fields}
        more: Json = {} if said.get("response_type") == "in_channel" else {"_for": user}
        if thread := said.get("thread_ts") or thread_ts:
            more["thread_ts"] = thread
        message = self.space.add_message(channel, self.space.bot_message(made.pop("text"), **made, **more))
        return {"ts": message["ts"]}

    def problem(self, what: str, request: object, answer: object) -> None:
        """Note something the bot sent and Slack would not take."""
        self.space.journal.note(
            self.space.clock.iso(), "problem", what, status="refused", ms=0.0, request=request, answer=answer
        )
        self.space.changed("log")

    # -- pressing ----------------------------------------------------------------------------------------------
    def _action(self, blocks: list[Json], press: Press) -> Json:
        block_id, action_id = press.block_id, press.action_id
        for block, element in elements(blocks):
            if (block.get("block_id"), element.get("action_id")) == (block_id, action_id):
                action: Json = {"type": element["type"], "action_id": action_id, "block_id": block_id}
                if element["type"] == "button":
                    action |= {key: element[key] for key in ("text", "value", "style") if key in element}
                if "placeholder" in element:
                    action["placeholder"] = element["placeholder"]
                return action | press.chosen | {"action_ts": self.space.stamp()}
        raise NotPossible(f"There is nothing called {action_id} in block {block_id} any more.")

    async def press_message(self, user: str, channel: str, ts: str, press: Press) -> Json:
        """Press a button, or choose, in a message."""
        place = self.place(user, channel)
        message = self.space.message(place["id"], ts)
        if message is None or message.get("_for") not in (None, user):
            raise NotPossible("That message is not there any more.")
        blocks = message.get("blocks", [])
        action = self._action(blocks, press)
        state = merge(starting_values(blocks), keep_known(message.get("_values", {}), blocks), press.values)
        if action["type"] not in ("button", "overflow"):
            state = merge(state, press.as_values(action["type"]))
            message["_values"] = state
        url = self._response_url(user, place["id"], message)
        payload = payloads.message_press(
            self.space, user, place["id"], message, action=action, values=state, response_url=url
        )
        return _outcome(await self.sender.interactive(payload))

    def open_view(self, user: str, view_id: str | None) -> Json:
        """Return a person's open modal by id, the top one without an id."""
        stack = self.space.stacks.get(user, [])
        found = (
            next((view for view in stack if view["id"] == view_id), None) if view_id else stack[-1] if stack else None
        )
        if found is None:
            raise NotPossible("No such form is open.")
        return found

    def held(self, view: Json, given: Json | None = None) -> Json:
        """Return the values of a view: what it starts from, what was chosen, what is given now."""
        chosen = keep_known(self.space.view_values.get(view["id"], {}), view["blocks"])
        return merge(starting_values(view["blocks"]), chosen, given or {})

    async def press_view(self, user: str, view: Json, press: Press) -> Json:
        """Press or choose in a modal or on the home."""
        action = self._action(view["blocks"], press)
        state = self.held(view, press.values)
        if action["type"] not in ("button", "overflow"):
            state = merge(state, press.as_values(action["type"]))
        self.space.view_values[view["id"]] = state
        return _outcome(await self.sender.interactive(payloads.view_press(self.space, user, view, action, state)))

    # -- forms -------------------------------------------------------------------------------------------------
    async def submit(self, user: str, view_id: str | None, values: Json | None) -> Json:
        """Submit a form; the bot's answer closes, replaces, pushes, clears, or names errors."""
        view = self.open_view(user, view_id)
        state = self.held(view, values)
        refuse_strangers(self.space, user, view["blocks"], state)
        self.space.view_values[view["id"]] = state
        if missing := unmet(view["blocks"], state):
            return {"ok": False, "errors": missing}
        urls = self._form_urls(user, view, state)
        ack = await self.sender.interactive(payloads.submission(self.space, user, view, state, urls))
        if not ack.ok:
            return _outcome(ack)
        answer = ack.json() or {}
        try:
            return _outcome(ack) | self._after_submit(user, view, answer if isinstance(answer, dict) else {})
        except SlackError as refusal:
            self.problem("view answer refused", answer, {"error": refusal.error, **refusal.fields})
            return _outcome(ack) | {"ok": False, "error": refusal.error, **refusal.fields}

    def _form_urls(self, user: str, view: Json, state: Json) -> list[Json]:
        urls = []
        for block, element in elements(view["blocks"]):
            if element.get("response_url_enabled"):
                value = state.get(block["block_id"], {}).get(element["action_id"], {})
                channel = value.get("selected_conversation") or value.get("selected_channel")
                if channel:
                    url = {"block_id": block["block_id"], "action_id": element["action_id"], "channel_id": channel}
                    urls.append({**url, "response_url": self._response_url(user, channel)})
        return urls

    def _after_submit(self, user: str, view: Json, answer: Json) -> Json:
        space, what = self.space, answer.get("response_action")
        if what == "errors":
            inputs = {block["block_id"] for block in view["blocks"] if block.get("type") == "input"}
            errors = answer.get("errors")
            if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
                message = f"[ERROR] errors must be keyed by input blocks ({', '.join(sorted(inputs))}), got {errors}"
                raise SlackError("invalid_arguments", response_metadata={"messages": [message]})
            return {"ok": False, "errors": errors}
        if what in ("update", "push"):
            refuse_view(answer.get("view"), "modal")
            if what == "update":
                replace(space, user, view, answer["view"])
            else:
                show(space, user, answer["view"], push=True)
            return {}
        if what not in (None, "clear"):
            raise SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] response_action {what}"]})
        with space.lock:
            stack = space.stacks.get(user, [])
            space.stacks[user] = [] if what == "clear" else [each for each in stack if each["id"] != view["id"]]
        space.changed("view", user=user)
        return {}

    async def close(self, user: str, view_id: str | None = None, *, everything: bool = False) -> Json:
        """Close a form; the bot hears of it when the view asked for that."""
        view = self.open_view(user, view_id)
        with self.space.lock:
            stack = self.space.stacks[user]
            gone = stack[:] if everything or view.get("clear_on_close") else [view]
            self.space.stacks[user] = [each for each in stack if each not in gone]
        self.space.changed("view", user=user)
        for each in reversed(gone):
            if each.get("notify_on_close"):
                ack = await self.sender.interactive(
                    payloads.closed(self.space, user, each, cleared=everything or len(gone) > 1)
                )
                return _outcome(ack)
        return {"ok": True}

    async def options(self, user: str, where: Json, block_id: str, action_id: str, value: str) -> Json:
        """Ask the bot for the options of an external select."""
        payload = payloads.suggestion(self.space, user, where, block_id=block_id, action_id=action_id, value=value)
        ack = await self.sender.interactive(payload)
        answer = ack.json()
        found = answer if isinstance(answer, dict) else {}
        return _outcome(ack) | {key: found[key] for key in ("options", "option_groups") if key in found}

    def upload(self, user: str, name: str, content: bytes) -> Json:
        """Upload a file that is to be shared or put into a form."""
        return {"ok": True, "file": upload(self.space, user, name, content, self.base_url)}

    # -- the rest ----------------------------------------------------------------------------------------------
    async def open_home(self, user: str, tab: str = "home") -> Json:
        """Open the app's home (or its messages)."""
        event: Json = {"type": "app_home_opened", "user": user, "channel": self.space.dm(user)["id"], "tab": tab}
        if user in self.space.homes and tab == "home":
            event["view"] = payloads.view_out(self.space.homes[user])
        ack = await self.sender.send_event("app_home_opened", event)
        return _outcome(ack) if ack else {"ok": True}

    async def shortcut(self, user: str, callback_id: str, channel: str = "", ts: str = "") -> Json:
        """Use a global shortcut, or one on a message."""
        if not ts:
            return _outcome(await self.sender.interactive(payloads.shortcut(self.space, user, callback_id)))
        place = self.place(user, channel)
        message = self.space.message(place["id"], ts)
        if message is None:
            raise NotPossible("That message is not there any more.")
        url = self._response_url(user, place["id"], message)
        payload = payloads.message_shortcut(
            self.space, user, callback_id, channel=place["id"], message=message, response_url=url
        )
        return _outcome(await self.sender.interactive(payload))

    def invite_bot(self, channel: str) -> None:
        """Add the bot to a channel."""
        place = self.space.find_channel(channel)
        if place is None:
            raise NotPossible(f"There is no channel {channel}.")
        enter(Call(self.space, {}), place, self.space.bot_user)

    async def react(self, user: str, channel: str, ts: str, name: str) -> Json:
        """React to a message."""
        place = self.place(user, channel)
        message = self.space.message(place["id"], ts)
        if message is None:
            raise NotPossible("That message is not there any more.")
        reactions = message.setdefault("reactions", [])
        row = next((r for r in reactions if r["name"] == name), None)
        if row is None:
            reactions.append({"name": name, "users": [user], "count": 1})
        elif user not in row["users"]:
            row["users"].append(user)
            row["count"] += 1
        self.space.changed("message", channel=place["id"])
        subject = {"type": "message", "channel": place["id"], "ts": ts}
        event = {
            "type": "reaction_added",
            "user": user,
            "reaction": name,
            "item": subject,
            "item_user": message["user"],
        }
        ack = await self.sender.send_event("reaction_added", event)
        return _outcome(ack) if ack else {"ok": True}
