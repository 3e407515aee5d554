"""Pages of one's own time: schedule, absence, snooze, a week skipped; and what others are told of it."""

from collections.abc import Iterable

from bot.chat.plain import plain_line
from bot.chat.view import (
    Bullets,
    Button,
    Buttons,
    Facts,
    Field,
    FieldKind,
    Form,
    Heading,
    Line,
    Note,
    Option,
    Paragraph,
    Part,
    Style,
    View,
)
from bot.readiness.assessment import Person
from bot.readiness.preferences import Absence
from bot.readiness.schedule_cards import (
    AbsenceCard,
    AbsenceSaid,
    Reach,
    ScheduleCard,
    ScheduleForm,
    SkipForm,
    SkippedCard,
    SnoozeCard,
)
from bot.wording.dates import clock_time, full_date, short_date, short_moment, typed_weekdays, weekday_names
from bot.wording.engine import Page, Words
from bot.wording.markup import Mention
from bot.wording.pages.presenting import present

REASON_LENGTH = 200
SHORT = 40
SENDS_SHOWN = 12
ABSENCES_SHOWN = 10


@present.register
def _(card: AbsenceCard, words: Words) -> View:
    """Days away, and when they are back."""
    page = words.page("schedule")
    name = _named(card.person)
    if not card.absences:
        slot = "away_cleared" if card.said is AbsenceSaid.CLEARED else "away_none"
        said = page.line(slot, own=card.is_own, name=name)
        return View(text=plain_line(said), parts=(Paragraph(said), Note(page.line("away_usage"))))
    assert card.back is not None, card.person.id
    back = short_date(card.back, words.language)
    spans = tuple(_span(each, words, page) for each in card.absences[:ABSENCES_SHOWN])
    said = page.line("away", own=card.is_own, name=name, back=back, span=plain_line(spans[0]))
    parts: list[Part] = [Paragraph(said)]
    if len(spans) > 1:
        parts.append(Bullets(spans))
    if card.backup is not None:
        parts.append(Note(page.line("away_backup", name=_named(card.backup))))
    elif card.is_own:
        parts.append(Note(page.line("away_no_backup")))
    buttons = [Button(page.text("not_away_button"), "not_away", card.person.id)]
    if card.is_own:
        buttons.append(Button(page.text("schedule_button"), "own_schedule"))
    return View(text=plain_line(said), parts=(*parts, Buttons(tuple(buttons))))


@present.register
def _(card: SnoozeCard, words: Words) -> View:
    """Until when it is quiet, and what comes then."""
    page = words.page("schedule")
    if card.until is None:
        said = page.line("snooze_off")
    else:
        said = page.line("snoozed", until=short_moment(card.until, words.language, card.zone))
    parts: list[Part] = [Paragraph(said)]
    if card.reminder_at is not None:
        parts.append(Note(page.line("then_reminder", at=short_moment(card.reminder_at, words.language, card.zone))))
    if card.until is None:
        parts.append(Buttons(snooze_buttons(words)))
    return View(text=plain_line(said), parts=tuple(parts))


@present.register
def _(_card: SkipForm, words: Words) -> Form:
    """Why not this week."""
    page = words.page("schedule")
    reason = Field(
        "reason", FieldKind.TEXT, page.text("skip_reason"), page.text("skip_reason_hint"), max_length=REASON_LENGTH
    )
    return Form(
        form="skip_week",
        title=page.text("skip_title"),
        submit=page.text("skip_submit"),
        cancel=page.text("cancel"),
        fields=(reason,),
    )


@present.register
def _(card: SkippedCard, words: Words) -> View:
    """Quiet until next week; what waits still waits."""
    page = words.page("schedule")
    said = page.line("skipped")
    parts: list[Part] = [Paragraph(said)]
    if card.reminder_at is not None:
        parts.append(Note(page.line("then_reminder", at=short_moment(card.reminder_at, words.language, card.zone))))
    return View(text=plain_line(said), parts=tuple(parts))


@present.register
def _(card: ScheduleCard, words: Words) -> View:
    """What comes when, and by which hours; a button changes it."""
    page, person = words.page("schedule"), card.person
    title = page.text("saved_title" if card.saved else "title")
    sends = tuple(
        page.line(
            f"send_{each.kind.value}",
            at=short_moment(each.at, words.language, person.timezone),
            project=each.project.name if each.project else "",
            count=each.count,
        )
        for each in card.sends[:SENDS_SHOWN]
    )
    coming: Part = Bullets(sends) if sends else Paragraph(page.line("no_sends"))
    parts: list[Part] = [Heading(title), coming, Facts(_facts(card, words, page))]
    if card.snoozed_until is not None:
        parts.append(
            Note(page.line("snoozed", until=short_moment(card.snoozed_until, words.language, person.timezone)))
        )
    change = Button(page.text("change_button"), "change_schedule", style=Style.PRIMARY)
    return View(text=title, parts=(*parts, Buttons((change,))))


def _facts(card: ScheduleCard, words: Words, page: Page) -> tuple[tuple[str, Line], ...]:
    own, everybody, language = card.own, card.everybody, words.language
    begins, ends = own.begins or everybody.begins, own.ends or everybody.ends
    days = everybody.days if own.days is None else own.days
    region = everybody.region if own.region is None else own.region
    away = ", ".join(plain_line(_span(each, words, page)) for each in card.absences[:ABSENCES_SHOWN])
    reminder = page.line(
        "reminder_weekly" if own.reminds else "reminder_never",
        **(
            {"day": weekday_names([own.reminder_day], language), "clock": clock_time(own.reminder_time)}
            if own.reminds
            else {}
        ),
    )
    return (
        (page.text("zone"), page.line("zone_own" if own.timezone else "zone_profile", zone=card.person.timezone)),
        (page.text("hours"), page.line("value", value=f"{clock_time(begins)}–{clock_time(ends)}")),
        (page.text("days"), page.line("value", value=weekday_names(days, language))),
        (page.text("region"), page.line("value", value=region) if region else page.line("none")),
        (page.text("reminder"), reminder),
        (page.text("absences"), page.line("value", value=away) if away else page.line("none")),
        (page.text("backup"), page.line("value", value=_named(card.backup)) if card.backup else page.line("nobody")),
    )


@present.register
def _(card: ScheduleForm, words: Words) -> Form:
    """Zone, hours, days, holidays, reminder, backup; what is left empty follows the profile or the organization."""
    page, own, everybody = words.page("schedule"), card.own, card.everybody
    hours = f"{clock_time(everybody.begins)}-{clock_time(everybody.ends)}"
    days = typed_weekdays(everybody.days, words.language)

    def text(name: str, initial: str, **hint: object) -> Field:
        return Field(
            name,
            FieldKind.TEXT,
            page.text(name),
            page.text(f"{name}_hint", **hint),
            required=False,
            initial=initial or None,
            max_length=SHORT,
        )

    weekdays = tuple(Option(weekday_names([day], words.language), str(day)) for day in range(7))
    choices = tuple(Option(page.text(f"reminds_{each}"), each) for each in ("yes", "no"))
    own_hours = f"{clock_time(own.begins)}-{clock_time(own.ends)}" if own.begins and own.ends else ""
    own_days = "" if own.days is None else typed_weekdays(own.days, words.language)
    region = "" if own.region is None else own.region or page.text("no_region")
    return Form(
        form="schedule",
        title=page.text("form_title"),
        submit=page.text("form_submit"),
        cancel=page.text("cancel"),
        fields=(
            text("timezone", own.timezone or "", zone=card.person.timezone),
            text("hours", own_hours, everybody=hours),
            text("days", own_days, everybody=days),
            text("region", region, everybody=everybody.region or page.text("no_region")),
            Field(
                "reminder_day",
                FieldKind.SELECT,
                page.text("reminder_day"),
                initial=str(own.reminder_day),
                options=weekdays,
            ),
            Field(
                "reminder_time",
                FieldKind.TEXT,
                page.text("reminder_time"),
                page.text("reminder_time_hint"),
                initial=clock_time(own.reminder_time),
                max_length=SHORT,
            ),
            Field(
                "reminds",
                FieldKind.SELECT,
                page.text("reminds"),
                page.text("reminds_hint"),
                initial="yes" if own.reminds else "no",
                options=choices,
            ),
            Field(
                "backup",
                FieldKind.PERSON,
                page.text("backup"),
                page.text("backup_hint"),
                required=False,
                initial=card.backup.account if card.backup else None,
            ),
        ),
    )


def snooze_buttons(words: Words) -> tuple[Button, ...]:
    """Not now: in an hour, or tomorrow."""
    page = words.page("schedule")
    return (
        Button(page.text("snooze_hour_button"), "snooze", "1h"),
        Button(page.text("snooze_day_button"), "snooze", "tomorrow"),
    )


def quiet_buttons(words: Words) -> tuple[Button, ...]:
    """What stands under every reminder."""
    page = words.page("schedule")
    skip = Button(page.text("skip_button"), "skip_week")
    return (*snooze_buttons(words), skip, Button(page.text("schedule_button"), "own_schedule"))


def reach_parts(reaches: Iterable[Reach], words: Words) -> tuple[Part, ...]:
    """What keeps those who are waited for from hearing of it, one line each."""
    page = words.page("schedule")
    lines: list[Line] = []
    for reach in reaches:
        name = _named(reach.person)
        if reach.away_until is not None:
            until = short_date(reach.away_until, words.language)
            backup = _named(reach.backup) if reach.backup else ""
            lines.append(page.line("reach_away", name=name, until=until, backup=backup))
        if not reach.reminds:
            lines.append(page.line("reach_never", name=name))
        if reach.skip_reason:
            lines.append(page.line("reach_skipped", name=name, reason=reach.skip_reason))
    return (Bullets(tuple(lines)),) if lines else ()


def _named(person: Person) -> Mention:
    """By their account, as somebody who was just named may not be known by name yet."""
    return Mention(person.account, person.name)


def _span(absence: Absence, words: Words, page: Page) -> Line:
    if absence.first == absence.last:
        return page.line("span_day", day=full_date(absence.first, words.language))
    first, last = (full_date(day, words.language) for day in (absence.first, absence.last))
    return page.line("span", first=first, last=last)
