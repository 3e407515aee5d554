"""Cards of projects, of the portfolio and of a person's home, ready to be worded. Nothing here holds a sentence.

`zone` is the reader's time zone (IANA): a page writes its dates there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.readiness.assessment import Answer, Person, Project
from bot.readiness.blockers import Blocker, BlockerEvent, BlockerState, Claim, GapAct
from bot.readiness.cards import Change
from bot.readiness.commitments import Commitment, Holding
from bot.readiness.digests import First, Moved, ProjectGap
from bot.readiness.framework import Barrier, Dimension, Framework
from bot.readiness.framework_versions import Outdated, Unlike
from bot.readiness.interview import Interview
from bot.readiness.leverage_cards import ShownForecast, ShownLever
from bot.readiness.milestone import Milestone
from bot.readiness.organization import OrganizationStage
from bot.readiness.ownership import Lowered
from bot.readiness.portfolio import Census
from bot.readiness.receipts import Receipt
from bot.readiness.respondent_cards import HandedLine
from bot.readiness.schedule_cards import Reach
from bot.readiness.scoring import Finding, Notch, Scorecard, Severity
from bot.readiness.steps import NextStep
from bot.readiness.traps_cards import ShownTrap
from bot.readiness.waivers import Waiver


@dataclass(frozen=True, slots=True)
class ProjectForm:
    """The form of a project: empty with `owner` as its owner, or filled with `project`.

    `channel` is the platform's id of the bound channel, `roles` maps a role's id to the person who holds it.
    """

    framework: Framework
    owner: Person
    project: Project | None = None
    channel: str = ""
    roles: Mapping[str, Person] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProjectSaved:
    """A project was made or changed. `may_steer`: the reader may start its assessments and edit it."""

    project: Project
    owner: Person
    is_new: bool
    may_steer: bool
    bound: bool


@dataclass(frozen=True, slots=True)
class MoveCard:
    """Which exposure can be declared, and what would be short at the next one (None: nothing assessed yet).

    `against` are the traps that speak against the next one.
    `waived` maps dimensions to when their waivers end; for the `waivable` ones of the rest a waiver can be asked.
    """

    project: Project
    framework: Framework
    levels: tuple[int, ...]
    short: tuple[Finding, ...] | None
    against: tuple[ShownTrap, ...] = ()
    waived: Mapping[str, datetime] = field(default_factory=dict)
    waivable: tuple[Dimension, ...] = ()
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class MovedCard:
    """A declared exposure, and what is short there (None: nothing assessed yet). `before` equals it if told twice."""

    project: Project
    framework: Framework
    before: int
    short: tuple[Finding, ...] | None


@dataclass(frozen=True, slots=True)
class BoundCard:
    """A channel now belongs to a project; `released` messages had waited for it."""

    project: Project
    released: int


@dataclass(frozen=True, slots=True)
class ArchiveCard:
    """The question before archiving, or (`done`) that it is archived."""

    project: Project
    done: bool
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class RolesCard:
    """Who is admin and who manager. `changed` was just set; `kept` is the last admin, who stays one."""

    admins: tuple[Person, ...]
    managers: tuple[Person, ...]
    changed: Person | None = None
    kept: Person | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """An open assessment: how much is answered, whom it waits for, until when; `handed` is with somebody else now.

    `hindered`: those of them who are away or are not reminded, for whoever steers the project.
    """

    assessment_id: str
    answered: int
    total: int
    waiting_for: tuple[Person, ...]
    deadline: datetime
    handed: tuple[HandedLine, ...] = ()
    hindered: tuple[Reach, ...] = ()


@dataclass(frozen=True, slots=True)
class BarrierLine:
    """A barrier of one project with its exposure X (0 to 4) and the blockers behind it, heaviest first."""

    barrier: Barrier
    exposure: float
    blockers: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class StatusCard:
    """Where a project stands.

    `scorecard` is None while nobody has answered; `so_far` when it comes from an assessment that is still open.
    `waived` maps dimensions to when their waivers end, `holdings` to who closes their gaps.
    `taken_at` is when the result was taken. `waiting` messages cannot reach its channel;
    `token_fault` is the platform's word when it no longer takes anything from us.
    """

    project: Project
    framework: Framework
    owner: Person
    zone: str
    may_steer: bool
    may_read: bool
    scorecard: Scorecard | None = None
    taken_at: datetime | None = None
    so_far: bool = False
    next_step: NextStep | None = None
    barriers: tuple[BarrierLine, ...] = ()
    progress: Progress | None = None
    waiting: int = 0
    place_id: str = ""
    token_fault: str = ""
    traps: tuple[ShownTrap, ...] = ()
    waived: Mapping[str, datetime] = field(default_factory=dict)
    holdings: Mapping[str, Holding] = field(default_factory=dict)
    outdated: Outdated | None = None


@dataclass(frozen=True, slots=True)
class ReceiptCard:
    """The proof of a stage: the rule that caps it, and every answer. `answers` by id, `people` by id."""

    project: Project
    framework: Framework
    receipt: Receipt
    answers: Mapping[str, Answer]
    people: Mapping[str, Person]
    zone: str
    reader_id: str = ""
    so_far: bool = False
    lowered: tuple[Lowered, ...] = ()
    traps: tuple[ShownTrap, ...] = ()
    outdated: Outdated | None = None


@dataclass(frozen=True, slots=True)
class OpenBlocker:
    """A blocker with where it stands, how old it is and how long past its due day, both in whole days.

    `owner` has taken it on. `claim` is the newest word that it is resolved, `waiver` the exception asked for or valid;
    `acts` are what its reader can do. `up_to`: how heavy what is unknown may turn out.
    """

    blocker: Blocker
    dimension: Dimension
    barrier: Barrier
    age: int
    owner: Person | None = None
    due: date | None = None
    overdue: int = 0
    state: BlockerState = BlockerState.OPEN
    claim: Claim | None = None
    claimant: Person | None = None
    waiver: Waiver | None = None
    approver: Person | None = None
    notch: Notch | None = None
    acts: tuple[GapAct, ...] = ()
    events: tuple[BlockerEvent, ...] = ()
    up_to: Severity | None = None


@dataclass(frozen=True, slots=True)
class BlockersCard:
    """The open blockers of a project, heaviest first, from the `start`-th on. `is_assessed`: there is a result."""

    project: Project
    framework: Framework
    blockers: tuple[OpenBlocker, ...]
    is_assessed: bool
    may_start: bool
    zone: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class HistoryCard:
    """Milestones, newest first, and what changed between the last two (empty for those who may not read answers).

    `debts` maps a milestone's id to how many waivers were valid when it was taken. `forecasts` stand newest first.
    """

    project: Project
    framework: Framework
    milestones: tuple[Milestone, ...]
    changes: tuple[Change, ...]
    zone: str
    debts: Mapping[str, int] = field(default_factory=dict)
    outdated: Outdated | None = None
    unlike: Unlike | None = None
    may_read: bool = False
    forecasts: tuple[ShownForecast, ...] = ()


@dataclass(frozen=True, slots=True)
class BarrierCount:
    """A barrier over the portfolio: its open blockers, in how many projects, and the heaviest of them."""

    barrier: Barrier
    blockers: int
    projects: int
    heaviest: Severity


@dataclass(frozen=True, slots=True)
class OverviewCard:
    """The portfolio: every active project counted, the first of each list shown with how many there are.

    `census` counts, and `framework` names its stages and barriers. `held_back_by` are the projects behind the
    organization's failing condition, `shared` the dimensions that block half of the advancing projects. `barriers` are
    ranked, `blockers` heaviest first, then oldest; `projects` stand ahead of readiness first, then the most blocked.
    `moved` and `critical` tell what is other than a week ago, `changed` how many projects are. Waived blockers count
    nowhere; `debts` maps a project's id to its valid waivers. `rated_by_others` are the frameworks and versions that
    made results beside `framework`, with how many; `no_barrier` counts the blockers whose barrier it does not name.
    `lever` is the dimension that alone lifts most projects.
    """

    framework: Framework
    census: Census
    organization: OrganizationStage
    zone: str
    held_back_by: First[Project] = field(default_factory=First)
    barriers: tuple[BarrierCount, ...] = ()
    shared: tuple[Dimension, ...] = ()
    blockers: tuple[tuple[Project, OpenBlocker], ...] = ()
    projects: tuple[Project, ...] = ()
    moved: First[Moved] = field(default_factory=First)
    critical: First[ProjectGap] = field(default_factory=First)
    changed: int = 0
    debts: Mapping[str, int] = field(default_factory=dict)
    rated_by_others: tuple[tuple[Framework, int], ...] = ()
    no_barrier: int = 0
    lever: ShownLever | None = None


@dataclass(frozen=True, slots=True)
class OpenQuestions:
    """An interview that waits for its respondent."""

    project: Project
    interview: Interview


@dataclass(frozen=True, slots=True)
class PortfolioBrief:
    """The portfolio in one line: projects, those ahead of readiness, open blockers, those never assessed.

    `filters` are those that the reader keeps, by name.
    """

    projects: int
    ahead: int
    blockers: int
    unassessed: int
    filters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TakenOn:
    """A gap that somebody has taken on, and how many whole days it is overdue."""

    project: Project
    dimension: Dimension
    commitment: Commitment
    overdue: int


@dataclass(frozen=True, slots=True)
class HomeCard:
    """A person's home.

    `projects` are the first of `projects_total`, `blockers` the heaviest of `blockers_total`; waived ones count
    nowhere. `open_ids` are the projects with an open assessment, `steered_ids` those the person may start and edit.
    `debts` maps a project's id to its valid waivers, `taken` is what the person has promised. `portfolio` is for
    managers and admins.
    """

    person: Person
    framework: Framework
    questions: tuple[OpenQuestions, ...]
    projects: tuple[Project, ...]
    projects_total: int
    blockers: tuple[tuple[Project, OpenBlocker], ...]
    blockers_total: int = 0
    open_ids: frozenset[str] = frozenset()
    steered_ids: frozenset[str] = frozenset()
    debts: Mapping[str, int] = field(default_factory=dict)
    taken: tuple[TakenOn, ...] = ()
    portfolio: PortfolioBrief | None = None
