"""Pages with traps, as full as they get: every line of every rule, quoted and corrected."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import cast

from bot.readiness.assessment import Person
from bot.readiness.cards import AlertCard, ResultCard
from bot.readiness.framework import Practice, Text, Trap
from bot.readiness.project_cards import MoveCard, ReceiptCard, StatusCard
from bot.readiness.trap_findings import Arm, TrapSeverity
from bot.readiness.traps_cards import (
    CorrectedCard,
    CorrectionForm,
    ShownCorrection,
    ShownQuote,
    ShownReason,
    ShownTrap,
)
from bot.wording.pages import examples_interviews, examples_projects
from bot.wording.pages.examples_projects import FRAMEWORK, MEI, NOW, OLIVIA, PROJECT

MISTAKE = Practice(
    "M1",
    "mistake",
    {"en": "Tech-first", "de": "Technik zuerst"},
    {"en": "A clever model is built before anyone knows what problem it should solve."},
)
NUMBERS = {"technical": 3, "business": 1, "exposure": 3, "percent": 12, "days": 120}
TRAP = Trap(
    id="tech-first",
    code="T1",
    mistake="M1",
    name={"en": "Tech-first", "de": "Technik zuerst"},
    rule={"en": "The technology is well ahead of the business goal."},
    way_out={"en": "Write the business problem first, then agree measure, baseline and target with a sponsor."},
)
ERASED = Person("erased", "Somebody")


def _quote(number: int, person: Person, words: str, label: Text | None = None) -> ShownQuote:
    dimension = FRAMEWORK.dimensions[number]
    return ShownQuote(dimension, person, words, f"i1|{dimension.id}", label, None if label else dimension.level(1))


def _shown(severity: TrapSeverity, *arms: Arm) -> ShownTrap:
    label = {"en": "Business measure", "de": "Geschäftsmaß"}
    quotes = (
        _quote(0, MEI, "We want *deep learning* <!channel> because everybody has it. " * 6, label),
        _quote(1, OLIVIA, "", label),
        _quote(2, MEI, "nothing yet"),
        _quote(3, OLIVIA, ""),
    )
    return ShownTrap(
        trap=TRAP,
        mistake=MISTAKE,
        severity=severity,
        reasons=tuple(ShownReason(arm, quotes, NUMBERS) for arm in arms),
        corrections=(
            ShownCorrection(MEI, NOW - timedelta(days=2), "The sponsor signed\nit in May. " * 60),
            ShownCorrection(ERASED, NOW, ""),
        ),
        raised_id="t1",
        may_correct=True,
        reader_id="olivia",
    )


ARMS = tuple(Arm)
TRAPS = (
    _shown(TrapSeverity.HIGH, *ARMS[:5]),
    _shown(TrapSeverity.MEDIUM, *ARMS[5:9]),
    replace(_shown(TrapSeverity.ASK, *ARMS[9:]), reader_id=""),
)
ADVICE = replace(_shown(TrapSeverity.ADVICE, *ARMS[:1]), corrections=(), raised_id="", may_correct=False)


def examples() -> Mapping[str, object]:
    """Page name -> card."""
    known = {**examples_projects.examples(), **examples_interviews.examples()}
    alert = cast("AlertCard", known["alert"])
    same = replace(alert, before=alert.scorecard, found=(), cleared=(), traps=TRAPS, gone_traps=(TRAP,))
    return {
        "result_with_traps": replace(cast("ResultCard", known["result"]), traps=TRAPS),
        "alert_with_traps": replace(alert, traps=TRAPS, gone_traps=(TRAP,)),
        "alert_of_a_trap": same,
        "status_with_traps": replace(cast("StatusCard", known["status"]), traps=TRAPS),
        "why_with_traps": replace(cast("ReceiptCard", known["why"]), traps=TRAPS),
        "move_against": replace(cast("MoveCard", known["move_choices"]), against=(ADVICE,)),
        "correction_form": CorrectionForm(PROJECT, TRAPS[0]),
        "corrected": CorrectedCard(PROJECT, TRAPS[0]),
        "corrected_of_others": CorrectedCard(PROJECT, TRAPS[2]),
    }
