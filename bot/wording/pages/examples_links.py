"""One card for every page of links: for the tests of the limits."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.readiness.cards import QuestionCard, QuestionState
from bot.readiness.evidence import linked
from bot.readiness.evidence_cards import EvidenceCard, EvidenceLine, EvidenceListCard
from bot.readiness.link_cards import DeadLink, DeadLinksCard
from bot.readiness.links import LinkCheck, LinkState
from bot.wording.pages.examples_evidence import ANSWER, LINK
from bot.wording.pages.examples_interviews import INTERVIEW
from bot.wording.pages.examples_projects import FRAMEWORK, MEI, NOW, OLIVIA, PROJECT, ZONE

DAY = timedelta(days=1)
CHECK = LinkCheck(PROJECT.id, LINK, NOW + 40 * DAY, LinkState.CHANGED, read_at=NOW + 40 * DAY, changed_after=NOW + DAY)
GONE = replace(CHECK, state=LinkState.GONE, gone_since=NOW + 39 * DAY)
CHECKS = (*(replace(CHECK, state=state) for state in LinkState), GONE, replace(GONE, dead_since=NOW + 40 * DAY))


def examples() -> Mapping[str, object]:
    """Page name -> card."""
    lines = tuple(
        DeadLink(dimension, replace(ANSWER, respondent_id=person.id), person, NOW)
        for dimension in FRAMEWORK.dimensions
        for person in (MEI, OLIVIA)
    )
    evidence = tuple(
        EvidenceLine(ANSWER, dimension, MEI, ANSWER.evidence.strength, NOW + 60 * DAY, is_own=False, check=check)
        for dimension, check in zip(FRAMEWORK.dimensions, CHECKS, strict=False)
    )
    return {
        "question_lost_link": QuestionCard(
            QuestionState.ASKED,
            PROJECT,
            INTERVIEW,
            FRAMEWORK.dimensions[1],
            FRAMEWORK.barriers[1],
            previous=ANSWER,
            link_gone_since=NOW,
        ),
        "links_dead": DeadLinksCard(PROJECT, lines, MEI.id, ZONE),
        "link_dead_others": DeadLinksCard(PROJECT, lines[:1], OLIVIA.id, ZONE),
        "evidence_looked_at": EvidenceListCard(PROJECT, evidence, {OLIVIA.id: OLIVIA}, ZONE),
        "evidence_check_changed": EvidenceCard(PROJECT, FRAMEWORK.dimensions[3], ANSWER, MEI, ZONE, check=CHECK),
        "evidence_given_changed": EvidenceCard(
            PROJECT, FRAMEWORK.dimensions[3], replace(ANSWER, evidence=linked(LINK, NOW)), MEI, ZONE, check=CHECK
        ),
    }
