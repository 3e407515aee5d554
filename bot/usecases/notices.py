"""From a notice's ids to what it says now: one loader per kind. None means it is not worth sending any more."""

from collections.abc import Callable, Mapping

from bot.readiness.blockers import Happening
from bot.readiness.cards import (
    AlertCard,
    InterviewOverCard,
    ResultCard,
    UnreachableCard,
)
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.steps import next_step
from bot.readiness.waivers import unwaived_blockers
from bot.usecases import (
    aged_evidence,
    aged_gaps,
    ageing,
    digests,
    evidence,
    exports,
    forecasts,
    gap_notices,
    held_files,
    link_checks,
    pictures,
    reassessments,
    reports,
    traps,
    undelivered,
    waivers,
)
from bot.usecases.asked import open_list, question
from bot.usecases.blocker_dates import told_of
from bot.usecases.changes import changes_between, milestone_before
from bot.usecases.contests import contested
from bot.usecases.framework_versions import unlike
from bot.usecases.gaps import holdings
from bot.usecases.handovers import handed
from bot.usecases.home import home
from bot.usecases.ladder import escalation
from bot.usecases.nudges import nudged
from bot.usecases.ports import Context
from bot.usecases.ratings import ratings_of
from bot.usecases.reminders import reminder
from bot.usecases.waived import waived


def load(context: Context, notice: Notice) -> object | None:
    """The card a notice shows at this moment; its reader is the context's actor."""
    return LOADERS[notice.kind](context, notice)


def interview_over(context: Context, notice: Notice) -> InterviewOverCard:
    """The end of somebody's interview."""
    interview = context.tx.interviews.get(notice.subject)
    given = context.tx.answers.of_respondent(interview.assessment_id, interview.respondent_id)
    others = context.tx.interviews.of_assessment(interview.assessment_id)
    waiting = [other.respondent_id for other in others if not other.is_over]
    people = context.tx.people.many(waiting)
    framework = context.framework_asked(interview.assessment_id)
    dimensions = [framework.dimension(dimension_id) for dimension_id in interview.questions]
    return InterviewOverCard(
        project=context.tx.projects.get(interview.project_id),
        interview=interview,
        skipped=tuple(d for d in dimensions if d.id not in given and d.id not in interview.handed),
        handed=tuple(d for d in dimensions if d.id not in given and d.id in interview.handed),
        answered=tuple((d, given[d.id]) for d in dimensions if d.id in given),
        waiting_for=tuple(people[person_id] for person_id in waiting),
    )


def result(context: Context, notice: Notice) -> ResultCard:
    """A milestone for the people who made it."""
    milestone = context.tx.milestones.get(notice.subject)
    before = milestone_before(context, milestone)
    project = context.tx.projects.get(milestone.project_id)
    framework = context.framework_of(milestone)
    ratings = ratings_of(context, project, context.tx.answers.many(milestone.answers), milestone.taken_at)
    return ResultCard(
        project=project,
        framework=framework,
        scorecard=milestone.scorecard,
        before=before.scorecard if before else None,
        changes=changes_between(context, before, milestone),
        next_step=next_step(framework, milestone.scorecard, ratings),
        taken_at=milestone.taken_at,
        traps=traps.standing(context, project, may_read=True),
        waived=waived(context, project.id),
        holdings=holdings(context, project),
        news=gap_notices.news(context, milestone)[1],
        zone=context.actor.timezone,
        unlike=unlike(context, before, milestone),
        forecast=forecasts.judged_by(context, milestone),
    )


def alert(context: Context, notice: Notice) -> AlertCard:
    """A milestone for the project's channel."""
    milestone = context.tx.milestones.get(notice.subject)
    before = milestone_before(context, milestone)
    project = context.tx.projects.get(milestone.project_id)
    new_traps, gone_traps = traps.news_of(context, project, milestone)
    events, news = gap_notices.news(context, milestone)
    touched = {event.blocker_id: context.tx.blockers.get(event.blocker_id) for event in events}
    now_waived = waived(context, project.id)
    shared = {dimension.id for dimension in news.shared}
    found = {touched[event.blocker_id].dimension_id for event in events if event.happening in gap_notices.BLOCKS}
    cleared = [touched[event.blocker_id] for event in events if event.happening is Happening.CLEARED]
    framework, blocking = context.framework_of(milestone), unwaived_blockers(milestone.scorecard, now_waived)
    return AlertCard(
        project=project,
        framework=framework,
        owner=context.tx.people.get(project.owner_id),
        scorecard=milestone.scorecard,
        before=before.scorecard if before else None,
        found=tuple(finding for finding in blocking if finding.dimension_id in found - shared),
        risen=tuple(finding for finding in blocking if finding.dimension_id in news.risen),
        # What another framework no longer asks was not resolved by anybody.
        cleared=tuple(blocker for blocker in told_of(context, cleared) if blocker.dimension_id in framework.by_id),
        changes=changes_between(context, before, milestone),
        traps=new_traps,
        gone_traps=gone_traps,
        waived=now_waived,
        news=news,
        unlike=unlike(context, before, milestone),
        aged=aged_evidence.lines_of(context, ageing.fell_between(context, before, milestone), framework),
    )


def unreachable(context: Context, notice: Notice) -> UnreachableCard | None:
    """A channel's messages wait for a repair; nothing to say once they are gone."""
    place = context.tx.places.get(notice.subject)
    waiting = context.tx.notices.held(place.id)
    if not waiting:
        return None
    projects = context.tx.projects.of_place(place.id)
    return UnreachableCard(
        project=projects[0] if projects else None,
        channel=place.channel,
        channel_name=place.name,
        place_id=place.id,
        reason=waiting[-1].reason,
        waiting=len(waiting),
    )


LOADERS: Mapping[NoticeKind, Callable[[Context, Notice], object | None]] = {
    NoticeKind.QUESTION: question,
    NoticeKind.FOLLOW_UPS: open_list,
    NoticeKind.INTERVIEW_OVER: interview_over,
    NoticeKind.RESULT: result,
    NoticeKind.ALERT: alert,
    NoticeKind.UNREACHABLE: unreachable,
    NoticeKind.UNREACHED: undelivered.unreached,
    NoticeKind.NUDGE: nudged,
    NoticeKind.REMINDER: reminder,
    NoticeKind.ESCALATION: escalation,
    NoticeKind.HANDED: handed,
    NoticeKind.CONTESTED: contested,
    NoticeKind.CHECK_ASKED: evidence.check_asked,
    NoticeKind.EVIDENCE_DOUBTED: evidence.evidence_doubted,
    NoticeKind.EVIDENCE_AGES: aged_evidence.ages,
    NoticeKind.EVIDENCE_FELL: aged_evidence.fell,
    NoticeKind.LINK_DEAD: link_checks.dead,
    NoticeKind.COMMITMENT: gap_notices.commitment,
    NoticeKind.CONFIRM: gap_notices.confirm,
    NoticeKind.WAIVER: waivers.card,
    NoticeKind.WAIVER_ENDS: waivers.ends,
    NoticeKind.WAIVER_LAPSED: waivers.lapsed,
    NoticeKind.SHARED: gap_notices.shared,
    NoticeKind.UNKNOWN: aged_gaps.unknowns,
    NoticeKind.OLD_BLOCKERS: aged_gaps.old_blockers,
    NoticeKind.OVERDUE: aged_gaps.overdue,
    NoticeKind.HOME: lambda context, _: home(context),
    NoticeKind.REASSESSMENT: reassessments.shown,
    NoticeKind.DIGEST: digests.shown,
    NoticeKind.REPORT: reports.report,
    NoticeKind.EXPORT: exports.export,
    NoticeKind.PICTURE: pictures.picture,
    NoticeKind.FILES_HELD: held_files.held_files,
}
