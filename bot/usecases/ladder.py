"""Who does not answer is not forgotten: step by step the next one up is told, each once, until an answer comes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.readiness.appointments import Appointment, AppointmentKind
from bot.readiness.assessment import Assessment, AssessmentState, Person, Project
from bot.readiness.interview import Interview, Phase
from bot.readiness.ladder import RUNG, Ladder, PassedOver, Rung
from bot.readiness.local_time import local_day, midnight
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.reminder_cards import EscalationCard, EscalationsCard, Silent
from bot.usecases.availability import availability_of
from bot.usecases.going_up import go_up, to_manager
from bot.usecases.owed import is_owed
from bot.usecases.people import is_erased
from bot.usecases.ports import Context
from bot.usecases.reach import reach_of
from bot.usecases.reminders import plan as plan_reminder

KIND = AppointmentKind.LADDER


def plan(context: Context, interview: Interview) -> None:
    """An interview has begun, is open again or is over: its ladder begins, or ends."""
    if is_owed(context, interview):
        at = _standing(context, interview).ladder.at(Rung.RESPONDENT)
        context.tx.appointments.set(Appointment(KIND, interview.id, at, interview.project_id, Rung.RESPONDENT))
    else:
        context.tx.appointments.clear(KIND, interview.id)


def keep(context: Context, appointment: Appointment) -> None:
    """A rung is due, unless an answer has come since it was planned: then it waits from that answer on.

    After a time in which nothing was kept one morning's rungs are taken, and the next not before the day after.
    """
    interview = context.tx.interviews.get(appointment.subject)
    if not is_owed(context, interview):
        return
    standing, rung = _standing(context, interview), Rung(appointment.step)
    due = standing.ladder.at(rung)
    if due > context.now:
        context.tx.appointments.set(Appointment(KIND, interview.id, due, interview.project_id, rung))
        return
    taken = standing.ladder.together(rung)
    if taken == (Rung.RESPONDENT,) and _is_away(context, standing.respondent):
        taken = (Rung.RESPONDENT, Rung.BACKUP)
    for each in taken:
        _take(context, standing, each)
    if taken[-1] is not Rung.MANAGERS:
        after = Rung(taken[-1] + 1)
        at = standing.ladder.following(after, context.now)
        context.tx.appointments.set(Appointment(KIND, interview.id, at, interview.project_id, after))


def end_unanswered(context: Context, assessment: Assessment) -> None:
    """The deadline has passed: managers learn who said nothing at all, where no rung has told them before."""
    for interview in context.tx.interviews.of_assessment(assessment.id):
        is_silent = not interview.is_over and not interview.answered
        if is_silent and context.tx.appointments.of(KIND, interview.id) is not None:
            _take(context, _standing(context, interview), Rung.MANAGERS)


def escalation(context: Context, notice: Notice) -> EscalationCard | EscalationsCard | None:
    """What the one who is told reads: who has not answered yet. Nothing once all have, or somebody else was asked.

    Its parameters are the rung, and interviews, each with since when nothing came.
    """
    rung = Rung(int(notice.parameters[RUNG]))
    if rung is Rung.MANAGERS and not context.actor.is_manager:
        return None
    waited_for = {each: since for each, since in notice.parameters.items() if each != RUNG}
    assessment_ids = dict.fromkeys(context.tx.interviews.get(each).assessment_id for each in waited_for)
    found = (_escalation(context, each, rung, waited_for) for each in assessment_ids)
    by_deadline = lambda card: (card.ended, card.assessment.deadline, card.project.name.casefold())  # noqa: E731
    several = tuple(sorted(filter(None, found), key=by_deadline))
    if len(several) > 1:
        return EscalationsCard(several, context.actor.timezone)
    return several[0] if several else None


def _escalation(
    context: Context, assessment_id: str, rung: Rung, waited_for: Mapping[str, str]
) -> EscalationCard | None:
    assessment = context.tx.assessments.get(assessment_id)
    if assessment.state is AssessmentState.CANCELLED:
        return None
    ended = assessment.state is not AssessmentState.OPEN
    silent = tuple(
        found
        for interview in context.tx.interviews.of_assessment(assessment.id)
        if interview.id in waited_for
        and (found := _silent(context, interview, rung, waited_for[interview.id])) is not None
    )
    if not silent or (ended and rung is not Rung.MANAGERS):
        return None
    return EscalationCard(
        project=context.tx.projects.get(assessment.project_id),
        assessment=assessment,
        rung=rung,
        silent=silent,
        zone=context.actor.timezone,
        ended=ended,
    )


def _silent(context: Context, interview: Interview, rung: Rung, since: str) -> Silent | None:
    """Somebody of whom a notice speaks, as long as nothing has come from them since."""
    standing = _standing(context, interview)
    has_answered = interview.phase is Phase.FINISHED or standing.ladder.since.isoformat() != since
    if has_answered or is_erased(standing.respondent):
        return None
    reach = reach_of(context, standing.respondent)
    if rung is Rung.BACKUP:
        reach = replace(reach, skip_reason="")  # words for the owner
    hindered = (reach,) if reach.is_hindered else ()
    return Silent(standing.respondent, interview, standing.ladder.since, hindered)


@dataclass(frozen=True, slots=True)
class _Standing:
    """An interview that is waited for, with its ladder."""

    interview: Interview
    project: Project
    respondent: Person
    ladder: Ladder


def _standing(context: Context, interview: Interview) -> _Standing:
    respondent = context.tx.people.get(interview.respondent_id)
    deadline = context.tx.assessments.get(interview.assessment_id).deadline
    ladder = Ladder(availability_of(context, respondent), _since(context, interview), deadline)
    return _Standing(interview, context.tx.projects.get(interview.project_id), respondent, ladder)


def _since(context: Context, interview: Interview) -> datetime:
    """When something last came to the respondent, or from them."""
    given = context.tx.answers.of_respondent(interview.assessment_id, interview.respondent_id).values()
    chain = context.tx.handovers.of_assessment(interview.assessment_id)
    came = (step.at for step in chain if step.to_id == interview.respondent_id)
    return max(interview.opened_at, *(answer.answered_at for answer in given), *came, interview.opened_at)


def _take(context: Context, standing: _Standing, rung: Rung) -> None:
    """Tell whom this rung reaches, or say on the trail why it reaches nobody."""
    reached = _reached(context, standing, rung)
    facts = {"project": standing.project.id, "person": standing.respondent.id, "rung": rung.name.lower()}
    if isinstance(reached, PassedOver):
        context.tx.record("ladder.passed", standing.interview.id, "", {**facts, "why": reached.value})
        return
    context.tx.record("ladder.climbed", standing.interview.id, "", {**facts, "told": [each.id for each in reached]})
    if rung is Rung.RESPONDENT:
        plan_reminder(context, [standing.respondent.id], soon=True)
        return
    for person in reached:
        go_up(context, _word(context, standing, rung, person))


def _word(context: Context, standing: _Standing, rung: Rung, person: Person) -> Notice:
    interview, since, kind = standing.interview, standing.ladder.since.isoformat(), NoticeKind.ESCALATION
    facts = {RUNG: str(int(rung)), interview.id: since}
    if rung is Rung.MANAGERS:
        return to_manager(context, kind, person.id, facts)
    key = f"escalation:{interview.id}:{since}:{int(rung)}:{person.id}"
    return Notice(key, kind, interview.assessment_id, person_id=person.id, parameters=facts)


def _reached(context: Context, standing: _Standing, rung: Rung) -> tuple[Person, ...] | PassedOver:
    own = context.tx.preferences.get(standing.respondent.id)
    match rung:
        case Rung.RESPONDENT:
            reach = reach_of(context, standing.respondent)
            if not reach.reminds:
                return PassedOver.NOT_REMINDED
            if reach.away_until is not None:
                return PassedOver.AWAY
            if _was_reminded(context, standing):
                return PassedOver.REMINDED
            return PassedOver.SKIPPED_WEEK if reach.skip_reason else (standing.respondent,)
        case Rung.BACKUP:
            if own.backup_id is None:
                return PassedOver.NO_BACKUP
            backup = context.tx.people.get(own.backup_id)
            return PassedOver.AWAY if _is_away(context, backup) else (backup,)
        case Rung.OWNER:
            owner = context.tx.people.get(standing.project.owner_id)
            return PassedOver.TOLD if owner.id in (standing.respondent.id, own.backup_id) else (owner,)
        case Rung.MANAGERS:
            told = {standing.respondent.id, standing.project.owner_id, own.backup_id}
            return tuple(_managers(context, told)) or PassedOver.NOBODY


def _was_reminded(context: Context, standing: _Standing) -> bool:
    """Whether a reminder of everything, this as well, came on a day after the one on which they were asked."""
    zone = standing.respondent.timezone
    day_after = midnight(local_day(standing.ladder.since, zone) + timedelta(days=1), zone)
    return context.tx.notices.unasked_since(standing.respondent.id, day_after, NoticeKind.REMINDER) > 0


def _managers(context: Context, told: set[str | None]) -> Iterable[Person]:
    return (person for person in context.tx.people.managers() if person.id not in told)


def _is_away(context: Context, person: Person) -> bool:
    today = local_day(context.now, person.timezone)
    return any(absence.covers(today) for absence in context.tx.absences.of_person(person.id, today))
