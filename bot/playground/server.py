"""`LocalSlack`: the whole local workspace as one object, for `play` and for tests."""

import asyncio
import secrets
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, Self

import httpx

from bot.playground.clock import RealTime
from bot.playground.faults import Fault
from bot.playground.person import PATIENCE, Person
from bot.playground.sender import Ack, Sender
from bot.playground.served import Served
from bot.playground.town import Town, create_app
from bot.playground.workspace import Workspace

__all__ = ["LocalSlack", "Served", "create_app"]

Json = dict[str, Any]
_CALL_SECONDS = 30.0


class LocalSlack:
    """A local Slack on a thread of its own.

    `bot_url` is the bot's endpoint (`http://127.0.0.1:PORT/slack/events`) and may be set later. `state_path` keeps
    the workspace in a file; `None` keeps it in memory. `strict_pace` refuses more than one message a second in a
    channel after a burst of three. `retry_scale` shortens the waits between event retries. `real` is the machine's
    time in Unix seconds, for tests of expiry.
    """

    def __init__(
        self,
        cast: Any = None,
        manifest: Any = None,
        bot_url: str | None = None,
        signing_secret: str | None = None,
        *,
        bot_token: str = "xoxb-local-token",  # noqa: S107  a token of this workspace only
        app_token: str = "xapp-local-token",  # noqa: S107  the same
        state_path: Path | str | None = None,
        strict_pace: bool = False,
        port: int = 0,
        ack_seconds: float = 3.0,
        retry_scale: float = 1.0,
        real: RealTime = time.time,
    ) -> None:
        self.signing_secret = signing_secret or secrets.token_hex(16)
        self.bot_token, self.app_token = bot_token, app_token
        self.workspace = Workspace(
            cast, manifest, bot_token=bot_token, app_token=app_token, real=real, strict_pace=strict_pace
        )
        space = self.workspace
        self.sender = Sender(space, bot_url, self.signing_secret, ack_seconds=ack_seconds, retry_scale=retry_scale)
        app = create_app(space, sender=self.sender, state_path=state_path)
        self._served = Served(app, port=port, name="local slack")
        self.town: Town = app.state.town
        self.town.gestures.base_url = self.url
        self.http = httpx.Client(base_url=self.url, trust_env=False, timeout=_CALL_SECONDS)

    @property
    def url(self) -> str:
        """Return the address of the page, without a slash at its end."""
        return self._served.url

    @property
    def api_url(self) -> str:
        """Return the address of the Web API, with the slash the SDK wants."""
        return f"{self.url}/api/"

    @property
    def bot_url(self) -> str | None:
        """Return where the bot is asked."""
        return self.sender.bot_url

    @bot_url.setter
    def bot_url(self, url: str | None) -> None:
        self.sender.bot_url = url

    def start(self) -> Self:
        """Serve; returns when the port answers."""
        self._served.start()
        return self

    def stop(self) -> None:
        """Stop serving; a state file is written."""
        self.http.close()
        loop = self._served.loop
        if loop is not None:
            asyncio.run_coroutine_threadsafe(self.town.close(), loop).result(5)
        self._served.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        loop = self._served.loop
        if loop is None:
            work.close()
            raise RuntimeError("the local Slack is not started")
        return asyncio.run_coroutine_threadsafe(work, loop).result(_CALL_SECONDS)

    # -- people ------------------------------------------------------------------------------------------------
    def as_(self, handle: str) -> Person:
        """Return one person, by handle or id."""
        return Person(self.workspace, self.http, self.workspace.person(handle)["id"])

    # -- the wire ----------------------------------------------------------------------------------------------
    def send(self, path: str = "", body: bytes | str = b"", headers: dict[str, str] | None = None) -> httpx.Response:
        """Post anything to the bot, unsigned. `path` is taken at the bot's origin; empty is its endpoint."""
        url = httpx.URL(self.bot_url or "")
        return httpx.post(url.join(path) if path else url, content=body, headers=headers, trust_env=False, timeout=10)

    def signed(self, body: bytes, at: float | None = None) -> dict[str, str]:
        """Return the signature headers for a body, stamped at a Unix time (the machine's now by default)."""
        return self.sender.signed(body, at)

    def repeat_last(self) -> Ack:
        """Send the last event or interaction once more, byte for byte."""
        ack: Ack = self._run(self.sender.repeat_last())
        return ack

    def send_event(self, subscription: str, event: Json) -> Ack | None:
        """Send any event (`app_uninstalled`, ...) and wait for its answer; `None` when not subscribed."""
        ack: Ack | None = self._run(self.sender.send_event(subscription, event))
        return ack

    def refresh_links(self) -> None:
        """Ask Socket Mode links to connect anew."""
        self._run(self.town.links.refresh())

    def log(self, after: int = 0) -> list[Json]:
        """Return the log of the wire."""
        return self.workspace.journal.after(after)

    def wait_for_log(self, wanted: str, timeout: float = PATIENCE, direction: str = "") -> Json:
        """Wait for a log entry whose `what` contains a text, and return it."""
        found: list[Json] = []

        def there() -> bool:
            found[:] = [e for e in self.log() if wanted in e["what"] and direction in e["direction"]]
            return bool(found)

        with self.workspace.moved_on:
            if not self.workspace.moved_on.wait_for(there, timeout):
                raise AssertionError(f"no {wanted!r} on the wire; there were {[e['what'] for e in self.log()]}")
        return found[-1]

    # -- the world ---------------------------------------------------------------------------------------------
    def clock(self, *, advance_seconds: float = 0.0, to: str | None = None) -> Json:
        """Move the workspace's time; the answer has `now` and, when the bot did not take it, `bot_error`."""
        asked = {"to": to} if to else {"advance_seconds": advance_seconds}
        answer: Json = self.http.post("/client/clock", json=asked).raise_for_status().json()
        return answer

    def fault(self, method: str, kind: str, **more: Any) -> None:
        """Switch one trouble on: kinds `ratelimited`, `server_error`, `hang`, `drop`, `error`; see `Fault`."""
        self.workspace.faults.add(Fault(method, kind, **more))

    def clear_faults(self) -> None:
        """Switch all troubles off."""
        self.workspace.faults.clear()

    def hold_events(self) -> None:
        """Keep events back until `release_events`."""
        self.workspace.faults.hold_events = True

    def release_events(self) -> None:
        """Send the events kept back, newest first."""
        self.sender.release_events()

    def revoke_token(self) -> None:
        """Make every call answer `token_revoked`."""
        self.workspace.revoked = True

    def remove_bot(self, channel: str) -> None:
        """Take the bot out of a channel."""
        self.http.post("/client/faults", json={"remove_bot_from": channel}).raise_for_status()

    def invite_bot(self, channel: str) -> None:
        """Put the bot into a channel."""
        self.http.post("/client/invite", json={"channel": channel}).raise_for_status()
