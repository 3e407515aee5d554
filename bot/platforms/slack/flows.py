"""What happens between a payload and its ack, and after it. No ack waits for a request of ours to Slack."""

import asyncio
import logging
from collections.abc import Coroutine, Mapping
from typing import Any

from bot.chat.incoming import Command, Incoming, Opened, Press, Say, Submit
from bot.chat.view import Form, Reply, View
from bot.platforms.core import Core
from bot.platforms.payload import fingerprint, inner_text
from bot.platforms.slack import parse
from bot.platforms.slack.answers import Answers
from bot.platforms.slack.client import WebClient
from bot.platforms.slack.identity import Identity
from bot.platforms.slack.parse import WayBack
from bot.platforms.slack.render import Words, message
from bot.platforms.slack.render_form import reading
from bot.platforms.slack.reopened import reopened
from bot.platforms.tasks import Tasks, described
from bot.platforms.text import Json
from bot.usecases.sending import SendFault

PATIENCE = 2.0
"""Seconds an ack waits for the core; Slack waits 3, and the rest is for the way."""
Body = Mapping[str, Any]
Ack = str | Json
NOTHING: Ack = ""

_log = logging.getLogger(__name__)


SAID = ("more", "cancel", "saving", "saved", "form_failed", "failed")
"""The words the edge needs: `more` ("… and {count} more"), a confirmation's `cancel`, a slow form's `saving` and
`saved`, `form_failed` when Slack did not open the form, `failed` when the core did not answer at all."""


class Flows:
    """One method per kind of payload; what it returns is the ack."""

    def __init__(
        self, core: Core, client: WebClient, identity: Identity, tasks: Tasks, patience: float = PATIENCE
    ) -> None:
        self._core, self._identity, self._tasks, self._patience = core, identity, tasks, patience
        self._answers = Answers(client)

    async def command(self, body: Body) -> Ack:
        """In time, the ack itself is the answer; later, it follows by response_url."""
        incoming = parse.command(body)
        if incoming is None:
            return self._ignored(body)
        if self._core.opens_form(incoming):
            return self._form(incoming, parse.way_back(body))
        asked = self._ask(incoming)
        reply = await self._in_time(asked)
        if reply is None:
            return self._later("late", incoming, self._when_ready(asked, incoming, parse.way_back(body)))
        if reply.home or reply.form:
            self._later("rest", incoming, self._rest(reply, incoming, parse.way_back(body)))
        if reply.view is None:
            return NOTHING
        kind = "in_channel" if reply.public else "ephemeral"
        return {"response_type": kind, **message(reply.view, self._words(incoming))}

    async def press(self, body: Body) -> Ack:
        """The ack waits for the core (what was answered is then kept) and carries nothing; the rest is a task."""
        incoming, back = parse.press(body), parse.way_back(body)
        if incoming is None:
            return self._ignored(body)
        if self._core.opens_form(incoming):
            return self._form(incoming, back)
        asked = self._ask(incoming)
        await self._in_time(asked)
        return self._later("reply", incoming, self._when_ready(asked, incoming, back))

    async def submit(self, body: Body) -> Ack:
        """Errors keep the form open; else it closes. A slow core leaves it open with "saving" in it."""
        incoming, back = parse.submit(body), parse.way_back(body)
        if incoming is None:
            return self._ignored(body)
        asked = self._ask(incoming)
        reply = await self._in_time(asked)
        if reply is None:
            self._later("saved", incoming, self._saved(asked, incoming, back, body))
            return {"response_action": "update", "view": self._small(incoming, body, "saving")}
        if reply.errors:
            return {"response_action": "errors", "errors": dict(reply.errors)}
        if reply.view or reply.home:
            self._later("reply", incoming, self._deliver(reply, incoming, back))
        return {"response_action": "clear"}

    async def event(self, body: Body) -> None:
        """Acked once the core has kept it, so that a killed process loses nothing; Slack repeats what is not acked."""
        incoming = parse.event(body, self._identity.bot_user_id, self._identity.bot_id)
        if incoming is None:
            self._ignored(body)
        else:
            asked = self._ask(incoming)
            await self._in_time(asked)
            self._later("event", incoming, self._answer(asked, incoming, parse.way_back(body)))

    def ignored(self, body: Body) -> Ack:
        """Something that is not ours: acked, and logged by its ids."""
        return self._ignored(body)

    def _ignored(self, body: Body) -> Ack:
        _log.debug("slack_ignored %s", parse.named(body))
        return NOTHING

    def _ask(self, incoming: Incoming) -> "asyncio.Task[Reply]":
        return self._tasks.start(self._core.converse(incoming), lambda: f"converse {_named(incoming)}")

    async def _in_time(self, asked: "asyncio.Task[Reply]") -> Reply | None:
        """The reply if it comes within our patience; what takes longer goes on."""
        await asyncio.wait({asked}, timeout=self._patience)
        return asked.result() if asked.done() and not _broken(asked) else None

    def _later(self, what: str, incoming: Incoming, work: Coroutine[Any, Any, None]) -> Ack:
        self._tasks.start(work, lambda: f"{what} {_named(incoming)}")
        return NOTHING

    async def _reply(self, asked: "asyncio.Task[Reply]", incoming: Incoming) -> Reply:
        """The reply whenever it comes; plain words if the core broke its promise."""
        await asyncio.wait({asked})
        if _broken(asked):
            return Reply(View(self._core.say("failed", incoming.actor.language)))
        return asked.result()

    async def _when_ready(self, asked: "asyncio.Task[Reply]", incoming: Incoming, back: WayBack) -> None:
        reply = await self._reply(asked, incoming)
        await self._deliver(reply, incoming, back)

    async def _answer(self, asked: "asyncio.Task[Reply]", incoming: Say | Opened, back: WayBack) -> None:
        reply = await self._reply(asked, incoming)
        words = self._words(incoming)
        if reply.home:
            await self._answers.publish(back.user, reply.home, words)
        if reply.view and isinstance(incoming, Say):
            await self._answers.aloud(back, reply.view, words, public=reply.public)

    async def _deliver(self, reply: Reply, incoming: Incoming, back: WayBack) -> None:
        """Everything a reply holds, the words first."""
        words = self._words(incoming)
        if reply.view and reply.replaces:
            await self._answers.in_place(back, reply.view, words)
        elif reply.view:
            await self._answers.privately(back, reply.view, words, public=reply.public)
        await self._rest(reply, incoming, back)

    async def _rest(self, reply: Reply, incoming: Incoming, back: WayBack) -> None:
        """The home and a form that the table did not announce."""
        if reply.form:
            try:
                await self._answers.open(back, reply.form, self._words(incoming))
            except SendFault as fault:
                await self._form_failed(fault, incoming, back, None)
        if reply.home:
            await self._answers.publish(back.user, reply.home, self._words(incoming))

    def _form(self, incoming: Command | Press, back: WayBack) -> Ack:
        """The trigger lives 3 s: the loading form goes out before the core is even asked."""
        return self._later("form", incoming, self._fill(incoming, back))

    async def _fill(self, incoming: Incoming, back: WayBack) -> None:
        loading, words = self._core.loading_form(incoming), self._words(incoming)
        asked = self._ask(incoming)  # begins with the first await below, behind the request for the form
        try:
            view_id = await self._answers.open(back, loading, words)
        except SendFault as fault:
            return await self._form_failed(fault, incoming, back, await self._reply(asked, incoming))
        reply = await self._reply(asked, incoming)
        if reply.form:
            await self._filled(view_id, reply.form, loading.title, incoming)
        elif reply.view:
            await self._answers.tell(view_id, loading.title, reply.view, words)
        if reply.home:
            await self._answers.publish(back.user, reply.home, words)
        return None

    async def _filled(self, view_id: str, form: Form, title: str, incoming: Incoming) -> None:
        """The form where the loading one stands; plain words there if Slack does not take it (a scope is missing)."""
        try:
            await self._answers.fill(view_id, form, self._words(incoming))
        except SendFault as fault:
            _log.warning("slack_form_not_filled %s error=%s", _named(incoming), described(fault))
            said = View(self._core.say("form_failed", incoming.actor.language))
            await self._answers.tell(view_id, title, said, self._words(incoming))

    async def _form_failed(self, fault: SendFault, incoming: Incoming, back: WayBack, reply: Reply | None) -> None:
        """Slack did not open the form: what the core said instead of a form, or plain words about it."""
        _log.warning("slack_form_not_opened %s error=%s", _named(incoming), described(fault))
        said = reply.view if reply and reply.view and not reply.form else None
        words = View(self._core.say("form_failed", incoming.actor.language))
        await self._answers.privately(back, said or words, self._words(incoming))

    async def _saved(self, asked: "asyncio.Task[Reply]", incoming: Submit, back: WayBack, body: Body) -> None:
        """The end of a slow submission, in the modal that says "saving"."""
        reply, words = await self._reply(asked, incoming), self._words(incoming)
        if reply.errors:
            await self._answers.show(back.view_id, reopened(body["view"], reply.errors))
        elif reply.view:
            await self._answers.tell(back.view_id, _title(body), reply.view, words)
        else:
            await self._answers.show(back.view_id, self._small(incoming, body, "saved"))
        if reply.home:
            await self._answers.publish(back.user, reply.home, words)

    def _small(self, incoming: Incoming, body: Body, key: str) -> Json:
        said = View(self._core.say(key, incoming.actor.language))
        return reading(_title(body), said, self._words(incoming))

    def _words(self, incoming: Incoming) -> Words:
        language = incoming.actor.language
        return Words(self._core.say("more", language), self._core.say("cancel", language))


def _broken(asked: "asyncio.Task[Reply]") -> bool:
    return asked.cancelled() or asked.exception() is not None


def _title(body: Body) -> str:
    return inner_text(body, "view", "title", "text")


def _named(incoming: Incoming) -> str:
    """For the log; a key made of a trigger id, which opens forms for 3 s, appears as its digest."""
    key = incoming.key if incoming.key.startswith(("event:", "submit:")) else fingerprint(incoming.key)
    return f"kind={type(incoming).__name__} key={key} installation={incoming.actor.installation}"
