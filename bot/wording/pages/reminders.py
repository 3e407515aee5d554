"""The reminder: what waits for somebody over all projects, each with the button that leads straight to it."""

from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from itertools import accumulate
from typing import TypeVar

from bot.chat.plain import plain_line
from bot.chat.view import Bullets, Button, Buttons, Choice, Choices, Heading, Note, Paragraph, Part, Style, View
from bot.readiness.assessment import Project
from bot.readiness.framework import Dimension, in_language
from bot.readiness.ladder import Rung
from bot.readiness.reminder_cards import (
    EscalationCard,
    EscalationsCard,
    OwedCommitment,
    OwedInterview,
    ReminderCard,
    Silent,
)
from bot.wording.dates import full_date, short_date
from bot.wording.engine import Page, Words
from bot.wording.pages.debts import last_day
from bot.wording.pages.presenting import present
from bot.wording.pages.schedule import quiet_buttons, reach_parts

INTERVIEWS_SHOWN = 10
OTHERS_SHOWN = 5
SILENT_SHOWN = 15
ESCALATIONS_SHOWN = 10
NAMES_SHOWN = 3
NAMES_LENGTH = 1_000
"""How many characters of names stand together, of projects that have no line of their own."""

Each = TypeVar("Each")


@present.register
def _(card: ReminderCard, words: Words) -> View:
    """Questions first, then what others wait for, then one's own promises."""
    page, owed = words.page("reminders"), card.owed
    lines = [
        *_lines(owed.interviews, INTERVIEWS_SHOWN, lambda each: _interview(each, card, words, page)),
        *_lines(
            owed.waivers,
            OTHERS_SHOWN,
            lambda each: _line(
                page,
                "waiver",
                "show_waiver",
                each.waiver.id,
                **_named(each.project, each.dimension, words),
                asker=each.asker.name,
                until=last_day(each.waiver.until, words, card.zone),
            ),
        ),
        *_lines(
            owed.checks,
            OTHERS_SHOWN,
            lambda each: _line(
                page,
                "check",
                "check_evidence",
                each.answer.id,
                **_named(each.project, each.dimension, words),
                asker=each.asker.name,
            ),
        ),
        *_lines(
            owed.contests,
            OTHERS_SHOWN,
            lambda each: _line(
                page,
                "contest",
                "contest",
                each.contest.id,
                **_named(each.project, each.dimension, words),
                others=", ".join(other.name for other in each.others),
            ),
        ),
        *_lines(owed.commitments, OTHERS_SHOWN, lambda each: _commitment(each, words, page)),
    ]
    groups = (owed.interviews, owed.waivers, owed.checks, owed.contests, owed.commitments)
    left = sum(len(group) for group in groups) - len(lines)
    more: list[Part] = [Note(page.line("more", count=left))] if left else []
    title = page.text("title")
    return View(
        text=page.text("summary", count=len(lines) + left),
        parts=(Heading(title), *lines, *more, Buttons(quiet_buttons(words))),
    )


def _lines(several: Sequence[Each], most: int, shown: Callable[[Each], Part]) -> list[Part]:
    return [shown(each) for each in several[:most]]


def _named(project: Project, dimension: Dimension, words: Words) -> dict[str, object]:
    return {"project": project.name, "dimension": in_language(dimension.name, words.language)}


def _line(page: Page, slot: str, press: str, value: str, **values: object) -> Part:
    return Choices(press, (Choice(page.text(f"{slot}_button"), page.text(slot, **values), value),))


def _interview(each: OwedInterview, card: ReminderCard, words: Words, page: Page) -> Part:
    said = page.text(
        "interview",
        project=each.project.name,
        questions=each.questions,
        # What ends at midnight may be answered until the day before.
        until=short_date(each.deadline - timedelta(seconds=1), words.language, card.zone),
    )
    handed = [
        page.text("handed", name=giver.name, dimension=in_language(dimension.name, words.language))
        for dimension, giver in each.handed
    ]
    button = page.text("continue_button" if each.is_begun else "begin_button")
    return Choices("resume", (Choice(button, "\n".join((said, *handed)), each.interview.id),))


def _commitment(each: OwedCommitment, words: Words, page: Page) -> Part:
    assert each.commitment.due is not None, each.commitment.id
    return _line(
        page,
        "commitment",
        "blockers",
        each.project.id,
        **_named(each.project, each.dimension, words),
        due=full_date(each.commitment.due, words.language),
        overdue=each.overdue,
    )


@present.register
def _(card: EscalationCard, words: Words) -> View:
    """Who has not answered what since when, why they may not have heard, and what the reader can do."""
    page = words.page("reminders")
    facts = {
        "project": card.project.name,
        "name": card.silent[0].respondent.name,
        "people": len(card.silent),
        "deadline": short_date(card.assessment.deadline, words.language, card.zone),
    }
    title = page.text("escalation_title", **facts)
    if card.ended:
        parts: tuple[Part, ...] = (Paragraph(page.line("escalation_ended", **facts)), *_silent(card, words, page))
    else:
        reaches = [reach for each in card.silent for reach in each.hindered]
        said = Paragraph(page.line("escalation", **facts))
        then = Note(page.line(f"escalation_{card.rung.name.lower()}", **facts))
        parts = (said, *_silent(card, words, page), *reach_parts(reaches, words), then)
    return View(text=title, parts=(Heading(title), *parts, Buttons(_ways(card, page))))


@present.register
def _(card: EscalationsCard, words: Words) -> View:
    """Each project on a line, who has not answered and until when, with the button to its status."""
    page = words.page("reminders")
    projects = {each.project.id: each.project.name for each in card.several}
    people = {each.respondent.id: each.respondent.name for each in card.silent}
    first, name = next(iter(projects.values())), next(iter(people.values()))
    title = page.text("escalations_title", projects=len(projects), project=first, people=len(people), name=name)
    shown, left = card.several[:ESCALATIONS_SHOWN], card.several[ESCALATIONS_SHOWN:]
    button = page.text("status_button")
    choices = tuple(Choice(button, _waited_for(each, card.zone, words, page), each.project.id) for each in shown)
    more = further_projects([each.project for each in left], {each.project.id for each in shown}, words)
    then = Note(page.line("escalations_then"))
    overview = Buttons((Button(words.page("digests").text("overview"), "overview", ""),))
    return View(text=title, parts=(Heading(title), Choices("status", choices), *more, then, overview))


def further_projects(several: Sequence[Project], shown: Collection[str], words: Words) -> tuple[Part, ...]:
    """By name, those that have no line of their own; nothing where there are none. `shown` are ids of those that do."""
    names = list({each.id: each.name for each in several if each.id not in shown}.values())
    if not names:
        return ()
    lengths = accumulate(len(name) for name in names)
    named = [name for name, length in zip(names, lengths, strict=True) if length <= NAMES_LENGTH]
    line = words.page("reminders").line(
        "further_projects", names=", ".join(named), named=len(named), more=len(names) - len(named)
    )
    return (Paragraph(line),)


def _waited_for(each: EscalationCard, zone: str, words: Words, page: Page) -> str:
    shown = each.silent[:NAMES_SHOWN]
    names = [page.text("one_silent", name=one.respondent.name, away=_is_away(one)) for one in shown]
    return page.text(
        "waited_for",
        project=each.project.name,
        ended=each.ended,
        deadline=short_date(each.assessment.deadline, words.language, zone),
        names=", ".join(names),
        more=len(each.silent) - len(names),
    )


def _is_away(silent: Silent) -> bool:
    return any(reach.away_until is not None for reach in silent.hindered)


def _silent(card: EscalationCard, words: Words, page: Page) -> tuple[Part, ...]:
    """One line each; whoever stands in has a button beside it."""
    shown = card.silent[:SILENT_SHOWN]
    lines = [
        page.line(
            "silent",
            name=each.respondent.name,
            questions=each.questions,
            since=short_date(each.since, words.language, card.zone),
        )
        for each in shown
    ]
    left = len(card.silent) - len(shown)
    more: tuple[Part, ...] = (Note(page.line("more_silent", count=left)),) if left else ()
    if card.rung is not Rung.BACKUP:
        return (Bullets(tuple(lines)), *more)
    button = page.text("take_over_button")
    choices = (
        Choices("take_over", (Choice(button, plain_line(line), each.interview.id),))
        for each, line in zip(shown, lines, strict=True)
    )
    return (*choices, *more)


def _ways(card: EscalationCard, page: Page) -> tuple[Button, ...]:
    status = Button(page.text("status_button"), "status", card.project.id)
    if card.ended or card.rung is not Rung.OWNER:
        return (status,)
    nudge = Button(page.text("nudge_button"), "nudge", card.project.id, Style.PRIMARY)
    confirm = page.text("close_confirm")
    return (nudge, Button(page.text("close_button"), "close_assessment", card.assessment.id, confirm=confirm), status)
