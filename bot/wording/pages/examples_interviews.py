"""One card for every page of interviews, results and alerts: for the tests of the limits."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.readiness.assessment import AnswerKind
from bot.readiness.cards import (
    Act,
    AlertCard,
    Change,
    Done,
    InterviewOverCard,
    QuestionCard,
    QuestionState,
    ResultCard,
    StartedCard,
    UnreachableCard,
    UnreachedCard,
    WhyAsked,
)
from bot.readiness.interview import Interview
from bot.readiness.matching import Proposal
from bot.readiness.schedule_cards import Reach
from bot.readiness.steps import next_step
from bot.wording.pages.examples_projects import (
    ANSWERS,
    FRAMEWORK,
    MEI,
    NOW,
    OLIVIA,
    PROJECT,
    RATINGS,
    SCORECARD,
    open_blockers,
)

FACTS = {
    "days": "60",
    "project": "Churn prediction",
    "count": "3",
    "channel": "#churn-prediction",
    "name": "Mei Tanaka",
    "level": "2",
}
FOLLOWING_UP = (QuestionState.PROVING, QuestionState.TELLING, QuestionState.PROMISING, QuestionState.CHECKING)
"""States with examples of their own."""
INTERVIEW = Interview(
    id="i1",
    project_id="p1",
    assessment_id="as1",
    respondent_id="mei",
    questions=tuple(dimension.id for dimension in FRAMEWORK.dimensions),
    opened_at=NOW,
    current="dimension-1",
    asked={"dimension-1": 2},
)


def _question(state: QuestionState) -> QuestionCard:
    dimension = replace(FRAMEWORK.dimensions[1], may_be_not_applicable=True)
    if state is QuestionState.EXPLAINING:
        reasons = {f"reason-{number}": {"en": f"A reason that is number {number}"} for number in range(4)}
        dimension = replace(dimension, not_applicable_reasons=reasons)
    said = state is QuestionState.ANSWERED
    return QuestionCard(
        state=state,
        project=PROJECT,
        interview=INTERVIEW,
        dimension=dimension,
        barrier=FRAMEWORK.barriers[1],
        previous=ANSWERS[1] if state is QuestionState.ASKED else None,
        answer=replace(ANSWERS[3], dimension_id=dimension.id) if said else None,
        counts_for=1 if said else None,
        note="notes are at <link> & *more*",
    )


def _asked_again() -> QuestionCard:
    unknown = replace(ANSWERS[1], kind=AnswerKind.UNKNOWN, level=None)
    return replace(_question(QuestionState.ASKED), answer=unknown, said_before=True)


def examples() -> Mapping[str, object]:
    """Page name -> card."""
    changes = tuple(Change(FRAMEWORK.dimension(answer.dimension_id), None, answer, MEI) for answer in ANSWERS)
    before = replace(SCORECARD, stage=2)
    opened = open_blockers()
    return {
        **{f"question_{state.value}": _question(state) for state in QuestionState if state not in FOLLOWING_UP},
        "question_edited": _asked_again(),
        "question_proposal": replace(
            _question(QuestionState.ASKED), proposal=Proposal(2, ("*compared* once & <!here>", "x" * 140))
        ),
        "interview_over": InterviewOverCard(
            PROJECT, INTERVIEW, FRAMEWORK.dimensions[5:], ((FRAMEWORK.dimensions[0], ANSWERS[0]),), (MEI, OLIVIA)
        ),
        "result": ResultCard(
            PROJECT,
            FRAMEWORK,
            replace(SCORECARD, compounding=True),
            before,
            changes,
            next_step(FRAMEWORK, SCORECARD, RATINGS),
            NOW,
        ),
        "alert": AlertCard(
            PROJECT,
            FRAMEWORK,
            OLIVIA,
            SCORECARD,
            before,
            SCORECARD.blockers,
            tuple(each.blocker for each in opened),
            changes,
        ),
        "started": StartedCard(
            PROJECT,
            ((OLIVIA, FRAMEWORK.dimensions), (MEI, FRAMEWORK.dimensions[:3])),
            NOW + timedelta(days=7),
            hindered=(
                Reach(MEI, (NOW + timedelta(days=9)).date(), OLIVIA, reminds=False, skip_reason="<!here> audit"),
            ),
        ),
        **{
            f"unreached_{reason}": UnreachedCard(MEI, PROJECT, reason)
            for reason in ("blocked", "not_installed", "user_disabled")
        },
        "unreachable": UnreachableCard(PROJECT, "C0CHURN", "churn-prediction", "place", "not_in_channel", 2),
        "why_asked": WhyAsked(FRAMEWORK.dimensions[0], FRAMEWORK.barriers[0]),
        **{f"done_{act.value}": Done(act, FACTS) for act in Act},
    }
