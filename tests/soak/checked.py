"""Works out from the script what everybody should have got, and holds the ledger against it. No product code.

Each check gives its complaints, and counts what it looked at: a check that looked at nothing has found nothing out.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.soak.hours import DAY, Hours, at
from tests.soak.record import Assessed, Entry, Year
from tests.soak.script import Undertaking

MOMENT = timedelta(seconds=5)
"""How long after it was due something may come; the clock jumps, so it comes at once."""
WORKING_DAYS = 5
WEEK = timedelta(days=7)
INTERVALS = {1: 90, 2: 45, 3: 30, 4: 90, 5: 180}
"""Days between two assessments, by exposure."""
UTC_ZONE = ZoneInfo("UTC")
NEW_YORK, HALF_PAST_TEN = ZoneInfo("America/New_York"), time(10, 30)
"""The rule of the script's projects that have one: the first of every month."""


@dataclass
class Checked:
    """What was found."""

    complaints: list[str] = field(default_factory=list)
    looked_at: Counter[str] = field(default_factory=Counter)


def check(year: Year) -> Checked:
    """Everything there is to check."""
    found, seen = Checked(), _Seen(year)
    for rule in RULES:
        for complaint in rule(seen, found.looked_at):
            found.complaints.append(f"{rule.__name__.removeprefix('_')}: {complaint}")
    return found


class _Seen:
    """A year, sorted for looking at."""

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

    def owed(self, handle: str) -> list[tuple[datetime, datetime]]:
        """From when to when somebody owes answers without a gap, earliest first."""
        spans = sorted(
            (one.at, min(one.answered.get(handle, self.script.ends), ended(one, self) or self.script.ends))
            for one in self.year.assessed
            if handle in one.asked
        )
        merged: list[tuple[datetime, datetime]] = []
        for begins, ends in spans:
            if merged and begins <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(ends, merged[-1][1]))
            else:
                merged.append((begins, ends))
        return merged

    def is_late_for_a_reason(self, handle: str, due: datetime, came: datetime) -> bool:
        """Whether every working day from when it was due to the day before it came was full."""
        hours, day = self.hours[handle], self.hours[handle].day(due)
        while day < hours.day(came):
            if not hours.is_off(day, came) and self.on_day[handle, day] < self.script.budget:
                return False
            day += DAY
        return hours.day(due) < hours.day(came)


def when(entry: Entry) -> datetime:
    """When it was sent."""
    assert entry.done_at is not None, entry
    return entry.done_at


def ended(one: Assessed, seen: _Seen) -> datetime | None:
    """When an assessment was over: with the last answer, else at its deadline; None: it is not over yet."""
    if one.asked <= one.answered.keys():
        return max(one.answered.values())
    deadline = _deadline(one, seen)
    return deadline if deadline < seen.script.ends else None


def _deadline(one: Assessed, seen: _Seen) -> datetime:
    """The end of the fifth working day of its owner after the day it was opened."""
    hours = seen.hours[seen.script.undertakings[one.project].owner]
    zone, day = hours.zone(one.at), hours.day(one.at)
    for _ in range(WORKING_DAYS):
        day = hours.opening(at(day + DAY, time(), zone), known=one.at).astimezone(zone).date()
    return at(day, hours.human.ends, zone)


def next_due(one: Assessed, seen: _Seen) -> datetime:
    """When a project whose assessment is over is assessed again by its cadence."""
    assert one.ended is not None, one
    undertaking = seen.script.undertakings[one.project]
    hours, floor = seen.hours[undertaking.owner], one.ended + WEEK
    usual = max(_by_cadence(one, undertaking, hours), floor)
    if undertaking.cadence == "cron":
        return hours.next_open(usual)
    zone = hours.zone(one.ended)
    morning = at(usual.astimezone(zone).date(), hours.human.begins, zone)
    return hours.next_open(morning)


def _by_cadence(one: Assessed, undertaking: Undertaking, hours: Hours) -> datetime:
    assert one.ended is not None, one
    day = hours.day(one.ended)
    match undertaking.cadence:
        case "weekly":
            return one.ended + WEEK
        case "monthly":
            return one.ended + (_months_later(day, 1) - day)
        case "quarterly":
            return one.ended + (_months_later(day, 3) - day)
        case "cron":
            first = (one.ended + WEEK).astimezone(NEW_YORK).date()
            runs = (at(_months_later(first.replace(day=1), more), HALF_PAST_TEN, NEW_YORK) for more in (0, 1))
            return next(run for run in runs if run > one.ended + WEEK)
    interval = timedelta(days=INTERVALS[undertaking.exposure])
    return one.ended + (max(interval / 2, WEEK) if one.blocked else interval)


def _months_later(day: date, months: int) -> date:
    month = day.month - 1 + months
    first = date(day.year + month // 12, month % 12 + 1, 1)
    last = (first.replace(day=28) + 4 * DAY).replace(day=1) - DAY
    return first.replace(day=min(day.day, last.day))


# -- the rules ---------------------------------------------------------------------------------------------------


def _assessments_end_in_time(seen: _Seen, looked_at: Counter[str]) -> Iterator[str]:
    """With the last answer or at the deadline, with one milestone."""
    for one in seen.year.assessed:
        looked_at["assessments"] += 1
        expected = ended(one, seen)
        if expected is None:
            if one.ended is not None:
                yield f"{one.project} of {one.at} is over at {one.ended}"
            continue
        looked_at["ends by deadline" if one.asked - one.answered.keys() else "ends by the last answer"] += 1
        if one.ended is None or not timedelta(0) <= one.ended - expected <= MOMENT:
            yield f"{one.project} of {one.at} should end at {expected}, not {one.ended}"
        if [taken for _, taken in one.milestones] != [one.ended]:
            yield f"{one.project} of {one.at} has the milestones {one.milestones}"


def _projects_are_assessed_again(seen: _Seen, looked_at: Counter[str]) -> Iterator[str]:
    """At the date of their cadence, unless somebody starts one before; never while one is open, never an experiment."""
    by_project = defaultdict(list)
    for one in seen.year.assessed:
        by_project[one.project].append(one)
    for key, several in by_project.items():
        undertaking = seen.script.undertakings[key]
        for before, after in zip(several, [*several[1:], None], strict=True):
            if before.ended is None:
                if after is not None:
                    yield f"{key} is assessed again at {after.at}, while one is open"
                continue
            due = min((each for each in undertaking.starts if each > before.ended), default=seen.script.ends)
            if undertaking.exposure > 1:
                due = min(due, next_due(before, seen))
            looked_at["assessed again by date"] += after is not None and not after.by
            came = after.at if after else seen.script.ends
            if abs(came - min(due, seen.script.ends)) > MOMENT:
                yield f"{key} is assessed again at {came}, not at {due} (before: {before.ended}, {before.blocked})"


def _owners_hear_of_a_reassessment(seen: _Seen, looked_at: Counter[str]) -> Iterator[str]:
    """Once, as soon as they are there, unless it is over by then."""
    got = defaultdict(list)
    for entry in seen.messages:
        if entry.kind == "reassessment" and entry.key.startswith("reassessment:"):
            got[entry.subject].append(entry)
    for one in seen.year.assessed:
        entries, owner = got.pop(one.id, []), seen.script.undertakings[one.project].owner
        if len(entries) != (not one.by) or any(entry.person != owner for entry in entries):
            yield f"{owner} got {len(entries)} words of {one.project} at {one.at}"
        looked_at["words to owners"] += len(entries)
        for entry in entries:
            yield from _late(seen, entry, owner, one.at)
    yield from (f"{what} has {len(entries)} words for nothing" for what, entries in got.items())


def _results_reach_everybody_once(seen: _Seen, looked_at: Counter[str]) -> Iterator[str]:
    """The owner and whoever was asked, when they are there; the channel at once."""
    got = defaultdict(list)
    for entry in seen.messages:
        if entry.kind in ("result", "alert"):
            got[entry.subject, entry.person or f"#{entry.place}"].append(entry)
    for one in seen.year.assessed:
        for milestone, taken in one.milestones:
            for handle in one.holders | {seen.script.undertakings[one.project].owner}:
                looked_at["results"] += 1
                entries = got.pop((milestone, handle), [])
                if len(entries) != 1:
                    yield f"{handle} got {len(entries)} results of {one.project} at {taken}"
                yield from (late for entry in entries for late in _late(seen, entry, handle, taken))
            entries = got.pop((milestone, f"#{one.project}"), [])
            looked_at["alerts"] += len(entries)
            if len(entries) > 1 or any(when(entry) - taken > MOMENT for entry in entries):
                yield f"#{one.project} got its alert of {taken} at {[entry.done_at for entry in entries]}"
    yield from (f"{whom} got {len(entries)} results of {what} for nothing" for (what, whom), entries in got.items())


def _reminders_come_weekly(seen: _Seen, looked_at: Counter[str]) -> Iterator[str]:
    """Once a week at their own moment, or when they are back, to those who owe something; to nobody else."""
    got = defaultdict(list)
    for entry in seen.messages:
        if entry.kind == "reminder":
            got[entry.person].append(entry)
    for handle in seen.hours:
        entries = got.pop(handle, [])
        expected = _reminders_due(seen, handle, [when(entry) for entry in entries if entry.state == "sent"])
        looked_at["reminders"] += len(expected)
        if len(entries) != len(expected):
            shown = [f"{entry.state} {entry.done_at}" for entry in entries]
            yield f"{handle} should have {len(expected)} at {[str(due) for due in expected]}, and has {shown}"
            continue
        for due, entry in zip(
            expected, sorted(entries, key=lambda each: each.done_at or seen.script.ends), strict=True
        ):
            yield from _late(seen, entry, handle, due)
    yield from (f"{handle} was reminded {len(entries)} times for nothing" for handle, entries in got.items())


def _reminders_due(seen: _Seen, handle: str, came: Sequence[datetime]) -> list[datetime]:
    """The moments at which somebody should be reminded, one a day at most."""
    hours = seen.hours[handle]
    if not hours.human.reminds:
        return []
    due: dict[date, datetime] = {}
    for begins, ends in seen.owed(handle):
        last, weekly = min(ends, seen.script.ends), list(_weekly(hours, begins, ends + WEEK))
        for moment in weekly:
            due.setdefault(hours.day(moment), moment)
        for opened in (one.at for one in seen.year.assessed if handle in one.asked and not one.by):
            if begins <= opened < ends:
                # On the day of the weekly one it waits for that.
                moment = _soon(hours, opened, came)
                due.setdefault(hours.day(moment), moment)
        due = {day: moment for day, moment in due.items() if moment < last}
    return sorted(due.values())


def _weekly(hours: Hours, begins: datetime, ends: datetime) -> Iterator[datetime]:
    """At the moment of each week that they chose, or when they are back; weeks that began before they owed are not."""
    monday = begins.date() - begins.weekday() * DAY - WEEK
    while at(monday, time(), UTC_ZONE) < ends + WEEK:
        meant = hours.reminder_of(monday)
        monday += WEEK
        if begins < meant < ends:
            yield hours.next_open(meant)


def _soon(hours: Hours, opened: datetime, came: Sequence[datetime]) -> datetime:
    """What a date has brought: as soon as they are there; the next day where one came that day before."""
    was_reminded = any(each < opened and hours.day(each) == hours.day(opened) for each in came)
    tomorrow = at(hours.day(opened) + DAY, time(), hours.zone(opened))
    return hours.next_open(tomorrow if was_reminded else opened)


def _late(seen: _Seen, entry: Entry, handle: str, since: datetime) -> Iterator[str]:
    """Whether something that nobody asked for came as soon as it might; what was not sent has a reason of its own."""
    if handle not in seen.hours or not entry.unasked:
        return
    due = seen.hours[handle].next_open(since)
    if entry.state == "dropped":
        looked = [ends for begins, ends in seen.owed(handle) if begins <= due <= ends]
        if not looked or entry.done_at is None or entry.done_at < looked[0]:
            yield f"{handle}: {entry.key} was dropped at {entry.done_at}: {entry.error}"
    elif entry.state != "sent":
        if due < seen.script.ends and not seen.is_late_for_a_reason(handle, due, seen.script.ends):
            yield f"{handle}: {entry.key} is {entry.state}, and was due at {due}"
    elif abs(when(entry) - due) > MOMENT and not seen.is_late_for_a_reason(handle, due, when(entry)):
        yield f"{handle}: {entry.key} came at {when(entry)}, not at {due}"


def _nothing_comes_outside_hours(seen: _Seen, looked_at: Counter[str]) -> Iterator[str]:
    """Whatever nobody asked for: in working hours, on a working day, no holiday, no absence, no snooze."""
    for handle, entries in seen.unasked.items():
        for entry in entries:
            looked_at["unasked"] += 1
            if not seen.hours[handle].is_open(when(entry)):
                yield f"{handle}: {entry.key} came at {when(entry).astimezone(seen.hours[handle].zone(when(entry)))}"


def _nobody_gets_too_much(seen: _Seen, looked_at: Counter[str]) -> Iterator[str]:
    """The budget of a person's day."""
    for (handle, day), messages in seen.on_day.items():
        looked_at["days with messages"] += 1
        looked_at["full days"] += messages == seen.script.budget
        if messages > seen.script.budget:
            yield f"{handle} got {messages} on {day}"


def _nothing_is_doubled(seen: _Seen, looked_at: Counter[str]) -> Iterator[str]:
    """One message for each row that says sent, none for any other."""
    for entry in seen.messages:
        arrived = len(seen.year.arrived.get(entry.key, ()))
        looked_at["messages"] += arrived
        if arrived != (entry.state == "sent"):
            yield f"{entry.key} is {entry.state} and arrived {arrived} times"
    known = {entry.key for entry in seen.messages}
    yield from (f"{key} arrived and is not in the ledger" for key in seen.year.arrived if key not in known)


def _nothing_is_stuck(seen: _Seen, looked_at: Counter[str]) -> Iterator[str]:
    """No row is held, and none that nobody waits for is left."""
    for entry in seen.year.ledger:
        looked_at["rows"] += 1
        if entry.state not in ("sent", "dropped", "pending") or (entry.state == "pending" and not entry.unasked):
            yield f"{entry.key} is {entry.state}: {entry.error}"


RULES: Sequence[Callable[[_Seen, Counter[str]], Iterator[str]]] = (
    _assessments_end_in_time,
    _projects_are_assessed_again,
    _owners_hear_of_a_reassessment,
    _results_reach_everybody_once,
    _reminders_come_weekly,
    _nothing_comes_outside_hours,
    _nobody_gets_too_much,
    _nothing_is_doubled,
    _nothing_is_stuck,
)
