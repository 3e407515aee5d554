"""Cards of projects, of the portfolio and of a person's home, ready to be worded. Nothing here holds a sentence.

`zone` is the reader's time zone (IANA): a page writes its dates there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.readiness.assessment import Answer, Person, Project
from bot.readiness.blockers import Blocker
from bot.readiness.cards import Change
from bot.readiness.framework import Barrier, Dimension, Framework
from bot.readiness.interview import Interview
from bot.readiness.milestone import Milestone
from bot.readiness.organization import OrganizationStage
from bot.readiness.receipts import Receipt
from bot.readiness.scoring import Finding, Scorecard, Severity
from bot.readiness.steps import NextStep


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
    """Which exposure can be declared, and what would be short at the next one (None: nothing assessed yet)."""

    project: Project
    framework: Framework
    levels: tuple[int, ...]
    short: tuple[Finding, ...] | None


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
    """An open assessment: how many questions are answered, whom it waits for, until when."""

    assessment_id: str
    answered: int
    total: int
    waiting_for: tuple[Person, ...]
    deadline: datetime


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


@dataclass(frozen=True, slots=True)
class OpenBlocker:
    """A blocker with where it stands and how old it is, in whole days."""

    blocker: Blocker
    dimension: Dimension
    barrier: Barrier
    age: int
    owner: Person | None = None


@dataclass(frozen=True, slots=True)
class BlockersCard:
    """The open blockers of a project, heaviest first. `is_assessed`: there is a result at all."""

    project: Project
    framework: Framework
    blockers: tuple[OpenBlocker, ...]
    is_assessed: bool
    may_start: bool
    zone: str


@dataclass(frozen=True, slots=True)
class HistoryCard:
    """Milestones, newest first, and what changed between the last two (empty for those who may not read answers)."""

    project: Project
    framework: Framework
    milestones: tuple[Milestone, ...]
    changes: tuple[Change, ...]
    zone: str
    may_read: bool = False


@dataclass(frozen=True, slots=True)
class BarrierCount:
    """A barrier over the portfolio: its open blockers, in how many projects, and the heaviest of them."""

    barrier: Barrier
    blockers: int
    projects: int
    heaviest: Severity


@dataclass(frozen=True, slots=True)
class OverviewCard:
    """The portfolio: every active project counted, the first of each list shown; the totals say how many there are.

    `stages` and `exposures` map number to how many projects; projects without a result are in `unassessed` only.
    `held_back_by` are the projects behind the organization's failing condition, `shared` the dimensions that block
    half of the advancing projects. `projects` stand ahead of readiness first; `blockers` heaviest first, then oldest.
    """

    framework: Framework
    total: int
    unassessed: int
    stages: Mapping[int, int]
    exposures: Mapping[int, int]
    organization: OrganizationStage
    held_back_by: tuple[Project, ...]
    barriers: tuple[BarrierCount, ...]
    shared: tuple[Dimension, ...]
    blockers: tuple[tuple[Project, OpenBlocker], ...]
    blockers_total: int
    projects: tuple[Project, ...]
    zone: str


@dataclass(frozen=True, slots=True)
class OpenQuestions:
    """An interview that waits for its respondent."""

    project: Project
    interview: Interview


@dataclass(frozen=True, slots=True)
class PortfolioBrief:
    """The portfolio in one line: projects, those ahead of readiness, open blockers, those never assessed."""

    projects: int
    ahead: int
    blockers: int
    unassessed: int


@dataclass(frozen=True, slots=True)
class HomeCard:
    """A person's home.

    `projects` are the first of `projects_total`, `blockers` the heaviest of `blockers_total`. `open_ids` are the
    projects with an open assessment, `steered_ids` those the person may start and edit. `portfolio` is for managers
    and admins.
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
    portfolio: PortfolioBrief | None = None
