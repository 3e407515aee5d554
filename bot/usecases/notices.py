"""From a notice's ids to what it says now: one loader per kind. None means it is not worth sending any more."""

from collections.abc import Callable, Mapping

from bot.readiness.assessment import Answer, AnswerKind, EvidenceStrength
from bot.readiness.cards import (
    AlertCard,
    InterviewOverCard,
    QuestionCard,
    QuestionState,
    ResultCard,
    UnreachableCard,
)
from bot.readiness.interview import Interview, Phase
from bot.readiness.milestone import Milestone
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.proof import counts_for
from bot.readiness.steps import next_step
from bot.usecases import exports, held_files, history, reports
from bot.usecases.changes import changes_between
from bot.usecases.home import home
from bot.usecases.interviews import previous_answer
from bot.usecases.ports import Context
from bot.usecases.ratings import ratings_of


def load(context: Context, notice: Notice) -> object | None:
    """The card a notice shows at this moment; its reader is the context's actor."""
    return LOADERS[notice.kind](context, notice)


def question(context: Context, notice: Notice) -> QuestionCard | None:
    """A question as it stands: asked, waiting for a reason or a link, answered, passed over, or closed."""
    interview = context.tx.interviews.get(notice.subject)
    dimension = context.framework.dimension(notice.parameters["dimension"])
    project = context.tx.projects.get(interview.project_id)
    given = context.tx.answers.of_respondent(interview.assessment_id, interview.respondent_id)
    answer = given.get(dimension.id)
    state = _state(interview, dimension.id, int(notice.parameters["asking"]), answer)
    if notice.edits is None and state in (QuestionState.ASKED_AGAIN, QuestionState.CLOSED):
        return None
    unproven = (
        answer is not None
        and answer.level is not None
        and answer.evidence.strength is EvidenceStrength.ASSERTED
        and answer.kind is AnswerKind.LEVEL
    )
    return QuestionCard(
        state=state,
        project=project,
        interview=interview,
        dimension=dimension,
        barrier=context.framework.barrier(dimension.primary),
        previous=previous_answer(context, interview, dimension.id) if state is QuestionState.ASKED else None,
        answer=answer,
        counts_for=counts_for(context.framework, dimension, answer.level, project.exposure, project.target)
        if unproven and answer is not None and answer.level is not None
        else None,
        note=interview.notes.get(dimension.id, "") or (answer.note if answer else ""),
        said_before=dimension.id in interview.answered,
        zone=context.actor.timezone,
    )


def interview_over(context: Context, notice: Notice) -> InterviewOverCard:
    """The end of somebody's interview."""
    interview = context.tx.interviews.get(notice.subject)
    given = context.tx.answers.of_respondent(interview.assessment_id, interview.respondent_id)
    others = context.tx.interviews.of_assessment(interview.assessment_id)
    waiting = [other.respondent_id for other in others if not other.is_over]
    people = context.tx.people.many(waiting)
    dimensions = [context.framework.dimension(dimension_id) for dimension_id in interview.questions]
    return InterviewOverCard(
        project=context.tx.projects.get(interview.project_id),
        interview=interview,
        skipped=tuple(d for d in dimensions if d.id not in given),
        answered=tuple((d, given[d.id]) for d in dimensions if d.id in given),
        waiting_for=tuple(people[person_id] for person_id in waiting),
    )


def result(context: Context, notice: Notice) -> ResultCard:
    """A milestone for the people who made it."""
    milestone = context.tx.milestones.get(notice.subject)
    before = _milestone_before(context, milestone)
    project = context.tx.projects.get(milestone.project_id)
    ratings = ratings_of(context.framework, project, context.tx.answers.many(milestone.answers))
    return ResultCard(
        project=project,
        framework=context.framework,
        scorecard=milestone.scorecard,
        before=before.scorecard if before else None,
        changes=changes_between(context, before, milestone),
        next_step=next_step(context.framework, milestone.scorecard, ratings),
        taken_at=milestone.taken_at,
    )


def alert(context: Context, notice: Notice) -> AlertCard:
    """A milestone for the project's channel."""
    milestone = context.tx.milestones.get(notice.subject)
    before = _milestone_before(context, milestone)
    project = context.tx.projects.get(milestone.project_id)
    touched = context.tx.blockers.found_or_cleared_by(milestone.id)
    found = {blocker.dimension_id for blocker in touched if blocker.found_by == milestone.id}
    return AlertCard(
        project=project,
        framework=context.framework,
        owner=context.tx.people.get(project.owner_id),
        scorecard=milestone.scorecard,
        before=before.scorecard if before else None,
        found=tuple(finding for finding in milestone.scorecard.blockers if finding.dimension_id in found),
        cleared=tuple(blocker for blocker in touched if blocker.cleared_by == milestone.id),
        changes=changes_between(context, before, milestone),
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


def _milestone_before(context: Context, milestone: Milestone) -> Milestone | None:
    history = context.tx.milestones.of_project(milestone.project_id)
    return next((older for older in history if older.sequence < milestone.sequence), None)


def _state(interview: Interview, dimension_id: str, asking: int, answer: Answer | None) -> QuestionState:
    if asking < interview.asked.get(dimension_id, 0):
        return QuestionState.ASKED_AGAIN
    if interview.current == dimension_id:
        phases = {
            Phase.EXPLAINING: QuestionState.EXPLAINING,
            Phase.PROVING: QuestionState.PROVING,
            Phase.PAUSED: QuestionState.PAUSED,
        }
        return phases.get(interview.phase, QuestionState.ASKED)
    if answer is not None:
        return QuestionState.ANSWERED
    return QuestionState.CLOSED if interview.phase is Phase.CLOSED else QuestionState.SKIPPED


LOADERS: Mapping[NoticeKind, Callable[[Context, Notice], object | None]] = {
    NoticeKind.QUESTION: question,
    NoticeKind.INTERVIEW_OVER: interview_over,
    NoticeKind.RESULT: result,
    NoticeKind.ALERT: alert,
    NoticeKind.UNREACHABLE: unreachable,
    NoticeKind.HOME: lambda context, _: home(context),
    NoticeKind.REPORT: reports.report,
    NoticeKind.EXPORT: exports.export,
    NoticeKind.PICTURE: history.picture,
    NoticeKind.FILES_HELD: held_files.held_files,
}
