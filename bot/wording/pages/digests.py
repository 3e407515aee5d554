"""Pages of digests: a week of a project, a week of the portfolio, and how they are set."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

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
from bot.readiness.assessment import Person, Project
from bot.readiness.digests import (
    Content,
    DigestCard,
    DigestForm,
    Ending,
    First,
    Late,
    Moved,
    PortfolioDigest,
    ProjectDigest,
    ProjectGap,
    Promised,
    Subscription,
)
from bot.readiness.framework import Dimension, in_language
from bot.readiness.portfolio_cards import ListDigest, ListsHereCard
from bot.wording.dates import clock_time, full_date, short_date
from bot.wording.engine import Page, Words
from bot.wording.markup import Mention
from bot.wording.pages.presenting import present
from bot.wording.pages.results import finding_line

OneT = TypeVar("OneT")

LINES_SHOWN = 6
WAYS_DOWN = 4
"""Projects of a digest of the portfolio that have a button."""
TIME_LENGTH = 8


@present.register
def _(card: ProjectDigest, words: Words) -> View:
    """What happened in the window, then what is open; only the parts that have something."""
    page, project = words.page("digests"), card.project
    facts = {"project": project.name, "since": _day(card.since, card.zone, words), "key": project.key}
    parts: list[Part] = [Heading(page.text("project_title", **facts))]
    if card.results:
        parts.append(Paragraph(_result(card, page, words)))
    parts += _list(page, "found", [_name(each, words) for each in card.found])
    parts += _list(page, "cleared", [_name(each, words) for each in card.cleared])
    parts += _list(page, "contested", [_name(each, words) for each in card.contested])
    parts += _list(page, "promised", [_promised(each, words, page) for each in card.promised])
    if card.blockers:
        parts.append(Paragraph(page.line("counts", blockers=card.blockers, untaken=card.untaken)))
    owing = [_owes(page, each.person, each.questions) for each in card.owing]
    parts += _list(page, "owing", owing, after=_until(card, words))
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

    def listed(slot: str, found: First[OneT], line: Callable[[OneT], Line]) -> Iterable[Part]:
        return _list(page, slot, [line(each) for each in found.shown], total=found.total)

    def gap(each: ProjectGap) -> Line:
        return page.line("of_project", project=each.project.name, what=_named(each.dimension, words))

    def ending(each: Ending) -> Line:
        what = _named(each.dimension, words) if each.dimension else ""
        date = full_date(each.at, words.language, card.zone)
        return page.line("ends", project=each.project.name, what=what, date=date)

    parts += listed("moved", card.moved, lambda each: moved_line(each, words))
    parts += listed("critical", card.critical, gap)
    parts += listed("late", card.overdue, lambda each: _late(each, words, page))
    parts += listed("untaken", card.untaken, gap)
    if card.content is Content.EVERYTHING:
        parts.append(Paragraph(page.line("counts", blockers=card.blockers, untaken=card.untaken.total)))
    parts += listed("ahead", card.ahead, lambda each: page.line("one", name=each.name))
    parts += _list(page, "shared", [_name(each, words) for each in card.shared])
    parts += listed("waiting", card.waiting, ending)
    parts += listed("debts", card.waivers, ending)
    parts += listed("unassessed", card.unassessed, lambda each: page.line("one", name=each.name))
    down = [Button(project.name, "status", project.id) for project in _pressing(card)[:WAYS_DOWN]]
    buttons = Buttons((Button(page.text("overview"), "overview", ""), *down))
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
        "filters": subscription.filters,
        "where": page.text("to_you") if card.is_for_reader else card.channel or page.text("to_its_channel"),
        "weekday": _weekdays(words)[subscription.weekday],
        "at": clock_time(subscription.at),
        "zone": subscription.zone,
        "content": page.text(f"content_{subscription.content.value}"),
    }
    slot = "is_on" if subscription.is_on else "is_off"
    slot = f"list_{slot}" if subscription.filters else slot
    title = page.text("list_title" if subscription.filters else "set_title", **facts)
    parts: list[Part] = [Heading(title), Paragraph(page.line(slot, **facts))]
    if subscription.is_on and card.next_at:
        parts.append(Paragraph(page.line("next_digest", date=full_date(card.next_at, words.language, card.zone))))
    if card.may_change:
        buttons = [Button(page.text("change"), "digest_form", subscription.id, Style.PRIMARY)]
        if subscription.is_on:
            buttons.append(Button(page.text("end"), "digest_off", subscription.id))
        parts += [Buttons(tuple(buttons)), Note(page.line("list_quiet" if subscription.filters else "quiet"))]
    return View(text=title, parts=tuple(parts))


@present.register
def _(card: ListDigest, words: Words) -> View:
    """The list as ever, and that it comes every week; or that it can be read no longer."""
    page = words.page("digests")
    if card.listed is None:
        said = page.line("unreadable", filters=card.filters)
        return View(text=page.text("list_title"), parts=(Paragraph(said),))
    view = present(card.listed, words)
    assert isinstance(view, View)
    return View(text=view.text, parts=(*view.parts, Note(page.line("weekly", filters=card.filters))))


@present.register
def _(card: ListsHereCard, words: Words) -> View:
    """Each with its day and hour."""
    page = words.page("digests")

    def line(slot: str, subscription: Subscription) -> Line:
        day, at = _weekdays(words)[subscription.weekday], clock_time(subscription.at)
        return page.line(slot, filters=subscription.filters, weekday=day, at=at, zone=subscription.zone)

    lines = [line("here_digest", card.digest)] if card.digest else []
    lines += [line("here_list", each) for each in card.lists]
    title = Heading(page.text("here_title"))
    if not lines:
        return View(text=page.text("here_title"), parts=(title, Paragraph(page.line("here_none"))))
    return View(text=page.text("here_title"), parts=(title, Bullets(tuple(lines)), Note(page.line("here_how"))))


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


def _list(page: Page, slot: str, lines: Sequence[Line], *, total: int = 0, after: str = "") -> Iterable[Part]:
    """A titled list; a long one ends with how many more there are."""
    if not lines:
        return
    count = max(total, len(lines))
    yield Paragraph(page.line(f"{slot}_title", count=count, after=after))
    shown = list(lines[:LINES_SHOWN])
    if count > len(shown):
        shown.append(page.line("more", count=count - len(shown)))
    yield Bullets(tuple(shown))


def _pressing(card: PortfolioDigest) -> list[Project]:
    """The projects that are named for what should be looked at, each once, in the order of the page."""
    fell = [each.project for each in card.moved.shown if each.before is not None and each.now < each.before]
    named = [each.project for part in (card.critical, card.overdue, card.untaken) for each in part.shown]
    return list({project.id: project for project in (*fell, *named, *card.ahead.shown)}.values())


def _result(card: ProjectDigest, page: Page, words: Words) -> Line:
    """Where it stands after the window, from where, and what caused it."""
    now = card.results[-1].scorecard
    # What became of the first result in the same window is not the first one.
    earlier = card.before or (card.results[0] if len(card.results) > 1 else None)
    before = earlier.scorecard if earlier else None
    causes = dict.fromkeys(result.cause for result in card.results)
    history = words.page("history")
    facts = {
        "stage": now.stage,
        "index": now.index,
        "cause": "; ".join(history.text(f"cause_{cause}") for cause in causes),
    }
    if before is None:
        return page.line("first", **facts)
    facts["before_index"] = before.index
    if before.stage == now.stage:
        return page.line("same_stage", **facts)
    return page.line("up" if now.stage > before.stage else "down", before=before.stage, **facts)


def moved_line(each: Moved, words: Words) -> Line:
    """A project whose stage changed."""
    page = words.page("digests")
    facts = {"project": each.project.name, "before": each.before or 0, "stage": each.now}
    if each.before is None:
        return page.line("moved_first", **facts)
    return page.line("moved_up" if each.now > each.before else "moved_down", **facts)


def _late(each: Late, words: Words, page: Page) -> Line:
    return page.line(
        "late",
        project=each.project.name,
        what=_named(each.dimension, words),
        person=Mention(each.person.account, each.person.name),
        days=each.days,
    )


def _named(dimension: Dimension, words: Words) -> str:
    return in_language(dimension.name, words.language)


def _name(dimension: Dimension, words: Words) -> Line:
    return words.page("digests").line("one", name=_named(dimension, words))


def _promised(each: Promised, words: Words, page: Page) -> Line:
    return page.line(
        "promise",
        dimension=_named(each.dimension, words),
        person=Mention(each.person.account, each.person.name),
        due=full_date(each.due, words.language) if each.due else "",
        overdue=each.overdue,
    )


def _owes(page: Page, person: Person, questions: int) -> Line:
    return page.line("owes", person=Mention(person.account, person.name), count=questions)


def _at(page: Page, dimension: Dimension, at: datetime, zone: str, words: Words) -> Line:
    name, date = _named(dimension, words), full_date(at, words.language, zone)
    return page.line("dated", dimension=name, date=date)


def _until(card: ProjectDigest, words: Words) -> str:
    return short_date(card.deadline, words.language, card.zone) if card.deadline else ""


def _day(moment: datetime, zone: str, words: Words) -> str:
    return short_date(moment, words.language, zone)


def _weekdays(words: Words) -> list[str]:
    return words.page("digests").text("weekdays").split()
