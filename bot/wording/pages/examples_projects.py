"""One card for every page of projects, portfolio, home and help, as full as it gets: for the tests of the limits."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.readiness.assessment import (
    Answer,
    AnswerKind,
    Evidence,
    EvidenceStrength,
    Person,
    Project,
    Summary,
)
from bot.readiness.blockers import Blocker
from bot.readiness.cards import Change, ConnectCode, Connected, FormOffer, HelpCard, HelpRow, Welcome
from bot.readiness.digests import First, Moved, ProjectGap
from bot.readiness.framework import Action, Barrier, Dimension, Framework, Level, Practice, Role, Stage, Text
from bot.readiness.framework_versions import Outdated, Unlike
from bot.readiness.interview import Interview, Phase
from bot.readiness.milestone import Milestone
from bot.readiness.organization import Behind, Condition, Failed, OrganizationStage
from bot.readiness.portfolio import Census
from bot.readiness.project_cards import (
    ArchiveCard,
    BarrierCount,
    BarrierLine,
    BlockersCard,
    BoundCard,
    HistoryCard,
    HomeCard,
    MoveCard,
    MovedCard,
    OpenBlocker,
    OpenQuestions,
    OverviewCard,
    PortfolioBrief,
    Progress,
    ProjectForm,
    ProjectSaved,
    ReceiptCard,
    RolesCard,
    StatusCard,
)
from bot.readiness.receipts import receipt
from bot.readiness.schedule_cards import Reach
from bot.readiness.scoring import Severity, Standing, rate_all, score
from bot.readiness.steps import next_step
from bot.wording.engine import Words
from bot.wording.pages.commands import command_descriptions

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ZONE = "Europe/Berlin"


def _both(text: str) -> Text:
    return {"en": text}


def _dimension(number: int) -> Dimension:
    name = f"Dimension {number} of the readiness checklist"
    return Dimension(
        id=f"dimension-{number}",
        code=f"D{number}",
        name=_both(name),
        question=_both(f"Where does {name} stand?"),
        probes=(),
        primary=f"barrier-{number % 5}",
        secondary=None,
        bars={2: 1, 3: 2, 4: 3, 5: 4},
        levels=tuple(
            Level(level, _both(f"Level {level}, in a label of sixty characters at the very most"), _both(f"At {level}"))
            for level in range(5)
        ),
        proofs=(),
        actions=tuple(
            Action(to, _both("Write the steps down, rehearse them once outside production, keep it."), ("K1",))
            for to in range(1, 5)
        ),
        role="role-0",
        strict_evidence=True,
    )


def _framework() -> Framework:
    names = ("Experimentation", "Formalized POC", "Production pilot", "Scaled deployment", "AI-optimized organization")
    dimensions = tuple(_dimension(number) for number in range(10))
    gate = frozenset(dimension.id for dimension in dimensions)
    return Framework(
        id="example",
        version="1",
        method="cumulative",
        name=_both("Example"),
        dimensions=dimensions,
        barriers=tuple(Barrier(f"barrier-{n}", f"B{n}", _both(f"Barrier {n}"), _both("It blocks.")) for n in range(5)),
        stages=tuple(
            Stage(number, f"stage-{number}", _both(name), _both(name), _both(name), _both("Limited real users"), gate)
            for number, name in enumerate(names, start=1)
        ),
        practices=(Practice("K1", "practice", _both("Design for scale"), _both("From the start.")),),
        roles=tuple(Role(f"role-{number}", _both(f"Role {number}")) for number in range(7)),
        traps=(),
        default_targets={1: 1, 2: 3, 3: 4, 4: 4, 5: 5},
        intervals={1: 90, 2: 45, 3: 30, 4: 90, 5: 180},
    )


FRAMEWORK = _framework()
NEWER = replace(FRAMEWORK, version="2")
OLIVIA = Person("olivia", "Olivia Brandt", ZONE, "en", "U0OLIVIA", is_admin=True)
MEI = Person("mei", "Mei Tanaka", "Asia/Singapore", "en", "U0MEI", is_manager=True)
SUMMARY = Summary("m1", 1, 1, 3, "ahead_of_readiness", 40, 9, 7, 0, NOW - timedelta(days=21))
PROJECT = Project(
    id="p1",
    key="churn",
    name="Churn prediction",
    owner_id="olivia",
    exposure=3,
    created_at=NOW - timedelta(days=90),
    business_function="Customer success",
    team="Growth",
    target=4,
    target_date=date(2027, 3, 1),
    place_id="place",
    roles={"role-0": "mei"},
    summary=SUMMARY,
)


LINKED = Evidence(EvidenceStrength.LINKED, "https://wiki.example/record")


def _answers() -> tuple[Answer, ...]:
    """A level without a link, one with, one not known, one too low; the last dimension is not answered."""
    made = []
    for number, dimension in enumerate(FRAMEWORK.dimensions[:-1]):
        known = number % 4 != 2
        made.append(
            Answer(
                id=f"a{number}",
                project_id="p1",
                assessment_id="as1",
                interview_id="i1",
                dimension_id=dimension.id,
                respondent_id="mei",
                kind=AnswerKind.LEVEL if known else AnswerKind.UNKNOWN,
                answered_at=NOW - timedelta(days=21),
                level=number % 4 if known else None,
                evidence=LINKED if number % 4 == 1 else Evidence(),
                note="We rehearsed it in spring, and the *record* is in the wiki. " * 6,
            )
        )
    return tuple(made)


ANSWERS = _answers()
RATINGS = rate_all(FRAMEWORK, ANSWERS, PROJECT.roles)
SCORECARD = score(FRAMEWORK, PROJECT.exposure, PROJECT.target, RATINGS)


def open_blockers() -> tuple[OpenBlocker, ...]:
    """What blocks the example project."""
    return tuple(
        OpenBlocker(
            blocker=Blocker(
                id=f"b-{finding.dimension_id}",
                project_id="p1",
                dimension_id=finding.dimension_id,
                kind=finding.kind,
                severity=finding.severity,
                found_at=NOW - timedelta(days=21),
                found_by="m1",
                stage=finding.stage,
                need=finding.need,
                reopened_at=NOW - timedelta(days=9),
                reopened_by="m1",
                reopenings=1,
            ),
            dimension=(dimension := FRAMEWORK.dimension(finding.dimension_id)),
            barrier=FRAMEWORK.barrier(dimension.primary),
            age=21,
            owner=MEI,
        )
        for finding in SCORECARD.blockers
    )


def _status() -> StatusCard:
    lines = tuple(
        BarrierLine(
            barrier,
            SCORECARD.barriers[barrier.id],
            tuple(f for f in SCORECARD.blockers if FRAMEWORK.dimension(f.dimension_id).primary == barrier.id),
        )
        for barrier in FRAMEWORK.barriers
    )
    return StatusCard(
        project=PROJECT,
        framework=FRAMEWORK,
        owner=OLIVIA,
        zone=ZONE,
        may_steer=True,
        may_read=True,
        scorecard=SCORECARD,
        taken_at=NOW - timedelta(days=21),
        next_step=next_step(FRAMEWORK, SCORECARD, RATINGS),
        barriers=tuple(line for line in lines if line.blockers),
        progress=Progress(
            "as2", 7, 10, (MEI, OLIVIA), NOW + timedelta(days=5), hindered=(Reach(MEI, date(2026, 12, 1)),)
        ),
        waiting=2,
        place_id="place",
    )


def _history() -> HistoryCard:
    milestones = tuple(
        Milestone(
            id=f"m{number}",
            project_id="p1",
            assessment_id="as1",
            sequence=number,
            taken_at=NOW - timedelta(days=30 * (12 - number)),
            framework_id="example",
            framework_version="1",
            scorecard=SCORECARD,
            cause=("completed", "closed", "edited", "moved", "aged", "dated")[number % 6],
        )
        for number in range(12, 0, -1)
    )
    changes = tuple(Change(FRAMEWORK.dimension(answer.dimension_id), None, answer, MEI) for answer in ANSWERS)
    return HistoryCard(
        PROJECT,
        FRAMEWORK,
        milestones,
        changes,
        ZONE,
        outdated=Outdated(FRAMEWORK, NEWER),
        unlike=Unlike(FRAMEWORK, NEWER),
    )


CENSUS = Census(
    crossings={(0, 1): 12, (1, 1): 60, (1, 2): 40, (2, 2): 50, (2, 3): 30, (3, 3): 40, (4, 4): 7, (5, 5): 1},
    standings={Standing.AHEAD: 70, Standing.IN_STEP: 150, Standing.READY: 8},
    blockers=60,
    blocked=40,
    waivers=5,
    debtors=4,
    late=2,
    overdue=9,
)


def _overview() -> OverviewCard:
    blockers = tuple((PROJECT, each) for each in open_blockers()[:5])
    failed = Failed(4, Condition.MOST_IN_STEP, 3, 16, Behind(exposed=3, ahead=True))
    return OverviewCard(
        framework=FRAMEWORK,
        census=CENSUS,
        organization=OrganizationStage(3, failed),
        zone=ZONE,
        held_back_by=First((PROJECT,) * 3, 17),
        barriers=tuple(BarrierCount(barrier, 9, 7, Severity.CRITICAL) for barrier in FRAMEWORK.barriers),
        shared=FRAMEWORK.dimensions[:3],
        blockers=blockers,
        projects=(PROJECT,) * 10,
        moved=First((Moved(PROJECT, 3, 2), Moved(PROJECT, 2, 3), Moved(PROJECT, None, 1)), 5),
        critical=First((ProjectGap(PROJECT, FRAMEWORK.dimensions[0]),) * 3, 4),
        changed=12,
    )


def _home() -> HomeCard:
    interview = Interview(
        id="i2",
        project_id="p1",
        assessment_id="as2",
        respondent_id="olivia",
        questions=tuple(dimension.id for dimension in FRAMEWORK.dimensions),
        opened_at=NOW,
        phase=Phase.PAUSED,
        answered=frozenset({"dimension-0"}),
    )
    return HomeCard(
        person=OLIVIA,
        framework=FRAMEWORK,
        questions=(OpenQuestions(PROJECT, interview),) * 10,
        projects=(PROJECT,) * 10,
        projects_total=31,
        blockers=tuple((PROJECT, each) for each in open_blockers()[:8]),
        blockers_total=70,
        open_ids=frozenset(),
        steered_ids=frozenset({"p1"}),
        portfolio=PortfolioBrief(240, 30, 60, 12),
    )


def examples() -> Mapping[str, object]:
    """Page name -> card."""
    short = tuple(finding for finding in SCORECARD.findings if finding.against == "exposure")
    return {
        "project_form": ProjectForm(FRAMEWORK, OLIVIA, PROJECT, "C0CHURN", {"role-0": MEI}),
        "project_saved": ProjectSaved(PROJECT, OLIVIA, is_new=True, may_steer=True, bound=False),
        "move_choices": MoveCard(PROJECT, FRAMEWORK, (4, 2, 1), short),
        "moved": MovedCard(PROJECT, FRAMEWORK, 2, short),
        "bound": BoundCard(PROJECT, 2),
        "archive_question": ArchiveCard(PROJECT, done=False, is_open=True),
        "archived": ArchiveCard(PROJECT, done=True),
        "roles": RolesCard((OLIVIA,), (MEI,), changed=MEI),
        "status": _status(),
        "why": ReceiptCard(
            project=PROJECT,
            framework=FRAMEWORK,
            receipt=receipt(FRAMEWORK, SCORECARD, RATINGS, ANSWERS, NOW),
            answers={answer.id: answer for answer in ANSWERS},
            people={"mei": MEI},
            zone=ZONE,
            so_far=True,
        ),
        "blockers": BlockersCard(PROJECT, FRAMEWORK, open_blockers(), is_assessed=True, may_start=True, zone=ZONE),
        "history": _history(),
        "overview": _overview(),
        "home": _home(),
        "help": HelpCard(tuple(HelpRow(*each, "<project>") for each in command_descriptions(Words("en")))),
        "form_offer": FormOffer("edit", "p1"),
        "connect_code": ConnectCode("K7WX-M2PD", 15),
        "connected": Connected(OLIVIA),
        "welcome": Welcome(direct=True, released=1),
        "welcome_channel": Welcome(direct=False),
    }
