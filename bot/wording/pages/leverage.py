"""Pages of what would lift most projects, and the lines that say what became of forecasts."""

from collections.abc import Iterable

from bot.chat.plain import plain_line
from bot.chat.view import (
    Bullets,
    Button,
    Buttons,
    Choice,
    Choices,
    Heading,
    Line,
    Note,
    Paragraph,
    Part,
    Span,
    View,
)
from bot.readiness.assessment import Project
from bot.readiness.forecasts import Outcome, TrackRecord
from bot.readiness.framework import Dimension, Framework, in_language
from bot.readiness.holds import Hold, Lifts
from bot.readiness.leverage import Lever, LeverKind, Pair
from bot.readiness.leverage_cards import LeverCard, LeversCard, ShownForecast, ShownLever
from bot.wording.dates import full_date
from bot.wording.engine import Page, Words
from bot.wording.pages.presenting import present


@present.register
def _(card: LeversCard, words: Words) -> View:
    """Dimensions and barriers as levers, the best pair, and how forecasts have fared."""
    page, found = words.page("leverage"), card.leverage
    parts: list[Part] = [Heading(page.text("title"))]
    if found.held:
        parts.append(Paragraph(page.line("intro", held=found.held, unlevered=found.unlevered)))
    else:
        parts.append(Paragraph(page.line("nothing")))
    for slot, shown in (("dimensions_title", card.dimensions), ("barriers_title", card.barriers)):
        if shown:
            parts += [Paragraph(page.line(slot)), Choices("lever", tuple(_choice(each, words, page) for each in shown))]
        elif found.held and slot == "dimensions_title":
            parts.append(Paragraph(page.line("no_single")))
    if found.pair is not None:
        parts.append(Paragraph(_pair(card, found.pair, words, page)))
    parts += _record(card.record, page)
    parts.append(Buttons((Button(page.text("overview_button"), "overview"),)))
    return View(text=_summary(card, words, page), parts=tuple(parts))


def _summary(card: LeversCard, words: Words, page: Page) -> str:
    if not card.dimensions:
        return page.text("summary_none")
    first = card.dimensions[0]
    return page.text("summary", lever=in_language(first.name, words.language), projects=first.lever.projects)


def _choice(shown: ShownLever, words: Words, page: Page) -> Choice:
    lever, label = shown.lever, page.text("projects_button")
    left, keys = lever.projects - len(shown.keys), ", ".join(shown.keys)
    said = page.line(
        "lever",
        name=in_language(shown.name, words.language),
        barrier=in_language(shown.barrier, words.language) if shown.barrier else "",
        projects=lever.projects,
        how=_how(lever, page),
        keys=page.text("keys_more", keys=keys, count=left)
        if left
        else page.text("keys", keys=keys, alone=lever.projects == 1),
    )
    return Choice(label, plain_line(said), f"{lever.kind.value}|{lever.id}|0")


def _how(lever: Lever, page: Page) -> str:
    """How many rise at once and by how much, how many may move then."""
    alone = lever.projects == 1
    rise = page.text("rise", risen=lever.risen, stages=lever.stages, alone=alone)
    opened = page.text("open", opened=lever.opened, alone=alone)
    if lever.risen and lever.opened:
        return page.text("both", rise=rise, open=opened)
    return rise if lever.risen else opened


def _pair(card: LeversCard, pair: Pair, words: Words, page: Page) -> Line:
    one, other = (
        in_language(card.names[each], words.language) if each in card.names else each for each in pair.dimensions
    )
    return page.line("pair", one=one, other=other, projects=pair.projects, together=pair.together)


def _record(record: TrackRecord, page: Page) -> tuple[Part, ...]:
    """How many came true of those that were tried; nothing before the first forecast."""
    if not record.judged and not record.open:
        return ()
    first = page.line("record_none")
    if record.tried:
        percent = round(100 * record.came_true / record.tried)
        first = page.line("record", tried=record.tried, came_true=record.came_true, percent=percent)
    counts = {each.value: record.outcomes.get(each, 0) for each in (Outcome.UNTRIED, Outcome.VOID)}
    rest = page.line("record_rest", open=record.open, **counts)
    said = (*first, *((Span(" "), *rest) if rest else ()))
    return Paragraph(page.line("record_title")), Paragraph(said), Note(page.line("record_note"))


@present.register
def _(card: LeverCard, words: Words) -> View:
    """One lever and its projects, each with the way to its status."""
    page, lever = words.page("leverage"), card.lever.lever
    name, label = in_language(card.lever.name, words.language), page.text("status_button")
    choices = tuple(
        Choice(label, _lifted(card, project, hold, framework, words), project.id)
        for project, hold, framework in card.projects
    )
    return View(
        text=page.text("lever_summary", name=name, projects=lever.projects),
        parts=(Heading(page.text("lever_title", name=name)), Choices("status", choices), _pages(card, page)),
    )


def _lifted(card: LeverCard, project: Project, hold: Hold, framework: Framework, words: Words) -> str:
    whole = card.lever.lever.kind is LeverKind.BARRIER
    said = words.page("leverage").line(
        "risen_project" if hold.lifts is Lifts.STAGE else "opened_project",
        project=project.name,
        key=project.key,
        before=hold.before,
        after=hold.barrier_after if whole else hold.after,
        dimensions=_names((framework.dimension(each) for each in hold.dimensions), words) if whole else "",
    )
    return plain_line(said)


def _pages(card: LeverCard, page: Page) -> Buttons:
    lever, shown = card.lever.lever, len(card.projects)
    left, to = lever.projects - card.start - shown, f"{lever.kind.value}|{lever.id}"
    buttons = [Button(page.text("levers_button"), "levers")]
    if card.start:
        buttons.insert(0, Button(page.text("earlier_button"), "lever", f"{to}|{max(0, card.start - card.size)}"))
    if left > 0:
        buttons.insert(-1, Button(page.text("more_button", count=left), "lever", f"{to}|{card.start + shown}"))
    return Buttons(tuple(buttons))


def lever_parts(first: ShownLever | None, words: Words) -> tuple[Part, ...]:
    """The biggest lever in one line, with the way to all; nothing where none lifts a project."""
    if first is None:
        return ()
    name, page = in_language(first.name, words.language), words.page("leverage")
    said = page.line("overview_line", name=name, projects=first.lever.projects)
    return (Choices("levers", (Choice(page.text("levers_button"), plain_line(said), ""),)),)


def forecast_parts(forecasts: tuple[ShownForecast, ...], words: Words, zone: str) -> tuple[Part, ...]:
    """What was forecast for a project, and what became of it."""
    page = words.page("leverage")
    lines = tuple(_forecast(each, words, zone) for each in forecasts)
    return (Paragraph(page.line("forecasts_title")), Bullets(lines)) if lines else ()


def _forecast(shown: ShownForecast, words: Words, zone: str) -> Line:
    page, made = words.page("leverage"), shown.forecast
    said = page.line(
        "forecast",
        date=full_date(made.made_at, words.language, zone),
        dimensions=_names(shown.dimensions, words),
        before=made.hold.before,
        after=made.hold.after,
    )
    return (*said, Span(" "), *_verdict(shown, words, page))


def _verdict(shown: ShownForecast, words: Words, page: Page) -> Line:
    verdict, hold = shown.forecast.verdict, shown.forecast.hold
    if verdict is None:
        return page.line("waits")
    match verdict.outcome:
        case Outcome.MISSED:
            return page.line("missed", missing=_names(shown.missing, words))
        case Outcome.UNTRIED:
            return page.line("untried", raised=len(verdict.raised), all=len(hold.dimensions))
        case Outcome.CAME_TRUE if verdict.promised < hold.after:
            return page.line("came_true_in_part", promised=verdict.promised)
    return page.line(verdict.outcome.value)


def _names(dimensions: Iterable[Dimension], words: Words) -> str:
    return ", ".join(in_language(dimension.name, words.language) for dimension in dimensions)
