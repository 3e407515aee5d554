"""Works out from the script what everybody should have got, and holds the ledger against it. No product code.

Each rule gives its complaints, and counts what it looked at: a rule that looked at nothing has found nothing out.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.soak.hours import DAY, UTC_ZONE, WEEK, Hours, Office, at
from tests.soak.record import Entry, Year
from tests.soak.reminded import GATHERED, each_rung_is_climbed_once, reminders_come_weekly, two_at_once
from tests.soak.script import BEGINS, MANAGERS, NINE
from tests.soak.seen import INTERVALS, MOMENT, Seen, aged, ended, next_due, when

MONTH = timedelta(days=30)


@dataclass
class Checked:
    """What was found."""

    complaints: list[str] = field(default_factory=list)
    looked_at: Counter[str] = field(default_factory=Counter)


def check(year: Year, only: str = "") -> Checked:
    """Everything there is to check, or one rule by its name."""
    found, seen = Checked(), Seen(year)
    for rule in (rule for rule in RULES if only in ("", rule.__name__)):
        for complaint in rule(seen, found.looked_at):
            found.complaints.append(f"{rule.__name__}: {complaint}")
    return found


def assessments_end_in_time(seen: Seen, looked_at: Counter[str]) -> Iterator[str]:
    """With the last answer or at the deadline, with one result."""
    for one in seen.year.assessed:
        looked_at["assessments"] += 1
        expected = ended(one, seen)
        if expected is None:
            if one.ended is not None:
                yield f"{one.project} of {one.at} is over at {one.ended}"
            continue
        by_answer = one.asked.keys() <= one.answered.keys()
        looked_at["ends by the last answer" if by_answer else "ends by deadline"] += 1
        if one.ended is None or not timedelta(0) <= one.ended - expected <= MOMENT:
            yield f"{one.project} of {one.at} should end at {expected}, not {one.ended}"
        if [each.at for each in one.results if each.cause != "aged"] != [one.ended]:
            yield f"{one.project} of {one.at} has the results {one.results}"


def projects_are_assessed_again(seen: Seen, looked_at: Counter[str]) -> Iterator[str]:
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
                yield f"{key} is assessed again at {came}, not at {due} (before: {before.ended})"


def owners_hear_of_a_reassessment(seen: Seen, looked_at: Counter[str]) -> Iterator[str]:
    """Once, as soon as they are there, unless it is over by then."""
    got = defaultdict(list)
    for entry in seen.of_kind("reassessment"):
        if entry.key.startswith("reassessment:"):
            got[entry.subject].append(entry)
    for one in seen.year.assessed:
        entries, owner = got.pop(one.id, []), seen.owner(one)
        if len(entries) != (not one.by) or any(entry.person != owner for entry in entries):
            yield f"{owner} got {len(entries)} words of {one.project} at {one.at}"
        looked_at["words to owners"] += len(entries)
        for entry in entries:
            yield from seen.late(entry, owner, one.at, moot=one.ended)
    yield from (f"{what} has {len(entries)} words for nothing" for what, entries in got.items())


def results_reach_everybody_once(seen: Seen, looked_at: Counter[str]) -> Iterator[str]:
    """The owner and whoever was asked, when they are there; the channel at once, or when it opens."""
    got = defaultdict(list)
    for entry in seen.of_kind("result", "alert"):
        got[entry.subject, entry.person or f"#{entry.place}"].append(entry)
    for one in seen.year.assessed:
        for result in one.results:
            for handle in (one.asked.keys() | {seen.owner(one)}) if result.cause != "aged" else ():
                looked_at["results"] += 1
                entries = got.pop((result.id, handle), [])
                if len(entries) != 1:
                    yield f"{handle} got {len(entries)} results of {one.project} at {result.at}"
                yield from (late for entry in entries for late in seen.late(entry, handle, result.at))
            due = seen.office(one, result.at).next_open(result.at) if result.cause == "aged" else result.at
            entries = got.pop((result.id, f"#{one.project}"), [])
            looked_at["alerts"] += len(entries)
            if len(entries) > 1 or any(not _is_near(entry, due, seen) for entry in entries):
                yield f"#{one.project} got its alert of {result.at} at {[entry.done_at for entry in entries]}"
    yield from (f"{whom} got {len(entries)} results of {what} for nothing" for (what, whom), entries in got.items())


def evidence_ages_by_the_calendar(seen: Seen, looked_at: Counter[str]) -> Iterator[str]:
    """A result that time made has a link that fell; its giver and the owner hear of it once."""
    words = defaultdict(list)
    for entry in seen.of_kind("evidence_fell"):
        words[entry.subject].append(entry)
    for one in seen.year.assessed:
        lasts = 2 * timedelta(days=INTERVALS[seen.script.undertakings[one.project].exposure])
        for result in aged(one):
            looked_at["results by time"] += 1
            # The date was set when the one before was taken, by the clock that the owner had then.
            offices = (seen.office(one, result.at), seen.office(one, seen.result_before(one.project, result.at)))
            mornings = [office.next_morning(given + lasts) for office in offices for _, given in result.links]
            if not any(abs(morning - result.at) <= MOMENT for morning in mornings):
                yield f"{one.project} fell at {result.at}, and its links fall at {[str(each) for each in mornings]}"
            entries = words.pop(result.id, [])
            readers = [entry.person for entry in entries]
            if len(set(readers)) != len(readers) or seen.owner(one) not in readers:
                yield f"{readers} heard that evidence of {one.project}, which is {seen.owner(one)}'s, fell"
            looked_at["words of what fell"] += len(entries)
            yield from (late for each in entries for late in seen.late(each, each.person or "", result.at))
    yield from (f"{len(entries)} words of {what} for nothing" for what, entries in words.items())


def givers_are_warned(seen: Seen, looked_at: Counter[str]) -> Iterator[str]:
    """Fourteen days before a link falls, or as soon as there is a result that rests on it; once."""
    results = [result.at for one in seen.year.assessed for result in one.results]
    for entry in seen.of_kind("evidence_ages"):
        looked_at["warnings"] += 1
        # Its key names the project, the person and the day of the fall.
        day = date.fromisoformat(entry.key.rpartition(":")[2])
        begun = [moment for moment in results if timedelta(0) <= day - moment.date() <= timedelta(days=15)]
        owners = {seen.hours[each.owner].zone(seen.script.ends) for each in seen.script.undertakings.values()}
        begun += [at(day - timedelta(days=14), NINE, zone) for zone in owners]
        fallen = at(day, NINE, min(owners, key=str))
        if all(list(seen.late(entry, entry.person or "", moment, moot=fallen - MONTH)) for moment in begun):
            yield f"{entry.person} was warned at {entry.done_at} of what falls on {day}"


def old_blockers_are_told_of(seen: Seen, looked_at: Counter[str]) -> Iterator[str]:
    """To the owner, on the working morning after another thirty days; what comes together is one message."""
    got = defaultdict(list)
    for entry in seen.of_kind("old_blockers"):
        if entry.person:
            got[entry.person].append(entry)
    expected: defaultdict[str, dict[tuple[str, date], tuple[datetime, datetime]]] = defaultdict(dict)
    for each in seen.blocked:
        owner, over = seen.script.undertakings[each.project].owner, each.cleared or seen.script.ends
        for told in _months_of(seen, owner, each.opened, over):
            known = expected[owner].get((each.project, told.date()), (told, told))
            expected[owner][each.project, told.date()] = told, max(over, known[1])
    for owner, several in expected.items():
        entries, dates = got.pop(owner, []), sorted(several.values())
        looked_at["old blockers"] += len(dates)
        if len(entries) != len(dates):
            yield f"{owner} should hear of old blockers at {[str(told) for told, _ in dates]}, and hears {len(entries)}"
            continue
        for entry, (told, over) in zip(entries, dates, strict=True):
            yield from seen.late(entry, owner, told, moot=over)
    yield from (f"{owner} hears of {len(entries)} old blockers for nothing" for owner, entries in got.items())


def _months_of(seen: Seen, owner: str, opened: datetime, over: datetime) -> Iterator[datetime]:
    """By the clock of the owner as it was known when each date was set: a move in between leaves it where it is."""
    planned, mark = opened, opened + MONTH
    while mark < over:
        told = Office(seen.script, seen.hours[owner].zone(planned)).next_morning(mark)
        if told < over:
            yield told
        planned, mark = told, mark + MONTH


def what_nobody_knows_goes_up(seen: Seen, looked_at: Counter[str]) -> Iterator[str]:
    """After two working days of the owner, once; managers hear of all projects at once, an hour after the first.

    What half of the projects share is told once, by another message.
    """
    ups: defaultdict[str, list[datetime]] = defaultdict(list)
    known: dict[tuple[str, datetime], datetime] = {}
    for each in seen.blocked:
        hours = seen.hours[seen.script.undertakings[each.project].owner]
        due = [(at(hours.workdays_later(a, 2, a), hours.human.ends, hours.zone(a)), until) for a, until in each.unknown]
        open_then = [up for up, until in due if up < min(until or seen.script.ends, seen.script.ends)]
        expected = [up for up in open_then if not seen.is_shared(each.dimension, up)]
        looked_at["unknown for two days"] += len(expected)
        # What was known, and then nobody could answer, leaves no line: two days after some result, then.
        results = [result.at for one in seen.year.assessed if one.project == each.project for result in one.results]
        possible = {at(hours.workdays_later(a, 2, a), hours.human.ends, hours.zone(a)) for a in results}
        if not set(expected) <= set(each.escalated) <= possible:
            yield f"{each.project} should go up at {[str(up) for up in expected]}: {[str(up) for up in each.escalated]}"
        ups[each.id] += each.escalated
        for up in each.escalated:
            ends = [until for since, until in each.unknown if until and since < up <= until]
            known[each.id, up] = min([*ends, each.cleared or seen.script.ends + WEEK]) - MOMENT
    got = defaultdict(list)
    for entry in seen.of_kind("unknown"):
        looked_at["words of what nobody knows"] += 1
        if entry.person:
            got[entry.person].append(entry)
        elif not any(_is_near(entry, _opens(seen, entry.place, up), seen) for each in entry.about for up in ups[each]):
            yield f"#{entry.place}: {entry.key} came at {entry.done_at}"
    for manager in MANAGERS:
        yield from _heard_of(seen, manager, known, got.pop(manager, []))
    yield from (f"{whom} heard of {len(entries)} unknowns for nothing" for whom, entries in got.items())


def _opens(seen: Seen, place: str | None, moment: datetime) -> datetime:
    """When the channel of a project may be told of something."""
    owner = seen.script.undertakings[place or ""].owner
    return Office(seen.script, seen.hours[owner].zone(moment)).next_open(moment)


def _heard_of(
    seen: Seen, manager: str, known: Mapping[tuple[str, datetime], datetime], entries: Sequence[Entry]
) -> Iterator[str]:
    """Whether a manager has had word of each blocker that went up, as soon as it might come; `known`: until when."""
    told = set[tuple[str, datetime]]()
    begun = []
    for entry in sorted(entries, key=lambda each: each.done_at or seen.script.ends):
        until = entry.done_at or seen.script.ends
        theirs = {(each, up) for each, up in known if each in entry.about and up <= until} - told
        told |= theirs
        if not theirs:
            yield f"{manager} heard {entry.key} for nothing"
            continue
        first, moot = min(up for _, up in theirs), max(known[each] for each in theirs)
        begun.append((first, entry))
        yield from seen.late(entry, manager, first + GATHERED, moot=moot)
        if {each for each, _ in theirs} != entry.about:
            yield f"{manager} heard again of some of {entry.key}"
    yield from two_at_once(seen, begun)
    yield from (f"{manager} did not hear that {each} went up at {up}" for each, up in sorted(known.keys() - told))


def channels_have_a_digest_a_week(seen: Seen, looked_at: Counter[str]) -> Iterator[str]:
    """On Monday at nine where the owner lives, on Tuesday after a day off; where nothing was and is, there is none."""
    got = defaultdict(list)
    for entry in seen.of_kind("digest"):
        got[entry.place].append(entry)
    for key, undertaking in seen.script.undertakings.items():
        came = {when(entry) for entry in got.pop(key, []) if entry.state == "sent"}
        hours, since = seen.hours[undertaking.owner], BEGINS
        for moment in _mondays(seen, hours):
            says = None if hours.moved_near(moment) else _says(seen, key, since, moment)
            looked_at["weeks of digests"] += 1
            looked_at["digests"] += moment in came
            if says is not None and says != (moment in came):
                yield f"#{key} has {'no' if says else 'a'} digest at {moment}"
            came.discard(moment)
            since = moment
        strange = (moment for moment in sorted(came) if not hours.moved_near(moment))
        yield from (f"#{key} has a digest at {moment}" for moment in strange)
    yield from _of_manager(seen, looked_at, got.pop(None, []))
    yield from (f"#{place} has {len(entries)} digests" for place, entries in got.items())


def _of_manager(seen: Seen, looked_at: Counter[str], entries: Sequence[Entry]) -> Iterator[str]:
    """The manager who asked for one has one of the whole portfolio, when they are there.

    One that would come only after the next is taken back as that one is made, and told by it.
    """
    moments = list(_mondays(seen, seen.hours[MANAGERS[0]]))
    looked_at["digests of the portfolio"] += len(entries)
    if len(entries) > len(moments):
        yield f"{MANAGERS[0]} has {len(entries)} digests in {len(moments)} weeks"
    hours = seen.hours[MANAGERS[0]]
    for entry in entries:
        made = datetime.fromisoformat(entry.key.split(":", 2)[2])
        following = next((moment for moment in moments if moment - made > MOMENT), seen.script.ends)
        if entry.error == "superseded" and entry.done_at is not None and hours.next_open(made) >= following - MOMENT:
            looked_at["digests told by the next"] += 1
            fits = timedelta(0) <= entry.done_at - following <= MOMENT
        else:
            fits = any(not list(seen.late(entry, MANAGERS[0], moment)) for moment in moments)
        if not fits:
            yield f"{MANAGERS[0]} has a digest at {entry.done_at}: {entry.state} {entry.error}"


def _mondays(seen: Seen, hours: Hours) -> Iterator[datetime]:
    """Nine o'clock where somebody lives."""
    monday = BEGINS.date()
    while (moment := at(monday, NINE, hours.zone(at(monday, NINE, UTC_ZONE)))) < seen.script.ends:
        day = monday
        while day in seen.script.closed or day.weekday() > 4:
            day += DAY
        if moment > BEGINS:
            yield at(day, NINE, hours.zone(moment))
        monday += WEEK


def _says(seen: Seen, key: str, since: datetime, moment: datetime) -> bool | None:
    """Whether there is something to tell; None where something happened at that very moment, before or after it."""
    theirs = [one for one in seen.year.assessed if one.project == key]
    results = [result for one in theirs for result in one.results]
    owing = [(one.at, seen.over_for(one, handle)) for one in theirs for handle in one.asked]
    happened = [result.at for result in results] + [each for span in owing for each in span]
    if any(abs(each - moment) <= MOMENT for each in happened):
        return None
    lasts = 2 * timedelta(days=INTERVALS[seen.script.undertakings[key].exposure])
    last = max((result for result in results if result.at <= moment), key=lambda result: result.at, default=None)
    falls = [given + lasts for _, given in last.links] if last else []
    open_now = [each for each in seen.blocked if each.project == key and not (each.cleared and each.cleared <= moment)]
    risen = [up for each in open_now for up in each.escalated]
    return (
        any(since < result.at <= moment for result in results)
        or any(begins <= moment < over for begins, over in owing)
        or any(since < up <= moment for up in risen)
        or any(moment <= fall <= moment + 2 * WEEK for fall in falls)
    )


def nothing_comes_outside_hours(seen: Seen, looked_at: Counter[str]) -> Iterator[str]:
    """Whatever nobody asked for: in working hours, on a working day, no holiday, no absence, no snooze."""
    for handle, entries in seen.unasked.items():
        for entry in entries:
            looked_at["unasked"] += 1
            if not seen.hours[handle].is_open(when(entry)):
                yield f"{handle}: {entry.key} came at {when(entry).astimezone(seen.hours[handle].zone(when(entry)))}"


def nobody_gets_too_much(seen: Seen, looked_at: Counter[str]) -> Iterator[str]:
    """The budget of a person's day."""
    for (handle, day), messages in seen.on_day.items():
        looked_at["days with messages"] += 1
        looked_at["full days"] += messages == seen.script.budget
        if messages > seen.script.budget:
            yield f"{handle} got {messages} on {day}"


def nothing_is_doubled(seen: Seen, looked_at: Counter[str]) -> Iterator[str]:
    """One message for each row that says sent, none for any other."""
    for entry in seen.messages:
        arrived = len(seen.year.arrived.get(entry.key, ()))
        looked_at["messages"] += arrived
        if arrived != (entry.state == "sent"):
            yield f"{entry.key} is {entry.state} and arrived {arrived} times"
    known = {entry.key for entry in seen.messages}
    yield from (f"{key} arrived and is not in the ledger" for key in seen.year.arrived if key not in known)


def nothing_is_stuck(seen: Seen, looked_at: Counter[str]) -> Iterator[str]:
    """No row is held, and none that nobody waits for is left."""
    for entry in seen.year.ledger:
        looked_at["rows"] += 1
        is_waiting = entry.state == "pending" and (entry.unasked or entry.place is not None)
        if entry.state not in ("sent", "dropped") and not is_waiting:
            yield f"{entry.key} is {entry.state}: {entry.error}"


def _is_near(entry: Entry, due: datetime, seen: Seen) -> bool:
    if entry.state == "pending":
        return due >= seen.script.ends
    return abs(when(entry) - due) <= MOMENT


RULES: Sequence[Callable[[Seen, Counter[str]], Iterator[str]]] = (
    assessments_end_in_time,
    projects_are_assessed_again,
    owners_hear_of_a_reassessment,
    results_reach_everybody_once,
    evidence_ages_by_the_calendar,
    givers_are_warned,
    old_blockers_are_told_of,
    what_nobody_knows_goes_up,
    channels_have_a_digest_a_week,
    reminders_come_weekly,
    each_rung_is_climbed_once,
    nothing_comes_outside_hours,
    nobody_gets_too_much,
    nothing_is_doubled,
    nothing_is_stuck,
)
