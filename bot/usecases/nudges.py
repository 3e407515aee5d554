"""A nudge: everybody who owes an answer is reminded once, at most once a day."""

from bot.chat.incoming import Command
from bot.readiness.administration_cards import NudgeCard, NudgedCard
from bot.readiness.assessment import Project
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.refusals import Refusal, Refused
from bot.usecases.people import may_steer
from bot.usecases.ports import Context
from bot.usecases.projects import named


def nudge(context: Context, command: Command) -> NudgedCard:
    """Remind everybody whose interview of the open assessment is not over. Owner, managers and admins may."""
    project = named(context, command)
    _require_nudging(context, project)
    open_one = context.tx.assessments.open_of(project.id)
    waiting = [i for i in context.tx.interviews.of_assessment(open_one.id) if not i.is_over] if open_one else []
    if not waiting:
        raise Refused(Refusal.NOTHING_OWED, project=project.name, key=project.key)
    day = context.now.date().isoformat()
    reached = {
        interview.respondent_id: context.tx.notices.put(
            Notice(
                key=f"nudge:{interview.id}:{day}",
                kind=NoticeKind.NUDGE,
                subject=interview.id,
                person_id=interview.respondent_id,
                parameters={"by": context.actor.id},
            )
        )
        for interview in waiting
    }
    persons = context.tx.people.many(reached)
    nudged = tuple(person for person_id, person in persons.items() if reached[person_id])
    if nudged:
        facts = {"project": project.id, "people": [person.id for person in nudged]}
        context.tx.record("project.nudged", project.id, context.actor.id, facts)
    return NudgedCard(
        project=project,
        nudged=nudged,
        spared=tuple(person for person_id, person in persons.items() if not reached[person_id]),
    )


def nudged(context: Context, notice: Notice) -> NudgeCard | None:
    """What the reminded person reads; nothing once they are done."""
    interview = context.tx.interviews.get(notice.subject)
    if interview.is_over:
        return None
    return NudgeCard(
        project=context.tx.projects.get(interview.project_id),
        interview=interview,
        by=context.tx.people.get(notice.parameters["by"]),
        deadline=context.tx.assessments.get(interview.assessment_id).deadline,
        zone=context.actor.timezone,
    )


def _require_nudging(context: Context, project: Project) -> None:
    if not (may_steer(context.actor, project) or context.actor.is_manager):
        holder = context.tx.people.get(project.owner_id)
        raise Refused(Refusal.ROLE_NEEDED, role="owner", holder=holder.name, project=project.name)
