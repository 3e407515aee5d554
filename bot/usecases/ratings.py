"""What counts for a project at a moment: answers to ratings to a scorecard. Evidence counts for what its age leaves."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.readiness.assessment import Answer, Project
from bot.readiness.evidence import aged
from bot.readiness.framework import Framework
from bot.readiness.scoring import Rating, Scorecard, rate_all, score


def ratings_of(framework: Framework, project: Project, answers: Sequence[Answer], at: datetime) -> Mapping[str, Rating]:
    """One rating per answered dimension, by the people who hold the project's roles."""
    return rate_all(framework, aged_answers(framework, project, answers, at), project.roles)


def aged_answers(framework: Framework, project: Project, answers: Sequence[Answer], at: datetime) -> tuple[Answer, ...]:
    """The answers with their evidence as it counts at a moment."""
    return tuple(aged(framework, answer, project.exposure, at) for answer in answers)


def scorecard_of(framework: Framework, project: Project, answers: Sequence[Answer], at: datetime) -> Scorecard:
    """The project's scorecard by these answers at a moment."""
    return score(framework, project.exposure, project.target, ratings_of(framework, project, answers, at))
