"""The sections of a report, in order: each is a function of the card, and None where it has nothing to say.

Whoever adds something to a project adds a function to SECTIONS, made of the blocks of `bot.wording.report.blocks`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.chat.picture import Profile, Trend
from bot.chat.view import Facts, Line, Note, Paragraph
from bot.readiness.file_cards import ReportCard
from bot.readiness.framework import in_language
from bot.readiness.project_cards import BarrierLine
from bot.readiness.scoring import Scorecard
from bot.wording.dates import full_date
from bot.wording.engine import Page, Words
from bot.wording.pages.debts import allowed_parts
from bot.wording.pages.results import compounding_parts, scorecard_facts, stage_name
from bot.wording.pages.status import heat
from bot.wording.pages.steps import next_step_parts
from bot.wording.pages.traps import trap_parts
from bot.wording.report.answers import answers, changes, why
from bot.wording.report.blocks import Block, Grid, Ladder, Section, Step, as_blocks
from bot.wording.report.charted import profile_of, trend_of
from bot.wording.report.lists import blockers, history


@dataclass(frozen=True, slots=True)
class Report:
    """A report in one language, before it is written as HTML or Markdown."""

    language: str
    title: str
    kicker: str
    heading: str
    lead: Line
    contents: str
    sections: tuple[Section, ...]
    profile: Profile
    trend: Trend | None
    made: Line


def report_of(card: ReportCard, words: Words) -> Report:
    """The whole report."""
    page = words.page("report")
    scorecard, zone = scored(card), card.proof.zone
    stage = {"stage": scorecard.stage, "stage_name": stage_name(card.framework, scorecard.stage, words)}
    lead = page.line("lead_so_far", **stage)
    if card.milestones:
        lead = page.line("lead", date=full_date(card.milestones[-1].taken_at, words.language, zone), **stage)
    made = page.line("made", date=full_date(card.made_at, words.language, zone), person=card.reader.name)
    return Report(
        language=words.language,
        title=page.text("title", project=card.project.name),
        kicker=page.text("kicker"),
        heading=page.text("heading", project=card.project.name),
        lead=lead,
        contents=page.text("contents"),
        sections=tuple(section for make in SECTIONS if (section := make(card, words)) is not None),
        profile=profile_of(card.proof, words),
        trend=trend_of(card.milestones, words, zone) if card.milestones else None,
        made=made,
    )


def scored(card: ReportCard) -> Scorecard:
    """The scorecard that the report shows; a report without one is never gathered."""
    scorecard = card.status.scorecard
    assert scorecard is not None, card.project.id
    return scorecard


def standing(card: ReportCard, words: Words) -> Section:
    """The ladder, the figures, the barriers."""
    page, result, scorecard = words.page("report"), words.page("result"), scored(card)
    blocks: list[Block] = [_ladder(card, scorecard, words, page)]
    if card.project.archived_at is not None:
        date = full_date(card.project.archived_at, words.language, card.proof.zone)
        blocks.append(Paragraph(page.line("archived", date=date)))
    about = (
        ("owner", card.status.owner.name),
        ("team", card.project.team),
        ("business_function", card.project.business_function),
    )
    named = tuple((page.text(slot), result.line("plain", text=text)) for slot, text in about if text)
    blocks.append(Facts((*scorecard_facts(card.framework, scorecard, words), *named)))
    blocks += as_blocks(compounding_parts(card.framework, scorecard, words, card.status.waived))
    blocks.append(_barriers(card, scorecard, words, page))
    return Section("standing", page.text("standing_title"), tuple(blocks))


def _ladder(card: ReportCard, scorecard: Scorecard, words: Words, page: Page) -> Ladder:
    marks = (
        (scorecard.stage, "here_stage"),
        (scorecard.exposure, "here_exposure"),
        (scorecard.readiness, "here_readiness"),
        (scorecard.target, "here_target"),
    )
    return Ladder(
        tuple(
            Step(
                number=stage.number,
                name=stage_name(card.framework, stage.number, words),
                reached=stage.number <= scorecard.stage,
                here=" · ".join(page.text(slot) for number, slot in marks if number == stage.number),
            )
            for stage in card.framework.stages
        )
    )


def _barriers(card: ReportCard, scorecard: Scorecard, words: Words, page: Page) -> Grid:
    blocked = {line.barrier.id: line for line in card.status.barriers}
    lines = sorted(
        (
            blocked.get(barrier.id) or BarrierLine(barrier, scorecard.barriers.get(barrier.id, 0.0), ())
            for barrier in card.framework.barriers
        ),
        key=lambda line: (-line.exposure, -len(line.blockers)),
    )
    status = words.page("status")
    return Grid(
        caption=page.text("barriers_title"),
        columns=(page.text("barrier"), page.text("heat"), page.text("blockers_count")),
        rows=tuple(
            (
                page.line("heading", project=in_language(line.barrier.name, words.language)),
                page.line("heat_value", heat=status.text(f"heat_{heat(line.exposure)}"), exposure=f"{line.exposure:g}"),
                page.line("number", number=len(line.blockers)),
            )
            for line in lines
        ),
        narrow=frozenset({2}),
    )


def steps(card: ReportCard, words: Words) -> Section | None:
    """The smallest set of steps up."""
    status = card.status
    if status.next_step is None or card.project.archived_at is not None:
        return None
    parts = next_step_parts(card.project, card.framework, status.next_step, words, status.holdings, offers=False)
    parts += allowed_parts(scored(card), status.waived, words)
    return Section("steps", words.page("report").text("steps_title"), as_blocks(parts))


def traps(card: ReportCard, words: Words) -> Section | None:
    """The traps that stand, each with the words it rests on and what was said against it."""
    parts = trap_parts(card.status.traps, words, card.proof.zone)
    return Section("traps", words.page("report").text("traps_title"), as_blocks(parts)) if parts else None


def about(card: ReportCard, words: Words) -> Section:
    """The index's caveat, what is left out, by which framework, when and for whom."""
    page, scorecard, zone = words.page("report"), scored(card), card.proof.zone
    lines = [page.line("index_caveat")]
    if scorecard.exclusions:
        names = (in_language(card.framework.dimension(each).name, words.language) for each in scorecard.exclusions)
        lines.append(page.line("exclusions", names=", ".join(names)))
    framework = card.framework
    lines.append(page.line("framework", name=in_language(framework.name, words.language), version=framework.version))
    if card.milestones:
        last = card.milestones[-1]
        date = full_date(last.taken_at, words.language, zone)
        lines.append(page.line("milestone", number=last.sequence, date=date))
    return Section("about", page.text("about_title"), tuple(Note(line) for line in lines))


SECTIONS: tuple[Callable[[ReportCard, Words], Section | None], ...] = (
    standing,
    steps,
    why,
    traps,
    blockers,
    changes,
    answers,
    history,
    about,
)
