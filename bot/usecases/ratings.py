"""What counts for a project now: answers to ratings to a scorecard."""

from collections.abc import Mapping, Sequence

from bot.readiness.assessment import Answer, Project
from bot.readiness.framework import Framework
from bot.readiness.notches import declares_move, notched, survivors
from bot.readiness.scoring import Rating, Scorecard, rate_all, score
from bot.usecases.ports import Context


def ratings_of(framework: Framework, project: Project, answers: Sequence[Answer]) -> Mapping[str, Rating]:
    """One rating per answered dimension, by the people who hold the project's roles."""
    return rate_all(framework, answers, project.roles)


def scorecard_of(framework: Framework, project: Project, answers: Sequence[Answer]) -> Scorecard:
    """The project's scorecard by these answers."""
    return score(framework, project.exposure, project.target, ratings_of(framework, project, answers))


def scored(context: Context, project: Project, assessment_id: str, answers: Sequence[Answer]) -> Scorecard:
    """The scorecard of an assessment as a milestone keeps it: what is near, or will not go away, one notch up."""
    card = scorecard_of(context.framework, project, answers)
    exposed = any(finding.against == "exposure" and not finding.is_blocker for finding in card.findings)
    outlived = survivors(context.tx.milestones.of_project(project.id), assessment_id) if exposed else frozenset()
    near = declares_move(project, context.now.date())
    return notched(context.framework, card, move_declared=near, survivors=outlived)
