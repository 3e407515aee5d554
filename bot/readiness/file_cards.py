"""Cards of what is delivered as files, and of two milestones side by side. Nothing here holds a sentence."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.readiness.assessment import Answer, Assessment, Person, Project
from bot.readiness.blockers import Blocker, BlockerEvent, Claim
from bot.readiness.cards import Change
from bot.readiness.commitments import Commitment
from bot.readiness.contested import Contest
from bot.readiness.export_format import ExportFormat
from bot.readiness.forecasts import Forecast
from bot.readiness.framework import Dimension, Framework
from bot.readiness.framework_versions import Unlike
from bot.readiness.handovers import Handover
from bot.readiness.interview import Interview
from bot.readiness.milestone import Milestone
from bot.readiness.portfolio import ProjectLevel
from bot.readiness.project_cards import BlockersCard, ReceiptCard, StatusCard
from bot.readiness.remarks import Remark
from bot.readiness.scorecard import Rating
from bot.readiness.trap_watch import Correction, RaisedTrap
from bot.readiness.waivers import Waiver


@dataclass(frozen=True, slots=True)
class ReportCard:
    """Everything that a project's readers may read of it, for `reader`, as of `made_at`.

    `milestones` stand oldest first, the last one is what the report shows; there is none while the first assessment
    is still open. `changes` are those since the milestone before, `ratings` what counts by
    dimension id.
    """

    status: StatusCard
    proof: ReceiptCard
    blockers: BlockersCard
    milestones: tuple[Milestone, ...]
    changes: tuple[Change, ...]
    ratings: Mapping[str, Rating]
    reader: Person
    made_at: datetime

    @property
    def project(self) -> Project:
        """What the report is about."""
        return self.status.project

    @property
    def framework(self) -> Framework:
        """What it was scored by."""
        return self.status.framework


@dataclass(frozen=True, slots=True)
class PictureCard:
    """A project's stage, exposure and index over time; `milestones` oldest first."""

    project: Project
    framework: Framework
    milestones: tuple[Milestone, ...]
    zone: str


@dataclass(frozen=True, slots=True)
class ComparisonCard:
    """Two milestones of a project. `newest` is the number of its latest one.

    `found` and `cleared` are the dimensions that block in one and not in the other; `changes` are the answers that
    differ, None for those who may not read answers.
    """

    project: Project
    framework: Framework
    older: Milestone
    newer: Milestone
    newest: int
    found: tuple[Dimension, ...]
    cleared: tuple[Dimension, ...]
    changes: tuple[Change, ...] | None
    zone: str
    unlike: Unlike | None = None


class Access(StrEnum):
    """How much of a project somebody may see: its answers, or its stages only."""

    ANSWERS = "answers"
    STAGES = "stages"


@dataclass(frozen=True, slots=True)
class ExportedProject:
    """A project with all its history; without `Access.ANSWERS` everything after `milestones` is empty.

    Each list stands in the order in which things happened; `commitments` and `traps` are those that are open.
    `corrections` are of all its traps, each with the trap's id in the framework; `remarks` are about the answers,
    hand-overs and contests that are here. `levels` are of the latest result, `events` of all its blockers. `channel` is
    the platform's id of the one it is bound to, `holders` are the names of its owner and of those who hold a role, by
    id.
    """

    project: Project
    access: Access
    milestones: tuple[Milestone, ...]
    assessments: tuple[Assessment, ...] = ()
    interviews: tuple[Interview, ...] = ()
    answers: tuple[Answer, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    traps: tuple[RaisedTrap, ...] = ()
    handovers: tuple[Handover, ...] = ()
    contests: tuple[Contest, ...] = ()
    claims: tuple[Claim, ...] = ()
    corrections: tuple[tuple[str, Correction], ...] = ()
    remarks: tuple[Remark, ...] = ()
    levels: tuple[ProjectLevel, ...] = ()
    events: tuple[BlockerEvent, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    channel: str = ""
    holders: Mapping[str, str] = field(default_factory=dict)

    @property
    def doubts(self) -> tuple[Remark, ...]:
        """What was said about the evidence of answers."""
        answers = {answer.id for answer in self.answers}
        return tuple(remark for remark in self.remarks if remark.subject in answers)


@dataclass(frozen=True, slots=True)
class ExportCard:
    """Everything that `reader` may see, of the projects that `filters` choose ("": of all), or of the one `named`.

    It is read while it is written, within the transaction that made it: `projects` can be gone through once, and
    `people` then gives those who were named. `unread` projects are left out, as the filters read levels and theirs
    are not for the reader.
    """

    framework: Framework
    reader: Person
    made_at: datetime
    projects: Iterable[ExportedProject]
    people: Callable[[], Iterable[Person]]
    format: ExportFormat = ExportFormat.ALL
    named: Project | None = None
    filters: str = ""
    unread: int = 0


@dataclass(frozen=True, slots=True)
class FilesHeldCard:
    """Files for somebody wait because the platform would not take them; `reason` is its own word."""

    reason: str
