"""What happens between an activity and its HTTP answer, and after it."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.chat.incoming import Incoming, Press, Submit
from bot.chat.view import Bullets, FieldKind, Form, Paragraph, Reply, View, line
from bot.platforms.core import Core
from bot.platforms.payload import inner_text
from bot.platforms.tasks import Tasks, described
from bot.platforms.teams import parse
from bot.platforms.teams.activities import CARD, card_message, message, messages
from bot.platforms.teams.addresses import Address
from bot.platforms.teams.delivery import Chat, Delivery
from bot.platforms.teams.lanes import Lanes
from bot.platforms.teams.openers import opened_again, opener_of
from bot.platforms.teams.parse import WayBack
from bot.platforms.teams.refilled import refilled, with_opener
from bot.platforms.teams.render import rendered
from bot.platforms.teams.render_form import rendered_form
from bot.platforms.teams.words import KEYS, Words
from bot.usecases.sending import SendFault, Unreachable

PATIENCE = 2.0
"""Seconds a message waits for being kept before it is taken: what is not taken is not sent again by everybody."""
CARD_PATIENCE = 4.0
"""Seconds a pressed button waits for its answer. The Bot Service gives up after 10 to 15."""
TYPING_AFTER = 1.0
"""Seconds after which we show that we are at it."""
SAID = "application/vnd.microsoft.activity.message"
Activity = Mapping[str, Any]

EDGE = (*KEYS, "done", "saved", "saving", "failed", "cancelled", "in_chat", "add_me", "look_again", "share_file")
"""The words the edge needs, among them those that a card needs."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """The HTTP answer to an activity."""

    status: int
    body: Mapping[str, Any] | None = None


@dataclass(slots=True)
class Flows:
    """One method per kind of activity; `now` is the product's time."""

    core: Core
    delivery: Delivery
    tasks: Tasks
    now: Callable[[], datetime]
    patience: float = PATIENCE
    card_patience: float = CARD_PATIENCE
    _lanes: Lanes = field(init=False)

    def __post_init__(self) -> None:
        self._lanes = Lanes(self.tasks)

    async def activity(self, activity: Activity) -> Answer:
        """Answer an activity that was found to be the connector's."""
        if parse.is_arrival(activity):
            return self._added(activity)
        if parse.is_departure(activity):
            return self._removed(activity)
        match inner_text(activity, "type"), inner_text(activity, "name"):
            case "message", _:
                return await self._message(activity)
            case "invoke", "adaptiveCard/action":
                return await self._card_action(activity)
            case "invoke", _:
                _log.info("teams_invoke_unknown %s", parse.named(activity))
                return Answer(501)
        _log.debug("teams_ignored %s", parse.named(activity))
        return Answer(200)

    async def _message(self, activity: Activity) -> Answer:
        """Taken once the core has kept it, so that a killed process loses nothing; answered by the connector."""
        incoming, back = parse.message(activity), parse.way_back(activity)
        if (cancelled := parse.cancelled(activity)) and back.card:
            self._cancel(cancelled, back)
        if incoming is None:
            _log.debug("teams_ignored %s", parse.named(activity))
            return Answer(202)
        asked = self._hear(incoming, back)
        self._speak(back, incoming, self._answer(asked, incoming, back))
        await asyncio.wait({asked}, timeout=self.patience)
        return Answer(202)

    async def _card_action(self, activity: Activity) -> Answer:
        """The HTTP answer is what the presser sees in place of the card; everything else goes by the connector."""
        incoming, back = parse.card_action(activity), parse.way_back(activity)
        if (cancelled := parse.cancelled(activity)) and back.card:
            return self._cancel(cancelled, back)
        if incoming is None or parse.is_automatic(activity):
            return Answer(200, _shown(SAID, ""))
        asked = self._hear(incoming, back)
        await asyncio.wait({asked}, timeout=self.card_patience)
        in_time = asked.done() and not _broken(asked)
        card = await self._in_place(asked.result(), incoming, back) if in_time else None
        self._speak(back, incoming, self._answer(asked, incoming, back, card))
        if card is not None:
            return Answer(200, _shown(CARD, card))
        word = "done" if in_time and back.chat else "in_chat" if in_time else "saving"
        return Answer(200, _shown(SAID, self._say(word, incoming)))

    def _cancel(self, given_up: Incoming, back: WayBack) -> Answer:
        """A form is closed: nothing is asked of the core."""
        card = rendered(View(self._say("cancelled", given_up)), self._words(given_up))
        self._speak(back, given_up, self._replace(back, card))
        return Answer(200, _shown(CARD, card))

    def _added(self, activity: Activity) -> Answer:
        """Greet, and send what waited for this. Two activities tell of it; the core knows them by one key."""
        incoming, back = parse.joined(activity, self.now().date().isoformat()), parse.way_back(activity)
        if incoming is not None:
            self.delivery.roster.forget(incoming.actor.installation)
            self._speak(back, incoming, self._answer(self._hear(incoming, back), incoming, back))
        return Answer(200)

    def _removed(self, activity: Activity) -> Answer:
        back = parse.way_back(activity)
        whose = back.user if back.chat else back.channel
        if whose and back.tenant:
            # In its turn: who comes back right after is not forgotten again.
            forgetting = self.delivery.addresses.forget(back.tenant, whose)
            self._lanes.start(f"hear:{back.conversation}", forgetting, lambda: "teams_forget")
        return Answer(200)

    # -- hearing -----------------------------------------------------------------------------------------------
    def _hear(self, incoming: Incoming, back: WayBack) -> "asyncio.Task[Reply]":
        work = self._converse(incoming, back)
        return self._lanes.start(f"hear:{back.conversation}", work, lambda: f"converse {_named(incoming)}")

    async def _converse(self, incoming: Incoming, back: WayBack) -> Reply:
        await self._learn(incoming, back)
        meant = await self.delivery.roster.meant(incoming, back.service_url, back.conversation)
        return await self.core.converse(meant)

    async def _learn(self, incoming: Incoming, back: WayBack) -> None:
        addresses, installation = self.delivery.addresses, incoming.actor.installation
        own = back.address
        await addresses.learn(installation, back.user, Address(**{**_facts(own), "name": incoming.actor.name}))
        if back.channel:
            await addresses.learn(installation, back.channel, back.place)

    # -- speaking ----------------------------------------------------------------------------------------------
    def _speak(self, back: WayBack, incoming: Incoming, work: Any) -> None:
        self._lanes.start(f"say:{back.conversation}", work, lambda: f"answer {_named(incoming)}")

    async def _answer(
        self, asked: "asyncio.Task[Reply]", incoming: Incoming, back: WayBack, card: Mapping[str, Any] | None = None
    ) -> None:
        """Everything a reply holds. `card`: what already stands in place of the presser's card."""
        done, _ = await asyncio.wait({asked}, timeout=TYPING_AFTER)
        if not done and not isinstance(incoming, Press):
            await self._typing(back)
        await asyncio.wait({asked})
        reply = Reply(View(self._say("failed", incoming))) if _broken(asked) else asked.result()
        if isinstance(incoming, Submit) and back.card and reply.form is None:
            card = card or await self._in_place(reply, incoming, back)
            if card is not None:
                await self._replace(back, card)
            return
        if reply.view is not None and reply.replaces and back.card:
            await self._replace(back, rendered(reply.view, self._words(incoming)))
        elif reply.view is not None:
            await self._tell(reply.view, incoming, back, public=reply.public)
        if reply.form is not None:
            await self._show_form(reply.form, incoming, back)
        if reply.home is not None:
            await self._show_home(reply.home, incoming, back)

    async def _in_place(self, reply: Reply, incoming: Incoming, back: WayBack) -> Mapping[str, Any] | None:
        """What stands where the pressed card was: a form's result, or the form again with what is wrong in it."""
        words = self._words(incoming)
        if isinstance(incoming, Submit):
            if reply.errors:
                return await self._form_again(reply, incoming, back)
            if reply.form is None:
                return rendered(reply.view or View(self._say("saved", incoming)), words)
        return rendered(reply.view, words) if reply.view and reply.replaces else None

    async def _form_again(self, reply: Reply, submit: Submit, back: WayBack) -> Mapping[str, Any]:
        notice = self._say("look_again", submit)
        again = opened_again(back.opener, submit) if back.opener else None
        made = await self.core.converse(again) if again else Reply()
        if made.form is None or back.opener is None:
            faults = Bullets(tuple(line(said) for said in reply.errors.values()))
            return rendered(View(notice, (Paragraph(line(notice)), faults)), self._words(submit))
        card = await self._form_card(made.form, submit, back.opener)
        return refilled(card, submit.fields, reply.errors, notice)

    async def _form_card(self, form: Form, incoming: Incoming, opener: Mapping[str, str]) -> dict[str, Any]:
        filled = await self.delivery.roster.with_options(form, incoming.actor.installation)
        return with_opener(rendered_form(filled, self._words(incoming)), opener)

    async def _tell(self, view: View, incoming: Incoming, back: WayBack, *, public: bool = False) -> None:
        """Where it was asked, unless it is for one person alone: Teams shows everybody what stands in a channel."""
        said = messages(view, self._words(incoming))
        if not (back.chat or public):
            await self._privately(said, incoming, back)
            return
        for each in said:
            await self._send(Chat(back.service_url, back.conversation), each)

    async def _privately(self, said: Sequence[dict[str, Any]], incoming: Incoming, back: WayBack) -> str:
        """Into the person's own chat, and a word in the channel where nothing would be seen of it otherwise.

        Gives the id of the last message, "" where it could not be sent.
        """
        word, sent = "in_chat", ""
        try:
            chat = await self.delivery.chat_with(incoming.actor.installation, back.user)
            for each in said:
                sent = await self._send(chat, each)
        except Unreachable as fault:
            _log.info("teams_not_in_private %s error=%s", _named(incoming), described(fault))
            word = "add_me"
        if not back.chat and (word == "add_me" or not isinstance(incoming, Press | Submit)):
            there = Chat(back.service_url, back.conversation)
            await self._send(there, {"type": "message", "text": self._say(word, incoming), "textFormat": "plain"})
        return sent

    async def _show_form(self, form: Form, incoming: Incoming, back: WayBack) -> None:
        """A form is a card in the person's own chat."""
        if any(each.kind is FieldKind.FILE for each in form.fields):
            await self._tell(View(self._say("share_file", incoming)), incoming, back)
            return
        card = await self._form_card(form, incoming, opener_of(incoming))
        await self._privately([card_message(card, form.title)], incoming, back)

    async def _show_home(self, home: View, incoming: Incoming, back: WayBack) -> None:
        sent = await self._privately([message(home, self._words(incoming))], incoming, back)
        if sent:
            told = Address(back.service_url, home=sent)
            await self.delivery.addresses.learn(incoming.actor.installation, back.user, told)

    async def _replace(self, back: WayBack, card: Mapping[str, Any]) -> None:
        """For everybody who sees the card, and for good; the answer to a press shows it to the presser alone."""
        connector, said = self.delivery.connector, card_message(dict(card), "")
        await connector.patiently(lambda: connector.update(back.service_url, back.conversation, back.card, said))

    async def _send(self, chat: Chat, said: dict[str, Any]) -> str:
        connector = self.delivery.connector
        return str(await connector.patiently(lambda: connector.send(chat.service_url, chat.conversation, said)))

    async def _typing(self, back: WayBack) -> None:
        try:
            await self.delivery.connector.send(back.service_url, back.conversation, {"type": "typing"})
        except SendFault as fault:
            _log.debug("teams_typing error=%s", described(fault))

    def _say(self, key: str, incoming: Incoming) -> str:
        return self.core.say(key, incoming.actor.language)

    def _words(self, incoming: Incoming) -> Words:
        language = incoming.actor.language
        return Words(**{key: self.core.say(key, language) for key in KEYS}, language=language)


def _shown(kind: str, value: Mapping[str, Any] | str) -> Mapping[str, Any]:
    return {"statusCode": 200, "type": kind, "value": value}


def _facts(address: Address) -> dict[str, str]:
    return {name: getattr(address, name) for name in ("service_url", "conversation", "bot", "member")}


def _broken(asked: "asyncio.Task[Reply]") -> bool:
    return asked.cancelled() or asked.exception() is not None


def _named(incoming: Incoming) -> str:
    return f"kind={type(incoming).__name__} key={incoming.key} installation={incoming.actor.installation}"
