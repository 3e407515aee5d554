"""A person of the workspace, as tests drive one: through the page's own JSON API, over real HTTP."""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from bot.playground.fields import VALUE_KEYS, elements
from bot.playground.plain import labels, plain_message, plain_mrkdwn, plain_view
from bot.playground.workspace import Workspace

Json = dict[str, Any]
PATIENCE = 20.0
"""Seconds that a test waits for what is to come; a busy machine may need many."""
Upload = tuple[str, bytes]
"""A file from memory: its name and its bytes."""
_PLURAL = frozenset({"selected_options", "selected_users", "selected_conversations", "selected_channels", "files"})
_TYPED = frozenset({"plain_text_input", "email_text_input", "url_text_input", "number_input"})


class NotAcked(AssertionError):
    """The bot did not take a command, a press or a form; `error` is what the person sees."""

    def __init__(self, error: str, answer: Json) -> None:
        super().__init__(f"{error}: {answer}")
        self.error, self.answer = error, answer


class NotThere(AssertionError):
    """What the person looked for is not on the screen; the sentence says what is."""


@dataclass(frozen=True)
class BotAnswer:
    """How the bot answered the last request: HTTP status (0 for none) and milliseconds."""

    status: int
    ms: float


@dataclass(frozen=True)
class Message:
    """One message as its reader sees it. `text` is the blocks read aloud, buttons in brackets."""

    text: str
    buttons: tuple[str, ...]
    ts: str
    channel: str
    ephemeral: bool = False
    thread_ts: str | None = None
    user: str = ""
    from_bot: bool = False
    raw: Json = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True)
class _Target:
    where: Json
    block: Json
    element: Json
    option: Json | None = None


class Person:
    """One person. `channel` is a name or id; left out it is the conversation with the bot."""

    def __init__(self, space: Workspace, http: httpx.Client, user: str) -> None:
        self._space, self._http, self.id = space, http, user
        self.bot_answer: BotAnswer | None = None

    # -- doing -------------------------------------------------------------------------------------------------
    def _do(self, deed: str, *, check: bool = True, **asked: Any) -> Json:
        response = self._http.post(f"/client/{deed}", json={"as": self.id, **asked})
        answer: Json = response.json()
        if response.is_error:
            raise NotThere(answer.get("error", response.text))
        if "bot" in answer:
            self.bot_answer = BotAnswer(answer["bot"]["status"], answer["bot"]["ms"])
        if check and answer.get("error"):
            raise NotAcked(answer["error"], answer)
        return answer

    def _channel(self, channel: str | None) -> str:
        found = self._space.dm(self.id) if channel is None else self._space.find_channel(channel)
        if found is None:
            raise NotThere(f"there is no channel {channel!r}")
        return str(found["id"])

    def command(self, name: str, text: str = "", *, channel: str | None = None, check: bool = True) -> Json:
        """Type a slash command. Raises `NotAcked` unless `check` is false: then the answer has `error`."""
        return self._do("command", check=check, channel=self._channel(channel), command=name, text=text)

    def say(
        self, text: str, channel: str | None = None, *, thread_ts: str | None = None, files: Sequence[Upload] = ()
    ) -> Json:
        """Say something, with files beside it."""
        ids = [self.upload(each)["id"] for each in files]
        return self._do("say", channel=self._channel(channel), text=text, thread_ts=thread_ts, files=ids)

    def upload(self, given: Upload | Path) -> Json:
        """Upload a file from this machine or from memory; returns what Slack knows of it."""
        name, content = given if isinstance(given, tuple) else (given.name, given.read_bytes())
        file: Json = self._do("upload", name=name, content=base64.b64encode(content).decode())["file"]
        return file

    def press(
        self,
        label: str,
        *,
        channel: str | None = None,
        message: Message | str | None = None,
        home: bool = False,
        check: bool = True,
    ) -> Json:
        """Press the newest visible button or option whose text equals, or else starts with, `label`.

        Looks into the open form first, then into messages (of one channel, or of all, newest first); `message`
        names one message; `home` looks at the home. An old message's button may be pressed at any time.
        """
        target = self._find(label, channel, message, home=home)
        return self._do("press", check=check, **_pressed(target))

    def select(
        self,
        option: str,
        *,
        action: str | None = None,
        channel: str | None = None,
        message: Message | str | None = None,
        home: bool = False,
        check: bool = True,
    ) -> Json:
        """Choose an option of a select, or a date, a person or a channel of the element with action id `action`."""
        if action is None:
            return self.press(option, channel=channel, message=message, home=home, check=check)
        for where, blocks in self._places(channel, message, home=home):
            for block, element in elements(blocks):
                if element.get("action_id") == action:
                    value = self._value(where, block, element, option)
                    del value["type"]
                    return self._do("press", check=check, **_spot(where, block, element), action=value)
        raise NotThere(f"nothing has the action id {action!r}")

    def submit(self, values: Mapping[str, Any] | None = None, *, check: bool = True) -> Json | None:
        """Fill and submit the top form; returns its errors (block id to sentence), `None` when it was taken.

        Keys are input labels (or their beginning), action ids or block ids. Values are texts, option texts, handles,
        channel names, dates, files (a Path, or name and bytes), or lists of these.
        """
        view = self._top()
        given: Json = {}
        for name, value in (values or {}).items():
            block, element = _input(view, name)
            where = {"view_id": view["id"]}
            given.setdefault(block["block_id"], {})[element["action_id"]] = self._value(where, block, element, value)
        answer = self._do("submit", check=check, view_id=view["id"], values=given)
        errors: Json | None = answer.get("errors")
        return errors

    def close(self, *, everything: bool = False) -> Json:
        """Close the top form, or all of them."""
        return self._do("close", everything=everything)

    def open_home(self, tab: str = "home") -> Json:
        """Open the app's home."""
        return self._do("open_home", tab=tab)

    def shortcut(self, callback_id: str, *, message: Message | None = None, check: bool = True) -> Json:
        """Use a global shortcut, or a message's."""
        more = {"channel": message.channel, "message_ts": message.ts} if message else {}
        return self._do("shortcut", check=check, callback_id=callback_id, **more)

    def options(self, action: str, typed: str = "", **where: Any) -> list[str]:
        """Type into an external select and return the texts of the options the bot offers."""
        for place, blocks in self._places(where.get("channel"), where.get("message"), home=where.get("home", False)):
            for block, element in elements(blocks):
                if element.get("action_id") == action:
                    return [option["text"]["text"] for option in self._asked(place, block, element, typed)]
        raise NotThere(f"nothing has the action id {action!r}")

    # -- reading -----------------------------------------------------------------------------------------------
    def messages(self, channel: str | None = None) -> list[Message]:
        """Return what this person sees in a place, oldest first."""
        place = self._channel(channel)
        return [self._message(place, row) for row in self._space.visible(place, self.id)]

    def _message(self, channel: str, row: Json) -> Message:
        return Message(
            text=self._named(plain_message(row)),
            buttons=tuple(labels(row.get("blocks", []))),
            ts=row["ts"],
            channel=channel,
            ephemeral="_for" in row,
            thread_ts=row.get("thread_ts"),
            user=row.get("user", ""),
            from_bot="bot_id" in row,
            raw={key: value for key, value in row.items() if not key.startswith("_")},
        )

    def _named(self, text: str) -> str:
        for person in (*self._space.people.values(), {"id": self._space.bot_user, "handle": "bridgehead"}):
            text = text.replace(f"@{person['id']}", f"@{person['handle']}")
        for channel in self._space.channels.values():
            text = text.replace(f"#{channel['id']}", f"#{channel['name']}")
        return text

    def last(self, channel: str | None = None) -> Message:
        """Return the newest message this person sees in a place."""
        found = self.messages(channel)
        if not found:
            raise NotThere(f"nothing was said in {channel or 'the conversation with the bot'}")
        return found[-1]

    def home(self) -> str:
        """Return the home as text; empty when none was published."""
        view = self._space.homes.get(self.id)
        return self._named(plain_view(view)) if view else ""

    def modal(self) -> str:
        """Return the top form as text; empty when none is open."""
        stack = self._space.stacks.get(self.id, [])
        return self._named(plain_view(stack[-1])) if stack else ""

    def view(self) -> Json:
        """Return the top form's JSON."""
        return self._top()

    def wait_for(
        self, wanted: str | Callable[[Message], bool], channel: str | None = None, timeout: float = PATIENCE
    ) -> Message:
        """Wait until a message contains a text or meets a predicate; returns the newest such message."""
        met = (lambda message: wanted in message.text) if isinstance(wanted, str) else wanted
        found = self._wait(lambda: next((m for m in reversed(self.messages(channel)) if met(m)), None), timeout)
        if found is None:
            seen = "\n---\n".join(message.text for message in self.messages(channel)[-5:])
            raise NotThere(f"no message met {wanted!r} in {timeout} s; the newest are:\n{seen}")
        return found  # type: ignore[no-any-return]  # `_wait` gives back what its look gave

    def wait_for_modal(self, wanted: str = "", timeout: float = PATIENCE) -> str:
        """Wait until the top form contains a text; returns it as text."""
        found = self._wait(lambda: self.modal() if self.modal() and wanted in self.modal() else None, timeout)
        if found is None:
            raise NotThere(f"no form with {wanted!r} in {timeout} s; open is: {self.modal()!r}")
        return str(found)

    def wait_for_home(self, wanted: str = "", timeout: float = PATIENCE) -> str:
        """Wait until the home contains a text; returns it as text."""
        found = self._wait(lambda: self.home() if self.home() and wanted in self.home() else None, timeout)
        if found is None:
            raise NotThere(f"no home with {wanted!r} in {timeout} s; it reads: {self.home()!r}")
        return str(found)

    def _wait(self, look: Callable[[], Any], timeout: float) -> Any:
        with self._space.moved_on:
            return self._space.moved_on.wait_for(look, timeout)

    # -- finding -----------------------------------------------------------------------------------------------
    def _top(self) -> Json:
        stack = self._space.stacks.get(self.id, [])
        if not stack:
            raise NotThere("no form is open")
        return stack[-1]

    def _places(
        self, channel: str | None, message: Message | str | None, *, home: bool
    ) -> list[tuple[Json, list[Json]]]:
        if home:
            view = self._space.homes.get(self.id)
            return [({"home": True}, view["blocks"])] if view else []
        found: list[tuple[Json, list[Json]]] = []
        stack = self._space.stacks.get(self.id, [])
        if stack and channel is None and message is None:
            found.append(({"view_id": stack[-1]["id"]}, stack[-1]["blocks"]))
        if isinstance(message, Message):
            channel, message = message.channel, message.ts
        mine = [c["id"] for c in self._space.channels.values() if self.id in c["members"]]
        places = mine if channel is None else [self._channel(channel)]
        rows = [(row, place) for place in places for row in self._space.visible(place, self.id)]
        rows = [(row, place) for row, place in rows if message in (None, row["ts"]) and "bot_id" in row]
        rows.sort(key=lambda each: float(each[0]["ts"]), reverse=True)
        found += [({"channel": place, "message_ts": row["ts"]}, row.get("blocks", [])) for row, place in rows]
        return found

    def _find(self, label: str, channel: str | None, message: Message | str | None, *, home: bool) -> _Target:
        places = self._places(channel, message, home=home)
        for where, blocks in places:
            targets = [(text, target) for text, target in _targets(where, blocks)]
            for fits in (str.__eq__, str.startswith):
                for text, target in targets:
                    if fits(text, label):
                        return target
        seen = [text for _, blocks in places[:5] for text in labels(blocks)]
        raise NotThere(f"nothing reads {label!r}; to press there is {seen}")

    def _asked(self, where: Json, block: Json, element: Json, typed: str) -> list[Json]:
        asked = {**where, "block_id": block["block_id"], "action_id": element["action_id"], "value": typed}
        answer = self._do("options", **asked)
        return [*answer.get("options", []), *(o for g in answer.get("option_groups", []) for o in g["options"])]

    def _value(self, where: Json, block: Json, element: Json, value: Any) -> Json:
        kind = element["type"]
        key = VALUE_KEYS[kind][0]
        if kind in _TYPED:
            return {"type": kind, key: None if value in (None, "") else str(value)}
        many = value if isinstance(value, (list, tuple)) else [value]
        found: list[Any]
        if value is None:
            found = []
        elif kind == "file_input":
            found = [self.upload(each) for each in ([value] if isinstance(value, tuple) else many)]
        elif "user" in kind:
            found = [self._space.person(each)["id"] for each in many]
        elif "conversation" in kind or "channel" in kind:
            found = [self._channel(each) for each in many]
        elif "select" in kind or kind in ("radio_buttons", "checkboxes", "overflow"):
            found = [self._option(where, block, element, each) for each in many]
        else:
            found = [value]
        plural = key in _PLURAL
        return {"type": kind, key: found if plural else found[0] if found else None}

    def _option(self, where: Json, block: Json, element: Json, text: str) -> Json:
        known = _options(element)
        if "external" in element["type"]:
            known = self._asked(where, block, element, text)
        for fits in (str.__eq__, str.startswith):
            for option in known:
                if fits(plain_mrkdwn(option["text"]["text"]), text) or option["value"] == text:
                    return option
        raise NotThere(f"no option reads {text!r}; there is {[o['text']['text'] for o in known]}")


def _options(element: Json) -> list[Json]:
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *grouped]


def _targets(where: Json, blocks: list[Json]) -> list[tuple[str, _Target]]:
    found = []
    for block, element in elements(blocks):
        if isinstance(element.get("text"), dict):
            found.append((element["text"]["text"], _Target(where, block, element)))
        found += [(plain_mrkdwn(o["text"]["text"]), _Target(where, block, element, o)) for o in _options(element)]
    return found


def _spot(where: Json, block: Json, element: Json) -> Json:
    return {**where, "block_id": block["block_id"], "action_id": element["action_id"]}


def _pressed(target: _Target) -> Json:
    action: Json = {}
    if target.option is not None:
        key = VALUE_KEYS[target.element["type"]][0]
        action = {key: [target.option] if key == "selected_options" else target.option}
    return _spot(target.where, target.block, target.element) | {"action": action}


def _input(view: Json, name: str) -> tuple[Json, Json]:
    known = [(block, element) for block, element in elements(view["blocks"]) if element["type"] in VALUE_KEYS]
    for fits in (str.__eq__, str.startswith):
        for block, element in known:
            labelled: Json = block.get("label") or block.get("text") or {}
            label = str(labelled.get("text", ""))
            if name in (element["action_id"], block["block_id"]) or fits(label, name):
                return block, element
    shown = [block.get("label", {}).get("text") or element["action_id"] for block, element in known]
    raise NotThere(f"the form has no {name!r}; it has {shown}")
