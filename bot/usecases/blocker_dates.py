"""Blockers and their dates: what nobody could answer goes up after two working days, what stays is told of again."""

from collections.abc import Iterable, Sequence

from bot.readiness.ageing import told_at
from bot.readiness.appointments import Appointment, AppointmentKind
from bot.readiness.assessment import Project
from bot.readiness.blockers import UNKNOWN_DAYS, Blocker, BlockerEvent, Happening, is_told, next_mark
from bot.readiness.local_time import local_day
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.scoring import FindingKind
from bot.usecases.availability import availability_of, office_of
from bot.usecases.going_up import go_up, to_manager
from bot.usecases.ports import Context
from bot.usecases.waived import waived

UNKNOWN, OLD = AppointmentKind.UNKNOWN, AppointmentKind.OLD_BLOCKER


def plan(context: Context, project: Project, blockers: Iterable[Blocker]) -> None:
    """Set the dates of blockers that have just opened, and take them away from those that were cleared."""
    changed = list(blockers)
    opened = [blocker for blocker in changed if blocker.cleared_at is None]
    for blocker in changed:
        if blocker.cleared_at is not None:
            context.tx.appointments.clear(OLD, blocker.id)
    _plan_next(context, project, opened)
    plan_unknown(context, project, changed)


def plan_unknown(context: Context, project: Project, blockers: Iterable[Blocker]) -> None:
    """What nobody could answer: the owner has two working days to find who can. What is known needs no such date."""
    waiting = []
    for blocker in blockers:
        if blocker.cleared_at is None and blocker.kind is FindingKind.UNKNOWN:
            waiting.append(blocker)
        else:
            context.tx.appointments.clear(UNKNOWN, blocker.id)
    if waiting:
        owner = availability_of(context, context.tx.people.get(project.owner_id))
        at = owner.working_days_after(context.now, UNKNOWN_DAYS)
        for blocker in waiting:
            context.tx.appointments.set(Appointment(UNKNOWN, blocker.id, at, project.id))


def keep_unknown(context: Context, appointment: Appointment) -> None:
    """Still nobody can answer: channel and managers learn it, of everything for which that time has come, at once."""
    project, due = _due(context, appointment)
    told = _not_shared(context, project, [each for each in due if each.kind is FindingKind.UNKNOWN])
    for blocker in told:
        context.tx.blocker_events.add(BlockerEvent(blocker.id, context.now, Happening.ESCALATED, blocker.severity))
        context.tx.record("unknown.escalated", blocker.id, context.actor.id, {"project": project.id})
    for person in context.tx.people.managers() if told else ():
        go_up(context, to_manager(context, NoticeKind.UNKNOWN, person.id, _facts(told)))
    _tell_channel(context, project, NoticeKind.UNKNOWN, told)


def keep_old(context: Context, appointment: Appointment) -> None:
    """Another thirty days, and still open: owner and channel are told, of all that has come so far in one message."""
    project, due = _due(context, appointment)
    covered = waived(context, project.id)
    _plan_next(context, project, due)
    counting = [blocker for blocker in due if blocker.dimension_id not in covered]
    # The owner's two days are not over yet where they were away for a month.
    waits = {each.id for each in counting if context.tx.appointments.of(UNKNOWN, each.id) is not None}
    in_channel = [blocker for blocker in _not_shared(context, project, counting) if blocker.id not in waits]
    _tell_owner(context, project, counting)
    _tell_channel(context, project, NoticeKind.OLD_BLOCKERS, in_channel)


def told_of(context: Context, blockers: Iterable[Blocker]) -> list[Blocker]:
    """Those of these blockers that the project's channel knows of."""
    wanted = list(blockers)
    events = context.tx.blocker_events.of_blockers([blocker.id for blocker in wanted]) if wanted else ()
    return [each for each in wanted if is_told(each, [event for event in events if event.blocker_id == each.id])]


def _plan_next(context: Context, project: Project, blockers: Sequence[Blocker]) -> None:
    """Each will be another thirty days older, told on the working morning after that."""
    if blockers:
        office = office_of(context, context.tx.people.get(project.owner_id))
        for blocker in blockers:
            at = told_at(next_mark(blocker, context.now), office)
            context.tx.appointments.set(Appointment(OLD, blocker.id, at, project.id))


def _due(context: Context, appointment: Appointment) -> tuple[Project, list[Blocker]]:
    """The project, and its open blockers whose date of this kind has come; those of one moment are kept as one."""
    blocker = context.tx.blockers.get(appointment.subject)
    project = context.tx.projects.get(blocker.project_id)
    if project.archived_at is not None:
        return project, []
    open_ones = context.tx.blockers.open_of(project.id)
    appointments, kind = context.tx.appointments, appointment.kind
    due = {each.id for each in open_ones if appointments.take(kind, each.id, context.now) is not None}
    return project, [each for each in open_ones if each.id in due | {blocker.id}]


def _not_shared(context: Context, project: Project, blockers: Sequence[Blocker]) -> list[Blocker]:
    """Without what half of the advancing projects share: that is one finding of the organization, told elsewhere."""
    latest = context.tx.milestones.latest(project.id)
    advances = latest is not None and latest.scorecard.next_stage is not None
    shared = context.tx.shared_findings.open() if advances and blockers else {}
    return [blocker for blocker in blockers if blocker.dimension_id not in shared]


def _tell_owner(context: Context, project: Project, blockers: Sequence[Blocker]) -> None:
    owner_id, kind = project.owner_id, NoticeKind.OLD_BLOCKERS
    if blockers:
        key = f"{_occurrence(context, project, kind)}:{owner_id}"
        context.tx.notices.put(Notice(key, kind, project.id, person_id=owner_id, parameters=_facts(blockers)))


def _tell_channel(context: Context, project: Project, kind: NoticeKind, blockers: Sequence[Blocker]) -> None:
    for number, place_id in enumerate(project.place_ids if blockers else ()):
        office = office_of(context, context.tx.people.get(project.owner_id))
        context.tx.notices.put(
            Notice(
                key=_occurrence(context, project, kind) + (":also" if number else ""),
                kind=kind,
                subject=project.id,
                place_id=place_id,
                parameters=_facts(blockers),
                due_at=office.opens(context.now),
            )
        )


def _occurrence(context: Context, project: Project, kind: NoticeKind) -> str:
    """What comes of one kind on one day is one message."""
    zone = context.tx.people.get(project.owner_id).timezone
    return f"{kind.value}:{project.id}:{local_day(context.now, zone).isoformat()}"


def _facts(blockers: Sequence[Blocker]) -> dict[str, str]:
    """By their ids, each with its project's."""
    return {blocker.id: blocker.project_id for blocker in blockers}
