"""The reminder: what waits for somebody over all projects, each with the button that leads straight to it."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.chat.view import Choice, Choices, Heading, Note, Part, View
from bot.readiness.assessment import Project
from bot.readiness.framework import Dimension, in_language
from bot.readiness.reminder_cards import OwedCommitment, OwedInterview, ReminderCard
from bot.wording.dates import full_date, short_date
from bot.wording.engine import Page, Words
from bot.wording.pages.debts import last_day
from bot.wording.pages.presenting import present

INTERVIEWS_SHOWN = 10
OTHERS_SHOWN = 5

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
    return View(text=page.text("summary", count=len(lines) + left), parts=(Heading(title), *lines, *more))


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
        until=short_date(each.deadline, words.language, card.zone),
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
