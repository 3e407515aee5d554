"""The page of one project's standing."""

from bot.chat.view import Bullets, Button, Buttons, Divider, Facts, Heading, Line, Note, Paragraph, Part, Style, View
from bot.readiness.framework import in_language
from bot.readiness.project_cards import BarrierLine, StatusCard
from bot.readiness.respondent_cards import HandedLine
from bot.readiness.scoring import Scorecard
from bot.wording.dates import full_date, short_date
from bot.wording.engine import Page, Words
from bot.wording.markup import Mention
from bot.wording.pages.debts import allowed_parts, debt, reason_text, waived_mark
from bot.wording.pages.frameworks import outdated_parts
from bot.wording.pages.presenting import present
from bot.wording.pages.results import compounding_parts, scorecard_facts, stage_name
from bot.wording.pages.schedule import reach_parts
from bot.wording.pages.steps import next_step_parts
from bot.wording.pages.traps import trap_parts


@present.register
def _(card: StatusCard, words: Words) -> View:
    """Stage and standing, blockers by barrier, the next step, and what is under way."""
    page = words.page("status")
    scored = _scored(card, card.scorecard, words, page) if card.scorecard else _unscored(card, page)
    return View(
        text=_summary(card, words, page),
        parts=(
            Heading(_title(card, words, page)),
            *_archived(card, words, page),
            *scored,
            *_under_way(card, words, page),
            *outdated_parts(card.outdated, words),
            Note(_owner(card, words, page)),
            *_buttons(card, page),
        ),
    )


def _title(card: StatusCard, words: Words, page: Page) -> str:
    if card.scorecard is None:
        return page.text("title_none", project=card.project.name)
    return page.text("title_so_far" if card.so_far else "title", **_stage(card, card.scorecard, words))


def _summary(card: StatusCard, words: Words, page: Page) -> str:
    name = card.project.name
    if card.scorecard is not None:
        return page.text("summary_so_far" if card.so_far else "summary", **_stage(card, card.scorecard, words))
    if card.progress is not None:
        return page.text("summary_open", project=name, answered=card.progress.answered, total=card.progress.total)
    return page.text("summary_none", project=name)


def _stage(card: StatusCard, scorecard: Scorecard, words: Words) -> dict[str, object]:
    name = stage_name(card.framework, scorecard.stage, words) + debt(len(card.waived), words)
    return {"project": card.project.name, "stage": scorecard.stage, "stage_name": name}


def _archived(card: StatusCard, words: Words, page: Page) -> tuple[Part, ...]:
    if card.project.archived_at is None:
        return ()
    date = full_date(card.project.archived_at, words.language, card.zone)
    return (Paragraph(page.line("archived", date=date)),)


def _scored(card: StatusCard, scorecard: Scorecard, words: Words, page: Page) -> tuple[Part, ...]:
    parts: list[Part] = [Facts(scorecard_facts(card.framework, scorecard, words))]
    for line in card.barriers:
        parts += _barrier(card, line, words, page)
    result = words.page("result")
    if not card.barriers:
        parts.append(Paragraph(result.line("no_blockers")))
    parts += compounding_parts(card.framework, scorecard, words, card.waived)
    parts += trap_parts(card.traps, words, card.zone)
    if card.next_step is not None and card.project.archived_at is None:
        parts += [
            Divider(),
            *next_step_parts(card.project, card.framework, card.next_step, words, card.holdings, offers=card.may_read),
            *allowed_parts(scorecard, card.waived, words),
        ]
    if card.so_far:
        parts.append(Note(page.line("so_far")))
    return tuple(parts)


def _barrier(card: StatusCard, line: BarrierLine, words: Words, page: Page) -> tuple[Part, ...]:
    name = in_language(line.barrier.name, words.language)
    title = page.line("barrier", barrier=name, heat=page.text(f"heat_{heat(line.exposure)}"))
    lines = []
    for finding in line.blockers:
        dimension = in_language(card.framework.dimension(finding.dimension_id).name, words.language)
        result = words.page("result")
        severity = result.text(f"severity_{finding.severity.value}")
        reason = reason_text(card.framework, finding, words)
        said = page.line("blocker", severity=severity, dimension=dimension, reason=reason)
        lines.append((*said, *waived_mark(finding, card.waived, card.zone, words)))
    return Paragraph(title), Bullets(tuple(lines))


def heat(exposure: float) -> str:
    """The word for a barrier's exposure X."""
    if exposure <= 0:
        return "clear"
    if exposure <= 1:
        return "watch"
    return "active" if exposure <= 2 else "severe"


def _unscored(card: StatusCard, page: Page) -> tuple[Part, ...]:
    if card.progress is not None:
        return (Paragraph(page.line("open")),)
    if card.project.archived_at is not None:
        return (Paragraph(page.line("none_archived")),)
    if card.may_steer:
        return (Paragraph(page.line("none")),)
    return (Paragraph(page.line("none_owner", owner=card.owner.name)),)


def _under_way(card: StatusCard, words: Words, page: Page) -> tuple[Part, ...]:
    parts: list[Part] = []
    if card.progress is not None:
        progress = card.progress
        said = page.line(
            "progress",
            answered=progress.answered,
            total=progress.total,
            deadline=short_date(progress.deadline, words.language, card.zone),
            names=", ".join(person.name for person in progress.waiting_for),
        )
        parts.append(Paragraph(said))
        if progress.handed:
            parts.append(Bullets(tuple(_handed(card, each, words, page) for each in progress.handed)))
        parts += reach_parts(progress.hindered, words)
    if card.waiting:
        parts.append(Paragraph(page.line("waiting", count=card.waiting)))
    if card.token_fault:
        parts.append(Paragraph(page.line("token_fault", reason=card.token_fault)))
    return tuple(parts)


def _handed(card: StatusCard, line: HandedLine, words: Words, page: Page) -> Line:
    return page.line(
        "handed",
        dimension=in_language(line.dimension.name, words.language),
        holder=Mention(line.holder.account, line.holder.name),
        giver=line.giver.name,
        date=short_date(line.at, words.language, card.zone),
        returned=line.returned,
    )


def _owner(card: StatusCard, words: Words, page: Page) -> Line:
    owner = Mention(card.owner.account, card.owner.name)
    if card.taken_at is None or card.so_far:
        return page.line("owner", owner=owner)
    return page.line("taken", owner=owner, date=short_date(card.taken_at, words.language, card.zone))


def _buttons(card: StatusCard, page: Page) -> tuple[Part, ...]:
    project = card.project
    buttons: list[Button] = []
    if card.scorecard is not None:
        presses = ("why", "blockers", "history", "whatif", "report") if card.may_read else ("blockers", "history")
        shown = presses[:1] if card.so_far else presses
        buttons += [Button(page.text(f"{press}_button"), press, project.id) for press in shown]
    if card.may_steer and card.progress is not None:
        confirm = page.text("close_confirm")
        close = Button(page.text("close_button"), "close_assessment", card.progress.assessment_id, confirm=confirm)
        buttons.append(close)
    elif card.may_steer:
        style = Style.PLAIN if card.scorecard else Style.PRIMARY
        buttons.append(Button(page.text("start_button"), "start", project.id, style))
    if card.may_steer and card.waiting:
        buttons.append(Button(page.text("release_button"), "release", card.place_id))
    return (Buttons(tuple(buttons)),) if buttons else ()
