"""Pages of administration: settings, the trail, a nudge."""

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
    Paragraph,
    Part,
    Style,
    View,
)
from bot.readiness.administration import OrganizationSettings, TrailEntry
from bot.readiness.administration_cards import (
    ErasureCard,
    NudgeCard,
    NudgedCard,
    SettingsForm,
    SettingsSaved,
    TrailCard,
)
from bot.wording.dates import clock_time, full_date, short_date, typed_weekdays, weekday_names
from bot.wording.engine import Page, Words
from bot.wording.pages.presenting import present
from bot.wording.pages.said import short

DAYS_LENGTH = 2
HOSTS_SHOWN = 500
"""Characters of the list of hosts."""
TIMES_LENGTH = 60
CLOSED_LENGTH = 3000
VALUE_SHOWN = 60
"""Characters of one value that the trail quotes."""
RECORDS = frozenset({"project", "claim", "milestone", "raised"})
"""Facts of an entry that are ids of other records."""


@present.register
def _(card: SettingsForm, words: Words) -> Form:
    """The settings, filled with what holds."""
    page = words.page("administration")
    return Form(
        form="settings",
        title=page.text("settings_title"),
        submit=page.text("settings_save"),
        cancel=page.text("settings_cancel"),
        intro=(Note(page.line("link_hosts", hosts=short(", ".join(card.link_hosts), HOSTS_SHOWN))),),
        fields=(
            Field(
                "portfolio_channel",
                FieldKind.CHANNEL,
                page.text("portfolio_channel"),
                hint=page.text("portfolio_channel_hint"),
                required=False,
                initial=card.channel or None,
            ),
            Field(
                "working_days",
                FieldKind.TEXT,
                page.text("working_days"),
                hint=page.text("working_days_hint"),
                initial=str(card.settings.working_days),
                max_length=DAYS_LENGTH,
            ),
            *_times(card.settings, words, page),
        ),
    )


def _times(settings: OrganizationSettings, words: Words, page: Page) -> tuple[Field, ...]:
    """When people work, and how much comes to them unasked."""
    closed = "\n".join(f"{day.isoformat()} {name}" for day, name in sorted(settings.closed.items()))
    shown = {
        "hours": f"{clock_time(settings.begins)}-{clock_time(settings.ends)}",
        "days": typed_weekdays(settings.days, words.language),
        "region": settings.region,
        "closed": closed,
        "messages_a_day": str(settings.messages_a_day),
    }
    return tuple(
        Field(
            name,
            FieldKind.LONG_TEXT if name == "closed" else FieldKind.TEXT,
            page.text(f"settings_{name}"),
            hint=page.text(f"settings_{name}_hint"),
            required=name not in ("region", "closed"),
            initial=value or None,
            max_length=CLOSED_LENGTH if name == "closed" else TIMES_LENGTH,
        )
        for name, value in shown.items()
    )


@present.register
def _(card: SettingsSaved, words: Words) -> View:
    """What holds from now on."""
    page = words.page("administration")
    channel = page.line("channel", channel=card.channel) if card.channel else page.line("no_channel")
    facts = (
        (page.text("portfolio_channel"), channel),
        (page.text("working_days"), page.line("days", days=card.settings.working_days)),
        *_times_kept(card.settings, words, page),
    )
    return View(text=page.text("settings_saved"), parts=(Heading(page.text("settings_saved")), Facts(facts)))


def _times_kept(settings: OrganizationSettings, words: Words, page: Page) -> tuple[tuple[str, Line], ...]:
    closed = ", ".join(f"{full_date(day, words.language)} {name}" for day, name in sorted(settings.closed.items()))
    shown = {
        "hours": f"{clock_time(settings.begins)}–{clock_time(settings.ends)}",
        "days": weekday_names(settings.days, words.language),
        "region": settings.region,
        "closed": closed,
        "messages_a_day": str(settings.messages_a_day),
    }
    return tuple(
        (page.text(f"settings_{name}"), page.line("value", value=value) if value else page.line("none"))
        for name, value in shown.items()
    )


@present.register
def _(card: ErasureCard, words: Words) -> View:
    """What goes, what stays, and the one button that does it."""
    page = words.page("administration")
    title = page.text("erase_title", name=card.person.name)
    parts: list[Part] = [Heading(title), Paragraph(page.line("erase_goes")), Paragraph(page.line("erase_stays"))]
    if card.projects:
        names = ", ".join(project.name for project in card.projects)
        counts = {"interviews": card.interviews, "commitments": card.commitments}
        parts.append(Paragraph(page.line("erase_part", names=names, **counts)))
    parts.append(Note(page.line("erase_elsewhere")))
    button = Button(page.text("erase_button"), "erase", card.person.id, Style.DANGER, page.text("erase_confirm"))
    return View(text=title, parts=(*parts, Buttons((button,))))


@present.register
def _(card: TrailCard, words: Words) -> View:
    """Who changed what, newest first."""
    page = words.page("administration")
    title = page.text("trail_of", project=card.project.name) if card.project else page.text("trail")
    if not card.entries:
        return View(text=title, parts=(Heading(title), Paragraph(page.line("trail_empty"))))
    lines = tuple(_entry(card, entry, words, page) for entry in card.entries)
    return View(text=title, parts=(Heading(title), Bullets(lines), Note(page.line("trail_note"))))


def _entry(card: TrailCard, entry: TrailEntry, words: Words, page: Page) -> Line:
    slot = f"did_{entry.action.replace('.', '_')}"
    actor = card.people.get(entry.actor_id)
    subject = card.projects.get(entry.subject)
    person = card.people.get(entry.subject)
    return page.line(
        "entry",
        date=full_date(entry.at, words.language, card.zone),
        who=actor.name if actor else page.text("the_bot"),
        did=page.text(slot) if page.has(slot) else entry.action,
        about=subject.name if subject else person.name if person else "",
        facts=", ".join(
            f"{name}: {_value(card, value, page)}" for name, value in entry.facts.items() if _tells(name, value)
        ),
    )


def _tells(name: str, value: object) -> bool:
    """Not the ids of other records, nor what was set to what it was."""
    is_same = isinstance(value, list) and len(value) == 2 and value[0] == value[1]
    return name not in RECORDS and not is_same


def _value(card: TrailCard, value: object, page: Page) -> str:
    """Old and new with an arrow; the names of people for their ids."""
    if isinstance(value, bool):
        return page.text("yes" if value else "no")
    if isinstance(value, list):
        return " → ".join(_value(card, each, page) for each in value)
    if value is None or value == "":
        return "–"
    if isinstance(value, dict):
        return ", ".join(f"{name} {_value(card, each, page)}" for name, each in value.items()) or "–"
    person = card.people.get(str(value))
    shown = person.name if person else str(value)
    return shown if len(shown) <= VALUE_SHOWN else f"{shown[: VALUE_SHOWN - 1]}…"


@present.register
def _(card: NudgedCard, words: Words) -> View:
    """Who was reminded, and who had been today already."""
    page = words.page("administration")
    names = {"nudged": ", ".join(person.name for person in card.nudged), "spared": _names(card)}
    text = page.line("nudged" if card.nudged else "nudged_nobody", project=card.project.name, **names)
    spared = (Note(page.line("spared", **names)),) if card.nudged and card.spared else ()
    return View(
        text=page.text("nudged" if card.nudged else "nudged_nobody", project=card.project.name, **names),
        parts=(Paragraph(text), *spared),
    )


def _names(card: NudgedCard) -> str:
    return ", ".join(person.name for person in card.spared)


@present.register
def _(card: NudgeCard, words: Words) -> View:
    """Somebody asks for what is still open."""
    page = words.page("administration")
    interview = card.interview
    facts = {
        "project": card.project.name,
        "by": card.by.name,
        "open": len(interview.questions) - len(interview.answered) - len(interview.handed),
        "deadline": short_date(card.deadline, words.language, card.zone),
    }
    resume = Button(page.text("continue_button"), "resume", interview.id, Style.PRIMARY)
    return View(text=page.text("nudge", **facts), parts=(Paragraph(page.line("nudge", **facts)), Buttons((resume,))))
