"""One card for every page of evidence: for the tests of the limits."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.readiness.assessment import Evidence, EvidenceStrength
from bot.readiness.cards import AlertCard
from bot.readiness.evidence import Fall
from bot.readiness.evidence_cards import (
    AgedLine,
    AgesCard,
    AskToCheckForm,
    DoubtedCard,
    DoubtForm,
    EvidenceCard,
    EvidenceLine,
    EvidenceListCard,
    FellCard,
    StillTrueCard,
)
from bot.wording.pages.examples_projects import ANSWERS, FRAMEWORK, MEI, NOW, OLIVIA, PROJECT, SCORECARD, ZONE

LINK = f"https://wiki.example/{'long/' * 60}record"
CHECKED = Evidence(EvidenceStrength.VERIFIED, LINK, NOW, OLIVIA.id, NOW)
ANSWER = replace(ANSWERS[3], evidence=CHECKED)
AGED = tuple(
    AgedLine(dimension, Fall(ANSWER, NOW, was, left), MEI, OLIVIA, renewed=number % 4 == 0)
    for number, dimension in enumerate(FRAMEWORK.dimensions)
    for was, left in (
        (EvidenceStrength.VERIFIED, EvidenceStrength.LINKED),
        (EvidenceStrength.LINKED, EvidenceStrength.ASSERTED),
    )
)
"""More than ever falls at once: two of every dimension."""
EXCLUDED = AgedLine(FRAMEWORK.dimensions[1], Fall(ANSWER, NOW, EvidenceStrength.ASSERTED, None), MEI, OLIVIA)


def examples() -> Mapping[str, object]:
    """Page name -> card."""
    lines = tuple(
        EvidenceLine(
            ANSWER, dimension, MEI, worth, NOW + timedelta(days=60), is_own=number % 2 == 0, is_due=number % 4 == 0
        )
        for number, dimension in enumerate(FRAMEWORK.dimensions)
        for worth in EvidenceStrength
    )
    words = "The page says <nothing> about *the last* rehearsal. " * 15
    return {
        "evidence": EvidenceListCard(PROJECT, lines, {OLIVIA.id: OLIVIA}, ZONE),
        **_ageing(),
        "evidence_none": EvidenceListCard(PROJECT, (), {}, ZONE),
        "evidence_check": EvidenceCard(PROJECT, FRAMEWORK.dimensions[3], replace(ANSWER, note="n" * 3000), MEI, ZONE),
        "evidence_asked": EvidenceCard(PROJECT, FRAMEWORK.dimensions[3], ANSWER, MEI, ZONE, asked_by=OLIVIA),
        "evidence_doubt_form": DoubtForm("a3", FRAMEWORK.dimensions[3]),
        "evidence_ask_form": AskToCheckForm("a3", FRAMEWORK.dimensions[3]),
        "evidence_doubted": DoubtedCard(PROJECT, FRAMEWORK.dimensions[3], ANSWER, MEI, OLIVIA, words, MEI.id),
    }


def _ageing() -> dict[str, object]:
    higher, ready = replace(SCORECARD, stage=SCORECARD.stage + 1), replace(SCORECARD, next_stage=4)
    renewed = tuple(replace(line, renewed=True) for line in AGED[:2])
    fell = FellCard(PROJECT, FRAMEWORK, SCORECARD, higher, AGED, MEI.id, ZONE)
    dimension = FRAMEWORK.dimensions[3]
    return {
        "evidence_ages_stage": AgesCard(PROJECT, higher, SCORECARD.stage, AGED, ZONE),
        "evidence_ages_move": AgesCard(PROJECT, ready, SCORECARD.stage, (EXCLUDED, *AGED[:1]), ZONE),
        "evidence_ages_done": AgesCard(PROJECT, SCORECARD, None, renewed, ZONE),
        "evidence_fell": fell,
        "evidence_fell_owner": replace(fell, before=SCORECARD, lines=(EXCLUDED, *AGED[:10]), reader_id=OLIVIA.id),
        "evidence_still_true": StillTrueCard(PROJECT, dimension, NOW, rescored=False, zone=ZONE),
        "evidence_still_true_lifts": StillTrueCard(PROJECT, dimension, NOW, rescored=True, zone=ZONE),
        "alert_aged": AlertCard(PROJECT, FRAMEWORK, OLIVIA, SCORECARD, higher, (), (), (), aged=AGED),
    }
