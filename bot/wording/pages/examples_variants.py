"""The same pages at other moments: nothing there yet, all well, settled, excluded. No slot is without an example."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.readiness.assessment import Answer, AnswerKind, Evidence, EvidenceStrength
from bot.readiness.cards import (
    AlertCard,
    Change,
    FormOffer,
    InterviewOverCard,
    QuestionCard,
    QuestionState,
    ResultCard,
    UnreachableCard,
    WhyAsked,
)
from bot.readiness.digests import First
from bot.readiness.framework import Framework
from bot.readiness.organization import Condition, Failed, OrganizationStage
from bot.readiness.ownership import Lowered, Lowering
from bot.readiness.portfolio import Census
from bot.readiness.project_cards import (
    BarrierLine,
    BlockersCard,
    HistoryCard,
    HomeCard,
    MoveCard,
    MovedCard,
    OverviewCard,
    Progress,
    ProjectForm,
    ProjectSaved,
    ReceiptCard,
    RolesCard,
    StatusCard,
)
from bot.readiness.receipts import receipt
from bot.readiness.respondent_cards import HandedLine, HandedQuestion
from bot.readiness.scoring import FindingKind, Rating, Scorecard, Severity, rate_all, score
from bot.readiness.steps import next_step
from bot.wording.pages import examples_interviews, examples_projects
from bot.wording.pages.examples_interviews import INTERVIEW
from bot.wording.pages.examples_projects import ANSWERS, FRAMEWORK, LINKED, MEI, NOW, OLIVIA, PROJECT, ZONE

LEFT_OUT = replace(
    FRAMEWORK.dimensions[1],
    may_be_not_applicable=True,
    not_applicable_reasons={"no-features": {"en": "No engineered features"}},
    probes=({"en": "When did you last compare?"},),
    note={"en": "For a system of prompts only."},
)
OPEN_ENDED = replace(FRAMEWORK, dimensions=(FRAMEWORK.dimensions[0], LEFT_OUT, *FRAMEWORK.dimensions[2:]))
"""The example framework with one dimension that may be left out."""
VERIFIED = Evidence(EvidenceStrength.VERIFIED, "https://wiki.example/record", NOW, "olivia", NOW)
UNSTARTED = replace(PROJECT, summary=None)


def examples() -> Mapping[str, object]:
    """Page name -> card."""
    return {**_questions(), **_results(), **_receipts(), **_statuses(), **_projects(), **_overviews(), **_homes()}


def _answer(kind: AnswerKind, level: int | None = None, **more: object) -> Answer:
    return replace(ANSWERS[1], kind=kind, level=level, dimension_id=LEFT_OUT.id, **more)  # type: ignore[arg-type]


def _questions() -> dict[str, object]:
    asked = examples_interviews.examples()["question_asked"]
    assert isinstance(asked, QuestionCard)
    unknown, outside = _answer(AnswerKind.UNKNOWN), _answer(AnswerKind.NOT_APPLICABLE, reason="no-features")
    own_reason = _answer(AnswerKind.NOT_APPLICABLE, reason="other", note="")
    level = _answer(AnswerKind.LEVEL, 3)
    card = replace(asked, dimension=LEFT_OUT, previous=None)
    answered = replace(card, state=QuestionState.ANSWERED)
    first = replace(INTERVIEW, questions=(LEFT_OUT.id, *INTERVIEW.questions), current=LEFT_OUT.id)
    over = examples_interviews.examples()["interview_over"]
    assert isinstance(over, InterviewOverCard)
    handed = HandedQuestion(OLIVIA, NOW, "You know the <pipeline> best.", may_return=True)
    return {
        "question_handed_over": replace(card, handed=handed),
        "question_given_back": replace(card, handed=replace(handed, returned=True)),
        "question_with_a_colleague": replace(card, state=QuestionState.HANDED, handed=handed),
        "question_last_time_unknown": replace(card, previous=unknown, interview=first),
        "question_last_time_outside": replace(card, previous=outside),
        "question_so_far_level": replace(card, answer=level, said_before=True),
        "question_so_far_outside": replace(card, answer=outside, said_before=True),
        "question_answered_unknown": replace(answered, answer=unknown),
        "question_answered_outside": replace(answered, answer=outside),
        "question_answered_outside_own_reason": replace(answered, answer=own_reason),
        "question_answered_linked": replace(answered, answer=replace(level, evidence=LINKED)),
        "question_why_with_note": WhyAsked(LEFT_OUT, FRAMEWORK.barriers[1]),
        "interview_over_some_handed_over": replace(over, handed=FRAMEWORK.dimensions[1:2]),
        "interview_over_all_handed_over": replace(
            over, skipped=(), answered=(), handed=tuple(FRAMEWORK.dimension(each) for each in INTERVIEW.questions)
        ),
        "interview_over_last": replace(over, waiting_for=(), skipped=()),
    }


def _all_at(level: int, evidence: Evidence) -> tuple[dict[str, Rating], tuple[Answer, ...]]:
    answers = tuple(
        replace(ANSWERS[0], id=f"v{n}", dimension_id=d.id, kind=AnswerKind.LEVEL, level=level, evidence=evidence)
        for n, d in enumerate(FRAMEWORK.dimensions)
    )
    return rate_all(FRAMEWORK, answers, {}), answers


def _result(scorecard: Scorecard, ratings: Mapping[str, Rating], before: Scorecard | None) -> ResultCard:
    step = next_step(OPEN_ENDED, scorecard, ratings)
    return ResultCard(PROJECT, OPEN_ENDED, scorecard, before, (), step, NOW)


def _alert(scorecard: Scorecard, before: Scorecard | None) -> AlertCard:
    return AlertCard(PROJECT, FRAMEWORK, OLIVIA, scorecard, before, (), (), ())


def _results() -> dict[str, object]:
    linked, _ = _all_at(3, LINKED)
    said, _ = _all_at(3, Evidence())
    high, _ = _all_at(4, LINKED)
    mistaken = replace(FRAMEWORK.practices[0], kind="mistake")
    against = replace(OPEN_ENDED, practices=(mistaken,))
    well, short = score(FRAMEWORK, 4, 4, linked), score(FRAMEWORK, 3, 4, said)
    ready = score(FRAMEWORK, 3, 4, linked)
    outside = {**linked, LEFT_OUT.id: Rating(AnswerKind.NOT_APPLICABLE)}
    partly = score(OPEN_ENDED, 4, 5, {**outside, "dimension-5": Rating()})
    low = score(FRAMEWORK, 2, 3, {**linked, "dimension-5": Rating(AnswerKind.LEVEL, 1, EvidenceStrength.LINKED)})
    contested = replace(low.findings[0], kind=FindingKind.CONTESTED, severity=Severity.HIGH)
    disputed = replace(low, findings=(contested, replace(contested, severity=Severity.LOW)))
    zero = _result(score(FRAMEWORK, 2, 3, {}), {}, None)
    return {
        "result_all_well": _result(well, linked, replace(well, stage=3)),
        "result_first_and_short_of_links": _result(short, said, None),
        "result_to_be_verified": _result(score(FRAMEWORK, 4, 5, high), high, well),
        "result_ready": _result(ready, linked, ready),
        "result_with_exclusion": _result(partly, outside, partly),
        "result_against_a_mistake": replace(zero, framework=against),
        "result_changed_to_outside": replace(
            zero, changes=(replace(_change(), after=_answer(AnswerKind.NOT_APPLICABLE)),)
        ),
        "result_with_other_evidence": replace(
            zero,
            changes=tuple(
                replace(
                    _change(),
                    before=_answer(AnswerKind.LEVEL, 3, evidence=Evidence()),
                    after=_answer(AnswerKind.LEVEL, 3, evidence=each),
                )
                for each in (LINKED, VERIFIED)
            ),
        ),
        "move_with_lesser_findings": MoveCard(PROJECT, FRAMEWORK, (4, 2), disputed.findings * 6),
        "alert_first": _alert(well, None),
        "alert_up": _alert(well, replace(well, stage=3)),
        "alert_blockers": _alert(well, well),
        **{
            f"unreachable_{reason}": UnreachableCard(PROJECT, "C0", "", "place", reason, 1)
            for reason in (
                "channel_not_found",
                "is_archived",
                "msg_too_long",
                "not_installed",
                "conversation_gone",
                "message_too_big",
            )
        },
    }


def _receipts() -> dict[str, object]:
    """Contested, capped by evidence, agreed and unagreed exclusions; capped by exposure; and the highest stage."""
    two = {"dimension-0": ("mei", "olivia")}
    answers = list(_answered(VERIFIED, {0: 0, 2: 4}, {"dimension-0": 3}, two))
    answers += [
        replace(_answer(AnswerKind.NOT_APPLICABLE, reason="no-features", approved_by="olivia"), id="agreed"),
        replace(_answer(AnswerKind.NOT_APPLICABLE, reason="other"), id="claimed", dimension_id="dimension-4"),
    ]
    framework = replace(
        OPEN_ENDED,
        dimensions=tuple(
            replace(d, may_be_not_applicable=d.id in (LEFT_OUT.id, "dimension-4")) for d in OPEN_ENDED.dimensions
        ),
    )
    linked, by_link = _all_at(4, LINKED)
    best, by_others = _all_at(4, VERIFIED)
    said, by_words = _all_at(3, Evidence())
    return {
        "why_contested": _receipt(framework, 3, rate_all(framework, answers, {}), tuple(answers)),
        "why_short_of_links": _receipt(FRAMEWORK, 3, said, by_words),
        "why_to_be_verified": _receipt(FRAMEWORK, 5, linked, by_link),
        "why_capped_by_exposure": _receipt(FRAMEWORK, 3, best, by_others),
        "why_with_old_evidence": _old_receipt(),
        "why_lowered": replace(
            _receipt(FRAMEWORK, 3, said, by_words),
            lowered=tuple(Lowered(LEFT_OUT.id, 1, reason, (LEFT_OUT.id,)) for reason in Lowering),
        ),
        "why_highest": _receipt(FRAMEWORK, 5, best, by_others),
    }


def _answered(
    evidence: Evidence, levels: Mapping[int, int], second: Mapping[str, int], people: Mapping[str, tuple[str, str]]
) -> tuple[Answer, ...]:
    """Level by number of the dimension; a second person's level where two people were asked."""
    made = []
    for number, level in levels.items():
        dimension_id = FRAMEWORK.dimensions[number].id
        base = replace(ANSWERS[0], id=f"c{number}", dimension_id=dimension_id, level=level, evidence=evidence)
        if dimension_id not in people:
            made.append(base)
            continue
        one, other = people[dimension_id]
        made.append(replace(base, respondent_id=one, evidence=Evidence()))
        higher = replace(base, id=f"d{number}", respondent_id=other, level=second[dimension_id], evidence=LINKED)
        made.append(higher)
    return tuple(made)


def _receipt(
    framework: Framework, exposure: int, ratings: Mapping[str, Rating], answers: tuple[Answer, ...]
) -> ReceiptCard:
    return ReceiptCard(
        project=PROJECT,
        framework=framework,
        receipt=receipt(framework, score(framework, exposure, 5, ratings), ratings, answers, NOW),
        answers={answer.id: answer for answer in answers},
        people={"mei": MEI, "olivia": OLIVIA},
        zone=ZONE,
        reader_id="olivia",
    )


def _old_receipt() -> ReceiptCard:
    """A check and a link that are too old to count, and a link that somebody doubts."""
    long_ago = NOW - timedelta(days=80)
    evidence = (
        replace(VERIFIED, verified_by="olivia", verified_at=long_ago),
        replace(LINKED, given_at=long_ago),
        replace(LINKED, strength=EvidenceStrength.ASSERTED),
    )
    answers = tuple(
        replace(ANSWERS[3], id=f"o{number}", dimension_id=FRAMEWORK.dimensions[number].id, evidence=each)
        for number, each in enumerate(evidence)
    )
    return _receipt(FRAMEWORK, 3, rate_all(FRAMEWORK, answers, {}), answers)


def _statuses() -> dict[str, object]:
    full = examples_projects.examples()["status"]
    assert isinstance(full, StatusCard)
    bare = StatusCard(UNSTARTED, FRAMEWORK, OLIVIA, ZONE, may_steer=True, may_read=True)
    heats = tuple(BarrierLine(b, x, ()) for b, x in zip(FRAMEWORK.barriers, (0.0, 0.5, 1.5), strict=False))
    archived = replace(PROJECT, archived_at=NOW)
    return {
        "status_so_far": replace(full, so_far=True, waiting=0, token_fault="token_revoked"),  # noqa: S106 - a reason
        "status_handed": replace(full, progress=_progress(full)),
        "status_none": bare,
        "status_none_owner": replace(bare, may_steer=False),
        "status_none_archived": replace(bare, project=replace(UNSTARTED, archived_at=NOW), may_steer=False),
        "status_open": replace(bare, progress=full.progress),
        "status_archived_with_heats": replace(full, project=archived, barriers=heats),
    }


def _progress(card: StatusCard) -> Progress:
    assert card.progress is not None
    lines = tuple(HandedLine(LEFT_OUT, MEI, OLIVIA, NOW, returned) for returned in (True, False))
    return replace(card.progress, handed=lines)


def _projects() -> dict[str, object]:
    blockers = examples_projects.open_blockers()
    kinds = (FindingKind.CONTESTED, FindingKind.UNPROVEN)
    varied = tuple(replace(b, blocker=replace(b.blocker, kind=k)) for b, k in zip(blockers, kinds, strict=False))
    history = examples_projects.examples()["history"]
    assert isinstance(history, HistoryCard)
    return {
        "project_form_new": ProjectForm(FRAMEWORK, OLIVIA),
        "project_saved_edit": ProjectSaved(PROJECT, OLIVIA, is_new=False, may_steer=True, bound=True),
        "project_saved_for_owner": ProjectSaved(PROJECT, MEI, is_new=True, may_steer=False, bound=True),
        "move_nothing_short": MoveCard(PROJECT, FRAMEWORK, (4,), ()),
        "moved_same": MovedCard(PROJECT, FRAMEWORK, PROJECT.exposure, ()),
        "moved_unassessed": MovedCard(UNSTARTED, FRAMEWORK, 2, None),
        "roles_admin": RolesCard((OLIVIA,), (), changed=OLIVIA),
        "roles_none": RolesCard((OLIVIA,), (), changed=replace(MEI, is_manager=False)),
        "roles_unmet": RolesCard((OLIVIA, replace(MEI, name=MEI.account)), ()),
        "roles_kept": RolesCard((OLIVIA,), (MEI,), kept=OLIVIA),
        "blockers_varied": BlockersCard(PROJECT, FRAMEWORK, varied, is_assessed=True, may_start=True, zone=ZONE),
        "blockers_none": BlockersCard(PROJECT, FRAMEWORK, (), is_assessed=True, may_start=True, zone=ZONE),
        "blockers_unassessed": BlockersCard(UNSTARTED, FRAMEWORK, (), is_assessed=False, may_start=True, zone=ZONE),
        "form_offer_new": FormOffer("new"),
        "form_offer_settings": FormOffer("settings"),
        "form_offer_questionnaire": FormOffer("questionnaire", "i1"),
    }


def _overviews() -> dict[str, object]:
    full = examples_projects.examples()["overview"]
    assert isinstance(full, OverviewCard)
    standings = tuple(
        replace(PROJECT, summary=replace(examples_projects.SUMMARY, standing=standing))
        for standing in ("in_step", "ready_to_advance")
    )
    calm = replace(
        full,
        census=replace(full.census, late=0, overdue=1, waivers=1, debtors=1),
        held_back_by=First(),
        blockers=(),
        projects=(*standings, UNSTARTED),
        moved=First(),
        critical=First(),
    )
    return {
        "overview_empty": replace(full, census=Census()),
        "overview_late": replace(calm, census=replace(full.census, late=1, overdue=0, waivers=0), changed=1),
        "overview_of_one": replace(calm, census=Census(crossings={(1, 1): 1}), changed=0),
        **{
            f"overview_{condition.value}": replace(
                calm, organization=OrganizationStage(1, Failed(2, condition, 0, 1, None))
            )
            for condition in Condition
        },
    }


def _homes() -> dict[str, object]:
    bare = HomeCard(OLIVIA, FRAMEWORK, (), (), 0, ())
    running = replace(bare, projects=(UNSTARTED,), projects_total=1, open_ids=frozenset({UNSTARTED.id}))
    return {
        "home_bare": bare,
        "home_first_project": replace(bare, projects=(UNSTARTED,), projects_total=1),
        "home_running": running,
    }


def _change() -> Change:
    card = examples_projects.examples()["history"]
    assert isinstance(card, HistoryCard)
    return card.changes[0]
