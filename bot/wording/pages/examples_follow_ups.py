"""One card for every page of follow-ups, the whole questionnaire and one's own answers: for the tests of the limits."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.readiness.assessment import AnswerKind, Evidence, EvidenceStrength
from bot.readiness.cards import QuestionCard, QuestionState
from bot.readiness.framework import Check, FollowUp
from bot.readiness.interview import Phase
from bot.readiness.interview_cards import (
    Asked,
    DetailsForm,
    OneMore,
    Open,
    OpenList,
    OwnAnswersCard,
    QuestionnaireForm,
    QuestionnaireRow,
)
from bot.wording.pages.examples_interviews import INTERVIEW
from bot.wording.pages.examples_projects import ANSWERS, FRAMEWORK, MEI, PROJECT

LONG = "we watch it every morning & <write> it *down* "
FIELDS = {f"field-{number}": {"en": f"The fact that is number {number}"} for number in range(8)}
EVIDENCE = FollowUp("evidence", "always", "evidence", {"en": "Where can others see this?"})
FACTS = FollowUp("facts", "always", "facts", {"en": "What was agreed?"}, FIELDS)
ONE_FACT = replace(FACTS, fields={"field-0": FIELDS["field-0"]})
CLOSER = FollowUp("closer", "always", "owner_and_date", {"en": "Who closes this gap, and by when?"})
CHECK = Check("check", "dimension-1", "dimension-1", {"en": "No list of versions is named."})
DIMENSION = replace(FRAMEWORK.dimensions[1], follow_ups=(EVIDENCE, FACTS, CLOSER))
TOLD = replace(
    ANSWERS[3],
    dimension_id=DIMENSION.id,
    facts=dict.fromkeys(list(FIELDS)[:4], LONG * 6),
    evidence=Evidence(EvidenceStrength.LINKED, "https://wiki.example/" + "x" * 1900),
)


def question(state: QuestionState, asked: Asked) -> QuestionCard:
    """A question whose answer calls for more."""
    return QuestionCard(
        state=state,
        project=PROJECT,
        interview=INTERVIEW,
        dimension=DIMENSION,
        barrier=FRAMEWORK.barriers[1],
        answer=replace(TOLD, evidence=Evidence()),
        counts_for=1,
        said_before=True,
        asked=asked,
        promised=(MEI, date(2027, 1, 31)),
    )


PROVABLE = replace(DIMENSION, proofs=({"en": "load-test record"}, {"en": "run history"}))


def examples() -> Mapping[str, object]:
    """Page name -> card."""
    before = dict.fromkeys(FIELDS, LONG * 6)
    day = date(2026, 12, 21)
    asked = replace(question(QuestionState.ASKED, Asked(check=CHECK)), matter=3, left=7)
    interview = replace(INTERVIEW, phase=Phase.FINISHED, current=None)
    many = tuple(replace(DIMENSION, id=f"dimension-{number}") for number in range(20))
    rows = tuple(QuestionnaireRow(each, TOLD if place % 2 else None, TOLD) for place, each in enumerate(many))
    unknown = replace(TOLD, kind=AnswerKind.UNKNOWN, level=None)
    left_out = replace(TOLD, kind=AnswerKind.NOT_APPLICABLE, level=None, reason="other", note=LONG * 20)
    own = tuple((DIMENSION, answer) for answer in (TOLD, unknown, left_out, None) for _ in range(10))
    return {
        "follow_up_telling": question(QuestionState.TELLING, Asked(FACTS, before=before, next_field="field-4")),
        "follow_up_telling_one": question(QuestionState.TELLING, Asked(ONE_FACT, next_field="field-0")),
        "follow_up_telling_anew": question(QuestionState.TELLING, Asked(FACTS, next_field="field-4")),
        "follow_up_proving_whole": replace(
            question(QuestionState.PROVING, Asked(EVIDENCE)), dimension=PROVABLE, counts_for=None
        ),
        "details_of_a_link": DetailsForm(PROJECT, INTERVIEW, PROVABLE, (EVIDENCE,)),
        "follow_up_promising": question(QuestionState.PROMISING, Asked(CLOSER, proposed=day)),
        "follow_up_proving": question(QuestionState.PROVING, Asked(EVIDENCE)),
        "follow_up_checking": question(QuestionState.CHECKING, Asked(check=CHECK)),
        "one_more_link": OneMore(Asked(EVIDENCE)),
        "one_more_fact": OneMore(Asked(FACTS, next_field="field-0"), saved=False),
        "one_more_field": OneMore(Asked(FACTS, next_field="field-4"), goes_on=True),
        "one_more_check": OneMore(Asked(check=CHECK), level=2),
        "one_more_reason": OneMore(Asked(), saved=False),
        "question_doubted": asked,
        "question_last_that_matters": replace(asked, matter=1),
        "question_may_stop": replace(asked, matter=0, may_stop=True),
        "details": DetailsForm(
            PROJECT, INTERVIEW, DIMENSION, (EVIDENCE, FACTS, CLOSER), before, "https://wiki.example", "U0MEI", day, "l1"
        ),
        "details_closer": DetailsForm(PROJECT, INTERVIEW, DIMENSION, (CLOSER,), closer="U0MEI"),
        "questionnaire": QuestionnaireForm(PROJECT, INTERVIEW, rows, more=3),
        "open_list": OpenList(
            PROJECT,
            INTERVIEW,
            (
                Open(DIMENSION, TOLD, (), (CHECK,)),
                *(Open(DIMENSION, TOLD, (EVIDENCE, FACTS, CLOSER), (CHECK,), 1) for _ in range(24)),
            ),
            "l1",
        ),
        "open_list_done": OpenList(PROJECT, INTERVIEW, (), "l1"),
        "own_answers": OwnAnswersCard(PROJECT, interview, own),
        "own_answers_closed": OwnAnswersCard(PROJECT, replace(interview, phase=Phase.CLOSED), own),
    }
