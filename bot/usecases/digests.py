"""Weekly digests: planned with what they are about, put when there is something to say, read when they are sent."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.readiness.appointments import Appointment, AppointmentKind
from bot.readiness.assessment import Person, Project
from bot.readiness.blockers import Happening
from bot.readiness.digests import (
    AHEAD,
    Ageing,
    Content,
    Moved,
    Owing,
    PortfolioDigest,
    ProjectDigest,
    Promised,
    Subscription,
    next_digest,
)
from bot.readiness.evidence import falls_to_come
from bot.readiness.framework import Dimension, Framework
from bot.readiness.local_time import local_day
from bot.readiness.milestone import Milestone
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.scoring import Severity
from bot.usecases.availability import office_of
from bot.usecases.cadence import KIND as REASSESSMENT
from bot.usecases.overview import is_ahead
from bot.usecases.people import new_id
from bot.usecases.ports import Context
from bot.usecases.waived import waived, without_waived

KIND = AppointmentKind.DIGEST
SHOWN = 5
"""Of each list of the portfolio; the rest is counted."""
BEGINS = (Happening.FOUND, Happening.REOPENED, Happening.UNCOVERED)


def follow_project(context: Context, project: Project) -> None:
    """A project's channel has a digest from when it is bound, until it goes; whoever ended it is not overruled."""
    known = context.tx.subscriptions.of_project(project.id)
    if project.place_id is None or project.archived_at is not None:
        if known is not None:
            context.tx.appointments.clear(KIND, known.id)
        return
    if known is None:
        owner = context.tx.people.get(project.owner_id)
        known = Subscription(
            id=new_id(),
            project_id=project.id,
            place_id=project.place_id,
            person_id=None,
            zone=owner.timezone,
            since=context.now,
            set_by=context.actor.id or owner.id,
        )
    store(context, replace(known, place_id=project.place_id))


def follow_portfolio(context: Context, before_id: str | None, now_id: str | None) -> None:
    """The portfolio's channel has a digest as long as it is that channel."""
    if before_id == now_id:
        return
    if before_id is not None and (old := context.tx.subscriptions.of_place(before_id)) is not None:
        store(context, replace(old, is_on=False))
    if now_id is not None:
        known = context.tx.subscriptions.of_place(now_id)
        store(context, replace(known, is_on=True, since=context.now) if known else of_portfolio(context, now_id, None))


def of_portfolio(context: Context, place_id: str | None, person_id: str | None) -> Subscription:
    """A new digest of the portfolio, at the hour of whoever asks for it."""
    return Subscription(
        id=new_id(),
        project_id=None,
        place_id=place_id,
        person_id=person_id,
        zone=context.actor.timezone,
        since=context.now,
        set_by=context.actor.id,
    )


def store(context: Context, subscription: Subscription) -> None:
    """Keep it, and set when it comes next."""
    context.tx.subscriptions.save(subscription)
    plan(context, subscription)


def plan(context: Context, subscription: Subscription) -> None:
    """Set when a digest comes next; nothing once it was ended."""
    if not subscription.is_on:
        context.tx.appointments.clear(KIND, subscription.id)
        return
    setter = context.tx.people.get(subscription.set_by)
    office = replace(office_of(context, setter), zone=subscription.zone)
    at = next_digest(subscription, context.now, office)
    context.tx.appointments.set(Appointment(KIND, subscription.id, at, subscription.project_id))


def keep(context: Context, appointment: Appointment) -> None:
    """A week is over: tell it where there is something to tell. The window begins where the last one ended."""
    subscription = context.tx.subscriptions.get(appointment.subject)
    if not subscription.is_on:
        return
    told = replace(subscription, since=context.now)
    notice = Notice(
        key=f"digest:{subscription.id}:{context.now.isoformat()}",
        kind=NoticeKind.DIGEST,
        subject=subscription.id,
        person_id=subscription.person_id,
        place_id=subscription.place_id,
        parameters={"since": subscription.since.isoformat(), "until": context.now.isoformat()},
    )
    found = shown(context, notice)
    if found is not None:
        context.tx.notices.put(notice)
    store(context, told)


def shown(context: Context, notice: Notice) -> ProjectDigest | PortfolioDigest | None:
    """What a digest says now about its window; nothing where there is nothing to say."""
    subscription = context.tx.subscriptions.get(notice.subject)
    since, until = (datetime.fromisoformat(notice.parameters[name]) for name in ("since", "until"))
    digest: ProjectDigest | PortfolioDigest | None
    if subscription.project_id is None:
        digest = _portfolio(context, subscription, since, until)
    else:
        project = context.tx.projects.get(subscription.project_id)
        digest = None if project.archived_at is not None else _project(context, project, subscription, since, until)
    return None if digest is None or digest.is_quiet else digest


def _project(
    context: Context, project: Project, subscription: Subscription, since: datetime, until: datetime
) -> ProjectDigest:
    framework = context.framework_for(project)
    history = context.tx.milestones.of_project(project.id)
    results = tuple(reversed([each for each in history if since < each.taken_at <= until]))
    before = next((each for each in history if each.taken_at <= since), None)
    found, cleared = _gaps(context, project, framework, since, until)
    digest = ProjectDigest(
        project=project,
        framework=framework,
        since=since,
        until=until,
        zone=subscription.zone,
        content=subscription.content,
        before=before,
        results=results,
        found=found,
        cleared=cleared,
    )
    return digest if subscription.content is Content.CHANGES else _with_open(context, digest, history[:1])


def _with_open(context: Context, digest: ProjectDigest, latest: Sequence[Milestone]) -> ProjectDigest:
    project, framework = digest.project, digest.framework
    opened = context.tx.assessments.open_of(project.id)
    planned = context.tx.appointments.of(REASSESSMENT, project.id)
    contests = [c for milestone in latest for c in context.tx.contests.of_assessment(milestone.assessment_id)]
    covered = waived(context, project.id)
    return replace(
        digest,
        lesser=tuple(
            finding
            for milestone in latest
            for finding in milestone.scorecard.findings
            if not finding.is_blocker and finding.dimension_id in framework.by_id
        ),
        contested=_named(framework, [c.dimension_id for c in contests if c.settled_at is None]),
        promised=_promised(context, project, framework, digest.zone),
        ageing=_ageing(context, project, framework, latest),
        waivers=tuple(
            (framework.by_id[dimension_id], until)
            for dimension_id, until in covered.items()
            if dimension_id in framework.by_id and until <= context.now + AHEAD
        ),
        owing=_owing(context, opened.id) if opened else (),
        deadline=opened.deadline if opened else None,
        next_at=planned.at if planned else None,
    )


def _gaps(
    context: Context, project: Project, framework: Framework, since: datetime, until: datetime
) -> tuple[tuple[Dimension, ...], tuple[Dimension, ...]]:
    """The dimensions that block since then, and those that no longer do; what came and went is neither."""
    blockers = context.tx.blockers.of_project(project.id)
    events = context.tx.blocker_events.of_blockers([each.id for each in blockers])
    within = {event.blocker_id for event in events if since < event.at <= until and event.happening in BEGINS}
    gone = {e.blocker_id for e in events if since < e.at <= until and e.happening is Happening.CLEARED}
    found = [each.dimension_id for each in blockers if each.id in within and each.cleared_at is None]
    cleared = [each.dimension_id for each in blockers if each.id in gone - within and each.cleared_at is not None]
    return _named(framework, found), _named(framework, cleared)


def _named(framework: Framework, dimension_ids: Sequence[str]) -> tuple[Dimension, ...]:
    return tuple(dimension for dimension in framework.dimensions if dimension.id in dimension_ids)


def _promised(context: Context, project: Project, framework: Framework, zone: str) -> tuple[Promised, ...]:
    held = context.tx.commitments.open_of(project.id)
    people = context.tx.people.many({each.person_id for each in held.values()})
    today = local_day(context.now, zone)
    return tuple(
        Promised(framework.by_id[dimension_id], people[each.person_id], each.due, each.overdue(today))
        for dimension_id, each in held.items()
        if dimension_id in framework.by_id
    )


def _ageing(
    context: Context, project: Project, framework: Framework, latest: Sequence[Milestone]
) -> tuple[Ageing, ...]:
    """The first fall of each dimension within the coming two weeks."""
    answers = [a for milestone in latest for a in context.tx.answers.current(milestone.assessment_id)]
    first: dict[str, datetime] = {}
    for fall in falls_to_come(framework, answers, project.exposure, context.now):
        if fall.at <= context.now + AHEAD:
            first.setdefault(fall.answer.dimension_id, fall.at)
    return tuple(Ageing(each, first[each.id]) for each in _named(framework, list(first)))


def _owing(context: Context, assessment_id: str) -> tuple[Owing, ...]:
    waiting = [each for each in context.tx.interviews.of_assessment(assessment_id) if not each.is_over]
    people: dict[str, Person] = dict(context.tx.people.many({each.respondent_id for each in waiting}))
    return tuple(Owing(people[each.respondent_id], max(1, len(each.open_questions()))) for each in waiting)


def _portfolio(context: Context, subscription: Subscription, since: datetime, until: datetime) -> PortfolioDigest:
    framework = context.framework
    projects = {project.id: project for project in context.tx.projects.active()}
    moved = _moved(context, projects, since, until)
    critical = _critical(context, projects, since, until)
    digest = PortfolioDigest(
        framework=framework,
        since=since,
        until=until,
        zone=subscription.zone,
        projects=len(projects),
        content=subscription.content,
        moved=tuple(moved[:SHOWN]),
        moved_total=len(moved),
        critical=tuple(critical[:SHOWN]),
        critical_total=len(critical),
    )
    if subscription.content is Content.CHANGES:
        return digest
    ahead = [project for project in projects.values() if is_ahead(project)]
    unassessed = [project for project in projects.values() if project.summary is None]
    valid = context.tx.waivers.valid(context.now)
    blockers, _ = without_waived(context.tx.blockers.all_open(), valid)
    taken = context.tx.commitments.open_of_many({each.project_id for each in blockers}) if blockers else ()
    held = {(each.project_id, each.dimension_id) for each in taken}
    return replace(
        digest,
        ahead=tuple(ahead[:SHOWN]),
        ahead_total=len(ahead),
        unassessed=tuple(unassessed[:SHOWN]),
        unassessed_total=len(unassessed),
        shared=_named(framework, list(context.tx.shared_findings.open())),
        waivers=len(valid),
        blockers=len(blockers),
        untaken=sum((each.project_id, each.dimension_id) not in held for each in blockers),
    )


def _moved(context: Context, projects: dict[str, Project], since: datetime, until: datetime) -> list[Moved]:
    """The projects whose stage is another than at the beginning of the window; those that fell come first."""
    results: dict[str, list[Milestone]] = {}
    for milestone in context.tx.milestones.between(since, until):
        results.setdefault(milestone.project_id, []).append(milestone)
    found = []
    for project_id, theirs in results.items():
        if project_id not in projects:
            continue
        history = context.tx.milestones.of_project(project_id)
        before = next((each.scorecard.stage for each in history if each.sequence < theirs[0].sequence), None)
        now = theirs[-1].scorecard.stage
        if before != now:
            found.append(Moved(projects[project_id], before, now))
    return sorted(found, key=lambda each: (each.before is None, each.now - (each.before or 0), each.project.key))


def _critical(
    context: Context, projects: dict[str, Project], since: datetime, until: datetime
) -> list[tuple[Project, Dimension]]:
    """The blockers that became critical within the window and still are."""
    events = context.tx.blocker_events.between(since, until)
    began = {event.blocker_id for event in events if event.severity is Severity.CRITICAL}
    return [
        (projects[blocker.project_id], context.dimension_of(projects[blocker.project_id], blocker.dimension_id))
        for blocker in (context.tx.blockers.get(blocker_id) for blocker_id in sorted(began))
        if blocker.cleared_at is None and blocker.severity is Severity.CRITICAL and blocker.project_id in projects
    ]
