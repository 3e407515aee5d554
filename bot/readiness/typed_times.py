"""Days, spans, hours and weekdays as people type them, in English and German. Pure: `today` is a parameter."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.readiness.local_time import local_clock, local_day, midnight, moment_of

WEEKDAYS = (
    ("monday", "mon", "montag", "mo"),
    ("tuesday", "tue", "tues", "dienstag", "di"),
    ("wednesday", "wed", "mittwoch", "mi"),
    ("thursday", "thu", "thur", "thurs", "donnerstag", "do"),
    ("friday", "fri", "freitag", "fr"),
    ("saturday", "sat", "samstag", "sonnabend", "sa"),
    ("sunday", "sun", "sonntag", "so"),
)
TODAY, TOMORROW = ("today", "heute"), ("tomorrow", "morgen")
UNTIL = ("until", "till", "bis")
EVERY = ("weekly", "every", "each", "on", "wöchentlich", "jeden", "jede", "woche", "week", "immer")
AT = ("at", "um")
OFF = ("off", "clear", "none", "aus", "keine")
LONGEST_ABSENCE = timedelta(days=365)
MOST_HOURS, MOST_DAYS = 72, 30
"""The longest snooze."""
_ANY_DAY = date(2000, 1, 1)

_DAY_OF_WEEK = {word: number for number, words in enumerate(WEEKDAYS) for word in words}
_FOR = re.compile(r"(\d{1,3})\s*(?:(h|hours?|std|stunden?)|(d|days?|tage?))")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?")
_BETWEEN = re.compile(r"\s*(?:\.\.+|…|–|—|\bto\b|\bbis\b)\s*")
_RANGE = re.compile(r"\s*(?:-|–|—|\bto\b|\bbis\b)\s*")


class NotUnderstood(ValueError):
    """`word` is what could not be read, `code` why: it names a field's fault or a refusal's reason."""

    def __init__(self, word: str, code: str) -> None:
        super().__init__(f"{code}: {word}")
        self.word = word
        self.code = code


def day_of(word: str, today: date) -> date:
    """A day: ISO, "today", "tomorrow", or a weekday, which is the next one from today on. Raises NotUnderstood."""
    said = word.strip().casefold()
    if said in TODAY:
        return today
    if said in TOMORROW:
        return today + timedelta(days=1)
    if said in _DAY_OF_WEEK:
        return today + timedelta(days=(_DAY_OF_WEEK[said] - today.weekday()) % 7)
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise NotUnderstood(word.strip(), "day") from None


def absence_of(text: str, today: date) -> tuple[date, date]:
    """The first and the last day of an absence: one day, "until" a day, or a span such as 2026-12-20..2027-01-03.

    Raises NotUnderstood: `day` for a word that is none, `backwards` where the end comes first, `past` where it is over,
    `long` where it lasts more than a year or lies further ahead.
    """
    said = text.strip()
    word, _, rest = said.partition(" ")
    if word.casefold() in UNTIL:
        first, last = today, day_of(rest or said, today)
    else:
        first_said, *last_said = _BETWEEN.split(said, maxsplit=1)
        first = day_of(first_said, today)
        last = day_of(last_said[0], max(first, today)) if last_said else first
    if last < first:
        raise NotUnderstood(said, "past" if last < today else "backwards")
    if last < today:
        raise NotUnderstood(said, "past")
    if last - first > LONGEST_ABSENCE or first - today > LONGEST_ABSENCE:
        raise NotUnderstood(said, "long")
    return first, last


def snooze_of(text: str, now: datetime, zone: str) -> datetime | None:
    """Until when nothing is to come: "1h", "2d", or "tomorrow", which is its beginning. None for "off".

    Days count by the calendar of the zone: the same wall-clock time, whatever the clocks do. Raises NotUnderstood.
    """
    said = text.strip().casefold()
    today = local_day(now, zone)
    if said in OFF:
        return None
    if said in TOMORROW:
        return midnight(today + timedelta(days=1), zone)
    wanted = _FOR.fullmatch(said)
    number = int(wanted[1]) if wanted else 0
    if wanted and wanted[2] and 1 <= number <= MOST_HOURS:
        return now + timedelta(hours=number)
    if wanted and wanted[3] and 1 <= number <= MOST_DAYS:
        return moment_of(today + timedelta(days=number), local_clock(now, zone), zone)
    raise NotUnderstood(text.strip(), "snooze")


def is_absence(text: str) -> bool:
    """Whether words behind "away" are meant for it: days, or that there are none."""
    try:
        absence_of(text, _ANY_DAY)
    except NotUnderstood as fault:
        return fault.code != "day" or text.strip().casefold() in OFF
    return True


def is_snooze(text: str) -> bool:
    """Whether words behind "snooze" are meant for it."""
    try:
        snooze_of(text, datetime.combine(_ANY_DAY, time(), UTC), "UTC")
    except NotUnderstood:
        return False
    return True


def time_of(text: str) -> time:
    """A time of day: "9", "9:00", "17.30". Raises NotUnderstood."""
    clock = _CLOCK.fullmatch(text.strip())
    try:
        return time(int(clock[1]), int(clock[2] or 0)) if clock else _refuse(text, "time_form")
    except ValueError:
        raise NotUnderstood(text.strip(), "time_form") from None


@dataclass(frozen=True, slots=True)
class Schedule:
    """A weekly date as it was typed; None for what was left out. `rest`: what stands behind it."""

    weekday: int | None
    at: time | None
    is_off: bool
    rest: str


def read_schedule(text: str) -> Schedule:
    """The date in front of other words: "weekly", "every monday 9:00", "off" in front or at the end, or none at all."""
    words = text.split()
    is_off = bool(words) and (words[0].casefold() in OFF or words[-1].casefold() in OFF)
    if is_off:
        words = words[1:] if words[0].casefold() in OFF else words[:-1]
    weekday, at = None, None
    while words and words[0].casefold() in EVERY:
        words = words[1:]
    if words and (day := _DAY_OF_WEEK.get(_singular(words[0]))) is not None:
        weekday, words = day, words[1:]
        while words and words[0].casefold() in AT:
            words = words[1:]
    if words and _CLOCK.fullmatch(words[0]):
        at, words = time_of(words[0]), words[1:]
        if words and words[0].casefold() == "uhr":
            words = words[1:]
    return Schedule(weekday, at, is_off, " ".join(words))


def _singular(word: str) -> str:
    """The word of one day for "mondays"."""
    said = word.casefold().rstrip(",")
    return said.removesuffix("s") if said.removesuffix("s") in _DAY_OF_WEEK else said


def hours_of(text: str) -> tuple[time, time]:
    """Working hours such as "9:00-17:00"; the end comes later on the same day. Raises NotUnderstood."""
    parts = _RANGE.split(text.strip().casefold())
    if len(parts) != 2:
        raise NotUnderstood(text.strip(), "hours_form")
    try:
        begins, ends = (time_of(part) for part in parts)
    except NotUnderstood:
        raise NotUnderstood(text.strip(), "hours_form") from None
    if begins >= ends:
        raise NotUnderstood(text.strip(), "hours_order")
    return begins, ends


def weekdays_of(text: str) -> frozenset[int]:
    """Weekdays such as "Mon-Fri" or "Mo, Di, Do"; Monday is 0, and a span may go over Sunday. Raises NotUnderstood."""
    found: set[int] = set()
    for part in re.split(r"[,;/\s]+", re.sub(_RANGE, "-", text.strip().casefold())):
        days = [_DAY_OF_WEEK.get(word.rstrip(".")) for word in part.split("-")]
        if not 1 <= len(days) <= 2 or None in days:
            raise NotUnderstood(part or text.strip(), "weekdays_form")
        first, last = days[0], days[-1]
        assert first is not None
        assert last is not None
        found |= {(first + step) % 7 for step in range((last - first) % 7 + 1)}
    return frozenset(found)


def closed_days_of(text: str) -> Mapping[date, str]:
    """Days off with their names, one a line: "2026-12-24 Company day". Raises NotUnderstood with the line."""
    found: dict[date, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        day, _, name = line.partition(" ")
        try:
            found[date.fromisoformat(day)] = name.strip()
        except ValueError:
            raise NotUnderstood(line, "closed_form") from None
        if not name.strip():
            raise NotUnderstood(line, "closed_form")
    return found


def _refuse(text: str, code: str) -> time:
    raise NotUnderstood(text.strip(), code)
