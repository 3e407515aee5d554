"""The command in a process of its own, with a local Slack beside it."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx

from bot.playground.server import LocalSlack
from tests.forked import ROOT, Forked, command
from tests.running import wait_until

UP = 60.0


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(database_url: str, data: Path, slack: LocalSlack, port: int) -> dict[str, str]:
    """All that a process needs to know; nothing of ours is inherited but the path."""
    return {
        "PATH": os.environ["PATH"],
        "BRIDGEHEAD_DATA": str(data),
        "DATABASE_URL": database_url,
        "BRIDGEHEAD_ADMINS": "U0ADA",
        "PORT": str(port),
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
    }


def run(*arguments: str, given: Mapping[str, str], text: str = "") -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(
        command, env=dict(given), cwd=ROOT, input=text, capture_output=True, text=True, timeout=UP, check=False
    )


def anew(*arguments: str, given: Mapping[str, str], log: Path) -> "subprocess.Popen[bytes]":
    """The command as a person starts it."""
    with log.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments], env=dict(given), cwd=ROOT, stdout=output, stderr=output
        )


@dataclass
class Process:
    """One running command. `log` is where it writes; `is_anew`: it imports everything itself."""

    arguments: tuple[str, ...]
    given: Mapping[str, str]
    log: Path
    is_anew: bool = False
    running: "Forked | subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.given['PORT']}"

    def start(self) -> None:
        """Start; a web process answers when this returns."""
        begin = anew if self.is_anew else partial(Forked, command)
        self.running = begin(*self.arguments, given=self.given, log=self.log)
        if self.arguments[0] != "worker":
            wait_until(self._is_up, f"{self.arguments} did not come up: {self.log.read_text()}", UP)

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        """End it, without a chance to tidy up unless another signal is named."""
        if self.running and self.running.poll() is None:
            self.running.send_signal(number)
            self.running.wait(UP)

    def _is_up(self) -> bool:
        assert self.running
        assert self.running.poll() is None, self.log.read_text()
        # A client costs far more than to knock, and the process needs the processor to come up.
        try:
            socket.create_connection(("127.0.0.1", int(self.given["PORT"])), timeout=2).close()
        except OSError:
            return False
        try:
            return httpx.get(f"{self.url}/readyz", trust_env=False, timeout=2).status_code == 200
        except httpx.TransportError:
            return False


@contextmanager
def process(*arguments: str, given: Mapping[str, str], log: Path, is_anew: bool = False) -> Iterator[Process]:
    """A started process that is gone afterwards."""
    made = Process(arguments, given, log, is_anew)
    try:
        made.start()
        yield made
    finally:
        made.kill()
