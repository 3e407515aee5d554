"""What the open questions of an interview can still change."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.readiness.assessment import Project
from bot.readiness.ordering import leeways, matters_left
from bot.usecases.answers import Own
from bot.usecases.ports import Context


@dataclass(frozen=True, slots=True)
class Outlook:
    """How many open questions there are, how many of them matter, and whether the respondent may stop here."""

    open: int
    matter: int
    may_stop: bool


def outlook(context: Context, own: Own) -> Outlook:
    """For the actor's interview as it stands; a first assessment and an experiment are always asked whole."""
    interview, project = own.interview, own.project
    left = interview.open_questions()
    if not left or asked_whole(project):
        return Outlook(len(left), len(left), may_stop=False)
    waiting = _waiting(context, interview.assessment_id)
    leeway = leeways(own.framework, project, own.all, waiting)
    # A question that is put again has its reason.
    matter = {*matters_left(leeway, left), *(each for each in left if each in interview.again)}
    return Outlook(len(left), len(matter), may_stop=not matter)


def asked_whole(project: Project) -> bool:
    """A first assessment, or an experiment without a declared target."""
    return project.summary is None or (project.exposure == 1 and project.target is None)


def _waiting(context: Context, assessment_id: str) -> Mapping[str, set[str]]:
    """Dimension -> the people to whom it is still open."""
    waiting: dict[str, set[str]] = {}
    for interview in context.tx.interviews.of_assessment(assessment_id):
        for dimension_id in () if interview.is_over else interview.open_questions():
            waiting.setdefault(dimension_id, set()).add(interview.respondent_id)
    return waiting
