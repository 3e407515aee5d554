"""A year sorted for looking at, and when each assessment should begin and end. No product code."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.soak.hours import DAY, WEEK, Hours, Office, at
from tests.soak.record import Assessed, Entry, Happened, Result, Year
from tests.soak.script import Undertaking

MOMENT = timedelta(seconds=5)
"""How long after it was due something may come; the clock jumps, so it comes at once."""
WORKING_DAYS = 5
INTERVALS = {1: 90, 2: 45, 3: 30, 4: 90, 5: 180}
"""Days between two assessments, by exposure."""
NEW_YORK, HALF_PAST_TEN = ZoneInfo("America/New_York"), time(10, 30)
"""The rule of the script's projects that have one: the first of every month."""


class Seen:
    """A year with everybody's hours, what nobody asked for, and how much of it came on which day."""

    def __init__(self, year: Year) -> None:
        self.year, self.script = year, year.script
        self.messages = [entry for entry in year.ledger if not entry.edits and entry.kind not in ("profile", "home")]
        learned = defaultdict(list)
        for entry in year.ledger:
            if entry.kind == "profile" and entry.person and entry.done_at:
                learned[entry.person].append(entry.done_at)
        humans = self.script.humans
        self.hours = {handle: Hours(human, self.script, learned[handle]) for handle, human in humans.items()}
        self.unasked: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self.messages:
            if entry.unasked and entry.person in humans and entry.state == "sent":
                self.unasked[entry.person].append(entry)
        self.on_day: Counter[tuple[str, date]] = Counter()
        for handle, entries in self.unasked.items():
            self.on_day.update((handle, self.hours[handle].day(when(entry))) for entry in entries)

        self.blocked = list(_blocked(year.happened))

    def is_blocked(self, one: Assessed) -> bool:
        """Whether a blocker of the project was open once an assessment was over."""
        assert one.ended is not None, one
        theirs = [each for each in self.blocked if each.project == one.project and each.opened <= one.ended]
        return any(each.cleared is None or each.cleared > one.ended for each in theirs)

    def is_shared(self, dimension: str, moment: datetime) -> bool:
        """Whether half of the projects had it then: one finding of the organization, which managers hear of once."""
        return any(
            each == dimension and found <= moment and (gone is None or gone > moment)
            for each, found, gone in self.year.shared
        )

    def of_kind(self, *kinds: str) -> list[Entry]:
        """The messages of these kinds."""
        return [entry for entry in self.messages if entry.kind in kinds]

    def owner(self, one: Assessed) -> str:
        """Who answers for the project."""
        return self.script.undertakings[one.project].owner

    def office(self, one: Assessed, moment: datetime) -> Office:
        """The hours of a project's channel."""
        return Office(self.script, self.hours[self.owner(one)].zone(moment))

    def result_before(self, project: str, moment: datetime) -> datetime:
        """When a project's last result before a moment was taken; the moment where there is none."""
        theirs = (result.at for one in self.year.assessed if one.project == project for result in one.results)
        return max((at_ for at_ in theirs if at_ < moment), default=moment)

    def was_reminded(self, handle: str, since: datetime, until: datetime) -> bool:
        """Whether a reminder came in between."""
        theirs = (when(entry) for entry in self.unasked[handle] if entry.kind == "reminder")
        return any(since <= moment < until for moment in theirs)

    def owed(self, handle: str) -> list[tuple[datetime, datetime]]:
        """From when to when somebody owes answers without a gap, earliest first."""
        spans = sorted((one.at, self.over_for(one, handle)) for one in self.year.assessed if handle in one.asked)
        merged: list[tuple[datetime, datetime]] = []
        for begins, ends in spans:
            if merged and begins <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(ends, merged[-1][1]))
            else:
                merged.append((begins, ends))
        return merged

    def over_for(self, one: Assessed, handle: str) -> datetime:
        """When an assessment asks somebody nothing any more."""
        return min(one.answered.get(handle, self.script.ends), ended(one, self) or self.script.ends)

    def late(self, entry: Entry, handle: str, since: datetime, moot: datetime | None = None) -> Iterator[str]:
        """Whether something that nobody asked for came as soon as it might since then.

        `moot`: from when on it says nothing any more, so that it may be dropped.
        """
        if handle not in self.hours or not entry.unasked:
            return
        due = self.hours[handle].next_open(since)
        if entry.state == "dropped":
            if entry.done_at is None or moot is None or entry.done_at < moot:
                yield f"{handle}: {entry.key} was dropped at {entry.done_at}: {entry.error}"
        elif entry.state != "sent":
            if due < self.script.ends and not self._were_full(handle, due, self.script.ends):
                yield f"{handle}: {entry.key} is {entry.state}, and was due at {due}"
        elif abs(when(entry) - due) > MOMENT and not self._were_full(handle, due, when(entry)):
            yield f"{handle}: {entry.key} came at {when(entry)}, not at {due}"

    def _were_full(self, handle: str, due: datetime, came: datetime) -> bool:
        """Whether every working day from when it was due to the day before it came had all that it may have."""
        hours, day = self.hours[handle], self.hours[handle].day(due)
        while day < hours.day(came):
            if not hours.is_off(day, came) and self.on_day[handle, day] < self.script.budget:
                return False
            day += DAY
        return hours.day(due) < hours.day(came)


@dataclass(frozen=True)
class Blocked:
    """A blocker of a project while it was open, and since when nobody could answer, each with until when."""

    id: str
    project: str
    dimension: str
    opened: datetime
    cleared: datetime | None
    unknown: tuple[tuple[datetime, datetime | None], ...]
    escalated: tuple[datetime, ...]


def _blocked(happened: Sequence[Happened]) -> Iterator[Blocked]:
    by_blocker: defaultdict[str, list[Happened]] = defaultdict(list)
    for each in happened:
        by_blocker[each.blocker].append(each)
    for lines in by_blocker.values():
        life: list[Happened] = []
        for line in lines:
            life.append(line)
            if line.what == "cleared":
                yield _life(life)
                life = []
        if life:
            yield _life(life)


def _life(lines: Sequence[Happened]) -> Blocked:
    cleared = lines[-1].at if lines[-1].what == "cleared" else None
    unknown = tuple(
        (line.at, next((after.at for after in lines[number + 1 :] if after.what in ("found", "cleared")), None))
        for number, line in enumerate(lines)
        if line.what == "unknown"
    )
    escalated = tuple(line.at for line in lines if line.what == "escalated")
    first = lines[0]
    return Blocked(first.blocker, first.project, first.dimension, first.at, cleared, unknown, escalated)


def when(entry: Entry) -> datetime:
    """When it was sent."""
    assert entry.done_at is not None, entry
    return entry.done_at


def ended(one: Assessed, seen: Seen) -> datetime | None:
    """When an assessment was over: with the last answer, else at its deadline; None: it is not over yet."""
    if one.asked.keys() <= one.answered.keys():
        return max(one.answered.values())
    deadline = deadline_of(one, seen)
    return deadline if deadline < seen.script.ends else None


def deadline_of(one: Assessed, seen: Seen) -> datetime:
    """The end of the fifth working day of its owner after the day it was opened."""
    hours = seen.hours[seen.owner(one)]
    return at(hours.workdays_later(one.at, WORKING_DAYS, one.at), hours.human.ends, hours.zone(one.at))


def aged(one: Assessed) -> list[Result]:
    """The results that time made of it."""
    return [each for each in one.results if each.cause == "aged"]


def next_due(one: Assessed, seen: Seen) -> datetime:
    """When a project whose assessment is over is assessed again by its cadence.

    Planned when it ended and whenever evidence has aged since; looked at once more when that moment has come.
    """
    assert one.ended is not None, one
    hours, hastened = seen.hours[seen.owner(one)], False
    due = planned = _planned(one, seen, one.ended, hastened=False)
    for result in aged(one):
        if result.at < planned:
            hastened = True
            due = planned = _planned(one, seen, result.at, hastened=True)
    while (again := _planned(one, seen, due, hastened=hastened)) > due and hours.opening(due, due) > due:
        due = again
    return due


def _planned(one: Assessed, seen: Seen, known: datetime, *, hastened: bool) -> datetime:
    assert one.ended is not None, one
    undertaking = seen.script.undertakings[one.project]
    hours = seen.hours[undertaking.owner]
    zone, usual = hours.zone(known), _by_cadence(one, undertaking, hours.zone(known), blocked=seen.is_blocked(one))
    if hastened:
        first = min(result.at for result in aged(one))
        usual = min(usual, hours.opening(at(first.astimezone(zone).date() + DAY, time(), zone), known))
    usual = max(usual, one.ended + WEEK)
    if undertaking.cadence != "cron":
        usual = at(usual.astimezone(zone).date(), hours.human.begins, zone)
    due = hours.opening(usual, known)
    return due if due > known else hours.opening(at(known.astimezone(zone).date() + DAY, time(), zone), known)


def _by_cadence(one: Assessed, undertaking: Undertaking, zone: ZoneInfo, *, blocked: bool) -> datetime:
    assert one.ended is not None, one
    day = one.ended.astimezone(zone).date()
    match undertaking.cadence:
        case "weekly":
            return one.ended + WEEK
        case "monthly":
            return one.ended + (_months_later(day, 1) - day)
        case "quarterly":
            return one.ended + (_months_later(day, 3) - day)
        case "cron":
            first = (one.ended + WEEK).astimezone(NEW_YORK).date().replace(day=1)
            runs = (at(_months_later(first, more), HALF_PAST_TEN, NEW_YORK) for more in (0, 1))
            return next(run for run in runs if run > one.ended + WEEK)
    interval = timedelta(days=INTERVALS[undertaking.exposure])
    return one.ended + (max(interval / 2, WEEK) if blocked else interval)


def _months_later(day: date, months: int) -> date:
    month = day.month - 1 + months
    first = date(day.year + month // 12, month % 12 + 1, 1)
    last = (first.replace(day=28) + 4 * DAY).replace(day=1) - DAY
    return first.replace(day=min(day.day, last.day))
