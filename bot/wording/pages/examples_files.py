"""Examples of what is delivered as files, and of two milestones side by side."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.readiness.assessment import Assessment, AssessmentState, Evidence, EvidenceStrength
from bot.readiness.blockers import BlockerEvent, Happening
from bot.readiness.cards import Change
from bot.readiness.contested import Contest, Settled
from bot.readiness.export_format import ExportFormat
from bot.readiness.file_cards import (
    Access,
    ComparisonCard,
    ExportCard,
    ExportedProject,
    FilesHeldCard,
    PictureCard,
    ReportCard,
)
from bot.readiness.forecasts import Forecast
from bot.readiness.framework_versions import Unlike
from bot.readiness.handovers import Handover
from bot.readiness.holds import Hold, Lifts
from bot.readiness.milestone import Milestone
from bot.readiness.portfolio import ProjectLevel
from bot.readiness.portfolio_report import Counts, ListedProject, PortfolioReportCard, counted
from bot.readiness.project_cards import HistoryCard
from bot.readiness.remarks import Remark
from bot.readiness.scorecard import Severity
from bot.readiness.trap_findings import TrapSeverity
from bot.readiness.trap_watch import Correction, RaisedTrap
from bot.wording.pages.examples_blockers import CLAIM, COMMITMENT, WAIVER, WORDS
from bot.wording.pages.examples_interviews import INTERVIEW
from bot.wording.pages.examples_projects import (
    ANSWERS,
    FRAMEWORK,
    MEI,
    NEWER,
    NOW,
    OLIVIA,
    PROJECT,
    RATINGS,
    SCORECARD,
    ZONE,
    open_blockers,
)
from bot.wording.pages.examples_projects import examples as project_examples
from bot.wording.pages.examples_traps import TRAPS


def _milestones() -> tuple[Milestone, ...]:
    """Three results: the stage rises, then people are exposed before the answers carry it."""
    steps = ((200, 1, 2, 20), (90, 2, 2, 43), (21, 1, 3, SCORECARD.index))
    return tuple(
        Milestone(
            id=f"m{number}",
            project_id=PROJECT.id,
            assessment_id="as1",
            sequence=number,
            taken_at=NOW - timedelta(days=days),
            framework_id=FRAMEWORK.id,
            framework_version=FRAMEWORK.version,
            scorecard=replace(SCORECARD, stage=stage, exposure=exposure, index=index),
            answers=tuple(answer.id for answer in ANSWERS),
            cause=("completed", "edited", "moved")[number - 1],
        )
        for number, (days, stage, exposure, index) in enumerate(steps, start=1)
    )


MILESTONES = _milestones()
CHANGES = tuple(Change(FRAMEWORK.dimension(answer.dimension_id), None, answer, MEI) for answer in ANSWERS)


def report_card() -> ReportCard:
    """A report with everything that may stand in one."""
    others = project_examples()
    status, proof, blockers = others["status"], others["why"], others["blockers"]
    return ReportCard(
        status=status,  # type: ignore[arg-type]  # an example is found by its name
        proof=replace(proof, so_far=False),  # type: ignore[type-var, arg-type]
        blockers=blockers,  # type: ignore[arg-type]
        milestones=MILESTONES,
        changes=CHANGES,
        ratings=RATINGS,
        reader=OLIVIA,
        made_at=NOW,
    )


def export_card() -> ExportCard:
    """One project with its answers, one of which only stages are seen."""
    assessment = Assessment(
        id="as1",
        project_id=PROJECT.id,
        framework_id=FRAMEWORK.id,
        framework_version=FRAMEWORK.version,
        opened_at=NOW - timedelta(days=22),
        opened_by="olivia",
        deadline=NOW - timedelta(days=15),
        state=AssessmentState.COMPLETE,
        completed_at=NOW - timedelta(days=21),
    )
    dimension = FRAMEWORK.dimensions[0].id
    raised = RaisedTrap("t1", PROJECT.id, "trap-0", TrapSeverity.HIGH, (), NOW, "m1")
    handover = Handover("h1", PROJECT.id, "as1", dimension, "olivia", "mei", NOW)
    settled = Contest("c1", PROJECT.id, "as1", dimension, NOW, NOW, "mei", Settled.VERIFIED)
    said = [Remark(f"w{n}", subject, "mei", NOW, WORDS) for n, subject in enumerate(("h1", "c1", ANSWERS[0].id))]
    whole = ExportedProject(
        PROJECT,
        Access.ANSWERS,
        MILESTONES,
        (assessment,),
        (INTERVIEW,),
        ANSWERS,
        tuple(each.blocker for each in open_blockers()),
        (COMMITMENT,),
        (WAIVER,),
        (raised,),
        (handover,),
        (settled,),
        (CLAIM,),
        (("trap-0", Correction("x1", "t1", "mei", NOW, (), WORDS)),),
        tuple(said),
        levels=(ProjectLevel(dimension, "data", 2, 1, 3, 2, Severity.HIGH),),
        events=tuple(BlockerEvent(each.blocker.id, NOW, Happening.FOUND, Severity.HIGH) for each in open_blockers()),
        forecasts=(Forecast("m1", PROJECT.id, NOW, Hold(Lifts.STAGE, 1, 2, (dimension,), 2, "data", 2), None),),
        channel="C0CHURN",
        holders={OLIVIA.id: OLIVIA.name, MEI.id: MEI.name},
    )
    stages = ExportedProject(replace(PROJECT, id="p2", key="other", summary=None), Access.STAGES, ())
    return ExportCard(FRAMEWORK, OLIVIA, NOW, (whole, stages), lambda: (MEI, OLIVIA))


def portfolio_report() -> PortfolioReportCard:
    """The portfolio as a page: one project with everything, one that was never assessed."""
    first, second, *_ = FRAMEWORK.dimensions
    levels = {each.id: number % 5 for number, each in enumerate(FRAMEWORK.dimensions)}
    blockers = ((first, Severity.CRITICAL), (second, Severity.HIGH))
    aimed = replace(PROJECT, target=4, target_date=NOW.date())
    whole = ListedProject(aimed, OLIVIA.name, blockers, levels, waivers=1, overdue=True, asking=True)
    new = ListedProject(replace(PROJECT, id="p2", key="other", name="<b>Other</b>", summary=None), MEI.name, waivers=2)
    counts = counted((whole.project, new.project))
    return PortfolioReportCard(FRAMEWORK, OLIVIA, NOW, "team:risk", counts, (whole, new))


def _less() -> dict[str, object]:
    """The same with less in it, or seen by others."""
    report, history = report_card(), project_examples()["history"]
    assert isinstance(history, HistoryCard)
    archived = replace(report.status, project=replace(PROJECT, archived_at=NOW))
    answer = ANSWERS[0]
    backed = replace(answer, evidence=Evidence(EvidenceStrength.LINKED, "https://wiki.example.com/churn"))
    change = Change(FRAMEWORK.dimension(answer.dimension_id), answer, backed, MEI)
    trapped = report.status
    verified = replace(answer, evidence=Evidence(EvidenceStrength.VERIFIED, "https://wiki.example.com/churn"))
    told = replace(report.proof, answers={**report.proof.answers, answer.id: replace(verified, facts={"who": "Mei"})})
    left_out = replace(SCORECARD, exclusions=(FRAMEWORK.dimensions[0].id,))
    full = replace(trapped, traps=TRAPS, scorecard=left_out)
    nobodys = replace(report.blockers, blockers=tuple(replace(each, owner=None) for each in report.blockers.blockers))
    return {
        "report_with_more": replace(report, status=full, proof=told, blockers=nobodys, changes=()),
        "report_archived": replace(report, status=archived),
        "report_so_far": replace(report, milestones=(), changes=(), proof=replace(report.proof, so_far=True)),
        "comparison_of_evidence": replace(_comparison(), changes=(change,)),
        "comparison_for_viewers": replace(_comparison(), changes=None, found=(), cleared=()),
        "comparison_same": replace(_comparison(), changes=()),
        "files_held_too_large": FilesHeldCard("file_too_large"),
        "files_held_no_address": FilesHeldCard("no_address"),
        "history_of_one": replace(history, milestones=MILESTONES[:1], changes=(), may_read=True),
    }


def _comparison() -> ComparisonCard:
    return ComparisonCard(
        project=PROJECT,
        framework=FRAMEWORK,
        older=MILESTONES[0],
        newer=MILESTONES[1],
        newest=3,
        found=FRAMEWORK.dimensions,
        cleared=FRAMEWORK.dimensions,
        changes=CHANGES,
        zone=ZONE,
        unlike=Unlike(FRAMEWORK, NEWER),
    )


def examples() -> Mapping[str, object]:
    """Page name -> card."""
    return {
        "report": report_card(),
        "picture": PictureCard(PROJECT, FRAMEWORK, MILESTONES, ZONE),
        "export": export_card(),
        "export_of_one": replace(export_card(), named=PROJECT),
        "export_as_json": replace(export_card(), format=ExportFormat.JSON, filters="dimension:D4<2", unread=12),
        "export_as_csv": replace(export_card(), format=ExportFormat.CSV),
        "portfolio_report": portfolio_report(),
        "portfolio_report_of_nothing": replace(portfolio_report(), counts=Counts(), projects=(), unread=1),
        "comparison": _comparison(),
        "files_held": FilesHeldCard("missing_scope"),
        "files_held_by_something_else": FilesHeldCard("storage_limit_reached"),
        **_less(),
    }
