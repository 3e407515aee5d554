"""What counts for a project at a moment: answers to ratings to a scorecard.

Evidence counts for what its age leaves, and ownership for no more than what speaks against it allows.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.readiness.assessment import Answer, Project
from bot.readiness.evidence import aged
from bot.readiness.framework import Framework
from bot.readiness.notches import declares_move, notched, survivors
from bot.readiness.ownership import Lowered, lowered, lowerings
from bot.readiness.scoring import Rating, Scorecard, rate_all, score
from bot.usecases.ports import Context


def ratings_of(context: Context, project: Project, answers: Sequence[Answer], at: datetime) -> Mapping[str, Rating]:
    """One rating per answered dimension of one assessment, by the people who hold the project's roles."""
    framework = _asked_by(context, answers)
    ratings = rate_all(framework, aged_answers(framework, project, answers, at), project.roles)
    return lowered(ratings, lowerings_of(context, answers, at))


def lowerings_of(context: Context, answers: Sequence[Answer], at: datetime) -> tuple[Lowered, ...]:
    """What speaks against ownership in the assessment of these answers, as of a moment."""
    framework = _asked_by(context, answers)
    if not answers or framework.ownership is None:
        return ()
    chain = context.tx.handovers.of_assessment(answers[0].assessment_id)
    return lowerings(framework, answers, [step for step in chain if step.at <= at])


def _asked_by(context: Context, answers: Sequence[Answer]) -> Framework:
    return context.framework_asked(answers[0].assessment_id) if answers else context.framework


def aged_answers(framework: Framework, project: Project, answers: Sequence[Answer], at: datetime) -> tuple[Answer, ...]:
    """The answers with their evidence as it counts at a moment."""
    return tuple(aged(framework, answer, project.exposure, at) for answer in answers)


def scorecard_of(context: Context, project: Project, answers: Sequence[Answer], at: datetime) -> Scorecard:
    """The project's scorecard by these answers at a moment."""
    ratings = ratings_of(context, project, answers, at)
    return score(_asked_by(context, answers), project.exposure, project.target, ratings)


def scored(context: Context, project: Project, assessment_id: str, answers: Sequence[Answer]) -> Scorecard:
    """The scorecard of an assessment as a milestone keeps it: what is near, or will not go away, one notch up."""
    return rated(context, project, assessment_id, answers)[0]


def rated(
    context: Context, project: Project, assessment_id: str, answers: Sequence[Answer]
) -> tuple[Scorecard, Mapping[str, Rating]]:
    """The same with the ratings it was made of."""
    ratings = ratings_of(context, project, answers, context.now)
    return scored_by(context, project, assessment_id, ratings), ratings


def scored_by(context: Context, project: Project, assessment_id: str, ratings: Mapping[str, Rating]) -> Scorecard:
    """The same scorecard where the ratings are known, or supposed."""
    framework = context.framework_asked(assessment_id)
    card = score(framework, project.exposure, project.target, ratings)
    exposed = any(finding.against == "exposure" and not finding.is_blocker for finding in card.findings)
    outlived = survivors(context.tx.milestones.of_project(project.id), assessment_id) if exposed else frozenset()
    near = declares_move(project, context.now.date())
    return notched(framework, card, move_declared=near, survivors=outlived)
