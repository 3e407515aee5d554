"""Who should have been reminded when, and who should have heard that somebody does not answer. No product code."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from tests.soak.hours import DAY, UTC_ZONE, WEEK, Hours, at
from tests.soak.record import Assessed, Entry
from tests.soak.script import BEGINS, MANAGERS
from tests.soak.seen import MOMENT, Seen, deadline_of, ended, when

RESPONDENT, BACKUP, OWNER, MANAGER = range(4)
GATHERED = timedelta(hours=1)
"""How long the first word to a manager waits for more of its kind."""
FIFTHS = (2, 3, 4, 5)
"""Of the time until the deadline, the working day on which each rung stands."""


def reminders_come_weekly(seen: Seen, looked_at: Counter[str]) -> Iterator[str]:
    """Once a week at their own moment, or when they are back, to those who owe something; to nobody else."""
    got = defaultdict(list)
    for entry in seen.of_kind("reminder"):
        got[entry.person].append(entry)
    for handle in seen.hours:
        entries = got.pop(handle, [])
        expected = _due(seen, handle, [when(entry) for entry in entries if entry.state == "sent"])
        looked_at["reminders"] += len(expected)
        if len(entries) > len(expected):
            entries = [entry for entry in entries if not _is_tie(seen, entry)]
        if len(entries) != len(expected):
            shown = [f"{entry.state} {entry.done_at}" for entry in entries]
            yield f"{handle} should have {len(expected)} at {[str(due) for due, _ in expected]}, and has {shown}"
            continue
        for (due, over), entry in zip(expected, sorted(entries, key=lambda each: str(each.done_at)), strict=True):
            yield from seen.late(entry, handle, due, moot=over)
    yield from (f"{handle} was reminded {len(entries)} times for nothing" for handle, entries in got.items())


def _is_tie(seen: Seen, entry: Entry) -> bool:
    """Whether it was made and dropped at the very moment from which they owed nothing: which of both came first?"""
    ends = (ends for _, ends in seen.owed(entry.person or ""))
    return entry.state == "dropped" and any(abs(when(entry) - each) <= MOMENT for each in ends)


def _due(seen: Seen, handle: str, came: Sequence[datetime]) -> list[tuple[datetime, datetime]]:
    """The moments at which somebody should be reminded, and when they owe nothing any more."""
    spans = seen.owed(handle) if seen.hours[handle].human.reminds else ()
    return [(moment, ends) for begins, ends in spans for moment in _of_span(seen, handle, begins, ends, came)]


def _of_span(seen: Seen, handle: str, begins: datetime, ends: datetime, came: Sequence[datetime]) -> list[datetime]:
    """While they owe something: one a day at most, but for one after a snooze; that they asked for."""
    hours = seen.hours[handle]
    weekly = {hours.day(moment): moment for moment in reversed(list(_weekly(hours, begins, ends + WEEK)))}
    sooner = [(since, asked_for) for since, asked_for in _sooner(seen, handle) if begins <= since < ends]
    soon = [_soon(hours, since, came) for since, asked_for in sooner if not asked_for]
    # On the day of the weekly one they wait for that.
    first = {hours.day(moment): moment for moment in sorted(soon, reverse=True)} | weekly
    again = [
        hours.next_open(since)
        for since, asked_for in sooner
        if asked_for and not since <= first.get(hours.day(hours.next_open(since)), since - DAY)
    ]
    last = min(ends, seen.script.ends)
    moments = {*first.values(), *again}
    return sorted(each for each in moments if each < last and not hours.skips_week_of(hours.day(each), each))


def _weekly(hours: Hours, begins: datetime, ends: datetime) -> Iterator[datetime]:
    """At the moment of each week that they chose, or when they are back; weeks that began before they owed are not."""
    monday = begins.date() - begins.weekday() * DAY - WEEK
    while at(monday, time(), UTC_ZONE) < ends + WEEK:
        meant, week = hours.reminder_of(monday), monday
        monday += WEEK
        if begins < meant < ends:
            due = hours.next_open(meant, follows=True)
            if not any(hours.skips_week_of(each, due) for each in (week, hours.day(due))):
                yield due


def _sooner(seen: Seen, handle: str) -> Iterator[tuple[datetime, bool]]:
    """When something came that they should hear of before their week; True: they asked for it, by a snooze."""
    for one in seen.year.assessed:
        if handle in one.asked:
            if not one.by:
                yield one.at, False
            for rung in climbed(seen, one, handle):
                if rung.number == RESPONDENT and rung.told:
                    yield rung.at, False
    yield from ((snooze.said, True) for snooze in seen.hours[handle].human.snoozes)


def _soon(hours: Hours, since: datetime, came: Sequence[datetime]) -> datetime:
    """As soon as they are there; the next day where one came that day before."""
    was_reminded = any(each < since and hours.day(each) == hours.day(since) for each in came)
    return hours.next_open(hours.midnight_after(since) if was_reminded else since)


# -- the ladder --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rung:
    """A step that was taken in an assessment: whom it reached, and when it says nothing any more."""

    assessment: str
    number: int
    at: datetime
    told: tuple[str, ...]
    moot: datetime


def each_rung_is_climbed_once(seen: Seen, looked_at: Counter[str]) -> Iterator[str]:
    """Backup, owner and managers hear once each, on their mornings, of whoever has not answered by then.

    Of several people of one assessment they read in one message, where the first of it has not gone out yet; managers
    of all assessments, an hour after the first.
    """
    got: defaultdict[Told, list[Entry]] = defaultdict(list)
    for entry in seen.of_kind("escalation"):
        got[entry.rung, entry.person].append(entry)
    expected, unsure = _expected(seen)
    for told in expected.keys() | got.keys():
        (number, whom), entries, rungs = told, got[told], expected[told]
        looked_at[f"rung {number}"] += len(rungs)
        times = Counter(interview for entry in entries for interview in entry.about)
        for interview in (times.keys() | rungs.keys()) - unsure:
            if times[interview] != (interview in rungs):
                yield f"{whom} heard {times[interview]} times of rung {number} of {interview}"
        begun: list[tuple[datetime, Entry]] = []
        for entry in entries:
            theirs = [rungs[interview] for interview in entry.about if interview in rungs]
            if entry.state == "sent" and any(rung.at - when(entry) > MOMENT for rung in theirs):
                yield f"{whom} heard of rung {number} by {entry.key} before its time"
            if number != MANAGER and len({rung.assessment for rung in theirs}) > 1:
                yield f"{whom} heard of several assessments by {entry.key}"
            if not theirs or not entry.about.isdisjoint(unsure):
                looked_at["not sure when"] += 1
                continue
            since, moot = min(rung.at for rung in theirs), max(rung.moot for rung in theirs)
            begun.append((since, entry))
            yield from seen.late(entry, whom or "", since + GATHERED * (number == MANAGER), moot=moot)
        if number == MANAGER:
            yield from two_at_once(seen, begun)
        looked_at["told of several at once"] += sum(len(entry.about) > 1 for entry in entries)


def two_at_once(seen: Seen, begun: Iterable[tuple[datetime, Entry]]) -> Iterator[str]:
    """Whether one began to wait while another of its kind still waited: that one should have taken it along."""
    until, before = BEGINS, ""
    for since, entry in sorted(begun, key=lambda pair: pair[0]):
        if since < until - MOMENT:
            yield f"{entry.person} has {entry.key}, begun at {since}, though {before} waited until {until}"
        until, before = max(until, entry.done_at or seen.script.ends), entry.key


Told = tuple[int | None, str | None]
"""A rung, and who hears of it."""


def _expected(seen: Seen) -> tuple[defaultdict[Told, dict[str, Rung]], set[str]]:
    """Of whose interviews each should hear; and those interviews whose people moved, where an hour is not sure."""
    expected: defaultdict[Told, dict[str, Rung]] = defaultdict(dict)
    unsure = set[str]()
    for one in seen.year.assessed:
        for handle, interview in one.asked.items():
            if any(seen.hours[each].moved_near(one.at) for each in (handle, seen.owner(one))):
                unsure.update(one.asked.values())
            for rung in climbed(seen, one, handle):
                for whom in rung.told if rung.number != RESPONDENT else ():
                    expected[rung.number, whom][interview] = rung
    return expected, unsure


def climbed(seen: Seen, one: Assessed, handle: str) -> Iterator[Rung]:
    """The rungs that are taken until an answer comes or the deadline."""
    over, deadline = seen.over_for(one, handle), deadline_of(one, seen)
    rung = RESPONDENT
    moment = _stands(seen, one, handle, rung, one.at)
    while moment < over:
        due = _stands(seen, one, handle, rung, moment)
        if due > moment:
            moment = due
            continue
        together = [each for each in range(rung, MANAGER + 1) if _stands(seen, one, handle, each, moment) == due]
        if together == [RESPONDENT] and seen.hours[handle].is_away(seen.hours[handle].day(moment), moment):
            together = [RESPONDENT, BACKUP]
        for each in together:
            told = tuple(_told(seen, one, handle, each, moment))
            yield Rung(one.id, each, moment, told, _moot(seen, one, handle, each, moment))
        if together[-1] == MANAGER:
            return
        rung = together[-1] + 1
        hours = seen.hours[handle]
        tomorrow = at(hours.workdays_later(moment, 1, moment, there=True), hours.human.begins, hours.zone(moment))
        moment = max(_stands(seen, one, handle, rung, moment), tomorrow)
    is_silent = handle not in one.answered and handle not in one.partly
    if is_silent and ended(one, seen) == deadline:
        told = tuple(_told(seen, one, handle, MANAGER, deadline))
        yield Rung(one.id, MANAGER, deadline, told, _moot(seen, one, handle, MANAGER, deadline))


def _stands(seen: Seen, one: Assessed, handle: str, rung: int, known: datetime) -> datetime:
    """The morning of a rung, by what is known at a moment: a part of the answers begins the time anew."""
    hours, since = seen.hours[handle], _since(one, handle, known)
    zone = hours.zone(known)
    deadline, day = deadline_of(one, seen), since.astimezone(zone).date() + DAY
    days = 0
    while at(day, hours.human.begins, zone) < deadline:
        days += hours.is_workday(day)
        day += DAY
    day = hours.workdays_later(since, max(1, round(days * FIFTHS[rung] / 5)), known, there=True)
    return at(day, hours.human.begins, zone)


def _since(one: Assessed, handle: str, known: datetime) -> datetime:
    part = one.partly.get(handle)
    return part if part is not None and part <= known else one.at


def _told(seen: Seen, one: Assessed, handle: str, rung: int, moment: datetime) -> Iterator[str]:
    """Whom a rung reaches, if anybody."""
    hours, owner = seen.hours[handle], seen.owner(one)
    backup = hours.human.backup
    if rung == RESPONDENT:
        day, since = hours.day(moment), _since(one, handle, moment)
        is_there = hours.human.reminds and not hours.is_away(day, moment) and not hours.skips_week_of(day, moment)
        # A reminder of everything that came since the day they were asked was of this as well.
        if is_there and not seen.was_reminded(handle, hours.midnight_after(since), moment):
            yield handle
    elif rung == BACKUP and backup is not None:
        if not seen.hours[backup].is_away(seen.hours[backup].day(moment), moment):
            yield backup
    elif rung == OWNER and owner not in (handle, backup):
        yield owner
    elif rung == MANAGER:
        yield from (each for each in MANAGERS if each not in (handle, owner, backup))


def _moot(seen: Seen, one: Assessed, handle: str, rung: int, moment: datetime) -> datetime:
    """When an answer came after it; for all but managers the end of the assessment is enough."""
    answers = [each for each in (one.answered.get(handle), one.partly.get(handle)) if each and each > moment]
    if rung != MANAGER:
        answers.append(ended(one, seen) or seen.script.ends)
    return min(answers, default=seen.script.ends + WEEK) - MOMENT
