"""Pages of a scored assessment: the result for its people, the alert for its channel, the message that waits."""

from bot.chat.view import Bullets, Button, Buttons, Divider, Facts, Heading, Line, Paragraph, Part, Span, Style, View
from bot.readiness.assessment import Answer, AnswerKind, EvidenceStrength, Project
from bot.readiness.cards import AlertCard, Change, ResultCard, UnreachableCard
from bot.readiness.framework import Framework, in_language
from bot.readiness.scoring import Finding, Scorecard
from bot.readiness.steps import NextStep, Raise
from bot.wording.engine import Page, Words
from bot.wording.markup import Mention
from bot.wording.pages.presenting import present


@present.register
def _(card: ResultCard, words: Words) -> View:
    """The result: stage, what changed, blockers, the way up."""
    page = words.page("result")
    scorecard, framework = card.scorecard, card.framework
    stage = {"stage": scorecard.stage, "stage_name": stage_name(framework, scorecard.stage, words)}
    parts: list[Part] = [
        Heading(page.text("title", project=card.project.name, **stage)),
        Paragraph(_movement(card, page)),
        Facts(scorecard_facts(framework, scorecard, words)),
        *blocker_parts(framework, scorecard.blockers, words),
    ]
    if scorecard.compounding:
        parts.append(Paragraph(page.line("compounding")))
    if card.changes:
        parts += [Paragraph(page.line("changes_title")), change_list(card.changes, words)]
    parts += [Divider(), *next_step_parts(card.project, framework, card.next_step, words)]
    parts.append(Buttons(project_buttons(card.project, page)))
    return View(text=page.text("summary", project=card.project.name, **stage), parts=tuple(parts))


@present.register
def _(card: AlertCard, words: Words) -> View:
    """What the channel learns: the stage, new and cleared blockers, and the answers that caused it."""
    page, result = words.page("alert"), words.page("result")
    scorecard, framework = card.scorecard, card.framework
    kind = _alert_kind(card)
    before = card.before.stage if card.before else 0
    facts = {"project": card.project.name, "stage": scorecard.stage, "before": before}
    name = stage_name(framework, scorecard.stage, words)
    standing = words.page("portfolio").text(f"standing_{scorecard.standing.value}")
    owner = Mention(card.owner.account, card.owner.name)
    parts: list[Part] = [
        Heading(page.text(f"title_{kind}", **facts)),
        Paragraph(page.line("body", stage=scorecard.stage, stage_name=name, standing=standing, owner=owner)),
    ]
    if card.found:
        parts.append(Paragraph(page.line("found_title")))
        parts.append(Bullets(tuple(finding_line(framework, finding, words) for finding in card.found)))
    if card.cleared:
        parts.append(Paragraph(page.line("cleared_title")))
        dimensions = [framework.dimension(blocker.dimension_id) for blocker in card.cleared]
        parts.append(
            Bullets(
                tuple(
                    page.line(
                        "cleared",
                        dimension=in_language(dimension.name, words.language),
                        barrier=in_language(framework.barrier(dimension.primary).name, words.language),
                    )
                    for dimension in dimensions
                )
            )
        )
    if card.changes:
        parts += [Paragraph(page.line("causes_title")), change_list(card.changes, words)]
    parts.append(Buttons(project_buttons(card.project, result)))
    return View(text=page.text(f"summary_{kind}", **facts, stage_name=name), parts=tuple(parts))


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


def blocker_parts(framework: Framework, blockers: tuple[Finding, ...], words: Words) -> tuple[Part, ...]:
    """The blockers, heaviest first, or that there are none."""
    page = words.page("result")
    if not blockers:
        return (Paragraph(page.line("no_blockers")),)
    heaviest = sorted(blockers, key=lambda finding: -finding.severity)
    return (
        Paragraph(page.line("blockers_title")),
        Bullets(tuple(finding_line(framework, finding, words) for finding in heaviest)),
    )


def finding_line(framework: Framework, finding: Finding, words: Words) -> Line:
    """One finding: how heavy, where, and why."""
    page = words.page("result")
    dimension = framework.dimension(finding.dimension_id)
    reason = page.text(
        f"reason_{finding.kind.value}",
        claimed=finding.claimed,
        effective=finding.effective,
        need=finding.need,
        stage=finding.stage,
    )
    return page.line(
        "blocker",
        severity=page.text(f"severity_{finding.severity.value}"),
        dimension=in_language(dimension.name, words.language),
        barrier=in_language(framework.barrier(dimension.primary).name, words.language),
        reason=reason,
    )


def next_step_parts(project: Project, framework: Framework, next_step: NextStep, words: Words) -> tuple[Part, ...]:
    """The smallest set of steps up, each with where it comes from; or that nothing is due."""
    page = words.page("result")
    if next_step.declare_move and not next_step.raises:
        return (Paragraph(page.line("declare", key=project.key)),)
    if not next_step.raises or next_step.aim is None:
        return (Paragraph(page.line("nothing_next")),)
    lines = tuple(_raise_line(framework, raised, words) for raised in next_step.raises)
    return (Paragraph(page.line("steps_title", stage=next_step.aim)), Bullets(lines, ordered=True))


def _raise_line(framework: Framework, raised: Raise, words: Words) -> Line:
    """One step up: what to do, or only what to show, and the practice, pattern or mistake it comes from."""
    page = words.page("result")
    name = in_language(framework.dimension(raised.dimension_id).name, words.language)
    if raised.only_proof:
        verified = raised.strength is EvidenceStrength.VERIFIED
        return page.line("prove_verified" if verified else "prove", dimension=name, to=raised.to_level)
    actions = " ".join(in_language(action.text, words.language) for action in raised.actions)
    tags = sorted({tag for action in raised.actions for tag in action.tags})
    named = ", ".join(tag_name(framework, tag, words) for tag in tags)
    return (
        *page.line("raise", dimension=name, to=raised.to_level, action=actions),
        *((Span(" "), *page.line("tags", tags=named)) if named else ()),
    )


def tag_name(framework: Framework, code: str, words: Words) -> str:
    """The name of a practice or pattern; a mistake is what a step works against."""
    practice = framework.practice(code)
    name = in_language(practice.name, words.language)
    return words.page("result").text("against", name=name) if practice.kind == "mistake" else name


def change_list(changes: tuple[Change, ...], words: Words) -> Bullets:
    """The answers that differ from the milestone before, and whose they are."""
    page = words.page("result")
    return Bullets(
        tuple(
            page.line(
                "change",
                dimension=in_language(change.dimension.name, words.language),
                before=said(change.before, page),
                after=said(change.after, page),
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
        return "blockers"
    return "up" if card.scorecard.stage > card.before.stage else "down"


def _movement(card: ResultCard, page: Page) -> Line:
    now = card.scorecard.stage
    if card.before is None:
        return page.line("first")
    before = card.before.stage
    slot = "same" if before == now else "up" if now > before else "down"
    return page.line(slot, stage=now, before=before)


def said(answer: Answer | None, page: Page) -> str:
    """An answer in a word or two; `page` is the template `result`."""
    if answer is None:
        return page.text("not_asked")
    if answer.kind is AnswerKind.LEVEL:
        return page.text("level", number=answer.level)
    return page.text(answer.kind.value)
