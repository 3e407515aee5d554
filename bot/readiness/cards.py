"""What a use case found out, ready to be worded: one value per page. Nothing here holds a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.readiness.assessment import Answer, Person, Project
from bot.readiness.blockers import Blocker
from bot.readiness.commitments import Holding
from bot.readiness.evidence_cards import AgedLine
from bot.readiness.framework import Barrier, Dimension, Framework, Trap
from bot.readiness.framework_versions import Unlike
from bot.readiness.gap_cards import GapNews
from bot.readiness.interview import Interview
from bot.readiness.interview_cards import Asked
from bot.readiness.leverage_cards import ShownForecast
from bot.readiness.matching import Proposal, still_meant
from bot.readiness.respondent_cards import HandedQuestion
from bot.readiness.schedule_cards import Reach
from bot.readiness.scoring import Finding, Scorecard
from bot.readiness.steps import NextStep
from bot.readiness.traps_cards import ShownTrap


class QuestionState(StrEnum):
    """What a question's message shows; it is drawn from the state of the interview at the moment it is sent."""

    ASKED = "asked"
    EXPLAINING = "explaining"
    PROVING = "proving"
    TELLING = "telling"
    PROMISING = "promising"
    CHECKING = "checking"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    LEFT = "left"
    HANDED = "handed"
    PAUSED = "paused"
    ASKED_AGAIN = "asked_again"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """One question of an interview, as its respondent sees it now.

    `previous` is last time's answer, whose link leads nowhere since `link_gone_since` (None: it is not dead); `answer`
    what was said this time; `counts_for` the level the answer counts for without a stronger proof, at the stage that
    matters; `zone` the reader's time zone. `asked` is what the answer calls for beyond its level. `matter` is how many
    open questions can still change the result, out of `left`; `may_stop` when none can. `promised` is who closes the
    gap, by when; `handed` how the question came here or where it went; `proposal` the level that the words typed so far
    fit, to be confirmed.
    """

    state: QuestionState
    project: Project
    interview: Interview
    dimension: Dimension
    barrier: Barrier
    previous: Answer | None = None
    link_gone_since: datetime | None = None
    answer: Answer | None = None
    counts_for: int | None = None
    note: str = ""
    said_before: bool = False
    zone: str = "UTC"
    asked: Asked = field(default_factory=Asked)
    matter: int = 0
    left: int = 0
    may_stop: bool = False
    promised: tuple[Person, date] | None = None
    handed: HandedQuestion | None = None
    proposal: Proposal | None = None

    @property
    def undecided(self) -> str:
        """The words typed while this question is asked that a level may be proposed for; "" when there are none."""
        return still_meant(self.interview.notes.get(self.dimension.id, "")) if self.state is QuestionState.ASKED else ""


@dataclass(frozen=True, slots=True)
class InterviewOverCard:
    """The end of one person's interview: what is open there, or with colleagues, and whom the assessment waits for."""

    project: Project
    interview: Interview
    skipped: tuple[Dimension, ...]
    answered: tuple[tuple[Dimension, Answer], ...]
    waiting_for: tuple[Person, ...]
    handed: tuple[Dimension, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A dimension whose counted answer differs from the milestone before."""

    dimension: Dimension
    before: Answer | None
    after: Answer | None
    respondent: Person | None


@dataclass(frozen=True, slots=True)
class ResultCard:
    """The scored result of an assessment, with what changed, the way up, and the traps that stand.

    `waived` maps dimensions to when their waivers end, `holdings` to who closes their gaps. `forecast` is the one that
    this result has judged.
    """

    project: Project
    framework: Framework
    scorecard: Scorecard
    before: Scorecard | None
    changes: tuple[Change, ...]
    next_step: NextStep
    taken_at: datetime
    traps: tuple[ShownTrap, ...] = ()
    waived: Mapping[str, datetime] = field(default_factory=dict)
    holdings: Mapping[str, Holding] = field(default_factory=dict)
    news: GapNews = field(default_factory=GapNews)
    zone: str = "UTC"
    unlike: Unlike | None = None
    forecast: ShownForecast | None = None


@dataclass(frozen=True, slots=True)
class AlertCard:
    """What a project's channel learns of a milestone: the stage, new and cleared blockers, and the answers behind.

    `traps` are new, `gone_traps` found no more; `aged` is evidence that has grown too old since the result before;
    `risen` are blockers that have become critical.
    """

    project: Project
    framework: Framework
    owner: Person
    scorecard: Scorecard
    before: Scorecard | None
    found: tuple[Finding, ...]
    cleared: tuple[Blocker, ...]
    changes: tuple[Change, ...]
    traps: tuple[ShownTrap, ...] = ()
    gone_traps: tuple[Trap, ...] = ()
    waived: Mapping[str, datetime] = field(default_factory=dict)
    news: GapNews = field(default_factory=GapNews)
    unlike: Unlike | None = None
    aged: tuple[AgedLine, ...] = ()
    risen: tuple[Finding, ...] = ()

    @property
    def stage_changed(self) -> bool:
        """First results count as a change."""
        return self.before is None or self.before.stage != self.scorecard.stage


@dataclass(frozen=True, slots=True)
class StartedCard:
    """An assessment was opened: who was asked what, until when, and who of them is away or not reminded."""

    project: Project
    asked: tuple[tuple[Person, tuple[Dimension, ...]], ...]
    deadline: datetime
    zone: str = "UTC"
    hindered: tuple[Reach, ...] = ()


@dataclass(frozen=True, slots=True)
class UnreachableCard:
    """A message for a channel waits because the platform would not take it; told to the owner privately."""

    project: Project | None
    channel: str
    channel_name: str
    place_id: str
    reason: str
    waiting: int


class Act(StrEnum):
    """Something done that needs one short sentence; each has a block of this name in the template `done`."""

    NOTED = "noted"
    KEPT = "kept"
    TURNED_DOWN = "turned_down"
    DAY_WANTED = "day_wanted"
    PAUSED = "paused"
    RESUMED = "resumed"
    WENT_ON = "went_on"
    ALREADY_DONE = "already_done"
    RELEASED = "released"
    CLOSED = "closed"
    AGREED = "agreed"
    VERIFIED = "verified"
    DOUBTED = "doubted"
    CHECK_ASKED = "check_asked"
    HANDED = "handed"
    GIVEN_BACK = "given_back"
    TAKEN_OVER = "taken_over"
    ANSWERED_ALREADY = "answered_already"
    SIDED = "sided"
    ERASED = "erased"
    REPORT_COMES = "report_comes"
    EXPORT_COMES = "export_comes"
    REPORT_OF_PORTFOLIO_COMES = "report_of_portfolio_comes"
    PICTURE_COMES = "picture_comes"
    FILES_COME = "files_come"
    SIMULATION_COMES = "simulation_comes"
    ALL_ASKED = "all_asked"
    SENT_AGAIN = "sent_again"


@dataclass(frozen=True, slots=True)
class Done:
    """An act and its facts, as plain text; `person` is the colleague it concerns, who may be known by account only."""

    act: Act
    facts: Mapping[str, str] = field(default_factory=dict)
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class WhyAsked:
    """The reason a question matters, asked for in the middle of an interview."""

    dimension: Dimension
    barrier: Barrier


@dataclass(frozen=True, slots=True)
class HelpRow:
    """One command: `/command word usage`."""

    command: str
    word: str
    usage: str


@dataclass(frozen=True, slots=True)
class HelpCard:
    """What can be typed; `topic` when one command was asked for."""

    rows: tuple[HelpRow, ...]
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Welcome:
    """The bot was added to a chat (`direct`) or a channel; `released` messages waited for it."""

    direct: bool
    released: int = 0


@dataclass(frozen=True, slots=True)
class ConnectCode:
    """A code to be typed on another platform within so many minutes."""

    code: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Connected:
    """The account that typed the code is this person's now."""

    person: Person


@dataclass(frozen=True, slots=True)
class UnreachedCard:
    """A person is asked about a project, and the platform lets nothing through to them; `reason` is its word."""

    person: Person
    project: Project
    reason: str


@dataclass(frozen=True, slots=True)
class FormOffer:
    """A form was asked for where none can open: a button opens it."""

    press: str
    value: str = ""
