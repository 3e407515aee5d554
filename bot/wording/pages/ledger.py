"""Pages of delivery: what waits for a repair, and what was and is owed to one person."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.chat.view import Bullets, Button, Buttons, Heading, Line, Note, Paragraph, Part, View
from bot.readiness.ledger import HELD_SHOWN, DeliveryCard, Entry, EntryState, HeldEntry, LedgerCard
from bot.readiness.notices import Notice
from bot.wording.dates import short_date
from bot.wording.engine import Page, Words
from bot.wording.pages.presenting import present

BUTTONS_SHOWN = 5
ERROR_SHOWN = 80


@present.register
def _(card: DeliveryCard, words: Words) -> View:
    """Delivery as a whole, for admins."""
    page, backlog = words.page("ledger"), card.backlog
    since = _moment(backlog.oldest, words, card.zone, page) if backlog.oldest else ""
    parts: list[Part] = [Heading(page.text("title"))]
    if card.token_fault:
        parts.append(Paragraph(page.line("token", reason=card.token_fault)))
    parts.append(Paragraph(page.line("backlog", count=backlog.count, since=since)))
    if not card.held:
        parts.append(Paragraph(page.line("all_well")))
        return View(text=page.text("summary"), parts=tuple(parts))
    parts.append(Heading(page.text("held_title")))
    for each in card.held:
        parts.append(Paragraph(_held(each, words, page, card.zone)))
        if len(parts) < 2 * BUTTONS_SHOWN + 4:
            parts.append(Buttons((Button(page.text("again"), "release_one", each.entry.id),)))
    if len(card.held) == HELD_SHOWN:
        parts.append(Note(page.line("more", count=HELD_SHOWN)))
    return View(text=page.text("summary"), parts=tuple(parts))


@present.register
def _(card: LedgerCard, words: Words) -> View:
    """The last things owed to one person."""
    page = words.page("ledger")
    title = page.text("title_of", name=card.person.name)
    if not card.entries:
        return View(text=title, parts=(Heading(title), Paragraph(page.line("empty_of", name=card.person.name))))
    lines = tuple(_entry(entry, words, page, card.zone) for entry in card.entries)
    held = [entry for entry in card.entries if entry.state is EntryState.HELD] if card.may_release else []
    buttons = tuple(Button(page.text("again"), "release_one", entry.id) for entry in held[:BUTTONS_SHOWN])
    return View(text=title, parts=(Heading(title), Bullets(lines), *((Buttons(buttons),) if buttons else ())))


def _held(each: HeldEntry, words: Words, page: Page, zone: str) -> Line:
    entry = each.entry
    whom = each.person.name if each.person else f"#{each.place.name}" if each.place and each.place.name else ""
    return page.line(
        "held",
        what=_what(entry.notice, page),
        whom=whom or (each.place.channel if each.place else "?"),
        since=_moment(entry.done_at or entry.planned_at, words, zone, page),
        attempts=entry.attempts,
        reason=_short(entry.error),
        repair=_repair(entry.error, page),
    )


def _entry(entry: Entry, words: Words, page: Page, zone: str) -> Line:
    dropped = f"dropped_{entry.error}"
    return page.line(
        f"entry_{entry.state.value}",
        date=_moment(entry.done_at or entry.planned_at, words, zone, page),
        until=_moment(entry.due_at, words, zone, page),
        what=_what(entry.notice, page),
        ref=entry.ref or "",
        attempts=entry.attempts,
        postponed=page.text(f"postponed_{entry.postponed}") if entry.postponed else "",
        doubtful=entry.doubtful,
        error=_short(entry.error),
        repair=_repair(entry.error, page),
        why=page.text(dropped) if page.has(dropped) else page.text("dropped_other", reason=_short(entry.error)),
    )


def _what(notice: Notice, page: Page) -> str:
    return page.text(f"kind_{notice.kind.value}")


def _repair(error: str, page: Page) -> str:
    slot = f"repair_{error}"
    return page.text(slot if page.has(slot) else "repair_other")


def _short(error: str) -> str:
    return error if len(error) <= ERROR_SHOWN else f"{error[: ERROR_SHOWN - 1]}…"


def _moment(moment: datetime | None, words: Words, zone: str, page: Page) -> str:
    """Day and minute in the reader's zone; what is due at once, or older than the ledger, has no date."""
    if moment is None or moment.year < 2000:
        return page.text("no_date")
    return f"{short_date(moment, words.language, zone)} {moment.astimezone(ZoneInfo(zone)):%H:%M}"
