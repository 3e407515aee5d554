"""One card for every page about gaps, as full as it gets: for the tests of the limits."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from bot.readiness.ageing_cards import WaiverEndsCard, WaiverLapsedCard
from bot.readiness.assessment import AnswerKind, EvidenceStrength
from bot.readiness.blockers import BlockerEvent, BlockerState, Claim, ClaimState, GapAct, Happening
from bot.readiness.cards import AlertCard, ResultCard
from bot.readiness.commitments import Commitment, CommitmentState, Holding
from bot.readiness.gap_cards import (
    CommitmentCard,
    CommitmentForm,
    ConfirmCard,
    GapCard,
    GapNews,
    GapSaid,
    RefusalForm,
    ResolvedForm,
    SharedCard,
    WaiverCard,
    WaiverForm,
)
from bot.readiness.organization import SharedFinding
from bot.readiness.project_cards import BlockersCard, HomeCard, MoveCard, OpenBlocker, TakenOn
from bot.readiness.scoring import Notch, Rating, score
from bot.readiness.steps import next_step
from bot.readiness.waivers import Waiver, WaiverState
from bot.wording.pages.examples_projects import (
    FRAMEWORK,
    MEI,
    NOW,
    OLIVIA,
    PROJECT,
    RATINGS,
    SCORECARD,
    ZONE,
    open_blockers,
)

WORDS = "We wrote the steps down, rehearsed them with operations, and the *record* is in the wiki. " * 11
DIMENSION = FRAMEWORK.dimensions[0]
CLAIM = Claim("c1", "p1", "b1", "mei", NOW - timedelta(days=2), WORDS[:1000], "https://wiki.example/record")
WAIVER = Waiver(
    id="w1",
    project_id="p1",
    dimension_id=DIMENSION.id,
    asked_by="olivia",
    approver_id="mei",
    asked_at=NOW,
    until=NOW + timedelta(days=60),
    stage=3,
    reason=WORDS[:1000],
)
COMMITMENT = Commitment("k1", "p1", DIMENSION.id, "mei", 3, NOW, date(2026, 12, 1), CommitmentState.IN_PROGRESS)
WAIVED = {dimension.id: WAIVER.until for dimension in FRAMEWORK.dimensions[:2]}
NEWS = GapNews(FRAMEWORK.dimensions[:3], FRAMEWORK.dimensions[3:6], FRAMEWORK.dimensions[6:9], {DIMENSION.id: CLAIM})
HOLDINGS = {dimension.id: Holding(COMMITMENT, MEI) for dimension in FRAMEWORK.dimensions[::2]}


def _full(each: OpenBlocker) -> OpenBlocker:
    """A blocker with everything that can stand beside one."""
    events = tuple(
        BlockerEvent(each.blocker.id, NOW - timedelta(days=9 - n), happening, each.blocker.severity)
        for n, happening in enumerate(Happening)
    )
    return replace(
        each,
        due=date(2026, 11, 20),
        overdue=3,
        state=BlockerState.IN_PROGRESS,
        claim=replace(CLAIM, state=ClaimState.REFUTED),
        claimant=MEI,
        waiver=WAIVER,
        approver=MEI,
        notch=Notch.SURVIVED,
        acts=tuple(GapAct),
        events=events,
    )


def _claimed(each: OpenBlocker) -> OpenBlocker:
    """A blocker that is said to be resolved, and waived meanwhile."""
    happenings = (
        Happening.UNKNOWN,
        Happening.ESCALATED,
        Happening.FOUND,
        Happening.CLEARED,
        Happening.REOPENED,
    )
    events = tuple(BlockerEvent(each.blocker.id, NOW, happening, each.blocker.severity) for happening in happenings)
    approved = replace(WAIVER, state=WaiverState.APPROVED, approved_at=NOW)
    return replace(
        each,
        claim=CLAIM,
        claimant=MEI,
        waiver=approved,
        approver=MEI,
        notch=Notch.DECLARED_MOVE,
        events=events,
    )


def _allowed() -> ResultCard:
    """A result that lacks nothing for the move but what is waived."""
    linked = Rating(AnswerKind.LEVEL, 3, EvidenceStrength.LINKED)
    ratings = {dimension.id: linked for dimension in FRAMEWORK.dimensions}
    ratings[DIMENSION.id] = replace(linked, level=2)
    card = score(FRAMEWORK, 3, 4, ratings)
    step = next_step(FRAMEWORK, card, ratings)
    return ResultCard(PROJECT, FRAMEWORK, card, None, (), step, NOW, waived=WAIVED)


def examples() -> Mapping[str, object]:
    """Page name -> card."""
    many = tuple(_full(each) for each in open_blockers()) * 4
    step = next_step(FRAMEWORK, SCORECARD, RATINGS)
    cleared = tuple(each.blocker for each in open_blockers())
    waiver = WaiverCard(WAIVER, PROJECT, DIMENSION, OLIVIA, MEI, 2, ZONE, is_open=True)
    return {
        "blockers_many": BlockersCard(PROJECT, FRAMEWORK, many, is_assessed=True, may_start=True, zone=ZONE),
        "blockers_rest": BlockersCard(PROJECT, FRAMEWORK, many, is_assessed=True, may_start=True, zone=ZONE, start=20),
        "blockers_claimed": BlockersCard(
            PROJECT,
            FRAMEWORK,
            tuple(_claimed(each) for each in open_blockers()),
            is_assessed=True,
            may_start=True,
            zone=ZONE,
        ),
        "result_with_a_move_allowed": _allowed(),
        "result_with_debt": ResultCard(
            PROJECT, FRAMEWORK, SCORECARD, None, (), step, NOW, waived=WAIVED, holdings=HOLDINGS, news=NEWS, zone=ZONE
        ),
        "alert_with_debt": AlertCard(
            PROJECT, FRAMEWORK, OLIVIA, SCORECARD, SCORECARD, (), cleared, (), waived=WAIVED, news=NEWS
        ),
        "move_with_waivers": MoveCard(
            PROJECT,
            FRAMEWORK,
            (4, 2, 1),
            SCORECARD.findings,
            waived=WAIVED,
            waivable=FRAMEWORK.dimensions,
            zone=ZONE,
        ),
        "home_with_debt": HomeCard(
            person=OLIVIA,
            framework=FRAMEWORK,
            questions=(),
            projects=(PROJECT,) * 10,
            projects_total=10,
            blockers=tuple((PROJECT, each) for each in many[:8]),
            blockers_total=8,
            debts={"p1": 2},
            taken=(TakenOn(PROJECT, DIMENSION, COMMITMENT, 3),) * 10,
        ),
        **{
            f"gap_{said.value}": GapCard(PROJECT, DIMENSION, said, MEI, date(2026, 12, 1), tuple(GapAct))
            for said in GapSaid
        },
        "gap_without_date": GapCard(PROJECT, DIMENSION, GapSaid.TAKEN, MEI, None, (GapAct.SET_DATE,)),
        "commitment_form": CommitmentForm(PROJECT, DIMENSION, MEI, may_name=True, due=date(2026, 12, 1)),
        "commitment_given": CommitmentCard(PROJECT, DIMENSION, COMMITMENT, OLIVIA),
        "commitment_moved": CommitmentCard(PROJECT, DIMENSION, replace(COMMITMENT, ended_at=NOW), OLIVIA),
        "resolved_form": ResolvedForm(PROJECT, DIMENSION),
        "confirm": ConfirmCard(PROJECT, DIMENSION, cleared[0], CLAIM, MEI, "i1"),
        "confirm_anew": ConfirmCard(PROJECT, DIMENSION, cleared[0], CLAIM, MEI, may_start=True),
        "waiver_form": WaiverForm(PROJECT, DIMENSION, 3, 2, date(2027, 2, 21)),
        "waiver_refusal_form": RefusalForm(WAIVER, PROJECT, DIMENSION, OLIVIA),
        "waiver_asked": waiver,
        "waiver_ends": WaiverEndsCard(WAIVER, PROJECT, DIMENSION, OLIVIA, MEI, OLIVIA, 2, ZONE),
        "waiver_lapsed": WaiverLapsedCard(
            WAIVER, PROJECT, DIMENSION, MEI, many[0], FRAMEWORK.barriers[:3], tuple(GapAct), ZONE
        ),
        "waiver_lapsed_light": WaiverLapsedCard(WAIVER, PROJECT, DIMENSION, MEI, None, (), (), ZONE),
        **{
            f"waiver_{state.value}_then": replace(
                waiver, waiver=replace(WAIVER, state=state, refusal=WORDS[:1000]), is_open=False, for_asker=True
            )
            for state in WaiverState
        },
        "shared_found": SharedCard(SharedFinding("s1", DIMENSION.id, NOW), DIMENSION, 12, 20),
        "shared_gone": SharedCard(SharedFinding("s1", DIMENSION.id, NOW, NOW), DIMENSION, 9, 20),
    }
