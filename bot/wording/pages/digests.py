"""Pages of digests: a week of a project, a week of the portfolio, and how they are set."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.chat.view import (
    Bullets,
    Button,
    Buttons,
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
from bot.readiness.digests import (
    Content,
    DigestCard,
    DigestForm,
    Moved,
    PortfolioDigest,
    ProjectDigest,
    Promised,
)
from bot.readiness.framework import Dimension, in_language
from bot.wording.dates import clock_time, full_date, short_date
from bot.wording.engine import Page, Words
from bot.wording.markup import Mention
from bot.wording.pages.presenting import present
from bot.wording.pages.results import finding_line

LINES_SHOWN = 6
TIME_LENGTH = 8


@present.register
def _(card: ProjectDigest, words: Words) -> View:
    """What happened in the window, then what is open; only the parts that have something."""
    page, project = words.page("digests"), card.project
    facts = {"project": project.name, "since": _day(card.since, card.zone, words), "key": project.key}
    parts: list[Part] = [Heading(page.text("project_title", **facts))]
    if card.results:
        parts.append(Paragraph(_result(card, page)))
    parts += _list(page, "found", [_name(each, words) for each in card.found])
    parts += _list(page, "cleared", [_name(each, words) for each in card.cleared])
    parts += _list(page, "contested", [_name(each, words) for each in card.contested])
    parts += _list(page, "promised", [_promised(each, words, page) for each in card.promised])
    parts += _list(
        page, "owing", [_owes(page, each.person, each.questions) for each in card.owing], _until(card, words)
    )
    parts += _list(page, "ageing", [_at(page, each.dimension, each.at, card.zone, words) for each in card.ageing])
    parts += _list(page, "waivers", [_at(page, each, until, card.zone, words) for each, until in card.waivers])
    parts += _list(page, "lesser", [finding_line(card.framework, each, words) for each in card.lesser])
    if card.next_at:
        parts.append(Note(page.line("next", date=full_date(card.next_at, words.language, card.zone))))
    buttons = (
        Button(words.page("projects").text("status_button"), "status", project.id),
        Button(page.text("blockers"), "blockers", project.id),
    )
    return View(text=page.text("project_summary", **facts), parts=(*parts, Buttons(buttons)))


@present.register
def _(card: PortfolioDigest, words: Words) -> View:
    """A week of all projects: what moved, then what needs somebody."""
    page = words.page("digests")
    facts = {"since": _day(card.since, card.zone, words), "count": card.projects}
    parts: list[Part] = [Heading(page.text("portfolio_title", **facts))]
    if not card.has_changed:
        parts.append(Paragraph(page.line("nothing_moved")))
    moved = [_moved(each, page) for each in card.moved]
    critical = [
        page.line("of_project", project=p.name, what=in_language(d.name, words.language)) for p, d in card.critical
    ]
    ahead = [page.line("one", name=project.name) for project in card.ahead]
    unassessed = [page.line("one", name=project.name) for project in card.unassessed]
    parts += _list(page, "moved", moved, total=card.moved_total)
    parts += _list(page, "critical", critical, total=card.critical_total)
    parts += _list(page, "ahead", ahead, total=card.ahead_total)
    parts += _list(page, "shared", [_name(each, words) for each in card.shared])
    parts += _list(page, "unassessed", unassessed, total=card.unassessed_total)
    if card.content is Content.EVERYTHING:
        counts = {"blockers": card.blockers, "untaken": card.untaken, "waivers": card.waivers}
        parts.append(Paragraph(page.line("counts", **counts)))
    buttons = Buttons((Button(page.text("overview"), "overview", ""),))
    return View(text=page.text("portfolio_summary", **facts), parts=(*parts, buttons))


@present.register
def _(card: DigestCard, words: Words) -> View:
    """When a digest comes and what it tells, with the buttons that change it."""
    page, subscription = words.page("digests"), card.subscription
    if subscription is None:
        return View(
            text=page.text("none_title"), parts=(Heading(page.text("none_title")), Paragraph(page.line("none")))
        )
    facts = {
        "what": card.project.name if card.project else page.text("the_portfolio"),
        "where": page.text("to_you") if card.is_for_reader else card.channel,
        "weekday": _weekdays(words)[subscription.weekday],
        "at": clock_time(subscription.at),
        "zone": subscription.zone,
        "content": page.text(f"content_{subscription.content.value}"),
    }
    slot = "is_on" if subscription.is_on else "is_off"
    parts: list[Part] = [Heading(page.text("set_title", **facts)), Paragraph(page.line(slot, **facts))]
    if subscription.is_on and card.next_at:
        parts.append(Paragraph(page.line("next_digest", date=full_date(card.next_at, words.language, card.zone))))
    if card.may_change:
        buttons = [Button(page.text("change"), "digest_form", subscription.id, Style.PRIMARY)]
        if subscription.is_on:
            buttons.append(Button(page.text("end"), "digest_off", subscription.id))
        parts += [Buttons(tuple(buttons)), Note(page.line("quiet"))]
    return View(text=page.text("set_title", **facts), parts=tuple(parts))


@present.register
def _(card: DigestForm, words: Words) -> Form:
    """Day, hour and contents."""
    page, subscription = words.page("digests"), card.subscription
    days = tuple(Option(name, str(number)) for number, name in enumerate(_weekdays(words)))
    contents = tuple(Option(page.text(f"content_{each.value}"), each.value) for each in Content)
    return Form(
        form="digest",
        title=page.text("form_title"),
        submit=page.text("form_save"),
        cancel=page.text("form_cancel"),
        value=subscription.id,
        fields=(
            Field("weekday", FieldKind.SELECT, page.text("weekday"), initial=str(subscription.weekday), options=days),
            Field(
                "at",
                FieldKind.TEXT,
                page.text("hour"),
                hint=page.text("hour_hint"),
                initial=clock_time(subscription.at),
                max_length=TIME_LENGTH,
            ),
            Field(
                "content",
                FieldKind.SELECT,
                page.text("content"),
                initial=subscription.content.value,
                options=contents,
            ),
        ),
    )


def _list(page: Page, slot: str, lines: Sequence[Line], after: str = "", *, total: int = 0) -> Iterable[Part]:
    """A titled list; a long one ends with how many more there are."""
    if not lines:
        return
    count = max(total, len(lines))
    yield Paragraph(page.line(f"{slot}_title", count=count, after=after))
    shown = list(lines[:LINES_SHOWN])
    if count > len(shown):
        shown.append(page.line("more", count=count - len(shown)))
    yield Bullets(tuple(shown))


def _result(card: ProjectDigest, page: Page) -> Line:
    now, before = card.results[-1].scorecard, card.before.scorecard if card.before else None
    facts = {"stage": now.stage, "index": now.index}
    if before is None:
        return page.line("first", **facts)
    if before.stage == now.stage:
        return page.line("same_stage", before_index=before.index, **facts)
    return page.line("up" if now.stage > before.stage else "down", before=before.stage, **facts)


def _moved(each: Moved, page: Page) -> Line:
    facts = {"project": each.project.name, "before": each.before or 0, "stage": each.now}
    if each.before is None:
        return page.line("moved_first", **facts)
    return page.line("moved_up" if each.now > each.before else "moved_down", **facts)


def _name(dimension: Dimension, words: Words) -> Line:
    return words.page("digests").line("one", name=in_language(dimension.name, words.language))


def _promised(each: Promised, words: Words, page: Page) -> Line:
    return page.line(
        "promise",
        dimension=in_language(each.dimension.name, words.language),
        person=Mention(each.person.account, each.person.name),
        due=full_date(each.due, words.language) if each.due else "",
        overdue=each.overdue,
    )


def _owes(page: Page, person: Person, questions: int) -> Line:
    return page.line("owes", person=Mention(person.account, person.name), count=questions)


def _at(page: Page, dimension: Dimension, at: datetime, zone: str, words: Words) -> Line:
    name, date = in_language(dimension.name, words.language), full_date(at, words.language, zone)
    return page.line("dated", dimension=name, date=date)


def _until(card: ProjectDigest, words: Words) -> str:
    return short_date(card.deadline, words.language, card.zone) if card.deadline else ""


def _day(moment: datetime, zone: str, words: Words) -> str:
    return short_date(moment, words.language, zone)


def _weekdays(words: Words) -> list[str]:
    return words.page("digests").text("weekdays").split()
