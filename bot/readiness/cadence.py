"""When a project is assessed again. Pure.

Counted from the end of its last whole assessment, by its cadence, and moved to a morning on which its owner works.
Source: the intervals in `docs/readiness.md`.
"""

import calendar
from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot.readiness.assessment import Cadence, Project
from bot.readiness.availability import Availability
from bot.readiness.framework import Framework
from bot.readiness.local_time import local_day, moment_of

INTERVIEW_WORKING_DAYS = 5
"""How long an assessment waits for answers, if nobody set it."""
FLOOR = timedelta(days=7)
"""No two assessments are nearer to each other."""
_MONTHS = {Cadence.MONTHLY: 1, Cadence.QUARTERLY: 3}


class CronFault(ValueError):
    """A cron rule that is refused; `reason` is one of REASONS."""

    REASONS = ("fields", "form", "hours", "too_often", "zone", "never")

    def __init__(self, reason: str) -> None:
        assert reason in self.REASONS, reason
        super().__init__(reason)
        self.reason = reason


NextRun = Callable[[str, str, datetime], datetime | None]
"""A cron rule, an IANA zone, a moment -> the first run later than that; None when it never runs again."""


def next_assessment(
    framework: Framework,
    project: Project,
    assessed_at: datetime,
    owner: Availability,
    next_run: NextRun,
    *,
    blocked: bool,
) -> datetime:
    """When the project is due again. `blocked`: an unwaived blocker is open.

    The automatic interval follows exposure and is halved while blocked. What has happened since (`hastened_at`) asks
    for the owner's next working morning. It is never nearer than FLOOR to the assessment before.
    """
    usual = _usual(framework, project, assessed_at, owner.zone, next_run, blocked=blocked)
    if project.hastened_at is not None:
        usual = min(usual, owner.next_day(project.hastened_at))
    earliest = max(usual, assessed_at + FLOOR)
    if project.cadence is Cadence.CRON:
        return owner.opens(earliest)
    return owner.opens(moment_of(local_day(earliest, owner.zone), owner.begins, owner.zone))


def next_visit(
    framework: Framework, project: Project, assessed_at: datetime, owner: Availability, now: datetime
) -> datetime:
    """When the owner of an experiment is asked next how it goes: every whole interval, whatever became of it."""
    interval = timedelta(days=framework.intervals[project.exposure])
    following = assessed_at + interval * (max(now - assessed_at, timedelta(0)) // interval + 1)
    # The morning after, as the morning of the day itself may lie before the very moment.
    return owner.next_day(following)


def is_experiment(project: Project) -> bool:
    """Nobody is exposed and nothing more is meant: it is asked how it goes, and raises no alarm."""
    return project.exposure == 1 and (project.target is None or project.target == 1)


def interval_of(framework: Framework, project: Project, *, blocked: bool) -> timedelta:
    """The automatic interval of a project."""
    whole = timedelta(days=framework.intervals[project.exposure])
    return max(whole / 2, FLOOR) if blocked else whole


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last one where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _usual(
    framework: Framework, project: Project, assessed_at: datetime, zone: str, next_run: NextRun, *, blocked: bool
) -> datetime:
    day = local_day(assessed_at, zone)
    match project.cadence:
        case Cadence.WEEKLY:
            return assessed_at + FLOOR
        case Cadence.MONTHLY | Cadence.QUARTERLY as every:
            later = months_after(day, _MONTHS[every])
            return assessed_at + (later - day)
        case Cadence.CRON:
            following = next_run(project.cadence_rule, project.cadence_zone, assessed_at + FLOOR)
            if following is not None:
                return following
    return assessed_at + interval_of(framework, project, blocked=blocked)
