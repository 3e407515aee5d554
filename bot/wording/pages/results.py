"""Pages of a scored assessment: the result for its people, the alert for its channel, the message that waits."""

from collections.abc import Collection, Mapping
from datetime import datetime

from bot.chat.view import (
    Bullets,
    Button,
    Buttons,
    Divider,
    Facts,
    Heading,
    Line,
    Paragraph,
    Part,
    Style,
    View,
)
from bot.readiness.assessment import Answer, AnswerKind, Project
from bot.readiness.cards import AlertCard, Change, ResultCard, UnreachableCard, UnreachedCard
from bot.readiness.compounding import compounding_barriers
from bot.readiness.framework import Dimension, Framework, in_language
from bot.readiness.gap_cards import GapNews
from bot.readiness.scoring import Finding, Scorecard
from bot.wording.engine import Page, Words
from bot.wording.markup import Link, Mention
from bot.wording.pages.ageing import aged_parts, evidence_button
from bot.wording.pages.blockers import quoted
from bot.wording.pages.debts import allowed_parts, debt, reason_text, waived_mark
from bot.wording.pages.frameworks import unlike_parts
from bot.wording.pages.leverage import forecast_parts
from bot.wording.pages.presenting import present
from bot.wording.pages.steps import next_step_parts
from bot.wording.pages.traps import trap_names, trap_parts


@present.register
def _(card: ResultCard, words: Words) -> View:
    """The result: stage, what changed, blockers, the way up."""
    page = words.page("result")
    scorecard, framework = card.scorecard, card.framework
    named = stage_name(framework, scorecard.stage, words) + debt(len(card.waived), words)
    stage = {"stage": scorecard.stage, "stage_name": named}
    parts: list[Part] = [
        Heading(page.text("title", project=card.project.name, **stage)),
        Paragraph(_movement(card, page)),
        Facts(scorecard_facts(framework, scorecard, words)),
        *blocker_parts(framework, scorecard.blockers, words, card.waived, card.zone),
        *_news(card.news, words),
        *compounding_parts(framework, scorecard, words, card.waived),
        *trap_parts(card.traps, words, card.zone),
    ]
    if card.changes:
        parts += [Paragraph(page.line("changes_title")), change_list(card.changes, words)]
    parts += forecast_parts((card.forecast,) if card.forecast else (), words, card.zone)
    steps = next_step_parts(card.project, framework, card.next_step, words, card.holdings, offers=True)
    parts += [*unlike_parts(card.unlike, words), Divider(), *steps, *allowed_parts(scorecard, card.waived, words)]
    parts.append(Buttons(project_buttons(card.project, page)))
    return View(text=page.text("summary", project=card.project.name, **stage), parts=tuple(parts))


@present.register
def _(card: AlertCard, words: Words) -> View:
    """What the channel learns: the stage, new and cleared blockers, and the answers that caused it."""
    page, result = words.page("alert"), words.page("result")
    scorecard, framework = card.scorecard, card.framework
    kind = _alert_kind(card)
    before = card.before.stage if card.before else 0
    traps = trap_names(card.traps, words)
    facts = {"project": card.project.name, "stage": scorecard.stage, "before": before, "traps": traps}
    name = stage_name(framework, scorecard.stage, words) + debt(len(card.waived), words)
    standing = words.page("portfolio").text(f"standing_{scorecard.standing.value}")
    owner = Mention(card.owner.account, card.owner.name)
    parts: list[Part] = [
        Heading(page.text(f"title_{kind}", **facts)),
        Paragraph(page.line("body", stage=scorecard.stage, stage_name=name, standing=standing, owner=owner)),
        *_news(card.news, words),
    ]
    if card.found:
        parts.append(Paragraph(page.line("found_title")))
        parts.append(Bullets(tuple(finding_line(framework, finding, words) for finding in card.found)))
    if card.risen:
        parts.append(Paragraph(page.line("risen_title")))
        parts.append(Bullets(tuple(finding_line(framework, finding, words) for finding in card.risen)))
    if card.cleared:
        parts.append(Paragraph(page.line("cleared_title")))
        dimensions = [framework.dimension(blocker.dimension_id) for blocker in card.cleared]
        parts.append(Bullets(tuple(_cleared(card, dimension, words, page) for dimension in dimensions)))
    parts += compounding_parts(framework, scorecard, words, card.waived)
    parts += aged_parts(card.aged, words)
    # What has only grown old is said above, with its dates.
    aged = {line.dimension.id for line in card.aged}
    changes = tuple(each for each in card.changes if each.dimension.id not in aged)
    if changes:
        parts += [Paragraph(page.line("causes_title")), change_list(changes, words)]
    parts += trap_parts(card.traps, words, "UTC")
    if card.gone_traps:
        gone = ", ".join(in_language(trap.name, words.language) for trap in card.gone_traps)
        parts.append(Paragraph(words.page("traps").line("gone", trap=gone)))
    parts += unlike_parts(card.unlike, words)
    renewing = (evidence_button(card.project.id, words),) if card.aged else ()
    parts.append(Buttons((*renewing, *project_buttons(card.project, result))))
    return View(text=page.text(f"summary_{kind}", **facts, stage_name=name), parts=tuple(parts))


@present.register
def _(card: UnreachedCard, words: Words) -> View:
    """A person cannot be reached: what waits, and what helps."""
    page = words.page("unreachable")
    named = {"name": card.person.name, "project": card.project.name}
    slot = f"person_{card.reason}"
    repair = page.line(slot, **named) if page.has(slot) else page.line("person_other", reason=card.reason)
    parts = (
        Heading(page.text("person_title", **named)),
        Paragraph(page.line("person_waiting", **named)),
        Paragraph(repair),
    )
    return View(text=page.text("person_title", **named), parts=parts)


@present.register
def _(card: UnreachableCard, words: Words) -> View:
    """A channel would not take a message: what waits, and the repair."""
    page = words.page("unreachable")
    project = card.project.name if card.project else ""
    # A channel chosen in a form comes without its name.
    channel = f"#{card.channel_name}" if card.channel_name else page.text("its_channel", project=project)
    key = card.project.key if card.project else ""
    reason = card.reason if page.has(card.reason) else "other"
    return View(
        text=page.text("summary", channel=channel),
        parts=(
            Heading(page.text("title", channel=channel)),
            Paragraph(page.line("waiting", count=card.waiting, project=project)),
            Paragraph(page.line(reason, key=key, reason=card.reason)),
            Buttons((Button(page.text("release_button"), "release", card.place_id, Style.PRIMARY),)),
        ),
    )


def stage_name(framework: Framework, number: int, words: Words) -> str:
    """A stage's name in the reader's language."""
    return in_language(framework.stage(number).name, words.language)


def scorecard_facts(framework: Framework, scorecard: Scorecard, words: Words) -> tuple[tuple[str, Line], ...]:
    """Exposure, readiness with its optimistic bound, standing, index, exclusions."""
    page = words.page("result")
    exposure = in_language(framework.stage(scorecard.exposure).exposure, words.language)
    bounds = {"readiness": scorecard.readiness, "optimistic": scorecard.optimistic}
    open_ended = scorecard.optimistic > scorecard.readiness
    readiness = page.line("readiness_could", **bounds) if open_ended else page.line("readiness_value", **bounds)
    facts = [
        (page.text("exposure"), page.line("plain", text=exposure)),
        (page.text("readiness"), readiness),
        (page.text("standing"), page.line(f"standing_{scorecard.standing.value}")),
        (page.text("index"), page.line("index_value", index=scorecard.index)),
    ]
    if scorecard.exclusions:
        names = ", ".join(in_language(framework.dimension(d).name, words.language) for d in scorecard.exclusions)
        facts.append((page.text("exclusions"), page.line("plain", text=names)))
    return tuple(facts)


def blocker_parts(
    framework: Framework,
    blockers: tuple[Finding, ...],
    words: Words,
    waived: Mapping[str, datetime],
    zone: str,
) -> tuple[Part, ...]:
    """The blockers, heaviest first, or that there are none; a waived one is marked as such."""
    page = words.page("result")
    if not blockers:
        return (Paragraph(page.line("no_blockers")),)
    heaviest = sorted(blockers, key=lambda finding: -finding.severity)
    return (
        Paragraph(page.line("blockers_title")),
        Bullets(
            tuple(
                (*finding_line(framework, finding, words), *waived_mark(finding, waived, zone, words))
                for finding in heaviest
            )
        ),
    )


def compounding_parts(
    framework: Framework, scorecard: Scorecard, words: Words, waived: Collection[str]
) -> tuple[Part, ...]:
    """The barriers that compound, by name; nothing when they do not."""
    barriers = compounding_barriers(framework, scorecard, waived)
    names = ", ".join(in_language(barrier.name, words.language) for barrier in barriers)
    return (Paragraph(words.page("result").line("compounding", barriers=names)),) if barriers else ()


def finding_line(framework: Framework, finding: Finding, words: Words) -> Line:
    """One finding: how heavy, where, and why."""
    page = words.page("result")
    dimension = framework.dimension(finding.dimension_id)
    return page.line(
        "blocker",
        severity=page.text(f"severity_{finding.severity.value}"),
        dimension=in_language(dimension.name, words.language),
        barrier=in_language(framework.barrier(dimension.primary).name, words.language),
        reason=reason_text(framework, finding, words),
    )


def _cleared(card: AlertCard, dimension: Dimension, words: Words, page: Page) -> Line:
    """A cleared blocker, with the link that was given as its proof."""
    cleared = page.line(
        "cleared",
        dimension=in_language(dimension.name, words.language),
        barrier=in_language(card.framework.barrier(dimension.primary).name, words.language),
    )
    claim = card.news.proofs.get(dimension.id)
    if claim is None:
        return cleared
    gaps = words.page("gaps")
    return (*cleared, *gaps.line("proved", words=quoted(claim.words), link=Link(claim.link, gaps.text("proof_link"))))


def _news(news: GapNews, words: Words) -> tuple[Part, ...]:
    """What opened again, what was not resolved after all, and what is the organization's rather than theirs."""
    page = words.page("gaps")
    told = (("refuted", news.refuted), ("reopened", news.reopened), ("shared", news.shared))
    return tuple(
        Paragraph(page.line(slot, dimensions=", ".join(in_language(each.name, words.language) for each in dimensions)))
        for slot, dimensions in told
        if dimensions
    )


def change_list(changes: tuple[Change, ...], words: Words) -> Bullets:
    """The answers that differ from the milestone before, and whose they are."""
    page = words.page("result")
    return Bullets(
        tuple(
            page.line(
                "change",
                dimension=in_language(change.dimension.name, words.language),
                before=said(change.before, page, change.after),
                after=said(change.after, page, change.before),
                name=change.respondent.name if change.respondent else "",
            )
            for change in changes
        )
    )


def project_buttons(project: Project, page: Page) -> tuple[Button, ...]:
    """Down from a result: why, blockers, history."""
    return tuple(Button(page.text(f"{press}_button"), press, project.id) for press in ("why", "blockers", "history"))


def _alert_kind(card: AlertCard) -> str:
    if card.before is None:
        return "first"
    if card.scorecard.stage == card.before.stage:
        return "traps" if card.traps and not card.found and not card.cleared else "blockers"
    return "up" if card.scorecard.stage > card.before.stage else "down"


def _movement(card: ResultCard, page: Page) -> Line:
    now = card.scorecard.stage
    if card.before is None:
        return page.line("first")
    before = card.before.stage
    slot = "same" if before == now else "up" if now > before else "down"
    return page.line(slot, stage=now, before=before)


def said(answer: Answer | None, page: Page, other: Answer | None = None) -> str:
    """An answer in a word or two; `page` is the template `result`.

    With the same level on the `other` side of a change, it is the evidence that has changed.
    """
    if answer is None:
        return page.text("not_asked")
    if answer.kind is AnswerKind.LEVEL:
        if other is not None and other.level == answer.level:
            return page.text(f"level_{answer.evidence.strength.value}", number=answer.level)
        return page.text("level", number=answer.level)
    return page.text(answer.kind.value)
