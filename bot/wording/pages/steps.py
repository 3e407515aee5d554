"""The steps up, as every page shows them: what to do, where it comes from, and who has taken it on."""

from collections.abc import Iterable, Mapping

from bot.chat.plain import plain_line
from bot.chat.view import Bullets, Choice, Choices, Line, Paragraph, Part, Span
from bot.readiness.assessment import EvidenceStrength, Project
from bot.readiness.commitments import CommitmentState, Holding
from bot.readiness.framework import Framework, in_language
from bot.readiness.steps import NextStep, Raise
from bot.wording.dates import full_date
from bot.wording.engine import Words
from bot.wording.markup import Mention


def next_step_parts(
    project: Project,
    framework: Framework,
    next_step: NextStep,
    words: Words,
    holdings: Mapping[str, Holding],
    *,
    offers: bool,
) -> tuple[Part, ...]:
    """The smallest set of steps up, each with where it comes from; or that nothing is due.

    With `offers` a step that nobody has taken on has a button beside it; one that somebody has says who, and by when.
    """
    page = words.page("result")
    if next_step.declare_move and not next_step.raises:
        return (Paragraph(page.line("declare", key=project.key)),)
    if not next_step.raises or next_step.aim is None:
        return (Paragraph(page.line("nothing_next")),)
    title = Paragraph(page.line("steps_title", stage=next_step.aim))
    lines = [_raise_line(framework, raised, words) for raised in next_step.raises]
    for number, raised in enumerate(next_step.raises):
        lines[number] += _held(holdings.get(raised.dimension_id), words)
    if not offers:
        return title, Bullets(tuple(lines), ordered=True)
    return title, *_offered(project, next_step, lines, holdings, words)


def _offered(
    project: Project, next_step: NextStep, lines: list[Line], holdings: Mapping[str, Holding], words: Words
) -> Iterable[Part]:
    """Each step as a part of its own, numbered; the buttons stand beside those that are free."""
    label = words.page("gaps").text("take_button")
    for number, (raised, line) in enumerate(zip(next_step.raises, lines, strict=True), start=1):
        numbered = (Span(f"{number}. "), *line)
        if raised.dimension_id in holdings:
            yield Paragraph(numbered)
        else:
            value = f"{project.id}|{raised.dimension_id}"
            yield Choices("take", (Choice(label, plain_line(numbered), value),))


def _held(holding: Holding | None, words: Words) -> Line:
    """Who has taken a step on, and by when."""
    if holding is None:
        return ()
    page, due = words.page("gaps"), holding.commitment.due
    day = full_date(due, words.language) if due else ""
    slot = "held_in_progress" if holding.commitment.state is CommitmentState.IN_PROGRESS else "held"
    return (Span(" "), *page.line(slot, person=Mention(holding.person.account, holding.person.name), due=day))


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
