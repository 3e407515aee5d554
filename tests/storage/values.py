"""Values for the tests of storage: one project with everything that hangs on it."""

from datetime import UTC, date, datetime, timedelta

from bot.chat.incoming import Actor
from bot.readiness.administration import OrganizationSettings
from bot.readiness.assessment import (
    Answer,
    AnswerKind,
    Assessment,
    Cadence,
    Evidence,
    EvidenceStrength,
    Person,
    Place,
    Project,
    Summary,
)
from bot.readiness.blockers import Blocker, BlockerEvent, Claim, Happening
from bot.readiness.commitments import Commitment, CommitmentState
from bot.readiness.contested import Contest, Settled
from bot.readiness.digests import Subscription
from bot.readiness.events import Asks, Wanted
from bot.readiness.evidence import CheckRequest
from bot.readiness.forecasts import Forecast
from bot.readiness.framework_versions import FrameworkKey, FrameworkVersion
from bot.readiness.handovers import Handover
from bot.readiness.holds import Hold, Lifts
from bot.readiness.interview import Interview, Phase
from bot.readiness.links import LinkCheck, LinkState
from bot.readiness.milestone import Milestone
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.organization import SharedFinding
from bot.readiness.portfolio import ProjectLevel
from bot.readiness.remarks import Remark
from bot.readiness.scoring import Finding, FindingKind, Scorecard, Severity, Standing
from bot.readiness.trap_findings import Arm, Quote, Reason, TrapSeverity
from bot.readiness.trap_watch import Correction, RaisedTrap
from bot.readiness.waivers import Waiver, WaiverState
from storage.store import Transaction

NOW = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)
ADA = Actor("slack", "T1", "U1")
EVE = Actor("slack", "T2", "U1")

PERSON = Person("ada", "Ada", "Europe/Berlin", "de", "U1", is_admin=True, is_manager=True, home_opened=True)
BOB = Person("bob", "bob", account="U2")
PLACE = Place("here", "C1", "general")
SUMMARY = Summary("m1", 2, 3, 4, str(Standing.AHEAD), 71, 3, 1, 2, NOW)
PROJECT = Project(
    id="p1",
    key="churn",
    name="Churn <!channel>",
    owner_id="ada",
    exposure=2,
    created_at=NOW,
    business_function="Sales",
    team="Growth",
    target=4,
    target_date=date(2026, 12, 31),
    cadence=Cadence.MONTHLY,
    place_id="here",
    roles={"sponsor": "bob", "engineer": "ada"},
    archived_at=None,
    summary=SUMMARY,
)
ASSESSMENT = Assessment("a1", "p1", "poc_to_production", "1.0", NOW, "ada", NOW + timedelta(days=5))
INTERVIEW = Interview(
    id="i1",
    project_id="p1",
    assessment_id="a1",
    respondent_id="ada",
    questions=("data", "value", "safety", "ownership"),
    opened_at=NOW,
    phase=Phase.PROVING,
    current="value",
    answered=frozenset({"data", "value"}),
    skipped=frozenset({"safety"}),
    handed=frozenset({"ownership"}),
    again=frozenset({"data"}),
    doubted=frozenset({"alert-receiver"}),
    wanted=(Wanted("evidence", Asks.EVIDENCE), Wanted("contract", Asks.FACTS)),
    passed=frozenset({"registry"}),
    notes={"value": 'said "so"\nin Köln 🙂'},
    asked={"data": 2, "value": 1},
)
ANSWER = Answer(
    id="r1",
    project_id="p1",
    assessment_id="a1",
    interview_id="i1",
    dimension_id="data",
    respondent_id="ada",
    kind=AnswerKind.LEVEL,
    answered_at=NOW,
    level=0,
    evidence=Evidence(EvidenceStrength.LINKED, "https://example.org/a"),
    note="words",
    facts={"latency": "at most 5 min"},
    approved_by="bob",
    unchanged=True,
)
HANDOVER = Handover("h1", "p1", "a1", "ownership", "ada", "bob", NOW, returned=True)
CONTEST = Contest("c1", "p1", "a1", "data", NOW, NOW, "bob", Settled.AGREED)
CHECK = CheckRequest("q1", "p1", "r1", "bob", "ada", NOW)
LINK = "https://example.org/a"
LINK_CHECK = LinkCheck(
    project_id="p1",
    link=LINK,
    checked_at=NOW,
    state=LinkState.UNREACHABLE,
    fingerprint="etag:1",
    read_at=NOW - timedelta(9),
    changed_after=NOW - timedelta(40),
    gone_since=NOW - timedelta(3),
    dead_since=NOW - timedelta(2),
    unreachable=2,
)
REMARK = Remark("w1", "r1", "bob", NOW, "The page is *empty*.")
SCORECARD = Scorecard(
    framework_id="poc_to_production",
    framework_version="1.0",
    exposure=2,
    target=4,
    stage=2,
    readiness=1,
    optimistic=3,
    standing=Standing.AHEAD,
    next_stage=3,
    move_allowed=False,
    findings=(
        Finding("data", FindingKind.MISSING, Severity.CRITICAL, "exposure", 2, 3, 0, 0),
        Finding("value", FindingKind.UNKNOWN, Severity.HIGH, "next", 3, 2, None, 0),
    ),
    barriers={"trust": 0.1 + 0.2, "skills": 4.0},
    compounding=True,
    index=37,
    exclusions=("safety",),
)
MILESTONE = Milestone("m1", "p1", "a1", 1, NOW, "poc_to_production", "1.0", SCORECARD, ("r1",), "completed")
LEVELS = (
    ProjectLevel("data", "trust", 0, 0, 3, 1, Severity.CRITICAL),
    ProjectLevel("value", "skills", None, 0, 2, 2, Severity.HIGH),
)
HOLD = Hold(Lifts.STAGE, 1, 2, ("data", "value"), 2, "", 1)
FORECAST = Forecast("m1", "p1", NOW, HOLD)
BLOCKER = Blocker(
    id="b1",
    project_id="p1",
    dimension_id="data",
    kind=FindingKind.MISSING,
    severity=Severity.CRITICAL,
    found_at=NOW,
    found_by="m1",
    stage=2,
    need=3,
    reopened_at=NOW + timedelta(days=9),
    reopened_by="m1",
    reopenings=1,
)
REASONS = (Reason(Arm.OVER_PROMISE, (Quote("r1", "data", "latency"), Quote("r1", "data")), {"percent": 12}),)
RAISED = RaisedTrap("t1", "p1", "no-business-case", TrapSeverity.HIGH, REASONS, NOW, "m1", told_by="m1")
CORRECTION = Correction("c1", "t1", "bob", NOW, REASONS, "It paid back <!channel> in May")
COMMITMENT = Commitment("k1", "p1", "data", "bob", 2, NOW, date(2026, 4, 1), CommitmentState.IN_PROGRESS)
CLAIM = Claim("c1", "p1", "b1", "bob", NOW, "fixed <b>", "https://example.org/b")
WAIVER = Waiver("w1", "p1", "data", "ada", "bob", NOW, NOW + timedelta(days=30), 2, "so", WaiverState.APPROVED, NOW)
EVENTS = [
    BlockerEvent("b1", NOW, Happening.FOUND, Severity.CRITICAL, milestone_id="m1"),
    BlockerEvent("b1", NOW, Happening.CLAIMED, Severity.HIGH, person_id="bob"),
]
SHARED = SharedFinding("s1", "data", NOW)
FRAMEWORK = FrameworkVersion(FrameworkKey("claims", "1.0"), {"en": "Claims", "de": "Schäden"}, NOW, "ada")
FRAMEWORK_TEXT = "id: claims\n# Grüße 🙂\n"
NOTICE = Notice("n1", NoticeKind.ALERT, "m1", place_id="here", parameters={"a": "b"}, due_at=NOW)


SUBSCRIPTION = Subscription("d1", "p1", "here", None, "Europe/Berlin", NOW, "ada")


def fill(tx: Transaction) -> None:
    """Store one of everything; the blockers and the milestone in the order a scoring may choose."""
    tx.people.add(PERSON)
    tx.people.add(BOB)
    tx.places.add(PLACE)
    tx.projects.add(PROJECT)
    tx.assessments.add(ASSESSMENT)
    tx.interviews.add(INTERVIEW)
    tx.answers.add(ANSWER)
    tx.portfolio.save_levels("p1", LEVELS)
    tx.blockers.add(BLOCKER)
    tx.milestones.add(MILESTONE)
    tx.holds.save("p1", HOLD)
    tx.forecasts.add(FORECAST)
    tx.traps.add(RAISED)
    tx.traps.correct(CORRECTION)
    tx.commitments.add(COMMITMENT)
    tx.claims.add(CLAIM)
    tx.waivers.add(WAIVER)
    for event in EVENTS:
        tx.blocker_events.add(event)
    tx.shared_findings.add(SHARED)
    tx.notices.put(NOTICE)
    tx.remarks.add(REMARK)
    tx.handovers.add(HANDOVER)
    tx.contests.add(CONTEST)
    tx.checks.add(CHECK)
    tx.link_checks.save(LINK_CHECK)
    tx.subscriptions.save(SUBSCRIPTION)
    tx.saved_filters.save("ada", "stuck", "blocked")
    tx.settings.save(OrganizationSettings("here", 7))
    tx.frameworks.add(FRAMEWORK, FRAMEWORK_TEXT)
    tx.frameworks.choose(FRAMEWORK.key)
    tx.first_arrival("event")
    tx.record("project.added", "p1", "ada", {"key": "churn"})
