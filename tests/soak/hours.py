"""When somebody may be written to, worked out again from the script alone. No product code."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from tests.soak.script import Human, Script

DAY = timedelta(days=1)


@cache
def holidays_in(region: str, year: int) -> frozenset[date]:
    """The days off of a region; the script has countries and parts of them."""
    country, _, part = region.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year))


class Hours:
    """One person's. `learned`: when the bot asked the platform who they are; from then on it knows their zone."""

    def __init__(self, human: Human, script: Script, learned: Sequence[datetime]) -> None:
        self.human, self.script = human, script
        self.zones = [(at, human.profile_zone(at)) for at in sorted(learned)]
        assert self.zones, human.handle

    def zone(self, moment: datetime) -> ZoneInfo:
        """The zone that the bot knows at a moment."""
        known = [zone for at, zone in self.zones if at <= moment] or [self.zones[0][1]]
        return ZoneInfo(known[-1])

    def day(self, moment: datetime) -> date:
        """The person's calendar day."""
        return moment.astimezone(self.zone(moment)).date()

    def is_off(self, day: date, known: datetime) -> bool:
        """Whether they do not work on a day, as far as was said by then."""
        human = self.human
        if any(away.said <= known and away.first <= day <= away.last for away in human.away):
            return True
        if day in self.script.closed or (human.region and day in holidays_in(human.region, day.year)):
            return True
        return day.weekday() not in human.days

    def quiet_until(self, known: datetime) -> datetime | None:
        """The end of the snooze that was said last."""
        said = [snooze for snooze in self.human.snoozes if snooze.said <= known]
        return max(said, key=lambda snooze: snooze.said).until if said else None

    def is_open(self, moment: datetime) -> bool:
        """Whether something may reach them: by the wall clock where they are."""
        quiet = self.quiet_until(moment)
        local = moment.astimezone(self.zone(moment))
        at_work = self.human.begins <= local.time().replace(tzinfo=None) < self.human.ends
        return at_work and not self.is_off(local.date(), moment) and not (quiet and moment < quiet)

    def next_open(self, moment: datetime) -> datetime:
        """The first moment from here on at which they are there, by what is known when it comes."""
        while not self.is_open(moment):
            opening = self.opening(moment, known=moment)
            assert opening > moment, (self.human.handle, moment)
            moment = opening
        return moment

    def opening(self, moment: datetime, known: datetime) -> datetime:
        """The same, by what is known at one moment."""
        zone, moment = self.zone(known), max(moment, self.quiet_until(known) or moment)
        day = moment.astimezone(zone).date()
        while self.is_off(day, known) or moment >= at(day, self.human.ends, zone):
            day += DAY
        return max(moment, at(day, self.human.begins, zone))

    def reminder_of(self, monday: date) -> datetime:
        """The weekly moment they chose, in the week of this Monday."""
        day = monday + self.human.reminder_day * DAY
        return at(day, self.human.reminder_time, self.zone(at(day, time(), ZoneInfo(self.human.zone))))


def at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """A wall clock's time of a day, in UTC."""
    return datetime.combine(day, clock, zone).astimezone(UTC)
