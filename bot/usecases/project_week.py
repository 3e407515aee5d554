"""A week of one project: what happened within a window, and what is open when it is read."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.readiness.assessment import Person, Project
from bot.readiness.blockers import BEGINS, Happening
from bot.readiness.commitments import Commitment
from bot.readiness.digests import AHEAD, Ageing, Content, Owing, ProjectDigest, Promised, Subscription
from bot.readiness.evidence import falls_to_come
from bot.readiness.framework import Dimension, Framework
from bot.readiness.local_time import local_day
from bot.readiness.milestone import Milestone
from bot.usecases.cadence import KIND as REASSESSMENT
from bot.usecases.ports import Context
from bot.usecases.waived import waived


def of(
    context: Context, project: Project, subscription: Subscription, since: datetime, until: datetime
) -> ProjectDigest:
    """What happened to the project within the window, and what is open with it now."""
    framework = context.framework_for(project)
    history = context.tx.milestones.since(project.id, since)
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
    held = context.tx.commitments.open_of(project.id)
    blocking = [each for each in context.tx.blockers.open_of(project.id) if each.dimension_id not in covered]
    return replace(
        digest,
        lesser=tuple(
            finding
            for milestone in latest
            for finding in milestone.scorecard.findings
            if not finding.is_blocker and finding.dimension_id in framework.by_id
        ),
        contested=_named(framework, [c.dimension_id for c in contests if c.settled_at is None]),
        promised=_promised(context, held, framework, digest.zone),
        ageing=_ageing(context, project, framework, latest),
        waivers=tuple(
            (framework.by_id[dimension_id], until)
            for dimension_id, until in covered.items()
            if dimension_id in framework.by_id and until <= context.now + AHEAD
        ),
        owing=_owing(context, opened.id) if opened else (),
        deadline=opened.deadline if opened else None,
        next_at=planned.at if planned else None,
        blockers=len(blocking),
        untaken=sum(each.dimension_id not in held for each in blocking),
    )


def _gaps(
    context: Context, project: Project, framework: Framework, since: datetime, until: datetime
) -> tuple[tuple[Dimension, ...], tuple[Dimension, ...]]:
    """The dimensions that block since then, and those that no longer do; what came and went is neither."""
    blockers = context.tx.blockers.of_project(project.id)
    events = context.tx.blocker_events.of_blockers([each.id for each in blockers])
    within = {event.blocker_id for event in events if since < event.at <= until and event.happening in BEGINS}
    gone = {e.blocker_id for e in events if since < e.at <= until and e.happening is Happening.CLEARED}
    covered = waived(context, project.id)
    found = [
        each.dimension_id
        for each in blockers
        if each.id in within and each.cleared_at is None and each.dimension_id not in covered
    ]
    cleared = [each.dimension_id for each in blockers if each.id in gone - within and each.cleared_at is not None]
    return _named(framework, found), _named(framework, cleared)


def _named(framework: Framework, dimension_ids: Sequence[str]) -> tuple[Dimension, ...]:
    return tuple(dimension for dimension in framework.dimensions if dimension.id in dimension_ids)


def _promised(
    context: Context, held: Mapping[str, Commitment], framework: Framework, zone: str
) -> tuple[Promised, ...]:
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
