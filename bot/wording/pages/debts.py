"""What stands beside a stage or a finding: the debt of waivers, until when one holds, why something weighs more."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.chat.view import Line, Paragraph, Part, Span
from bot.readiness.framework import Framework
from bot.readiness.scoring import Finding, Notch, Scorecard, up_to
from bot.readiness.waivers import move_allowed
from bot.wording.dates import full_date
from bot.wording.engine import Words


def reason_text(framework: Framework, finding: Finding, words: Words) -> str:
    """Why a bar is not met, how heavy what is unknown may turn out, and why it weighs more than usual."""
    page = words.page("result")
    reason = page.text(
        f"reason_{finding.kind.value}",
        claimed=finding.claimed,
        effective=finding.effective,
        need=finding.need,
        stage=finding.stage,
        worst=page.text(f"severity_{up_to(framework, finding).value}"),
    )
    return reason + notch_text(finding.notch, words)


def notch_text(notch: Notch | None, words: Words) -> str:
    """Why a finding weighs more than its kind alone says, to be put behind its reason; "" where it does not."""
    return f" {words.page('gaps').text(f'notch_{notch.value}')}" if notch else ""


def waived_mark(finding: Finding, waived: Mapping[str, datetime], zone: str, words: Words) -> Line:
    """That a finding is waived, and until when; nothing where it is not."""
    until = waived.get(finding.dimension_id)
    if until is None:
        return ()
    return (Span(" "), *words.page("gaps").line("waived", until=last_day(until, words, zone)))


def last_day(until: datetime, words: Words, zone: str) -> str:
    """The last day on which something holds that ends at a moment, mostly a midnight."""
    return full_date(until - timedelta(seconds=1), words.language, zone)


def debt(waivers: int, words: Words) -> str:
    """What stands beside a stage while waivers are valid, such as ", 1 waiver"; "" without any."""
    return words.page("gaps").text("debt", count=waivers) if waivers else ""


def staged(stage: int, waivers: int, words: Words) -> str:
    """A stage's number with its debt, as a table shows it."""
    return f"{stage}{debt(waivers, words)}"


def allowed_parts(scorecard: Scorecard, waived: Mapping[str, datetime], words: Words) -> tuple[Part, ...]:
    """That the move is allowed once what is waived counts as met; nothing where that changes nothing."""
    if scorecard.move_allowed is not False or not move_allowed(scorecard, waived):
        return ()
    return (Paragraph(words.page("gaps").line("move_allowed", stage=scorecard.next_stage)),)
