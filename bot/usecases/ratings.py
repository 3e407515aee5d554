"""What counts for a project now: answers to ratings to a scorecard."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.readiness.assessment import Answer, Project
from bot.readiness.framework import Framework
from bot.readiness.scoring import Rating, Scorecard, rate, score


def ratings_of(framework: Framework, project: Project, answers: Sequence[Answer]) -> Mapping[str, Rating]:
    """One rating per answered dimension: the lowest authoritative answer."""
    by_dimension: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_dimension[answer.dimension_id].append(answer)
    return {
        dimension.id: rate(framework, dimension, by_dimension[dimension.id], project.roles)
        for dimension in framework.dimensions
        if dimension.id in by_dimension
    }


def scorecard_of(framework: Framework, project: Project, answers: Sequence[Answer]) -> Scorecard:
    """The project's scorecard by these answers."""
    return score(framework, project.exposure, project.target, ratings_of(framework, project, answers))
