"""Plays the lines of a transcript; `README.md` says what each means."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.frameworks import FILES
from tests.transcripts.houses import House, Seen, Upload

Json = dict[str, Any]

ACT = re.compile(r"(?P<who>\w+)(?: in (?P<where>#[\w-]+|home))?(?: shares (?P<file>[\w.-]+))?> (?P<what>.*)")
SIGHT = re.compile(r"(?P<who>\w+|#[\w-]+)(?: in (?P<where>#[\w-]+))? (?P<sees>sees|does not see): (?P<what>.*)")
NOTHING = re.compile(r"(?P<who>\w+|#[\w-]+) sees nothing new")
SURFACE = re.compile(r"(?P<who>\w+)'s (?P<surface>form|home): (?P<what>.*)")
FAULT = re.compile(r"(?P<who>\w+)'s form refuses: (?P<what>.*)")
LATER = re.compile(r"-- (?P<number>\d+) (?P<unit>minute|hour|day)s? later")
MOMENT = re.compile(r"-- it is (?P<moment>\d{4}-\d\d-\d\d \d\d:\d\d)")
BOT_LEAVES = re.compile(r"-- the bot (?P<what>leaves|joins) #(?P<where>[\w-]+)")
HERE_ALONE = re.compile(r"\[(?P<house>Slack|Teams)\] (?P<line>.*)", re.DOTALL)
IN_DAYS = re.compile(r"in (?P<number>\d+) days")
SECONDS = {"minute": 60, "hour": 3600, "day": 86_400}


@dataclass
class Stage:
    """Plays lines; `seen` holds what stood where before the last act, `faults` what a form said to its sender."""

    house: House
    seen: dict[tuple[str, str], str] = field(default_factory=dict)
    people: set[str] = field(default_factory=lambda: {"olivia"})
    faults: Json = field(default_factory=dict)

    def play(self, line: str) -> None:
        """Play one line with its continuations; raises AssertionError when it did not come true."""
        if alone := HERE_ALONE.fullmatch(line):
            if alone["house"] != self.house.name:
                return
            line = alone["line"]
        first, *more = line.split("\n")
        if sight := SIGHT.fullmatch(first):
            self._look(sight, [sight["what"], *more])
        elif nothing := NOTHING.fullmatch(first):
            fresh = [message.text for message in self._fresh(nothing["who"])]
            assert not fresh, f"there is something new: {fresh}"
        elif surface := SURFACE.fullmatch(first):
            self._surface(surface["who"], surface["surface"], [surface["what"], *more])
        elif fault := FAULT.fullmatch(first):
            assert any(fault["what"] in said for said in self.faults.values()), f"the form says {self.faults}"
            self.faults = {}
        else:
            self._change(first)

    def end(self) -> None:
        """A form that was refused must have been read."""
        assert not self.faults, f"the form refused it: {self.faults}"

    def fresh(self) -> Iterator[tuple[str, str]]:
        """Everything new or changed since the last act: where, and what it reads."""
        for handle in sorted(self.people):
            for message in self._fresh(handle):
                yield handle, message.text

    def _change(self, line: str) -> None:
        self.end()
        self._remember()
        if act := ACT.fullmatch(line):
            self.people.add(act["who"])
            self._act(act["who"], (act["where"] or "").removeprefix("#") or None, act["what"], act["file"])
        elif later := LATER.fullmatch(line):
            self.house.advance(SECONDS[later["unit"]] * int(later["number"]))
        elif moment := MOMENT.fullmatch(line):
            self.house.move_to(moment["moment"])
        elif bot := BOT_LEAVES.fullmatch(line):
            (self.house.bot_leaves if bot["what"] == "leaves" else self.house.bot_joins)(bot["where"])
        else:
            raise AssertionError(f"cannot read the line {line!r}")
        self.house.settle()

    def _act(self, who: str, where: str | None, what: str, file: str | None = None) -> None:
        house = self.house
        if file:
            house.say(who, what, where, [_file(file)])
        elif what == "opens home":
            house.open_home(who)
        elif what.startswith("{"):
            self.faults = dict(house.submit(who, self._fields(who, what)) or {})
        elif where == "home":
            house.press(who, what.strip("[]"), None, home=True)
        elif what.startswith("/"):
            name, _, text = what.removeprefix("/").partition(" ")
            house.command(who, name, text, where)
        elif what.startswith("["):
            house.press(who, what.strip("[]"), where, home=False)
        else:
            house.say(who, what, where)

    def _fields(self, who: str, text: str) -> Json:
        pairs = (pair.partition(":") for pair in text.strip("{}").split(";") if pair.strip())
        return {name.strip(): self._value(who, value.strip()) for name, _, value in pairs}

    def _value(self, who: str, written: str) -> str | Upload | None:
        if written in FILES:
            return _file(written)
        days = IN_DAYS.fullmatch(written)
        if days is None:
            return written or None
        # A day is a day where the person is: late in the evening of one zone it is tomorrow in another.
        today = self.house.parts.clock.now().astimezone(ZoneInfo(self.house.zone(who))).date()
        return (today + timedelta(days=int(days["number"]))).isoformat()

    def _remember(self) -> None:
        for handle in self.people:
            for seen in self.house.seen_by(handle):
                self.seen[seen.place, seen.id] = seen.text

    def _fresh(self, who: str) -> list[Seen]:
        found = [seen for seen in self.house.seen_by(who) if self.seen.get((seen.place, seen.id)) != seen.text]
        # What is said in channels is read as a channel's, unless it is for one person alone.
        return found if who.startswith("#") else [seen for seen in found if seen.private]

    def _look(self, sight: re.Match[str], wanted: list[str]) -> None:
        wanted = [self.house.shown(words) for words in wanted]
        who, where = sight["who"], (sight["where"] or "").removeprefix("#")
        if sight["sees"] == "does not see":
            everything = [seen.text for seen in self.house.seen_by(who)]
            assert not any(words in text for text in everything for words in wanted), wanted
            return
        fresh = [seen.text for seen in self._fresh(who) if not where or self.house.is_in(seen, where, who)]
        if not any(all(words in text for words in wanted) for text in fresh):
            shown = "\n---\n".join(fresh) or "nothing"
            raise AssertionError(f"no new message has all of {wanted}; new is:\n{shown}")

    def _surface(self, who: str, surface: str, wanted: list[str]) -> None:
        for words in wanted:
            self.house.surface(who, surface, self.house.shown(words))


def _file(name: str) -> Upload:
    return name, FILES[name]().encode() if name in FILES else b"what the file holds"


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines to play with their numbers; a line that begins with `|` goes on with the one before."""
    pending: tuple[int, str] | None = None
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = raw.strip()
        if line.startswith("|") and pending:
            pending = (pending[0], f"{pending[1]}\n{line.removeprefix('|').strip()}")
        elif line and not line.startswith("# "):
            if pending:
                yield pending
            pending = (number, line)
    if pending:
        yield pending
