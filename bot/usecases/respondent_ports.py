"""What is stored between people about answers: handed over, contested, checked, remarked on. See `repositories`."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from bot.readiness.contested import Contest
from bot.readiness.evidence import CheckRequest
from bot.readiness.handovers import Handover
from bot.readiness.links import LinkCheck
from bot.readiness.remarks import Remark


class Handovers(Protocol):
    """Append-only. `of_assessment`, `of_projects`: every step of every question, oldest first."""

    def add(self, step: Handover) -> None: ...
    def of_assessment(self, assessment_id: str) -> Sequence[Handover]: ...
    def of_projects(self, project_ids: Collection[str]) -> Sequence[Handover]: ...


class Contests(Protocol):
    """At most one is open for a dimension of an assessment. Each list: oldest first."""

    def get(self, contest_id: str) -> Contest: ...
    def add(self, contest: Contest) -> None: ...
    def save(self, contest: Contest) -> None: ...
    def of_assessment(self, assessment_id: str) -> Sequence[Contest]: ...
    def of_projects(self, project_ids: Collection[str]) -> Sequence[Contest]: ...
    def open_with(self, person_id: str) -> Sequence[Contest]:
        """Those of active projects to which this person has given an answer."""
        ...


class Checks(Protocol):
    """Who was asked to check what. `add` ignores what the same person was asked before and says False."""

    def add(self, request: CheckRequest) -> bool: ...
    def open_of(self, person_id: str) -> Sequence[CheckRequest]:
        """What nobody has done yet, while the answer stands as it was; of active projects, oldest first."""
        ...


class LinkChecks(Protocol):
    """What is known of a project's links. `of_project`: by link, without those that nobody has looked at."""

    def of_project(self, project_id: str, links: Iterable[str]) -> Mapping[str, LinkCheck]: ...
    def save(self, check: LinkCheck) -> None: ...


class Remarks(Protocol):
    """Words about subjects (ids); `about`: oldest first."""

    def add(self, remark: Remark) -> None: ...
    def get(self, remark_id: str) -> Remark: ...
    def about(self, subjects: Iterable[str]) -> Sequence[Remark]: ...
    def of_projects(self, project_ids: Collection[str]) -> Sequence[Remark]:
        """What was said about any answer, handing over or contest of these projects."""
        ...
