"""What counts for a project now: answers to ratings to a scorecard."""

from collections.abc import Mapping, Sequence

from bot.readiness.assessment import Answer, Project
from bot.readiness.framework import Framework
from bot.readiness.scoring import Rating, Scorecard, rate_all, score


def ratings_of(framework: Framework, project: Project, answers: Sequence[Answer]) -> Mapping[str, Rating]:
    """One rating per answered dimension, by the people who hold the project's roles."""
    return rate_all(framework, answers, project.roles)


def scorecard_of(framework: Framework, project: Project, answers: Sequence[Answer]) -> Scorecard:
    """The project's scorecard by these answers."""
    return score(framework, project.exposure, project.target, ratings_of(framework, project, answers))
