"""A project's milestones: all of them, two side by side, and as a picture. Asking for the picture owes it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.chat.incoming import Command, Press
from bot.readiness.assessment import Project
from bot.readiness.cards import Act, Done
from bot.readiness.file_cards import ComparisonCard, PictureCard
from bot.readiness.framework import Dimension
from bot.readiness.framework_versions import key_of
from bot.readiness.milestone import Milestone
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.project_cards import HistoryCard
from bot.readiness.refusals import Refusal, Refused
from bot.usecases import forecasts
from bot.usecases.changes import changes_between
from bot.usecases.framework_versions import outdated, unlike
from bot.usecases.people import may_read_project, new_id, without_mentions
from bot.usecases.ports import Context
from bot.usecases.projects import by_id, named
from bot.usecases.waived import debts_then

MILESTONES_SHOWN = 12
FORECASTS_SHOWN = 5
ALL_MILESTONES = 1000
"""More than a project will have: a daily one for almost three years."""

_BETWEEN = re.compile(r"(?<=\d)\s*(?:\.\.|→|->)\s*(?=\d)")
"""What may stand between two numbers."""


def history(context: Context, command: Command) -> HistoryCard | ComparisonCard:
    """Milestones, newest first; with one or two numbers behind the project, two of them side by side."""
    project, numbers = _asked(context, command)
    milestones = context.tx.milestones.of_project(project.id, ALL_MILESTONES)
    if not milestones:
        raise Refused(Refusal.NOT_ASSESSED, project=project.name, key=project.key)
    if numbers:
        return _compared(context, project, milestones, *numbers)
    may_read, shown = may_read_project(context, project), milestones[:MILESTONES_SHOWN]
    framework = context.framework_of(milestones[0])
    is_current = key_of(framework) == key_of(context.framework)
    open_one = None if is_current else context.tx.assessments.open_of(project.id)
    return HistoryCard(
        project=project,
        framework=framework,
        milestones=tuple(shown),
        changes=changes_between(context, milestones[1], milestones[0]) if len(milestones) > 1 and may_read else (),
        zone=context.actor.timezone,
        may_read=may_read,
        debts=debts_then(context, project.id, shown),
        outdated=outdated(context, framework, open_one),
        unlike=unlike(context, milestones[1] if len(milestones) > 1 else None, milestones[0]),
        forecasts=forecasts.shown(context, project.id, FORECASTS_SHOWN),
    )


def compare(context: Context, press: Press) -> ComparisonCard:
    """Two milestones, as a button names them: project, older, newer."""
    parts = press.value.split("|")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts[1:]):
        raise Refused(Refusal.UNKNOWN_PRESS)
    project = by_id(context, parts[0])
    milestones = context.tx.milestones.of_project(project.id, ALL_MILESTONES)
    return _compared(context, project, milestones, int(parts[1]), int(parts[2]))


def ask_picture(context: Context, press: Press) -> Done:
    """Owe the actor a picture of the history; everybody may see stages."""
    project = by_id(context, press.value)
    if context.tx.milestones.latest(project.id) is None:
        raise Refused(Refusal.NOT_ASSESSED, project=project.name, key=project.key)
    owe(context, NoticeKind.PICTURE, project.id)
    return Done(Act.PICTURE_COMES, {"project": project.name})


def picture(context: Context, notice: Notice) -> PictureCard | None:
    """The picture that is owed; None where nothing was assessed."""
    milestones = context.tx.milestones.of_project(notice.subject, ALL_MILESTONES)
    if not milestones:
        return None
    return PictureCard(
        project=context.tx.projects.get(notice.subject),
        framework=context.framework_of(milestones[0]),
        milestones=tuple(reversed(milestones)),
        zone=context.actor.timezone,
    )


def owe(context: Context, kind: NoticeKind, subject: str, **parameters: str) -> None:
    """Owe the actor a file; a repeated request comes as another arrival and is another file."""
    key = f"{kind.value}:{subject}:{context.actor.id}:{new_id()}"
    context.tx.notices.put(Notice(key, kind, subject, person_id=context.actor.id, parameters=parameters))


def _asked(context: Context, command: Command) -> tuple[Project, tuple[int, ...]]:
    """The project and up to two numbers behind it; a project whose whole name or key is typed wins over a number."""
    words = without_mentions(_BETWEEN.sub(" ", command.text)).split()
    count = next((n for n in (2, 1) if len(words) >= n and all(word.isdecimal() for word in words[-n:])), 0)
    if count and context.tx.portfolio.named([" ".join(words).casefold()]):
        return named(context, command), ()
    if count == len(words) and words and context.tx.projects.by_key(words[0].lower()) is not None:
        count -= 1
    cut = len(words) - count
    return named(context, replace(command, text=" ".join(words[:cut]))), tuple(int(word) for word in words[cut:])


def _compared(context: Context, project: Project, milestones: Sequence[Milestone], *numbers: int) -> ComparisonCard:
    """Two milestones by their numbers, in either order; a single number is held against the newest."""
    by_number = {milestone.sequence: milestone for milestone in milestones}
    newest = max(by_number, default=0)
    older, newer = sorted((*numbers, newest)[:2])
    for number in (older, newer):
        if number not in by_number:
            facts = {"project": project.name, "key": project.key, "number": str(number), "newest": str(newest)}
            raise Refused(Refusal.NO_SUCH_MILESTONE, **facts)
    before, after = by_number[older], by_number[newer]
    may_read = may_read_project(context, project)
    return ComparisonCard(
        project=project,
        framework=context.framework_of(after),
        older=before,
        newer=after,
        newest=newest,
        found=_blocked_only_in(context, after, before),
        cleared=_blocked_only_in(context, before, after),
        changes=changes_between(context, before, after) if may_read else None,
        unlike=unlike(context, before, after),
        zone=context.actor.timezone,
    )


def _blocked_only_in(context: Context, one: Milestone, other: Milestone) -> tuple[Dimension, ...]:
    """The dimensions that block in one milestone and not in the other, in framework order."""
    blocked = {finding.dimension_id for finding in one.scorecard.blockers}
    elsewhere = {finding.dimension_id for finding in other.scorecard.blockers}
    return tuple(dimension for dimension in context.framework_of(one).dimensions if dimension.id in blocked - elsewhere)
