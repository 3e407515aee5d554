"""One card for every page of evidence: for the tests of the limits."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.readiness.assessment import Evidence, EvidenceStrength
from bot.readiness.evidence_cards import (
    AskToCheckForm,
    DoubtedCard,
    DoubtForm,
    EvidenceCard,
    EvidenceLine,
    EvidenceListCard,
)
from bot.wording.pages.examples_projects import ANSWERS, FRAMEWORK, MEI, NOW, OLIVIA, PROJECT, ZONE

LINK = f"https://wiki.example/{'long/' * 60}record"
CHECKED = Evidence(EvidenceStrength.VERIFIED, LINK, NOW, OLIVIA.id, NOW)
ANSWER = replace(ANSWERS[3], evidence=CHECKED)


def examples() -> Mapping[str, object]:
    """Page name -> card."""
    lines = tuple(
        EvidenceLine(ANSWER, dimension, MEI, worth, NOW + timedelta(days=60), is_own=number % 2 == 0)
        for number, dimension in enumerate(FRAMEWORK.dimensions)
        for worth in EvidenceStrength
    )
    words = "The page says <nothing> about *the last* rehearsal. " * 15
    return {
        "evidence": EvidenceListCard(PROJECT, lines, {OLIVIA.id: OLIVIA}, ZONE),
        "evidence_none": EvidenceListCard(PROJECT, (), {}, ZONE),
        "evidence_check": EvidenceCard(PROJECT, FRAMEWORK.dimensions[3], replace(ANSWER, note="n" * 3000), MEI, ZONE),
        "evidence_asked": EvidenceCard(PROJECT, FRAMEWORK.dimensions[3], ANSWER, MEI, ZONE, asked_by=OLIVIA),
        "evidence_doubt_form": DoubtForm("a3", FRAMEWORK.dimensions[3]),
        "evidence_ask_form": AskToCheckForm("a3", FRAMEWORK.dimensions[3]),
        "evidence_doubted": DoubtedCard(PROJECT, FRAMEWORK.dimensions[3], ANSWER, MEI, OLIVIA, words, MEI.id),
    }
