"""A simulation as lines of words: what a table, a text and the page in chat are made from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.readiness.local_time import clock_change, moment_of
from bot.readiness.simulation import DaysOff, End, Foreseen, Postponement, SimulationCard
from bot.wording.dates import short_date
from bot.wording.engine import Page, Words


@dataclass(frozen=True, slots=True)
class ForeseenLine:
    """One line; `day` is local to the zone, `time` "" for days on which nothing comes."""

    day: date
    weekday: str
    time: str
    zone: str
    to: str
    what: str
    projects: str
    remarks: tuple[str, ...]

    def cells(self) -> tuple[str, ...]:
        """In the order of the template's columns."""
        remarks = "; ".join(self.remarks)
        day = self.day.isoformat()
        return (day, self.weekday, self.time, self.zone, self.to, self.what, self.projects, remarks)


def columns(words: Words) -> tuple[str, ...]:
    """The titles of the cells."""
    return tuple(words.page("simulation").text("columns").split("|"))


def lines(card: SimulationCard, words: Words) -> list[ForeseenLine]:
    """All messages and all days on which nothing comes, by time."""
    dated = [(message.at, _message(message, card, words)) for message in card.simulation.messages]
    dated += [
        (moment_of(days.first, time(), days.person.timezone), _days_off(days, words))
        for days in card.simulation.days_off
    ]
    return [line for _, line in sorted(dated, key=lambda each: each[0])]


def _message(message: Foreseen, card: SimulationCard, words: Words) -> ForeseenLine:
    page, zone = words.page("simulation"), message.zone or card.reader.timezone
    local = message.at.astimezone(ZoneInfo(zone))
    return ForeseenLine(
        day=local.date(),
        weekday=_weekday(local.date(), words),
        time=f"{local:%H:%M}",
        zone=zone,
        to=_recipient(message, page),
        what=words.page("ledger").text(f"kind_{message.kind.value}"),
        projects=", ".join(sorted(project.name for project in message.projects)),
        remarks=tuple(_remarks(message, local.date(), zone, words)),
    )


def _days_off(days: DaysOff, words: Words) -> ForeseenLine:
    page = words.page("simulation")
    until = [page.text("until", day=days.last.isoformat())] if days.last != days.first else []
    return ForeseenLine(
        day=days.first,
        weekday=_weekday(days.first, words),
        time="",
        zone=days.person.timezone,
        to=days.person.name,
        what=page.text("day_off"),
        projects="",
        remarks=(_why(days.why.value, days.holiday, words), *until),
    )


def _recipient(message: Foreseen, page: Page) -> str:
    if message.person is not None:
        return message.person.name
    assert message.place is not None, message
    return page.text("channel", name=message.place.name or message.place.channel)


def _remarks(message: Foreseen, day: date, zone: str, words: Words) -> Iterator[str]:
    page = words.page("simulation")
    if (changes := clock_change(day, zone)) is not None:
        yield page.text("clock_change", day=short_date(changes, words.language))
    if message.is_merged:
        yield page.text("merged", count=len(message.projects))
    for waited in message.waited:
        yield _waited(waited, zone, words)
    if message.end is End.WAITING:
        yield page.text("waiting")
    if message.end is End.HELD:
        yield page.text("held", reason=message.reason)
    if message.end is End.DROPPED:
        ledger, slot = words.page("ledger"), f"dropped_{message.reason}"
        yield page.text("dropped", reason=ledger.text(slot) if ledger.has(slot) else message.reason)


def _waited(waited: Postponement, zone: str, words: Words) -> str:
    page, day = words.page("simulation"), short_date(waited.at, words.language, zone)
    return page.text("waited", day=day, time=clock_time(waited.at, zone), why=_why(waited.why, waited.holiday, words))


def _why(why: str, holiday: str, words: Words) -> str:
    if holiday:
        return words.page("simulation").text("holiday", name=holiday)
    return words.page("ledger").text(f"postponed_{why}")


def clock_time(moment: datetime, zone: str) -> str:
    """Such as "09:00"."""
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M}"


def _weekday(day: date, words: Words) -> str:
    return words.page("dates").text("weekdays").split()[day.weekday()]
