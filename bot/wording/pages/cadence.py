"""Pages of a project's cadence: when it is assessed next, a re-assessment that was opened, a visit to an experiment."""

from bot.chat.view import Bullets, Button, Buttons, Heading, Line, Note, Paragraph, Part, Style, View
from bot.readiness.assessment import Cadence
from bot.readiness.cadence_cards import AskedAgain, CadenceCard, ReassessmentCard, VisitCard
from bot.readiness.framework import in_language
from bot.wording.dates import full_date, short_date
from bot.wording.engine import Page, Words
from bot.wording.markup import Mention
from bot.wording.pages.presenting import present

PEOPLE_SHOWN = 10
QUESTIONS_SHOWN = 10


@present.register
def _(card: CadenceCard, words: Words) -> View:
    """When the next assessment is and why then, with a button for each other cadence."""
    page, project = words.page("cadence"), card.project
    name = _named(card, page)
    facts = {"project": project.name, "cadence": name, "days": card.days}
    date = full_date(card.next_at, words.language, card.zone) if card.next_at else ""
    parts: list[Part] = [
        Heading(page.text("changed_title" if card.changed else "title", **facts)),
        Paragraph(page.line("now", **facts)),
        Paragraph(page.line(f"next_{card.because.value}", date=date, **facts)),
    ]
    if card.may_steer:
        parts.append(
            Buttons(
                tuple(
                    Button(page.text(f"button_{each.value}"), "cadence", f"{project.id}|{each.value}")
                    for each in Cadence
                    if each not in (project.cadence, Cadence.CRON)
                )
            )
        )
        parts.append(Note(page.line("own_rule", key=project.key)))
    return View(text=page.text("summary", **facts), parts=tuple(parts))


@present.register
def _(card: ReassessmentCard, words: Words) -> View:
    """What the owner reads: who is asked what again, and why; the rest is taken over."""
    page, project = words.page("cadence"), card.project
    count = sum(len(each.questions) for each in card.asked)
    facts = {"project": project.name, "count": count, "carried": card.carried}
    parts: list[Part] = [
        Heading(page.text("due_title", **facts)),
        Paragraph(page.line("due_body", deadline=short_date(card.deadline, words.language, card.zone), **facts)),
        *(part for each in card.asked[:PEOPLE_SHOWN] for part in _asked(each, words, page)),
    ]
    if card.carried:
        parts.append(Paragraph(page.line("due_carried", **facts)))
    parts.append(
        Buttons(
            (
                Button(page.text("ask_all"), "ask_all", card.assessment_id),
                Button(
                    words.page("status").text("close_button"),
                    "close_assessment",
                    card.assessment_id,
                    confirm=words.page("status").text("close_confirm"),
                ),
            )
        )
    )
    return View(text=page.text("due_summary", **facts), parts=tuple(parts))


@present.register
def _(card: VisitCard, words: Words) -> View:
    """An experiment's owner is asked how it goes."""
    page, project = words.page("cadence"), card.project
    date = short_date(card.assessed_at, words.language, card.zone)
    return View(
        text=page.text("visit_summary", project=project.name),
        parts=(
            Heading(page.text("visit_title", project=project.name)),
            Paragraph(page.line("visit_body", date=date)),
            Buttons(
                (
                    Button(page.text("visit_start"), "start", project.id, Style.PRIMARY),
                    Button(page.text("visit_move"), "move_choices", project.id),
                    Button(page.text("visit_archive"), "archive_question", project.id),
                )
            ),
        ),
    )


def _asked(each: AskedAgain, words: Words, page: Page) -> tuple[Part, ...]:
    lines: list[Line] = [
        page.line(
            "asked_again",
            dimension=in_language(dimension.name, words.language),
            why=page.text(f"why_{why.value}"),
        )
        for dimension, why in each.questions[:QUESTIONS_SHOWN]
    ]
    person = Mention(each.person.account, each.person.name)
    return Paragraph(page.line("asked_person", person=person)), Bullets(tuple(lines))


def _named(card: CadenceCard, page: Page) -> str:
    project = card.project
    if project.cadence is Cadence.CRON:
        return page.text("name_cron", rule=project.cadence_rule, zone=project.cadence_zone)
    return page.text(f"name_{project.cadence.value}", days=card.days)
