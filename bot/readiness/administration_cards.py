"""Cards of administration: settings, the trail, a nudge. Nothing here holds a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.readiness.administration import OrganizationSettings, TrailEntry
from bot.readiness.assessment import Person, Project
from bot.readiness.interview import Interview


@dataclass(frozen=True, slots=True)
class SettingsForm:
    """The form of the organization's settings; `channel` is the platform's id of the portfolio channel.

    `link_hosts` are set where the bot runs, and only shown here: the hosts whose links are looked at.
    """

    settings: OrganizationSettings
    channel: str = ""
    link_hosts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class SettingsSaved:
    """What holds from now on; `channel_name` is "" where the platform did not say it."""

    settings: OrganizationSettings
    channel: str = ""


@dataclass(frozen=True, slots=True)
class TrailCard:
    """The newest entries of the trail; of one project where one was named. `people` and `projects` by id."""

    entries: tuple[TrailEntry, ...]
    people: Mapping[str, Person]
    projects: Mapping[str, Project]
    project: Project | None
    zone: str


@dataclass(frozen=True, slots=True)
class ErasureCard:
    """What erasing a person would take: their part in these projects, `interviews` and `commitments` that are open."""

    person: Person
    projects: tuple[Project, ...]
    interviews: int
    commitments: int


@dataclass(frozen=True, slots=True)
class NudgedCard:
    """Who was reminded just now, and who had been today already."""

    project: Project
    nudged: tuple[Person, ...]
    spared: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class NudgeCard:
    """A reminder from a colleague to somebody who owes answers. `zone` is the reader's."""

    project: Project
    interview: Interview
    by: Person
    deadline: datetime
    zone: str
