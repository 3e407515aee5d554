"""When somebody may be written to, worked out again from the script alone. No product code."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from tests.soak.script import FIVE, NINE, Human, Script, Snooze

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
UTC_ZONE = ZoneInfo("UTC")


@cache
def holidays_in(region: str, year: int) -> frozenset[date]:
    """The days off of a region; the script has countries and parts of them."""
    country, _, part = region.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year))


class Hours:
    """One person's. `learned`: when the bot asked the platform who they are; from then on it knows their zone."""

    def __init__(self, human: Human, script: Script, learned: Sequence[datetime]) -> None:
        self.human, self.script = human, script
        self.zones = [(moment, human.profile_zone(moment)) for moment in sorted(learned)]
        assert self.zones, human.handle

    def zone(self, moment: datetime) -> ZoneInfo:
        """The zone that the bot knows at a moment."""
        known = [zone for at_, zone in self.zones if at_ <= moment] or [self.zones[0][1]]
        return ZoneInfo(known[-1])

    def moved_near(self, moment: datetime) -> bool:
        """Whether the bot learned of a move within two weeks of it: then an hour is one of two zones'."""
        pairs = zip(self.zones, self.zones[1:], strict=False)
        return any(before[1] != after[1] and abs(after[0] - moment) < 2 * WEEK for before, after in pairs)

    def day(self, moment: datetime) -> date:
        """The person's calendar day."""
        return moment.astimezone(self.zone(moment)).date()

    def midnight_after(self, moment: datetime) -> datetime:
        """When their next day begins."""
        return at(self.day(moment) + DAY, time(), self.zone(moment))

    def is_away(self, day: date, known: datetime) -> bool:
        """Whether they are away, as far as was said by then."""
        return any(away.said <= known and away.first <= day <= away.last for away in self.human.away)

    def is_workday(self, day: date) -> bool:
        """Whether they usually work: their days, no holiday, nobody's day off."""
        region = self.human.region
        is_holiday = day in self.script.closed or (region and day in holidays_in(region, day.year))
        return day.weekday() in self.human.days and not is_holiday

    def is_off(self, day: date, known: datetime) -> bool:
        """Whether they do not work on a day, as far as was said by then."""
        return self.is_away(day, known) or not self.is_workday(day)

    def quiet_until(self, known: datetime) -> datetime | None:
        """The end of the snooze that was said last."""
        said = [snooze for snooze in self.human.snoozes if snooze.said <= known]
        return self._end_of(max(said, key=lambda snooze: snooze.said)) if said else None

    def skips_week_of(self, day: date, known: datetime) -> bool:
        """Whether they said that they want no reminder in the week of a day; what was said last counts."""
        said = [moment for moment in self.human.skips if moment <= known]
        return bool(said) and self.day(max(said)).isocalendar()[:2] == day.isocalendar()[:2]

    def is_open(self, moment: datetime) -> bool:
        """Whether something may reach them: by the wall clock where they are."""
        quiet = self.quiet_until(moment)
        local = moment.astimezone(self.zone(moment))
        at_work = self.human.begins <= local.time().replace(tzinfo=None) < self.human.ends
        return at_work and not self.is_off(local.date(), moment) and not (quiet and moment < quiet)

    def next_open(self, moment: datetime, *, follows: bool = False) -> datetime:
        """The first moment from here on at which they are there, by what is known when it comes.

        `follows`: it is looked at again as soon as the bot learns that they have moved, and not only at the hour that
        would have been theirs.
        """
        while not self.is_open(moment):
            opening = self.opening(moment, known=moment)
            assert opening > moment, (self.human.handle, moment)
            learned = (each for each, _ in self.zones if follows and moment < each < opening)
            moment = min(learned, default=opening)
        return moment

    def opening(self, moment: datetime, known: datetime) -> datetime:
        """The same, by what is known at one moment."""
        zone, moment = self.zone(known), max(moment, self.quiet_until(known) or moment)
        day = moment.astimezone(zone).date()
        while self.is_off(day, known) or moment >= at(day, self.human.ends, zone):
            day += DAY
        return max(moment, at(day, self.human.begins, zone))

    def workdays_later(self, moment: datetime, days: int, known: datetime, *, there: bool = False) -> date:
        """So many working days after the day of a moment; `there`: as if they were neither away nor snoozed."""
        zone = self.zone(known)
        day = moment.astimezone(zone).date()
        for _ in range(days):
            if there:
                day += DAY
                while not self.is_workday(day):
                    day += DAY
            else:
                day = self.opening(at(day + DAY, time(), zone), known).astimezone(zone).date()
        return day

    def reminder_of(self, monday: date) -> datetime:
        """The weekly moment they chose, in the week of this Monday, where the bot then knows them to be."""
        day = monday + self.human.reminder_day * DAY
        before = self.zone(at(monday - DAY, time(), ZoneInfo(self.human.zone)))
        meant = at(day, self.human.reminder_time, before)
        moved = [learned for learned, _ in self.zones if learned <= meant and self.zone(learned) == self.zone(meant)]
        if self.zone(meant) == before or not moved:
            return meant
        return max(at(day, self.human.reminder_time, self.zone(meant)), moved[0])

    def _end_of(self, snooze: Snooze) -> datetime:
        if snooze.hours:
            return snooze.said + timedelta(hours=snooze.hours)
        local = snooze.said.astimezone(self.zone(snooze.said))
        return at(local.date() + snooze.days * DAY, local.time(), self.zone(snooze.said))


class Office:
    """The organization's own hours, where an owner lives: no holidays, absences and snoozes of anybody."""

    def __init__(self, script: Script, zone: ZoneInfo) -> None:
        self.script, self.zone = script, zone

    def next_open(self, moment: datetime) -> datetime:
        """The first moment from here on at which a channel may be written to."""
        day = moment.astimezone(self.zone).date()
        while day.weekday() > 4 or day in self.script.closed or moment >= at(day, FIVE, self.zone):
            day += DAY
        return max(moment, at(day, NINE, self.zone))

    def next_morning(self, moment: datetime) -> datetime:
        """When they open on the next working day."""
        return self.next_open(at(moment.astimezone(self.zone).date() + DAY, time(), self.zone))


def at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """A wall clock's time of a day, in UTC."""
    return datetime.combine(day, clock, zone).astimezone(UTC)
