"""The ways back to a person: response_url, direct message, message in place, modal, home."""

from bot.chat.view import Form, View
from bot.platforms.slack.client import WebClient
from bot.platforms.slack.faults import translated
from bot.platforms.slack.parse import WayBack
from bot.platforms.slack.render import Words, home, message
from bot.platforms.slack.render_form import modal, reading
from bot.platforms.text import Json
from bot.usecases.sending import SendFault, Unreachable

QUIET: Json = {"unfurl_links": False, "unfurl_media": False}


class Answers:
    """Sends one reply's parts. Every method is one request; failures are those of `bot.usecases.sending`."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    async def privately(self, back: WayBack, view: View, words: Words, *, public: bool = False) -> None:
        """Beside what was typed or pressed; a direct message where there is no response_url or it is used up."""
        if not back.response_url:
            await self.direct(back, view, words)
            return
        kind = "in_channel" if public else "ephemeral"
        try:
            await self._respond(back, {"response_type": kind, "replace_original": False, **message(view, words)})
        except Unreachable:
            await self.direct(back, view, words)

    async def in_place(self, back: WayBack, view: View, words: Words) -> None:
        """Instead of the message whose button was pressed; a direct message where there is none."""
        if not back.response_url:
            await self.direct(back, view, words)
            return
        await self._respond(back, {"replace_original": True, **message(view, words)})

    async def direct(self, back: WayBack, view: View, words: Words) -> None:
        """A direct message: Slack opens the conversation when a user id stands as the channel."""
        with translated():
            await self._client.chat_postMessage(channel=back.user, **message(view, words), **QUIET)

    async def aloud(self, back: WayBack, view: View, words: Words, *, public: bool) -> None:
        """Where somebody wrote to us, in their thread; in a channel for that person alone unless `public`."""
        thread: Json = {"thread_ts": back.thread} if back.thread else {}
        with translated():
            if back.mention and not public:
                said = message(view, words)
                await self._client.chat_postEphemeral(channel=back.channel, user=back.user, **said, **thread)
            else:
                await self._client.chat_postMessage(channel=back.channel, **message(view, words), **thread, **QUIET)

    async def open(self, back: WayBack, form: Form, words: Words) -> str:
        """Show a form; gives the id of its view. The trigger lives 3 s and works once."""
        with translated():
            answer = await self._client.views_open(trigger_id=back.trigger_id, view=modal(form, words))
        return str(answer["view"]["id"])

    async def fill(self, view_id: str, form: Form, words: Words) -> None:
        """Put a form where a loading one stands."""
        await self.show(view_id, modal(form, words))

    async def tell(self, view_id: str, title: str, view: View, words: Words) -> None:
        """Put words where a loading or saving form stands."""
        await self.show(view_id, reading(title, view, words))

    async def show(self, view_id: str, view: Json) -> None:
        """Replace a modal; its owner may have closed it, and then nobody waits for it."""
        try:
            with translated(repeatable=True):
                await self._client.views_update(view_id=view_id, view=view)
        except Unreachable as fault:
            if fault.reason not in ("not_found", "view_not_found"):
                raise

    async def publish(self, user: str, view: View, words: Words) -> None:
        """Put a person's home."""
        with translated(repeatable=True):
            await self._client.views_publish(user_id=user, view=home(view, words))

    async def _respond(self, back: WayBack, body: Json) -> None:
        with translated():
            async with self._client.web.get().post(back.response_url, json=body) as answer:
                status = answer.status
        if status >= 500:
            raise SendFault(f"response_url_{status}")
        if status >= 300:
            raise Unreachable(f"response_url_{status}")
