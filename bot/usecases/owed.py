"""What waits for a person, over all projects: read when they are reminded, and to know whether they are."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from bot.readiness.assessment import Assessment, AssessmentState, Person, Project
from bot.readiness.contested import positions
from bot.readiness.framework import Dimension
from bot.readiness.handovers import brought
from bot.readiness.interview import Interview
from bot.readiness.local_time import local_day
from bot.readiness.reminder_cards import (
    Owed,
    OwedCheck,
    OwedCommitment,
    OwedContest,
    OwedInterview,
    OwedWaiver,
)
from bot.usecases.ports import Context

COMING = timedelta(days=6)
"""A gap is owed when its day is today or within these: until the next reminder."""


def owes(context: Context, person: Person) -> bool:
    """Whether anything waits for a person; cheaper than to gather it."""
    found = (_interviews, _commitments, _waivers, _checks, _contests)
    return any(next(each(context, person, _Seen(context)), None) is not None for each in found)


def may_owe(context: Context, person: Person) -> bool:
    """Whether anything waits for a person, or will once a day comes that they gave their word for."""
    promised = context.tx.commitments.of_person(person.id)
    return any(held.due is not None for held in promised) or owes(context, person)


def owed(context: Context, person: Person) -> Owed:
    """Everything that waits for a person now."""
    seen = _Seen(context)
    return Owed(
        interviews=tuple(sorted(_interviews(context, person, seen), key=lambda each: each.deadline)),
        waivers=tuple(_waivers(context, person, seen)),
        checks=tuple(_checks(context, person, seen)),
        contests=tuple(_contests(context, person, seen)),
        commitments=tuple(_commitments(context, person, seen)),
    )


def is_owed(context: Context, interview: Interview) -> bool:
    """Whether the answers of an interview are waited for: it is not over, nor is its assessment."""
    return not interview.is_over and _is_open(context.tx.assessments.get(interview.assessment_id))


@dataclass(slots=True)
class _Seen:
    """Projects read for one person, each once, and the assessments whose answers count there now."""

    context: Context
    projects: dict[str, Project] = field(default_factory=dict)
    counting: dict[str, frozenset[str]] = field(default_factory=dict)

    def project(self, project_id: str) -> Project:
        if project_id not in self.projects:
            self.projects[project_id] = self.context.tx.projects.get(project_id)
        return self.projects[project_id]

    def counts(self, project_id: str, assessment_id: str) -> bool:
        """Whether an assessment is the open one of its project, or made its latest result."""
        if project_id not in self.counting:
            now = self.context.tx.assessments.open_of(project_id)
            last = self.context.tx.milestones.latest(project_id)
            found = {now.id if now else "", last.assessment_id if last else ""}
            self.counting[project_id] = frozenset(found - {""})
        return assessment_id in self.counting[project_id]


def _interviews(context: Context, person: Person, seen: _Seen) -> Iterator[OwedInterview]:
    for interview in context.tx.interviews.unfinished_of(person.id):
        assessment = context.tx.assessments.get(interview.assessment_id)
        if _is_open(assessment):
            project = seen.project(interview.project_id)
            yield OwedInterview(project, interview, assessment.deadline, _handed(context, interview, assessment))


def _handed(context: Context, interview: Interview, assessment: Assessment) -> tuple[tuple[Dimension, Person], ...]:
    chain = context.tx.handovers.of_assessment(assessment.id)
    framework = context.framework_of(assessment)
    steps = [brought(chain, each, interview.respondent_id) for each in interview.open_questions()]
    people = context.tx.people.many({step.from_id for step in steps if step})
    return tuple((framework.dimension(step.dimension_id), people[step.from_id]) for step in steps if step)


def _commitments(context: Context, person: Person, seen: _Seen) -> Iterator[OwedCommitment]:
    today = local_day(context.now, person.timezone)
    for held in context.tx.commitments.of_person(person.id):
        if held.due is not None and held.due <= today + COMING:
            project = seen.project(held.project_id)
            dimension = context.dimension_of(project, held.dimension_id)
            yield OwedCommitment(project, dimension, held, held.overdue(today))


def _waivers(context: Context, person: Person, seen: _Seen) -> Iterator[OwedWaiver]:
    for waiver in context.tx.waivers.waiting_for(person.id, context.now):
        project = seen.project(waiver.project_id)
        dimension = context.dimension_of(project, waiver.dimension_id)
        yield OwedWaiver(project, dimension, waiver, context.tx.people.get(waiver.asked_by))


def _checks(context: Context, person: Person, seen: _Seen) -> Iterator[OwedCheck]:
    for request in context.tx.checks.open_of(person.id):
        answer = context.tx.answers.get(request.answer_id)
        if seen.counts(request.project_id, answer.assessment_id):
            dimension = context.framework_asked(answer.assessment_id).dimension(answer.dimension_id)
            asker = context.tx.people.get(request.asked_by)
            yield OwedCheck(seen.project(request.project_id), dimension, answer, asker)


def _contests(context: Context, person: Person, seen: _Seen) -> Iterator[OwedContest]:
    for contest in context.tx.contests.open_with(person.id):
        if not seen.counts(contest.project_id, contest.assessment_id):
            continue
        held = positions(context.tx.answers.current(contest.assessment_id), contest.dimension_id)
        sides = [answer.respondent_id for answer in held]
        if person.id in sides:
            others = context.tx.people.many(set(sides) - {person.id})
            dimension = context.framework_asked(contest.assessment_id).dimension(contest.dimension_id)
            yield OwedContest(
                seen.project(contest.project_id),
                dimension,
                contest,
                tuple(others[each] for each in sides if each in others),
            )


def _is_open(assessment: Assessment) -> bool:
    return assessment.state is AssessmentState.OPEN
