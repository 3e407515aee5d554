"""A process of its own that is there at once: forked from one that has imported the bot, once in a session of tests.

Code, environment, signals and end are those of the command. That the command itself starts is shown by
`tests/end_to_end/test_processes.py`.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
IMPORTED = ["bot.serving", "bot.command_line", "tests.soak.worker"]


class Forked:
    """One such process; what it writes is added to `log`. It has nothing of our environment but what is `given`."""

    def __init__(
        self, act: Callable[[Sequence[str]], None], *arguments: str, given: Mapping[str, str], log: Path
    ) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(IMPORTED)
        log.touch()
        self._process = context.Process(target=_become, args=(act, arguments, dict(given), log))
        self._process.start()

    def poll(self) -> int | None:
        """How it ended: None while it runs, the negative number of a signal that ended it."""
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        assert self._process.pid
        os.kill(self._process.pid, number)

    def kill(self) -> None:
        """End it without a chance to tidy up."""
        if self.poll() is None:
            self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> None:
        """Until it has ended."""
        self._process.join(timeout)
        assert self.poll() is not None, "it does not end"


def command(arguments: Sequence[str]) -> None:
    """What `bridgehead` does with these arguments."""
    from bot.command_line import cli

    cli(list(arguments))


def _become(
    act: Callable[[Sequence[str]], None], arguments: Sequence[str], given: Mapping[str, str], log: Path
) -> None:
    with log.open("ab") as output:
        for number in (1, 2):
            os.dup2(output.fileno(), number)
    os.environ.clear()
    os.environ.update(given)
    os.chdir(ROOT)
    act(arguments)
