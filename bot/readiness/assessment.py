"""Projects, assessments, answers: what people told us, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class EvidenceStrength(StrEnum):
    """How well an answer is backed. Verified means: by someone other than the claimant, and still valid."""

    ASSERTED = "asserted"
    LINKED = "linked"
    VERIFIED = "verified"


class AnswerKind(StrEnum):
    """What somebody said about a dimension. Unlike things are stored apart, even where they count the same."""

    LEVEL = "level"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Cadence(StrEnum):
    """How often a project is reassessed; automatic follows its exposure, CRON a rule of its own."""

    AUTOMATIC = "automatic"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    CRON = "cron"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What backs an answer, and how strong it is.

    `given_at` is when the link was given or last confirmed (None: with the answer); `verified_by` is the person other
    than the claimant who has checked it, `verified_at` when.
    """

    strength: EvidenceStrength = EvidenceStrength.ASSERTED
    link: str | None = None
    given_at: datetime | None = None
    verified_by: str | None = None
    verified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A respondent's answer for one dimension, dated. Never changed: an edit is a new answer that supersedes it.

    `level` is 0 to 4 for kind LEVEL, else None. `reason` is the code a *not applicable* needs; `approved_by` is the
    person other than the claimant who agreed to it (until then it counts as unknown). `facts` are what follow-ups
    asked for: field id of the framework -> the person's own words.
    """

    id: str
    project_id: str
    assessment_id: str
    interview_id: str
    dimension_id: str
    respondent_id: str
    kind: AnswerKind
    answered_at: datetime
    level: int | None = None
    evidence: Evidence = Evidence()
    note: str = ""
    reason: str | None = None
    approved_by: str | None = None
    unchanged: bool = False
    supersedes_id: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the organization. `account` is their id on the platform they spoke from."""

    id: str
    name: str
    timezone: str = "UTC"
    language: str = "en"
    account: str = ""
    is_admin: bool = False
    is_manager: bool = False
    home_opened: bool = False

    @property
    def is_known(self) -> bool:
        """Whether they have a name here, or were only named by others, by their account."""
        return self.name != self.account


@dataclass(frozen=True, slots=True)
class Place:
    """A channel the bot may post into, as bound to a project. `channel` is the platform's id."""

    id: str
    channel: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """An AI project under governance.

    `exposure` (E, 1 to 5) is a fact asked separately: who already feels the system. `target` None means the default
    of the framework. `roles` maps a role id to the person who answers for it. `summary` is what the last scoring
    left for fast reading; None until the first assessment is complete. `cadence_rule` and `cadence_zone` are the cron
    expression and the IANA zone it is read in, "" for every other cadence. `hastened_at` is when something happened
    that asks for an earlier reassessment; None once one was opened. `place_id` is its channel, `also_place_id` one on
    another platform, which hears of stage and blockers, too.
    """

    id: str
    key: str
    name: str
    owner_id: str
    exposure: int
    created_at: datetime
    business_function: str = ""
    team: str = ""
    target: int | None = None
    target_date: date | None = None
    cadence: Cadence = Cadence.AUTOMATIC
    cadence_rule: str = ""
    cadence_zone: str = ""
    hastened_at: datetime | None = None
    place_id: str | None = None
    also_place_id: str | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    archived_at: datetime | None = None
    summary: "Summary | None" = None

    @property
    def place_ids(self) -> tuple[str, ...]:
        """The channels that hear of it: its own, and the one on another platform."""
        return tuple(filter(None, (self.place_id, self.also_place_id)))


@dataclass(frozen=True, slots=True)
class Summary:
    """The latest milestone of a project in one row: what lists and overviews read.

    `framework_id` and `framework_version` made it; "" in one that was written before they were kept. `founded`: it
    holds the second stage's bars on that stage's gate. `compounding`: three barriers or more have a blocker, waived or
    not. `changed_at` is when stage, index or blockers were last other than before.
    """

    milestone_id: str
    stage: int
    readiness: int
    optimistic: int
    standing: str
    index: int
    blockers: int
    critical: int
    exclusions: int
    assessed_at: datetime
    framework_id: str = ""
    framework_version: str = ""
    founded: bool = False
    compounding: bool = False
    changed_at: datetime | None = None


class AssessmentState(StrEnum):
    """Where an assessment is. Only completion writes a milestone and raises alerts."""

    OPEN = "open"
    COMPLETE = "complete"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Assessment:
    """One rating of one project at one time, with the framework version it is scored by."""

    id: str
    project_id: str
    framework_id: str
    framework_version: str
    opened_at: datetime
    opened_by: str
    deadline: datetime
    state: AssessmentState = AssessmentState.OPEN
    completed_at: datetime | None = None
