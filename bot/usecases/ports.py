"""What the use cases need from outside, as Protocols. `storage` and `bot.platforms` fulfil them; `bot.app` joins them.

Every repository is bound to one tenant and one transaction; ids are opaque strings; times are aware UTC.
`get` raises KeyError when there is no such row of this tenant.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.chat.incoming import Actor
from bot.chat.view import View
from bot.readiness.assessment import Answer, Assessment, Person, Place, Project
from bot.readiness.blockers import Blocker
from bot.readiness.framework import Framework
from bot.readiness.framework_versions import FrameworkKey, FrameworkVersion, Pinned, pin_of
from bot.readiness.interview import Interview
from bot.readiness.milestone import Milestone
from bot.readiness.notices import Notice


class Clock(Protocol):
    """Tells the time the product lives in; `play` may move it."""

    def now(self) -> datetime: ...


class People(Protocol):
    """Persons and their accounts on the installation that spoke."""

    def get(self, person_id: str) -> Person: ...
    def many(self, person_ids: Iterable[str]) -> Mapping[str, Person]: ...
    def of_account(self, user: str) -> Person | None: ...
    def add(self, person: Person) -> None: ...
    def save(self, person: Person) -> None: ...
    def all(self) -> Sequence[Person]: ...


class Places(Protocol):
    """Channels of the installation that spoke."""

    def get(self, place_id: str) -> Place: ...
    def of_channel(self, channel: str) -> Place | None: ...
    def add(self, place: Place) -> None: ...
    def save(self, place: Place) -> None: ...


class Projects(Protocol):
    """`active` excludes archived ones; order is by key. `keys` names them all for a nearest guess."""

    def get(self, project_id: str) -> Project: ...
    def lock(self, project_id: str) -> Project:
        """Like `get`, and nobody else changes the project, its assessments or its interviews until this is over.

        Whatever changes one of them begins with this, so that all wait in one line and none for another.
        """
        ...

    def by_key(self, key: str) -> Project | None: ...
    def add(self, project: Project) -> None: ...
    def save(self, project: Project) -> None: ...
    def active(self) -> Sequence[Project]: ...
    def keys(self) -> Sequence[str]: ...
    def of_person(self, person_id: str) -> Sequence[Project]: ...
    def of_place(self, place_id: str) -> Sequence[Project]: ...


class Assessments(Protocol):
    """`open_of`: the one assessment of a project that is still open, or None."""

    def get(self, assessment_id: str) -> Assessment: ...
    def add(self, assessment: Assessment) -> None: ...
    def save(self, assessment: Assessment) -> None: ...
    def open_of(self, project_id: str) -> Assessment | None: ...
    def latest_of(self, project_id: str) -> Assessment | None: ...


class Interviews(Protocol):
    """`unfinished_of`: neither finished nor closed, newest first."""

    def get(self, interview_id: str) -> Interview: ...
    def add(self, interview: Interview) -> None: ...
    def save(self, interview: Interview) -> None: ...
    def of_assessment(self, assessment_id: str) -> Sequence[Interview]: ...
    def unfinished_of(self, person_id: str) -> Sequence[Interview]: ...
    def latest_of(self, person_id: str) -> Interview | None: ...


class Answers(Protocol):
    """Append-only. `current`: the latest answer per respondent and dimension of one assessment."""

    def add(self, answer: Answer) -> None: ...
    def get(self, answer_id: str) -> Answer: ...
    def many(self, answer_ids: Iterable[str]) -> Sequence[Answer]: ...
    def current(self, assessment_id: str) -> Sequence[Answer]: ...
    def of_respondent(self, assessment_id: str, respondent_id: str) -> Mapping[str, Answer]: ...
    def before(self, project_id: str, dimension_id: str, assessment_id: str) -> Sequence[Answer]:
        """The current answers for this dimension in the latest *earlier* assessment that has any, newest first."""
        ...


class Milestones(Protocol):
    """Append-only, chained by hash. `of_project`: newest first."""

    def add(self, milestone: Milestone) -> None: ...
    def get(self, milestone_id: str) -> Milestone: ...
    def latest(self, project_id: str) -> Milestone | None: ...
    def of_project(self, project_id: str, limit: int = 50) -> Sequence[Milestone]: ...


class Blockers(Protocol):
    """`open_of` stands in order of severity, then age."""

    def get(self, blocker_id: str) -> Blocker: ...
    def add(self, blocker: Blocker) -> None: ...
    def save(self, blocker: Blocker) -> None: ...
    def open_of(self, project_id: str) -> Sequence[Blocker]: ...
    def all_open(self) -> Sequence[Blocker]:
        """Of active projects."""
        ...

    def found_or_cleared_by(self, milestone_id: str) -> Sequence[Blocker]: ...


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice that could not be delivered: why (a platform's word such as `not_in_channel`), and since when."""

    notice_id: str
    notice: Notice
    reason: str
    since: datetime


class Notices(Protocol):
    """The outbox, seen from a use case. `put` ignores a notice whose key is already there and says False."""

    def put(self, notice: Notice) -> bool: ...
    def held(self, place_id: str) -> Sequence[Waiting]: ...
    def get(self, notice_id: str) -> Waiting: ...
    def token_fault(self) -> str | None:
        """The platform's word for why it no longer knows us, while messages wait because of it."""
        ...

    def release(self, place_id: str) -> int:
        """Make what is held for this place due again; says how many."""
        ...


class Frameworks(Protocol):
    """What an organization brought, append-only, and what it chose as current (None: never chose).

    `add` says False where the version is there already. `assessed` and `asked` map a version to keys of projects:
    those whose latest result it made, and those whose open assessment asks by it.
    """

    @property
    def current(self) -> FrameworkKey | None: ...
    def text(self, key: FrameworkKey) -> str | None: ...
    def add(self, version: FrameworkVersion, text: str) -> bool: ...
    def choose(self, key: FrameworkKey) -> None: ...
    def all(self) -> Sequence[FrameworkVersion]: ...
    def assessed(self) -> Mapping[FrameworkKey, Sequence[str]]: ...
    def asked(self) -> Mapping[FrameworkKey, Sequence[str]]: ...


class Transaction(Protocol):
    """One transaction of one tenant; leaving its context commits, an exception rolls back."""

    @property
    def tenant_id(self) -> str: ...
    @property
    def people(self) -> People: ...
    @property
    def places(self) -> Places: ...
    @property
    def projects(self) -> Projects: ...
    @property
    def assessments(self) -> Assessments: ...
    @property
    def interviews(self) -> Interviews: ...
    @property
    def answers(self) -> Answers: ...
    @property
    def milestones(self) -> Milestones: ...
    @property
    def blockers(self) -> Blockers: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def frameworks(self) -> Frameworks: ...

    def first_arrival(self, key: str) -> bool:
        """Record an inbound key; False if it was recorded before."""
        ...

    def record(self, action: str, subject: str, actor_id: str, facts: Mapping[str, object]) -> None:
        """Append to the audit trail (old values of an edit stand in `facts`)."""
        ...


class Library(Protocol):
    """Frameworks as values, read once per process; `bot.usecases.library` fulfils it.

    `read` raises FrameworkFaults; `of`, `of_assessment` and `of_milestone` raise FrameworkMissing for what is neither
    stored nor shipped.
    """

    @property
    def shipped(self) -> Framework: ...
    def read(self, text: str) -> Framework: ...
    def current(self, tx: Transaction) -> Framework: ...
    def of(self, tx: Transaction, key: FrameworkKey) -> Framework: ...
    def of_assessment(self, tx: Transaction, assessment_id: str) -> Framework: ...
    def of_milestone(self, tx: Transaction, milestone_id: str) -> Framework: ...
    def all_shipped(self) -> Mapping[FrameworkKey, Framework]: ...


class Store(Protocol):
    """Opens transactions. A first contact makes one tenant for its installation."""

    def writing(self, actor: Actor) -> AbstractContextManager[Transaction]: ...
    def reading(self, actor: Actor) -> AbstractContextManager[Transaction]: ...
    def of_tenant(self, tenant_id: str) -> AbstractContextManager[Transaction]: ...
    def reading_tenant(self, tenant_id: str) -> AbstractContextManager[Transaction]: ...
    def installations(self) -> Sequence[tuple[str, str, str]]:
        """(tenant id, platform, the platform's id) of all that ever spoke to us, oldest first."""
        ...

    def past_deadline(self, now: datetime, limit: int = 50) -> Sequence[tuple[str, str]]:
        """(tenant id, assessment id) of open assessments whose deadline is over, oldest first; by index."""
        ...


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a message goes: a person's direct messages (`user`) or a channel; ids are the platform's."""

    platform: str
    installation: str
    user: str | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """An outbox row that this worker may send now.

    ambiguous   an earlier attempt may have reached the platform: look for `key` since `first_tried_at` before sending
    edits_ref   the platform's id of the message to replace, when the notice edits one that was sent
    """

    id: str
    tenant_id: str
    notice: Notice
    destination: Destination
    attempts: int
    ambiguous: bool
    first_tried_at: datetime
    edits_ref: str | None = None


class Outbox(Protocol):
    """The delivery side of the outbox, over all tenants. Every settle is fenced by owner and attempt."""

    def claim(self, now: datetime, limit: int, lease: timedelta) -> Sequence[Claim]: ...
    def sent(self, claim: Claim, ref: str | None, now: datetime, pace: timedelta) -> None: ...
    def retry(self, claim: Claim, at: datetime, error: str, slot_free_at: datetime) -> None: ...
    def hold(self, claim: Claim, reason: str, now: datetime) -> None:
        """Cannot be delivered until somebody repairs it (not in the channel, channel gone); kept, never dropped."""
        ...

    def leave_ambiguous(self, claim: Claim, error: str) -> None: ...
    def drop(self, claim: Claim, reason: str, now: datetime) -> None:
        """Not worth sending any more (what it edits was never sent, what it asks was answered)."""
        ...

    def recover(self, now: datetime) -> int:
        """For a process alone on its database: what a killed one left half sent is looked for at once."""
        ...

    def next_due(self, now: datetime) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Profile:
    """What a platform says about a person; "" where it says nothing. `is_admin`: of the whole workspace."""

    name: str
    timezone: str
    language: str
    is_admin: bool = False


class Messenger(Protocol):
    """Sends on one platform and fetches what was shared there. Failures are the exceptions of `sending`."""

    async def post(self, to: Destination, view: View, key: str) -> str: ...
    async def edit(self, to: Destination, ref: str, view: View) -> None: ...
    async def find(self, to: Destination, key: str, since: datetime) -> str | None: ...
    async def publish_home(self, to: Destination, view: View) -> None: ...
    async def profile(self, user: str) -> Profile: ...
    async def download(self, file_id: str, most_bytes: int) -> bytes:
        """A file that somebody shared with us, from the platform itself. Raises FileRefused, else as the others."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """What a use case works with: who acts, in which transaction, at what time, and the frameworks.

    `admins` are the accounts that the settings make admin. An assessment is asked and scored, and a milestone shown,
    by the framework it is pinned to; `framework` is for what is new.
    """

    tx: Transaction
    actor: Person
    library: Library
    now: datetime
    admins: frozenset[str] = frozenset()

    @property
    def framework(self) -> Framework:
        """The tenant's current framework: new assessments, forms, the portfolio."""
        return self.library.current(self.tx)

    def framework_of(self, pinned: Pinned) -> Framework:
        """By which an assessment, a milestone or a scorecard was made."""
        return self.library.of(self.tx, pin_of(pinned))

    def framework_asked(self, assessment_id: str) -> Framework:
        """By which an assessment asks, where only its id is at hand (an interview, an answer)."""
        return self.library.of_assessment(self.tx, assessment_id)

    def framework_found(self, blocker: Blocker) -> Framework:
        """By which a blocker was found first."""
        return self.library.of_milestone(self.tx, blocker.found_by)

    def framework_for(self, project: Project) -> Framework:
        """By which a project's latest result was made; the current one where it has none."""
        if project.summary is None:
            return self.framework
        return self.library.of_milestone(self.tx, project.summary.milestone_id)
