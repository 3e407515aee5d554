"""Evidence that grows old: when the calendar looks at a project, who is warned, and who learns what fell.

What is worth how much stands in no row (record 0031); these are the dates at which somebody is to hear of it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.readiness.ageing import rests_on, told_at, warned_at
from bot.readiness.appointments import Appointment, AppointmentKind
from bot.readiness.assessment import Answer, Project
from bot.readiness.availability import Availability
from bot.readiness.evidence import Fall, aged, fallen, falls_to_come, lowers
from bot.readiness.framework import Framework
from bot.readiness.local_time import local_day, moment_of
from bot.readiness.milestone import Milestone
from bot.readiness.notches import NEAR
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.ownership import Lowered, lowered
from bot.readiness.rating import rate
from bot.readiness.scoring import Rating
from bot.usecases.availability import office_of
from bot.usecases.changes import milestone_before
from bot.usecases.people import new_id, reachable
from bot.usecases.ports import Context
from bot.usecases.ratings import lowerings_of

JUST_AFTER = timedelta(microseconds=1)
"""Evidence counts up to its last moment, and that moment still counts."""


@dataclass(frozen=True, slots=True)
class Result:
    """A project's latest result with what it rests on now. `office`: the working time of its owner's place."""

    project: Project
    milestone: Milestone
    framework: Framework
    answers: Sequence[Answer]
    lowerings: Sequence[Lowered]
    office: Availability

    def rated(self, dimension_id: str, at: datetime) -> Rating:
        """What a dimension will be worth once the evidence that falls at a moment has fallen."""
        theirs = [each for each in self.answers if each.dimension_id == dimension_id]
        old = [aged(self.framework, each, self.project.exposure, at + JUST_AFTER) for each in theirs]
        rating = rate(self.framework, self.framework.dimension(dimension_id), old, self.project.roles)
        return lowered({dimension_id: rating}, self.lowerings)[dimension_id]

    def carries(self, fall: Fall) -> bool:
        """Whether the stage, or the readiness for the next one, rests on what falls."""
        dimension = self.framework.by_id.get(fall.answer.dimension_id)
        card = self.milestone.scorecard
        return dimension is not None and rests_on(self.framework, card, dimension, self.rated(dimension.id, fall.at))

    def matters(self, fall: Fall) -> bool:
        """Whether a fall can change the result: the level counts for less, or a check no longer ends a dispute."""
        said = [each for each in self.answers if each.dimension_id == fall.answer.dimension_id]
        return len(said) > 1 or lowers(self.framework, fall)

    def falls(self, after: datetime) -> tuple[Fall, ...]:
        """What falls from a moment on."""
        return falls_to_come(self.framework, self.answers, self.project.exposure, after)

    def stale_at(self) -> datetime | None:
        """When the first evidence has aged so that a level counts for less; in the past where it has."""
        exposure, framework = self.project.exposure, self.framework
        every = (falls_to_come(framework, (each,), exposure, each.answered_at) for each in self.answers)
        return min((fall.at for falls in every for fall in falls if lowers(framework, fall)), default=None)

    def day_of(self, fall: Fall) -> date:
        """The day of a fall where the project's owner lives."""
        return local_day(fall.at, self.office.zone)

    def falls_on(self, day: date, answer: Answer) -> tuple[Fall, ...]:
        """What falls of one answer on a day, and makes it count for less."""
        since = moment_of(day, time(), self.office.zone)
        found = falls_to_come(self.framework, (answer,), self.project.exposure, since)
        return tuple(fall for fall in found if self.day_of(fall) == day and lowers(self.framework, fall))


def plan(context: Context, project: Project, *, kept: bool = False) -> None:
    """Set when the calendar looks at the project's evidence next, from what is there now.

    `kept`: it is looking at this moment, so that only what comes later is left to do.
    """
    _plan(context, project, result_of(context, project), kept=kept)


def plan_after(context: Context, project: Project, milestone: Milestone, answers: Sequence[Answer]) -> None:
    """The same once a milestone was taken, by the answers it counted."""
    _plan(context, project, _result_of(context, project, milestone, answers))


def _plan(context: Context, project: Project, found: Result | None, *, kept: bool = False) -> None:
    result = None if project.archived_at is not None else found
    context.tx.portfolio.save_stale(project.id, result.stale_at() if result else None)
    moments = list(_moments(result, context.now)) if result else []
    to_come = [moment for moment in moments if moment > context.now] if kept else moments
    if to_come:
        at = max(min(to_come), context.now)
        context.tx.appointments.set(Appointment(AppointmentKind.AGEING, project.id, at, project.id))
    else:
        context.tx.appointments.clear(AppointmentKind.AGEING, project.id)


def warn(context: Context, project: Project) -> None:
    """Owe a warning to whoever gave what falls within two weeks and carries the stage: one for what falls on a day.

    Who is being asked the question again, in an assessment that is open, needs no other word.
    """
    result = result_of(context, project)
    if result is None:
        return
    days: defaultdict[date, set[str]] = defaultdict(set)
    asked = asked_now(context, project)
    for fall in result.falls(context.now):
        is_asked = fall.answer.dimension_id in asked.get(fall.answer.respondent_id, ())
        if warned_at(fall.at, result.office) <= context.now and not is_asked and result.carries(fall):
            days[result.day_of(fall)].add(fall.answer.respondent_id)
    for day in sorted(days):
        for person_id in reachable(context, days[day]):
            context.tx.notices.put(_warning(result, person_id, day))


def tell_fallen(
    context: Context, project: Project, before: Milestone | None, milestone: Milestone, answers: Sequence[Answer]
) -> None:
    """Owe word of what fell between two results to whoever gave it, and to the owner who hears of it no other way.

    `answers` are those that the later one counted.
    """
    fell = fell_between(context, before, milestone, answers)
    told = {fall.answer.respondent_id for fall in fell}
    if fell and milestone.by_time:
        told.add(project.owner_id)
    for person_id in reachable(context, told):
        context.tx.notices.put(_word(milestone, person_id))


def fell_between(
    context: Context, before: Milestone | None, milestone: Milestone, answers: Sequence[Answer] | None = None
) -> tuple[Fall, ...]:
    """The evidence that fell between two results of one assessment, and counts for less because of it."""
    if before is None or before.assessment_id != milestone.assessment_id:
        return ()
    counted = context.tx.answers.many(milestone.answers) if answers is None else answers
    exposure = milestone.scorecard.exposure
    return fallen(context.framework_of(milestone), counted, exposure, before.taken_at, milestone.taken_at)


def has_fallen(context: Context, project: Project) -> bool:
    """Whether any evidence behind the latest result has fallen since it was made."""
    result = result_of(context, project)
    return result is not None and bool(
        fallen(result.framework, result.answers, project.exposure, result.milestone.taken_at, context.now)
    )


def renewed(context: Context, project: Project, answer: Answer) -> None:
    """Show the messages that asked for this answer's evidence as they are now; where none was sent, nothing is."""
    result = result_of(context, project)
    if result is None:
        return
    milestone = result.milestone
    for fall in falls_to_come(result.framework, (answer,), project.exposure, context.now):
        if warned_at(fall.at, result.office) <= context.now:
            context.tx.notices.put(_again(_warning(result, answer.respondent_id, result.day_of(fall))))
    fell = {fall.answer.id for fall in fell_between(context, milestone_before(context, milestone), milestone)}
    if answer.id in fell:
        readers = {answer.respondent_id} | ({project.owner_id} if milestone.by_time else set())
        for person_id in sorted(readers):
            context.tx.notices.put(_again(_word(milestone, person_id)))


def result_of(context: Context, project: Project) -> Result | None:
    """The latest result of a project with what it rests on now; None before the first."""
    latest = context.tx.milestones.latest(project.id)
    if latest is None:
        return None
    return _result_of(context, project, latest, context.tx.answers.current(latest.assessment_id))


def _result_of(context: Context, project: Project, milestone: Milestone, answers: Sequence[Answer]) -> Result:
    return Result(
        project=project,
        milestone=milestone,
        framework=context.framework_of(milestone),
        answers=answers,
        lowerings=lowerings_of(context, answers, context.now),
        office=office_of(context, context.tx.people.get(project.owner_id)),
    )


def _moments(result: Result, now: datetime) -> Iterator[datetime]:
    """Every moment at which time changes what the result says, or is about to."""
    for fall in result.falls(result.milestone.taken_at):
        if not result.matters(fall):
            continue
        yield told_at(fall.at, result.office)
        if fall.at > now and result.carries(fall):
            yield warned_at(fall.at, result.office)
    project = result.project
    if project.target_date is not None and (project.target or 0) > project.exposure:
        near = datetime.combine(project.target_date - NEAR, time(), UTC)
        if near > result.milestone.taken_at:
            yield result.office.opens(near)


def _warning(result: Result, person_id: str, day: date) -> Notice:
    key = f"evidence_ages:{result.project.id}:{person_id}:{day.isoformat()}"
    facts: Mapping[str, str] = {"day": day.isoformat()}
    return Notice(key, NoticeKind.EVIDENCE_AGES, result.project.id, person_id=person_id, parameters=facts)


def _word(milestone: Milestone, person_id: str) -> Notice:
    key = f"evidence_fell:{milestone.id}:{person_id}"
    return Notice(key, NoticeKind.EVIDENCE_FELL, milestone.id, person_id=person_id)


def _again(message: Notice) -> Notice:
    key = f"{message.key}:{new_id()}"
    return Notice(
        key,
        message.kind,
        message.subject,
        person_id=message.person_id,
        parameters=message.parameters,
        edits=message.key,
    )


def asked_now(context: Context, project: Project) -> Mapping[str, Collection[str]]:
    """Person -> the dimensions that an open assessment still asks them."""
    open_one = context.tx.assessments.open_of(project.id)
    interviews = context.tx.interviews.of_assessment(open_one.id) if open_one else ()
    return {each.respondent_id: each.open_questions() for each in interviews if not each.is_over}
