"""Questions in plain words: a reading is answered by the row of the command that shows it, and says so first."""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.chat.incoming import Command, Press
from bot.commands import COMMANDS, OTHERWISE, row_of
from bot.readiness.asking import OF_PROJECTS, WRITES, Ask, Reading, Understood, read_reading
from bot.readiness.asking_cards import Answered, AskedBack
from bot.readiness.asking_reader import MOST_READINGS
from bot.readiness.filters import FiltersRefused, looks_like_filters
from bot.readiness.query import written
from bot.readiness.refusals import Refusal, Refused
from bot.rows import Row
from bot.usecases import asking
from bot.usecases.filtering import vocabulary_of
from bot.usecases.ports import Context

SHOWN_BY: Mapping[Ask, tuple[str, str]] = {
    Ask.LIST: ("portfolio", "find"),
    Ask.COUNT: ("portfolio", "find"),
    Ask.WHY: ("readiness", "why"),
    Ask.STATUS: ("readiness", "status"),
    Ask.BLOCKERS: ("readiness", "blockers"),
    Ask.HISTORY: ("readiness", "history"),
    Ask.WHATIF: ("readiness", "whatif"),
    Ask.COMPARE: ("portfolio", "compare"),
    Ask.OVERVIEW: ("portfolio", ""),
    Ask.LEVERAGE: ("portfolio", "levers"),
    Ask.HEATMAP: ("portfolio", "map"),
    Ask.TREND: ("portfolio", "flow"),
}
"""Reading -> the command and the word of it that shows what was asked for."""

_FIELD = re.compile(r"(?:^|\s)-?\w+:\S")

OWNERS: Row[Command] = Row(asking.owners, reads=True)
"""Who owns the projects is asked in words alone."""


def answerable(understood: Understood) -> Understood:
    """The same with those readings alone that a command shows."""
    kept = tuple(reading for reading in understood.readings if _row(reading) is not None)
    return replace(understood, readings=kept, sure=understood.sure and kept[:1] == understood.readings[:1])


def answer(understood: Understood) -> Row[Command]:
    """The row that answers a question: the likeliest reading where that is sure, else the readings to choose from."""
    if not understood.sure:
        return Row(lambda _context, _command: AskedBack(understood), reads=True)
    return _answering(understood.readings[0])


def with_proposal(context: Context, understood: Understood, line: str) -> Understood | None:
    """The same with a reading from outside in front, if it is one that can be answered and that is not there yet."""
    try:
        proposed = read_reading(line.strip(), vocabulary_of(context.framework))
    except (FiltersRefused, ValueError):
        return None
    known = answerable(understood)
    if _row(proposed) is None or proposed in known.readings:
        return None
    return replace(known, readings=(proposed, *known.readings)[:MOST_READINGS], sure=False)


def pressed(context: Context, press: Press) -> Answered:
    """The reading a button carries. Raises Refused UNKNOWN_PRESS for what is none, and for "ask" with what writes."""
    try:
        reading = read_reading(press.value, vocabulary_of(context.framework))
    except (FiltersRefused, ValueError):
        raise Refused(Refusal.UNKNOWN_PRESS) from None
    if press.press == "ask" and reading.ask in WRITES:
        raise Refused(Refusal.UNKNOWN_PRESS)
    command = Command(key=press.key, actor=press.actor, spot=press.spot, name="portfolio", text="")
    card = _answering(reading).act(context, command)
    assert isinstance(card, Answered)
    return card


def _answering(reading: Reading) -> Row[Command]:
    row = _row(reading)
    if row is None:
        raise Refused(Refusal.UNKNOWN_PRESS)

    def act(context: Context, command: Command) -> Answered:
        said = written(reading.query) if reading.ask in OF_PROJECTS else " ".join(reading.projects)
        card = row.act(context, replace(command, text=said))
        return Answered(reading, card)

    return replace(row, act=act, public=False)


def _row(reading: Reading) -> Row[Command] | None:
    if reading.ask is Ask.PEOPLE:
        return OWNERS
    name, word = SHOWN_BY[reading.ask]
    return row_of(COMMANDS[name], word)[0]


def is_asked(command: Command) -> bool:
    """Whether the words behind a command that takes filters may be a question: not one word, none of the table.

    With a field and its colon, right or wrong, they are filters; so are flags alone, and a flag behind a minus.
    """
    words = command.text.split()
    if len(words) < 2 or command.name not in OTHERWISE or row_of(COMMANDS[command.name], command.text)[0] is not None:
        return False
    denied = any(word.startswith("-") and looks_like_filters(word) for word in words)
    return not (denied or _FIELD.search(command.text) or all(map(looks_like_filters, words)))


def marked(text: str) -> str:
    """The question behind the word "portfolio", by which it is one even while an interview waits for words; else ""."""
    first, _, rest = text.strip().lstrip("/").partition(" ")
    return rest.strip() if first.lower().rstrip(",:") in OTHERWISE else ""
