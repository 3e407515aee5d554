"""Plays every transcript of this folder; `README.md` says how to read one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.running import Running, running

HERE = Path(__file__).parent
TRANSCRIPTS = sorted(HERE.glob("*.txt"))
DEADLINE = 10.0

ACT = re.compile(r"(?P<who>\w+)(?: in #(?P<where>[\w-]+))?> (?P<what>.*)")
SIGHT = re.compile(r"(?P<who>\w+|#[\w-]+) (?P<not>does not see|sees): (?P<what>.*)")
SURFACE = re.compile(r"(?P<who>\w+)'s (?P<surface>form|home): (?P<what>.*)")
LATER = re.compile(r"-- (?P<days>\d+) days? later")


@dataclass
class Stage:
    """Plays lines; `seen` holds what stood where before the last act."""

    bot: Running
    seen: dict[tuple[str, str], str] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)

    def play(self, line: str) -> None:
        if act := ACT.fullmatch(line):
            self._remember(act["who"])
            self._act(act["who"], act["where"], act["what"])
        elif sight := SIGHT.fullmatch(line):
            self._look(sight["who"], sight["what"], wanted=sight["not"] == "sees")
        elif surface := SURFACE.fullmatch(line):
            wait = self.bot.as_(surface["who"])
            (wait.wait_for_modal if surface["surface"] == "form" else wait.wait_for_home)(surface["what"], DEADLINE)
        elif later := LATER.fullmatch(line):
            self.bot.slack.clock(advance_seconds=86400 * int(later["days"]))
        else:
            raise AssertionError(f"cannot read the line {line!r}")

    def _act(self, who: str, where: str | None, what: str) -> None:
        person = self.bot.as_(who)
        if what.startswith("/"):
            name, _, text = what.partition(" ")
            person.command(name, text, channel=where)
        elif what.startswith("["):
            person.press(what.strip("[]"), channel=where)
        elif what == "opens home":
            person.open_home()
        elif what == "opens form":
            person.wait_for_modal(timeout=DEADLINE)
        elif what.startswith("{"):
            assert person.submit(_fields(what)) is None
        else:
            person.say(what, channel=where)

    def _remember(self, who: str) -> None:
        self.people.add(who)
        for handle in self.people:
            person = self.bot.as_(handle)
            for channel in self._channels(person):
                self.seen |= {(message.channel, message.ts): message.text for message in person.messages(channel)}

    def _channels(self, person: Any) -> list[str | None]:
        mine = [c["name"] for c in self.bot.slack.workspace.channels.values() if person.id in c["members"]]
        return [None, *(name for name in mine if name)]

    def _look(self, who: str, what: str, *, wanted: bool) -> None:
        channel = who.removeprefix("#") if who.startswith("#") else None
        person = self.bot.as_("olivia" if channel else who)
        if not wanted:
            assert not any(what in message.text for message in person.messages(channel)), what
            return
        person.wait_for(
            lambda m: what in m.text and self.seen.get((m.channel, m.ts)) != m.text, channel=channel, timeout=DEADLINE
        )


def _fields(text: str) -> dict[str, Any]:
    pairs = (pair.partition(":") for pair in text.strip("{}").split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip() and not line.startswith("#!") and not line.startswith("# "):
            yield number, line.strip()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_conversation_goes_as_written(path: Path, database_url: str, tmp_path: Path) -> None:
    with running(database_url, tmp_path) as bot:
        stage = Stage(bot)
        for number, line in _lines(path):
            try:
                stage.play(line)
            except Exception as error:
                raise AssertionError(f"{path.name}:{number}: {line}\n{error}") from error
